"""What a row was asked, read again: its exercise, the claim of each cell, and the trees of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tutor.apps.verify_fields import CellRow, ResultRow
from tutor.apps.verify_finding import Finding
from tutor.checking.certificate import Certificate, Claim, claim_of
from tutor.errors import AnswerError, ExerciseErrors, InputFileError, TutorError
from tutor.exercise.bank import Bank, load_bank, shipped_folder
from tutor.exercise.fingerprint import exercise_hash
from tutor.exercise.inline import row_exercise
from tutor.exercise.model import Exercise
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Cell, Choice
from tutor.kinds.kind import CellAnswer

__all__ = ["Asked", "asked", "bank_at", "claim_findings", "read_alone"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The exercise of a row with its cells and the answers as they are read now; without one nothing is known.

    `fault` says why an exercise that the row brings along cannot be made.
    """

    exercise: Exercise | None = None
    cells: tuple[Cell, ...] = ()
    answers: tuple[CellAnswer, ...] = ()
    findings: tuple[Finding, ...] = ()
    fault: TutorError | None = None


@lru_cache(maxsize=4)
def bank_at(folder: str | None) -> Bank:
    """The bank in a folder, None for the program's own; raises ExerciseErrors and InputFileError."""
    return load_bank(shipped_folder() if folder is None else Path(folder), KINDS)


def asked(row: ResultRow, folder: str | None) -> Asked:
    """What a row was asked, with what does not fit the exercise."""
    try:
        exercise = _exercise(row, folder)
    except _NotAtHand as unknown:
        return Asked(findings=unknown.findings)
    except TutorError as error:
        return Asked(fault=error)
    try:
        kind = KINDS[exercise.kind]
        cells, answers = kind.cells(exercise), kind.read(exercise, row.answer)
    except TutorError as error:
        return Asked(exercise, fault=error)
    return Asked(exercise, cells, answers, _changed(row, exercise))


class _NotAtHand(Exception):
    """The exercise of a row is in no bank that is at hand; with a bank that was named that is a finding."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings


def _exercise(row: ResultRow, folder: str | None) -> Exercise:
    if row.exercise is None:
        return row_exercise(row.inline)
    name = row.exercise.strip()
    try:
        bank = bank_at(folder)
    except (ExerciseErrors, InputFileError):
        raise _NotAtHand from None
    if name in bank and row.values.get("variant") is None:
        return bank.find(name)
    if folder is None:
        raise _NotAtHand
    raise _NotAtHand(Finding("unknown-exercise", "the exercise is not among those named", None, None, name))


def _changed(row: ResultRow, exercise: Exercise) -> tuple[Finding, ...]:
    current = exercise_hash(exercise)
    if row.exercise_hash == current:
        return ()
    message = "the exercise is not the one that was graded"
    return (Finding("other-exercise", message, None, current, row.exercise_hash),)


# ---- claims --------------------------------------------------------------------------------------------------------


def claim_findings(cell: CellRow, certificate: Certificate, target: Cell, exercise: Exercise) -> tuple[Finding, ...]:
    """What of a certificate's claim is not what the cell asks for."""
    if isinstance(target.target, Choice):
        return (Finding("other-claim", "a choice has no certificate", cell.name),)
    stated = certificate.claim
    wanted = _written(claim_of(target.target, stated.answer, exercise.domain))
    found = _written(stated)
    differing = [name for name in wanted if wanted[name] != found[name]]
    findings = [
        Finding("other-claim", f"the certificate has another {name}", cell.name, wanted[name], found[name])
        for name in differing
    ]
    if stated.tolerance is not None and stated.tolerance != target.tolerance:
        told = str(target.tolerance), str(stated.tolerance)
        findings.append(Finding("other-claim", "the certificate has another tolerance", cell.name, *told))
    return tuple(findings)


def _written(claim: Claim) -> Mapping[str, str]:
    """The parts of a claim, but for the answer, as texts."""
    place = {name: to_text(value) for name, value in sorted(claim.place.items())}
    ranges = dict(sorted(claim.domain.ranges.items()))
    return {
        "function": "none" if claim.function is None else to_text(claim.function),
        "expected formula": "none" if claim.expected is None else to_text(claim.expected),
        "list of variables": ", ".join(claim.variables),
        "place": ", ".join(f"{name} = {value}" for name, value in place.items()),
        "domain": ", ".join(f"{name}: {within}" for name, within in ranges.items()),
    }


# ---- answers -------------------------------------------------------------------------------------------------------


def read_alone(text: str, claim: Claim) -> CellAnswer:
    """The answer of a cell as it is read without its exercise, by the symbols of the certificate."""
    variable = next(iter(claim.variables), None)
    try:
        return CellAnswer(text, parse(text.rstrip(), claim.symbols, variable=variable))
    except AnswerError as error:
        return CellAnswer(text, error=error)


def tree_of(answer: CellAnswer) -> Expression | None:
    """The tree of an answer that can be read."""
    return None if answer.reading is None else answer.reading.expression
