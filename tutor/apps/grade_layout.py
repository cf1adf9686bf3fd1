"""What the columns of a table of answers mean: one answer a line, or one column an exercise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tutor.apps.grade_names import ExerciseNames
from tutor.apps.grade_rows import (
    EXAMPLE,
    LEARNERS,
    WIDE_EXAMPLE,
    known_name,
    learner_column,
    missing_column,
    split_fields,
)
from tutor.errors import InputFileError

Header = tuple[str, ...]
Parts = tuple[Mapping[str, Any], Mapping[str, Any]]
"""The known fields of an answer, and what it carries along."""

LONG, WIDE = "csv", "wide"

WIDE_LEARNERS = ("learner", "name", "full name", "your name", *LEARNERS)
"""Columns that say who answered in a table with one column an exercise, the best first."""

_BESIDE = ("id", "attempt")
"""Other columns with a meaning in such a table."""


class Layout(Protocol):
    """A header that is understood."""

    def answers(self, values: Sequence[str]) -> Iterator[Parts]:
        """The answers of one line."""

    def broken(self, values: Sequence[str]) -> Parts:
        """What can be told of a line that does not fit the header."""


@dataclass(frozen=True, slots=True)
class Long:
    """One answer a line."""

    header: Header

    def answers(self, values: Sequence[str]) -> Iterator[Parts]:
        """The answer of the line."""
        yield self.broken(values)

    def broken(self, values: Sequence[str]) -> Parts:
        """The fields as far as they go."""
        return split_fields(zip(self.header, values, strict=False))


@dataclass(frozen=True, slots=True)
class Wide:
    """One learner a line: `exercises` holds the index and exercise of the columns with answers.

    `known` has the index of each column with another meaning, `carried` those that are carried along.
    """

    exercises: tuple[tuple[int, str], ...]
    known: Mapping[str, int]
    carried: tuple[tuple[int, str], ...]

    def answers(self, values: Sequence[str]) -> Iterator[Parts]:
        """One answer for each exercise, also where the cell is empty: a missing answer is one that says nothing."""
        fields, extra = self.broken(values)
        for index, exercise in self.exercises:
            yield {**fields, "exercise": exercise, "answer": values[index]}, extra

    def broken(self, values: Sequence[str]) -> Parts:
        """Whose line it is, and what it carries along."""
        fields = {name: values[index] for name, index in self.known.items() if index < len(values)}
        return fields, {name: values[index] for index, name in self.carried if index < len(values)}


def layout_of(header: Header, exercises: ExerciseNames, wanted: str | None = None) -> Layout:
    """The layout that was asked for, or the one that the columns have.

    Raises InputFileError without a place where a header has neither, or where a column is nearly an exercise.
    """
    problem = missing_column(header)
    if problem is None and wanted != WIDE:
        return Long(header)
    wide = _wide(header, exercises)
    if wide is not None and wanted != LONG:
        return wide
    sentence, suggestion = ("no column is named like an exercise", None) if problem is None else problem
    if wide is not None:
        suggestion = "its columns are exercises: read it with --from wide"
    found = ", ".join(repr(name) for name in header[:8]) + (", …" if len(header) > 8 else "")
    remedy = suggestion or _near_exercise(header, exercises) or f"{EXAMPLE}; {WIDE_EXAMPLE}"
    raise InputFileError("missing-column", f"{sentence}; the columns are {found}", suggestion=remedy)


def _near_exercise(header: Header, exercises: ExerciseNames) -> str | None:
    near = ((name, exercises.near(name)) for name in header if known_name(name) is None)
    return next((f"is {name!r} meant to be the exercise {id_}?" for name, id_ in near if id_ is not None), None)


def _wide(header: Header, exercises: ExerciseNames) -> Wide | None:
    found = {index: exercise for index, name in enumerate(header) if (exercise := exercises.found(name)) is not None}
    if not found:
        return None
    rest = {name: index for index, name in enumerate(header) if index not in found}
    _refuse_two_of_one(header, found)
    _refuse_near_misses(rest, exercises)
    known = {plain: index for name, index in rest.items() if (plain := name.strip().casefold()) in _BESIDE}
    learner = learner_column(tuple(rest), WIDE_LEARNERS)
    if learner is not None:
        known["learner"] = rest[learner]
    taken = set(known.values())
    carried = tuple((index, name) for name, index in rest.items() if index not in taken)
    return Wide(tuple(found.items()), known, carried)


def _refuse_two_of_one(header: Header, found: Mapping[int, str]) -> None:
    first: dict[str, int] = {}
    for index, exercise in found.items():
        other = first.setdefault(exercise, index)
        if other != index:
            message = f"two columns hold answers to {exercise}: {header[other]!r} and {header[index]!r}"
            raise InputFileError("double-column", message, suggestion="rename or remove one of them")


def _refuse_near_misses(rest: Mapping[str, int], exercises: ExerciseNames) -> None:
    """A misspelt id must not turn a column of answers into one that is only carried along."""
    for name in rest:
        ours = known_name(name) is not None or name.strip().casefold() in WIDE_LEARNERS
        near = None if ours else exercises.near(name)
        if near is not None:
            message = f"the column {name!r} is no exercise"
            raise InputFileError("unknown-exercise", message, suggestion=f"did you mean {near}?")
