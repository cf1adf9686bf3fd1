"""The beginning of a sitting: what is asked, and which command lines are answered before their library is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.quiz_fakes import small_bank
from tutor.apps.quiz_opening import Options, chosen, recognised, to_ask
from tutor.apps.quiz_question import Question, from_stored, page, questions, shuffled, to_stored
from tutor.cli import difftutor
from tutor.errors import UsageError
from tutor.kinds.choice import shuffled as shuffled_exercise
from tutor.practice.standing import Standing
from tutor.render.look import Look, Wishes
from tutor.render.to_terminal import to_terminal

ALL = ["sine", "saddle", "pick", "value"]


def known(folder: Path) -> tuple[Question, ...]:
    return questions(small_bank(folder))


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        ((), ALL),
        (("pick",), ["pick"]),
        (("second",), ["pick", "value"]),
        (("SECOND",), ["pick", "value"]),
        (("02-second",), ["pick", "value"]),
        (("value", "second"), ["value", "pick"]),
    ],
)
def test_names_are_ids_units_or_files(tmp_path: Path, names: tuple[str, ...], ids: list[str]) -> None:
    assert [question.id for question in chosen(known(tmp_path), names)] == ids


@pytest.mark.parametrize(("name", "help_"), [("sin", "sine"), ("secnd", "second"), ("zzz", "--list")])
def test_an_unknown_name_is_said_with_the_nearest_one(tmp_path: Path, name: str, help_: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(known(tmp_path), (name,))
    assert help_ in (caught.value.suggestion or "")


DONE, BEGUN, LEFT = Standing(finished=True), Standing(begun=1), Standing(given_up=True)


@pytest.mark.parametrize(
    ("standing", "names", "ids"),
    [
        ({}, (), ALL),
        ({"sine": DONE}, (), ALL[1:]),
        ({"sine": DONE}, ("sine",), ALL),
        (dict.fromkeys(ALL, DONE), (), []),
        (dict.fromkeys(ALL, DONE), ("first",), ALL),
        ({"sine": LEFT, "pick": BEGUN}, (), ["pick", "saddle", "value", "sine"]),
        ({"sine": Standing(given_up=True, finished=True)}, ("sine",), ALL),
        ({"saddle": BEGUN}, ("sine", "saddle"), ALL),
    ],
)
def test_what_is_begun_comes_first_and_what_was_given_up_last(
    tmp_path: Path, standing: dict[str, Standing], names: tuple[str, ...], ids: list[str]
) -> None:
    assert [question.id for question in to_ask(known(tmp_path), standing, names)] == ids


# ---- questions ------------------------------------------------------------------------------------------------------


def test_a_question_comes_back_from_its_stored_form(tmp_path: Path) -> None:
    assert from_stored(to_stored(known(tmp_path))) == known(tmp_path)


def test_the_options_of_a_question_stand_in_the_order_of_the_exercise(tmp_path: Path) -> None:
    exercise = small_bank(tmp_path).find("pick")
    (question,) = chosen(known(tmp_path), ("pick",))
    orders = set()
    for seed in map(str, range(20)):
        orders.add(shuffled(question, seed).options)
        assert shuffled(question, seed).options == tuple(one.text for one in shuffled_exercise(exercise, seed).options)
    assert len(orders) == 2


@pytest.mark.parametrize(
    ("look", "lines"),
    [
        (Look(), ["[2/4 saddle]  attempt 2", "  Find the gradient of x²·y + y with respect to x, y."]),
        (Look(unicode=False), ["[2/4 saddle]  attempt 2", "  Find the gradient of x^2*y + y with respect to x, y."]),
        (Look(width=40), ["[2/4 saddle]  attempt 2", "  Find the gradient of x²·y + y with", "  respect to x, y."]),
    ],
)
def test_the_page_of_a_question(tmp_path: Path, look: Look, lines: list[str]) -> None:
    (question,) = chosen(known(tmp_path), ("saddle",))
    assert to_terminal(page(question, "2/4", attempt=2), look).splitlines() == lines


# ---- the command line before its library ----------------------------------------------------------------------------

WORDS = (
    "quiz", "quiz", "--plain", "--ascii", "--color", "--color=always", "never", "--store", "--store=f",
    "--exercises", "e", "chain", "--list", "-h", "--", "-x", "grade", "", "--plain=1", "--storef",
)  # fmt: skip


def by_click(words: list[str]) -> tuple[Options, Wishes] | None:
    """What the command line's library makes of the words; None where it does not come to a quiz."""
    asked: list[tuple[Options, Wishes]] = []

    def noted(options: Options, _: object, wishes: Wishes, __: object) -> int:
        asked.append((options, wishes))
        return 0

    with patch("tutor.apps.quiz.run_quiz", noted):
        CliRunner().invoke(difftutor, words)
    return asked[0] if asked else None


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_recognised_early_means_the_same_later(words: list[str]) -> None:
    early = recognised(words)
    if early is not None:
        assert early == by_click(words)


@pytest.mark.parametrize(
    "words",
    [["quiz"], ["--plain", "quiz", "chain"], ["quiz", "--store=f", "--ascii"], ["--color", "never", "quiz", "a", "b"]],
)
def test_plain_command_lines_are_recognised(words: list[str]) -> None:
    assert recognised(words) is not None


@pytest.mark.parametrize("words", [[], ["grade", "quiz"], ["quiz", "--list"], ["quiz", "-h"], ["quiz", "--color=red"]])
def test_others_are_left_to_the_library(words: list[str]) -> None:
    assert recognised(words) is None


def test_early_or_late_the_screen_is_the_same(tmp_path: Path) -> None:
    small_bank(tmp_path / "bank")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    options = ["--exercises", str(tmp_path / "bank"), "--store", str(tmp_path / "s"), "first"]
    command = [sys.executable, "-m", "tutor", "quiz", *options]
    runs = [
        subprocess.run(command, input="x\n:quit\n", capture_output=True, encoding="utf-8", env=environment, check=True)
        for _ in range(2)
    ]
    first, second = (run.stdout.splitlines() for run in runs)
    assert first[:2] == ["[1/2 sine]", "  Differentiate sin(x²) with respect to x."]
    assert second[:2] == ["[1/2 sine]  attempt 2", "  Differentiate sin(x²) with respect to x."]
