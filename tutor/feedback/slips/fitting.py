"""The laws that fit one part, a sound one and those mistaken for it; each pattern is matched once for all its laws."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tutor.calculus.law import ANY_FUNCTION
from tutor.calculus.malrules import mistaken_for
from tutor.calculus.rule import Bindings, Rule, match
from tutor.expression.tree import Apply, Expression, Symbol
from tutor.feedback.slips.applied_law import Fitting

__all__ = ["fitting"]


def fitting(sound: Rule, part: Expression, bindings: Bindings, variable: str) -> Iterator[Fitting]:
    """The laws that fit a part by their patterns: those with that of a sound rule first, itself the first of them.

    Their numbers are their order: that of the sound rule is 0. The variable is among what the letters stand for.
    """
    x = Symbol(variable)
    for pattern in _patterns(sound):
        bound = bindings if pattern.before is sound.before else pattern.bound(part, variable)
        if bound is not None:
            known = {**bound, "x": x}
            numbers, rules = pattern.fitting(known)
            if rules:
                yield numbers, rules, known


class _Pattern(NamedTuple):
    """The left side of laws, the head that a part must have (None for any), and whether some have more conditions."""

    before: Expression
    head: str | None
    numbers: tuple[int, ...]
    rules: tuple[Rule, ...]
    is_conditional: bool

    def bound(self, part: Expression, variable: str) -> Bindings | None:
        """What the letters stand for where the pattern fits; most parts have another head, which is seen soonest."""
        if self.head is not None and not (isinstance(part, Apply) and part.head == self.head):
            return None
        return match(self.before, part, variable)

    def fitting(self, bindings: Bindings) -> tuple[tuple[int, ...], tuple[Rule, ...]]:
        """The laws whose further conditions hold, with their numbers."""
        if not self.is_conditional:
            return self.numbers, self.rules
        pairs = zip(self.numbers, self.rules, strict=True)
        kept = [(number, rule) for number, rule in pairs if rule.fits is None or rule.fits(bindings)]
        return tuple([number for number, _ in kept]), tuple([rule for _, rule in kept])


@lru_cache(maxsize=1024)
def _patterns(sound: Rule) -> tuple[_Pattern, ...]:
    """The patterns of a rule and of the mal-rules that are mistaken for it, that of the rule first."""
    laws: dict[Expression, list[tuple[int, Rule]]] = {}
    for number, rule in enumerate((sound, *mistaken_for(sound))):
        laws.setdefault(rule.before, []).append((number, rule))
    return tuple(_pattern(before, numbered) for before, numbered in laws.items())


def _pattern(before: Expression, numbered: list[tuple[int, Rule]]) -> _Pattern:
    numbers, rules = zip(*numbered, strict=True)
    return _Pattern(before, _head_of(before), numbers, rules, any(rule.fits is not None for rule in rules))


def _head_of(pattern: Expression) -> str | None:
    return pattern.head if isinstance(pattern, Apply) and pattern.head not in ANY_FUNCTION else None
