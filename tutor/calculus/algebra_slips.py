"""Algebra slips: a right derivative that was written down or simplified wrongly.

A law is about the finished form of a derivative; sums and products are seen flat (`tutor.calculus.flat_match`). What
stands first in the table is the likelier.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.calculus.rewriting import Rewriting, rewriting_law, rewritings
from tutor.calculus.rule import Rule
from tutor.expression.tree import Expression

# fmt: off
ALGEBRA_SLIPS: tuple[Rule, ...] = (
    rewriting_law("sign-distribute",        "-(r + w) -> w - r"),
    rewriting_law("sign-distribute",        "-(u*(r + w)) -> u*w - u*r"),
    rewriting_law("drop-outer-parens",      "u*(r + w) -> u*r + w"),
    rewriting_law("typed-missing-parens",   "1/(s*u) -> u/s"),
    rewriting_law("cancel-terms",           "(r*v + w)/r -> v + w"),
    rewriting_law("cancel-terms",           "(r*v + w)/r^2 -> (v + w)/r"),
    rewriting_law("cancel-terms",           "r/(r^c + w) -> 1/(r^(c - 1) + w)"),
    rewriting_law("factor-misplaced",       "a*u + b*v -> b*u + a*v"),
    rewriting_law("factor-misplaced",       "s + b*v -> b*s + v"),
    rewriting_law("coefficient-arithmetic", "p*q -> p + q"),
    rewriting_law("exponent-arithmetic",    "r^(p - 1) -> r^(1 - p)"),
    rewriting_law("term-sign-lost",         "u - r -> u + r"),
    rewriting_law("term-dropped",           "u + r -> u"),
    rewriting_law("term-dropped",           "u - r -> u"),
    rewriting_law("power-of-sum",           "(r + w)^n -> r^n + w^n"),
    rewriting_law("power-of-sum",           "sqrt(r + w) -> sqrt(r) + sqrt(w)"),
    rewriting_law("fraction-split",         "u/(r + w) -> u/r + u/w"),
    rewriting_law("fraction-inverted",      "u/v -> v/u"),
)
# fmt: on


def algebra_slips(form: Expression, variable: str) -> Iterator[Rewriting]:
    """What one algebra slip makes of a finished form of a derivative, likelier ones first."""
    return rewritings(ALGEBRA_SLIPS, form, variable)
