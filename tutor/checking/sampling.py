"""Points at which answers are decided: generic rationals, the same in every process, where the function is smooth.

A coordinate is a fraction whose denominator is an odd number of at least 20 bits, so no exercise is special
there. Every draw is a BLAKE2b hash of (text of the function, purpose, index, symbol); nothing depends on the hash
seed of the process or on earlier draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from itertools import islice
from math import gcd
from typing import TypeAlias

from tutor.checking.ball import Program, Undefined, compile_balls, exact_ball, hull, run, two_to, working_precision
from tutor.checking.conditions import Condition, Need, conditions
from tutor.checking.regions import Line, regions
from tutor.expression.domain import Domain, Range
from tutor.expression.tree import Expression

__all__ = ["Point", "Sampler", "points"]

Point: TypeAlias = Mapping[str, Fraction]

_ACCEPT_BITS = 96
_BOX = -80
"""The size of the box, a power of two relative to the point, on which corners inside corners must be smooth."""

_NEAR = (0, -1, 1, 0, -2, 2, 0, 1, -3, 3, -1, 0, 4, -4, 5, -6, 6, 2)
"""Powers of two of the first coordinates drawn."""

_FAR = (-20, 20, -12, 12, -8, 8, -16, 16, -10, 10, -14, 18)
"""Powers of two of the wide ones."""

_INTEGERS = (2, 3, 1, 4, -1, -2, 5, 0, 6, -3, 7, 8, -4, 9, -5, 12, 11, 20, 25)
_SHARES = tuple(Fraction(number, 1024) for number in (517, 211, 829, 97, 941, 383, 661, 29, 1003))
"""How far into a region its points lie, in the order in which they are tried."""

_SHARES_BESIDE = tuple(Fraction(number, 2**20 + 7) for number in (23, 1_009, 31_013, 1_017_503, 1_047_559))
"""How far into a region the points lie that are near its ends: hundredths, and much less."""


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws for one program over some symbols, each in its range; a point counts where the program is smooth."""

    program: Program
    symbols: tuple[str, ...]
    domain: Domain
    seed: bytes

    @classmethod
    def of(cls, expression: Expression, symbols: Iterable[str], domain: Domain) -> Sampler:
        """The sampler of an expression; `symbols` may name more than those that stand in it."""
        program = compile_balls(expression)
        names = tuple(sorted({*symbols, *program.symbols}))
        return cls(program, names, domain, blake2b(program.text.encode(), digest_size=16).digest())

    def accepts(self, point: Point) -> bool:
        """Whether the program certainly is smooth and finite at a point."""
        return self._is_finite(point, smooth=True)

    def _is_finite(self, point: Point, *, smooth: bool) -> bool:
        with working_precision(_ACCEPT_BITS):
            balls = {name: exact_ball(point[name]) for name in self.program.symbols}
            if self.program.nested:
                balls = {name: hull(ball, abs(ball) * two_to(_BOX)) for name, ball in balls.items()}
            try:
                return run(self.program, balls, smooth=smooth).is_finite()
            except Undefined:
                return False

    def draw(self, purpose: str, index: int, symbol: str = "") -> int:
        """A whole number below 2^64 that depends on its arguments and the text of the program alone."""
        text = f"{purpose}|{index}|{symbol}".encode()
        return int.from_bytes(blake2b(text, key=self.seed, digest_size=8).digest(), "big")

    # ---- one coordinate --------------------------------------------------------------------------------------------

    def coordinate(self, symbol: str, index: int, exponent: int) -> Fraction:
        """A generic number of size about 2^exponent within the range of a symbol; whole where the range is."""
        within = self.domain.of(symbol)
        if within.integer:
            return _whole(within, index + self.symbols.index(symbol) // 2)
        share, draw = self.draw("share", index, symbol), self.draw("denominator", index, symbol)
        if within.low is not None and within.high is not None:
            return _between(within.low, within.high, share, draw)
        size = _generic_of_size(exponent, share, draw)
        if within.low is not None:
            return within.low + size
        if within.high is not None:
            return within.high - size
        return -size if self._negative(symbol, index) else size

    def _negative(self, symbol: str, index: int) -> bool:
        """The sign of a draw: the first eight draws run through all sign patterns of three symbols."""
        place = self.symbols.index(symbol)
        return bool(index >> place % 3 & 1) if index < 8 and place < 3 else bool(self.draw("sign", index, symbol) & 1)

    # ---- points ----------------------------------------------------------------------------------------------------

    def candidate(self, index: int, exponents: Sequence[int], *, apart_from: str | None = None) -> dict[str, Fraction]:
        """The draw of one number; the sizes of its coordinates follow the ladder, each symbol at its own rung."""
        return {
            symbol: self.coordinate(symbol, index, exponents[(index + 5 * place) % len(exponents)])
            for place, symbol in enumerate(self.symbols)
            if symbol != apart_from
        }

    def near(self, tries: int = 24, first: int = 0) -> Iterator[Point]:
        """Points of moderate size, sizes 2^-6 to 2^6, signs mixed; `first` varies them."""
        draws = range(first, first + tries if self.symbols else first + 1)
        return filter(self.accepts, (self.candidate(index, _NEAR) for index in draws))

    def far(self) -> Iterator[Point]:
        """Points with wide coordinates, from 2^-20 to 2^20: one wide symbol at a time, the others moderate."""
        for index, exponent in enumerate(_FAR):
            for sign in (0, 1) if self.symbols else ():
                symbol = self.symbols[index % len(self.symbols)]
                point = self.candidate(100 + 2 * index + sign, _NEAR, apart_from=symbol)
                point[symbol] = self.coordinate(symbol, 200 + index, exponent)
                if sign and self.domain.of(symbol) == Range():
                    point[symbol] = -point[symbol]
                if self.accepts(point):
                    yield point

    def by_region(self, wanted: Sequence[Condition], first: int = 0, draws: int = 2) -> Iterator[Point]:
        """A point in each region of each line through some draws, where the program is smooth; `first` varies them.

        Through one draw where there is one symbol: all lines are the same then.
        """
        for index in range(first, first + (1 if len(self.symbols) == 1 else draws)):
            base = self._repaired(self.candidate(index, _NEAR), wanted)
            for symbol in self.symbols:
                yield from self._along(symbol, base, wanted, index)

    def blind(self, wanted: Sequence[Condition]) -> bool:
        """Whether the program has a value in some region in which no draw is known to be smooth."""
        base = self._repaired(self.candidate(0, _NEAR), wanted)
        for symbol in self.symbols:
            within = self.domain.of(symbol)
            for region in () if within.integer else regions(wanted, Line(symbol, within, base)):
                tried = [{**base, symbol: region.inside(share)} for share in islice(self._shares(0), 3)]
                if not any(map(self.accepts, tried)) and any(self._is_finite(point, smooth=False) for point in tried):
                    return True
        return False

    def beside(self, wanted: Sequence[Condition]) -> Iterator[Point]:
        """Points just beside the zeros of sign arguments, where something narrow may stand."""
        for symbol in self.symbols if self.symbols else ():
            within = self.domain.of(symbol)
            base = self.candidate(0, _NEAR)
            for region in () if within.integer else regions(wanted, Line(symbol, within, base)):
                near = ({**base, symbol: region.inside(share)} for share in _SHARES_BESIDE)
                yield from filter(self.accepts, near)

    def _along(self, symbol: str, base: Point, wanted: Sequence[Condition], index: int) -> Iterator[Point]:
        within = self.domain.of(symbol)
        if within.integer:
            whole = ({**base, symbol: _whole(within, place)} for place in range(4))
            yield from filter(self.accepts, whole)
            return
        for number, region in enumerate(regions(wanted, Line(symbol, within, base))):
            shares = islice(self._shares(64 * index + number), 3)
            tried = ({**base, symbol: region.inside(share)} for share in shares)
            yield from islice(filter(self.accepts, tried), 1)

    def _shares(self, index: int) -> Iterator[Fraction]:
        for number in range(len(_SHARES)):
            share = _SHARES[(number + index // 64) % len(_SHARES)]
            yield share + Fraction(self.draw("inside", 16 * index + number) % 1009, 2**20 + 7)

    # ---- finding a narrow domain -----------------------------------------------------------------------------------

    def _repaired(self, point: Point, wanted: Sequence[Condition]) -> Point:
        """The point moved, one coordinate after the other, to where as many needs as possible are met."""
        if self.accepts(point):
            return point
        needs = [(compile_balls(part.argument), part.need) for part in wanted if part.need is not Need.CORNER]
        best, met = point, _met(needs, point)
        for symbol in self.symbols * 2:
            if self.domain.of(symbol).integer:
                continue
            for region in regions(wanted, Line(symbol, self.domain.of(symbol), best)):
                share = next(self._shares(7))
                moved = {**best, symbol: region.inside(share)}
                if (now := _met(needs, moved)) > met:
                    best, met = moved, now
        return best


def points(expression: Expression, domain: Domain, count: int, *, symbols: Iterable[str] = ()) -> tuple[Point, ...]:
    """Points where an expression is smooth and finite: near ones, one in each region, far ones; `count` of each kind.

    Fewer are given only where no more were found; none where the expression is nowhere known to be smooth.
    """
    sampler = Sampler.of(expression, symbols, domain)
    wanted = conditions(expression)
    sources = [sampler.near(), sampler.by_region(wanted), sampler.far()]
    found = {tuple(point.values()): point for source in sources for point in islice(source, count)}
    for first in range(2, 2 + count) if sampler.symbols else ():
        if len(found) >= count:
            break
        found.update((tuple(point.values()), point) for point in sampler.by_region(wanted, first))
    return tuple(found.values())


# ---- numbers -------------------------------------------------------------------------------------------------------


def _generic_of_size(exponent: int, share: int, draw: int) -> Fraction:
    """A fraction near (1 + share/2^64)·2^exponent, off by less than 2^-18 of it.

    Its denominator is odd and has at least 20 bits.
    """
    denominator = (2**24 + draw % 2**24 << max(0, 1 - exponent)) | 1
    numerator = (2**64 + share) * denominator << max(exponent, 0) >> 64 + max(-exponent, 0) or 1
    return _lowest(numerator, denominator)


def _lowest(numerator: int, denominator: int) -> Fraction:
    """The fraction, or the next above it that is in lowest terms with this denominator."""
    while gcd(numerator, denominator) > 1:
        numerator += 1
    return Fraction(numerator, denominator)


def _between(low: Fraction, high: Fraction, share: int, draw: int) -> Fraction:
    """A number between two others, near 1/64 + 31/32·share/2^64 of the way, which is a fraction as above."""
    inside = 2**63 + 31 * share
    shift = max(0, 71 - inside.bit_length())
    denominator = (2**24 + draw % 2**24 << shift) | 1
    return low + (high - low) * _lowest(inside * denominator >> 69, denominator)


def _whole(within: Range, index: int) -> Fraction:
    """The whole numbers of a range, small ones first, both parities in turn."""
    if within.low is not None:
        first = within.low.numerator // within.low.denominator + 1
        span = None if within.high is None else -(-within.high.numerator // within.high.denominator) - first
        return Fraction(first + (index % max(1, span) if span is not None else index))
    if within.high is not None:
        return Fraction(-(-within.high.numerator // within.high.denominator) - 1 - index)
    return Fraction(_INTEGERS[index % len(_INTEGERS)])


def _met(needs: Sequence[tuple[Program, Need]], point: Point) -> int:
    """How many needs a point certainly meets."""
    with working_precision(_ACCEPT_BITS):
        return sum(1 for program, need in needs if _meets(program, need, point))


def _meets(program: Program, need: Need, point: Point) -> bool:
    try:
        value = run(program, {name: exact_ball(point[name]) for name in program.symbols})
    except Undefined:
        return False
    return bool(value > 0) if need is Need.POSITIVE else not value.contains(0)
