"""A certificate: a claim about one answer and the evidence for it, so that anybody can check the verdict again.

It is self-contained. *Different*: a point, and enclosures there of the slope and of the answer that exclude each other.
*Equal*: the method of the proof and the identities it used, and points at which both sides were compared. *Not proved*:
points at which both sides agree, and how closely.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from tutor.checking.verdict import Enclosure
from tutor.exercise.model import Tolerance
from tutor.expression.domain import Domain
from tutor.expression.tree import Expression, free_symbols
from tutor.kinds.cell import Formula, Slope

__all__ = ["MOST_DIGITS", "Certificate", "Certified", "Claim", "Difference", "Equality", "Point", "claim_of"]

Point: TypeAlias = Mapping[str, Fraction]
"""Exact values of symbols."""


MOST_DIGITS = 4000
"""Digits of a stated value; of one that would need more to show a difference only the enclosure is stated."""


class Certified(StrEnum):
    """What a certificate certifies of an answer and the slope, or the formula, that it should equal."""

    DIFFERENT = "different"
    EQUAL = "equal"
    NOT_PROVED = "not-proved"


@dataclass(frozen=True, slots=True)
class Claim:
    """What an answer is held against.

    Either the slope of `function` by `variables`, one after the other, taken at `place` where that names them; or the
    formula `expected`. `tolerance` is how far a decimal answer may be off, and `decimals` how many digits stood behind
    its point.
    """

    answer: Expression
    function: Expression | None = None
    variables: tuple[str, ...] = ()
    place: Mapping[str, Expression] = field(default_factory=dict)
    expected: Expression | None = None
    domain: Domain = field(default_factory=Domain)
    tolerance: Tolerance | None = None
    decimals: int | None = None

    @property
    def source(self) -> Expression:
        """The function, or the formula where there is none."""
        formula = self.expected if self.function is None else self.function
        assert formula is not None
        return formula

    @property
    def symbols(self) -> tuple[str, ...]:
        """All names that the formulas of the claim may use."""
        found = free_symbols(self.answer) | free_symbols(self.source) | set(self.variables) | self.domain.ranges.keys()
        return tuple(sorted(found))

    @property
    def moving(self) -> tuple[str, ...]:
        """The symbols that have a value at a point: those of the answer, and of the function but for its place."""
        asked = (free_symbols(self.source) | set(self.variables)) - self.place.keys()
        return tuple(sorted(free_symbols(self.answer) | asked))


def claim_of(target: Slope | Formula, answer: Expression, domain: Domain) -> Claim:
    """The claim that an answer is right, or wrong: what a cell asks for, and the answer."""
    if isinstance(target, Formula):
        return Claim(answer, expected=target.expected, domain=domain)
    place = target.at if set(target.variables) <= target.at.keys() else {}
    return Claim(answer, target.function, target.variables, place, domain=domain)


@dataclass(frozen=True, slots=True)
class Difference:
    """A point, the slope (or expected value) there, and the answer's value, None where it has no real one."""

    at: Point
    slope: Enclosure
    answer: Enclosure | None


@dataclass(frozen=True, slots=True)
class Equality:
    """The method of a proof and the identities that it used."""

    method: str
    identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """A claim and its evidence.

    `points` are where both sides were seen to agree, within `radius` times the larger of 1 and the slope. A verdict
    that was left undecided because a difference met a proof has kind not-proved and carries both; `code` says why a
    verdict is undecided.
    """

    kind: Certified
    claim: Claim
    difference: Difference | None = None
    equality: Equality | None = None
    points: tuple[Point, ...] = ()
    radius: str | None = None
    code: str | None = None
