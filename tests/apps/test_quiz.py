"""The quiz from question to end screen, with a scripted front and the whole pipeline behind it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.apps.quiz_fakes import ScriptedFront, play_script
from tutor.apps.quiz import STOPPED
from tutor.apps.quiz_actions import command_of
from tutor.checking.prover import no_prover
from tutor.exercise.model import Exercise
from tutor.feedback.assess import assess
from tutor.feedback.assessment import Assessment
from tutor.practice.history import History, Record, What, unusable
from tutor.practice.standing import Standing, standings

RIGHT = ("2x cos(x^2)", "(2x y, x^2 + 1)", "1", "12")


def test_all_right(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, *RIGHT)
    assert sitting.screen.count("✓ Correct.") == 4
    assert "[1/4 sine]\n  Differentiate sin(x²) with respect to x.\n" in sitting.screen
    assert "4 of 4 done: 4 right (4 at the first attempt).\n" in sitting.screen
    assert sitting.code == 0
    assert [record.status for record in sitting.history.records()] == ["correct"] * 4


def test_the_ladder_evidence_then_the_slip_then_the_steps(tmp_path: Path) -> None:
    screen = play_script(tmp_path, "cos(x^2)", "2x cos(x)", "cos(x^2)", "").screen
    first, second, third = screen.split("✗ Not yet.")[1:]
    assert "the slope measured from f" in first
    assert "✗ look here" in first
    assert "chain-drop" not in first
    assert "chain-outer-at-x" in second
    assert "Result:" not in second
    assert "chain-drop-inner" in third
    assert "Result:   2x·cos(x²)" in third
    assert "Enter for the next question: \n[2/4 saddle]" in third


def test_right_after_a_miss_goes_on(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "cos(x^2)", "2x cos(x^2)")
    assert "1 of 4 done: 1 right.\n" in sitting.screen.replace(" (0 at the first attempt)", "")
    assert "[2/4 saddle]" in sitting.screen


OFFERED = ":again asks d/dx sin(x³), where the same slip would show."


def test_after_a_slip_a_fresh_exercise_is_offered_once_its_exercise_is_over(tmp_path: Path) -> None:
    screen = play_script(tmp_path, "cos(x^2)", "2x cos(x^2)").screen
    assert screen.count(OFFERED) == 1
    assert screen.index(OFFERED) > screen.index("✓ Correct.")


def test_nothing_is_offered_after_an_exercise_without_a_slip(tmp_path: Path) -> None:
    assert ":again asks" not in play_script(tmp_path, "2x cos(x^2)").screen


def test_again_asks_it_shows_what_the_answer_is_and_goes_on(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "cos(x^2)", "2x cos(x^2)", ":again", "cos(x^3)", "(2x y, x^2 + 1)")
    again, _, rest = sitting.screen.partition("[:again chain-drop-inner]")[2].partition("[2/4 saddle]")
    assert "Differentiate sin(x³) with respect to x." in again
    assert "chain-drop-inner" in again
    assert "Result:   3x²·cos(x³)" in again
    assert "✓ Correct." in rest
    assert [record.exercise for record in sitting.history.records()] == ["sine", "sine", "saddle"]


def test_again_at_the_worked_steps_leads_back_to_them(tmp_path: Path) -> None:
    screen = play_script(tmp_path, "cos(x^2)", ":show", ":a", "3x^2 cos(x^3)", "").screen
    assert OFFERED in screen
    assert screen.partition("[:again")[2].index("✓ Correct.") < screen.partition("[:again")[2].index("[2/4 saddle]")


@pytest.mark.parametrize("line", ["", ":skip", EOFError])
def test_again_can_be_left(tmp_path: Path, line: str | type[BaseException]) -> None:
    sitting = play_script(tmp_path, "cos(x^2)", "2x cos(x^2)", ":again", line, "(2x y, x^2 + 1)")
    assert [record.exercise for record in sitting.history.records()] == ["sine", "sine", "saddle"]


def test_without_a_slip_there_is_nothing_again(tmp_path: Path) -> None:
    assert "There is no slip to try again." in play_script(tmp_path, ":again").screen


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
    assert (
        "That was the last hint; :steps shows the way, :show the worked solution."
        in play_script(tmp_path, *[":hint"] * 9).screen
    )


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
    assert command_of(line)[0] == command


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
    assert written[:4] == [0, 1, 2, 2]  # question, miss, right, the next question


def test_what_was_done_is_not_asked_again(tmp_path: Path) -> None:
    play_script(tmp_path, "2x cos(x^2)", ":skip", ":quit")
    again = play_script(tmp_path)
    assert again.screen.lstrip().startswith("[1/3 pick]")  # what was skipped comes last
    play_script(tmp_path, *RIGHT[2:], RIGHT[1])
    over = play_script(tmp_path)
    assert over.screen.lstrip().startswith("Everything here is done.")
    named = play_script(tmp_path, names=("sine",))
    assert named.screen.lstrip().startswith("[1/1 sine]")


def unbroken(screen: str) -> str:
    """A screen without line ends: a path may be longer than a line."""
    return screen.replace("\n  ", "")


def test_ctrl_c_clears_the_line_and_twice_leaves(tmp_path: Path) -> None:
    once = play_script(tmp_path, KeyboardInterrupt, "2x cos(x^2)", KeyboardInterrupt, ":quit")
    assert once.code == 0
    assert once.screen.count("Ctrl-C again leaves; everything up to here is saved.") == 2
    twice = play_script(tmp_path, KeyboardInterrupt, KeyboardInterrupt, sitting="later")
    assert twice.code == STOPPED
    assert "Saved in" in twice.screen
    assert "history.sqlite" in unbroken(twice.screen)


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
    screen = play_script(tmp_path, ":skip", ":skip", "2", ":show", "").screen
    assert screen.count("Just right of 0 the sine rises.") == 1
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
    assert "look at ∂f/∂y" in screen


def test_diagnoses_and_seconds_are_kept(tmp_path: Path) -> None:
    (record,) = play_script(tmp_path, "cos(x^2)").history.records()
    assert record.mal_rules == ("chain-drop-inner",)
    assert record.seconds == 1.0
    assert (record.answer, record.exercise, record.sitting) == ("cos(x^2)", "sine", "test")


# ---- what costs nothing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "again"),
    [("cos(x^2)", "cos(x^2)"), ("cos(x^2)", "cos( x²)"), ("2 cos(x)", "2·cos x"), ("x + C", "x + C")],
)
def test_the_last_answer_again_costs_nothing(tmp_path: Path, first: str, again: str) -> None:
    sitting = play_script(tmp_path, first, again)
    assert "This is your last answer again. No attempt was used." in sitting.screen
    assert len(sitting.history.records()) == 1


@pytest.mark.parametrize("between", [("cos(x^2)", "x", "cos(x^2)"), ("cos(x^2)", ":undo", "cos(x^2)"), ("x", "x + C")])
def test_another_answer_in_between_makes_it_new(tmp_path: Path, between: tuple[str, ...]) -> None:
    assert "last answer again" not in play_script(tmp_path, *between).screen


def test_the_same_option_again_costs_nothing_in_a_later_sitting_too(tmp_path: Path) -> None:
    play_script(tmp_path, ":skip", ":skip", "2", sitting="one")
    later = play_script(tmp_path, "b", sitting="two")
    assert "[1/4 pick]  attempt 2" in later.screen
    assert "last answer again" in later.screen


def test_the_attempts_that_are_left_are_told(tmp_path: Path) -> None:
    screen = play_script(tmp_path, "x", "2x", "3x", "").screen
    assert [words in screen for words in ("2 attempts left.", "One attempt left.", "0 attempts")] == [True, True, False]


# ---- undo -----------------------------------------------------------------------------------------------------------


def test_undo_takes_back_one_after_the_other_and_the_record_keeps_all(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "x", "2x cos(x^2)", ":skip", ":undo", ":undo", ":undo", ":undo", "2x cos(x^2)")
    assert re.findall(r"Taken back: (.*)\.", sitting.screen) == [":skip", "your answer 2x cos(x^2)", "your answer x"]
    assert "There is nothing to take back in this sitting." in sitting.screen
    whats = [record.what.value for record in sitting.history.records()]
    assert whats == ["answered", "answered", "skipped", "undone", "undone", "undone", "answered"]
    assert standings(sitting.history.records())["sine"] == Standing(finished=True, first_try=True, attempts=1)


def test_undo_at_the_worked_steps_asks_again(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, ":show", ":undo", "2x cos(x^2)")
    assert sitting.screen.count("[1/4 sine]") == 2
    assert standings(sitting.history.records())["sine"].first_try


def test_undo_passes_over_what_cost_nothing(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "x", "2x^^", ":undo")
    assert "Taken back: your answer x." in sitting.screen
    assert standings(sitting.history.records())["sine"].attempts == 0


# ---- the way, notes -------------------------------------------------------------------------------------------------


def test_steps_show_more_after_each_attempt_and_never_the_result(tmp_path: Path) -> None:
    screen = play_script(tmp_path, ":steps", "x", ":steps", "2x", ":steps").screen
    ways = [part.partition("A result that is")[0] for part in screen.split(":steps\n")[1:]]
    assert [way.count("= …") for way in ways] == [2, 1, 1]
    assert not any("2x·cos(x²)" in way for way in ways)
    assert all("D(sin(u)) -> cos(u)*D(u)" in way for way in ways)


def test_steps_count_no_attempt(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, ":steps", "2x cos(x^2)")
    assert standings(sitting.history.records())["sine"].first_try


def test_a_note_is_kept(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, ":flag typo  in the text", ":flag", ":FLAG too hard")
    assert "Marked with your note." in sitting.screen
    assert standings(sitting.history.records())["sine"].flags == ("typo  in the text", "", "too hard")


# ---- Ctrl-C ---------------------------------------------------------------------------------------------------------


def test_ctrl_c_while_an_answer_is_written_shows_the_verdict_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = History.append

    def interrupted(history: History, *records: Record) -> None:
        append(history, *records)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(History, "append", interrupted)
    sitting = play_script(tmp_path, "cos(x^2)")
    assert "✗ Not yet." in sitting.screen
    assert "Ctrl-C again leaves; everything up to here is saved." in sitting.screen
    assert "not counted" not in sitting.screen
    assert [record.attempt for record in sitting.history.records()] == [1]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


# ---- the end --------------------------------------------------------------------------------------------------------


def test_the_end_says_what_went_well_what_slipped_and_what_is_next(tmp_path: Path) -> None:
    sitting = play_script(tmp_path, "cos(x^2)", ":show", "", "(2x y, x^2 + 1)", ":skip", ":quit")
    end = sitting.screen.partition("3 of 4 done: 1 right (1 at the first attempt), 1 shown, 1 skipped.")[2]
    for words in (
        "Right at once: saddle.",
        "Inner derivative",
        "chain-drop-inner",
        "Worth another look: sine, pick.",
        "Saved in",
        "difftutor quiz goes on from here.",
        "difftutor progress",
    ):
        assert words in end
    assert "history.sqlite" in unbroken(end)


# ---- the record -----------------------------------------------------------------------------------------------------


def test_a_record_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sitting = play_script(tmp_path, "2x cos(x^2)", ":quit", store=tmp_path / "file" / "history.sqlite")
    assert sitting.screen.count("What you do is not saved: ") == 1
    assert "✓ Correct." in sitting.screen
    assert "Nothing of this was saved." in sitting.screen


def test_a_record_that_cannot_be_written_any_more_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(history: History, *_: Record) -> None:
        raise unusable(history.path, OSError("No space left on device"))

    monkeypatch.setattr(History, "append", full)
    screen = play_script(tmp_path, "x", "2x", "3x", ":undo", "2x cos(x^2)").screen
    assert screen.count("No space left on device") == 1
    assert "Taken back: your answer 3x." in screen
    assert "1 of 4 done: 1 right" in screen


def test_a_damaged_record_is_set_aside_and_said(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite").write_bytes(b"no database at all" * 100)
    sitting = play_script(tmp_path, "2x cos(x^2)")
    assert "The record of your answers was damaged; it is now" in " ".join(sitting.screen.split())
    assert (tmp_path / "history.damaged-1.sqlite").read_bytes().startswith(b"no database")
    assert len(sitting.history.records()) == 1
