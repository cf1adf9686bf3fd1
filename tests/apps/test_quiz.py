"""The quiz from question to end screen, with a scripted front and the whole pipeline behind it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.apps.quiz_fakes import ScriptedFront, play_script
from tutor.apps.quiz import STOPPED, command_of
from tutor.checking.prover import no_prover
from tutor.exercise.model import Exercise
from tutor.feedback.assess import assess
from tutor.feedback.assessment import Assessment
from tutor.practice.history import History, What

RIGHT = ("2x cos(x^2)", "(2x y, x^2 + 1)", "1", "12")


def test_all_right(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, *RIGHT)
    assert sitting.screen.count("✓ Correct.") == 4
    assert "[1/4 sine]\n  Differentiate sin(x²) with respect to x.\n" in sitting.screen
    assert "4 of 4 done: 4 right (4 at the first attempt).\n" in sitting.screen
    assert sitting.code == 0
    assert [record.status for record in sitting.history.records()] == ["correct"] * 4


def test_the_ladder_evidence_then_the_slip_then_the_steps(tmp_path: Path) -> None:
    screen = play_script(tmp_path, "cos(x^2)", "cos(x^2)", "cos(x^2)", "").screen
    first, second, third = screen.split("✗ Not yet.")[1:]
    assert "the slope measured from f" in first
    assert "✗ look here" in first
    assert "chain-drop" not in first
    assert "chain-drop-inner" in second
    assert "Result:" not in second
    assert "Result:   2x·cos(x²)" in third
    assert "Enter for the next question: \n[2/4 saddle]" in third


def test_right_after_a_miss_goes_on(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "cos(x^2)", "2x cos(x^2)")
    assert "1 of 4 done: 1 right.\n" in sitting.screen.replace(" (0 at the first attempt)", "")
    assert "[2/4 saddle]" in sitting.screen


def test_an_unreadable_answer_costs_no_attempt(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "2x cos(x^2", "sine(x)", "cos(x^2)", "2x^^")
    assert sitting.screen.count("No attempt was used.") == 3
    assert [record.attempt for record in sitting.history.records()] == [1, 1, 1, 2]
    assert "             ^\n" in sitting.screen or "     ^\n" in sitting.screen


def test_nothing_typed_is_no_answer(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "", "   ")
    assert sitting.screen.count("Type an answer, or ? for what else.") == 2
    assert sitting.history.records() == ()


def test_commands(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "?", ":hint", ":hint", ":show", "", ":skip", ":nothing", ":skp", ":quit")
    for words in (
        ":hint   show the next hint",
        "Hint 1 of ",
        "Hint 2 of ",
        "Product:  cos(x²)·(2x)",
        "There is no :nothing.",
        "There is no :skp. Did you mean :skip?",
        "2 of 4 done: 0 right, 1 shown, 1 skipped.",
    ):
        assert words in sitting.screen
    whats = [record.what for record in sitting.history.records()]
    assert whats == [What.HINTED, What.HINTED, What.SHOWN, What.SKIPPED]


def test_hints_end(tmp_path: Path) -> None:
    assert "That was the last hint; :show gives the worked steps." in play_script(tmp_path, *[":hint"] * 9).screen


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("?", "?"),
        (":help", "?"),
        ("help", "?"),
        (":hint", ":hint"),
        ("HINT", ":hint"),
        (" :h ", ":hint"),
        (":q", ":quit"),
        ("quit", ":quit"),
        ("exit", ":quit"),
        (":s", ":s"),
        (":sk", ":skip"),
        (":sh", ":show"),
        ("x", None),
        ("", None),
        ("2x", None),
        ("s", None),
    ],
)
def test_a_command_is_told_from_an_answer(line: str, command: str | None) -> None:
    assert command_of(line) == command


def test_the_record_stands_before_the_screen_shows_it(tmp_path: Path) -> None:
    written: list[int] = []
    front = ScriptedFront(["cos(x^2)", "2x cos(x^2)"])
    original = front.show

    def show(blocks: object) -> None:
        path = tmp_path / "history.sqlite"
        written.append(len(History(path).records()))
        original(blocks)  # type: ignore[arg-type]

    front.show = show  # type: ignore[method-assign]
    play_script(tmp_path, front=front)
    question, miss, right = written[:3]
    assert (question, miss, right) == (0, 1, 2)


def test_what_was_done_is_not_asked_again(tmp_path: Path) -> None:
    play_script(tmp_path, "2x cos(x^2)", ":skip", ":quit")
    again = play_script(tmp_path)
    assert again.screen.startswith("[1/3 saddle]")
    play_script(tmp_path, *RIGHT[1:])
    over = play_script(tmp_path)
    assert over.screen.startswith("Everything here is done.")
    named = play_script(tmp_path, names=("sine",))
    assert named.screen.startswith("[1/1 sine]")


def test_ctrl_c_clears_the_line_and_twice_leaves(tmp_path: Path) -> None:
    once = play_script(tmp_path, KeyboardInterrupt, "2x cos(x^2)", KeyboardInterrupt, ":quit")
    assert once.code == 0
    assert once.screen.count("Ctrl-C again leaves; everything up to here is saved.") == 2
    twice = play_script(tmp_path, KeyboardInterrupt, KeyboardInterrupt)
    assert twice.code == STOPPED
    assert "history.sqlite" in twice.screen.splitlines()[-2]


def test_the_end_of_input_ends_the_sitting_and_says_what_is_kept(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "2x cos(x^2)", EOFError)
    assert sitting.code == 0
    assert "1 of 4 done: 1 right (1 at the first attempt).\n" in sitting.screen
    assert "Saved in" in sitting.screen


def test_an_interrupted_assessment_is_not_counted(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "cos(x^2)", "2x cos(x^2)", assess=interrupted_once())
    assert "Stopped; this line was not counted. Ctrl-C again leaves." in sitting.screen
    assert [record.attempt for record in sitting.history.records()] == [1]


def interrupted_once() -> Callable[[Exercise, str], Assessment]:
    calls = count()

    def assessed(exercise: Exercise, answer: str) -> Assessment:
        if next(calls) == 0:
            raise KeyboardInterrupt
        return assess(exercise, answer, no_prover)

    return assessed


def test_a_choice_tells_why_and_its_solution_at_the_end(tmp_path: Path) -> None:
    screen = play_script(tmp_path, ":skip", ":skip", "2", "2", "2", "").screen
    assert screen.count("Just right of 0 the sine rises.") == 3
    assert "This is not a slip I know." not in screen
    assert (
        screen.partition("Enter for the next question")[0]
        .rstrip()
        .endswith("1  cos  Yes, the curve begins to rise with slope 1.")
    )


def test_a_chosen_option_is_kept_by_its_text(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, ":skip", ":skip", "1")
    assert sitting.history.records()[-1].answer == "cos"


def test_a_vector_is_typed_on_one_line_and_its_wrong_entry_opened(tmp_path: Path) -> None:
    screen = play_script(tmp_path, ":skip", "(2x y, x^2)").screen
    assert "≈ 1 of 2 right." in screen
    assert "∂f/∂y   x²            ✗" in screen
    assert "In ∂f/∂y:" in screen


def test_diagnoses_and_seconds_are_kept(tmp_path: Path) -> None:
    (record,) = play_script(tmp_path, "cos(x^2)").history.records()
    assert record.mal_rules == ("chain-drop-inner",)
    assert record.seconds == 1.0
    assert (record.answer, record.exercise, record.sitting) == ("cos(x^2)", "sine", "test")
