"""The certificates of an assessment: for each cell whose answer was compared, what shows that the verdict is right."""

from __future__ import annotations

from tutor.checking.certificate import Certificate
from tutor.checking.certificate_making import certificate_of
from tutor.checking.verdict import Status, Verdict
from tutor.exercise.model import Exercise
from tutor.feedback.assessment import Assessment, CellAssessment
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Cell, Choice

__all__ = ["certificates"]


def certificates(assessment: Assessment) -> tuple[Certificate | None, ...]:
    """A certificate for each cell, in their order; None where nothing was compared: unreadable, empty, a choice."""
    if not assessment.cells:
        return ()
    exercise = assessment.exercise
    cells = KINDS[exercise.kind].cells(exercise)
    return tuple(_certificate(exercise, cell, found) for cell, found in zip(cells, assessment.cells, strict=True))


def _certificate(exercise: Exercise, cell: Cell, found: CellAssessment) -> Certificate | None:
    if found.read is None or found.status is Status.UNREADABLE or isinstance(cell.target, Choice):
        return None
    verdict = Verdict(
        found.status, found.proved, found.holds, symbolic=found.symbolic, numeric=found.numeric, code=found.code
    )
    return certificate_of(cell.target, found.read, exercise.domain, verdict, rounding=cell.tolerance)
