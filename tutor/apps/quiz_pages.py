"""What the quiz shows beside assessments: the question, a hint, the worked steps, help, and the end."""

from __future__ import annotations

from tutor.apps.quiz_front import COMMANDS
from tutor.exercise.bank import Bank
from tutor.exercise.model import Exercise
from tutor.expression.tree import Expression
from tutor.kinds.catalogue import KINDS
from tutor.kinds.kind import Prompt
from tutor.practice.session import Ending, Session
from tutor.render.asked import asked, choices
from tutor.render.blocks import Block, Heading, Line, Maths, Paragraph, Role, Table, Words
from tutor.render.shown import shown, shown_lines

AGAIN = "To do a unit or an exercise again, name it: difftutor quiz NAME; difftutor quiz --list has the names."


def question(exercise: Exercise, session: Session) -> tuple[Block, ...]:
    """The question with its place in the sitting, and the options of a choice in their order."""
    place = f"[{session.place + 1}/{len(session.exercises)} {shown(exercise.id)}]"
    head = Heading((Words(place, Role.DIM), Words("  " + shown(exercise.title) if exercise.title else "")))
    asked = Paragraph(line_of(KINDS[exercise.kind].prompt(exercise)))
    return (head, asked, choices(exercise.options)) if exercise.options else (head, asked)


def label(exercise: Exercise) -> str:
    """What stands before the line for the answer."""
    return f"{KINDS[exercise.kind].label(exercise)} "


def hint(exercise: Exercise, number: int) -> tuple[Block, ...]:
    """A hint by its number from 1; after the last one, where to go on."""
    hints = KINDS[exercise.kind].hints(exercise)
    if not hints:
        return says("There is no hint for this one; :show gives the worked steps.")
    if number >= len(hints) + 1:
        return says("That was the last hint; :show gives the worked steps.")
    lead = Words(f"Hint {number} of {len(hints)}: ", Role.STRONG)
    return (Paragraph((lead, *line_of(hints[number - 1]))),)


def help_page() -> tuple[Block, ...]:
    """The commands, and how formulas may be typed."""
    rows = tuple(((Words(name, Role.STRONG),), (Words(words),)) for name, words in COMMANDS)
    typed = "2x cos(x^2), e^-x, sqrt(x), 1/(1+x), sin^2 x, |x|, pi; several entries: (2x y, x^2)"
    return (Table(("", ""), rows), Paragraph((Words(f"Formulas: {typed}."),)))


def end_page(session: Session, saved: str) -> tuple[Block, ...]:
    """The counts of the sitting, where they are kept, and how to go on."""
    if not session.exercises:
        return (Heading((Words("Everything here is done."),)), *says(AGAIN))
    if not session.done:
        return (Heading((Words("No exercise was finished."),)), *says(f"Your record is in {saved}."))
    right = sum(done.ending is Ending.RIGHT for done in session.done)
    first = sum(done.ending is Ending.RIGHT and done.attempts == 1 for done in session.done)
    counts = [f"{right} right" + (f" ({first} at the first attempt)" if right else "")]
    counts += [f"{session.count(Ending.SHOWN)} shown"] if session.count(Ending.SHOWN) else []
    counts += [f"{session.count(Ending.SKIPPED)} skipped"] if session.count(Ending.SKIPPED) else []
    left = len(session.exercises) - len(session.done)
    done = f"{len(session.done)} of {len(session.exercises)} done: {', '.join(counts)}."
    go_on = "difftutor quiz goes on from here."
    kept = (Heading((Words(done),)), *says(f"Saved in {saved}."))
    return (*kept, *says(go_on)) if left or right < len(session.done) else kept


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


def says(words: str) -> tuple[Block, ...]:
    """One paragraph of plain words; nothing for no words."""
    return (Paragraph((Words(words),)),) if words else ()


def line_of(prompt: Prompt) -> Line:
    """A prompt as a line: words made safe, formulas as they are."""
    return tuple(_piece(part) for part in prompt)


def _piece(part: str | Expression) -> Words | Maths:
    return Words(shown_lines(part)) if isinstance(part, str) else Maths(part)
