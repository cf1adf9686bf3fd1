"""All mistaken laws, by the moment at which they are applied; what can be said of one mal-rule."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tutor.calculus.algebra_slips import ALGEBRA_SLIPS
from tutor.calculus.implicit import IMPLICIT_LAWS
from tutor.calculus.malrules import MAL_RULES
from tutor.calculus.misreadings import MISREADINGS
from tutor.calculus.question_slips import QUESTION_SLIPS
from tutor.calculus.rule import Rule

MISTAKEN_LAWS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "before": MISREADINGS,
        "differentiating": MAL_RULES,
        "after": ALGEBRA_SLIPS,
        "curve": IMPLICIT_LAWS,
        "question": QUESTION_SLIPS,
    }
)
"""The laws by moment: about the function before, in differentiating, about the derivative after, of a curve y(x), about
the question as a whole."""


def laws_of(id: str) -> tuple[tuple[str, str], ...]:
    """The moment and the text of each law of a mal-rule, each text once."""
    found = (
        (moment, rule.law) for moment, rules in MISTAKEN_LAWS.items() for rule in rules if id in (rule.id, rule.inside)
    )
    return tuple(dict.fromkeys(found))
