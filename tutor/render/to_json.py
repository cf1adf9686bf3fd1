"""An assessment as the result row of `grade`, `check --json` and `explain --json`: plain values for JSON.

The names, their order and their meanings are a contract with scripts: fields may be added, none changes meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tutor import __version__
from tutor.checking.verdict import RIGHT, Enclosure, NumericCheck, Status, SymbolicCheck, Witness
from tutor.errors import Span
from tutor.exercise.fingerprint import exercise_hash
from tutor.exercise.inline import INLINE
from tutor.expression.to_text import to_text
from tutor.feedback.assessment import Assessment, CellAssessment, Fault
from tutor.feedback.explanation import Explanation, Layer, Step
from tutor.feedback.finding import Diagnosis, Finding

if TYPE_CHECKING:  # rows of a file have none
    from tutor.feedback.follow_up import FollowUp

SCHEMA_VERSION = 1

# fmt: off
FIELDS = (
    "schema_version", "program_version", "row", "id", "learner", "exercise", "exercise_hash",
    "variant", "function", "attempt", "answer", "read_as", "notices",
    "status", "score", "max_score", "proved", "holds",
    "symbolic", "numeric", "diagnosis", "cells", "certificate", "message", "error",
)
# fmt: on
"""The fields of every row, in their order."""

Plain = dict[str, Any]
"""An object of JSON."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a row of an answer file brought along and gets back unchanged; `extra` holds columns without a meaning."""

    row: int | None = None
    id: Any = None
    learner: Any = None
    exercise: Any = None
    variant: Any = None
    function: Any = None
    attempt: Any = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def row(assessment: Assessment, given: Given | None = None, *, certified: bool = False) -> Plain:
    """The result row of an assessment, with certificates if they are asked for."""
    return joined(given or Given(), assessed(assessment, certified=certified))


def joined(given: Given, result: Plain) -> Plain:
    """A row of what was given and what was found out.

    A column to carry along that is called like a field of the row is put into the object `input`.
    """
    own = {
        "schema_version": SCHEMA_VERSION,
        "program_version": __version__,
        **{name: getattr(given, name) for name in ("row", "id", "learner", "variant", "function", "attempt")},
    }
    merged = {"exercise": given.exercise} | result | own
    if given.exercise is not None:
        merged["exercise"] = given.exercise
    whole = {name: merged[name] for name in FIELDS}
    clashing = {name: value for name, value in given.extra.items() if clashes(name)}
    whole |= {name: value for name, value in given.extra.items() if name not in clashing}
    return whole | {"input": clashing} if clashing else whole


def clashes(name: str) -> bool:
    """Whether a column to carry along is called like a field of the row or a part of one."""
    first = name.partition(".")[0]
    return first in FIELDS or first == "input"


def assessed(assessment: Assessment, *, certified: bool = False) -> Plain:
    """What an assessment says, without what the row brought along; `certificate` is null unless `certified`."""
    telling = assessment.telling
    found = _certificates(assessment) if certified else [None] * len(assessment.cells)
    right = telling is None or telling.status in RIGHT
    told = assessment.cells if right or telling is None else (telling,)
    fault = assessment.fault or (telling.fault if telling else None)
    return {
        "exercise": None if assessment.exercise.id == INLINE else assessment.exercise.id,
        "exercise_hash": exercise_hash(assessment.exercise),
        "answer": assessment.answer,
        "read_as": _whole_read_as(assessment.cells),
        "notices": list(assessment.notices),
        "status": assessment.status.value,
        "score": _number(assessment.score),
        "max_score": _number(assessment.max_score),
        "proved": bool(told) and all(cell.proved for cell in told),
        "holds": _distinct(region for cell in told for region in cell.holds),
        "symbolic": _symbolic(telling.symbolic if telling else SymbolicCheck()),
        "numeric": _numeric(telling.numeric if telling else NumericCheck()),
        "diagnosis": _diagnosis(telling.diagnosis, assessment.cells.index(telling)) if telling else [],
        "cells": [_cell(cell, index, found) for index, cell in enumerate(assessment.cells)],
        "certificate": found[assessment.cells.index(telling)] if telling else None,
        "message": assessment.message,
        "error": None if fault is None else _fault(fault),
    }


def unassessed(answer: str, status: Status, fault: Fault) -> Plain:
    """The same for an answer that could not be assessed: a broken row, an unknown exercise, an ended process."""
    return {
        "exercise": None,
        "exercise_hash": None,
        "answer": answer,
        "read_as": None,
        "notices": [],
        "status": status.value,
        "score": None,
        "max_score": 1.0,
        "proved": False,
        "holds": [],
        "symbolic": _symbolic(SymbolicCheck()),
        "numeric": _numeric(NumericCheck()),
        "diagnosis": [],
        "cells": [{"name": "answer", "answer": answer, "status": status.value, "score": None, "certificate": None}],
        "certificate": None,
        "message": fault.message,
        "error": _fault(fault),
    }


def steps(explanation: Explanation) -> Plain:
    """The layers and steps of an explanation: the `steps` that `explain --json` adds to the row."""
    return {
        "derivative": to_text(explanation.derivative),
        "layers": [_layer(layer) for layer in explanation.layers],
        "steps": [_step(step) for step in explanation.steps],
        "why": explanation.why or None,
    }


def follow_up(found: FollowUp) -> Plain:
    """What to ask next: the `follow_up` that `explain --json` adds to the row; a function, or a task in words."""
    return {
        "mal_rule": found.mal_rule,
        "function": None if found.function is None else to_text(found.function),
        "variable": found.variable if found.function is not None else None,
        "order": found.order if found.function is not None else None,
        "words": found.words or None,
    }


def line(value: Any, *, only_ascii: bool = False) -> str:
    """A value as one line of JSON in which everything that does not show, or could move a cursor, is escaped."""
    text = json.dumps(value, ensure_ascii=only_ascii, allow_nan=False)
    return text if text.isprintable() else "".join(map(_escaped, text))


# ---- the parts of a row ---------------------------------------------------------------------------------------------


def _certificates(assessment: Assessment) -> list[Plain | None]:
    """The certificates of the cells."""
    from tutor.checking.certificate_plain import plain
    from tutor.feedback.certified import certificates  # what compares answers is not needed for rows without

    return [None if certificate is None else plain(certificate) for certificate in certificates(assessment)]


def _cell(cell: CellAssessment, index: int, certificates: Sequence[Plain | None]) -> Plain:
    plain: Plain = {
        "name": cell.name,
        "answer": cell.answer,
        "status": cell.status.value,
        "score": _number(cell.score),
    }
    if cell.code is not None:
        plain["code"] = cell.code
    if len(certificates) == 1:
        return plain | {"certificate": certificates[0]}
    return plain | {
        "read_as": _read_as(cell),
        "proved": cell.proved,
        "symbolic": _symbolic(cell.symbolic),
        "numeric": _numeric(cell.numeric),
        "diagnosis": _diagnosis(cell.diagnosis, index),
        "certificate": certificates[index],
        "error": None if cell.fault is None else _fault(cell.fault),
    }


def _whole_read_as(cells: tuple[CellAssessment, ...]) -> str | None:
    texts = [text for text in map(_read_as, cells) if text is not None]
    if not texts:
        return None
    return texts[0] if len(cells) == 1 else f"({', '.join(_read_as(cell) or '?' for cell in cells)})"


def _read_as(cell: CellAssessment) -> str | None:
    return cell.read_as if cell.read is None else to_text(cell.read)


def _symbolic(check: SymbolicCheck) -> Plain:
    return {"outcome": check.outcome.value, "method": check.method}


def _numeric(check: NumericCheck) -> Plain:
    return {
        "outcome": check.outcome.value,
        "points": check.points,
        "tolerance": check.tolerance,
        "witness": None if check.witness is None else _witness(check.witness),
    }


def _witness(witness: Witness) -> Plain:
    return {
        "at": {name: str(value) for name, value in sorted(witness.at.items())},
        "slope": _enclosure(witness.slope),
        "answer": _enclosure(witness.answer),
    }


def _enclosure(enclosure: Enclosure | None) -> Plain | None:
    return None if enclosure is None else {"mid": enclosure.middle, "rad": enclosure.radius}


def _diagnosis(diagnosis: Diagnosis, cell: int) -> list[Plain]:
    return [_finding(finding, cell) for finding in diagnosis.findings]


def _finding(finding: Finding, cell: int) -> Plain:
    parts = {"at": finding.at, "expected": finding.expected, "observed": finding.observed}
    return {
        "mal_rules": list(finding.mal_rules),
        "certain": finding.certain,
        "cell": cell,
        "layer": finding.layer,
        **{name: None if part is None else to_text(part) for name, part in parts.items()},
        "answer_span": _span(finding.answer_span),
    }


def _fault(fault: Fault) -> Plain:
    return {
        "code": fault.code,
        "message": fault.message,
        "span": _span(fault.span),
        "suggestion": fault.suggestion,
    }


def _layer(layer: Layer) -> Plain:
    return {
        "number": layer.number,
        "outer": to_text(layer.outer),
        "inside_name": layer.inside_name,
        "inside": None if layer.inside is None else to_text(layer.inside),
        "local": to_text(layer.local),
        "tick": layer.tick.value,
        "remark": layer.remark or None,
    }


def _step(step: Step) -> Plain:
    return {
        "number": step.number,
        "rule": step.rule,
        "law": step.law,
        "before": to_text(step.before),
        "after": to_text(step.after),
        "tick": step.tick.value,
        "remark": step.remark or None,
        "steps": [_step(part) for part in step.substeps],
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _number(value: float | None) -> float | None:
    """A score to six decimals, so that sums of weights print the same everywhere."""
    return None if value is None else round(float(value), 6)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[start]:02x}{units[start + 1]:02x}" for start in range(0, len(units), 2))
