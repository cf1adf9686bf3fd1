"""Whether a right answer has the form that its exercise asks for, read off the tree that the learner typed.

A form is about the formula's own arithmetic: sums, products, quotients, whole powers, and, where said, roots. What
stands inside a function or in an exponent is left alone, except by `simplified` and `no-negative-exponents`. What each
form demands stands in `tutor.exercise.fields.FORMS`; the names of sentences are those of `tutor/data/phrases.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from tutor.calculus.term import Term, build_term
from tutor.checking.ball_factors import has_factors
from tutor.checking.polynomial import (
    CONSTANT,
    TooLarge,
    exponent_of_e,
    polynomial,
    shared,
    terms_of,
    whole,
    written_power,
)
from tutor.checking.simplified_form import unsimplified
from tutor.checking.unmet_form import Unmet
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import EULER, Apply, Expression, Number, free_symbols, walk

__all__ = ["FORMS", "Unmet", "unmet"]


def unmet(form: str, expression: Expression) -> Unmet | None:
    """What to change in a formula so that it has a form; None when it has it. KeyError for a form that is not known."""
    return FORMS[form](expression)


def _anything(_: Expression) -> Unmet | None:
    return None


# ---- factored ---------------------------------------------------------------------------------------------------


def _unfactored(expression: Expression) -> Unmet | None:
    """The first factor that is a sum with a factor in all terms, or a sum that is a product."""
    match expression:
        case Apply("neg" | "*" | "/", parts):
            return _first(_unfactored(part) for part in parts)
        case Apply("^", (base, _)) if _is_whole_power(expression):
            return _unfactored(base)
        case _:
            return _unfactored_sum(expression) if _is_sum(expression) and free_symbols(expression) else None


def _unfactored_sum(total: Expression) -> Unmet | None:
    try:
        rows = [row for term in terms_of(total) for row in polynomial(term, expanded=False).items()]
        if not rows:
            return None
        number, powers = shared(rows)
        if len(rows) > 1 and (number != 1 or powers):
            ordered = sorted(powers, key=repr)
            factor = build_term(Term(number, tuple((kernel, Number(exponent)) for kernel, exponent in ordered)))
            return Unmet("form-factor-common", total, factor)
        return Unmet("form-factor-sum", total) if _is_product(total) else None
    except TooLarge:
        return None


def _is_product(total: Expression) -> bool:
    """Whether a sum, multiplied out, has a number or a factor in all its terms, or is a product of polynomials."""
    multiplied = polynomial(total)
    if not multiplied or set(multiplied) == {CONSTANT}:
        return False
    number, powers = shared(multiplied.items())
    return number != 1 or bool(powers) or len(multiplied) == 1 or has_factors(_freed(whole(multiplied)[0]))


def _freed(terms: Mapping[tuple[int, ...], Fraction]) -> Mapping[tuple[int, ...], Fraction]:
    """A polynomial without the powers that all its terms hold."""
    lowest = [min(column) for column in zip(*terms, strict=True)]
    return {
        tuple(exponent - least for exponent, least in zip(exponents, lowest, strict=True)): value
        for exponents, value in terms.items()
    }


# ---- expanded ---------------------------------------------------------------------------------------------------


def _unexpanded(expression: Expression) -> Unmet | None:
    """The first sum of several terms that is multiplied, divided, negated or raised to a whole power."""
    if exact_fraction(expression) is not None:
        return None
    match expression:
        case Apply("-", (_, right)) if _is_sum(right):
            return Unmet("form-expand-minus", expression)
        case Apply("neg", (inner,)) if _is_sum(inner):
            return Unmet("form-expand-minus", expression)
        case Apply("*" | "/", _) if _holds_bracket(expression):
            return Unmet("form-expand-product", expression)
        case Apply("^", (base, _)) if _is_whole_power(expression):
            return Unmet("form-expand-power", expression) if _is_sum(base) else _unexpanded(base)
        case Apply("+" | "-" | "*" | "/" | "neg", parts):
            return _first(_unexpanded(part) for part in parts)
        case _:
            return None


def _holds_bracket(product: Apply) -> bool:
    """Whether a sum stands above the line, or below it together with another factor; alone below it may stand."""
    factors = _outer_factors(product)
    below = [factor for factor, is_below in factors if is_below]
    above = [factor for factor, is_below in factors if not is_below]
    return any(map(_is_sum, above)) or (len(below) > 1 and any(map(_is_sum, below)))


# ---- quotients and exponents ------------------------------------------------------------------------------------


def _with_quotient(expression: Expression) -> Unmet | None:
    """The first division by, or negative power of, something with a symbol."""
    for part in _arithmetic(expression):
        match part:
            case Apply("/", (_, divisor)) if free_symbols(divisor):
                return Unmet("form-no-quotient", part)
            case Apply("^", (base, _)) if _has_negative_exponent(part) and free_symbols(base):
                return Unmet("form-no-quotient", part)
    return None


def _with_negative_exponent(expression: Expression) -> Unmet | None:
    return _first(Unmet("form-positive-exponents", part) for part in walk(expression) if _has_negative_exponent(part))


def _with_several_fractions(expression: Expression) -> Unmet | None:
    """The first negative exponent; else a fraction bar that is not at the top, or stands below another one."""
    for part in _arithmetic(expression):
        if _has_negative_exponent(part):
            return Unmet("form-fraction-exponent", part)
    top = expression
    while isinstance(top, Apply) and top.head == "neg":
        top = top.arguments[0]
    below = top.arguments if isinstance(top, Apply) and top.head == "/" else (top,)
    inner = (part for side in below for part in _arithmetic(side))
    return _first(Unmet("form-single-fraction", part) for part in inner if _is_fraction(part))


def _is_fraction(part: Expression) -> bool:
    match part:
        case Number(value, decimal=decimal):
            return value.denominator != 1 and not decimal
        case _:
            return isinstance(part, Apply) and part.head == "/"


def _arithmetic(expression: Expression) -> Iterator[Expression]:
    """The parts of a formula that stand neither inside a function nor in an exponent."""
    yield expression
    match expression:
        case Apply("+" | "-" | "*" | "/" | "neg" | "sqrt" | "vector", parts):
            for part in parts:
                yield from _arithmetic(part)
        case Apply("^" | "root", (base, _)) if exponent_of_e(expression) is None:
            yield from _arithmetic(base)


def _has_negative_exponent(expression: Expression) -> bool:
    match expression:
        case Apply("^", (base, exponent)) if base != EULER:
            value = exact_fraction(exponent)
            return value < 0 if value is not None else _begins_with_minus(exponent)
        case _:
            return False


def _begins_with_minus(expression: Expression) -> bool:
    match expression:
        case Number(value):
            return value < 0
        case Apply("neg", _):
            return True
        case Apply("+" | "-" | "*" | "/", (left, _)):
            return _begins_with_minus(left)
        case _:
            return False


# ---- parts ------------------------------------------------------------------------------------------------------


def _outer_factors(expression: Expression, *, is_below: bool = False) -> tuple[tuple[Expression, bool], ...]:
    """The factors of products and quotients, and whether each stands below the line."""
    match expression:
        case Apply("neg", (inner,)):
            return _outer_factors(inner, is_below=is_below)
        case Apply("*" | "/" as head, (left, right)):
            second = _outer_factors(right, is_below=is_below != (head == "/"))
            return (*_outer_factors(left, is_below=is_below), *second)
        case _:
            return ((expression, is_below),)


def _is_sum(expression: Expression) -> bool:
    """Whether a tree is a sum, and not of numbers only."""
    return isinstance(expression, Apply) and expression.head in ("+", "-") and exact_fraction(expression) is None


def _is_whole_power(expression: Expression) -> bool:
    power = written_power(expression)
    return power is not None and power.denominator == 1


def _first(found: Iterable[Unmet | None]) -> Unmet | None:
    return next((one for one in found if one is not None), None)


FORMS: Mapping[str, Callable[[Expression], Unmet | None]] = MappingProxyType(
    {
        "any": _anything,
        "factored": _unfactored,
        "expanded": _unexpanded,
        "simplified": unsimplified,
        "no-quotient": _with_quotient,
        "no-negative-exponents": _with_negative_exponent,
        "single-fraction": _with_several_fractions,
    }
)
"""What a formula has to change for each form; the names are those of the field `form` of an exercise."""
