"""What is known of an answer: a status, and the evidence of two witnesses that are kept apart to the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Status(StrEnum):
    """How an answer, or a row of answers, ended; `docs/architecture.md` has the table of meanings and scores."""

    CORRECT = "correct"
    EQUIVALENT = "equivalent"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    UNDECIDED = "undecided"
    UNREADABLE = "unreadable"
    ERROR = "error"


RIGHT = (Status.CORRECT, Status.EQUIVALENT)
"""The statuses of an answer with the right value."""


class Outcome(StrEnum):
    """What one witness says of the answer and what it should equal."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An interval that surely holds a real number: its middle and a bound on the distance, as decimal texts."""

    middle: str
    radius: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A point at which the answer provably differs: the slope measured from f (or the key) and the answer there.

    `answer` is None where the answer has no real value at the point.
    """

    at: Mapping[str, Fraction]
    slope: Enclosure | None
    answer: Enclosure | None


@dataclass(frozen=True, slots=True)
class NumericCheck:
    """What balls found: how many points counted, the computed tolerance there (relative), and a point of difference."""

    outcome: Outcome = Outcome.UNKNOWN
    points: int = 0
    tolerance: str | None = None
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class SymbolicCheck:
    """What was proved of answer minus key, by which method (`balls`, `normal-form`, `simplify`, …) and identities."""

    outcome: Outcome = Outcome.UNKNOWN
    method: str | None = None
    identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of one answer in one cell with both witnesses; `holds` names the regions a proof is limited to.

    A prover of today covers all regions or proves nothing, so that `holds` is empty. `code` says more of a status:
    `undefined-here`, `rounded`; of undecided `contradiction`, `too-few-points`, `not-settled`, `no-value`.
    """

    status: Status
    proved: bool = False
    holds: tuple[str, ...] = ()
    symbolic: SymbolicCheck = field(default_factory=SymbolicCheck)
    numeric: NumericCheck = field(default_factory=NumericCheck)
    code: str | None = None
    notices: tuple[str, ...] = ()
