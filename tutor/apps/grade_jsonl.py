"""Answers from JSON Lines, one object a line: a line that is no object is one broken row."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

from tutor.apps.grade_rows import Row, missing_column, split_fields
from tutor.apps.grade_source import LONGEST_LINE, Lines
from tutor.feedback.assessment import Fault

ONE_A_LINE = 'write one object a line: {"learner": "ana", "exercise": "power-01", "answer": "2x"}'


def read_jsonl(lines: Lines) -> Iterator[Row]:
    """The rows of the lines that are not blank; raises InputFileError for JSON that is spread over lines."""
    first = lines.peek().strip()
    if first in ("{", "[") or first.startswith("[{"):
        raise lines.fault("not-json-lines", "this is JSON, but not JSON Lines", ONE_A_LINE, line=1)
    number = 0
    for line in lines:
        if line.strip():
            number += 1
            yield replace(_row(number, lines.number, line), file=lines.name)


def _row(number: int, line: int, text: str) -> Row:
    if len(text) > LONGEST_LINE:
        message = f"line {line}: longer than {LONGEST_LINE} characters"
        return Row(number, line, fault=Fault("long-line", message))
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        return Row(number, line, fault=Fault("bad-json", f"line {line}: nested too deep"))
    except json.JSONDecodeError as error:
        message = f"line {line}, column {error.colno}: {error.msg}"
        return Row(number, line, fault=Fault("bad-json", message, suggestion=ONE_A_LINE))
    except ValueError as error:
        return Row(number, line, fault=Fault("bad-json", f"line {line}: {error}", suggestion=ONE_A_LINE))
    if not isinstance(value, dict):
        return Row(number, line, fault=Fault("bad-json", f"line {line}: no object", suggestion=ONE_A_LINE))
    return _row_of(number, line, value)


def _row_of(number: int, line: int, value: dict[str, Any]) -> Row:
    fields, extra = split_fields(value.items())
    problem = missing_column(tuple(value))
    if problem is not None:
        sentence, suggestion = problem
        fault = Fault("missing-column", f"line {line}: {sentence.replace('column', 'field')}", suggestion=suggestion)
        return Row(number, line, fields, extra, fault)
    answer = fields["answer"]
    if isinstance(answer, dict | list | bool):
        message = f"line {line}: the answer is no text"
        fault = Fault("bad-answer", message, suggestion='write the answer as text: "answer": "(2x, 3)"')
        return Row(number, line, fields | {"answer": ""}, extra, fault)
    return Row(number, line, fields | {"answer": "" if answer is None else str(answer)}, extra)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        message = f"the field {double!r} is given twice"
        raise ValueError(message)
    return value


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text[:20])


def _refuse(constant: str) -> NoReturn:
    message = f"{constant} is no number"
    raise ValueError(message)
