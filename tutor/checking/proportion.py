"""What a few balls suggest before anything is proved: that an expression is a multiple of another, or is zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.checking.ball import Ball, Undefined, compile_balls, exact_ball, middle_of, run, working_precision
from tutor.expression.tree import Expression, free_symbols

__all__ = ["is_somewhere_nonzero", "is_tiny", "ratio"]

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


def ratio(expression: Expression, other: Expression) -> Fraction | None:
    """The short fraction that one expression seems to be of the other."""
    names = sorted(free_symbols(expression) | free_symbols(other))
    pairs = zip(_values(expression, names), _values(other, names), strict=True)
    ratios = {(over / below).limit_denominator(_SHORT) for over, below in pairs if over is not None and below}
    return ratios.pop() if len(ratios) == 1 and 0 not in ratios else None


def is_somewhere_nonzero(expression: Expression) -> bool:
    """Whether an expression certainly is not zero at some point."""
    with working_precision(_BITS):
        balls = _balls(expression, sorted(free_symbols(expression)))
        return any(ball is not None and not ball.contains(0) for ball in balls)


def is_tiny(expression: Expression) -> bool:
    """Whether an expression seems to be zero wherever it was looked at."""
    values = _values(expression, sorted(free_symbols(expression)))
    return all(value is None or abs(value) < Fraction(1, 2**60) for value in values)
