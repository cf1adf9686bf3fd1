"""All the rows that are to be graded: files, folders and standard input, each in its own form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TextIO

from tutor.apps.grade_csv import read_csv
from tutor.apps.grade_jsonl import read_jsonl
from tutor.apps.grade_layout import LONG, WIDE
from tutor.apps.grade_names import ExerciseNames
from tutor.apps.grade_rows import SOURCES, Row
from tutor.apps.grade_source import STDIN, Lines, Source, opened, sources_in
from tutor.errors import InputFileErrors, TutorError, UsageError
from tutor.render.styled import columns

INPUT_FORMATS = (LONG, WIDE, "jsonl", "yaml")
_TABLE = "table"
_SUFFIXES = MappingProxyType(
    {".csv": _TABLE, ".tsv": _TABLE, ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
    | dict.fromkeys((".yaml", ".yml"), "yaml")
)
_YAML_LINE = re.compile(r"---\s*$|#|%YAML|[A-Za-z][\w ]{0,40}:(\s|$)")

MOST_CARRIED = 500
"""With more columns than this to carry along they share one column in CSV."""

MOST_FAULTS = 20
"""How many unusable files are told at once."""

WIDEST = 80
"""Beyond this many columns of a terminal it does not matter how wide a text is."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known before the first row is graded; `total` and `carried` are None where it cannot be known.

    `widths` are the largest widths of the texts under `learner`, `exercise` and `answer`.
    """

    total: int | None = None
    carried: tuple[str, ...] | None = None
    widths: MappingProxyType[str, int] = field(default_factory=lambda: MappingProxyType({}))


class Reading:
    """The rows of all inputs, one input after the other; `inputs` are paths of files and folders, or `-`.

    Raises InputFileError for a folder without answer files, and UsageError when `-` is given twice.
    """

    def __init__(self, inputs: tuple[str, ...], wanted: str | None, stdin: TextIO, bank: str | None) -> None:
        if inputs.count(STDIN) > 1:
            raise UsageError("stdin-twice", "standard input can be read only once", suggestion="give - once")
        self.sources = tuple(source for path in inputs for source in sources_in(path))
        self._wanted = wanted
        self._stdin = stdin
        self._exercises = ExerciseNames(bank)

    def rows(self) -> Iterator[Row]:
        """The rows; where there are several files, a row carries its file's name."""
        for source in self.sources:
            yield from self._rows(source)

    def survey(self) -> Survey:
        """What the files hold; raises the errors of all files that cannot be used, so that nothing is written then.

        Files are read to their end; what can be read only once is left alone.
        """
        counted = _Counted()
        faults: list[TutorError] = []
        for source in self.sources:
            try:
                for row in () if source.is_pipe else self._rows(source):
                    counted.add(row)
            except TutorError as error:
                faults.append(error)
            if len(faults) == MOST_FAULTS:
                break
        if faults:
            raise faults[0] if len(faults) == 1 else InputFileErrors(tuple(faults))
        return Survey() if any(source.is_pipe for source in self.sources) else counted.survey()

    def _rows(self, source: Source) -> Iterator[Row]:
        alone = len(self.sources) == 1 and not source.in_folder
        with opened(source, self._stdin) as lines:
            for row in self._read(source, lines):
                yield row if alone else row.carrying("file", source.path)

    def _read(self, source: Source, lines: Lines) -> Iterator[Row]:
        match self._wanted or _recognised(source, lines):
            case "jsonl":
                return read_jsonl(lines)
            case "yaml":
                from tutor.apps.grade_yaml import read_answers  # the reader of YAML is needed for YAML only

                return read_answers(lines)
            case _:
                return read_csv(lines, self._exercises, self._wanted)


def _recognised(source: Source, lines: Lines) -> str:
    """The format of the suffix, or what the first line looks like."""
    known = _SUFFIXES.get(Path(source.path).suffix.lower()) if source.path != STDIN else None
    first = lines.peek().lstrip()
    if known is None:
        known = "jsonl" if first.startswith(("{", "[")) else "yaml" if _YAML_LINE.match(first) else _TABLE
    return known


class _Counted:
    """Counts over the rows of a survey."""

    def __init__(self) -> None:
        self._total = 0
        self._carried: dict[str, None] = {}
        self._widths = dict.fromkeys(("learner", "exercise", "answer"), 0)

    def add(self, row: Row) -> None:
        self._total += 1
        if len(self._carried) <= MOST_CARRIED:
            self._carried |= dict.fromkeys(row.carried)
        source = next((row.fields[name] for name in SOURCES if row.fields.get(name)), "")
        for name, value in (
            ("learner", row.fields.get("learner")),
            ("exercise", source),
            ("answer", row.fields.get("answer")),
        ):
            self._widths[name] = max(self._widths[name], _width(value))

    def survey(self) -> Survey:
        carried = tuple(self._carried) if len(self._carried) <= MOST_CARRIED else None
        return Survey(self._total, carried, MappingProxyType(self._widths))


def _width(value: Any) -> int:
    return 0 if value is None else columns(str(value)[:WIDEST])
