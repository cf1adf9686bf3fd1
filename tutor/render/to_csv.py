"""A result row as cells of CSV: the JSON row's names with dots for objects; lists and open objects are JSON text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tutor.render.to_json import FIELDS, clashes, line

# fmt: off
_PARTS: Mapping[str, tuple[str, ...]] = {
    "symbolic": ("outcome", "method"),
    "numeric":  ("outcome", "points", "tolerance", "witness.at",
                 "witness.slope.mid", "witness.slope.rad", "witness.answer.mid", "witness.answer.rad"),
    "error":    ("code", "message", "span", "suggestion"),
}
# fmt: on

REST = "extra"
"""The column for carried fields that were not known when the first line was written, as a JSON object."""


def columns(carried: Sequence[str] | None) -> tuple[str, ...]:
    """The names of all columns; `carried` are those of the input, None when they cannot be known beforehand."""
    own = [f"{name}.{part}" if part else name for name in FIELDS for part in _PARTS.get(name, ("",))]
    if carried is None:
        return (*own, REST)
    return (*own, *(f"input.{name}" if clashes(name) else name for name in carried))


def csv_line(cells: Iterable[str]) -> str:
    r"""Cells as one line of CSV (RFC 4180) that ends in "\n".

    The writer quotes a carriage return only if it ends lines with one itself.
    """
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue().removesuffix("\r\n") + "\n"


def cells(row: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """The texts of a row under the given column names."""
    if names[-1:] != (REST,):
        return [_text(_at(row, name)) for name in names]
    rest = {name: value for name, value in row.items() if name not in FIELDS}
    return [*(_text(_at(row, name)) for name in names[:-1]), line(rest) if rest else ""]


def _at(row: Mapping[str, Any], name: str) -> Any:
    """The value under a name with dots; a carried name may hold dots itself."""
    if name in row:
        return row[name]
    value: Any = row
    while name:
        if not isinstance(value, Mapping):
            return None
        if name in value:
            return value[name]
        first, _, name = name.partition(".")
        value = value.get(first)
    return None


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | int() | float() | list() | Mapping():
            return line(value)
        case _:
            return str(value)
