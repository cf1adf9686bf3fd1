"""The table, the summary, and how far it has come."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tutor.apps import grade_progress
from tutor.apps.grade_progress import progress
from tutor.apps.grade_summary import Summary
from tutor.apps.grade_table import TableWriter
from tutor.render.look import Look

ROW: dict[str, Any] = {
    "row": 17,
    "learner": "ana",
    "exercise": "chain-01",
    "function": None,
    "status": "incorrect",
    "score": 0.0,
    "answer": "2x cos(x)",
    "error": None,
    "diagnosis": [{"mal_rules": ["chain-outer-at-x"]}, {"mal_rules": ["b"]}],
}

NOBODY = {"learner": None, "exercise": None}
LINES: dict[str, tuple[dict[str, Any], str]] = {
    "a wrong answer": ({}, "   17  ana         chain-01            incorrect       0  2x cos(x)"),
    "a score": ({"score": 0.9}, "   17  ana         chain-01            incorrect     0.9  2x cos(x)"),
    "no score": ({"score": None}, "   17  ana         chain-01            incorrect          2x cos(x)"),
    "nothing given": (NOBODY, "   17                                  incorrect       0  2x cos(x)"),
    "a function": (NOBODY | {"function": "x^2"}, "   17              x^2                 incorrect       0  2x cos(x)"),
    "a key": (NOBODY | {"expected": "2x"}, "   17              2x                  incorrect       0  2x cos(x)"),
    "a long name": ({"learner": "x" * 11}, "   17  xxxxxxxxx…  chain-01            incorrect       0  2x cos(x)"),
    "wide letters": ({"learner": "佐藤" * 3}, "   17  佐藤佐藤…   chain-01            incorrect       0  2x cos(x)"),
    "a control": ({"learner": "a\x1b[2J\n"}, "   17  a\\x1b[2J\\…  chain-01            incorrect       0  2x cos(x)"),
    "a number for a name": ({"learner": 12}, "   17  12          chain-01            incorrect       0  2x cos(x)"),
}


@pytest.mark.parametrize("case", LINES, ids=str)
def test_a_row_is_one_line_of_the_table(case: str) -> None:
    change, expected = LINES[case]
    assert TableWriter(Look()).row(ROW | change) == expected + "\n"


def test_the_table_keeps_to_its_width_and_to_ascii() -> None:
    writer = TableWriter(Look(width=80, unicode=False))
    text = writer.head() + writer.row(ROW | {"answer": "√x·" * 40, "learner": "Đorđe"})
    assert text.isascii()
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_wide_screen_shows_the_slip() -> None:
    writer = TableWriter(Look(width=120))
    assert writer.head().splitlines()[0].endswith("slip")
    assert writer.row(ROW).rstrip().endswith("chain-outer-at-x")
    assert writer.row(ROW | {"error": {"code": "short-row"}}).rstrip().endswith("short-row")


def test_the_summary_counts_statuses_slips_and_exercises() -> None:
    summary = Summary()
    for status, exercise, slips in (
        ("correct", "b", []),
        ("incorrect", "b", ["chain-drop-inner"]),
        ("incorrect", "a", ["chain-drop-inner"]),
        ("partial", "a", ["product-of-derivatives"]),
        ("unreadable", "a", []),
        ("error", "unknown\x1b", []),
    ):
        diagnosis = [{"mal_rules": slips}, {"mal_rules": ["never"]}] if slips else []
        summary.add(ROW | {"status": status, "exercise": exercise, "diagnosis": diagnosis})
    assert list(summary.lines(4)) == [
        "6 rows, 4 distinct answers: 1 correct, 1 partial, 2 incorrect, 1 unreadable, 1 error",
        "most frequent slips:",
        "     2  chain-drop-inner",
        "     1  product-of-derivatives",
        "hardest exercises:",
        "     2 of 2 missed  a",
        "     1 of 2 missed  b",
    ]
    assert summary.unsettled


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def advanced(stream: io.StringIO, total: int | None, look: Look, *, bar: bool = True) -> str:
    with progress(stream, look, total, bar=bar) as advance:
        for _ in range(3):
            advance()
    return stream.getvalue()


def test_there_is_a_bar_on_a_terminal_and_it_goes_away() -> None:
    text = advanced(Terminal(), 3, Look(color=True))
    assert "grading" in text
    assert text.endswith("\x1b[2K")


PLAIN_PROGRESS = {
    "a pipe": (io.StringIO, 3, Look(), True, "graded 1 of 3 rows\ngraded 2 of 3 rows\ngraded 3 of 3 rows\n"),
    "a pipe of unknown length": (io.StringIO, None, Look(), True, "graded 1 rows\ngraded 2 rows\ngraded 3 rows\n"),
    "a plain terminal": (Terminal, None, Look(plain=True), True, "graded 1 rows\ngraded 2 rows\ngraded 3 rows\n"),
    "a terminal that shows the rows": (Terminal, 3, Look(), False, ""),
}


@pytest.mark.parametrize("case", PLAIN_PROGRESS, ids=str)
def test_elsewhere_there_is_a_line_now_and_then(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, total, look, bar, expected = PLAIN_PROGRESS[case]
    monkeypatch.setattr(grade_progress, "INTERVAL", 0.0)
    assert advanced(kind(), total, look, bar=bar) == expected


def test_no_line_comes_before_its_time() -> None:
    assert advanced(io.StringIO(), 3, Look()) == ""
