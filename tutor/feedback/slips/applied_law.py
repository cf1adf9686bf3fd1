"""A law applied to one part of a function, as an operation on values: from the slopes of what it marks to a slope.

The letters of the law stand for columns of values at the generic points, its marks for tables of slopes (candidates by
points). Most laws are affine in every mark, u'·v + u·v' and f'(u)·u' among them: their coefficients are worked out once
and every combination of candidates is a sum of products. The others are worked out for each combination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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


class LawGroup(NamedTuple):
    """Laws at one place that take the slopes of the same parts, and their coefficients (laws by 1 + parts by points).

    Without coefficients it is one law that is not affine, which works on the `columns` of its letters.
    """

    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]
    bindings: tuple[Bindings, ...]
    marked: tuple[Expression, ...]
    columns: Columns
    coefficients: Values | None
    width: int

    def law(self, index: int) -> AppliedLaw:
        """One of the laws."""
        coefficients = None if self.coefficients is None else self.coefficients[index]
        rule, made, bindings = self.rules[index], self.programs[index], self.bindings[index]
        return AppliedLaw(rule, bindings, self.marked, made, self.columns, coefficients, self.width)


def applied(laws: Iterable[tuple[tuple[Rule, ...], Bindings]], value_of: ValueOf, count: int) -> Iterator[LawGroup]:
    """Laws by their patterns, their letters bound to parts, whose values at `count` points `value_of` knows: in groups.

    The first law is a group by itself, and the first group.
    """
    groups: list[LawGroup] = []
    for rules, bindings in laws:
        groups += _of_pattern(rules, bindings, value_of, count)
    first, *others = groups
    yield first
    together: dict[tuple[Expression, ...], list[LawGroup]] = {}
    for each in others:
        if each.coefficients is None:
            yield each
        else:
            together.setdefault(each.marked, []).append(each)
    yield from map(_joined, together.values())


def _joined(groups: Sequence[LawGroup]) -> LawGroup:
    """The laws of several groups that take the slopes of the same parts."""
    first = groups[0]
    if len(groups) == 1:
        return first
    return first._replace(
        rules=tuple([rule for each in groups for rule in each.rules]),
        programs=tuple([made for each in groups for made in each.programs]),
        bindings=tuple([bindings for each in groups for bindings in each.bindings]),
        coefficients=np.concatenate([each.coefficients for each in groups if each.coefficients is not None]),
    )


def _of_pattern(rules: tuple[Rule, ...], bindings: Bindings, value_of: ValueOf, count: int) -> Iterator[LawGroup]:
    """The groups of laws with one pattern, which are worked out together."""
    known = stack(rules, bindings)
    values = known.values([value_of(bindings[letter]) for letter in known.letters], bindings)
    for share in known.shares:
        marked = tuple([fill(part, bindings) for part in share.marked])
        columns: Columns = {}
        coefficients = None
        if share.coefficients is None:
            columns = {letter: value_of(bindings[letter]) for letter in share.programs[0].letters}
        else:
            sheet = np.zeros((len(share.rules) * (1 + len(marked)), count))
            for row, place in share.coefficients:
                sheet[row] = values[place]
            coefficients = sheet.reshape(-1, 1 + len(marked), count)
        bound = (bindings,) * len(share.rules)
        yield LawGroup(share.rules, share.programs, bound, marked, columns, coefficients, count)


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
