"""Two mistakes at one step: a wrong slope of a function, used in a mistaken chain rule.

cos(6x) becomes sin(6x) by a wrong sign in the table of slopes and a missing inner derivative. No two steps of a
derivation hold these, since one application of the chain rule does. The law of both is made of the two laws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from tutor.calculus.flat import Factors, factors, quotient
from tutor.calculus.law import MARK
from tutor.calculus.malrules import mistaken_for
from tutor.calculus.rule import Bindings, Rule, fill, marks
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression, Symbol, free_symbols

_ANY_FUNCTION_OF_U = Apply("f", (Symbol("u"),))


@dataclass(frozen=True, slots=True)
class PairedLaw:
    """A mal-rule about the slope of a function, one about the chain rule, and the law of both at once."""

    slope: Rule
    chain: Rule
    law: Rule


@lru_cache(maxsize=256)
def paired_laws(sound: Rule) -> tuple[PairedLaw, ...]:
    """The pairs of mal-rules that can be applied together in place of a sound rule, a chain rule."""
    mistaken = mistaken_for(sound)
    chains = [rule for rule in mistaken if rule.before == _ANY_FUNCTION_OF_U]
    slopes = [(rule, slope) for rule in mistaken if (slope := wrong_slope(rule)) is not None and rule not in chains]
    return tuple(PairedLaw(rule, chain, _law(rule, slope, chain)) for rule, slope in slopes for chain in chains)


def wrong_slope(rule: Rule) -> Expression | None:
    """The slope in u of a law D(function of u) -> slope*D(u); None for other laws, and where the slope holds no u."""
    if marks(rule.after) != (Symbol("u"),):
        return None
    mark = Apply(MARK, (Symbol("u"),))
    some = factors(rule.after)
    if mark not in some.above:
        return None
    above = list(some.above)
    above.remove(mark)
    slope = quotient(Factors(tuple(above), some.below, some.negative))
    return slope if "u" in free_symbols(slope) else None


def _law(rule: Rule, slope: Expression, chain: Rule) -> Rule:
    """The chain law about one function, with its slope mistaken."""
    after = fill(chain.after, {"f": rule.before, "df": slope})
    text = f"D({to_text(rule.before)}) -> {to_text(after)}"
    return replace(
        chain, law=text, before=rule.before, after=after, mistaken_for=rule.mistaken_for, fits=_both(rule, chain)
    )


def _both(rule: Rule, chain: Rule) -> Callable[[Bindings], bool] | None:
    conditions = [fits for fits in (rule.fits, chain.fits) if fits is not None]
    return (lambda bindings: all(fits(bindings) for fits in conditions)) if conditions else None
