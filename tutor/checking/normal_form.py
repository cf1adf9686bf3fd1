"""The normal form: answer minus key as one fraction of polynomials in kernels; zero is a proof, anything else is not.

Each rewriting is an identity wherever both sides are real, so whether the kernels are independent matters only for what
is found, never for whether it is true; `docs/soundness.md` goes through them. There is one attempt for each way of
`Writing`, the cheapest first; the last is by cases of signs. An attempt starts again whenever it learns a fact that
changes what it has built (see `Facts`). What the key alone leads to is kept for its next answer; a proof is the same
whether it was kept or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from tutor.checking.normal_form_attempt import Attempt, Settled, settled
from tutor.checking.normal_form_cases import CaseProof, sign_to_split
from tutor.checking.normal_form_facts import Facts
from tutor.checking.normal_form_field import OutOfReach, RealNowhere, StartAgain, TooManyKernels
from tutor.checking.normal_form_opaque import opaque_proof
from tutor.checking.normal_form_signs import factored
from tutor.checking.normal_form_writing import Writing
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.ring import RingMaker
from tutor.checking.same import Same
from tutor.expression.tree import Expression

__all__ = ["Proof", "has_no_open_zeros", "is_zero", "normal_form", "proof"]

_MOST_KEPT = 256
_MOST_PROOFS = 64

Normal: TypeAlias = tuple[tuple[tuple[tuple[int, ...], Fraction], ...], ...]
"""The terms of numerator and denominator."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That a difference is zero wherever both sides are real, by the identities of `IDENTITIES` with these names."""

    identities: tuple[str, ...]


def proof(left: Expression, right: Expression, ring: RingMaker) -> Proof | None:
    """The proof that two expressions are equal wherever both are real; None when none is found."""
    return _kept_proof(Same(left), Same(right), Same(ring))


@lru_cache(maxsize=_MOST_PROOFS)
def _kept_proof(left: Same[Expression], right: Same[Expression], ring: Same[RingMaker]) -> Proof | None:
    """The proof, kept for those who ask for the same objects again after other ways have failed."""
    closed = opaque_proof(left.value, right.value, ring.value)
    if closed is not None:
        return Proof(closed)
    try:
        return _proof(left.value, right.value, ring.value)
    except RealNowhere:
        return None


def _proof(left: Expression, right: Expression, ring: RingMaker) -> Proof | None:
    last = None
    for writing in Writing:
        if writing is Writing.CLOSED_TANGENTS and not (last and _has_angles_and_inverses(last)):
            continue
        last = _difference(_Question(left, ring, writing), right)
        if last.is_zero:
            return Proof(tuple(sorted(last.attempt.field.used)))
        if last.value is not None and not last.attempt.field.may_say_more:
            break
    key = None if last is None else sign_to_split(last)
    if last is None or key is None:
        return None
    cases = CaseProof(left, right, ring)
    return Proof(tuple(sorted(cases.used))) if cases.holds(last.attempt.field.facts, key) else None


def _has_angles_and_inverses(last: Settled) -> bool:
    """Whether both i and kernels of inverse functions occur."""
    field = last.attempt.field
    return field.has_kernel(("i",)) and "closed-inverse" in field.used


def is_zero(left: Expression, right: Expression, ring: RingMaker) -> bool:
    """Whether the difference of two expressions is proved to be zero wherever both are real."""
    return proof(left, right, ring) is not None


def has_no_open_zeros(expression: Expression, ring: RingMaker) -> bool:
    """Whether an expression is certainly zero on no open set: none of its factors is, as kernels are independent."""
    attempt = Attempt(ring, Facts(), Writing.CLOSED)
    try:
        found = settled(attempt, lambda attempt: attempt.value(expression))
        if found.value is None or not found.value.top:
            return False
        field = found.attempt.field
        return all(is_nowhere_zero(field, factor) for factor, _ in factored(field, found.value).factors)
    except (OutOfReach, StartAgain, TooManyKernels):
        return False


def normal_form(left: Expression, right: Expression, ring: RingMaker) -> Normal | None:
    """Numerator and denominator of the difference, for comparing rings; None when it is out of reach."""
    for writing in Writing:
        try:
            found = _difference(_Question(left, ring, writing), right)
        except RealNowhere:
            return None
        if found.value is not None:
            ring_used = found.attempt.field.ring
            return tuple(tuple(ring_used.terms(part)) if part else () for part in found.value)
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """A key, how it is written, and the ring; keys are told apart as objects, as comparing trees takes long."""

    key: Expression
    ring: RingMaker
    writing: Writing

    def __hash__(self) -> int:
        return hash((id(self.key), self.writing))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Question):
            return NotImplemented
        return self.key is other.key and self.ring is other.ring and self.writing is other.writing


def _difference(question: _Question, answer: Expression) -> Settled:
    """An attempt and the difference in its field, or the attempt at the key where that is out of reach already."""
    prepared = _prepared(question)
    if prepared.value is None:
        return prepared
    return settled(prepared.attempt.copy(), lambda attempt: attempt.difference(question.key, answer))


@lru_cache(maxsize=_MOST_KEPT)
def _prepared(question: _Question) -> Settled:
    """An attempt that holds the key."""
    attempt = Attempt(question.ring, Facts(), question.writing)
    return settled(attempt, lambda attempt: attempt.value(question.key))
