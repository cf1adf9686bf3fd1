"""A proof by cases of signs: the normal form with the sign of one factor taken as 1, then as -1, and so on inside.

A sign s inside another kernel, as in exp(s·x) or √(a² + b² + 2·s·a·b), hides what is simple once s is a number. In
every case the sign is a fact like any other; a case in which facts contradict each other, or a part has no value, is
no case.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.checking.normal_form_attempt import Attempt, Settled, settled
from tutor.checking.normal_form_facts import Facts, Key
from tutor.checking.normal_form_field import MOST_WORK, Field, RealNowhere
from tutor.checking.normal_form_writing import Writing
from tutor.checking.ring import RingMaker
from tutor.expression.tree import Expression

__all__ = ["CaseProof", "sign_to_split"]

_MOST_CASES = 12
_MOST_DEPTH = 4
_MOST_WORK = 4 * MOST_WORK
"""The work of all cases together."""

_WRITINGS = (Writing.CLOSED, Writing.HALF_TANGENTS)


@dataclass(slots=True)
class CaseProof:
    """Whether two expressions are equal in all cases; it counts cases and work, and collects the identities' names."""

    left: Expression
    right: Expression
    ring: RingMaker
    used: set[str] = field(default_factory=set)
    cases: int = 0
    proved: int = 0
    work: int = 0

    def holds(self, facts: Facts, key: Key, depth: int = 0) -> bool:
        """Whether both sides are equal where a sign is 1 and where it is -1, in one of which they are real."""
        for sign in (1, -1):
            self.cases += 1
            if self.cases > _MOST_CASES or depth == _MOST_DEPTH or self.work > _MOST_WORK:
                return False
            case = facts.copy()
            case.signs[key] = (sign, frozenset())
            try:
                if not self._holds_in(case, depth):
                    return False
            except RealNowhere:
                pass  # shows nothing; `proved` counts that some case showed something
        return self.proved > 0

    def _holds_in(self, case: Facts, depth: int) -> bool:
        for writing in _WRITINGS:
            case.work = 0
            start = Attempt(self.ring, case, writing)
            last = settled(start, lambda attempt: attempt.difference(self.left, self.right))
            self.work += last.attempt.field.facts.work
            if last.is_zero:
                self.used |= last.attempt.field.used
                self.used.add("sign-cases")
                self.proved += 1
                return True
            if last.value is not None and not last.attempt.field.may_say_more:
                break
        key = sign_to_split(last)
        return key is not None and self.holds(case, key, depth + 1)


def sign_to_split(last: Settled) -> Key | None:
    """A sign on which other kernels of a difference depend, else one of several in it; None if there is none.

    Where there is no difference yet, any sign.
    """
    field = last.attempt.field
    outer = set(range(len(field.descriptors))) if last.value is None else field.kernels_of(last.value.top)
    inner = _inside(field, outer)
    signs = _signs(field, inner)
    if not signs:
        signs = _signs(field, outer)
        signs = signs if len(signs) > 1 or last.value is None else []
    key = field.descriptors[signs[0]][1] if signs else None
    return key if isinstance(key, frozenset) else None


def _signs(field: Field, kernels: set[int]) -> list[int]:
    return [index for index in sorted(kernels) if field.descriptors[index][0] == "sign"]


def _inside(field: Field, kernels: set[int]) -> set[int]:
    """The kernels in the arguments of others, and in the factors whose signs they are."""
    found: set[int] = set()
    todo = list(kernels)
    while todo:
        index = todo.pop()
        inner = field.kernels_of(field.arguments[index]) if index in field.arguments else set()
        for part in field.descriptors[index][1:]:
            inner |= field.kernels_in(part) if isinstance(part, frozenset) else set()
        todo += inner - found
        found |= inner
    return found
