"""The laws that fit one part, a sound one and those mistaken for it; each pattern is matched once for all its laws."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tutor.calculus.law import ANY_FUNCTION
from tutor.calculus.malrules import mistaken_for
from tutor.calculus.rule import Bindings, Rule, match
from tutor.expression.tree import Apply, Expression, Symbol

__all__ = ["fitting"]


def fitting(sound: Rule, part: Expression, bindings: Bindings, variable: str) -> list[tuple[Rule, Bindings]]:
    """A sound rule with its bindings, then the mal-rules that fit a part in its place, in their order.

    Laws with the same pattern have the same bindings, the same object, the variable among them.
    """
    laws, (_, *others) = _laws_and_patterns(sound)
    x = Symbol(variable)
    known: list[Bindings | None] = [{**bindings, "x": x}]
    known += [_bound(pattern, part, x) if pattern.may_fit(part) else None for pattern in others]
    return list(_fitting(laws, known))


class _Pattern(NamedTuple):
    """The left side of laws, and the head that a part must have; most have another, which is seen soonest."""

    before: Expression
    head: str | None

    def may_fit(self, part: Expression) -> bool:
        """Whether a part has that head; where it is None any part may do."""
        return self.head is None or (isinstance(part, Apply) and part.head == self.head)


def _bound(pattern: _Pattern, part: Expression, x: Symbol) -> Bindings | None:
    bindings = match(pattern.before, part, x.name)
    return None if bindings is None else {**bindings, "x": x}


def _fitting(laws: tuple[tuple[Rule, int], ...], bound: list[Bindings | None]) -> Iterator[tuple[Rule, Bindings]]:
    for rule, number in laws:
        bindings = bound[number]
        if bindings is not None and (rule.fits is None or rule.fits(bindings)):
            yield rule, bindings


@lru_cache(maxsize=1024)
def _laws_and_patterns(sound: Rule) -> tuple[tuple[tuple[Rule, int], ...], tuple[_Pattern, ...]]:
    """A rule and the mal-rules that are mistaken for it, each with the number of its pattern, and the patterns."""
    laws = (sound, *mistaken_for(sound))
    numbers: dict[Expression, int] = {}
    numbered = tuple((rule, numbers.setdefault(rule.before, len(numbers))) for rule in laws)
    return numbered, tuple(_Pattern(before, _head_of(before)) for before in numbers)


def _head_of(pattern: Expression) -> str | None:
    return pattern.head if isinstance(pattern, Apply) and pattern.head not in ANY_FUNCTION else None
