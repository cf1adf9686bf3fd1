"""Needs that hold nearly everywhere because others do: the root of x^3 has a value wherever the root of x has one.

Sign arguments are taken into a field of the normal form whose facts about signs come from the needs that are known to
hold. What follows there holds but for a set without inner points, so that no region has to be searched for a failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from tutor.checking.conditions import Condition, Need, conditions
from tutor.checking.normal_form_attempt import Attempt, settled
from tutor.checking.normal_form_facts import Facts
from tutor.checking.normal_form_field import OutOfReach, Ratio, TooManyKernels
from tutor.checking.normal_form_signs import Factored, NeedsReal, factored, note_sign, signs_of_product
from tutor.checking.normal_form_writing import Writing
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.same import Same
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import Apply, Expression, free_symbols, walk

__all__ = ["has_no_flat_corner", "not_implied"]

_NOTHING_KNOWN: tuple[Condition, ...] = ()


def not_implied(needs: Iterable[Condition], known: tuple[Condition, ...], domain: Domain) -> tuple[Condition, ...]:
    """The needs that may fail on an open set on which the known conditions hold, as far as the normal form sees."""
    whole = {name for name, within in domain.ranges.items() if within.integer}
    return tuple(part for part in needs if whole & free_symbols(part.argument) or not _follows(part, known))


def has_no_flat_corner(expression: Expression) -> bool:
    """Whether no corner or root of an expression has an argument that is zero on an open set where there is a value.

    A divisor that is zero on an open set leaves no value there.
    """
    with_odd_roots = any(isinstance(part, Apply) and _is_odd_root(part) for part in walk(expression))
    parts = (part for part in conditions(expression) if with_odd_roots or part.need is not Need.NONZERO)
    return all(_follows(Condition(part.argument, Need.NONZERO), _NOTHING_KNOWN) for part in parts)


def _is_odd_root(part: Apply) -> bool:
    if part.head == "root":
        return True
    exponent = exact_fraction(part.arguments[1]) if part.head == "^" else None
    return exponent is not None and exponent.denominator > 1 and exponent.denominator % 2 == 1


def _follows(part: Condition, known: tuple[Condition, ...]) -> bool:
    """Whether a need fails on no open set on which the known conditions hold."""
    start = _with_facts(Same(known))
    if part.need is not Need.POSITIVE:
        return all(_holds(Condition(factor, Need.NONZERO), start) for factor in _where_zero(part.argument))
    return _holds(part, start)


def _where_zero(argument: Expression) -> Iterator[Expression]:
    """Expressions of which one is zero wherever a product of powers is: its factors, without roots and exponents."""
    match argument:
        case Apply("*", factors):
            yield from chain.from_iterable(map(_where_zero, factors))
        case Apply("/" | "^" | "root" | "sqrt" | "neg" | "abs", (inner, *_)):
            yield from _where_zero(inner)
        case _:
            yield argument


def _holds(part: Condition, start: Attempt) -> bool:
    """Whether a need fails on no open set, by the facts of an attempt."""
    try:
        parts, attempt = _factors(start, part.argument)
        field = attempt.field
        if parts is None or not all(is_nowhere_zero(field, factor) for factor, _ in parts.factors):
            return False
        return part.need is not Need.POSITIVE or signs_of_product(field, parts) == (1, frozenset())
    except (OutOfReach, NeedsReal, TooManyKernels):
        return False


def _factors(start: Attempt, argument: Expression) -> tuple[Factored | None, Attempt]:
    """The factors of a sign argument in a field with the facts of an attempt; None where it is zero or out of reach."""
    last = settled(start.copy(), lambda attempt: attempt.value(argument))
    return (factored(last.attempt.field, last.value) if last.value and last.value.top else None), last.attempt


@lru_cache(maxsize=256)
def _with_facts(known: Same[tuple[Condition, ...]]) -> Attempt:
    """An attempt that has learnt what some conditions say of signs, kept for the next answer."""
    attempt = Attempt(flint_ring, Facts(), Writing.HALF_TANGENTS)
    positive = [part.argument for part in known.value if part.need is Need.POSITIVE]
    try:
        return settled(attempt, lambda each: _learnt(each, positive)).attempt
    except OutOfReach:
        return attempt


def _learnt(attempt: Attempt, positive: Sequence[Expression]) -> Ratio:
    """Zero, once all that can be seen to follow from some expressions being at least zero stands in the facts."""
    for argument in positive:
        try:
            value = attempt.value(argument)
            if value.top:
                note_sign(attempt.field, factored(attempt.field, value), is_strict=False)
        except (OutOfReach, NeedsReal):
            continue
    return attempt.field.zero
