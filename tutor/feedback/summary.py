"""From cells to the whole: statuses, scores, and the one sentence about an answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tutor.checking.verdict import RIGHT, Status
from tutor.errors import AnswerError, TutorError
from tutor.exercise.model import Exercise
from tutor.feedback.assessment import Assessment, CellAssessment, Fault
from tutor.feedback.finding import Diagnosis
from tutor.feedback.wording import MalRuleWording, mal_rules, phrase
from tutor.kinds.cell import Cell, Choice
from tutor.kinds.kind import CellAnswer

SCORES: Mapping[Status, float | None] = MappingProxyType(
    {
        Status.CORRECT: 1.0,
        Status.EQUIVALENT: 0.9,
        Status.INCORRECT: 0.0,
        Status.UNDECIDED: None,
        Status.UNREADABLE: None,
        Status.ERROR: None,
    }
)
"""The score of a cell by its status; a partial answer's is the weighted mean of its cells."""


def unreadable(cell: Cell, given: CellAnswer, error: AnswerError) -> CellAssessment:
    """The assessment of a cell whose text could not be read."""
    return CellAssessment(cell.name, given.text, Status.UNREADABLE, None, fault=_fault(error), code=error.code)


def empty(cell: Cell) -> CellAssessment:
    """The assessment of a cell that was left empty; among filled ones it counts as not right."""
    return CellAssessment(cell.name, "", Status.INCORRECT, 0.0, code="empty")


def chosen(exercise: Exercise, cell: Cell, given: CellAnswer) -> CellAssessment:
    """The assessment of the options chosen; several right ones score hits less false ones, at least 0."""
    assert isinstance(cell.target, Choice)
    right = cell.target.right
    share = max(0.0, (len(given.chosen & right) - len(given.chosen - right)) / len(right))
    status = Status.CORRECT if given.chosen == right else Status.PARTIAL if 0 < share < 1 else Status.INCORRECT
    score = share if status is Status.PARTIAL else SCORES[status]
    telling = sorted(given.chosen - right) or sorted(given.chosen)
    notices = tuple(exercise.options[index].feedback for index in telling if exercise.options[index].feedback)
    return CellAssessment(cell.name, given.text, status, score, read_as=_options(exercise, given), notices=notices)


def _options(exercise: Exercise, given: CellAnswer) -> str:
    return "; ".join(exercise.options[index].text for index in sorted(given.chosen))


def broken(exercise: Exercise, answer: str, error: TutorError) -> Assessment:
    """The assessment of an answer to an exercise that cannot be worked out itself."""
    return Assessment(
        exercise, answer, Status.ERROR, None, exercise.points, cells=(), message=error.message, fault=_fault(error)
    )


def summed(
    exercise: Exercise, answer: str, cells: tuple[Cell, ...], assessed: tuple[CellAssessment, ...]
) -> Assessment:
    """The assessment of a whole answer from those of its cells."""
    status = _status(assessed)
    score = _score(status, cells, assessed)
    fault = next((cell.fault for cell in assessed if cell.fault is not None), None)
    if status is Status.UNREADABLE and fault is None:
        fault = Fault("empty", phrase("empty"))
    return Assessment(
        exercise,
        answer,
        status,
        None if score is None else score * exercise.points,
        exercise.points,
        assessed,
        _message(exercise, status, assessed, fault),
        notices=tuple(dict.fromkeys(notice for cell in assessed for notice in cell.notices)),
        fault=fault,
    )


def _status(cells: tuple[CellAssessment, ...]) -> Status:
    """The first that applies: error, unreadable, undecided, correct, equivalent, incorrect, partial."""
    found = {cell.status for cell in cells}
    for status in (Status.ERROR, Status.UNREADABLE, Status.UNDECIDED):
        if status in found:
            return status
    if all(cell.code == "empty" for cell in cells):
        return Status.UNREADABLE
    if found == {Status.CORRECT}:
        return Status.CORRECT
    if found <= set(RIGHT):
        return Status.EQUIVALENT
    return Status.PARTIAL if any(cell.score for cell in cells) else Status.INCORRECT


def _score(status: Status, cells: tuple[Cell, ...], assessed: tuple[CellAssessment, ...]) -> float | None:
    if status in (Status.ERROR, Status.UNREADABLE, Status.UNDECIDED):
        return None
    if status is not Status.PARTIAL:
        return SCORES[status]
    weights = [float(cell.weight) for cell in cells]
    total = sum(weight * (cell.score or 0.0) for weight, cell in zip(weights, assessed, strict=True))
    return round(total / sum(weights), 6)


def _message(exercise: Exercise, status: Status, cells: tuple[CellAssessment, ...], fault: Fault | None) -> str:
    if fault is not None:
        return fault.message
    right = sum(cell.status in RIGHT for cell in cells)
    sentence = phrase(status.value, right=str(right), count=str(len(cells)))
    told = next((said for cell in cells if (said := _told(exercise, cell.diagnosis))), "")
    return f"{sentence} {told}" if told else sentence


def _told(exercise: Exercise, diagnosis: Diagnosis) -> str:
    """What the best explanation says, as a possibility where it is not the only one; else the remark."""
    if not diagnosis.findings:
        return diagnosis.remark or ""
    best = diagnosis.findings[0]
    listed = {mistake.name: mistake.feedback for mistake in exercise.mistakes}
    name = best.mal_rules[0]
    feedback = listed.get(name) or (_titled(mal_rules()[name]) if name in mal_rules() else name)
    return feedback if best.certain else phrase("possibly", told=feedback)


def _titled(slip: MalRuleWording) -> str:
    return f"{slip.name}. {slip.feedback}"


def _fault(error: TutorError) -> Fault:
    return Fault(error.code, error.message, getattr(error, "span", None), error.suggestion)
