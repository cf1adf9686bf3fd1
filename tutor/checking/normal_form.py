"""The normal form: answer minus key as one fraction of polynomials in kernels; zero is a proof, anything else is not.

Each rewriting is an identity wherever both sides are real, so whether the kernels are independent matters only for what
is found, never for whether it is true; `docs/soundness.md` goes through them. First attempt: trigonometric functions by
exponentials; where a sign of one is wanted, or that attempt finds no zero, by half-angle tangents. An attempt starts
again whenever it learns a fact that changes what it has built (see `Facts`). What the key alone leads to is kept for
its next answer; a proof is the same whether it was kept or not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias, TypeVar

from tutor.checking.normal_form_attempt import Attempt
from tutor.checking.normal_form_facts import Facts
from tutor.checking.normal_form_field import OutOfReach, Ratio, StartAgain, TooManyKernels
from tutor.checking.normal_form_signs import NeedsReal
from tutor.checking.ring import RingMaker
from tutor.expression.tree import Expression

__all__ = ["Proof", "is_zero", "normal_form", "proof"]

_MOST_ATTEMPTS = 12
_MOST_KEPT = 256

Normal: TypeAlias = tuple[tuple[tuple[tuple[int, ...], Fraction], ...], ...]
"""The terms of numerator and denominator."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proof:
    """That a difference is zero wherever both sides are real, by the identities of `IDENTITIES` with these names."""

    identities: tuple[str, ...]


def proof(left: Expression, right: Expression, ring: RingMaker) -> Proof | None:
    """The proof that two expressions are equal wherever both are real; None when none is found."""
    for is_complex in (True, False):
        found = _difference(_Question(left, ring, is_complex), right)
        if found is not None and not found[1].top:
            return Proof(tuple(sorted(found[0].field.used)))
        if found is not None and not found[0].field.has_kernel(("i",)):
            return None
    return None


def is_zero(left: Expression, right: Expression, ring: RingMaker) -> bool:
    """Whether the difference of two expressions is proved to be zero wherever both are real."""
    return proof(left, right, ring) is not None


def normal_form(left: Expression, right: Expression, ring: RingMaker) -> Normal | None:
    """Numerator and denominator of the difference, for comparing rings; None when it is out of reach."""
    for is_complex in (True, False):
        found = _difference(_Question(left, ring, is_complex), right)
        if found is not None:
            return tuple(tuple(found[0].field.ring.terms(part)) if part else () for part in found[1])
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """A key, how it is written, and the ring; keys are told apart as objects, as comparing trees takes long."""

    key: Expression
    ring: RingMaker
    is_complex: bool

    def __hash__(self) -> int:
        return hash((id(self.key), self.is_complex))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Question):
            return NotImplemented
        return self.key is other.key and self.ring is other.ring and self.is_complex is other.is_complex


def _difference(question: _Question, answer: Expression) -> tuple[Attempt, Ratio] | None:
    """An attempt and the difference in its field; None when it is out of reach, or i stands in the way."""
    prepared = _prepared(question)
    if prepared is None:
        return None
    return _settled(prepared.copy(), lambda attempt: _subtracted(attempt, question.key, answer))


def _subtracted(attempt: Attempt, key: Expression, answer: Expression) -> Ratio:
    return attempt.field.subtract(attempt.value(key), attempt.value(answer))


@lru_cache(maxsize=_MOST_KEPT)
def _prepared(question: _Question) -> Attempt | None:
    """An attempt that holds the key; None when that is out of reach."""
    attempt = Attempt(question.ring, Facts(), is_complex=question.is_complex)
    found = _settled(attempt, lambda attempt: attempt.value(question.key))
    return None if found is None else found[0]


def _settled(attempt: Attempt, build: Callable[[Attempt], T]) -> tuple[Attempt, T] | None:
    """The first attempt that ends without a new fact, and what is built in it."""
    try:
        for _ in range(_MOST_ATTEMPTS):
            try:
                return attempt, build(attempt)
            except StartAgain:
                attempt = attempt.again()
            except TooManyKernels:
                attempt = attempt.wider()
    except (OutOfReach, NeedsReal, TooManyKernels):
        return None
    return None
