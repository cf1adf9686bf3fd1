"""A bank: a folder of exercise files, one unit a file, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import ExerciseError, ExerciseErrors, InputFileError, UsageError
from tutor.exercise.nearest import nearest

if TYPE_CHECKING:  # the quiz asks for the files of a bank before it loads any formula
    from tutor.exercise.form import Form
    from tutor.exercise.model import Exercise, Unit

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Bank:
    """The units of a folder, in order; the ids are distinct."""

    units: tuple[Unit, ...]
    _by_id: Mapping[str, Exercise] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = {exercise.id: exercise for unit in self.units for exercise in unit.exercises}
        object.__setattr__(self, "_by_id", by_id)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, in the order in which they are asked."""
        return tuple(self._by_id.values())

    def find(self, id_: str) -> Exercise:
        """The exercise with an id; UsageError with the nearest id when there is none."""
        if id_ in self._by_id:
            return self._by_id[id_]
        near = nearest(id_, self._by_id)
        suggestion = f"did you mean `{near}`?" if near else "`difftutor quiz --list` names them all"
        raise UsageError("unknown-exercise", f"there is no exercise `{id_[:80]}`", suggestion=suggestion)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._by_id


def shipped_folder() -> Path:
    """The folder of the exercises that come with the program: in the installed package, or in the checkout."""
    package = Path(__file__).parent.parent
    inside = package / "exercises"
    return inside if inside.is_dir() else package.parent / "exercises"


def shipped(kinds: Mapping[str, Form]) -> Bank:
    """The bank that comes with the program."""
    return load_bank(shipped_folder(), kinds)


def load_bank(path: Path, kinds: Mapping[str, Form]) -> Bank:
    """The bank in a folder, or in one file.

    Raises ExerciseErrors with the faults of all files, and InputFileError when there is nothing to read.
    """
    from tutor.exercise.loader import load_unit  # the reader is not needed for a bank that is stored

    units: list[Unit] = []
    faults: list[ExerciseError] = []
    for file in exercise_files(path):
        try:
            units.append(load_unit(file, kinds))
        except ExerciseErrors as several:
            faults.extend(several.errors)
    faults.extend(_taken_twice(units))
    if faults:
        raise ExerciseErrors(tuple(faults))
    return Bank(tuple(units))


def exercise_files(path: Path) -> tuple[Path, ...]:
    """The exercise files of a folder by name, or the one file; InputFileError when there is none."""
    if not path.is_dir():
        if not path.exists():
            raise InputFileError("no-such-file", f"{path} does not exist")
        return (path,)
    files = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES and not file.name.startswith("."))
    if not files:
        raise InputFileError("no-exercises", f"{path} holds no exercise files", suggestion="01-chain.yaml")
    return tuple(files)


def _taken_twice(units: Iterable[Unit]) -> list[ExerciseError]:
    """A fault, with both places, for each id that an earlier file has."""
    first: dict[str, Exercise] = {}
    faults = []
    for unit in units:
        for exercise in unit.exercises:
            other = first.setdefault(exercise.id, exercise)
            if other is not exercise:
                faults.append(_taken(exercise, other))
    return faults


def _taken(exercise: Exercise, other: Exercise) -> ExerciseError:
    there = f"{other.source.file}:{other.source.line}" if other.source else "another file"
    file, line = (exercise.source.file, exercise.source.line) if exercise.source else ("", 0)
    return ExerciseError(
        "duplicate-id",
        f"the id `{exercise.id}` is taken by the exercise at {there}",
        file=file,
        line=line,
        column=1,
        suggestion=f"{exercise.id[:60]}-2",
    )
