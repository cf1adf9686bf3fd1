"""Result rows as a table for a terminal: columns of fixed width, so that a row is shown as soon as it is there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from tutor.render.look import Look
from tutor.render.shown import shown
from tutor.render.to_json import Plain

_GAP = "  "
_NAMES = ("exercise", "function", "expected")
_SLIP_FROM = 100
"""From this width on there is a column for the slip."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    width: int
    right: bool = False


class TableWriter:
    """The table in the width of a look; what does not fit is cut with an ellipsis."""

    def __init__(self, look: Look) -> None:
        self._ellipsis = "…" if look.unicode else "..."
        self._unicode = look.unicode
        self._columns = _columns(look.width)

    def head(self) -> str:
        """The names of the columns over a rule."""
        names = self._line({column.name: column.name for column in self._columns})
        return f"{names.rstrip()}\n{('─' if self._unicode else '-') * len(names)}\n"

    def row(self, row: Plain) -> str:
        """One line."""
        score = row["score"]
        texts = {
            "row": str(row["row"]),
            "learner": _text(row["learner"]),
            "exercise": _text(next((row[name] for name in _NAMES if row.get(name) is not None), None)),
            "status": row["status"],
            "score": "" if score is None else f"{score:.2f}".rstrip("0").rstrip("."),
            "answer": _text(row["answer"]),
            "slip": _slip(row),
        }
        return self._line(texts).rstrip() + "\n"

    def _line(self, texts: dict[str, str]) -> str:
        return _GAP.join(self._cell(texts[column.name], column) for column in self._columns)

    def _cell(self, text: str, column: _Column) -> str:
        safe = shown(text, 4 * column.width + 4)
        if not self._unicode:
            safe = safe.encode("ascii", "backslashreplace").decode("ascii")
        cut = _cut(safe, column.width, self._ellipsis)
        blanks = " " * (column.width - _width(cut))
        return blanks + cut if column.right else cut + blanks


def _columns(width: int) -> tuple[_Column, ...]:
    fixed = (
        _Column("row", 5, right=True),
        _Column("learner", 10),
        _Column("exercise", 18),
        _Column("status", 10),
        _Column("score", 5, right=True),
    )
    left = width - sum(column.width + len(_GAP) for column in fixed)
    if width < _SLIP_FROM:
        return (*fixed, _Column("answer", max(left, 10)))
    slip = min(30, left // 2)
    return (*fixed, _Column("answer", left - slip - len(_GAP)), _Column("slip", slip))


def _slip(row: Plain) -> str:
    """The mal-rules of the best explanation, or what kept the row from being judged."""
    if row["error"] is not None:
        return str(row["error"]["code"])
    best = row["diagnosis"][:1]
    return " + ".join(best[0]["mal_rules"]) if best else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _cut(text: str, width: int, ellipsis: str) -> str:
    if _width(text) <= width:
        return text
    kept = ""
    for character in text:
        if _width(kept + character) > width - len(ellipsis):
            break
        kept += character
    return kept + ellipsis


def _width(text: str) -> int:
    """How many columns a text takes on a terminal: East Asian wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
