"""The laws that fit one part, a sound one and those mistaken for it; each pattern is matched once for all its laws."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tutor.calculus.law import ANY_FUNCTION
from tutor.calculus.malrules import mistaken_for
from tutor.calculus.rule import Bindings, Rule, match
from tutor.expression.tree import Apply, Expression, Symbol

__all__ = ["Fitting", "fitting"]


Fitting: TypeAlias = tuple[tuple[Rule, ...], Bindings]
"""Laws with one pattern that fit a part, and what their letters stand for, the variable among them."""


def fitting(sound: Rule, part: Expression, bindings: Bindings, variable: str) -> Iterator[Fitting]:
    """The laws that fit a part by their patterns: those with that of a sound rule first, itself the first of them."""
    x = Symbol(variable)
    for pattern in _patterns(sound):
        bound = bindings if pattern.before is sound.before else pattern.bound(part, variable)
        if bound is not None:
            known = {**bound, "x": x}
            rules = pattern.fitting(known)
            if rules:
                yield rules, known


class _Pattern(NamedTuple):
    """The left side of laws, the head that a part must have (None for any), and whether some have more conditions."""

    before: Expression
    head: str | None
    rules: tuple[Rule, ...]
    is_conditional: bool

    def bound(self, part: Expression, variable: str) -> Bindings | None:
        """What the letters stand for where the pattern fits; most parts have another head, which is seen soonest."""
        if self.head is not None and not (isinstance(part, Apply) and part.head == self.head):
            return None
        return match(self.before, part, variable)

    def fitting(self, bindings: Bindings) -> tuple[Rule, ...]:
        """The laws whose further conditions hold."""
        if not self.is_conditional:
            return self.rules
        return tuple(rule for rule in self.rules if rule.fits is None or rule.fits(bindings))


@lru_cache(maxsize=1024)
def _patterns(sound: Rule) -> tuple[_Pattern, ...]:
    """The patterns of a rule and of the mal-rules that are mistaken for it, that of the rule first."""
    laws: dict[Expression, list[Rule]] = {}
    for rule in (sound, *mistaken_for(sound)):
        laws.setdefault(rule.before, []).append(rule)
    return tuple(
        _Pattern(before, _head_of(before), tuple(rules), any(rule.fits is not None for rule in rules))
        for before, rules in laws.items()
    )


def _head_of(pattern: Expression) -> str | None:
    return pattern.head if isinstance(pattern, Apply) and pattern.head not in ANY_FUNCTION else None
