"""One answer as it came in: known columns, the columns that are only carried along, or why the row is broken."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from tutor.feedback.assessment import Fault

INLINE = (
    *("function", "functions", "expected", "variable", "variables", "order", "domain", "assume", "at"),
    *("form", "tolerance"),
)
"""The columns with which a row brings its own exercise."""

CARRIED = ("id", "learner", "exercise", "variant", "attempt", "answer")
"""The other columns with a meaning."""

KNOWN = CARRIED + INLINE
SOURCES = ("exercise", "function", "functions", "expected")
"""A row needs one of these beside its answer."""

LEARNERS = (
    *("student", "student name", "student id", "user", "username", "user name", "login"),
    *("email", "e-mail", "email address", "e-mail address"),
)
"""Columns that say who answered where none is called `learner`, the best first."""

EXAMPLE = "a first line such as: learner,exercise,answer"
WIDE_EXAMPLE = "or one column an exercise, with its id: learner,u04-sinsq,u02-poly1"

_OTHER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "answer": ("answers", "response", "responses", "reply", "solution", "submission", "text"),
        "exercise": ("exercises", "question", "task", "problem", "item", "exercise id"),
        "function": ("f", "f(x)", "formula"),
    }
)
"""What people call these columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer file: `number` counts rows from 1, `line` is where it begins in the file `file`."""

    number: int
    line: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    file: str = ""

    @property
    def place(self) -> str:
        """The file and the line, as editors understand them."""
        return f"{self.file}:{self.line}" if self.file else f"line {self.line}"

    @property
    def inline(self) -> dict[str, Any]:
        """The exercise that the row brings along, empty when it names one."""
        given = {name: self.fields[name] for name in INLINE if is_given(self.fields.get(name))}
        return {} if given.keys().isdisjoint(SOURCES) else given

    @property
    def carried(self) -> dict[str, Any]:
        """What goes back into the result row beside its own fields: columns without a meaning, parts of an exercise."""
        parts = {name: self.fields[name] for name in INLINE[1:] if is_given(self.fields.get(name))}
        return parts | dict(self.extra)

    def carrying(self, name: str, value: Any) -> Row:
        """The row with one more column to carry along."""
        return replace(self, extra={**self.extra, name: value})


def is_given(value: Any) -> bool:
    """Whether a cell holds anything but blanks."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def known_name(name: str) -> str | None:
    """The column that a name stands for, whatever its case and the blanks around it; None for one to carry along."""
    plain = name.strip().casefold()
    return plain if plain in KNOWN else None


def split_fields(pairs: Iterable[tuple[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Names and values parted into known columns and columns to carry along.

    Where nothing is called `learner`, a column such as `student` or `email` is carried along and says who it was.
    """
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in pairs:
        known = known_name(name)
        (extra if known is None else fields)[known or name] = value
    if "learner" not in fields:
        column = learner_column(tuple(extra))
        if column is not None:
            fields["learner"] = extra[column]
    return fields, extra


def learner_column(names: Sequence[str], words: Sequence[str] = LEARNERS) -> str | None:
    """The column that says who answered, by the first of the words that names one."""
    folded = {name.strip().casefold(): name for name in reversed(names)}
    return next((folded[word] for word in words if word in folded), None)


def missing_column(names: Sequence[str]) -> tuple[str, str | None] | None:
    """What a row or a header lacks to be graded: a sentence, and what may have been meant; None when all is there."""
    given = {known_name(name) for name in names}
    carried = [name for name in names if known_name(name) is None]
    if "answer" not in given:
        return "there is no column 'answer'", _meant("answer", carried)
    if given.isdisjoint(SOURCES):
        meant = (_meant(name, carried) for name in SOURCES)
        suggestion = next((one for one in meant if one), "name an exercise, or give the function itself in 'function'")
        return "there is no column 'exercise', 'function' or 'expected'", suggestion
    return None


def _meant(wanted: str, names: list[str]) -> str | None:
    folded = {name.strip().casefold(): name for name in names}
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.7)
    close += [word for word in _OTHER_WORDS.get(wanted, ()) if word in folded]
    return f"is {folded[close[0]].strip()!r} meant to be {wanted!r}? Rename it in the first line" if close else None
