"""An assessment as a page: what each attempt may see, and the screens as they were looked at and found good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.render import samples
from tutor.feedback.assessment import Assessment
from tutor.render.document import EVIDENCE, SLIP, WORKED, document, verdict_page
from tutor.render.explained import explained
from tutor.render.look import Look
from tutor.render.to_terminal import to_terminal

ASSESSMENTS = {name: value for name, value in vars(samples).items() if isinstance(value, Assessment)}


def screen(assessment: Assessment, attempt: int = WORKED, look: Look | None = None) -> str:
    return to_terminal(document(assessment, attempt=attempt), look or Look())


@pytest.mark.parametrize("attempt", [EVIDENCE, SLIP, WORKED])
@pytest.mark.parametrize("name", ASSESSMENTS)
def test_screen(name: str, attempt: int, snapshot: SnapshotAssertion) -> None:
    assert screen(ASSESSMENTS[name], attempt) == snapshot


@pytest.mark.parametrize(
    "look", [Look(unicode=False), Look().as_plain(), Look(color=True)], ids=["ascii", "plain", "color"]
)
def test_the_same_screen_in_other_looks(look: Look, snapshot: SnapshotAssertion) -> None:
    assert screen(samples.MISSING_MIDDLE, look=look) == snapshot
    assert screen(samples.GRADIENT, look=look) == snapshot


def test_an_explanation_without_an_answer(snapshot: SnapshotAssertion) -> None:
    assert to_terminal(explained(samples.EXPLANATION), Look()) == snapshot


def test_a_verdict_alone_shows_the_evidence_and_nothing_of_the_way() -> None:
    page = to_terminal(verdict_page(samples.MISSING_MIDDLE), Look())
    assert "2.3318…" in page
    assert "layer" not in page
    assert "cos(x²)" not in page


@pytest.mark.parametrize(
    ("attempt", "shown"),
    [
        (EVIDENCE, {"evidence"}),
        (SLIP, {"evidence", "slip"}),
        (WORKED, {"evidence", "slip", "local derivative", "result"}),
    ],
)
def test_an_attempt_adds_one_rung_of_the_ladder(attempt: int, shown: set[str]) -> None:
    page = screen(samples.MISSING_MIDDLE, attempt)
    signs = {"evidence": "2.3318…", "slip": "chain-drop-middle", "local derivative": " cos(x²) ", "result": "Result:"}
    assert {name for name, sign in signs.items() if sign in page} == shown


def test_the_place_is_ticked_from_the_first_attempt_on() -> None:
    assert "sin(v)   v = x²       ?                  ✗ look here" in screen(samples.MISSING_MIDDLE, EVIDENCE)


@pytest.mark.parametrize("attempt", [EVIDENCE, SLIP])
@pytest.mark.parametrize("name", ["MISSING_MIDDLE", "TIE", "NO_SLIP", "AUTHORS_MISTAKE"])
def test_the_key_is_not_given_away_before_the_worked_steps(name: str, attempt: int) -> None:
    assert "cos(x²)" not in screen(ASSESSMENTS[name], attempt)


def test_no_page_praises_or_blames() -> None:
    pages = "".join(screen(assessment) for assessment in ASSESSMENTS.values()).casefold()
    assert [
        word for word in ("great", "well done", "sorry", "oops", "stupid", "unfortunately", "!!") if word in pages
    ] == []


def test_a_constant_that_was_taken_off_is_shown_and_said_once() -> None:
    pages = [screen(samples.WITH_CONSTANT, attempt) for attempt in (EVIDENCE, SLIP)]
    assert all("read as  2x·cos(x²)·exp(sin(x²)) + C\n" in page for page in pages)
    assert ["A derivative has no + C." in page for page in pages] == [True, False]


def test_one_fault_of_several_cells_is_said_once() -> None:
    cells = tuple(
        replace(samples.UNREADABLE.cells[0], name=name, answer=text) for name, text in (("a", "2^^"), ("b", ""))
    )
    page = screen(replace(samples.UNREADABLE, cells=cells))
    assert page.count("a power is missing after ^") == 1


def test_an_unreadable_answer_shows_its_place_under_the_text() -> None:
    assert screen(samples.UNREADABLE).splitlines()[1:3] == ["  2x^^3", "     ^"]
