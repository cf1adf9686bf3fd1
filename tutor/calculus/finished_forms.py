"""The forms in which a learner may hold a right derivative when simplifying it goes wrong."""

from __future__ import annotations

from tutor.calculus.derivation import Derivation, result
from tutor.calculus.tidy import tidy
from tutor.calculus.without_units import without_units
from tutor.expression.tree import Expression


def finished_forms(derivation: Derivation) -> tuple[Expression, ...]:
    """The forms of what a derivation comes to: as the rules leave it but for 1s and 0s, and tidied."""
    raw = result(derivation)
    return tuple(dict.fromkeys((without_units(raw), tidy(raw))))
