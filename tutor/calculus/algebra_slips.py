"""Algebra slips: a right derivative that was written down or simplified wrongly.

A law is about the finished form of a derivative; sums and products are seen flat (`tutor.calculus.flat_match`). What
stands first in the table is the likelier.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.calculus.flat import factors
from tutor.calculus.rewriting import Rewriting, rewriting_law, rewritings, unless_one
from tutor.calculus.rule import Bindings, Rule, is_written_number
from tutor.expression.tree import Expression


def _number_moves(bindings: Bindings) -> bool:
    """Whether a number q is taken from a product and given to a term s that has none."""
    has_number = any(is_written_number(part) for part in factors(bindings["s"]).above)
    return unless_one("q", "v")(bindings) and not has_number


# fmt: off
ALGEBRA_SLIPS: tuple[Rule, ...] = (
    rewriting_law("sign-distribute",        "-(r + w) -> w - r"),
    rewriting_law("sign-distribute",        "-(u*(r + w)) -> u*w - u*r",                unless_one("u")),
    rewriting_law("drop-outer-parens",      "u*(r + w) -> u*r + w",                     unless_one("u")),
    rewriting_law("drop-outer-parens",      "u*(w - r) -> w - u*r",                     unless_one("u")),
    rewriting_law("typed-missing-parens",   "1/(s*u) -> u/s",                           unless_one("u")),
    rewriting_law("typed-missing-parens",   "u/(r + w) -> u/r + w"),
    rewriting_law("cancel-terms",           "(r*v + w)/r -> v + w"),
    rewriting_law("cancel-terms",           "(r*v + w)/r^n -> (v + w)/r^(n - 1)"),
    rewriting_law("cancel-terms",           "(r^n*v + w)/r -> r^(n - 1)*v + w"),
    rewriting_law("cancel-terms",           "(r + w)/r -> w"),
    rewriting_law("cancel-terms",           "(r + v)/(r + w) -> v/w"),
    rewriting_law("cancel-terms",           "r/(r*v + w) -> 1/(v + w)"),
    rewriting_law("cancel-terms",           "r/(r^c + w) -> 1/(r^(c - 1) + w)"),
    rewriting_law("cancel-terms",           "r/(r + w) -> 1/w"),
    rewriting_law("factor-misplaced",       "p*u + q*v -> q*u + p*v",                   unless_one("p", "q")),
    rewriting_law("factor-misplaced",       "s + q*v -> q*s + v",                       _number_moves),
    rewriting_law("coefficient-arithmetic", "p*q -> p + q",                             unless_one("p", "q")),
    rewriting_law("exponent-arithmetic",    "r^p*r^q -> r^(p*q)"),
    rewriting_law("exponent-arithmetic",    "r*r^p -> r^p"),
    rewriting_law("exponent-arithmetic",    "(r^p)^q -> r^(p + q)"),
    rewriting_law("exponent-arithmetic",    "r^p/r^q -> r^(p/q)"),
    rewriting_law("term-sign-lost",         "u - r -> u + r"),
    rewriting_law("term-dropped",           "u + r -> u"),
    rewriting_law("term-dropped",           "u - r -> u"),
    rewriting_law("power-of-sum",           "(r + w)^n -> r^n + w^n"),
    rewriting_law("power-of-sum",           "(r - s)^n -> r^n - s^n"),
    rewriting_law("power-of-sum",           "sqrt(r + w) -> sqrt(r) + sqrt(w)"),
    rewriting_law("power-of-sum",           "sqrt(r^2 + w) -> r + sqrt(w)"),
    rewriting_law("fraction-split",         "u/(r + w) -> u/r + u/w"),
    rewriting_law("fraction-inverted",      "u/v -> v/u"),
)
# fmt: on


def algebra_slips(form: Expression, variable: str) -> Iterator[Rewriting]:
    """What one algebra slip makes of a finished form of a derivative, likelier ones first.

    Only sums, products, fractions and powers are touched: what stands inside a function, in a base or in an exponent is
    left, because nobody simplifies there.
    """
    return rewritings(ALGEBRA_SLIPS, form, variable, inside=False)
