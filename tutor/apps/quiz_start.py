"""What a sitting begins with: the exercises that were asked for, which of them are still to do, and the assessor."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.exercise.bank import Bank, load_bank, shipped_folder
from tutor.exercise.bank_cache import cached_bank
from tutor.exercise.model import Exercise
from tutor.exercise.nearest import nearest
from tutor.kinds.catalogue import KINDS
from tutor.render.shown import shown

if TYPE_CHECKING:
    from tutor.checking.symbolic_worker import WorkerProver
    from tutor.feedback.assessment import Assessment


def bank_of(folder: str | None) -> Bank:
    """The bank in a folder or file, by default the one that comes with the program; from its cache if it can be."""
    from platformdirs import user_cache_path

    path = Path(folder) if folder else shipped_folder()
    return cached_bank(path, user_cache_path("difftutor", appauthor=False), lambda place: load_bank(place, KINDS))


def chosen(bank: Bank, names: tuple[str, ...]) -> tuple[Exercise, ...]:
    """The exercises that the names mean, each once; all where there is none. Raises UsageError for an unknown one."""
    if not names:
        return bank.exercises
    found = (exercise for name in names for exercise in _named(bank, name))
    return tuple({exercise.id: exercise for exercise in found}.values())


def to_ask(exercises: tuple[Exercise, ...], finished: frozenset[str], names: tuple[str, ...]) -> tuple[str, ...]:
    """The ids to ask, in order: what is not finished, and whatever was named by its id.

    Where all are finished and something was named, all are asked again.
    """
    left = tuple(exercise.id for exercise in exercises if exercise.id not in finished or exercise.id in names)
    return left if left or not names else tuple(exercise.id for exercise in exercises)


def _named(bank: Bank, name: str) -> Iterator[Exercise]:
    if name in bank:
        yield bank.find(name)
        return
    units = [unit for unit in bank.units if name.casefold() in (unit.name.casefold(), Path(unit.file).stem.casefold())]
    if not units:
        raise _unknown(bank, name)
    for unit in units:
        yield from unit.exercises


def _unknown(bank: Bank, name: str) -> UsageError:
    meant = nearest(name, (*(exercise.id for exercise in bank.exercises), *(unit.name for unit in bank.units)))
    suggestion = f"did you mean {meant}?" if meant else "difftutor quiz --list names all."
    return UsageError("unknown-exercise", f"there is no exercise or unit {shown(name, 80)}", suggestion=suggestion)


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

    def warm(self) -> None:
        """Begin to load what an assessment needs; returns at once."""
        threading.Thread(target=self._load, name="warm-up", daemon=True).start()

    def assess(self, exercise: Exercise, answer: str) -> Assessment:
        """The assessment of an answer."""
        from tutor.feedback.assess import assess

        return assess(exercise, answer, self._ready())

    def _load(self) -> None:
        self._ready()
        import_module("tutor.feedback.assess")

    def _ready(self) -> WorkerProver:
        with self._lock:
            if self._prover is None:
                from tutor.checking.symbolic_worker import WorkerProver

                self._prover = WorkerProver()
                self._prover.warm()
            return self._prover
