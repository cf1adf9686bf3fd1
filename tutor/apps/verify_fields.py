"""A result row taken apart: a line that anybody may have written becomes values whose types are known."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from tutor.checking.verdict import Status
from tutor.exercise.inline import FURTHER

_MOST_CELLS = 4096
_INLINE = ("function", "functions", "expected", "variable", "variables", *FURTHER)


class BadRow(ValueError):
    """A line that holds no result row; the text says why."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell of a row; `proved`, `symbolic`, `numeric`, `read_as` are those of the row where it has one cell only."""

    name: str
    answer: str
    status: Status
    score: float | None
    code: str | None
    proved: bool
    read_as: str | None
    symbolic: Mapping[str, Any]
    numeric: Mapping[str, Any]
    certificate: object


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row as `grade`, `check` and `explain` write it; `values` are all of its fields."""

    number: int | None
    exercise: str | None
    exercise_hash: str | None
    answer: str
    status: Status
    score: float | None
    max_score: float
    cells: tuple[CellRow, ...]
    values: Mapping[str, Any]

    @property
    def inline(self) -> dict[str, Any]:
        """The exercise that the row brought along; empty when it names one of a bank."""
        carried = self.values.get("input")
        known = {**(carried if isinstance(carried, dict) else {}), **self.values}
        return {name: known[name] for name in _INLINE if known.get(name) not in (None, "")}


def row_of(line: str) -> ResultRow:
    """The row of a line; BadRow where it holds none."""
    try:
        values = json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise BadRow("nested too deep") from None
    except ValueError as error:
        raise BadRow(f"no JSON: {error}") from None
    if not isinstance(values, dict):
        raise BadRow("no object")
    return _row(values)


def _refuse(name: str) -> NoReturn:
    message = f"{name} is no number"
    raise ValueError(message)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        message = f"{text[:40]} is no number of moderate size"
        raise ValueError(message)
    return value


def _row(values: dict[str, Any]) -> ResultRow:
    missing = [name for name in ("answer", "status", "cells", "certificate") if name not in values]
    if missing:
        raise BadRow(f"no result row of grade: there is no field {missing[0]!r}")
    cells = _typed(values, "cells", list)
    if len(cells) > _MOST_CELLS:
        raise BadRow("too many cells")
    number = values.get("row")
    return ResultRow(
        number=number if isinstance(number, int) and not isinstance(number, bool) else None,
        exercise=_text_or_none(values, "exercise"),
        exercise_hash=_text_or_none(values, "exercise_hash"),
        answer=_typed(values, "answer", str),
        status=_status(values),
        score=_number(values, "score"),
        max_score=_number(values, "max_score") or 0.0,
        cells=tuple(_cell(cell, values, alone=len(cells) == 1) for cell in cells),
        values=values,
    )


def _cell(cell: object, row: Mapping[str, Any], *, alone: bool) -> CellRow:
    if not isinstance(cell, dict):
        raise BadRow("cells: an object is wanted for each cell")
    evidence = {**row, "read_as": row.get("read_as")} if alone else cell
    return CellRow(
        name=_typed(cell, "name", str),
        answer=_typed(cell, "answer", str),
        status=_status(cell),
        score=_number(cell, "score"),
        code=_text_or_none(cell, "code"),
        proved=evidence.get("proved") is True,
        read_as=_text_or_none(evidence, "read_as"),
        symbolic=_object(evidence, "symbolic"),
        numeric=_object(evidence, "numeric"),
        certificate=cell.get("certificate"),
    )


def _typed(values: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    value = values.get(name)
    if not isinstance(value, kind):
        raise BadRow(f"{name}: {_NAMES[kind]} is wanted")
    return value


def _object(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value: Mapping[str, Any] = _typed(values, name, dict)
    return value


def _text_or_none(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise BadRow(f"{name}: a text is wanted")


def _number(values: Mapping[str, Any], name: str) -> float | None:
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        raise BadRow(f"{name}: a number of moderate size, or null, is wanted")
    return float(value)


def _status(values: Mapping[str, Any]) -> Status:
    try:
        return Status(str(values.get("status")))
    except ValueError:
        raise BadRow(f"status: one of {', '.join(Status)} is wanted") from None


_LARGEST = 1e9
_NAMES: Mapping[type[Any], str] = {str: "a text", list: "a list", dict: "an object"}
