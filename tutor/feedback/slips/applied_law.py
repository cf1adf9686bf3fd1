"""A law applied to one part of a function, as an operation on values: from the slopes of what it marks to a slope.

The letters of the law stand for columns of values at the generic points, its marks for tables of slopes (candidates by
points). Most laws are affine in every mark, u'·v + u·v' and f'(u)·u' among them: their coefficients are worked out once
and every combination of candidates is a sum of products. The others are worked out for each combination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from tutor.calculus.rule import Bindings, Rule, fill
from tutor.expression.tree import Expression
from tutor.feedback.slips.law_plan import Gathered, plan
from tutor.feedback.slips.law_program import MARKED, Columns, Program, program
from tutor.feedback.slips.law_stack import Sequel, Stack, stack
from tutor.feedback.slips.values import Values

__all__ = ["AppliedLaw", "Fitting", "LawGroup", "ValueOf", "alone", "applied", "right_values", "written"]

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


class LawGroup(NamedTuple):
    """Laws at one place that take the slopes of the same parts, and their coefficients (laws by 1 + parts by points).

    `has_constants` says whether any has a value at no slope, which f'(u)·u' has not. Without coefficients they are
    laws that are not affine; `combination` works them out from the columns of their letters and from slopes.
    """

    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]
    bindings: tuple[Bindings, ...]
    marked: tuple[Expression, ...]
    coefficients: Values | None
    has_constants: bool
    combination: Combination | None
    width: int

    def law(self, index: int) -> AppliedLaw:
        """One of the laws."""
        coefficients = None if self.coefficients is None else self.coefficients[index]
        columns: Columns = {} if self.combination is None else self.combination.columns
        rule, made, bindings = self.rules[index], self.programs[index], self.bindings[index]
        return AppliedLaw(rule, bindings, self.marked, made, columns, coefficients, self.width)


class Combination(NamedTuple):
    """What works out laws that are not affine, the columns that it needs, and which of its values each law is."""

    sequel: Sequel
    columns: Columns
    bindings: Bindings
    places: tuple[int | None, ...]

    def values(self, slopes: Sequence[Values]) -> list[Values]:
        """Each law for slopes of the marked parts: arrays that broadcast together, the last axis being the points."""
        named = {**self.columns, **{f"{MARKED}{index}": slope for index, slope in enumerate(slopes)}}
        found = self.sequel.values([named[letter] for letter in self.sequel.letters], self.bindings)
        return [found[place] for place in self.places if place is not None]


Fitting: TypeAlias = tuple[tuple[int, ...], tuple[Rule, ...], Bindings]
"""Laws with one pattern that fit a part, with their numbers among all, and what their letters stand for."""


def applied(fittings: Iterable[Fitting], value_of: ValueOf, count: int) -> Iterator[LawGroup]:
    """Laws with their letters bound to parts, whose values at `count` points `value_of` knows: in groups.

    The first law is a group by itself, and the first group. Within a group laws are in the order of their numbers.
    """
    fittings = tuple(fittings)
    stacks = tuple([stack(rules, bindings) for _, rules, bindings in fittings])
    values: list[list[Any]] = []
    marked: dict[tuple[Expression, ...], int] = {}
    places: list[int] = []
    for known, (_, _, bindings) in zip(stacks, fittings, strict=True):
        letters = known.coefficients.letters
        values.append(known.coefficients.values([value_of(bindings[letter]) for letter in letters], bindings))
        for laws in known.affine:
            parts = tuple([fill(part, bindings) for part in laws[0].program.marked])
            places.append(marked.setdefault(parts, len(marked)))
    parts_of = list(marked)
    groups = plan(stacks, tuple([numbers for numbers, _, _ in fittings]), tuple(places))
    for index, group in enumerate(groups):
        yield _together(group, parts_of[group.marked], fittings, values, count)
        if index == 0:
            for known, fitting in zip(stacks, fittings, strict=True):
                yield from _others(known, fitting, value_of, count)


def alone(rule: Rule, bindings: Bindings, value: float, count: int) -> LawGroup:
    """A law by itself that comes to the same value everywhere, whatever the slopes."""
    sheet = np.full((1, 1, count), value)
    made = program(rule, bindings)
    return LawGroup((rule,), (made,), (bindings,), (), sheet, has_constants=True, combination=None, width=count)


def _together(
    group: Gathered, marked: tuple[Expression, ...], fittings: Sequence[Fitting], values: list[list[Any]], count: int
) -> LawGroup:
    """Affine laws that take the slopes of the same parts."""
    sheet = np.zeros((len(group.rules), 1 + len(marked), count))
    for row, column, fitting, place in group.entries:
        sheet[row, column] = values[fitting][place]
    return LawGroup(
        group.rules,
        group.programs,
        tuple([fittings[each][2] for each in group.fittings]),
        marked,
        sheet,
        has_constants=group.has_constants,
        combination=None,
        width=count,
    )


def _others(known: Stack, fitting: Fitting, value_of: ValueOf, count: int) -> Iterator[LawGroup]:
    """The laws that are not affine, those together that take the slopes of the same parts."""
    _, rules, bindings = fitting
    for sequel, laws in known.others:
        columns = {letter: value_of(bindings[letter]) for law in laws for letter in law.program.letters}
        combination = Combination(sequel, columns, bindings, tuple([place for law in laws for place in law.places]))
        marked = tuple([fill(part, bindings) for part in laws[0].program.marked])
        programs, names = tuple([law.program for law in laws]), tuple([rules[law.index] for law in laws])
        bound = (bindings,) * len(laws)
        yield LawGroup(names, programs, bound, marked, None, has_constants=False, combination=combination, width=count)


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
