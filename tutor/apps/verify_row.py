"""One result row checked again: row and certificates must say the same, and each certificate must hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tutor.apps.verify_fields import CellRow, ResultRow
from tutor.apps.verify_finding import Finding, Verified
from tutor.apps.verify_question import Asked, asked, claim_findings, read_alone, tree_of
from tutor.checking.certificate import Certificate, Certified
from tutor.checking.certificate_making import decimals_of
from tutor.checking.certificate_reading import BadCertificate, certificate_from
from tutor.checking.certificate_recheck import objections
from tutor.checking.verdict import RIGHT, Status
from tutor.exercise.model import Exercise
from tutor.expression.to_text import to_text
from tutor.expression.tree import ZERO
from tutor.feedback.assessment import CellAssessment, Fault
from tutor.feedback.form import what_to_change
from tutor.feedback.summary import SCORES, chosen, summed
from tutor.kinds.cell import Cell, Choice, Formula
from tutor.kinds.kind import CellAnswer

__all__ = ["verified"]

_KINDS: Mapping[Certified, tuple[Status, ...]] = MappingProxyType(
    {
        Certified.DIFFERENT: (Status.INCORRECT, Status.PARTIAL),
        Certified.EQUAL: RIGHT,
        Certified.NOT_PROVED: (*RIGHT, Status.UNDECIDED),
    }
)
"""The statuses that a certificate of each kind can stand for."""

_UNJUDGED = (Status.UNREADABLE, Status.ERROR, Status.UNDECIDED)
_NOT_COMPARED = ("empty", "constant-of-integration")
"""Codes of incorrect answers that need no comparison."""


def verified(row: ResultRow, folder: str | None) -> Verified:
    """What does not hold of a row; `folder` holds the exercises, None for those that come with the program."""
    if _claims_nothing(row):
        return Verified(row.number)
    question = asked(row, folder)
    if question.fault is not None:
        return Verified(row.number, tuple(_of_broken(row, question)))
    findings = [*question.findings]
    if question.exercise is not None and row.cells and len(row.cells) != len(question.cells):
        told = str(len(question.cells)), str(len(row.cells))
        findings.append(Finding("other-cells", "the exercise has another number of cells", None, *told))
        question = Asked()
    certificates: list[Certificate | None] = []
    for index, cell in enumerate(row.cells):
        certificate, found = _cell(cell, index, question, row.answer if len(row.cells) == 1 else None)
        certificates.append(certificate)
        findings += found
    findings += _whole(row, question, certificates)
    kinds = tuple(certificate.kind.value for certificate in certificates if certificate is not None)
    return Verified(row.number, tuple(findings), kinds, at_its_word=question.exercise is None and bool(kinds))


def _claims_nothing(row: ResultRow) -> bool:
    """Whether a row says nothing of its answer: it is an error, or was not settled, without certificate or score."""
    parts = (
        row.score,
        row.values["certificate"],
        *(part for cell in row.cells for part in (cell.score, cell.certificate)),
    )
    is_open = all(cell.status is row.status for cell in row.cells) and row.values.get("proved") is not True
    return row.status in (Status.ERROR, Status.UNDECIDED) and is_open and all(part is None for part in parts)


def _of_broken(row: ResultRow, question: Asked) -> Iterator[Finding]:
    """A row whose exercise cannot be made has status error and claims nothing."""
    assert question.fault is not None
    claims = any(cell.certificate is not None for cell in row.cells) or row.values["certificate"] is not None
    if row.status is not Status.ERROR or row.score is not None or claims:
        message = f"the exercise of the row cannot be made: {question.fault.message}"
        yield Finding("broken-exercise", message, None, Status.ERROR.value, row.status.value)


# ---- one cell ------------------------------------------------------------------------------------------------------


def _cell(cell: CellRow, index: int, question: Asked, alone: str | None) -> tuple[Certificate | None, list[Finding]]:
    """The certificate of a cell, and what does not hold of it; `alone` is the row's answer to an only cell."""
    known = question.exercise is not None
    if cell.certificate is None:
        given = question.answers[index] if known else None
        return None, list(_without_certificate(cell, index, question, given))
    try:
        certificate = certificate_from(cell.certificate)
    except BadCertificate as error:
        found = None if error.found is None else str(error.found)[:200]
        message = f"certificate, {error.field}: {error.message}"
        return None, [Finding("bad-certificate", message, cell.name, None, found)]
    answer = question.answers[index] if known else read_alone(alone or cell.answer, certificate.claim)
    findings = [
        *_of_status(cell, certificate),
        *_of_answer(cell, certificate, answer),
        *_of_evidence(cell, certificate),
    ]
    if question.exercise is not None:
        findings += claim_findings(cell, certificate, question.cells[index], question.exercise)
        if cell.name != question.cells[index].name:
            told = question.cells[index].name, cell.name
            findings.append(Finding("other-cells", "the cell has another name", cell.name, *told))
        findings += _of_exercise(cell, certificate, question.exercise)
    reasons = objections(certificate, is_right=cell.status in RIGHT)
    findings += [Finding(one.code, one.message, cell.name, one.expected, one.found) for one in reasons]
    return certificate, findings


def _without_certificate(cell: CellRow, index: int, question: Asked, given: CellAnswer | None) -> Iterator[Finding]:
    """Why a cell needs a certificate, or why it is not what its status says."""
    if cell.score is not None and cell.status in _UNJUDGED:
        yield Finding("wrong-score", "an answer that was not judged has no score", cell.name, "none", str(cell.score))
    if question.exercise is not None and isinstance(question.cells[index].target, Choice):
        yield from _of_choice(cell, question.exercise, question.cells[index], given)
    elif cell.status is Status.UNREADABLE:
        yield from _of_unreadable(cell, given)
    elif cell.status not in _UNJUDGED and not _needs_none(cell, given):
        message = "there is no certificate; grade with --certificates"
        yield Finding("no-certificate", message, cell.name, "a certificate", f"status {cell.status.value}")


def _needs_none(cell: CellRow, given: CellAnswer | None) -> bool:
    """Whether an incorrect cell is so without a comparison: it is empty, or has a constant of integration."""
    if cell.status is not Status.INCORRECT or cell.score != 0 or cell.code not in _NOT_COMPARED:
        return False
    if cell.code == "empty":
        return not cell.answer.strip() and (given is None or given.reading is None)
    return given is None or (given.reading is not None and given.reading.constant is not None)


def _of_unreadable(cell: CellRow, given: CellAnswer | None) -> Iterator[Finding]:
    """An answer that can be read is not unreadable, unless it can be read in two ways."""
    if given is None or given.reading is None or cell.code == "ambiguous-argument":
        return
    yield Finding("readable", "the answer can be read", cell.name, "an unreadable answer", given.text[:200])


def _of_choice(cell: CellRow, exercise: Exercise, asked_cell: Cell, given: CellAnswer | None) -> Iterator[Finding]:
    if given is None or not given.text or given.error is not None:
        return
    judged = chosen(exercise, asked_cell, given)
    if (cell.status, cell.score) != (judged.status, judged.score):
        told = f"{judged.status.value}, {judged.score}", f"{cell.status.value}, {cell.score}"
        yield Finding("wrong-status", "these options have another status", cell.name, *told)


# ---- a cell and its certificate ------------------------------------------------------------------------------------


def _of_status(cell: CellRow, certificate: Certificate) -> Iterator[Finding]:
    allowed = _KINDS[certificate.kind]
    if cell.status not in allowed:
        wanted = " or ".join(status.value for status in allowed)
        message = f"a certificate of kind {certificate.kind.value} does not stand for this status"
        yield Finding("wrong-status", message, cell.name, wanted, cell.status.value)
    elif cell.status is Status.PARTIAL:
        if cell.score is None or not 0 < cell.score < 1:
            yield Finding("wrong-score", "a partial score lies between 0 and 1", cell.name, None, str(cell.score))
    elif cell.score != SCORES[cell.status]:
        told = str(SCORES[cell.status]), str(cell.score)
        yield Finding("wrong-score", "the status has another score", cell.name, *told)
    if cell.proved != (certificate.kind is not Certified.NOT_PROVED):
        told = str(not cell.proved).lower(), str(cell.proved).lower()
        yield Finding("wrong-proved", "`proved` does not fit the certificate", cell.name, *told)


def _of_answer(cell: CellRow, certificate: Certificate, given: CellAnswer) -> Iterator[Finding]:
    stated, tree = to_text(certificate.claim.answer), tree_of(given)
    if cell.answer != given.text:
        yield Finding("other-answer", "the cell has another answer than the row", cell.name, given.text, cell.answer)
    if tree is None:
        yield Finding("unreadable", "the answer of the row cannot be read", cell.name, stated, given.text[:200])
        return
    if to_text(tree) != stated:
        yield Finding("other-answer", "the certificate is about another answer", cell.name, to_text(tree), stated)
    if certificate.claim.tolerance is not None and decimals_of(tree) != certificate.claim.decimals:
        told = str(decimals_of(tree)), str(certificate.claim.decimals)
        yield Finding("other-answer", "the answer has another number of decimals", cell.name, *told)
    if cell.read_as != to_text(tree):
        yield Finding("wrong-read-as", "the answer reads otherwise", cell.name, to_text(tree), cell.read_as)


def _of_evidence(cell: CellRow, certificate: Certificate) -> Iterator[Finding]:
    """What the row's own evidence says otherwise than the certificate."""
    method = None if certificate.equality is None else certificate.equality.method
    if certificate.kind is Certified.EQUAL:
        found = cell.symbolic.get("outcome"), cell.symbolic.get("method")
        if found != ("equal", method):
            yield Finding("other-evidence", "`symbolic` does not fit the certificate", cell.name, method, str(found))
    elif certificate.kind is Certified.DIFFERENT and certificate.difference is not None:
        witness = cell.numeric.get("witness")
        at = witness.get("at") if isinstance(witness, dict) else None
        point = {name: str(value) for name, value in certificate.difference.at.items()}
        if not isinstance(at, dict) or any(at.get(name) != value for name, value in point.items()):
            told = str(point), str(at)[:200]
            yield Finding("other-evidence", "the witness of the row is at another point", cell.name, *told)


def _of_exercise(cell: CellRow, certificate: Certificate, exercise: Exercise) -> Iterator[Finding]:
    """Whether form and credit are as the exercise has them."""
    change = what_to_change(exercise.form, certificate.claim.answer) if cell.status in RIGHT else None
    wanted = Status.CORRECT if change is None else Status.EQUIVALENT
    if cell.status in RIGHT and cell.status is not wanted:
        yield Finding("wrong-status", "the form is judged otherwise", cell.name, wanted.value, cell.status.value)
    credits = {round(mistake.credit, 6) for mistake in exercise.mistakes if mistake.credit > 0}
    if cell.status is Status.PARTIAL and cell.score not in credits:
        told = ", ".join(map(str, sorted(credits))) or "none", str(cell.score)
        yield Finding("wrong-score", "the exercise gives no such credit", cell.name, *told)


# ---- the whole row -------------------------------------------------------------------------------------------------


def _whole(row: ResultRow, question: Asked, certificates: list[Certificate | None]) -> Iterator[Finding]:
    """Whether status, score and evidence of the row are those of its cells."""
    if not row.cells:
        if row.status is not Status.ERROR or row.score is not None or row.values["certificate"] is not None:
            yield Finding("wrong-status", "a row without cells is an error", None, "error", row.status.value)
        return
    cells = question.cells or tuple(Cell(cell.name, Formula(ZERO)) for cell in row.cells)
    exercise = question.exercise or Exercise("", points=row.max_score)
    whole = summed(exercise, row.answer, cells, tuple(map(_assessed, row.cells)))
    wanted = _told(whole.status, whole.score, whole.max_score)
    found = _told(row.status, row.score, row.max_score)
    if wanted != found:
        yield Finding("wrong-status", "the cells make another status or score", None, wanted, found)
    yield from _telling(row)


def _telling(row: ResultRow) -> Iterator[Finding]:
    """Whether the evidence at the top is that of the first cell that is not right, or of the first cell."""
    telling = next((cell for cell in row.cells if cell.status not in RIGHT), row.cells[0])
    is_right = telling.status in RIGHT
    for name, found in (
        ("certificate", telling.certificate),
        ("symbolic", telling.symbolic),
        ("numeric", telling.numeric),
    ):
        if row.values.get(name) != found:
            yield Finding("other-evidence", f"`{name}` of the row is not that of the cell {telling.name[:80]}")
    proved = all(cell.proved for cell in row.cells) if is_right else telling.proved
    if row.values.get("proved") is not proved:
        told = str(proved).lower(), str(row.values.get("proved")).lower()
        yield Finding("wrong-proved", "`proved` of the row is not that of its cells", None, *told)
    texts = [cell.read_as for cell in row.cells]
    whole = texts[0] if len(texts) == 1 else f"({', '.join(text or '?' for text in texts)})"
    if row.values.get("read_as") != (whole if any(texts) else None):
        yield Finding("wrong-read-as", "`read_as` of the row is not that of its cells", None, whole)


def _assessed(cell: CellRow) -> CellAssessment:
    fault = Fault(cell.code or "unreadable", "") if cell.status is Status.UNREADABLE else None
    return CellAssessment(cell.name, cell.answer, cell.status, cell.score, code=cell.code, fault=fault)


def _told(status: Status, score: float | None, most: float) -> str:
    return f"{status.value}, {'no score' if score is None else round(score, 6)} of {round(most, 6)}"
