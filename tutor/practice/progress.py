"""How far a learner has come, unit by unit, as the standings of the exercises say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tutor.practice.standing import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """One exercise of a unit with its standing; an exercise that was never begun has an empty one."""

    id: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit: its exercises in order, each with its standing."""

    name: str
    title: str
    places: tuple[Place, ...]

    @property
    def finished(self) -> int:
        """How many exercises were answered correctly."""
        return sum(place.standing.finished for place in self.places)

    @property
    def first_try(self) -> int:
        """How many exercises were right at the first attempt."""
        return sum(place.standing.first_try for place in self.places)

    @property
    def attempts(self) -> int:
        """How many answers were counted."""
        return sum(place.standing.attempts for place in self.places)

    @property
    def slips(self) -> tuple[tuple[str, int], ...]:
        """The slips by their ids, the most frequent first."""
        return slips(self.places)

    @property
    def flags(self) -> tuple[tuple[str, str], ...]:
        """The marked exercises, each with its note."""
        return tuple((place.id, note) for place in self.places for note in place.standing.flags)


@dataclass(frozen=True, slots=True)
class Progress:
    """All units of a bank, and the exercises of the record that the bank does not have."""

    units: tuple[UnitProgress, ...]
    elsewhere: tuple[Place, ...] = ()

    @property
    def whole(self) -> UnitProgress:
        """All exercises of the bank together."""
        return UnitProgress("all", "", tuple(place for unit in self.units for place in unit.places))


def progress(units: Iterable[tuple[str, str, tuple[str, ...]]], found: Mapping[str, Standing]) -> Progress:
    """The progress in units, each given by its name, its title and the ids of its exercises."""
    known = tuple(
        UnitProgress(name, title, tuple(Place(id_, found.get(id_, Standing())) for id_ in ids))
        for name, title, ids in units
    )
    inside = {place.id for unit in known for place in unit.places}
    return Progress(known, tuple(Place(id_, one) for id_, one in found.items() if id_ not in inside))


def slips(places: Iterable[Place]) -> tuple[tuple[str, int], ...]:
    """The slips of some exercises by their ids with their counts, the most frequent first."""
    counted = Counter(slip for place in places for slip in place.standing.slips)
    return tuple(counted.most_common())
