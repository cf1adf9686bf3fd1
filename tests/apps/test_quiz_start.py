"""Which exercises a sitting asks, and what it says of names that it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apps.quiz_fakes import small_bank
from tutor.apps.quiz_start import Assessor, chosen, to_ask
from tutor.checking.verdict import Status
from tutor.errors import UsageError
from tutor.exercise.model import Exercise

ALL = ["sine", "saddle", "pick", "value"]


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
    assert [exercise.id for exercise in chosen(small_bank(tmp_path), names)] == ids


@pytest.mark.parametrize(("name", "help_"), [("sin", "sine"), ("secnd", "second"), ("zzz", "--list")])
def test_an_unknown_name_is_said_with_the_nearest_one(tmp_path: Path, name: str, help_: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(small_bank(tmp_path), (name,))
    assert help_ in (caught.value.suggestion or "")


@pytest.mark.parametrize(
    ("finished", "names", "ids"),
    [
        (set(), (), ALL),
        ({"sine"}, (), ALL[1:]),
        ({"sine"}, ("sine",), ALL),
        (set(ALL), (), []),
        (set(ALL), ("first",), ALL),
    ],
)
def test_what_is_finished_is_asked_only_when_it_is_named(
    tmp_path: Path, finished: set[str], names: tuple[str, ...], ids: list[str]
) -> None:
    exercises = small_bank(tmp_path).exercises
    assert list(to_ask(exercises, frozenset(finished), names)) == ids


def test_the_assessor_proves_in_a_process_of_its_own() -> None:
    with Assessor() as assessor:
        assessor.warm()
        assessment = assessor.assess(Exercise.derivative("sin(x)^2"), "sin(2x)")
    assert (assessment.status, assessment.cells[0].proved) == (Status.CORRECT, True)
