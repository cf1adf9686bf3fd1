"""A cell is the unit of checking: a name, and what the text in it must equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from tutor.exercise.model import Tolerance
from tutor.expression.tree import Expression


@dataclass(frozen=True, slots=True)
class Slope:
    """The derivative of `function` with respect to `variables`, one after the other.

    `("x", "x")` is the second derivative, `("x", "y")` a mixed partial. When `at` names every variable, the value
    of the derivative at that point is wanted, a number.
    """

    function: Expression
    variables: tuple[str, ...]
    at: Mapping[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression that the answer must equal; there is no function to measure a slope from."""

    expected: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """The numbers (from 0) of the right options among `count` options, in the order of the file."""

    right: frozenset[int]
    count: int


Target: TypeAlias = Slope | Formula | Choice


@dataclass(frozen=True, slots=True)
class Cell:
    """One place for an answer: its name as shown (`f'(x)`, `∂f/∂x`), what it must equal, and its weight."""

    name: str
    target: Target
    weight: Fraction = Fraction(1)
    tolerance: Tolerance | None = None
