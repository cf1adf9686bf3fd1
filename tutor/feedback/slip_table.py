"""The table of wrong answers: what every single slip, at every place of a derivation, would make of the derivative.

The derivation is walked from its leaves up. At each part the sound rule and every mal-rule that fits are applied to
what the parts below come to, as values at generic points: an array of candidates by points, each with the slip that
made it. A wrong answer is then a look-up by its values. The table decides no verdict.

Method: final-answer matching of buggy derivations, van der Hoek, Jeuring & Bos 2025 (arXiv 2507.13651), on values
instead of terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tutor.calculus.derivation import Derivation, derive
from tutor.calculus.malrules import mistaken_for
from tutor.calculus.rule import Bindings, Rule, fill, marks, match
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Apply, Expression, Symbol

Values: TypeAlias = NDArray[np.float64]
Points: TypeAlias = Mapping[str, Values]

MATCH = 1e-9
"""Relative distance within which an answer's value is a candidate's.

The nearest two distinct ones measured are 6e-5 apart.
"""

LEAST_POINTS = 5
"""At how many points both values must be finite for a match to count."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One mal-rule applied at one place: the part of f, its bindings, and whether a chain layer stands outside it."""

    rule: Rule
    sound: Rule
    at: Expression
    bindings: Bindings
    chained: bool


@dataclass(frozen=True, slots=True)
class SlipTable:
    """The values of every one-slip derivative, candidates by points, and the slip behind each row."""

    points: Points
    right: Values
    values: Values
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class _Derivatives:
    """The values of the right derivative of a part of f (points) and of its one-slip ones (candidates by points)."""

    right: Values
    wrong: Values
    slips: tuple[Slip, ...]


def slip_table(function: Expression, variable: str, points: Points) -> SlipTable:
    """The table of one-slip derivatives of a function at the given points; candidates that are right are left out."""
    with np.errstate(all="ignore"):
        found = _Builder(variable, points).derivatives(function, chained=False)
        kept = ~_same(found.wrong, found.right)
    slips = tuple(slip for slip, keep in zip(found.slips, kept, strict=True) if keep)
    return SlipTable(points, found.right, found.wrong[kept], slips)


def look_up(table: SlipTable, values: Values) -> tuple[Slip, ...]:
    """The slips whose derivative has the given values."""
    with np.errstate(all="ignore"):
        hits = np.nonzero(_same(table.values, values))[0]
    return tuple(table.slips[index] for index in hits)


def agree(values: Values, others: Values) -> bool:
    """Whether two columns of values agree wherever either is finite, at enough points."""
    with np.errstate(all="ignore"):
        return bool(_same(values[None, :], others)[0])


def agree_closely(values: Values, others: Values) -> bool:
    """Whether two arrays of values, or two numbers, are finite and agree everywhere."""
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(values - others) <= MATCH * (np.abs(values) + np.abs(others) + 1e-12)))


def is_nowhere_finite(values: Values) -> bool:
    """Whether a column holds no finite value."""
    return not np.isfinite(values).any()


def _same(candidates: Values, values: Values) -> NDArray[np.bool_]:
    """Which rows agree with the values wherever either is finite, at enough points."""
    finite = np.isfinite(candidates) & np.isfinite(values)
    close = np.abs(candidates - values) <= MATCH * (np.abs(candidates) + np.abs(values) + 1e-12)
    agrees = np.where(finite, close, np.isnan(candidates) & np.isnan(values))
    same: NDArray[np.bool_] = agrees.all(axis=1) & (finite.sum(axis=1) >= LEAST_POINTS)
    return same


class _Builder:
    """Builds the derivatives of the parts of one function; equal parts are differentiated once."""

    def __init__(self, variable: str, points: Points) -> None:
        self._variable = variable
        self._points = points
        self._count = len(next(iter(points.values())))
        self._known: dict[tuple[Expression, bool], _Derivatives] = {}

    def derivatives(self, part: Expression, *, chained: bool) -> _Derivatives:
        key = (part, chained)
        if key not in self._known:
            self._known[key] = self._build(part, chained=chained)
        return self._known[key]

    def _build(self, part: Expression, *, chained: bool) -> _Derivatives:
        step = derive(part, self._variable)
        inside = chained or step.rule.family == "chain"
        children = tuple(self.derivatives(marked, chained=inside) for marked in marks(step.after))
        right = self._values(step.after, tuple(child.right for child in children))
        rows, slips = self._from_below(step, children)
        for slip, after in self._mistaken(step, chained=chained):
            below = tuple(self.derivatives(marked, chained=inside).right for marked in marks(after))
            rows.append(self._values(after, below)[None, :])
            slips.append(slip)
        wrong = np.concatenate(rows) if rows else np.empty((0, self._count))
        return _Derivatives(right, wrong, tuple(slips))

    def _from_below(self, step: Derivation, children: tuple[_Derivatives, ...]) -> tuple[list[Values], list[Slip]]:
        """The sound rule applied with one child's slip at a time."""
        rows: list[Values] = []
        slips: list[Slip] = []
        for index, child in enumerate(children):
            if child.slips:
                below = tuple(child.wrong if i == index else other.right for i, other in enumerate(children))
                rows.append(self._rows(step.after, below, len(child.slips)))
                slips.extend(child.slips)
        return rows, slips

    def _mistaken(self, step: Derivation, *, chained: bool) -> Iterator[tuple[Slip, Expression]]:
        for rule in mistaken_for(step.rule):
            bindings = match(rule.before, step.before, self._variable)
            if bindings is not None and (rule.fits is None or rule.fits(bindings)):
                bound = {**bindings, "x": Symbol(self._variable)}
                yield Slip(rule, step.rule, step.before, bound, chained), fill(rule.after, bound)

    def _values(self, after: Expression, below: tuple[Values, ...]) -> Values:
        return np.asarray(self._rows(after, below, 1)[0])

    def _rows(self, after: Expression, below: tuple[Values, ...], count: int) -> Values:
        """The values of a filled template whose marks have the given values."""
        names = iter(range(len(below)))
        tree = _named_marks(after, names)
        env = {**self._points, **{f"D{index}": values for index, values in enumerate(below)}}
        return np.broadcast_to(evaluate(tree, env), (count, self._count))


def _named_marks(after: Expression, names: Iterator[int]) -> Expression:
    """A filled template with its marks replaced by symbols `D0`, `D1`, … from left to right."""
    match after:
        case Apply("D", _):
            return Symbol(f"D{next(names)}")
        case Apply(head, arguments) if arguments:
            return Apply(head, tuple(_named_marks(argument, names) for argument in arguments))
        case _:
            return after
