"""`:again`: a fresh exercise about the slip that was explained last, between two questions; it is not recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.apps.quiz_desk import Acted, Desk, Quiz
from tutor.apps.quiz_front import Ask, is_command
from tutor.apps.quiz_pages import says
from tutor.apps.quiz_question import page, question
from tutor.practice.session import Phase
from tutor.render.blocks import Block, Paragraph, Words

if TYPE_CHECKING:
    from tutor.exercise.model import Exercise
    from tutor.feedback.assessment import Assessment
    from tutor.feedback.follow_up import FollowUp
    from tutor.kinds.kind import CellAnswer


def with_slip(desk: Desk, assessment: Assessment) -> Desk:
    """The desk that remembers an answer in which a slip was found."""
    slipped = any(cell.diagnosis.findings for cell in assessment.cells)
    return replace(desk, slipped=assessment) if slipped else desk


def offer(before: Desk, after: Desk) -> tuple[Block, ...]:
    """One line that offers a fresh exercise, where one with a slip in it has just ended and the sitting goes on."""
    ended = len(after.session.done) > len(before.session.done)
    slipped = after.slipped is not None and after.slipped.exercise.id == before.session.current
    if not (ended and slipped) or after.session.phase is Phase.OVER:
        return ()
    found = _next(after)
    if found is None or found.function is None:
        return ()
    from tutor.render.told import question_of

    return (Paragraph((Words(":again asks "), *question_of(found), Words(", where the same slip would show."))),)


def again(quiz: Quiz, desk: Desk) -> Acted:
    """Ask the fresh exercise, read one answer and show what it is; then the sitting goes on where it was."""
    found = _next(desk)
    if found is None or found.function is None:
        return Acted(desk, says("There is no slip to try again."))
    exercise = _exercise(found)
    asked = question(exercise)
    quiz.front.show(page(asked, ":again"))
    try:
        line = quiz.front.read(Ask(asked.label, lambda text: _read(exercise, text)))
    except EOFError:
        return Acted(desk)
    back = replace(desk, asked=None)
    if is_command(line) or not line.strip():
        return Acted(back)
    from tutor.render.document import document

    return Acted(back, document(quiz.assess(exercise, line)))


def _next(desk: Desk) -> FollowUp | None:
    if desk.slipped is None:
        return None
    from tutor.feedback.follow_up import follow_up_of  # the laws of slips, for those who slipped

    return follow_up_of(desk.slipped)


def _exercise(found: FollowUp) -> Exercise:
    from tutor.exercise.model import Exercise

    assert found.function is not None
    return Exercise(found.mal_rule, functions=(found.function,), variables=(found.variable,), order=found.order)


def _read(exercise: Exercise, text: str) -> tuple[CellAnswer, ...]:
    from tutor.kinds.catalogue import KINDS

    return KINDS[exercise.kind].read(exercise, text)
