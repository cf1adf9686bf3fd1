"""The generic points at which wrong answers are told apart.

Floats at which the function and its derivative are finite.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tutor.expression.domain import Domain, Range
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Expression, free_symbols
from tutor.feedback.slips.conditioning import figures_lost
from tutor.feedback.slips.values import LEAST_POINTS, Points, Values

POINTS = 16
DRAWN = 1024
DRAWN_FIRST = 256
"""How many of them are looked at first."""

LARGEST = 1e8
"""Values beyond this are passed over: differences between slips drown there."""

FEWEST = 5
"""With fewer points nothing is diagnosed."""

CONSIDERED = 96
"""How many usable points are looked at at first; where too few of them keep their figures, the others are, too."""

NUDGE = 2.0**-40
STEADY = 1000.0
"""How many times larger than that of the coordinates the relative change of a value may be."""

SMALL = 1e-4
"""Sizes below this share of the median are small: 1 - tanh(u)^2 has lost its figures far out."""

SEED = 0x5EED
SPREADS = ((0.15, 2.6), (0.02, 0.95), (2.0, 12.0))
"""Distances from 0 at which points are drawn, in turn: ordinary, inside the unit interval, further out."""


def generic_points(formulas: tuple[Expression, ...], domain: Domain, symbols: Iterable[str]) -> Points | None:
    """Up to 16 points at which every formula is finite, the same at every call; None when too few are found.

    The first formula is the function, the last the one whose values are told apart. Points at which a part of the
    function loses figures, or at which the last formula is very small or changes much with the last bits of a
    coordinate, are taken only where there are too few others, since answers in other forms lose figures there.
    """
    names = tuple(sorted(frozenset(symbols).union(*(free_symbols(formula) for formula in formulas))))
    if not names:
        return None
    drawn = {name: _draw(index, domain.of(name)) for index, name in enumerate(names)}
    chosen = _chosen_soon(formulas, drawn)
    if chosen is None:
        usable = _usable(formulas, drawn)
        if len(usable) < FEWEST:
            return None
        chosen = _chosen(formulas, drawn, usable)
    return {name: column[chosen] for name, column in drawn.items()}


def _usable(formulas: tuple[Expression, ...], drawn: Points) -> NDArray[np.intp]:
    """The places at which every formula is finite and not very large."""
    usable = np.ones(len(next(iter(drawn.values()))), dtype=bool)
    for formula in {id(each): each for each in formulas}.values():
        values = evaluate(formula, drawn)
        usable &= np.isfinite(values) & (np.abs(values) < LARGEST)
    return np.nonzero(usable)[0]


def _chosen_soon(formulas: tuple[Expression, ...], drawn: Points) -> NDArray[np.intp] | None:
    """What `_chosen` gives where the places drawn first are enough for it, as they nearly always are."""
    usable = _usable(formulas, {name: column[:DRAWN_FIRST] for name, column in drawn.items()})
    if len(usable) <= CONSIDERED:
        return None
    considered = usable[:CONSIDERED]
    lost = _figures_lost(formulas, drawn, considered)
    return _fewest_lost(considered, lost) if np.count_nonzero(lost == 0) >= POINTS else None


def _chosen(formulas: tuple[Expression, ...], drawn: Points, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """The first places of those at which the fewest figures are lost."""
    considered = places[:CONSIDERED]
    lost = _figures_lost(formulas, drawn, considered)
    if len(places) > CONSIDERED and np.count_nonzero(lost == 0) < POINTS:
        considered = places
        lost = _figures_lost(formulas, drawn, considered)
    return _fewest_lost(considered, lost)


def _fewest_lost(places: NDArray[np.intp], lost: NDArray[np.int64]) -> NDArray[np.intp]:
    return places[np.argsort(lost, kind="stable")[:POINTS]]


def _figures_lost(formulas: tuple[Expression, ...], drawn: Points, places: NDArray[np.intp]) -> NDArray[np.int64]:
    """In how many ways figures are lost at each place."""
    here = {name: column[places] for name, column in drawn.items()}
    return figures_lost(formulas[0], here) + ~_is_steady(formulas[-1], here)


def _is_steady(formula: Expression, here: Points) -> NDArray[np.bool_]:
    """At which points a formula is neither very small nor changes much with the last bits of a coordinate."""
    both = {name: np.concatenate((column, column * (1 + NUDGE))) for name, column in here.items()}
    values, beside = evaluate(formula, both).reshape(2, -1)
    moved = np.abs(beside - values)
    sizes = np.abs(values)
    varying = sizes[sizes > 0]
    small = (sizes < SMALL * np.median(varying)) & (sizes > 0) if len(varying) else np.zeros(len(sizes), dtype=bool)
    return np.asarray(~small & (moved <= STEADY * NUDGE * sizes))


@lru_cache(maxsize=256)
def _draw(index: int, bounds: Range) -> Values:
    """A column of coordinates for one symbol: its own random stream, inside the symbol's range."""
    random = np.random.default_rng([SEED, index])
    low, high = _float(bounds.low), _float(bounds.high)
    if low is not None and high is not None:
        column = random.uniform(low, high, DRAWN)
    else:
        column = _spread(random)
        if low is not None:
            column = low + np.abs(column)
        elif high is not None:
            column = high - np.abs(column)
    return np.rint(column) if bounds.integer else column


def _spread(random: np.random.Generator) -> Values:
    sizes = np.stack([random.uniform(near, far, DRAWN) for near, far in SPREADS])
    signs = random.choice([-1.0, 1.0], DRAWN, p=[0.4, 0.6])
    return np.asarray(sizes[np.arange(DRAWN) % len(SPREADS), np.arange(DRAWN)] * signs)


def _float(end: Fraction | None) -> float | None:
    return None if end is None else float(end)


def constant_ratio(values: Values, to: Values) -> Fraction | None:
    """The short fraction that the values are of the others at all points; None when there is none."""
    if np.any((to == 0) & (values != 0)):
        return None
    with np.errstate(all="ignore"):
        return _constant(np.divide(values, to, out=np.full_like(values, np.nan), where=to != 0))


def constant_difference(values: Values, to: Values) -> Fraction | None:
    """The short fraction by which the values exceed the others at all points; None when there is none."""
    with np.errstate(all="ignore"):
        return _constant(values - to)


def _constant(numbers: Values) -> Fraction | None:
    finite = numbers[np.isfinite(numbers)]
    if len(finite) < LEAST_POINTS or not np.allclose(finite, finite[0], rtol=1e-9, atol=1e-12):
        return None
    short = Fraction(float(finite[0])).limit_denominator(1000)
    return short if np.isclose(float(short), finite[0], rtol=1e-9, atol=1e-12) else None
