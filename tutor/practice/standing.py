"""Where a learner stands with each exercise, as the events of the record say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tutor.practice.history import Record, What

LAST_ATTEMPT = 3
"""The attempt after which the worked steps are shown."""

COUNTED = frozenset({"correct", "equivalent", "partial", "incorrect"})
"""The statuses of answers that use up an attempt."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One exercise: whether it is finished, and what it took.

    `attempts` counts all counted answers; `first_try` says that the first of them was right. `given_up` is set when the
    exercise was last left skipped, shown or with its attempts used up. `begun` and `hints` count the answers and
    hints since it was last ended, with which a later sitting goes on, and `last` is the last of those answers.
    """

    finished: bool = False
    first_try: bool = False
    attempts: int = 0
    given_up: bool = False
    begun: int = 0
    hints: int = 0
    last: str | None = None
    slips: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def standings(records: Iterable[Record]) -> Mapping[str, Standing]:
    """The standing of every exercise that the record names."""
    found: dict[str, Standing] = {}
    for record in standing(records):
        found[record.exercise] = _after(found.get(record.exercise, Standing()), record)
    return found


def standing(records: Iterable[Record]) -> tuple[Record, ...]:
    """The events that still stand, in order: without those that were taken back, or that came before a new beginning.

    Notes stay, whatever becomes of the exercise.
    """
    kept: dict[int, Record] = {}
    for number, record in enumerate(records):
        match record.what:
            case What.UNDONE:
                _take_back(kept, record)
            case What.RESET:
                _forget(kept, record.exercise)
            case _:
                kept[number] = record
    return tuple(kept.values())


def finished(found: Mapping[str, Standing]) -> frozenset[str]:
    """The exercises that were answered correctly."""
    return frozenset(name for name, one in found.items() if one.finished)


def last_move(records: Iterable[Record], sitting: str, exercise: str) -> Record | None:
    """The event that an UNDONE event of a sitting takes back: the last counted answer, skip or show of an exercise."""
    own = (one for one in standing(records) if (one.sitting, one.exercise) == (sitting, exercise))
    return next((record for record in reversed(tuple(own)) if _is_move(record)), None)


def _is_move(record: Record) -> bool:
    if record.what is What.ANSWERED:
        return record.status in COUNTED
    return record.what in (What.SKIPPED, What.SHOWN)


def _take_back(kept: dict[int, Record], undone: Record) -> None:
    for number, record in reversed(kept.items()):
        if (record.sitting, record.exercise) == (undone.sitting, undone.exercise) and _is_move(record):
            del kept[number]
            return


def _forget(kept: dict[int, Record], exercise: str) -> None:
    for number in [number for number, record in kept.items() if record.exercise == exercise]:
        if kept[number].what is not What.FLAGGED:
            del kept[number]


def _after(before: Standing, record: Record) -> Standing:
    match record.what:
        case What.ANSWERED:
            return _answered(before, record)
        case What.HINTED:
            return replace(before, hints=before.hints + 1)
        case What.SKIPPED | What.SHOWN:
            return _ended(before, given_up=True)
        case What.FLAGGED:
            return replace(before, flags=(*before.flags, record.answer or ""))
        case _:
            return before


def _answered(before: Standing, record: Record) -> Standing:
    if record.status not in COUNTED:
        return before
    right = record.status == "correct"
    after = replace(
        before,
        attempts=before.attempts + 1,
        begun=before.begun + 1,
        last=record.answer,
        finished=before.finished or right,
        first_try=right if before.attempts == 0 else before.first_try,
        slips=(*before.slips, *record.mal_rules),
    )
    return _ended(after, given_up=not right) if right or after.begun >= LAST_ATTEMPT else after


def _ended(before: Standing, *, given_up: bool) -> Standing:
    return replace(before, given_up=given_up, begun=0, hints=0, last=None)
