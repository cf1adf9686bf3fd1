"""A law applied to one part of a function, as an operation on values: from the slopes of what it marks to a slope.

The letters of the law stand for columns of values at the generic points, its marks for tables of slopes (candidates by
points). Most laws are affine in every mark, u'·v + u·v' and f'(u)·u' among them: their coefficients are worked out once
and every combination of candidates is a sum of products. The others are worked out for each combination.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tutor.calculus.rule import Bindings, Rule, fill
from tutor.expression.tree import Expression
from tutor.feedback.slips.law_program import MARKED, Columns, Program, program
from tutor.feedback.slips.values import Values

__all__ = ["AppliedLaw", "ValueOf", "applied", "right_values", "written"]

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


def applied(rule: Rule, bindings: Bindings, value_of: ValueOf, count: int) -> AppliedLaw:
    """A law with its letters bound to parts, whose values at `count` points `value_of` knows."""
    made = program(rule, bindings)
    columns = {letter: value_of(bindings[letter]) for letter in made.letters}
    marked = tuple(fill(part, bindings) for part in made.marked)
    coefficients = _coefficients(made, columns, bindings, count)
    return AppliedLaw(rule, bindings, marked, made, columns if coefficients is None else {}, coefficients, count)


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


def _coefficients(made: Program, columns: Columns, bindings: Bindings, count: int) -> Values | None:
    """The coefficients of an affine law, one row each."""
    if made.coefficients is None:
        return None
    found = np.zeros((len(made.coefficients), count))
    for row, run in zip(found, made.coefficients, strict=True):
        if run is not None:
            row[:] = run(columns, bindings)
    return found
