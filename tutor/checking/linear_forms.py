"""Rational combinations of logarithms, or of arctangents and pi: zero when they are smaller than a bound.

m1·log a1 + … = V is zero exactly if A = a1^m1·… is 1. The algebraic number A - 1 has a bound as all have (see
`zero_bound`), and |A - 1| <= 2|V| where |V| < 1: so a smaller |V| makes A = 1 and V = log 1 = 0.

m1·atan u1 + … + r·pi = V, r whole, is a multiple of pi exactly if Z = (1 + i·u1)^m1·… is real. Z less its conjugate has
size 2|Z|·|sin V| <= 2|Z|·|V|; a smaller |V| makes V a multiple of pi, and 0 is the only one less than 1 in size.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from tutor.checking.ball import magnitude
from tutor.checking.zero_bound import MOST_BITS, Algebraic, certain_value, degree, is_small
from tutor.expression.tree import PI, ZERO, Apply, Expression, number

__all__ = ["angles_vanish", "logarithms_vanish"]

Term = tuple[Fraction, Algebraic]
"""A rational factor, and what its logarithm or arctangent is taken of."""

_SIZE_BITS = 96
_MOST_TERMS = 24


def logarithms_vanish(terms: Sequence[Term]) -> bool:
    """Whether a sum of rational multiples of logarithms of algebraic numbers is proved to be zero."""
    if not terms:
        return True
    scale = lcm(*(factor.denominator for factor, _ in terms))
    multiples = [(int(factor * scale), part) for factor, part in terms]
    top = sum(abs(count) * (part.above if count > 0 else part.below) for count, part in multiples)
    bottom = sum(abs(count) * (part.below if count > 0 else part.above) for count, part in multiples)
    field = degree(part for _, part in multiples)
    bits = (field - 1) * (max(top, bottom) + 1) + bottom + 1
    return _is_small("log", multiples, 0, bits)


def angles_vanish(terms: Sequence[Term], turns: Fraction) -> bool:
    """Whether a sum of rational multiples of arctangents, and turns·pi, is proved to be zero."""
    if not terms:
        return turns == 0
    scale = lcm(turns.denominator, *(factor.denominator for factor, _ in terms))
    multiples = [(int(factor * scale), part) for factor, part in terms]
    length = _length(multiples)
    if length is None:
        return False
    top = sum(abs(count) * (max(part.above, part.below) + 1) for count, part in multiples)
    bottom = sum(abs(count) * part.below for count, part in multiples)
    field = degree((part for _, part in multiples), is_complex=True)
    bits = (field - 1) * (top + 1) + bottom + 1 + length
    return _is_small("atan", multiples, int(turns * scale), bits)


def _length(multiples: Sequence[tuple[int, Algebraic]]) -> int | None:
    """A power of two above |Z|: the product of √(1 + u²) to the powers |m|, the conjugate standing in for 1/z."""
    exponent = 0
    for count, part in multiples:
        value = certain_value(part.expression, _SIZE_BITS)
        if value is None:
            return None
        bound = magnitude((1 + abs(value)).upper())
        exponent += abs(count) * (bound or 0)
    return exponent


def _is_small(head: str, multiples: Sequence[tuple[int, Algebraic]], turns: int, bits: int) -> bool:
    """Whether the combination is certainly less in size than 2^-bits, and than 1."""
    if bits > MOST_BITS or len(multiples) > _MOST_TERMS:
        return False
    total: Expression = Apply("*", (number(turns), PI)) if turns else ZERO
    for count, part in multiples:
        total = Apply("+", (total, Apply("*", (number(count), Apply(head, (part.expression,))))))
    return is_small(total, max(bits, 1))
