"""What a sitting needs behind its questions: the questions of a bank, its exercises, and the assessor."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from tutor.apps.quiz_opening import bank_path, cache_folder, questions_file
from tutor.apps.quiz_question import Question, from_stored, questions, to_stored
from tutor.exercise.bank_cache import UNUSABLE, cached_bank, keep, kept

if TYPE_CHECKING:
    from pathlib import Path

    from tutor.checking.symbolic_worker import WorkerProver
    from tutor.exercise.bank import Bank
    from tutor.exercise.model import Exercise
    from tutor.feedback.assessment import Assessment


def bank_of(folder: str | None) -> Bank:
    """The bank in a folder or file, by default the one that comes with the program; from its cache if it can be."""
    return cached_bank(bank_path(folder), cache_folder(), _read)


def questions_of(folder: str | None) -> tuple[Question, ...]:
    """The questions of a bank, from their cache if it can be, else made and stored.

    Raises what a faulty bank raises.
    """
    file = questions_file(bank_path(folder))
    try:
        return from_stored(kept(file))
    except UNUSABLE:
        found = questions(bank_of(folder))
    keep(to_stored(found), file)
    return found


def _read(path: Path) -> Bank:
    from tutor.exercise.bank import load_bank
    from tutor.kinds.catalogue import KINDS

    return load_bank(path, KINDS)


class Shelf:
    """The exercises of a bank, loaded when the first of them is wanted, choices in the order of a sitting."""

    def __init__(self, folder: str | None, sitting: str) -> None:
        self._folder = folder
        self._sitting = sitting
        self._lock = threading.Lock()
        self._bank: Bank | None = None

    def __call__(self, id_: str) -> Exercise:
        """The exercise with an id."""
        from tutor.kinds.choice import shuffled

        return shuffled(self.bank().find(id_), self._sitting)

    def bank(self) -> Bank:
        """The bank itself."""
        with self._lock:
            if self._bank is None:
                self._bank = bank_of(self._folder)
            return self._bank


class Assessor:
    """Assesses answers with a prover in a process of its own, both made ready in the background."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._prover: WorkerProver | None = None

    def __enter__(self) -> Assessor:
        return self

    def __exit__(self, *_: object) -> None:
        if self._prover is not None:
            self._prover.close()

    def warm(self, first: Callable[[], object], done: Callable[[], None]) -> None:
        """Begin to load: `first` and what reads answers, of which `done` tells, then what an assessment needs."""
        threading.Thread(target=self._load, args=(first, done), name="warm-up", daemon=True).start()

    def assess(self, exercise: Exercise, answer: str) -> Assessment:
        """The assessment of an answer."""
        from tutor.feedback.assess import assess

        return assess(exercise, answer, self._ready())

    def _load(self, first: Callable[[], object], done: Callable[[], None]) -> None:
        try:
            first()
            import_module("tutor.kinds.catalogue")
        finally:
            done()
        self._ready()
        import_module("tutor.feedback.assess")

    def _ready(self) -> WorkerProver:
        with self._lock:
            if self._prover is None:
                from tutor.checking.symbolic_worker import WorkerProver

                self._prover = WorkerProver()
                self._prover.warm()
            return self._prover
