"""Where an answer may lack a value though the key has one: which of its needs are new, and at which points that shows.

Zeros of a denominator are isolated, and there an answer may lack its value, unless the denominator vanishes on an
interval, as x - |x| does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from tutor.checking.analytic import vanishes_at_points_only
from tutor.checking.ball_roots import rational_roots
from tutor.checking.conditions import Condition, Need, simpler_zeros
from tutor.checking.positivity import bounds
from tutor.checking.sampling import Sampler
from tutor.expression.domain import Domain
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression, Number, free_symbols, walk

__all__ = ["gaps", "new_needs"]

_MOST_GAPS = 3
_SIMPLE = 1000
"""The largest denominator of a gap that is told to the learner."""


def new_needs(own: Iterable[Condition], known: Iterable[Condition], domain: Domain) -> tuple[Condition, ...]:
    """The conditions of an answer's own that may fail on an interval on which the known conditions hold."""
    met = {(part.argument, part.need) for part in known}
    return tuple(
        part
        for part in own
        if (part.argument, part.need) not in met and part.need is not Need.CORNER and not _always_holds(part, domain)
    )


def _always_holds(part: Condition, domain: Domain) -> bool:
    whole = {name for name, within in domain.ranges.items() if within.integer}
    if whole and whole & free_symbols(part.argument):
        return False
    if part.need is Need.POSITIVE:
        return bounds(part.argument, domain).is_positive
    if any(isinstance(each, Apply) and each.head == "relu" for each in walk(part.argument)):
        return bounds(part.argument, domain).is_never_zero  # relu(u) is zero wherever u is negative
    zeros = simpler_zeros(part.argument)
    return all(vanishes_at_points_only(each) or bounds(each, domain).is_never_zero for each in zeros)


# ---- isolated gaps -------------------------------------------------------------------------------------------------


def gaps(own: Iterable[Condition], known: Iterable[Condition], sampler: Sampler) -> tuple[str, ...]:
    """The places, as texts such as `x = 0`, where an answer with these conditions lacks a value and f is smooth."""
    met = {part.argument for part in known}
    found: dict[str, None] = {}
    for part in own if len(sampler.symbols) == 1 else ():
        if part.need is Need.NONZERO and part.argument not in met:
            found.update(dict.fromkeys(_gaps_of(part.argument, sampler.symbols[0], sampler)))
    return tuple(found)[:_MOST_GAPS]


def _gaps_of(argument: Expression, symbol: str, sampler: Sampler) -> Iterable[str]:
    for root in rational_roots(argument, symbol, _NOTHING) or ():
        simple = root.limit_denominator(_SIMPLE)
        near = abs(simple - root) < Fraction(1, 2**100)
        if near and sampler.domain.of(symbol).surrounds(simple) and sampler.accepts({symbol: simple}):
            yield f"{symbol} = {to_text(Number(simple))}"


_NOTHING: Mapping[str, Fraction] = MappingProxyType({})
