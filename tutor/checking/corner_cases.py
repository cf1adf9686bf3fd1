"""Equality case by case: with |u|, sign u, max and the like replaced by what they are where u > 0, and where u < 0.

In each case the corner is gone, and a prover without an idea of corners may see that both sides are equal there. The
cases cover all points but those where u is zero; where u may be zero on an interval, that is a third case. A case that
cannot occur is left out: u < 0 for a u that is positive by its form, or conditions > 0 that add up to zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import combinations
from types import MappingProxyType

from tutor.checking.isolated_zeros import has_isolated_zeros
from tutor.checking.positivity import bounds
from tutor.checking.proportion import is_tiny, ratio
from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.tree import ONE, ZERO, Apply, Expression, Number, free_symbols, size, walk

__all__ = ["IDENTITY", "corner_proof"]

IDENTITY = "corner-cases"
"""The name of this way of proving among identities."""

Prove = Callable[[Expression, Expression], bool]
"""Says that two expressions are equal wherever both are real."""

_MOST_SPLITS = 6
_MOST_PROOFS = 150
_MOST_NODES = 600
_HALF = Number(Fraction(1, 2))

# fmt: off
_STEPS: Mapping[str, tuple[Callable[[Expression], Expression], ...]] = MappingProxyType({
    "abs":       (lambda u: ZERO, lambda u: u,    lambda u: Apply("neg", (u,))),
    "sign":      (lambda u: ZERO, lambda u: ONE,  lambda u: Number(Fraction(-1))),
    "relu":      (lambda u: ZERO, lambda u: u,    lambda u: ZERO),
    "heaviside": (lambda u: _HALF, lambda u: ONE, lambda u: ZERO),
})
# fmt: on
"""What a function of u is where u is zero, positive, negative (by the sign as an index)."""

_EXTREMES = {"max": 1, "min": -1}


def corner_proof(left: Expression, right: Expression, domain: Domain, prove: Prove) -> tuple[str, ...] | None:
    """The identities of a proof by cases; None when there is none, or no corner in either side."""
    if size(left) + size(right) > _MOST_NODES or not any(_corner(side) for side in (left, right)):
        return None
    return (IDENTITY,) if _Cases(domain, prove).are_equal(left, right, ()) else None


@dataclass(frozen=True, slots=True)
class _Fact:
    """That an expression has a sign in the case at hand: 1, -1, or 0 for zero."""

    u: Expression
    sign: int

    @property
    def positive(self) -> Expression:
        """What is positive where the fact holds."""
        return self.u if self.sign > 0 else Apply("neg", (self.u,))


_Facts = tuple[_Fact, ...]


@dataclass(slots=True)
class _Cases:
    """A proof by cases; `proofs` counts how often the prover was asked."""

    domain: Domain
    prove: Prove
    proofs: int = 0

    def are_equal(self, left: Expression, right: Expression, facts: _Facts) -> bool:
        """Whether both sides are equal wherever the facts hold."""
        if self._is_equal(left, right):
            return True
        corner = _corner(left) or _corner(right)
        if corner is None or len(facts) == _MOST_SPLITS or self.proofs > _MOST_PROOFS:
            return False
        u = _argument(corner)
        signs = self._signs(u, facts)
        if 0 in signs and len(signs) > 1 and self._is_divisor(u, left, right):
            signs.remove(0)
        cases = [(*facts, _Fact(u, sign)) for sign in signs]
        return all(self.are_equal(self._decided(left, case), self._decided(right, case), case) for case in cases)

    def _signs(self, u: Expression, facts: _Facts) -> list[int]:
        """The signs that u may have on an open set where the facts hold."""
        if self._is_zero(u):
            return [0]
        found = [sign for sign in (1, -1) if not self._cannot_be(_Fact(u, sign), facts)]
        return found if has_isolated_zeros(u) else [*found, 0]

    def _cannot_be(self, fact: _Fact, facts: _Facts) -> bool:
        """Whether a fact holds nowhere, by its form or since all that is positive would add up to zero."""
        if bounds(Apply("neg", (fact.positive,)), self.domain).is_positive:
            return True
        others = [other.positive for other in facts if other.sign]
        sums = (
            reduce(lambda u, v: Apply("+", (u, v)), some, fact.positive)
            for count in range(1, len(others) + 1)
            for some in combinations(others, count)
        )
        return any(self._is_zero(total) for total in sums)

    def _is_divisor(self, u: Expression, *sides: Expression) -> bool:
        """Whether a side divides by u, so that nothing is real where u is zero."""
        divisors = dict.fromkeys(part for side in sides for part in _divisors(side))
        return any(self._is_multiple(part, u) for part in divisors)

    def _is_multiple(self, part: Expression, u: Expression) -> bool:
        factor = ratio(part, u)
        return factor is not None and self._is_equal(part, Apply("*", (Number(factor), u)))

    def _is_equal(self, left: Expression, right: Expression) -> bool:
        self.proofs += 1
        return self.proofs <= _MOST_PROOFS and self.prove(left, right)

    def _is_zero(self, u: Expression) -> bool:
        return is_tiny(u) and self._is_equal(u, ZERO)

    # ---- what the facts decide -------------------------------------------------------------------------------------

    def _decided(self, side: Expression, facts: _Facts) -> Expression:
        """A side with every corner that the facts decide replaced by what it is there."""
        return fold(side, lambda part, operands: self._rebuilt(part, tuple(operands), facts))

    def _rebuilt(self, part: Expression, operands: tuple[Expression, ...], facts: _Facts) -> Expression:
        if not isinstance(part, Apply) or not operands:
            return part
        if part.head in _EXTREMES:
            kept = self._not_exceeded(operands, _EXTREMES[part.head], facts)
            return kept[0] if len(kept) == 1 else Apply(part.head, kept)
        sign = self._sign(operands[0], facts) if part.head in _STEPS else None
        return Apply(part.head, operands) if sign is None else _STEPS[part.head][sign](operands[0])

    def _not_exceeded(self, operands: tuple[Expression, ...], direction: int, facts: _Facts) -> tuple[Expression, ...]:
        """The operands of a max (or min) without those that are known to be exceeded by another, or equal to one."""
        kept: list[Expression] = []
        for operand in operands:
            signs = [self._sign(Apply("-", (operand, other)), facts) for other in kept]
            if any(sign is not None and sign * direction <= 0 for sign in signs):
                continue
            kept = [other for other, sign in zip(kept, signs, strict=True) if sign is None]
            kept.append(operand)
        return tuple(kept)

    def _sign(self, argument: Expression, facts: _Facts) -> int | None:
        """The sign of a corner's argument where the facts hold; None where they do not decide it."""
        if self._is_zero(argument):
            return 0
        for fact in facts:
            factor = ratio(argument, fact.u)
            if factor is not None and self._is_equal(argument, Apply("*", (Number(factor), fact.u))):
                return fact.sign if factor > 0 else -fact.sign
        return None


def _divisors(side: Expression) -> Iterator[Expression]:
    """The factors of all denominators of a side."""
    for part in walk(side):
        match part:
            case Apply("/", (_, bottom)):
                yield from _factors(bottom)
            case Apply("^", (base, exponent)) if (exact_fraction(exponent) or 0) < 0:
                yield from _factors(base)
            case _:
                pass


def _factors(product: Expression) -> Iterator[Expression]:
    match product:
        case Apply("*", (left, right)):
            yield from _factors(left)
            yield from _factors(right)
        case Apply("neg" | "abs" | "sqrt", (inner,)) | Apply("/", (inner, _)):
            yield from _factors(inner)
        case _:
            yield product


def _is_corner(part: Expression) -> bool:
    return isinstance(part, Apply) and (part.head in _STEPS or (part.head in _EXTREMES and len(part.arguments) > 1))


def _corner(side: Expression) -> Apply | None:
    """An innermost corner whose argument moves."""
    for part in walk(side):
        if isinstance(part, Apply) and _is_corner(part):
            inside = next((found for argument in part.arguments if (found := _corner(argument))), None)
            if inside is not None or free_symbols(_argument(part)):
                return inside or part
    return None


def _argument(corner: Apply) -> Expression:
    """The expression at whose zeros the corner is."""
    if corner.head in _STEPS:
        return corner.arguments[0]
    return Apply("-", corner.arguments[:2])
