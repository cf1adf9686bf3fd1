"""What a sitting needs behind its questions: the bank, its exercises, the assessor."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.apps.quiz_fakes import small_bank
from tutor.apps.quiz_question import questions
from tutor.apps.quiz_start import Assessor, Shelf, questions_of
from tutor.checking.verdict import Status
from tutor.exercise.model import Exercise


def test_the_assessor_proves_in_a_process_of_its_own() -> None:
    loaded = threading.Event()
    with Assessor() as assessor:
        assessor.warm(lambda: None, loaded.set)
        assert loaded.wait(60)
        assessment = assessor.assess(Exercise.derivative("sin(x)^2"), "sin(2x)")
    assert (assessment.status, assessment.cells[0].proved) == (Status.CORRECT, True)


def test_questions_are_made_once_and_again_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bank = small_bank(tmp_path / "bank")
    found = [questions_of(str(tmp_path / "bank")) for _ in range(2)]
    assert found == [questions(bank)] * 2
    file = tmp_path / "bank" / "01-first.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("x^2*y", "x*y"), encoding="utf-8")
    assert questions_of(str(tmp_path / "bank")) != found[0]
    kept = [path.name for path in (tmp_path / "cache" / "difftutor").iterdir()]
    assert sorted(name.partition("-")[0] for name in kept) == ["bank", "questions"]


def test_the_shelf_has_the_choices_of_a_sitting_in_one_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    small_bank(tmp_path / "bank")
    first, second = (Shelf(str(tmp_path / "bank"), "seed") for _ in range(2))
    assert first("pick") == second("pick")
    assert first("sine").id == "sine"
