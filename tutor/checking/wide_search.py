"""Places at which two sides may differ, proposed by floats: draws of all sizes, and searches towards each sign.

Nothing is concluded here: floats only propose, and what they propose is decided by balls at that very point. Lines
through a few draws miss a region that is small, far out, in a corner of several symbols or at the edge of a range; some
thousand draws, and a search uphill and downhill of every sign argument (an evolution strategy, (μ + λ) with shrinking
steps: Beyer and Schwefel, Natural Computing 1 (2002) 3-52), find most of those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tutor.checking.conditions import Condition
from tutor.checking.sampling import Point, Sampler
from tutor.expression.domain import Domain, Range
from tutor.expression.evaluate import evaluate, to_float
from tutor.expression.tree import Expression, free_symbols, size

__all__ = ["suspects"]

_SEED = 0xFA12
_DRAWN = 4096
_MOST_SUSPECTS = 24
_MOST_CLIMBED = 12
"""Sign arguments of which both signs are looked for."""

_MOST_PARTS = 400
"""Parts of a formula beyond which it is not evaluated so often."""

_NOTICED = 1e-6
"""The relative difference from which two floats are suspected to belong to different numbers."""

_PARENTS, _CHILDREN, _GENERATIONS = 16, 8, 40
_FINEST = 1e-6
"""The relative size of the last steps of a search; the first are as large as the coordinates."""

_FOUND_TOGETHER = 3
_WHOLE = 60
"""All whole numbers up to this size are among the draws of a symbol that is one."""

_Columns = dict[str, NDArray[np.float64]]


def suspects(
    expected: Expression, answer: Expression, wanted: Sequence[Condition], sampler: Sampler
) -> Iterator[Point]:
    """Points at which the function is smooth, and an answer seems to differ or a sign argument to have another sign."""
    if not sampler.symbols or max(size(expected), size(answer)) > _MOST_PARTS:
        return
    drawn = dict(_drawn(sampler.symbols, tuple(sampler.domain.of(name) for name in sampler.symbols)))
    for place in _apart(evaluate(expected, drawn), evaluate(answer, drawn), drawn):
        yield from _accepted(drawn, place, sampler)
    for condition in wanted[:_MOST_CLIMBED]:
        if free_symbols(condition.argument) <= set(sampler.symbols):
            for found in _both_signs(condition.argument, expected, drawn, sampler.domain):
                for place in range(len(next(iter(found.values())))):
                    yield from _accepted(found, place, sampler)


def _accepted(columns: Mapping[str, NDArray[np.float64]], place: int, sampler: Sampler) -> Iterator[Point]:
    """The exact point at a place, if the function is smooth there and every coordinate lies in its range."""
    values = {name: float(column[place]) for name, column in columns.items()}
    if all(map(np.isfinite, values.values())):
        point = {name: Fraction(value) for name, value in values.items()}
        if all(sampler.domain.of(name).surrounds(value) for name, value in point.items()) and sampler.accepts(point):
            yield point


def _apart(key: NDArray[np.float64], given: NDArray[np.float64], drawn: _Columns) -> list[int]:
    """The places at which two columns differ or only the first is real, those of moderate size first."""
    with np.errstate(all="ignore"):
        off = np.abs(given - key)
        differ = off > _NOTICED * np.maximum(np.abs(given), np.abs(key))
        suspected = np.isfinite(key) & (np.isnan(given) | (np.isfinite(given) & differ & (off > 0)))
        sizes = sum(np.abs(np.log(np.abs(column) + 1e-300)) for column in drawn.values())
    places = np.nonzero(suspected)[0]
    return [int(place) for place in places[np.argsort(np.asarray(sizes)[places], kind="stable")][:_MOST_SUSPECTS]]


# ---- towards each sign ---------------------------------------------------------------------------------------------


def _both_signs(argument: Expression, key: Expression, drawn: _Columns, domain: Domain) -> Iterator[_Columns]:
    """A few points at which a sign argument is positive, and a few at which it is negative, and the key is real."""
    values, real = evaluate(argument, drawn), np.isfinite(evaluate(key, drawn))
    for direction in (1.0, -1.0):
        places = np.nonzero((direction * values > 0) & real)[0]
        if len(places):
            chosen = places[:_FOUND_TOGETHER]
            yield {name: column[chosen] for name, column in drawn.items()}
        else:
            yield from _climbed(argument, key, direction, drawn, domain)


def _climbed(
    argument: Expression, key: Expression, direction: float, drawn: _Columns, domain: Domain
) -> Iterator[_Columns]:
    """Points at which an argument times the direction is positive, found from those draws at which it is largest."""
    random = np.random.default_rng([_SEED, 1])
    parents = _best(argument, key, direction, drawn)
    for sigma in np.geomspace(1.0, _FINEST, _GENERATIONS):
        children = {name: _moved(column, float(sigma), random, domain.of(name)) for name, column in parents.items()}
        parents = _best(
            argument, key, direction, {name: np.concatenate((parents[name], children[name])) for name in parents}
        )
        good = (direction * evaluate(argument, parents) > 0) & np.isfinite(evaluate(key, parents))
        if good.any():
            yield {name: column[good][:_FOUND_TOGETHER] for name, column in parents.items()}
            return


def _best(argument: Expression, key: Expression, direction: float, columns: _Columns) -> _Columns:
    """The points at which an argument times the direction is largest and the key is real."""
    values = direction * evaluate(argument, columns)
    values = np.where(np.isfinite(values) & np.isfinite(evaluate(key, columns)), values, -np.inf)
    order = np.argsort(-values, kind="stable")[:_PARENTS]
    return {name: column[order] for name, column in columns.items()}


def _moved(
    column: NDArray[np.float64], sigma: float, random: np.random.Generator, within: Range
) -> NDArray[np.float64]:
    """The children of some coordinates, each a step away, inside the range."""
    parents = np.repeat(column, _CHILDREN)
    with np.errstate(all="ignore"):
        stepped = np.asarray(parents + random.standard_normal(len(parents)) * sigma * (np.abs(parents) + 1e-3))
    stepped = np.rint(stepped) if within.integer else stepped
    inside = np.ones(len(stepped), dtype=bool)
    if within.low is not None:
        inside &= stepped > to_float(within.low)
    if within.high is not None:
        inside &= stepped < to_float(within.high)
    return np.where(inside, stepped, parents)


# ---- draws of all sizes --------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _drawn(symbols: tuple[str, ...], ranges: tuple[Range, ...]) -> tuple[tuple[str, NDArray[np.float64]], ...]:
    """Columns of coordinates, the same in every process; in the last eighth all lie near the first one in size."""
    with np.errstate(all="ignore"):  # ends may be too large for floats
        columns = [
            (_whole_numbers if within.integer else _real_numbers)(np.random.default_rng([_SEED, 2, place]), within)
            for place, within in enumerate(ranges)
        ]
    tied, random = slice(_DRAWN - _DRAWN // 8, None), np.random.default_rng([_SEED, 3])
    for column, within in zip(columns[1:], ranges[1:], strict=True):
        count = _DRAWN // 8
        near = columns[0][tied] * (1 + _sizes(random, -14, -1, count))
        if within == Range() == ranges[0]:
            column[tied] = near * random.choice((-1.0, 1.0, 1.0), count)
    return tuple(zip(symbols, columns, strict=True))


def _sizes(random: np.random.Generator, lowest: float, highest: float, count: int) -> NDArray[np.float64]:
    """Numbers of both signs whose sizes are spread evenly over powers of ten."""
    return np.asarray(random.choice((-1.0, 1.0), count) * 10 ** random.uniform(lowest, highest, count))


def _real_numbers(random: np.random.Generator, within: Range) -> NDArray[np.float64]:
    if within.low is not None and within.high is not None:
        return _between(random, to_float(within.low), to_float(within.high))
    parts = (
        _sizes(random, -3, 3, _DRAWN // 4),
        random.uniform(-40, 40, _DRAWN // 4),
        random.uniform(-4, 4, _DRAWN // 8),
        _sizes(random, -12, 16, _DRAWN // 4),
        _sizes(random, -300, 300, _DRAWN // 8),
    )
    column = np.asarray(random.permutation(np.concatenate(parts)))
    if within.low is not None:
        return np.asarray(to_float(within.low) + np.abs(column))
    return column if within.high is None else np.asarray(to_float(within.high) - np.abs(column))


def _between(random: np.random.Generator, low: float, high: float) -> NDArray[np.float64]:
    """Numbers of a bounded range, half of them near its ends."""
    whole, near = (high - low) * random.uniform(0, 1, _DRAWN), (high - low) * 2.0 ** random.uniform(-50, -1, _DRAWN)
    kind = random.integers(0, 4, _DRAWN)
    return np.asarray(np.select([kind < 2, kind == 2], [low + whole, low + near], high - near))


def _whole_numbers(random: np.random.Generator, within: Range) -> NDArray[np.float64]:
    """All small whole numbers, then larger ones, inside the range."""
    small = np.arange(-_WHOLE, _WHOLE + 1, dtype=np.float64)
    larger = np.rint(_sizes(random, 0, 6, _DRAWN - len(small)))
    larger = np.where(random.integers(0, 2, len(larger)) == 0, random.choice(small, len(larger)), larger)
    column = np.concatenate((small, larger))
    column = np.asarray(random.permutation(column))
    if within.low is not None:
        return np.asarray(np.floor(to_float(within.low)) + 1 + np.abs(column))
    return column if within.high is None else np.asarray(np.ceil(to_float(within.high)) - 1 - np.abs(column))
