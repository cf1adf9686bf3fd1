"""Half-lines on which a symbol must lie, from its range or from what is needed of it, and squares in its place.

Where x > r, x = r + s² for a new real s, and every such x comes about: sides that are equal for all s are equal there.
In s the prover knows signs that it would have to guess: |x| = s² for x > 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tutor.checking.ball import Undefined, evaluate_ball
from tutor.checking.ball_roots import rational_roots
from tutor.checking.conditions import Condition, Need
from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols, number, substitute

__all__ = ["HalfLine", "half_lines", "on_half_lines"]

_SHORT = 1000
"""The largest denominator of an end."""


@dataclass(frozen=True, slots=True)
class HalfLine:
    """All numbers above an end, or below it for a direction of -1, on which a symbol lies."""

    symbol: str
    end: Fraction
    direction: int

    @property
    def covered(self) -> Expression:
        """The symbol written by the square of a new one of the same name."""
        square = Apply("^", (Symbol(self.symbol), number(2)))
        signed = square if self.direction > 0 else Apply("neg", (square,))
        return Apply("+", (Number(self.end), signed)) if self.end else signed


@lru_cache(maxsize=256)
def on_half_lines(expression: Expression, lines: tuple[HalfLine, ...]) -> Expression:
    """An expression in the new symbols, the same object for the next answer."""
    return substitute(expression, {line.symbol: line.covered for line in lines})


def half_lines(needs: Iterable[Condition], domain: Domain, symbols: Iterable[str]) -> tuple[HalfLine, ...]:
    """One half-line for each symbol of which one is known: the shortest above an end, else the shortest below one.

    Where a parameter is whole, x^n needs no x > 0, so then only ranges count.
    """
    whole = any(within.integer for within in domain.ranges.values())
    positive = (part for need in needs for part in _positive(need)) if not whole else ()
    chosen: dict[str, HalfLine] = {}
    for line in (*_of_ranges(domain), *filter(None, map(_of_positive, positive))):
        known = chosen.get(line.symbol)
        if known is None or _rank(line) > _rank(known):
            chosen[line.symbol] = line
    return tuple(chosen[name] for name in sorted(chosen.keys() & set(symbols)))


def _rank(line: HalfLine) -> tuple[int, Fraction]:
    return line.direction, line.direction * line.end


def _of_ranges(domain: Domain) -> Iterator[HalfLine]:
    for name, within in domain.ranges.items():
        if within.low is not None:
            yield HalfLine(name, within.low, 1)
        elif within.high is not None:
            yield HalfLine(name, within.high, -1)


def _positive(condition: Condition) -> Iterator[Expression]:
    """What is positive where a condition holds: its argument, or u where relu(u) is a factor that is not zero."""
    if condition.need is Need.POSITIVE:
        yield condition.argument
    todo = [condition.argument] if condition.need is Need.NONZERO else []
    while todo:
        match todo.pop():
            case Apply("*" | "/", (left, right)):
                todo += [left, right]
            case Apply("^", (base, _)):
                todo.append(base)
            case Apply("relu" | "heaviside", (u,)):
                yield u
            case _:
                pass


def _of_positive(argument: Expression) -> HalfLine | None:
    """The half-line on which an expression in one symbol is positive; None where it is none with a short end."""
    if isinstance(argument, Apply) and argument.head == "/":
        argument = Apply("*", argument.arguments)  # n/d has the sign of n·d
    symbols = free_symbols(argument)
    if len(symbols) != 1:
        return None
    (symbol,) = symbols
    ends = set(rational_roots(argument, symbol, {}) or ())
    if len(ends) != 1:
        return None
    end = ends.pop().limit_denominator(_SHORT)
    if not _is_zero_at(argument, symbol, end):
        return None
    above, below = (_is_positive_at(argument, symbol, end + side) for side in (1, -1))
    return HalfLine(symbol, end, 1 if above else -1) if above != below else None


def _is_zero_at(argument: Expression, symbol: str, place: Fraction) -> bool:
    return exact_fraction(substitute(argument, {symbol: Number(place)})) == 0


def _is_positive_at(argument: Expression, symbol: str, place: Fraction) -> bool:
    try:
        return bool(evaluate_ball(substitute(argument, {symbol: Number(place)}), {}) > 0)
    except Undefined:
        return False
