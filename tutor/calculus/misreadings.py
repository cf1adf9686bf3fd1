"""Misreadings: the function was read, copied or rewritten wrongly before a sound differentiation.

A law is about the function as it is written; sums and products are seen flat (`tutor.calculus.flat_match`). What stands
first in the table is the likelier.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.calculus.rewriting import Rewriting, above_two, rewriting_law, rewritings, unless_one
from tutor.calculus.rule import Rule
from tutor.expression.tree import Expression

# fmt: off
MISREADINGS: tuple[Rule, ...] = (
    rewriting_law("rewrite-reciprocal-coefficient", "1/(a*u) -> a/u",                   unless_one("a", "u")),
    rewriting_law("rewrite-reciprocal-coefficient", "p/u -> 1/(p*u)",                   unless_one("u")),
    rewriting_law("fraction-inverted",              "u/v -> v/u"),
    rewriting_law("fraction-inverted",              "r^(m/n) -> r^(n/m)"),
    rewriting_law("fraction-inverted",              "sqrt(r) -> r^2"),
    rewriting_law("fraction-inverted",              "root(r, n) -> r^n"),
    rewriting_law("fraction-split",                 "u/(r + w) -> u/r + u/w"),
    rewriting_law("fraction-split",                 "u/(r - s) -> u/r - u/s"),
    rewriting_law("power-of-sum",                   "(r + w)^n -> r^n + w^n"),
    rewriting_law("power-of-sum",                   "(r - s)^n -> r^n - s^n"),
    rewriting_law("power-of-sum",                   "sqrt(r + w) -> sqrt(r) + sqrt(w)"),
    rewriting_law("power-of-sum",                   "sqrt(r - s) -> sqrt(r) - sqrt(s)"),
    rewriting_law("power-of-sum",                   "sqrt(r^2 + w) -> r + sqrt(w)"),
    rewriting_law("power-of-sum",                   "sqrt(r^2 + s^2) -> r + s"),
    rewriting_law("power-of-sum",                   "root(r + w, n) -> root(r, n) + root(w, n)"),
    rewriting_law("power-of-sum",                   "root(r^n + w, n) -> r + root(w, n)"),
    rewriting_law("log-pull-factor",                "ln(a*u) -> a*ln(u)",               unless_one("a", "u")),
    rewriting_law("log-pull-factor",                "ln(u/a) -> ln(u)/a"),
    rewriting_law("log-power-confuse",              "ln(r^n) -> ln(r)^n"),
    rewriting_law("trig-power-notation",            "sin(r^n) -> sin(r)^n"),
    rewriting_law("trig-power-notation",            "cos(r^n) -> cos(r)^n"),
    rewriting_law("trig-power-notation",            "tan(r^n) -> tan(r)^n"),
    rewriting_law("misread-structure",              "u + r*v -> (u + r)*v",             unless_one("v")),
    rewriting_law("misread-structure",              "u - r*v -> (u - r)*v",             unless_one("v")),
    rewriting_law("function-miscopied",             "r + s -> r - s"),
    rewriting_law("function-miscopied",             "r - s -> r + s"),
    rewriting_law("function-miscopied",             "-r -> r"),
    rewriting_law("function-miscopied",             "p -> p + 1"),
    rewriting_law("function-miscopied",             "p -> p - 1",                       above_two("p")),
)
# fmt: on


def misreadings(function: Expression, variable: str) -> Iterator[Rewriting]:
    """The functions that one misreading makes of a function, likelier ones first."""
    return rewritings(MISREADINGS, function, variable)
