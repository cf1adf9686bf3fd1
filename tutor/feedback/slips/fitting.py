"""The laws that fit one part, a sound one and those mistaken for it; each pattern is matched once for all its laws."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tutor.calculus.flat_views import Sort, typed_sorts, typed_wanted
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
    x, sorts = Symbol(variable), typed_sorts(part)
    head = part.head if isinstance(part, Apply) else None
    for pattern in _patterns(sound):
        bound: Bindings | None = None
        if pattern.before is sound.before:
            bound = bindings
        elif pattern.head is None or (pattern.head == head and pattern.wanted <= sorts):
            bound = match(pattern.before, part, variable)
        if bound is not None:
            known = {**bound, "x": x}
            numbers, rules = pattern.fitting(known)
            if rules:
                yield numbers, rules, known


class _Pattern(NamedTuple):
    """The left side of laws, and whether some have more conditions.

    The head that a part must have (None for any) and the heads that its arguments must have are seen soonest: by them
    most patterns do not fit.
    """

    before: Expression
    head: str | None
    wanted: frozenset[Sort]
    numbers: tuple[int, ...]
    rules: tuple[Rule, ...]
    is_conditional: bool

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
    is_conditional = any(rule.fits is not None for rule in rules)
    return _Pattern(before, _head_of(before), typed_wanted(before), numbers, rules, is_conditional)


def _head_of(pattern: Expression) -> str | None:
    return pattern.head if isinstance(pattern, Apply) and pattern.head not in ANY_FUNCTION else None
