"""Needs that hold nearly everywhere because others do: the root of x^3 has a value wherever the root of x has one.

Sign arguments are taken into a field of the normal form whose facts about signs come from the needs that are known to
hold. What follows there holds but for a set without inner points, so that no region has to be searched for a failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from tutor.checking.conditions import Condition, Need, conditions
from tutor.checking.normal_form_attempt import Attempt, settled
from tutor.checking.normal_form_facts import Facts, Key
from tutor.checking.normal_form_field import Field, OutOfReach, Ratio, TooManyKernels
from tutor.checking.normal_form_opaque import opaque_proof
from tutor.checking.normal_form_signs import Factored, NeedsReal, factored, note_sign, signs_of_product
from tutor.checking.normal_form_writing import Writing
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.same import Same
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import Apply, Expression, free_symbols

__all__ = ["has_no_flat_corner", "not_implied"]

_MOST_COMPARED = 8
"""Known conditions that a need is compared with."""

_NOTHING_KNOWN: tuple[Condition, ...] = ()


def not_implied(needs: Iterable[Condition], known: tuple[Condition, ...], domain: Domain) -> tuple[Condition, ...]:
    """The needs that may fail on an open set on which the known conditions hold, as far as the normal form sees."""
    whole = {name for name, within in domain.ranges.items() if within.integer}
    return tuple(part for part in needs if whole & free_symbols(part.argument) or not _follows(part, known))


def has_no_flat_corner(expression: Expression) -> bool:
    """Whether no corner or root of an expression has an argument that is zero on an open set where there is a value.

    A divisor that is zero on an open set leaves no value there.
    """
    parts = (part for part in conditions(expression) if part.need is not Need.NONZERO)
    return all(_follows(Condition(part.argument, Need.NONZERO), _NOTHING_KNOWN) for part in parts)


def _follows(part: Condition, known: tuple[Condition, ...]) -> bool:
    """Whether a need fails on no open set on which the known conditions hold."""
    if part.need is Need.POSITIVE:
        return _holds(part, _facts_of(Same(known))) or _is_stated_otherwise(part, known)
    stated = _not_zero(Same(known))
    factors = [factor for factor in _where_zero(part.argument) if factor not in stated]
    return all(_holds(Condition(factor, Need.NONZERO), _facts_of(Same(known))) for factor in factors)


def _is_stated_otherwise(part: Condition, known: tuple[Condition, ...]) -> bool:
    """Whether a known condition says the same in other words, as 1 - (f + g)^2 of 1 - f^2 - 2fg - g^2."""
    same_need = (other.argument for other in known if other.need is part.need)
    return any(
        opaque_proof(other, part.argument, flint_ring) is not None for other in islice(same_need, _MOST_COMPARED)
    )


@lru_cache(maxsize=256)
def _not_zero(known: Same[tuple[Condition, ...]]) -> frozenset[Expression]:
    """What is not zero by the very words of some conditions: a key with tan(u) says it of cos(u).

    What must be positive may be zero on an open set all the same, as relu(x) under a root.
    """
    parts = (part for part in known.value if part.need is Need.NONZERO)
    return frozenset(factor for part in parts for factor in (part.argument, *_where_zero(part.argument)))


def _where_zero(argument: Expression) -> Iterator[Expression]:
    """Expressions of which one is zero where, and only where, a product of powers is: its bare factors."""
    match argument:
        case Apply("^", (_, exponent)) if exact_fraction(exponent) == 0:
            return
        case Apply("*", factors):
            yield from chain.from_iterable(map(_where_zero, factors))
        case Apply("/" | "^" | "root" | "sqrt" | "neg" | "abs", (inner, *_)):
            yield from _where_zero(inner)
        case _:
            yield argument


def _holds(part: Condition, facts: _Facts) -> bool:
    """Whether a need fails on no open set, by some facts."""
    try:
        parts, attempt = _factors(facts.attempt, part.argument)
        field = attempt.field
        if parts is None or not _is_never_zero(field, parts, facts.nonzero):
            return False
        return part.need is not Need.POSITIVE or signs_of_product(field, parts) == (1, frozenset())
    except (OutOfReach, NeedsReal, TooManyKernels):
        return False


def _is_never_zero(field: Field, parts: Factored, nonzero: Set[Key]) -> bool:
    """Whether no factor of a product is zero on an open set; of those with some keys that is known."""
    return all(field.key(factor) in nonzero or is_nowhere_zero(field, factor) for factor, _ in parts.factors)


def _factors(start: Attempt, argument: Expression) -> tuple[Factored | None, Attempt]:
    """The factors of a sign argument in a field with the facts of an attempt; None where it is zero or out of reach."""
    last = settled(start.copy(), lambda attempt: attempt.value(argument))
    return (factored(last.attempt.field, last.value) if last.value and last.value.top else None), last.attempt


@dataclass(frozen=True, slots=True)
class _Facts:
    """What some conditions say: an attempt that has learnt signs, and factors that are not zero, by their keys."""

    attempt: Attempt
    nonzero: frozenset[Key]


@lru_cache(maxsize=256)
def _facts_of(known: Same[tuple[Condition, ...]]) -> _Facts:
    """What some conditions say, kept for the next answer."""
    nonzero: set[Key] = set()
    attempt = Attempt(flint_ring, Facts(), Writing.HALF_TANGENTS)
    try:
        attempt = settled(attempt, lambda each: _learnt(each, known.value, nonzero)).attempt
    except OutOfReach:
        nonzero.clear()
    return _Facts(attempt, frozenset(nonzero))


def _learnt(attempt: Attempt, known: Sequence[Condition], nonzero: set[Key]) -> Ratio:
    """Zero, once all that can be seen to follow from some conditions stands in the facts and among what is not zero."""
    nonzero.clear()
    positive = [part for part in known if part.need is Need.POSITIVE]
    divisors = [factor for part in known if part.need is Need.NONZERO for factor in _where_zero(part.argument)]
    for part in (*(Condition(divisor, Need.NONZERO) for divisor in divisors), *positive):
        try:
            _learn(attempt, part, nonzero)
        except (OutOfReach, NeedsReal):
            continue
    return attempt.field.zero


def _learn(attempt: Attempt, part: Condition, nonzero: set[Key]) -> None:
    """Learn what a condition says of the factors of its argument: where a product is not zero none of them is."""
    field, value = attempt.field, attempt.value(part.argument)
    if not value.top:
        return
    parts = factored(field, value)
    if part.need is Need.POSITIVE:
        note_sign(field, parts, is_strict=_is_never_zero(field, parts, nonzero))
    else:
        nonzero.update(field.key(factor) for factor, exponent in parts.factors if exponent > 0)
