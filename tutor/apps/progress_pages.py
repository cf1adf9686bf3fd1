"""Progress as a page for the terminal, as Markdown to hand in, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import tutor
from tutor.feedback.wording import mal_rules
from tutor.practice.progress import Place, Progress, UnitProgress
from tutor.render.blocks import BULLET, Block, Heading, Line, Paragraph, Role, Table, Words
from tutor.render.shown import shown

MOST_SLIPS = 5
"""How many slips a page names; JSON has all."""

SCHEMA_VERSION = 1

HEADER = ("unit", "finished", "at first try", "attempts", "most frequent slip")


def page(found: Progress, saved: str) -> tuple[Block, ...]:
    """The units in a table, the most frequent slips, what is marked, and the next command."""
    whole = found.whole
    if not whole.attempts and not whole.flags and not found.elsewhere:
        return (Heading((Words("Nothing is recorded yet."),)), *_says(f"difftutor quiz begins; the record is {saved}."))
    rows = tuple(_row(unit) for unit in (*found.units, *((whole,) if len(found.units) > 1 else ())))
    return (
        Table(HEADER, rows, frozenset({1, 2, 3})),
        *_slips(whole),
        *_flags(whole),
        *_elsewhere(found.elsewhere),
        *_says(_next(found)),
    )


def _row(unit: UnitProgress) -> tuple[Line, ...]:
    slip = unit.slips[0][0] if unit.slips and unit.name != "all" else ""
    cells = (f"{unit.finished} of {len(unit.places)}", str(unit.first_try), str(unit.attempts), slip)
    return ((Words(shown(unit.name)),), *((Words(cell),) for cell in cells))


def _slips(whole: UnitProgress) -> tuple[Block, ...]:
    lines = tuple(
        Paragraph((Words(f"{BULLET}{_name(slip)}, {_times(count)}"),), slip) for slip, count in whole.slips[:MOST_SLIPS]
    )
    return (*_says("What slips most:"), *lines) if lines else ()


def _flags(whole: UnitProgress) -> tuple[Block, ...]:
    lines = tuple(
        Paragraph((Words(f"{BULLET}{shown(id_)}{f': {shown(note, 500)}' if note else ''}"),))
        for id_, note in whole.flags
    )
    return (*_says("Marked with :flag:"), *lines) if lines else ()


def _elsewhere(places: tuple[Place, ...]) -> tuple[Block, ...]:
    if not places:
        return ()
    count = "One exercise" if len(places) == 1 else f"{len(places)} exercises"
    return _says(f"{count} of the record {'is' if len(places) == 1 else 'are'} of another folder: --exercises DIR.")


def _next(found: Progress) -> str:
    unit = next((unit for unit in found.units if unit.finished < len(unit.places)), None)
    if unit is None:
        return "All is finished. difftutor quiz NAME asks a unit or an exercise again."
    return f"Next: difftutor quiz, or difftutor quiz {shown(unit.name)} for one unit."


def _name(slip: str) -> str:
    wording = mal_rules().get(slip)
    return wording.name if wording is not None else shown(slip)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _says(words: str) -> tuple[Block, ...]:
    return (Paragraph((Words(words, Role.PLAIN),)),)


def as_markdown(found: Progress) -> str:
    """The same as Markdown: a table of the units, then lists."""
    whole = found.whole
    lines = [_cells(HEADER), _cells(("---", "---:", "---:", "---:", "---"))]
    for unit in (*found.units, whole):
        slip = f"`{unit.slips[0][0]}`" if unit.slips and unit is not whole else ""
        counts = (f"{unit.finished} of {len(unit.places)}", str(unit.first_try), str(unit.attempts))
        lines.append(_cells((unit.name, *counts, slip)))
    if whole.slips:
        lines += ["", "Slips:", ""]
        lines += [f"- `{slip}` {_markdown(_name(slip))}, {_times(count)}" for slip, count in whole.slips]
    if whole.flags:
        lines += ["", "Marked:", ""]
        lines += [f"- `{_markdown(id_)}`{f': {_markdown(note)}' if note else ''}" for id_, note in whole.flags]
    return "\n".join(lines) + "\n"


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_markdown(cell) if not cell.startswith('`') else cell for cell in cells)} |"


def _markdown(text: str) -> str:
    """Foreign text that starts no table cell, link or tag."""
    return "".join(f"\\{sign}" if sign in "|\\`*_[]<>" else sign for sign in shown(text, 500))


def as_json(found: Progress) -> str:
    """The same as one JSON object, with every exercise."""
    whole = found.whole
    value = {
        "schema_version": SCHEMA_VERSION,
        "program_version": tutor.__version__,
        "units": [_unit(unit) for unit in found.units],
        "elsewhere": [_place(place) for place in found.elsewhere],
        "total": {name: part for name, part in _unit(whole).items() if name not in ("unit", "title", "exercises")},
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _unit(unit: UnitProgress) -> dict[str, Any]:
    return {
        "unit": unit.name,
        "title": unit.title,
        "count": len(unit.places),
        "finished": unit.finished,
        "first_try": unit.first_try,
        "attempts": unit.attempts,
        "slips": [{"mal_rule": slip, "name": _name(slip), "count": count} for slip, count in unit.slips],
        "flagged": [{"exercise": id_, "note": note} for id_, note in unit.flags],
        "exercises": [_place(place) for place in unit.places],
    }


def _place(place: Place) -> dict[str, Any]:
    one = place.standing
    return {
        "exercise": place.id,
        "finished": one.finished,
        "first_try": one.first_try,
        "attempts": one.attempts,
        "given_up": one.given_up,
        "begun": one.begun > 0,
    }
