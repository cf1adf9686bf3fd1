"""The forms in which a learner may hold a right derivative when simplifying it goes wrong."""

from __future__ import annotations

from tutor.calculus.derivation import untidied
from tutor.calculus.tidy import tidy
from tutor.calculus.without_units import without_units
from tutor.expression.tree import Expression


def finished_forms(function: Expression, variable: str) -> tuple[Expression, ...]:
    """The derivative as the rules leave it but for 1s and 0s, and as it is tidied; raises AnswerError as `derive`."""
    raw = untidied(function, variable)
    plain, tidied = without_units(raw), tidy(raw)
    return (plain,) if plain == tidied else (plain, tidied)
