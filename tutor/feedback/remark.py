"""What can be said of a wrong answer that no slip explains: how it compares with the derivative, point by point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.calculus.flat import factors, terms
from tutor.calculus.tidy import tidy
from tutor.expression.evaluate import evaluate
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Apply, Expression, free_symbols, number, size, walk
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.slips.points import constant_difference, constant_ratio
from tutor.feedback.slips.values import Points, Values, agree, close, is_nowhere_finite, quotient
from tutor.feedback.wording import phrase

__all__ = ["Compared", "hardly_differs", "remark"]

_LARGEST_NAMED = 25
"""Parts of a factor or term that is still worth naming."""

_FEWEST_ON_A_SIDE = 3
"""Points that must lie on each side of 0 for a side to be named."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, slots=True)
class Compared:
    """A wrong answer and the derivative: as formulas, and their values at the points.

    `order` is how often was to be differentiated. `orders` are derivatives of other orders, by their order; `parts` are
    formulas whose parts may be named.
    """

    answer: Expression
    derivative: Expression
    points: Points
    values: Values
    right: Values
    order: int = 1
    orders: Mapping[int, Expression] = field(default_factory=dict)
    parts: tuple[Expression, ...] = ()


def remark(found: Compared) -> Diagnosis:
    """The first thing that holds of an answer; a diagnosis without a word where nothing does."""
    if is_nowhere_finite(found.values):
        return Diagnosis(remark=phrase("nowhere-real"))
    factor = constant_ratio(found.values, found.right)
    if factor == -1:
        return Diagnosis((Finding(("sign-slip",), certain=True),), ties=1)
    return Diagnosis(remark=next(_sentences(found, factor), None))


def _sentences(found: Compared, factor: Fraction | None) -> Iterator[str]:
    if factor:
        yield phrase("constant-factor", factor=to_text(number(factor)))
    yield from _of_another_order(found)
    difference = constant_difference(found.values, found.right)
    if difference:
        yield phrase("constant-term", difference=to_text(number(difference)))
    yield from _one_side(found)
    yield from _term_off(found)
    yield from _factor_off(found)


def hardly_differs(function: Expression, points: Points) -> str:
    """What is said of a wrong answer that has the derivative's values at all points: on which side of a corner."""
    for corner in _corners(function):
        values = evaluate(corner, points)
        for side, sign in ((values > 0, ">"), (values < 0, "<")):
            if side.all():
                return phrase("one-side", where=f"{to_text(corner, Notation.UNICODE)} {sign} 0")
    return phrase("hardly-differs")


def _corners(function: Expression) -> Iterator[Expression]:
    """The formulas at whose zeros a function has corners."""
    for part in walk(function):
        match part:
            case Apply("relu" | "abs" | "heaviside" | "sign", (inside,)):
                yield inside
            case Apply("max" | "min", (left, right)):
                yield tidy(Apply("-", (left, right)))
            case _:
                pass


def _of_another_order(found: Compared) -> Iterator[str]:
    """That an answer is the derivative of another order than the one asked for."""
    for order, formula in found.orders.items():
        if agree(evaluate(formula, found.points), found.values):
            name = "too-seldom" if order < found.order else "second-derivative" if order == 2 else "once-too-often"
            yield phrase(name, ordinal=_ordinal(order))


def _ordinal(place: int) -> str:
    return _ORDINALS[place - 1] if place <= len(_ORDINALS) else f"{place}th"


# ---- a factor too few or too many ------------------------------------------------------------------------------------


def _factor_off(found: Compared) -> Iterator[str]:
    """A part of the function or of its derivative by which the answer would have to be multiplied or divided."""
    lacking, extra = quotient(found.right, found.values), quotient(found.values, found.right)
    for part in _named_parts(found):
        values = evaluate(part, found.points)
        if agree(values, lacking):
            yield phrase("factor-missing", part=to_text(part, Notation.UNICODE))
        elif agree(values, extra):
            yield phrase("factor-extra", part=to_text(part, Notation.UNICODE))


def _named_parts(found: Compared) -> list[Expression]:
    """Parts that vary, short ones first."""
    sources = (found.derivative, *found.parts)
    known = {part: None for source in sources for part in (*walk(source), *_factors_of(source))}
    worth = [part for part in known if free_symbols(part) and size(part) <= _LARGEST_NAMED]
    return sorted(worth, key=size)


def _factors_of(formula: Expression) -> Iterator[Expression]:
    for part in walk(formula):
        if isinstance(part, Apply) and part.head in ("*", "/", "neg"):
            flat = factors(part)
            yield from (*flat.above, *flat.below)


# ---- one term off ----------------------------------------------------------------------------------------------------


def _term_off(found: Compared) -> Iterator[str]:
    """The only term in which the answer differs, or the one that it lacks or has too many."""
    mine, right = _terms(found.answer, found.points), _terms(found.derivative, found.points)
    if len(mine) + len(right) < 3:
        return
    left = [term for term in mine if not any(agree(term[1], other) for _, other in right)]
    lacking = [term for term in right if not any(agree(term[1], other) for _, other in mine)]
    if len(left) == 1 and len(lacking) == 1 and len(mine) > 1:
        place = next(index for index, term in enumerate(mine) if term is left[0])
        yield phrase("only-term", ordinal=_ordinal(place + 1), term=to_text(left[0][0], Notation.UNICODE))
    elif not left and len(lacking) == 1:
        yield phrase("term-missing")
    elif not lacking and len(left) == 1:
        yield phrase("term-extra", term=to_text(left[0][0], Notation.UNICODE))


def _terms(formula: Expression, points: Points) -> list[tuple[Expression, Values]]:
    """The terms of a sum with their signs, each with its values."""
    signed = [Apply("neg", (term,)) if negative else term for negative, term in terms(formula)]
    return [(term, evaluate(term, points)) for term in signed]


# ---- right on one side of 0 ------------------------------------------------------------------------------------------


def _one_side(found: Compared) -> Iterator[str]:
    """Where the answer is right on one side of 0 of some variable and nowhere on the other."""
    equal = close(found.values, found.right)
    for name, column in sorted(found.points.items()):
        for side, sign in ((column > 0, ">"), (column < 0, "<")):
            enough = side.sum() >= _FEWEST_ON_A_SIDE <= (~side).sum()
            if enough and equal[side].all() and not equal[~side].any():
                yield phrase("one-side", where=f"{name} {sign} 0")
