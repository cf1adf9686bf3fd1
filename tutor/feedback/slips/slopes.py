"""Slopes with slips in them: what laws make of the slopes below, as values, with how each came about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tutor.calculus.derivation import untidied
from tutor.calculus.rule import Bindings, Rule
from tutor.expression.tree import Expression
from tutor.feedback.slips.applied_law import AppliedLaw, Combination, LawGroup, written
from tutor.feedback.slips.values import Values

__all__ = [
    "RIGHT",
    "Block",
    "Bundle",
    "Made",
    "Rows",
    "Slip",
    "Slopes",
    "Step",
    "Way",
    "slips_of",
    "values_of",
    "written_of",
]

Rows: TypeAlias = tuple[int, int]
"""A range of rows."""

RIGHT: Rows = (0, 1)
"""The row of the right slope."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One mal-rule applied at one place: the part of f, its bindings, and whether a chain layer stands outside it."""

    rule: Rule
    sound: Rule
    at: Expression
    bindings: Bindings
    chained: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The sound rule for one part of f, the part arranged for it, and what the rule's letters stand for."""

    source: Expression
    before: Expression
    rule: Rule
    bindings: Bindings


class Bundle(NamedTuple):
    """Laws at one step that take the slopes of the same parts, to be worked out together."""

    step: Step
    laws: LawGroup
    parts: tuple[Slopes, ...]

    @property
    def coefficients(self) -> Values | None:
        """For each law its value at no slope and what each slope adds; None for laws that are not affine."""
        return self.laws.coefficients

    @property
    def points(self) -> int:
        """How many points there are."""
        return self.laws.width

    def values(self, rows: Sequence[Rows]) -> Values:
        """The slopes (laws times every combination of rows, by points) that the laws make of some rows of each part."""
        count = len(self.laws.rules) * prod([end - start for start, end in rows])
        into = np.empty((count, self.points))
        self.write(rows, into)
        return into

    def write(self, rows: Sequence[Rows], into: Values) -> None:
        """Writes the same into an array of as many rows."""
        if self.laws.combination is not None:
            self._write_combined(self.laws.combination, rows, into)
        elif len(rows) == 1:
            self._write_one(rows[0], into)
        else:
            self._write_several(rows, into)

    def _write_one(self, rows: Rows, into: Values) -> None:
        """The same for affine laws that take the slopes of one part, as nearly all do."""
        laws, (start, end) = self.laws, rows
        slopes, coefficients = self.parts[0].values[start:end], laws.coefficients
        assert coefficients is not None
        if end - start != 1:
            into = into.reshape(len(coefficients), end - start, laws.width)
            coefficients = coefficients[:, :, None]
        np.multiply(coefficients[:, 1], slopes, out=into)
        if laws.has_constants:
            into += coefficients[:, 0]

    def _write_several(self, rows: Sequence[Rows], into: Values) -> None:
        """The same for affine laws of several parts, or of none."""
        coefficients = self.laws.coefficients
        assert coefficients is not None
        total = coefficients[:, 0] if self.laws.has_constants else None
        wide: list[tuple[int, Values]] = []
        for index, (part, (start, end)) in enumerate(zip(self.parts, rows, strict=True), 1):
            if end - start == 1:
                added = coefficients[:, index] * part.values[start]
                total = added if total is None else total + added
            else:
                wide.append((index, part.values[start:end]))
        shape: tuple[int, ...] = (len(coefficients), self.laws.width)
        for place, (index, slopes) in enumerate(wide, 1):
            factors = coefficients[:, index].reshape(-1, *(1,) * place, shape[-1])
            shape = (*shape[:-1], len(slopes), shape[-1])
            product = into.reshape(shape) if place == len(wide) else np.empty(shape)
            np.multiply(factors, slopes, out=product)
            if total is not None:
                product += total[..., None, :]
            total = product
        if not wide:
            into[...] = 0.0 if total is None else total

    def _write_combined(self, combination: Combination, rows: Sequence[Rows], into: Values) -> None:
        """The same for laws that are not affine, which are worked out for every combination."""
        slopes = [part.values[start:end] for part, (start, end) in zip(self.parts, rows, strict=True)]
        wide = [index for index, each in enumerate(slopes) if len(each) != 1]
        spread = [_spread(each, wide.index(i) if i in wide else None, len(wide)) for i, each in enumerate(slopes)]
        shaped = into.reshape(len(self.laws.rules), *(len(slopes[index]) for index in wide), self.points)
        for row, values in enumerate(combination.values(spread)):
            shaped[row] = values


class Block(NamedTuple):
    """Candidates that a bundle makes of some rows of each part, every combination."""

    bundle: Bundle
    rows: tuple[Rows, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many laws, and how many rows of each part."""
        return (len(self.bundle.laws.rules), *[end - start for start, end in self.rows])

    def size(self) -> int:
        """How many candidates there are."""
        found = len(self.bundle.laws.rules)
        for start, end in self.rows:
            found *= end - start
        return found


@dataclass(frozen=True, slots=True)
class Way:
    """One way to differentiate a part: soundly, or by laws mistaken for that; `lost` are two slips at one place."""

    sound: Bundle
    mistaken: tuple[Bundle, ...]
    lost: tuple[Block, ...]


@dataclass(slots=True)
class Slopes:
    """The slopes of one part of f, the `source`: the right one first, then those with one slip, then those with two.

    `values` holds candidates by points until the builder forgets them; `origin` says for each candidate which one it
    was among all that the blocks made, `starts` where each block begins there; a part that is not differentiated in
    the sound derivation has its right slope alone, no ways and no blocks. `ones` and `twos` are ranges of rows.
    """

    source: Expression
    ways: tuple[Way, ...]
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    origin: NDArray[np.int32]
    ones: Rows
    twos: Rows
    values: Values
    is_cut: bool

    def made_by(self, row: int) -> Made:
        """How a candidate came about."""
        made = int(self.origin[row])
        index = bisect_right(self.starts, made) - 1
        block = self.blocks[index]
        law, *places = (int(place) for place in np.unravel_index(made - self.starts[index], block.shape))
        rows = (start + place for (start, _), place in zip(block.rows, places, strict=True))
        return Made(block.bundle.step, block.bundle.laws.law(law), tuple(zip(block.bundle.parts, rows, strict=True)))


@dataclass(frozen=True, slots=True)
class Made:
    """A slope by how it came about: the step, the law, and the slopes below, which are candidates or made likewise."""

    step: Step
    law: AppliedLaw
    below: tuple[Made | tuple[Slopes, int], ...]


def slips_of(slope: Made | tuple[Slopes, int], *, chained: bool = False) -> Iterator[Slip]:
    """The slips by which a slope came about, the outermost first."""
    if not isinstance(slope, Made):
        found, row = slope
        if row == 0:
            return
        slope = found.made_by(row)
    step, law = slope.step, slope.law
    if law.rule.mistaken_for:
        yield Slip(law.rule, step.rule, step.before, law.bindings, chained)
    for each in slope.below:
        below = each.step.source if isinstance(each, Made) else each[0].source
        yield from slips_of(each, chained=chained or (step.rule.family == "chain" and below is not step.source))


def values_of(slope: Made | tuple[Slopes, int]) -> Values:
    """The values of a slope, worked out again from how it came about."""
    if not isinstance(slope, Made):
        found, row = slope
        if row == 0:
            return np.asarray(found.values[0])
        slope = found.made_by(row)
    with np.errstate(all="ignore"):
        return slope.law.values([values_of(each) for each in slope.below])


def written_of(slope: Made | tuple[Slopes, int], variable: str) -> Expression:
    """A slope as a formula, as the laws write it."""
    if not isinstance(slope, Made):
        found, row = slope
        if not found.blocks:
            return untidied(found.source, variable)
        slope = found.made_by(row)
    return written(slope.law, [written_of(each, variable) for each in slope.below])


def _spread(values: Values, axis: int | None, axes: int) -> Values:
    """Rows of values laid along one of several axes before the points; a lone row along none."""
    if axis is None:
        return np.asarray(values[0])
    return values.reshape(*(len(values) if index == axis else 1 for index in range(axes)), values.shape[-1])
