"""The ways to the answer of an exercise, without an answer to look at: hints, the steps, the worked solution."""

from __future__ import annotations

from dataclasses import replace

from tutor.apps.quiz_pages import says
from tutor.apps.quiz_question import spelled
from tutor.errors import TutorError
from tutor.exercise.model import Exercise
from tutor.feedback.explanation import explain
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Cell, Choice, Formula, Slope
from tutor.kinds.kind import Prompt
from tutor.kinds.naming import is_partial
from tutor.practice.standing import LAST_ATTEMPT
from tutor.render import explained as page
from tutor.render.asked import asked, bracketed, operator
from tutor.render.blocks import Block, Heading, Paragraph, Role, StepTree, Words
from tutor.render.blocks import Formula as Shown
from tutor.render.shown import shown


def hints(exercise: Exercise) -> tuple[Prompt, ...]:
    """The hints of an exercise, one a rung."""
    return KINDS[exercise.kind].hints(exercise)


def hint(found: tuple[Prompt, ...], number: int) -> tuple[Block, ...]:
    """A hint by its number from 1; after the last one, where to go on."""
    if not found:
        return says("There is no hint for this one; :show gives the answer.")
    if number > len(found):
        return says("That was the last hint; :steps shows the way, :show the worked solution.")
    lead = Words(f"Hint {number} of {len(found)}: ", Role.STRONG)
    return (Paragraph((lead, *spelled(found[number - 1]))),)


def way(exercise: Exercise, seen: int) -> tuple[Block, ...]:
    """The steps to the answer, as far as one may see who has spent `seen` attempts; all when they are used up."""
    if seen >= LAST_ATTEMPT:
        return solution(exercise)
    try:
        cells = [(cell, cell.target) for cell in KINDS[exercise.kind].cells(exercise)]
        slopes = [(cell, target) for cell, target in cells if isinstance(target, Slope)]
        parts = tuple(block for _, target in slopes for block in _way(exercise, target, seen, alone=len(slopes) == 1))
    except TutorError as error:
        return says(shown(error.message, 1000))
    if not parts:
        return says("There are no steps to this one; :show gives the answer.")
    steps = tuple(step for part in parts if isinstance(part, StepTree) for step in part.steps)
    more = "A result that is … is yours to find" + ("; after an attempt :steps shows more." if seen < 2 else ".")
    return (*parts, page.laws(steps), *says(more))


def _way(exercise: Exercise, target: Slope, seen: int, *, alone: bool) -> tuple[Block, ...]:
    partial = is_partial(exercise)
    explanation = explain(target.function, target.variables)
    sign = operator(explanation.variables[-1:], partial=partial)
    head = () if alone else (Heading((Words(f"{sign} "), *bracketed(explanation.function))),)
    return (*head, *page.way(explanation, seen, partial=partial))


def solution(exercise: Exercise) -> tuple[Block, ...]:
    """How an exercise is done: the layers and steps of each cell, or the right options."""
    try:
        cells = KINDS[exercise.kind].cells(exercise)
        parts = tuple(block for cell in cells for block in _solved(exercise, cell, alone=len(cells) == 1))
    except TutorError as error:
        return says(shown(error.message, 1000))
    notes = says(shown(exercise.explain, 2000)) if exercise.explain else ()
    return (*(_without_option(block) for block in parts), *notes)


def _without_option(block: Block) -> Block:
    """A tree of steps that says how to see all of them here, where no option can be given."""
    elsewhere = "difftutor explain FUNCTION --full shows all"
    return replace(block, elsewhere=elsewhere) if isinstance(block, StepTree) else block


def _solved(exercise: Exercise, cell: Cell, *, alone: bool) -> tuple[Block, ...]:
    match cell.target:
        case Slope(function, variables, at):
            explanation = explain(function, variables)
            if not alone:
                return page.explained(explanation, partial=is_partial(exercise))
            steps = page.derivation_page(explanation, partial=is_partial(exercise))
            return (Heading(asked(exercise)), *steps, *page.value_at(explanation.derivative, at))
        case Formula(expected):
            return (Shown(f"{shown(cell.name)} =", expected),)
        case Choice(right):
            return tuple(_option(exercise, number) for number in sorted(right))


def _option(exercise: Exercise, number: int) -> Paragraph:
    option = exercise.options[number]
    return Paragraph((Words(f"{number + 1}  {shown(option.text, 500)}  {shown(option.feedback, 1000)}".rstrip()),))
