"""Result rows as a table for a terminal: columns of fixed width, so that a row is shown as soon as it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tutor.apps.grade_marks import LONGEST, cut, foreign, marked
from tutor.checking.verdict import Status
from tutor.render.blocks import Role
from tutor.render.look import Look
from tutor.render.styled import Styled, blanks, columns, joined, painted, styled
from tutor.render.to_json import Plain

_GAP = 2
_NAMES = ("exercise", "function", "functions", "expected")
_SCORE = 5
_SLIP = 26
_ANSWER = 60
_NARROW = 100
"""Below this width names are cut earlier."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    width: int
    right: bool = False


class TableWriter:
    """The table in the width of a look; what does not fit is cut with an ellipsis.

    `widths` are the largest widths of the texts under learner, exercise and answer, as far as they are known.
    """

    is_safe = True

    def __init__(self, look: Look, widths: Mapping[str, int] | None = None) -> None:
        self._look = look
        self._columns = _columns(look.width, widths or {})

    def head(self) -> str:
        """The names of the columns over a rule."""
        names = joined(self._cell(styled(column.name, Role.STRONG), column) for column in self._columns)
        rule = "" if self._look.plain else ("─" if self._look.unicode else "-") * self._width() + "\n"
        return f"{painted(names, color=self._look.color)}\n{rule}"

    def row(self, row: Plain) -> str:
        """One line."""
        score = row["score"]
        texts = {
            "learner": self._foreign(row["learner"]),
            "exercise": self._foreign(_exercise(row)),
            "status": marked(Status(row["status"]), self._look),
            "score": styled("" if score is None else f"{score:.2f}".rstrip("0").rstrip(".")),
            "answer": self._foreign(row["answer"]),
            "slip": self._foreign(_slip(row), Role.NAME),
        }
        line = joined(self._cell(texts[column.name], column) for column in self._columns)
        return painted(line, color=self._look.color) + "\n"

    def tail(self) -> str:
        """Nothing: what it all comes to is said elsewhere."""
        return ""

    def _width(self) -> int:
        return sum(column.width + _GAP for column in self._columns) - _GAP

    def _foreign(self, value: Any, role: Role = Role.PLAIN) -> Styled:
        return styled("" if value is None else foreign(str(value), self._look, 400), role)

    def _cell(self, text: Styled, column: _Column) -> Styled:
        kept = cut(text.text, column.width, self._look)
        part = text if kept == text.text else styled(kept, text.roles[0] if text.roles else Role.PLAIN)
        space = blanks(column.width - columns(kept))
        return (space + part if column.right else part + space) + blanks(_GAP)


def _columns(width: int, widths: Mapping[str, int]) -> tuple[_Column, ...]:
    narrow = width < _NARROW
    learner = _within(widths.get("learner", 10), len("learner"), 14 if narrow else 30)
    exercise = _within(widths.get("exercise", 14), len("exercise"), 18 if narrow else 40)
    left = width - learner - exercise - LONGEST - _SCORE - 5 * _GAP
    wanted = _within(widths.get("answer", _ANSWER), len("answer"), _ANSWER)
    slip = min(_SLIP if narrow else 2 * _SLIP, max(left - wanted, left // 2))
    return (
        _Column("learner", learner),
        _Column("exercise", exercise),
        _Column("status", LONGEST),
        _Column("score", _SCORE, right=True),
        _Column("answer", min(wanted, left - slip)),
        _Column("slip", slip),
    )


def _within(width: int, least: int, most: int) -> int:
    return max(least, min(width, most))


def _exercise(row: Plain) -> str | None:
    name = next((row[name] for name in _NAMES if row.get(name) is not None), None)
    if name is None or row["variant"] is None or row["exercise"] is None:
        return name if name is None else str(name)
    return f"{name}#{row['variant']}"


def _slip(row: Plain) -> str:
    """The mal-rules of the best explanation, or what kept the row from being judged."""
    if row["error"] is not None:
        return str(row["error"]["code"])
    best = row["diagnosis"][:1]
    return " + ".join(best[0]["mal_rules"]) if best else ""
