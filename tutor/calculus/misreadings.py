"""Misreadings: the function was read, copied or rewritten wrongly before a sound differentiation.

A law is about the function as it is written; sums and products are seen flat (`tutor.calculus.flat_match`). What stands
first in the table is the likelier.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.calculus.rewriting import Rewriting, rewriting_law, rewritings
from tutor.calculus.rule import Rule
from tutor.expression.tree import Expression

# fmt: off
MISREADINGS: tuple[Rule, ...] = (
    rewriting_law("rewrite-reciprocal-coefficient", "1/(a*u) -> a/u"),
    rewriting_law("fraction-inverted",              "u/v -> v/u"),
    rewriting_law("fraction-split",                 "u/(r + w) -> u/r + u/w"),
    rewriting_law("power-of-sum",                   "(r + w)^n -> r^n + w^n"),
    rewriting_law("power-of-sum",                   "sqrt(r + w) -> sqrt(r) + sqrt(w)"),
    rewriting_law("power-of-sum",                   "sqrt(r^2 + w) -> r + sqrt(w)"),
    rewriting_law("log-pull-factor",                "ln(a*u) -> a*ln(u)"),
    rewriting_law("trig-power-notation",            "sin(r^n) -> sin(r)^n"),
    rewriting_law("trig-power-notation",            "cos(r^n) -> cos(r)^n"),
    rewriting_law("trig-power-notation",            "tan(r^n) -> tan(r)^n"),
    rewriting_law("misread-structure",              "u + r*v -> (u + r)*v"),
    rewriting_law("misread-structure",              "u - r*v -> (u - r)*v"),
    rewriting_law("misread-structure",              "f(a*u) -> f(a)*u"),
    rewriting_law("misread-structure",              "f(r + w) -> f(r) + w"),
    rewriting_law("function-miscopied",             "p -> p + 1"),
    rewriting_law("function-miscopied",             "p -> p - 1"),
    rewriting_law("function-miscopied",             "r + s -> r - s"),
    rewriting_law("function-miscopied",             "r - s -> r + s"),
    rewriting_law("function-miscopied",             "-r -> r"),
)
# fmt: on


def misreadings(function: Expression, variable: str) -> Iterator[Rewriting]:
    """The functions that one misreading makes of a function, likelier ones first."""
    return rewritings(MISREADINGS, function, variable)
