"""An exercise as its author wrote it: form only, frozen, no file in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.expression.domain import Domain
from tutor.expression.tree import Expression


@dataclass(frozen=True, slots=True)
class Source:
    """Where an exercise was written: file name and line, from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a typed decimal number may be off: relative to the value, or absolute, whichever allows more.

    With `digits`, a decimal of at least so many significant digits is right as well when the value rounds to it.
    """

    relative: Fraction = Fraction(0)
    absolute: Fraction = Fraction(0)
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a kind finds wrong with the form of an exercise: the field, a stable code, a sentence, the fix."""

    field: str
    code: str
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that the author expects, with the feedback and the credit it earns (0 to 1)."""

    answer: tuple[Expression, ...]
    name: str
    feedback: str = ""
    credit: float = 0.0


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice exercise."""

    text: str
    correct: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise; what its author left out is derived later, and never written back here.

    `functions` are what is to be differentiated, `variables` with respect to what, in order; `answer` holds the stated
    key, one expression a cell, empty when it is to be derived. Without functions the answer alone is the key.
    """

    id: str
    kind: str = "expression"
    functions: tuple[Expression, ...] = ()
    variables: tuple[str, ...] = ()
    order: int = 1
    at: Mapping[str, Expression] = field(default_factory=dict)
    domain: Domain = field(default_factory=Domain)
    answer: tuple[Expression, ...] = ()
    prompt: str = ""
    title: str = ""
    unit: str = ""
    difficulty: int | None = None
    points: float = 1.0
    form: str = "any"
    tolerance: Tolerance | None = None
    hints: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    explain: str = ""
    skills: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    multiple: bool = False
    source: Source | None = None

    @classmethod
    def derivative(cls, function: str, variable: str | None = None, order: int = 1) -> Exercise:
        """The exercise of differentiating a function that is given as text.

        The variable is the only free symbol unless it is named. Raises AnswerError for an unreadable function and
        UsageError when the variable cannot be told.
        """
        from tutor.exercise.inline import derivative_exercise  # the reader stands above the plain values

        return derivative_exercise(function, variable, order)


@dataclass(frozen=True, slots=True)
class Unit:
    """The exercises of one file, in order, with the unit's name and title."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    file: str = ""
