"""A law applied to one part of a function, as an operation on values: from the slopes of what it marks to a slope.

The letters of the law stand for columns of values at the generic points, its marks for tables of slopes (candidates by
points). Most laws are affine in every mark, u'·v + u·v' and f'(u)·u' among them: their coefficients are worked out once
and every combination of candidates is a sum of products. The others are worked out for each combination.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from tutor.calculus.rule import Bindings, Rule, fill
from tutor.expression.tree import Expression
from tutor.feedback.slips.law_program import MARKED, Columns, Program, program
from tutor.feedback.slips.law_stack import stack
from tutor.feedback.slips.values import Values

__all__ = ["AppliedLaw", "LawGroup", "ValueOf", "applied", "right_values", "written"]

ValueOf: TypeAlias = Callable[[Expression], Values]
"""What gives the column of values of a part."""


@dataclass(frozen=True, slots=True)
class AppliedLaw:
    """A law at one place: the parts whose slopes it takes, and the values of its letters at `width` points.

    `coefficients` are its value at no slope and what each slope adds, one row each; None where it is not affine.
    """

    rule: Rule
    bindings: Bindings
    marked: tuple[Expression, ...]
    program: Program
    columns: Columns
    coefficients: Values | None
    width: int

    def values(self, slopes: Sequence[Values]) -> Values:
        """The slope for slopes of the marked parts: arrays that broadcast together, the last axis being the points."""
        if self.coefficients is None:
            named = {f"{MARKED}{index}": slope for index, slope in enumerate(slopes)}
            return np.asarray(self.program.run({**self.columns, **named}, self.bindings))
        total: Values = self.coefficients[0]
        for factor, slope in zip(self.coefficients[1:], slopes, strict=True):
            total = total + factor * slope
        return total


@dataclass(frozen=True, slots=True)
class LawGroup:
    """Laws at one place that take the slopes of the same parts, and their coefficients (laws by 1 + parts by points).

    Without coefficients it is one law that is not affine.
    """

    laws: tuple[AppliedLaw, ...]
    coefficients: Values | None


def applied(laws: Sequence[tuple[Rule, Bindings]], value_of: ValueOf, count: int) -> list[LawGroup]:
    """Laws with their letters bound to parts, whose values at `count` points `value_of` knows: groups of them.

    The first law is a group by itself, and the first group. Laws with the same bindings, the same object, are worked
    out together.
    """
    bound = [_bound(rule, bindings) for rule, bindings in laws]
    first, *others = bound
    affine: dict[tuple[Expression, ...], list[_Bound]] = {}
    for each in others:
        if each.made.coefficients is not None:
            affine.setdefault(each.marked, []).append(each)
    alone = [[each] for each in others if each.made.coefficients is None]
    groups = [[first], *alone, *affine.values()]
    sheets = [_sheet(group, count) for group in groups]
    _write_coefficients(groups, sheets, value_of)
    return [_group(group, sheet, value_of, count) for group, sheet in zip(groups, sheets, strict=True)]


class _Bound(NamedTuple):
    """A law whose letters stand for parts."""

    rule: Rule
    bindings: Bindings
    made: Program
    marked: tuple[Expression, ...]


def _bound(rule: Rule, bindings: Bindings) -> _Bound:
    made = program(rule, bindings)
    return _Bound(rule, bindings, made, tuple([fill(part, bindings) for part in made.marked]))


def _sheet(group: Sequence[_Bound], count: int) -> Values | None:
    """Room for the coefficients of a group."""
    coefficients = group[0].made.coefficients
    return None if coefficients is None else np.zeros((len(group), len(coefficients), count))


def _write_coefficients(groups: Sequence[Sequence[_Bound]], sheets: Sequence[Values | None], value_of: ValueOf) -> None:
    together: dict[int, list[tuple[_Bound, Values]]] = {}
    for group, sheet in zip(groups, sheets, strict=True):
        if sheet is not None:
            for each, rows in zip(group, sheet, strict=True):
                together.setdefault(id(each.bindings), []).append((each, rows))
    for some in together.values():
        known = stack(tuple([each.made for each, _ in some]))
        bindings = some[0][0].bindings
        known.write([value_of(bindings[letter]) for letter in known.letters], bindings, [rows for _, rows in some])


def _group(group: Sequence[_Bound], sheet: Values | None, value_of: ValueOf, count: int) -> LawGroup:
    if sheet is None:
        rule, bindings, made, marked = group[0]
        columns = {letter: value_of(bindings[letter]) for letter in made.letters}
        return LawGroup((AppliedLaw(rule, bindings, marked, made, columns, None, count),), None)
    laws = [
        AppliedLaw(rule, bindings, marked, made, {}, rows, count)
        for (rule, bindings, made, marked), rows in zip(group, sheet, strict=True)
    ]
    return LawGroup(tuple(laws), sheet)


def right_values(rule: Rule, bindings: Bindings, value_of: ValueOf, slope_of: ValueOf) -> Values:
    """What a sound law comes to where the marked parts have their right slopes, which `slope_of` knows."""
    made = program(rule, bindings)
    columns = {letter: value_of(bindings[letter]) for letter in made.letters}
    for index, part in enumerate(made.marked):
        columns[f"{MARKED}{index}"] = slope_of(fill(part, bindings))
    return np.asarray(made.run(columns, bindings))


def written(law: AppliedLaw, slopes: Sequence[Expression]) -> Expression:
    """What a law comes to as a formula, with the slopes of the marked parts written as given."""
    named = {f"{MARKED}{index}": slope for index, slope in enumerate(slopes)}
    return fill(law.program.tree, {**law.bindings, **named})
