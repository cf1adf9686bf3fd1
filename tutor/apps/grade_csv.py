"""Answers from comma-separated text, read strictly: nothing is swallowed by a quote that was never closed.

RFC 4180, with `;` or a tab for the comma when the first line says so, as spreadsheets of many countries write it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tutor.apps.grade_layout import Layout, layout_of
from tutor.apps.grade_names import ExerciseNames
from tutor.apps.grade_rows import EXAMPLE, Row, known_name
from tutor.apps.grade_source import LONGEST_LINE, Lines
from tutor.errors import InputFileError
from tutor.feedback.assessment import Fault

DELIMITERS = (",", ";", "\t")
_DECLARED = {"sep=,": ",", "sep=;": ";", "sep=": "\t"}
CLOSE_QUOTE = 'close the quote; a quote inside a field is written twice: "say ""x"""'

QUOTE_COMMA = 'put a field that holds a comma in quotes: "(2x, 3y)"'
SHORTEN = "shorten it; where a quote was left open, close it"
LEFT_OUT = "a field that is left out keeps its comma"


@dataclass(frozen=True, slots=True)
class _Record:
    """The fields between two line ends that no quote hides: its first line, how many lines it takes."""

    line: int
    lines: int
    fields: tuple[str, ...]
    fault: str | None = None


def read_csv(lines: Lines, exercises: ExerciseNames | None = None, wanted: str | None = None) -> Iterator[Row]:
    """The rows below the header: one a line, or one for each column of answers; `wanted` is csv, wide or None.

    Raises InputFileError for a header that cannot be used and wherever it is unknown how the text goes on.
    """
    names = exercises or ExerciseNames(None)
    records = _records(lines, names)
    first = next(records, None)
    header = _header(first, lines)
    try:
        layout = layout_of(header, names, wanted)
    except InputFileError as error:
        raise lines.fault(error.code, error.message, error.suggestion, first.line if first else 1) from None
    numbers = count(1)
    for record in records:
        yield from _rows(record, header, layout, lines, numbers)


def _rows(
    record: _Record, header: tuple[str, ...], layout: Layout, lines: Lines, numbers: Iterator[int]
) -> Iterator[Row]:
    values = list(record.fields)
    while len(values) > len(header) and not values[-1].strip():
        values.pop()
    if record.lines > 1 and (record.fault or len(values) != len(header)):
        message = f"a quote opened here runs on to line {record.line + record.lines - 1} and the row does not fit"
        raise lines.fault("open-quote", message, CLOSE_QUOTE, line=record.line)
    fault = _fault(record, len(values), len(header))
    answers = layout.answers(values) if fault is None else (layout.broken(values),)
    for fields, extra in answers:
        yield Row(next(numbers), record.line, fields, extra, fault, lines.name)


def _delimiter(lines: Lines, exercises: ExerciseNames) -> str:
    """The delimiter under which the first line holds most known names, else most exercises, else most parts.

    A line `sep=;` before it, which some spreadsheets write, settles it and is taken away.
    """
    first = lines.peek()
    if first.strip().lower() in _DECLARED:
        while lines.peek() is first:
            next(lines)
        return _DECLARED[first.strip().lower()]
    parts = {delimiter: [name.strip('" \r\n') for name in first.split(delimiter)] for delimiter in DELIMITERS}
    known = {delimiter: sum(known_name(name) is not None for name in names) for delimiter, names in parts.items()}
    if not any(known.values()):
        known = {mark: sum(exercises.found(name) is not None for name in names) for mark, names in parts.items()}
    return max(DELIMITERS, key=lambda delimiter: (known[delimiter], len(parts[delimiter])))


def _header(record: _Record | None, lines: Lines) -> tuple[str, ...]:
    if record is None:
        raise lines.fault("empty-file", "the file is empty", EXAMPLE, line=1)
    if record.fault is not None:
        raise lines.fault("broken-csv", record.fault, CLOSE_QUOTE, line=record.line)
    names = [field.strip() for field in record.fields]
    while names and not names[-1]:
        names.pop()
    header = tuple(name or f"column {index}" for index, name in enumerate(names, 1))
    _refuse_double_names(header, lines)
    return header


def _refuse_double_names(header: tuple[str, ...], lines: Lines) -> None:
    seen: set[str] = set()
    for name in header:
        plain = known_name(name) or name
        if plain in seen:
            raise lines.fault("double-column", f"two columns are called {plain!r}", "rename or remove one of them")
        seen.add(plain)


def _fault(record: _Record, got: int, wanted: int) -> Fault | None:
    place = f"line {record.line}"
    if record.fault:
        return Fault("broken-csv", f"{place}: {record.fault}", suggestion=CLOSE_QUOTE)
    if got != wanted:
        code, remedy = ("short-row", LEFT_OUT) if got < wanted else ("long-row", QUOTE_COMMA)
        return Fault(code, f"{place}: {got} fields, the first line has {wanted}", suggestion=remedy)
    if any("\0" in field for field in record.fields):
        return Fault("null-character", f"{place}: a field holds a null character", suggestion="remove it")
    return None


def _records(lines: Lines, exercises: ExerciseNames) -> Iterator[_Record]:
    """The records that hold more than blanks."""
    delimiter = _delimiter(lines, exercises)
    for record in _all_records(lines, delimiter):
        if record.fault or any(field.strip() for field in record.fields):
            yield record


def _all_records(lines: Lines, delimiter: str) -> Iterator[_Record]:
    source = _Fed(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        first = source.begin()
        try:
            fields, fault = tuple(next(reader)), None
        except StopIteration:
            return
        except csv.Error as error:
            if source.ended:
                raise lines.fault("open-quote", "a quote opened here is never closed", CLOSE_QUOTE, first) from error
            fields, fault = (), "text stands after a closing quote"
        yield _Record(first, lines.number - first + 1, fields, fault)


class _Fed:
    """The lines that the csv reader takes for one record, counted, so that a lost quote cannot take the whole file."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._first = 1
        self._length = 0
        self.ended = False

    def begin(self) -> int:
        """The line at which the next record begins."""
        self._first, self._length = self._lines.number + 1, 0
        return self._first

    def __iter__(self) -> _Fed:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self._length += len(line)
        if self._length > LONGEST_LINE:
            message = f"the row that begins here is longer than {LONGEST_LINE} characters"
            raise self._lines.fault("long-line", message, SHORTEN, line=self._first)
        return line
