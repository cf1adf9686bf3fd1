"""A law applied to one part of a function, as an operation on values: from the slopes of what it marks to a slope.

The letters of the law stand for columns of values at the generic points, its marks for tables of slopes (candidates by
points). Most laws are affine in every mark, u'·v + u·v' and f'(u)·u' among them: their coefficients are worked out once
and every combination of candidates is a sum of products. The others are worked out for each combination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tutor.calculus.rule import Bindings, Rule, fill
from tutor.expression.tree import Expression
from tutor.feedback.slips.law_program import MARKED, Columns, Program, program, run_of
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

    Without coefficients it is one law that is not affine, which works on the `columns` of its letters.
    """

    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]
    bindings: Bindings
    marked: tuple[Expression, ...]
    columns: Columns
    coefficients: Values | None
    width: int

    def __len__(self) -> int:
        return len(self.rules)

    def law(self, index: int) -> AppliedLaw:
        """One of the laws."""
        coefficients = None if self.coefficients is None else self.coefficients[index]
        rule, made = self.rules[index], self.programs[index]
        return AppliedLaw(rule, self.bindings, self.marked, made, self.columns, coefficients, self.width)


def applied(rules: tuple[Rule, ...], bindings: Bindings, value_of: ValueOf, count: int) -> Iterator[LawGroup]:
    """Laws with one pattern, their letters bound to parts, whose values at `count` points `value_of` knows: in groups.

    The first law is a group by itself, and the first group.
    """
    known = stack(rules)
    values = known.values([value_of(bindings[letter]) for letter in known.letters], bindings)
    for share in known.shares:
        if share.coefficients is None:
            yield _alone(share.rules[0], bindings, value_of, count)
            continue
        marked = tuple([fill(part, bindings) for part in share.marked])
        sheet = np.zeros((len(share.rules) * (1 + len(marked)), count))
        for row, place in share.coefficients:
            sheet[row] = values[place]
        coefficients = sheet.reshape(-1, 1 + len(marked), count)
        yield LawGroup(share.rules, share.programs, bindings, marked, {}, coefficients, count)


def _alone(rule: Rule, bindings: Bindings, value_of: ValueOf, count: int) -> LawGroup:
    """A law that is not affine, or is about any function."""
    made = program(rule, bindings)
    marked = tuple(fill(part, bindings) for part in made.marked)
    columns = {letter: value_of(bindings[letter]) for letter in made.letters}
    if made.coefficients is None:
        return LawGroup((rule,), (made,), bindings, marked, columns, None, count)
    sheet = np.zeros((1, 1 + len(marked), count))
    for row, coefficient in enumerate(made.coefficients):
        if coefficient is not None:
            sheet[0, row] = run_of(coefficient)(columns, bindings)
    return LawGroup((rule,), (made,), bindings, marked, {}, sheet, count)


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
