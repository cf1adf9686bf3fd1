"""The table, the summary, and how far it has come."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from tutor.apps import grade_progress
from tutor.apps.grade_progress import progress
from tutor.apps.grade_rows import Row
from tutor.apps.grade_share import Share
from tutor.apps.grade_summary import Summary
from tutor.apps.grade_table import TableWriter
from tutor.render.look import Look

ROW: dict[str, Any] = {
    "row": 17,
    "learner": "ana",
    "exercise": "chain-01",
    "variant": None,
    "function": None,
    "status": "incorrect",
    "score": 0.0,
    "max_score": 1.0,
    "answer": "2x cos(x)",
    "error": None,
    "message": "",
    "diagnosis": [{"mal_rules": ["chain-outer-at-x"]}, {"mal_rules": ["b"]}],
}

WIDTHS = {"learner": 7, "exercise": 8, "answer": 9}
NOBODY = {"learner": None, "exercise": None}
LINES: dict[str, tuple[dict[str, Any], str]] = {
    "a wrong answer": ({}, "ana      chain-01  ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "a score": ({"score": 0.9}, "ana      chain-01  ✗ incorrect     0.9  2x cos(x)  chain-outer-at-x"),
    "a third": ({"score": 1 / 3}, "ana      chain-01  ✗ incorrect    0.33  2x cos(x)  chain-outer-at-x"),
    "right": (
        {"status": "correct", "score": 1.0, "diagnosis": []},
        "ana      chain-01  ✓ correct         1  2x cos(x)",
    ),
    "another form": ({"status": "equivalent", "diagnosis": []}, "ana      chain-01  ≈ equivalent      0  2x cos(x)"),
    "in part": ({"status": "partial", "diagnosis": []}, "ana      chain-01  ≈ partial         0  2x cos(x)"),
    "no score": (
        {"score": None, "status": "undecided", "diagnosis": []},
        "ana      chain-01  ? undecided          2x cos(x)",
    ),
    "a broken row": (
        {"score": None, "status": "error", "error": {"code": "short-row"}},
        "ana      chain-01  ! error              2x cos(x)  short-row",
    ),
    "nothing given": (NOBODY, "                   ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "a function": (NOBODY | {"function": "x^2"}, "         x^2       ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "a key": (NOBODY | {"expected": "2x"}, "         2x        ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "a variant": (
        {"exercise": "c", "variant": 7},
        "ana      c#7       ✗ incorrect       0  2x cos(x)  chain-outer-at-x",
    ),
    "a long name": ({"learner": "x" * 8}, "xxxxxx…  chain-01  ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "wide letters": ({"learner": "佐藤" * 3}, "佐藤佐…  chain-01  ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "a control": ({"learner": "\x1b[2J\n"}, "\\x1b[2…  chain-01  ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "a number for a name": ({"learner": 12}, "12       chain-01  ✗ incorrect       0  2x cos(x)  chain-outer-at-x"),
    "two slips": (
        {"diagnosis": [{"mal_rules": ["chain-outer-at-x", "sign-flip"]}]},
        "ana      chain-01  ✗ incorrect       0  2x cos(x)  chain-outer-at-x + sign-f…",
    ),
}


@pytest.mark.parametrize("case", LINES, ids=str)
def test_a_row_is_one_line_of_the_table(case: str) -> None:
    change, expected = LINES[case]
    assert TableWriter(Look(), WIDTHS).row(ROW | change) == expected + "\n"


@pytest.mark.parametrize("widths", [{}, {"learner": 70, "exercise": 70, "answer": 70}, {"answer": 3}])
def test_the_table_keeps_to_its_width_and_to_ascii(widths: dict[str, int]) -> None:
    writer = TableWriter(Look(width=80, unicode=False), widths)
    text = writer.head() + writer.row(ROW | {"answer": "√x·" * 40, "learner": "Đorđe" * 9, "exercise": "e" * 90})
    assert text.isascii()
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_table_in_colour_says_the_same_words() -> None:
    plain, colored = TableWriter(Look(), WIDTHS), TableWriter(Look(color=True), WIDTHS)
    text = colored.head() + colored.row(ROW)
    assert "\x1b[31m✗ incorrect" in text
    assert re.sub(r"\x1b\[\d*m", "", text) == plain.head() + plain.row(ROW)


def test_a_plain_table_has_no_rule() -> None:
    assert len(TableWriter(Look().as_plain()).head().splitlines()) == 1


def entered(summary: Summary, status: str, exercise: str, slips: list[str], **changes: Any) -> None:
    diagnosis = [{"mal_rules": slips}, {"mal_rules": ["never"]}] if slips else []
    result = ROW | {"status": status, "exercise": exercise, "diagnosis": diagnosis} | changes
    place = Row(1, 7, {"learner": "ana", "exercise": exercise}, file="a.csv")
    summary.add(place, result)


def test_the_summary_counts_statuses_slips_and_exercises() -> None:
    summary = Summary()
    nothing = {"score": None, "error": {"code": "empty", "suggestion": None}}
    entered(summary, "correct", "b", [], score=1.0)
    entered(summary, "incorrect", "b", ["chain-drop-inner"])
    entered(summary, "incorrect", "a", ["chain-drop-inner"])
    entered(summary, "partial", "a", ["of-the-author"], score=0.5)
    entered(summary, "unreadable", "a", [], **nothing)
    entered(
        summary, "error", "x\x1b", [], score=None, message="line 7: torn", error={"code": "e", "suggestion": "mend it"}
    )
    assert list(summary.lines(4, Look())) == [
        "6 rows, 4 distinct answers: 1 correct, 1 partial, 2 incorrect, 1 unreadable (1",
        "  empty), 1 error",
        "37.5 % of the points of the answers that were judged",
        "look at these first:",
        "  a.csv:7  ! error  ana, x\\x1b: torn (mend it)",
        "hardest exercises:",
        "    0 %  0 of 2 right  a",
        "   50 %  1 of 2 right  b",
        "most frequent slips:",
        "      2  chain-drop-inner  Inner derivative missing",
        "      1  of-the-author",
    ]
    assert summary.unsettled


def test_ten_rows_are_listed_and_the_others_counted() -> None:
    summary = Summary()
    for number in range(25):
        entered(summary, "undecided", "a", [], score=None, message="no " * 30, error={"code": "c", "suggestion": None})
        assert summary.rows == number + 1
    lines = list(summary.lines(1, Look()))
    assert lines.count("  a.csv:7  ? undecided  ana, a") == 10
    assert "  and 15 more" in lines
    assert all(len(line) <= 80 for line in lines)


def test_the_summary_keeps_to_ascii() -> None:
    summary = Summary()
    entered(summary, "error", "ė" * 50, [], score=None, message="ė" * 90, error={"code": "c", "suggestion": "ė"})
    entered(summary, "incorrect", "ė" * 60, ["ė"])
    assert all(line.isascii() and len(line) <= 80 for line in summary.lines(1, Look(unicode=False)))


SHARES: dict[str, tuple[list[tuple[float | None, float]], float, bool, bool]] = {
    "nothing": ([], 0.0, False, True),
    "all": ([(1.0, 1.0)] * 3, 100.0, False, False),
    "thirds": ([(1 / 3, 1.0)] * 3, 33.3333, False, True),
    "none counts": ([(None, 1.0), (1.0, 2.0)], 50.0, False, False),
}


@pytest.mark.parametrize("case", SHARES, ids=str)
def test_the_share_of_points(case: str) -> None:
    rows, percent, under_nothing, under_half = SHARES[case]
    share = Share()
    for score, most in rows:
        share.add({"score": score, "max_score": most})
    assert share.percent == pytest.approx(percent, abs=1e-3)
    assert (share.is_under(None), share.is_under(50.0)) == (under_nothing, under_half)


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
