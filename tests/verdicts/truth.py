"""Whether an answer is the derivative of a function, by mpmath at points: the slope is measured from the function.

Nothing here knows the program's derivation, its balls or its proofs. A difference at a point is certain for all we
need; agreement at six points to 60 digits confirms a form that was made by an identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import cycle, islice
from random import Random
from typing import Any, TypeAlias

from mpmath import mp

from tests.oracle import OutOfReach, Undefined, value, values
from tutor.expression.tree import Apply, Expression, free_symbols, walk

Point: TypeAlias = Mapping[str, Fraction]

STEP = 45
"""The step of the differences is 10^-45, so that their error is near 10^-90 times a third derivative."""

SAME = 60
"""Digits to which equal values agree."""

APART = 45
"""Digits within which values must differ to be called different."""

FEWEST = 6
ENOUGH = 3 * FEWEST
"""Points of equality that a right answer needs, and after which no more are looked for."""

_LIVES = 48
"""Points at which it is asked whether both sides have a value."""

_SIZES = ("1/2", "1", "2", "3/10", "3", "1/5", "5", "3/2", "9", "1/20", "30")

_EDGES = 6
_HALVINGS = 10
_SHARES = (Fraction(1021, 1024), Fraction(61, 64), Fraction(7, 8))
"""How many edges are looked for, how closely, and how far towards an edge the points lie."""

_SUMS = ("+", "-", "softplus", "silu", "sigmoid")
_FLAT = ("erf", "tanh", "coth", "sigmoid", "softplus", "silu", "gelu", "exp", "sinh", "cosh", "atan", "acot")
"""Functions that come so close to a number that the rest is lost; where there is none, u + |u| is an exact 0."""


class Relation(Enum):
    """How an answer and the measured slope are related at a point."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDEFINED = "the answer has no value here"
    UNCLEAR = "close, but not surely equal"
    NO_EVIDENCE = "the function has no slope here that can be worked out"


def candidates(function: Expression, answer: Expression, seed: str, count: int = 120) -> Iterator[Point]:
    """Generic points of both signs and many sizes; the same ones for the same seed."""
    random = Random(seed)
    symbols = sorted(free_symbols(function) | free_symbols(answer))
    for index in range(count):
        yield {symbol: _coordinate(random, index) for symbol in symbols}


def _coordinate(random: Random, index: int) -> Fraction:
    size = Fraction(random.choice(_SIZES[: 4 + index // 3])) * Fraction(random.randrange(701, 1401), 1009)
    return size * random.choice((1, 1, -1))


def beside_edges(function: Expression, points: Sequence[Point]) -> Iterator[Point]:
    """Points just inside of where a function lives: near its edges an answer may lack a value on a narrow interval."""
    lives = [point for point in points if _lives(function, point)]
    lacks = [point for point in points if point not in lives]
    for inside, outside in islice(zip(cycle(lives), lacks, strict=False), _EDGES):
        near, far = Fraction(0), Fraction(1)
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            is_inside = _lives(function, _between(inside, outside, middle))
            near, far = (middle, far) if is_inside else (near, middle)
        yield from (_between(inside, outside, near * share) for share in _SHARES)


def _lives(function: Expression, point: Point) -> bool:
    try:
        value(function, point, 20)
    except (Undefined, OverflowError, ValueError):
        return False
    return True


def _between(start: Point, end: Point, share: Fraction) -> Point:
    return {symbol: start[symbol] + share * (end[symbol] - start[symbol]) for symbol in start}


def slope(function: Expression, variables: Sequence[str], point: Mapping[str, Any], digits: int = STEP) -> Any:
    """The derivative by one variable after the other, by central differences; Undefined where there is none.

    Two steps must lead to the same value: where an angle runs through many turns between x - h and x + h, or a corner
    lies there, they do not, and the slope is out of reach.
    """
    found = []
    for step in (digits, digits + digits // 3):
        carried = (2 + len(variables)) * step + 40
        with mp.workdps(carried):
            found.append(_difference(function, tuple(variables), point, step, carried))
    if related(found[0], found[1], SAME * digits // STEP) is not Relation.EQUAL:
        raise OutOfReach(point)
    return found[0]


def _difference(
    function: Expression, variables: tuple[str, ...], point: Mapping[str, Any], digits: int, carried: int
) -> Any:
    if not variables:
        return value(function, point, carried)
    *first, last = variables
    step = Fraction(1, 10**digits)
    ends = [
        _difference(function, tuple(first), {**point, last: Fraction(point[last]) + move}, digits, carried)
        for move in (step, -step)
    ]
    found = (ends[0] - ends[1]) * 10**digits / 2
    if max(map(abs, ends)) > mp.mpf(10) ** (carried - 2 * digits - 20) * max(1, abs(found)):
        raise OutOfReach("the difference loses more digits than are carried beyond the answer's")
    return found


def relation(
    function: Expression,
    variables: Sequence[str],
    answer: Expression,
    point: Point,
    digits: int = STEP,
    key: Expression | None = None,
) -> Relation:
    """How an answer and the slope of a function are related at a point.

    Where `key` is given and has no value either, as on the edge of a domain, that of the answer is no evidence.
    """
    if any(name not in point for name in variables):
        point = {**dict.fromkeys(variables, Fraction(1)), **point}
    found = _related_at(function, variables, answer, point, digits, key)
    if found is Relation.EQUAL and _has_noise(answer, point, digits):
        return Relation.UNDEFINED if _alone_lacks(answer, key, point, digits) else Relation.NO_EVIDENCE
    is_apart = found in (Relation.DIFFERENT, Relation.UNDEFINED)
    if is_apart and any(_cancellations(part, point, digits) for part in (function, answer)):
        return Relation.NO_EVIDENCE
    return found


def _denominators(expression: Expression) -> Iterator[Expression]:
    return (part.arguments[1] for part in walk(expression) if isinstance(part, Apply) and part.head == "/")


def _has_noise(answer: Expression, point: Point, digits: int) -> bool:
    """Whether a sum in a denominator may be an exact zero that rounding hides: 1 + u/sqrt(u^2) where u is negative."""
    known = values(answer, point, 3 * digits)
    return any(total > 0 for part in _denominators(answer) for _, total in _lost(part, known, digits))


def _divides_by_zero(answer: Expression, point: Point, digits: int) -> bool:
    """Whether a denominator is tiny, as a sum in it is lost in rounding with many more digits too, and none is flat."""
    known = values(answer, point, 12 * digits)
    tiny = (part for part in _denominators(answer) if abs(known.get(id(part), 1)) < mp.mpf(10) ** -digits)
    lost = (each for part in tiny for each in _lost(part, known, 8 * digits))
    return any(total > 0 and not _may_be_flat(part) and _is_moderate(part, known, digits) for part, total in lost)


def _is_moderate(expression: Expression, known: Mapping[int, Any], digits: int) -> bool:
    """Whether all parts of a sum are of such sizes that its digits suffice: 1 - cos(u) is no 0 for u = 10^-300."""
    sizes = [abs(known[id(part)]) for part in walk(expression) if part is not expression and id(part) in known]
    return all(size == 0 or mp.mpf(10) ** -digits < size < mp.mpf(10) ** digits for size in sizes)


def _cancellations(expression: Expression, point: Point, digits: int) -> list[Any]:
    """The sizes of sums that lose more digits here than a value may: 1 + erf(-100) is no 0."""
    return [total for _, total in _lost(expression, values(expression, point, 3 * digits), digits)]


def _lost(expression: Expression, known: Mapping[int, Any], digits: int) -> Iterator[tuple[Expression, Any]]:
    """Such sums in an expression and their sizes, from the values of its parts."""
    for part in walk(expression):
        if isinstance(part, Apply) and part.head in _SUMS and free_symbols(part):
            if not all(id(each) in known for each in (part, *part.arguments)):
                continue
            total, *operands = (abs(known[id(each)]) for each in (part, *part.arguments))
            is_exact = total == 0 and not _may_be_flat(part)
            if total < mp.mpf(10) ** -digits * max(operands) and not is_exact:
                yield part, total


def _may_be_flat(expression: Expression) -> bool:
    """Whether a value may be lost in a sum; a sign is a whole number whatever it is the sign of."""
    if _is_flat(expression):
        return True
    if not isinstance(expression, Apply) or expression.head in ("sign", "heaviside"):
        return False
    return any(map(_may_be_flat, expression.arguments))


def _is_flat(part: Expression) -> bool:
    match part:
        case Apply("^", (_, exponent)):
            return bool(free_symbols(exponent))
        case Apply(head):
            return head in _FLAT
        case _:
            return False


def _related_at(
    function: Expression,
    variables: Sequence[str],
    answer: Expression,
    point: Point,
    digits: int,
    key: Expression | None,
) -> Relation:
    try:
        here = slope(function, variables, point, digits)
    except (Undefined, OverflowError, ValueError):
        return Relation.NO_EVIDENCE
    try:
        given = value(answer, point, 3 * digits)
    except (OutOfReach, OverflowError, ValueError):
        return Relation.NO_EVIDENCE
    except Undefined:
        return Relation.UNDEFINED if _alone_lacks(answer, key, point, digits) else Relation.NO_EVIDENCE
    return related(here, given, SAME * digits // STEP, APART * digits // STEP)


def _alone_lacks(answer: Expression, key: Expression | None, point: Point, digits: int) -> bool:
    """Whether an answer surely lacks a value, and the key, where one is given, does not."""
    return _lacks(answer, point, digits) and (key is None or not _lacks(key, point, digits))


def _lacks(answer: Expression, point: Point, digits: int) -> bool:
    return stays_undefined(answer, point, digits) or _divides_by_zero(answer, point, digits)


def stays_undefined(answer: Expression, point: Mapping[str, Any], digits: int = STEP) -> bool:
    """Whether an answer lacks a value at many more digits too, where tanh(200) is no longer 1."""
    try:
        value(answer, point, 12 * digits)
    except (OutOfReach, OverflowError, ValueError):
        return False
    except Undefined:
        return True
    return False


def related(here: Any, given: Any, same: int = SAME, apart: int = APART) -> Relation:
    """How two values are related."""
    with mp.workdps(2 * same):
        gap, scale = abs(here - given), max(1, abs(here), abs(given))
        if gap <= mp.mpf(10) ** -same * scale:
            return Relation.EQUAL
        return Relation.DIFFERENT if gap > mp.mpf(10) ** -apart * scale else Relation.UNCLEAR


def is_right(
    function: Expression,
    variables: Sequence[str],
    answer: Expression,
    points: Sequence[Point],
    key: Expression | None = None,
) -> bool | None:
    """Whether an answer is right: False by a point of difference, or by two at which it lacks a value.

    Points beside the edges of the function's domain are added to the given ones. None where fewer than six points
    count, or where one is not clear.
    """
    seen: list[Relation] = []
    for point in points:
        seen.append(relation(function, variables, answer, point, key=key))
        if _is_wrong(seen):
            return False
        if seen.count(Relation.EQUAL) >= ENOUGH:
            break
    lacking = (point for point in points[:_LIVES] if _lives(function, point) and not _lives(answer, point))
    for point in (*beside_edges(function, points[:24]), *islice(lacking, FEWEST)):
        seen.append(relation(function, variables, answer, point, key=key))
        if _is_wrong(seen):
            return False
    clear = not {Relation.UNCLEAR, Relation.UNDEFINED} & set(seen)
    return True if clear and seen.count(Relation.EQUAL) >= FEWEST else None


def _is_wrong(seen: Sequence[Relation]) -> bool:
    return seen[-1] is Relation.DIFFERENT or seen.count(Relation.UNDEFINED) > 1
