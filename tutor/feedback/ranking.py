"""Explanations in their order: likeness to what the learner wrote, then where the slip is, then how often it is seen.

Of two that lead to the learner's own form, a slip in the derivation is likelier than one in the algebra afterwards that
happens to come to the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tutor.calculus.malrules import CONTEXTS, INSIDE
from tutor.calculus.tidy import tidy
from tutor.calculus.without_units import without_units
from tutor.expression.tree import Expression, size
from tutor.feedback.likeness import likeness, pieces
from tutor.feedback.slips.cause import AnotherQuestion, Candidate, Cause, Earlier, Whole, mal_rule_of
from tutor.feedback.slips.slopes import Slip
from tutor.feedback.wording import mal_rules

__all__ = ["Ranked", "ranked"]

LARGEST_COMPARED = 2000
"""Parts of a candidate's formula beyond which its likeness is not asked."""

_REPRODUCED = 0.999
"""Likeness from which a candidate is the learner's own form."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with how alike it is to the answer, how far from the rules, and how often its slips are attested."""

    candidate: Candidate
    likeness: float
    remoteness: int
    attestations: int

    def ties_with(self, best: Ranked) -> bool:
        """Whether nothing sets a candidate apart from the best one: not that only the best is the learner's form."""
        is_as_alike = best.likeness < _REPRODUCED or self.likeness >= _REPRODUCED
        return is_as_alike and self.remoteness == best.remoteness


def ranked(candidates: Iterable[Candidate], answer: Expression) -> list[Ranked]:
    """Candidates with equally many slips, best first."""
    own = pieces(answer)
    found = [Ranked(each, _likeness(each, own), _remoteness(each), _attestations(each)) for each in candidates]
    return sorted(found, key=_order)


def _order(each: Ranked) -> tuple[bool, float, int, int]:
    """A slip that goes by this name in one kind of question only stands behind the others."""
    is_special = any(mal_rule_of(cause) in CONTEXTS for cause in each.candidate.causes)
    return is_special, -round(each.likeness, 2), each.remoteness, -each.attestations


def _remoteness(candidate: Candidate) -> int:
    """How far the causes lie from the rules: outside the derivation, or under a name for one kind of question only."""
    return sum(map(_distance, candidate.causes))


def _distance(cause: Cause) -> int:
    if mal_rule_of(cause) in CONTEXTS:
        return 2
    return int(not isinstance(cause, Slip | Earlier | Whole | AnotherQuestion))


def _likeness(candidate: Candidate, own: Counter[str]) -> float:
    """How alike the answer and the candidate are, as its laws write it, without its 1s and 0s, or tidied."""
    if size(candidate.formula) > LARGEST_COMPARED:
        return 0.0
    formula = candidate.formula
    return max(likeness(own, pieces(form)) for form in (formula, without_units(formula), tidy(formula)))


def _attestations(candidate: Candidate) -> int:
    """How often the rarest of the slips is attested."""
    return min(_attested(mal_rule_of(cause)) for cause in candidate.causes)


def _attested(mal_rule: str) -> int:
    """How often a slip is attested; a slip deep in a chain counts as the same slip in a short one."""
    names = {mal_rule, *_OUTSIDE.get(mal_rule, ())}
    return max(mal_rules()[name].attestations for name in names)


_OUTSIDE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {inside: tuple(name for name, other in INSIDE.items() if other == inside) for inside in INSIDE.values()}
)
