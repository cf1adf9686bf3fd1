"""Equality case by case: with |u|, sign u, max and the like replaced by what they are where u > 0, and where u < 0.

In each case the corner is gone, and a prover without an idea of corners may see that both sides are equal there. The
cases cover all points but those where u is zero; where u may be zero on an interval, that is a third case. A case that
cannot occur is left out: u < 0 for a u that is positive by its form, or conditions > 0 that add up to zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import combinations
from types import MappingProxyType

from tutor.checking.analytic import vanishes_at_points_only
from tutor.checking.ball import Ball, Undefined, compile_balls, exact_ball, middle_of, run, working_precision
from tutor.checking.positivity import bounds
from tutor.expression.domain import Domain
from tutor.expression.fold import fold
from tutor.expression.tree import ONE, ZERO, Apply, Expression, Number, free_symbols, size, walk

__all__ = ["IDENTITY", "corner_proof"]

IDENTITY = "corner-cases"
"""The name of this way of proving among identities."""

Prove = Callable[[Expression, Expression], bool]
"""Says that two expressions are equal wherever both are real."""

_MOST_SPLITS = 5
_MOST_PROOFS = 80
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


@dataclass(slots=True)
class _Cases:
    """A proof by cases; `proofs` counts how often the prover was asked."""

    domain: Domain
    prove: Prove
    proofs: int = 0

    def are_equal(self, left: Expression, right: Expression, assumed: tuple[Expression, ...]) -> bool:
        """Whether both sides are equal wherever the assumed expressions are positive."""
        if self._is_equal(left, right):
            return True
        corner = _corner(left) or _corner(right)
        if corner is None or len(assumed) == _MOST_SPLITS or self.proofs > _MOST_PROOFS:
            return False
        u = _argument(corner)
        for sign in self._signs(u, assumed):
            case = ONE if sign == 0 else u if sign > 0 else Apply("neg", (u,))
            if not self.are_equal(self._decided(left, u, sign), self._decided(right, u, sign), (*assumed, case)):
                return False
        return True

    def _signs(self, u: Expression, assumed: Sequence[Expression]) -> list[int]:
        """The signs that u may have on an open set where the assumed expressions are positive."""
        if self._is_zero(u):
            return [0]
        cases = [(1, u), (-1, Apply("neg", (u,)))]
        found = [sign for sign, positive in cases if not self._cannot_be(positive, assumed)]
        is_isolated = vanishes_at_points_only(u) and _is_somewhere_nonzero(u)
        return found if is_isolated else [*found, 0]

    def _is_zero(self, u: Expression) -> bool:
        return _is_tiny(u) and self._is_equal(u, ZERO)

    def _is_equal(self, left: Expression, right: Expression) -> bool:
        self.proofs += 1
        return self.proofs <= _MOST_PROOFS and self.prove(left, right)

    def _cannot_be(self, positive: Expression, assumed: Sequence[Expression]) -> bool:
        """Whether an expression is nowhere positive, by its form or since it and the assumed ones add up to zero."""
        if bounds(Apply("neg", (positive,)), self.domain).is_positive:
            return True
        others = [part for part in assumed if part != ONE]
        sums = (
            reduce(lambda u, v: Apply("+", (u, v)), some, positive)
            for count in range(1, len(others) + 1)
            for some in combinations(others, count)
        )
        return any(self._is_zero(total) for total in sums)

    def _decided(self, side: Expression, u: Expression, sign: int) -> Expression:
        """A side with every corner that the sign of u decides replaced by what it is there."""
        return fold(side, lambda part, operands: self._rebuilt(part, tuple(operands), u, sign))

    def _rebuilt(self, part: Expression, operands: tuple[Expression, ...], u: Expression, sign: int) -> Expression:
        if not isinstance(part, Apply) or not operands:
            return part
        rebuilt = Apply(part.head, operands)
        if not _is_corner(rebuilt):
            return rebuilt
        found = self._sign(_argument(rebuilt), u, sign)
        if found is None:
            return rebuilt
        if part.head in _STEPS:
            return _STEPS[part.head][found](operands[0])
        larger = operands[0] if found * _EXTREMES[part.head] >= 0 else operands[1]
        rest = operands[2:]
        return self._rebuilt(Apply(part.head, (larger, *rest)), (larger, *rest), u, sign) if rest else larger

    def _sign(self, argument: Expression, u: Expression, sign: int) -> int | None:
        """The sign of a corner's argument where u has the given one; None where that is not decided."""
        if self._is_zero(argument):
            return 0
        factor = _ratio(argument, u)
        if factor is None or not self._is_equal(argument, Apply("*", (Number(factor), u))):
            return None
        return sign if factor > 0 else -sign


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


# ---- by balls, before anything is proved ---------------------------------------------------------------------------

_BITS = 96
_LOOKS = 4
_SHORT = 1000


def _balls(expression: Expression, names: Sequence[str]) -> Iterator[Ball | None]:
    """The values at a few points, None where there is none that is known."""
    program = compile_balls(expression)
    for look in range(_LOOKS):
        point = {name: exact_ball(_coordinate(look, names.index(name))) for name in program.symbols}
        try:
            value = run(program, point)
        except Undefined:
            yield None
        else:
            yield value if value.is_finite() else None


def _values(expression: Expression, names: Sequence[str]) -> list[Fraction | None]:
    with working_precision(_BITS):
        return [None if ball is None else middle_of(ball) for ball in _balls(expression, names)]


def _coordinate(look: int, place: int) -> Fraction:
    size = Fraction(1000003 + 9973 * place, 700001) * (1 + Fraction(look * (3 + place), 11))
    return -size if (look + place) % 2 else size


def _ratio(argument: Expression, u: Expression) -> Fraction | None:
    """The short fraction that one expression seems to be of the other."""
    names = sorted(free_symbols(argument) | free_symbols(u))
    pairs = zip(_values(argument, names), _values(u, names), strict=True)
    ratios = {(over / below).limit_denominator(_SHORT) for over, below in pairs if over is not None and below}
    return ratios.pop() if len(ratios) == 1 and 0 not in ratios else None


def _is_somewhere_nonzero(expression: Expression) -> bool:
    with working_precision(_BITS):
        balls = _balls(expression, sorted(free_symbols(expression)))
        return any(ball is not None and not ball.contains(0) for ball in balls)


def _is_tiny(expression: Expression) -> bool:
    values = _values(expression, sorted(free_symbols(expression)))
    return all(value is None or abs(value) < Fraction(1, 2**60) for value in values)
