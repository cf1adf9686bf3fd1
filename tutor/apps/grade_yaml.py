"""Answers of one learner from a YAML file: who it is, and the answers by exercise.

learner: ana
answers:
  u04-sinsq: 2x cos(x^2)
  u08-g-xyz: [y*z, x*z, x*y]

Instead of the mapping, `answers` may be a list of rows with the names of the columns of a CSV file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tutor.apps.grade_rows import INLINE, Row, known_name, learner_column, missing_column, split_fields
from tutor.apps.grade_source import LONGEST_LINE, Lines
from tutor.errors import ExerciseError, ExerciseErrors
from tutor.exercise.nearest import nearest
from tutor.exercise.page import Page, Place
from tutor.exercise.strict_yaml import LARGEST_FILE, Mapping, Node, Sequence, Text, read_yaml
from tutor.feedback.assessment import Fault

EXAMPLE = "learner: ana, and below it answers:, and below that u04-sinsq: 2x cos(x^2)"
_TOP = ("learner", "answers", "id", "attempt")


def read_answers(lines: Lines) -> Iterator[Row]:
    """The rows of a whole file; raises ExerciseErrors with all faults of its form, each with line and column."""
    document = read_yaml(_text(lines), lines.name)
    faults = [_told_for_answers(fault) for fault in document.faults]
    if document.root is None or faults:
        raise ExerciseErrors(tuple(faults))
    top = _top(document.root, document.page, faults)
    answers = top.get("answers")
    if answers is None and not faults:
        faults.append(_fault(document.page, document.root, "missing-field", "there is no field `answers`"))
    if faults or answers is None:
        raise ExerciseErrors(tuple(faults))
    return _rows(answers, _common(top), document.page)


def _text(lines: Lines) -> str:
    parts: list[str] = []
    length = 0
    for line in lines:
        length += len(line)
        if len(line) > LONGEST_LINE or length > LARGEST_FILE:
            most = LONGEST_LINE if len(line) > LONGEST_LINE else LARGEST_FILE
            raise lines.fault("too-long", f"longer than {most} characters", "one learner a file")
        parts.append(line)
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n")


def _told_for_answers(fault: ExerciseError) -> ExerciseError:
    if fault.code == "empty-file":
        fault.suggestion = EXAMPLE
    return fault


def _fault(page: Page, node: Node, code: str, message: str, suggestion: str | None = EXAMPLE) -> ExerciseError:
    return page.fault(code, message, node.place, suggestion)


def _top(root: Node, page: Page, faults: list[ExerciseError]) -> dict[str, Node]:
    """The fields of the file by name; misspelt ones are faults, other ones are carried along."""
    if not isinstance(root, Mapping):
        faults.append(_fault(page, root, "not-a-mapping", "the fields `learner` and `answers` are wanted here"))
        return {}
    found: dict[str, Node] = {}
    for entry in root.entries:
        name = entry.key.value.strip()
        plain = name.casefold()
        meant = nearest(plain, _TOP) if plain not in _TOP else None
        if meant is not None and meant not in found and plain != "grade":
            message = f"the field `{name[:40]}` is not known"
            faults.append(_fault(page, entry.key, "unknown-field", message, f"did you mean `{meant}`?"))
        found[plain if plain in _TOP else name] = entry.value
    return found


def _common(top: dict[str, Node]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What every row of the file has, and what it carries along."""
    values = {name: _plain(node) for name, node in top.items() if name != "answers"}
    fields = {name: values.pop(name) for name in _TOP if name in values}
    column = learner_column(tuple(values))
    if "learner" not in fields and column is not None:
        fields["learner"] = values[column]
    return fields, values


def _rows(answers: Node, common: tuple[dict[str, Any], dict[str, Any]], page: Page) -> Iterator[Row]:
    for number, (place, values) in enumerate(_given(answers, page), 1):
        yield _row(Row(number, place.line, common[0], common[1], file=page.file), values)


def _given(answers: Node, page: Page) -> list[tuple[Place, dict[str, Any]]]:
    """The place and the values of each row; lists and mappings of an answer are written as they are typed."""
    match answers:
        case Mapping(entries):
            return [
                (entry.key.place, {"exercise": entry.key.value, "answer": written(entry.value)}) for entry in entries
            ]
        case Sequence(items):
            return [(item.place, _row_values(item)) for item in items]
        case Text() if answers.is_null:
            return []
        case Text():
            message = "below `answers` stands one line for each exercise"
            raise ExerciseErrors((_fault(page, answers, "not-a-mapping", message, "u04-sinsq: 2x cos(x^2)"),))


def _row_values(item: Node) -> dict[str, Any]:
    entries = item.entries if isinstance(item, Mapping) else ()
    return {entry.key.value: _value(entry.key.value, entry.value) for entry in entries}


def _row(common: Row, values: dict[str, Any]) -> Row:
    """The row with its own values over those of the file."""
    fields, extra = split_fields(values.items())
    problem = missing_column(tuple(values))
    fault = None
    if problem is not None:
        sentence = problem[0].replace("column", "field")
        fault = Fault("missing-column", f"line {common.line}: {sentence}", suggestion=problem[1])
    return replace(common, fields={**common.fields, **fields}, extra={**common.extra, **extra}, fault=fault)


def _value(name: str, node: Node) -> Any:
    return _plain(node) if known_name(name) in INLINE or known_name(name) is None else written(node)


def written(node: Node) -> str:
    """An answer as it is typed: a list in brackets, a mapping as `name = value; …`, text as it stands."""
    match node:
        case Text(value):
            return "" if node.is_null else value
        case Sequence(items):
            return "[" + ", ".join(written(item) for item in items) + "]"
        case Mapping(entries):
            return "; ".join(f"{entry.key.value} = {written(entry.value)}" for entry in entries)


def _plain(node: Node) -> Any:
    """A value that is carried along: texts, and lists and objects of texts."""
    match node:
        case Text(value):
            return None if node.is_null else value
        case Sequence(items):
            return [_plain(item) for item in items]
        case Mapping(entries):
            return {entry.key.value: _plain(entry.value) for entry in entries}
