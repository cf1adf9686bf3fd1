"""What is derived of a new exercise, as a page: the question, the key with its witnesses, layers, hints, mistakes."""

from __future__ import annotations

from tutor.apps.author_defaults import slopes
from tutor.apps.author_mistakes import expected_mistakes
from tutor.checking.key import KeyEvidence, derived_key, examine_key
from tutor.checking.verdict import Outcome
from tutor.errors import TutorError
from tutor.exercise.model import Exercise
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression
from tutor.feedback.explanation import explain
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Slope
from tutor.render.asked import choices
from tutor.render.blocks import GLUE, Block, Heading, LayerRow, LayerTable, Line, Maths, Paragraph, Role, Table, Words
from tutor.render.shown import shown

MOST_MISTAKES = 4
MOST_SHOWN = 60
"""How long a mistake is that is shown in the table."""

AGREED = "derived; SymPy and the slope of f, measured at {points} points, agree"


def derived_page(exercise: Exercise) -> tuple[Block, ...]:
    """Everything that need not be written; a remark in place of what cannot be derived."""
    kind = KINDS[exercise.kind]
    question = Paragraph((_label("question"), *_line(kind.prompt(exercise))))
    try:
        parts = (*_keys(exercise), *_layers(exercise), *_hints(exercise), *_mistakes(exercise))
    except TutorError as error:
        parts = (Paragraph((Words(f"This cannot be derived: {shown(error.message, 500)}."),)),)
    return (question, *((choices(exercise.options),) if exercise.options else ()), *parts)


def key_note(exercise: Exercise) -> str:
    """The comment on the derived key that goes into the file; empty where there is none."""
    try:
        keys = [to_text(derived_key(slope, exercise.domain)) for slope in slopes(exercise)]
    except TutorError:
        return ""
    if not keys or sum(map(len, keys)) > 90:
        return ""
    return f"derived key: {keys[0] if len(keys) == 1 else '[' + ', '.join(keys) + ']'}"


def _keys(exercise: Exercise) -> tuple[Block, ...]:
    """The key of each cell, and what the witnesses say of all of them."""
    cells = [cell for cell in KINDS[exercise.kind].cells(exercise) if isinstance(cell.target, Slope)]
    targets = [cell.target for cell in cells if isinstance(cell.target, Slope)]
    if not targets:
        return ()
    lines = (
        _key_line("key" if number == 0 else "", cell.name, derived_key(target, exercise.domain))
        for number, (cell, target) in enumerate(zip(cells, targets, strict=True))
    )
    said = _witnessed([examine_key(target, exercise.domain) for target in targets])
    return (*lines, Paragraph((_label(""), Words(said, Role.DIM))))


def _witnessed(evidence: list[KeyEvidence]) -> str:
    fewest = min(one.points for one in evidence)
    if all(one.agree for one in evidence):
        return AGREED.replace("{points}", str(fewest))
    if any(Outcome.DIFFERENT in (one.sympy, one.balls) for one in evidence):
        return "The witnesses of this key disagree: please report this function."
    return f"Confirmed at {fewest} points only: does the function need a domain?"


def _layers(exercise: Exercise) -> tuple[Block, ...]:
    found = slopes(exercise)
    if len(found) != 1:
        return ()
    rows = tuple(
        LayerRow(layer.number, layer.outer, layer.inside_name, layer.inside, layer.local, layer.tick, layer.remark)
        for layer in explain(found[0].function, found[0].variables).layers
    )
    return (LayerTable(rows),) if rows else ()


def _hints(exercise: Exercise) -> tuple[Block, ...]:
    hints = KINDS[exercise.kind].hints(exercise)
    return tuple(Paragraph((_label(f"hint {number}"), *_line(hint))) for number, hint in enumerate(hints, start=1))


def _mistakes(exercise: Exercise) -> tuple[Block, ...]:
    found = slopes(exercise)
    if not found or exercise.at:
        return ()
    mistakes = expected_mistakes(found[0].function, found[0].variables, exercise.domain)
    short = [mistake for mistake in mistakes if len(to_text(mistake.answer)) <= MOST_SHOWN][:MOST_MISTAKES]
    if not short:
        return ()
    rows: tuple[tuple[Line, ...], ...] = tuple(
        ((Maths(mistake.answer),), (Words(" or ".join(mistake.mal_rules[:2]), Role.NAME),)) for mistake in short
    )
    more = f"{len(mistakes)} mistakes are recognised by themselves" + (
        ", among them:" if len(short) < len(mistakes) else ":"
    )
    of = f" in {KINDS[exercise.kind].cells(exercise)[0].name}" if len(found) > 1 else ""
    return (Heading((Words(more.replace(" are", f"{of} are")),)), Table(("wrong answer", "mal-rule"), rows))


def _key_line(label: str, name: str, key: Expression) -> Paragraph:
    return Paragraph((_label(label), Words(f"{name} = "), Maths(key)))


def _label(words: str) -> Words:
    """What stands in the first column; blanks that no renderer swallows."""
    return Words(words.ljust(10).replace(" ", GLUE), Role.DIM)


def _line(prompt: tuple[object, ...]) -> Line:
    return tuple(Words(shown(part, 1000)) if isinstance(part, str) else Maths(part) for part in prompt)  # type: ignore[arg-type]
