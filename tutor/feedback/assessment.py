"""What the whole pipeline finds of an answer: the cells with their evidence, and the sum of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.checking.verdict import RIGHT, NumericCheck, Status, SymbolicCheck
from tutor.errors import Span
from tutor.exercise.model import Exercise
from tutor.expression.tree import Expression
from tutor.feedback.answer_place import AnswerPlace
from tutor.feedback.explanation import Explanation
from tutor.feedback.finding import Diagnosis


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text or a row could not be assessed: a stable code, a sentence, the place, what to do."""

    code: str
    message: str
    span: Span | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class CellAssessment:
    """The assessment of one cell; `read` is None where the text was not readable as a formula.

    `place` is where in the text of the answer the slip shows, where all explanations agree on it.
    """

    name: str
    answer: str
    status: Status
    score: float | None
    read: Expression | None = None
    read_as: str | None = None
    proved: bool = False
    holds: tuple[str, ...] = ()
    symbolic: SymbolicCheck = field(default_factory=SymbolicCheck)
    numeric: NumericCheck = field(default_factory=NumericCheck)
    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    place: AnswerPlace | None = None
    explanation: Explanation | None = None
    notices: tuple[str, ...] = ()
    fault: Fault | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of one answer to one exercise; the evidence at the top is that of the first cell not right."""

    exercise: Exercise
    answer: str
    status: Status
    score: float | None
    max_score: float
    cells: tuple[CellAssessment, ...]
    message: str
    notices: tuple[str, ...] = ()
    fault: Fault | None = None

    @property
    def telling(self) -> CellAssessment | None:
        """The first cell that is not right, or the first cell; None when there is no cell."""
        wrong = (cell for cell in self.cells if cell.status not in RIGHT)
        return next(wrong, self.cells[0] if self.cells else None)
