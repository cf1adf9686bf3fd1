"""An assessment as a page: the verdict, the evidence, the place, the slip, the worked steps.

Attempt 1 shows the evidence and the place, attempt 2 the slip as well, attempt 3 everything that is known.
"""

from __future__ import annotations

from types import MappingProxyType

from tutor.checking.verdict import RIGHT, Status, Witness
from tutor.exercise.model import Exercise
from tutor.feedback.assessment import Assessment, CellAssessment, Fault
from tutor.feedback.explanation import Explanation, FriendlyPoint
from tutor.feedback.figures import five_figures
from tutor.feedback.ticks import Tick
from tutor.kinds.naming import is_partial
from tutor.render.asked import asked, said
from tutor.render.blocks import (
    Banner,
    Block,
    Line,
    Mark,
    Maths,
    Paragraph,
    Pointer,
    Role,
    Table,
    Words,
)
from tutor.render.explained import branches, differentiated_before, is_judged, layers, result, see_it, steps, value_at
from tutor.render.shown import shown
from tutor.render.told import look_at, marked, told

EVIDENCE, SLIP, WORKED = 1, 2, 3
"""What each attempt adds: the evidence and the place, the slip, the worked steps."""

_BANNERS = MappingProxyType(
    {
        Status.CORRECT: (Mark.RIGHT, "Correct."),
        Status.EQUIVALENT: (Mark.UNSURE, "Right value, another form is asked for."),
        Status.PARTIAL: (Mark.UNSURE, "Partly right."),
        Status.INCORRECT: (Mark.WRONG, "Not yet."),
        Status.UNDECIDED: (Mark.TROUBLE, "Not settled."),
        Status.UNREADABLE: (Mark.TROUBLE, "Not readable"),
        Status.ERROR: (Mark.TROUBLE, "Cannot be checked"),
    }
)

_CELL_WORDS = MappingProxyType(
    {
        Status.CORRECT: Words("✓", Role.RIGHT),
        Status.EQUIVALENT: Words("✓ but another form", Role.UNSURE),
        Status.PARTIAL: Words("✓ in part", Role.UNSURE),
        Status.INCORRECT: Words("✗", Role.WRONG),
        Status.UNDECIDED: Words("? not settled", Role.UNSURE),
        Status.UNREADABLE: Words("! not readable", Role.UNSURE),
        Status.ERROR: Words("! cannot be checked", Role.UNSURE),
    }
)

CONSTANT = "constant-of-integration"
"""The code of an answer with a + C, and the name of the sentence about it."""


def document(assessment: Assessment, *, attempt: int = WORKED, full: bool = False) -> tuple[Block, ...]:
    """The page for an assessment as far as an attempt may see it; every step when `full`."""
    if assessment.status in (Status.UNREADABLE, Status.ERROR):
        return _trouble(assessment)
    banner = _banner(assessment)
    match assessment.status:
        case Status.UNDECIDED:
            return (banner, *_notices(assessment), Paragraph((Words(shown(assessment.message, 1000)),)))
        case Status.CORRECT | Status.EQUIVALENT:
            cells = _cells(assessment, EVIDENCE) if assessment.status is Status.EQUIVALENT else ()
            return (banner, *_notices(assessment), *cells, *_limits(assessment))
        case _:
            return (banner, *_notices(assessment), *_wrong(assessment, attempt, full=full))


def verdict_page(assessment: Assessment) -> tuple[Block, ...]:
    """The verdict only, with its evidence: what `check` prints."""
    page = document(assessment, attempt=EVIDENCE)
    if assessment.status not in (Status.INCORRECT, Status.PARTIAL):
        return page
    return (page[0], *_notices(assessment), *_cells(assessment, EVIDENCE), *_evidence(assessment, told=False))


# ---- the verdict ----------------------------------------------------------------------------------------------


def _banner(assessment: Assessment) -> Banner:
    mark, words = _BANNERS[assessment.status]
    if assessment.status is Status.PARTIAL and len(assessment.cells) > 1:
        right = sum(cell.status in RIGHT for cell in assessment.cells)
        words = f"{right} of {len(assessment.cells)} right."
    return Banner(mark, words, asked(assessment.exercise), _aside(assessment))


def _aside(assessment: Assessment) -> Line:
    """How the answer was read; of several entries, the one to look at."""
    match assessment.cells:
        case (cell,) if cell.read is not None:
            taken_off = (Words(" + C"),) if cell.code == CONSTANT else ()
            return (Words("read as  ", Role.DIM), Maths(cell.read), *taken_off)
        case (_, _, *_) if assessment.status in (Status.INCORRECT, Status.PARTIAL):
            return _first_wrong(assessment)
        case _:
            return ()


def _first_wrong(assessment: Assessment) -> Line:
    """The cell that everything below is about; it is the first one where others are wrong as well."""
    wrong = [cell for cell in assessment.cells if cell.status not in RIGHT]
    if not wrong:
        return ()
    name = "look-at-cell" if len(wrong) == 1 else "look-at-cell-first"
    return said(name, cell=Words(shown(wrong[0].name)))


def _notices(assessment: Assessment) -> tuple[Block, ...]:
    notices = dict.fromkeys((*assessment.notices, *(notice for cell in assessment.cells for notice in cell.notices)))
    lead = () if assessment.exercise.options else (Words("Note: ", Role.DIM),)
    return tuple(Paragraph((*lead, Words(shown(notice, 1000)))) for notice in notices)


def _limits(assessment: Assessment) -> tuple[Block, ...]:
    return tuple(Paragraph((Words(words, Role.DIM),)) for cell in assessment.cells for words in _limit(cell))


def _limit(cell: CellAssessment) -> tuple[str, ...]:
    if cell.holds:
        return (f"{'Proved' if cell.proved else 'Holds'} for {shown(', '.join(cell.holds), 500)}.",)
    if cell.proved or not cell.numeric.points:
        return ()
    within = f" within {cell.numeric.tolerance}" if cell.numeric.tolerance else ""
    return (f"Equal at {cell.numeric.points} points{within}; not proved.",)


# ---- trouble with the text --------------------------------------------------------------------------------------


def _trouble(assessment: Assessment) -> tuple[Block, ...]:
    """The first fault with its sentence in the verdict, then every other one; each with its place in the text."""
    faults = [(cell.fault, cell.answer) for cell in assessment.cells if cell.fault is not None]
    if not faults and assessment.fault is not None:
        faults = [(assessment.fault, assessment.answer)]
    mark, words = _BANNERS[assessment.status]
    if not faults:
        return (Banner(mark, f"{words}: {shown(assessment.message, 1000)}"),)
    told: dict[str, tuple[Fault, str]] = {}
    for fault, text in faults:
        told.setdefault(fault.message, (fault, text))
    (first, text), *others = told.values()
    return (
        Banner(mark, f"{words}: {shown(first.message, 1000)}"),
        Pointer(text, first.span, "", first.suggestion or ""),
        *(Pointer(other_text, other.span, other.message, other.suggestion or "") for other, other_text in others),
    )


# ---- a wrong answer ---------------------------------------------------------------------------------------------


def _cells(assessment: Assessment, attempt: int) -> tuple[Block, ...]:
    if len(assessment.cells) < 2:
        return ()
    header = ("cell", "your answer", "", "derivative")[: 4 if attempt >= WORKED else 3]
    return (Table(header, tuple(_cell_row(cell, attempt) for cell in assessment.cells)),)


def _cell_row(cell: CellAssessment, attempt: int) -> tuple[Line, ...]:
    given: Line = (Maths(cell.read),) if cell.read is not None else (Words(shown(cell.answer, 40) or "(empty)"),)
    row: tuple[Line, ...] = ((Words(shown(cell.name)),), given, (_CELL_WORDS[cell.status],))
    if attempt < WORKED:
        return row
    return (*row, (Maths(cell.explanation.derivative),) if cell.explanation is not None else ())


def _wrong(assessment: Assessment, attempt: int, *, full: bool) -> tuple[Block, ...]:
    """Where it is, what it is, a point where one sees it; then the layers or steps around it, and how it is done."""
    cell = assessment.telling
    if cell is None:
        return ()
    exercise = assessment.exercise
    return (
        *(
            told(cell, exercise, worked=attempt >= WORKED)
            if attempt >= SLIP
            else marked(cell, told=False, worked=False)
        ),
        *_evidence(assessment, told=attempt >= SLIP, hidden=attempt < WORKED),
        *_cells(assessment, attempt),
        *(_before(cell, exercise) if attempt >= WORKED else ()),
        *_around(cell, exercise, attempt, full=full),
        *(_worked_after(cell, exercise, full=full) if attempt >= WORKED else ()),
    )


def _before(cell: CellAssessment, exercise: Exercise) -> tuple[Block, ...]:
    return differentiated_before(cell.explanation, partial=is_partial(exercise)) if cell.explanation else ()


def _around(cell: CellAssessment, exercise: Exercise, attempt: int, *, full: bool) -> tuple[Block, ...]:
    """The layers with their marks, or the steps with the branch that went wrong opened and the right ones folded."""
    explanation = cell.explanation
    if explanation is None:
        return ()
    hidden = attempt < WORKED
    if explanation.layers:
        known = any(layer.tick is not Tick.UNKNOWN for layer in explanation.layers)
        return layers(explanation, hide_wrong=hidden) if known or not hidden else ()
    if is_judged(explanation.steps) and not (full and not hidden):
        return branches(explanation, hide_wrong=hidden, partial=is_partial(exercise))
    return look_at(cell) if attempt == EVIDENCE else ()


# ---- the evidence -----------------------------------------------------------------------------------------------


def _evidence(assessment: Assessment, *, told: bool, hidden: bool = False) -> tuple[Block, ...]:
    """The point at which one sees the difference; for a + C a sentence, unless its slip is `told` already.

    Where a number is wanted, what is measured is the answer: `hidden` says only on which side of it the number lies.
    """
    cell = assessment.telling
    if cell is None:
        return ()
    point = _friendly(cell.explanation) or _from_witness(cell.numeric.witness)
    if point is None:
        return (Paragraph(said(CONSTANT)),) if cell.code == CONSTANT and not told else ()
    measured = _measured(assessment.exercise, point)
    if hidden and (assessment.exercise.at or not point.at):
        return (Paragraph((Words(f"{measured[0].upper()}{measured[1:]} is {_side(point)}."),)),)
    yours = "your answer is" if assessment.exercise.at else "your formula gives"
    return (Paragraph(see_it(point, measured, yours)),)


def _side(point: FriendlyPoint) -> str:
    """Where the true value lies from the answer: larger, smaller, or another number."""
    try:
        true, given = (float((text or "").replace("…", "")) for text in (point.slope, point.answer))
    except ValueError:
        return "another number"
    if true == given:
        return "another number"
    return "larger than your answer" if true > given else "smaller than your answer"


def _friendly(explanation: Explanation | None) -> FriendlyPoint | None:
    return explanation.friendly if explanation is not None else None


def _from_witness(witness: Witness | None) -> FriendlyPoint | None:
    if witness is None or witness.slope is None:
        return None
    answer = None if witness.answer is None else five_figures(witness.answer.middle)
    return FriendlyPoint(tuple(witness.at.items()), five_figures(witness.slope.middle), answer)


def _measured(exercise: Exercise, point: FriendlyPoint) -> str:
    if not exercise.functions:
        return "the expected value"
    if exercise.order > 1:
        return f"the derivative of order {exercise.order} measured from f"
    return "the slope measured from f" if point.at else "the slope"


def _worked_after(cell: CellAssessment, exercise: Exercise, *, full: bool) -> tuple[Block, ...]:
    """The worked steps without the layers or the branches, which stand above with their ticks."""
    explanation = cell.explanation
    if explanation is None:
        return ()
    stands = explanation.layers or is_judged(explanation.steps)
    tree = steps(explanation, full=full, partial=is_partial(exercise)) if full or not stands else ()
    return (*tree, *result(explanation), *value_at(explanation.derivative, exercise.at))
