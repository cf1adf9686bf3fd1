"""An answer from reading to explanation: `assess` calls all the stages, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

from tutor.calculus.derivation import derivative
from tutor.checking.check import check
from tutor.checking.prover import Prover, no_prover
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import RIGHT, Status, Verdict
from tutor.errors import AnswerError, Span, TutorError
from tutor.exercise.model import Exercise
from tutor.exercise.symbols import declared_symbols
from tutor.expression.parser import parse
from tutor.expression.reading import Notice, Reading
from tutor.expression.to_text import to_text
from tutor.expression.tree import free_symbols
from tutor.feedback.answer_place import AnswerPlace, with_places
from tutor.feedback.assessment import Assessment, CellAssessment
from tutor.feedback.diagnosis import WrongAnswer, compare, diagnose, diagnose_value
from tutor.feedback.explanation import Explanation, explain
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.form import in_form
from tutor.feedback.friendly import friendly_point
from tutor.feedback.listed_mistake import listed_mistake
from tutor.feedback.slips.points import generic_points
from tutor.feedback.stated_key import ensure_stated_key
from tutor.feedback.summary import SCORES, broken, chosen, empty, summed, unreadable
from tutor.feedback.whole_answer import is_transposed
from tutor.feedback.wording import phrase
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Cell, Choice, Formula, Slope
from tutor.kinds.kind import CellAnswer


def assess(exercise: Exercise, answer: str, prover: Prover = prove_here) -> Assessment:
    """The assessment of one answer: read into cells, each cell checked, diagnosed and explained, then summed up.

    Never raises for what a learner or an author wrote: an exercise that cannot be worked out has status error.
    """
    kind = KINDS[exercise.kind]
    try:
        cells = kind.cells(exercise)
        ensure_stated_key(exercise, cells, prover)
        answers = kind.read(exercise, answer)
        assessed = tuple(assess_cell(exercise, cell, text, prover) for cell, text in zip(cells, answers, strict=True))
        assessed = _with_exchanged_entries(exercise, cells, answers, assessed)
        assessed = _with_listed_mistake(exercise, answers, assessed)
    except TutorError as error:
        return broken(exercise, answer, error)
    return summed(exercise, answer, cells, assessed)


def _with_listed_mistake(
    exercise: Exercise, answers: tuple[CellAnswer, ...], assessed: tuple[CellAssessment, ...]
) -> tuple[CellAssessment, ...]:
    """The cells of an answer that its author foresaw, with the author's diagnosis, which is final, and credit."""
    if not exercise.mistakes or all(cell.status is not Status.INCORRECT for cell in assessed):
        return assessed
    mistake = listed_mistake(exercise, answers)
    if mistake is None:
        return assessed
    diagnosis = Diagnosis((Finding((mistake.name,), certain=True),))
    status = Status.PARTIAL if mistake.credit > 0 else Status.INCORRECT
    return tuple(
        replace(cell, diagnosis=diagnosis, status=status, score=mistake.credit)
        if cell.status is Status.INCORRECT
        else cell
        for cell in assessed
    )


def _with_exchanged_entries(
    exercise: Exercise,
    cells: tuple[Cell, ...],
    answers: tuple[CellAnswer, ...],
    assessed: tuple[CellAssessment, ...],
) -> tuple[CellAssessment, ...]:
    """The cells of a Jacobian whose rows and columns were exchanged, which explains all of them at once."""
    if all(cell.status is not Status.INCORRECT for cell in assessed) or not is_transposed(exercise, cells, answers):
        return assessed
    diagnosis = Diagnosis((Finding(("jacobian-transposed",), certain=True),), ties=1)
    return tuple(replace(cell, diagnosis=diagnosis) if cell.status is Status.INCORRECT else cell for cell in assessed)


def assess_cell(exercise: Exercise, cell: Cell, given: CellAnswer, prover: Prover) -> CellAssessment:
    """The assessment of one cell; raises TutorError when the exercise itself cannot be worked out."""
    match given:
        case CellAnswer(error=AnswerError() as error):
            return unreadable(cell, given, error)
        case CellAnswer(reading=Reading() as reading):
            verdict = in_form(exercise.form, reading.expression, _verdict(exercise, cell, reading, prover))
            ambiguity = _ambiguity(exercise, cell, given, verdict)
            return unreadable(cell, given, ambiguity) if ambiguity else _judged(exercise, cell, given, verdict)
        case _ if isinstance(cell.target, Choice) and given.text:
            return chosen(exercise, cell, given)
        case _:
            return empty(cell)


def _verdict(exercise: Exercise, cell: Cell, reading: Reading, prover: Prover) -> Verdict:
    """The verdict; on an answer with a constant of integration that on the rest, where the rest is wrong by itself."""
    if isinstance(cell.target, Choice):
        return Verdict(Status.UNREADABLE, code="wrong-kind")
    verdict = check(cell.target, reading.expression, exercise.domain, prover, tolerance=cell.tolerance)
    if reading.constant is not None and verdict.status is not Status.INCORRECT:
        return Verdict(Status.INCORRECT, code=_CONSTANT)
    return verdict


_CONSTANT = "constant-of-integration"
"""The code of an answer that is wrong in nothing but a constant of integration."""


def _ambiguity(exercise: Exercise, cell: Cell, given: CellAnswer, verdict: Verdict) -> AnswerError | None:
    """Why an answer that is wrong as it was read cannot be judged: read the other way that its text allows it is right.

    `sqrt x(x + 1)` is read as the root of the whole product; who meant √x·(x + 1) has typed a right answer badly.
    """
    notice = next((notice for notice in _notices(given) if notice.code == "bare-parenthesis"), None)
    if verdict.status is not Status.INCORRECT or notice is None or isinstance(cell.target, Choice):
        return None
    other = parse(given.text.rstrip(), declared_symbols(exercise), groups_apart=True)
    if check(cell.target, other.expression, exercise.domain, no_prover).status is not Status.CORRECT:
        return None
    start, end = notice.span or Span(0, len(given.text))
    message = f"{given.text[start:end]} can be read in two ways"
    suggestion = f"write {to_text(other.expression)}, or ( ) around the whole argument"
    return AnswerError("ambiguous-argument", message, notice.span, suggestion=suggestion)


def _notices(given: CellAnswer) -> tuple[Notice, ...]:
    return given.reading.notices if given.reading is not None else ()


def _judged(exercise: Exercise, cell: Cell, given: CellAnswer, verdict: Verdict) -> CellAssessment:
    reading = given.reading
    assert reading is not None
    diagnosis, place = _placed(exercise, cell, reading, verdict)
    return CellAssessment(
        name=cell.name,
        answer=given.text,
        status=verdict.status,
        score=SCORES[verdict.status],
        read=reading.expression,
        read_as=to_text(reading.expression),
        proved=verdict.proved,
        holds=verdict.holds,
        symbolic=verdict.symbolic,
        numeric=verdict.numeric,
        diagnosis=diagnosis,
        place=place,
        explanation=_explanation(exercise, cell, reading, verdict, diagnosis),
        notices=(*(notice.message for notice in reading.notices), *_on_constant(reading, verdict), *verdict.notices),
        code=verdict.code,
    )


def _on_constant(reading: Reading, verdict: Verdict) -> tuple[str, ...]:
    """What is told of a constant of integration that is not all that is wrong."""
    return () if reading.constant is None or verdict.code == _CONSTANT else (phrase("without-constant"),)


def _diagnosis(exercise: Exercise, cell: Cell, reading: Reading, verdict: Verdict) -> Diagnosis:
    if verdict.code == _CONSTANT:
        return Diagnosis((Finding((_CONSTANT,), certain=True, answer_span=reading.constant),))
    if verdict.status is not Status.INCORRECT:
        return Diagnosis()
    match cell.target:
        case Slope(function, variables, at) if not at:
            return diagnose(WrongAnswer(function, variables, reading.expression, exercise.domain))
        case Slope(function, variables, at):
            return diagnose_value(WrongAnswer(function, variables, reading.expression, exercise.domain), at)
        case Formula(expected):
            return compare(expected, reading.expression, exercise.domain)
        case _:
            return Diagnosis()


def _placed(exercise: Exercise, cell: Cell, reading: Reading, verdict: Verdict) -> tuple[Diagnosis, AnswerPlace | None]:
    """The diagnosis with its places in the answer, and the one on which the likeliest explanations agree.

    An answer that is the value at a point is one number, and has none.
    """
    diagnosis = _diagnosis(exercise, cell, reading, verdict)
    if not isinstance(cell.target, Slope) or cell.target.at or verdict.status is not Status.INCORRECT:
        return diagnosis, None
    function, variables = cell.target.function, cell.target.variables
    right = derivative(function, variables)
    points = generic_points((function, right), exercise.domain, free_symbols(reading.expression))
    return (diagnosis, None) if points is None else with_places(diagnosis, reading.expression, right, points)


def _explanation(
    exercise: Exercise, cell: Cell, reading: Reading, verdict: Verdict, diagnosis: Diagnosis
) -> Explanation | None:
    if not isinstance(cell.target, Slope):
        return None
    correct = verdict.status in RIGHT
    explanation = explain(cell.target.function, cell.target.variables, diagnosis, correct=correct)
    if verdict.status is not Status.INCORRECT or verdict.code == _CONSTANT:
        return explanation
    return replace(explanation, friendly=friendly_point(cell.target, reading.expression, exercise.domain))
