"""`progress` and `reset`: where the learner stands, and beginning anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.apps.progress_pages import as_json, as_markdown, page
from tutor.errors import UsageError
from tutor.exercise.nearest import nearest
from tutor.practice.history import History, Record, What, shown_path
from tutor.practice.progress import Progress, progress
from tutor.practice.recorder import free_name
from tutor.practice.standing import Standing, standings
from tutor.render.look import Look
from tutor.render.shown import shown
from tutor.render.to_terminal import to_terminal

if TYPE_CHECKING:
    from tutor.exercise.bank import Bank

EVERYTHING = "all"
"""The word that means every exercise of the record."""


def shown_progress(bank: Bank, store: Path, look: Look, form: str = "table") -> str:
    """The progress in a bank as text: form is table, json or markdown. Raises InputFileError for a damaged record."""
    found = progress_in(bank, store)
    if form == "json":
        return as_json(found)
    return as_markdown(found) if form == "markdown" else to_terminal(page(found, shown_path(store)), look)


def progress_in(bank: Bank, store: Path) -> Progress:
    """The progress that a record holds in a bank."""
    units = ((unit.name, unit.title, tuple(one.id for one in unit.exercises)) for unit in bank.units)
    return progress(units, standings(History(store).records()))


@dataclass(frozen=True, slots=True)
class Reset:
    """What would begin anew: the exercises of the record that are meant, and how many of them are finished."""

    exercises: tuple[str, ...]
    finished: int

    @property
    def words(self) -> str:
        """What it is, in words."""
        count = len(self.exercises)
        which = shown(self.exercises[0]) if count == 1 else f"{count} exercises"
        done = "finished" if count == 1 else f"{self.finished} finished"
        return f"{which} ({done})" if self.finished else which


def reset_of(bank: Bank, store: Path, names: tuple[str, ...]) -> Reset:
    """What the names mean: ids, units, or `all`. Raises UsageError for a name of nothing."""
    found = standings(History(store).records())
    meant = dict.fromkeys(id_ for name in names for id_ in _meant(bank, found, name))
    ids = tuple(id_ for id_ in meant if id_ in found and found[id_] != Standing(flags=found[id_].flags))
    return Reset(ids, sum(found[id_].finished for id_ in ids))


def carry_out(reset: Reset, store: Path, today: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Path:
    """Keep a copy of the record and begin the exercises anew, where the earlier events stay; the copy's path."""
    history = History(store)
    copy = free_name(store, "backup")
    history.back_up(copy)
    history.append(*(Record(today(), "reset", id_, What.RESET) for id_ in reset.exercises))
    return copy


def _meant(bank: Bank, found: Mapping[str, Standing], name: str) -> Iterable[str]:
    if name.casefold() == EVERYTHING:
        return tuple(found)
    if name in bank or name in found:
        return (name,)
    units = [unit for unit in bank.units if name.casefold() in (unit.name.casefold(), Path(unit.file).stem.casefold())]
    if units:
        return tuple(one.id for unit in units for one in unit.exercises)
    meant = nearest(name, (*(one.id for one in bank.exercises), *(unit.name for unit in bank.units)))
    suggestion = f"did you mean {meant}?" if meant else "difftutor quiz --list names all."
    raise UsageError("unknown-exercise", f"there is no exercise or unit {shown(name, 80)}", suggestion=suggestion)
