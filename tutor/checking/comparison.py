"""The answer against the key at points, in balls of rising precision: a certain difference, or how close they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from tutor.checking.ball import (
    Ball,
    Program,
    Undefined,
    exact_ball,
    hull,
    magnitude,
    run,
    run_all,
    two_to,
    working_precision,
)
from tutor.checking.same import Same
from tutor.checking.sampling import Point

__all__ = ["DEEPEST", "Comparison", "Relation", "compare_at", "first_difference", "is_visible", "is_zero_or_near"]

DEEPEST = (1024, 4096, 16384, 65536)
"""Precisions, in bits, at which an answer that no proof reaches is compared."""

_NEIGHBOURHOOD = -60
"""An answer counts as undefined when it is so on a box of this size (a power of two, relative) round the point."""

_MARGIN = 40
"""Bits by which a term must stand above the last bits of a sum to count as seen."""


class Relation(Enum):
    """What comparing two values at one point says; different and undefined are certain."""

    DIFFERENT = "different"
    UNDEFINED = "undefined"
    """The answer has no real value on a box round the point, where the key has one."""
    EQUAL = "equal"
    """Equal within a radius that is small for the precision, relative to the value or to 1."""
    UNSETTLED = "unsettled"
    """The answer is not known to be real, or known too coarsely."""
    NO_EVIDENCE = "no evidence"
    """The key has no known value here."""


class Comparison(NamedTuple):
    """A relation at a point, with both values where they are known."""

    point: Point
    relation: Relation
    expected: Ball | None = None
    answer: Ball | None = None

    @property
    def refutes(self) -> bool:
        """Whether it is certain that the answer is not the key here."""
        return self.relation in (Relation.DIFFERENT, Relation.UNDEFINED)


def compare_at(expected: Program, answer: Program, point: Point, bits: int) -> Comparison:
    """The comparison of two programs at one point with one precision."""
    balls, wanted = _known(Same(expected), Same(point), bits)
    if wanted is None or not wanted.is_finite():
        return Comparison(point, Relation.NO_EVIDENCE)
    given = _given(Same(answer), Same(balls), bits)
    with working_precision(bits):
        if given is None:
            around = _undefined_around(answer, balls)
            return Comparison(point, Relation.UNDEFINED if around else Relation.UNSETTLED, wanted)
        return Comparison(point, _relation(wanted, given, bits), wanted, given)


@lru_cache(maxsize=4096)
def _known(program: Same[Program], point: Same[Point], bits: int) -> tuple[Mapping[str, Ball], Ball | None]:
    """The point as balls, and the value of a program there, kept for the next answer that is compared with it."""
    with working_precision(bits):
        balls = {name: exact_ball(value) for name, value in point.value.items()}
        return balls, _value(program.value, balls)


@lru_cache(maxsize=64)
def _given(program: Same[Program], balls: Same[Mapping[str, Ball]], bits: int) -> Ball | None:
    """The value of an answer at a point, kept for its certificate, which shows the same value."""
    with working_precision(bits):
        return _value(program.value, balls.value)


def _value(program: Program, balls: Mapping[str, Ball]) -> Ball | None:
    """The value of a program; None when it certainly has none."""
    try:
        return run(program, balls)
    except Undefined:
        return None


def _undefined_around(program: Program, balls: Mapping[str, Ball]) -> bool:
    box = {name: hull(ball, two_to(_NEIGHBOURHOOD + min(0, magnitude(ball) or 0))) for name, ball in balls.items()}
    return _value(program, box) is None


def _relation(wanted: Ball, given: Ball, bits: int) -> Relation:
    if not given.is_finite():
        return Relation.UNSETTLED
    if not wanted.overlaps(given):
        return Relation.DIFFERENT
    apart = wanted.rad() + given.rad()
    if apart < two_to(-bits // 3):
        return Relation.EQUAL
    largest = abs(wanted).max(abs(given)).max(two_to(0))
    return Relation.EQUAL if apart < largest.mid() * two_to(-bits // 3) else Relation.UNSETTLED


def first_difference(
    expected: Program, answer: Program, where: Iterable[Point], precisions: Sequence[int], enough: int | None = None
) -> tuple[Comparison | None, tuple[Comparison, ...]]:
    """The first certain difference, if there is one, and the last comparison at each point before it.

    Where so many as are enough are equal, no more points are looked at.
    """
    compared: list[Comparison] = []
    for point in where:
        for bits in precisions:
            found = compare_at(expected, answer, point, bits)
            if found.refutes:
                return found, tuple(compared)
            if found.relation is Relation.NO_EVIDENCE:
                break
        compared.append(found)
        if enough is not None and found.relation is Relation.EQUAL and _count_equal(compared) >= enough:
            break
    return None, tuple(compared)


def _count_equal(compared: Sequence[Comparison]) -> int:
    return sum([part.relation is Relation.EQUAL for part in compared])


def is_zero_or_near(program: Program, point: Point, bits: int) -> bool:
    """Whether a program has a value at a point that cannot be told from zero with one precision."""
    with working_precision(bits):
        value = _value(program, {name: exact_ball(point[name]) for name in program.symbols})
    return value is not None and value.is_finite() and bool(value.contains(0))


# ---- could a difference hide? --------------------------------------------------------------------------------------

_KEEP_RELATIVE_SIZE = frozenset("sqrt root abs sign relu heaviside max min log + - * / neg".split())
"""Steps in which a very large or very small operand hides nothing (sums are looked at term by term)."""

_SATURATE = {"tanh": 2, "coth": 2, "erf": 1, "softplus": 1}
"""Functions that come near a line exponentially fast, and how fast, in exp(-rate·|u|) at least."""


def is_visible(program: Program, point: Point, bits: int) -> bool:
    """Whether nothing in a value stands too far below the last bit for a difference to be seen at this precision.

    A term of a sum may be too small beside another, or a function too near its limit, or its argument so small or
    so large that the function is its own first term. It is a search for hiding places, not a proof.
    """
    with working_precision(bits):
        try:
            results = run_all(program, {name: exact_ball(value) for name, value in point.items()})
        except Undefined:
            return False
        first = len(program.symbols)
        sizes = [magnitude(result) for result in results]
        return not any(
            _hides(step.label.split(" ")[0], [sizes[place] for place in step.operands], bits - _MARGIN)
            for step in program.steps[: len(results) - first]
        )


def _hides(head: str, sizes: Sequence[int | None], room: int) -> bool:
    known = [size for size in sizes if size is not None]
    if head in ("+", "-"):
        return len(known) == 2 and abs(known[0] - known[1]) > room
    if head in _KEEP_RELATIVE_SIZE or head[:1] in ("^", "n"):
        return False if head != "^" else any(2 * abs(size) > room for size in known[1:])
    if head in _SATURATE and any(size > 0 and 2**size * _SATURATE[head] > room for size in known):
        return True
    return any(2 * abs(size) > room for size in known)
