"""The list of all exercises by unit, with a tick at what is done."""

from __future__ import annotations

from tutor.exercise.bank import Bank
from tutor.exercise.model import Exercise
from tutor.render.asked import asked
from tutor.render.blocks import Block, Heading, Line, Role, Table, Words
from tutor.render.shown import shown


def list_page(bank: Bank, finished: frozenset[str]) -> tuple[Block, ...]:
    """All exercises by unit, those that were answered correctly with a tick."""
    blocks: list[Block] = []
    for unit in bank.units:
        done = sum(exercise.id in finished for exercise in unit.exercises)
        title = f"{shown(unit.name)}  {shown(unit.title)}  ({done} of {len(unit.exercises)} done)"
        rows = tuple(_listed(exercise, finished) for exercise in unit.exercises)
        blocks += [Heading((Words(title),)), Table(("", "", ""), rows)]
    return tuple(blocks)


def _listed(exercise: Exercise, finished: frozenset[str]) -> tuple[Line, ...]:
    tick = Words("✓ done", Role.RIGHT) if exercise.id in finished else Words("")
    return ((Words(shown(exercise.id)),), (tick,), _briefly(exercise))


def _briefly(exercise: Exercise) -> Line:
    """What an exercise is about, in one short line."""
    if exercise.title or not exercise.functions:
        return (Words(shown(exercise.title or exercise.prompt, 50)),)
    return asked(exercise)
