"""A formula seen as a polynomial in its kernels: symbols, functions and roots that count as one indeterminate each.

`2*x*exp(3*x) - sqrt(x)` has the kernels x, with the exponents 1 and 1/2, and exp(x), with the exponent 3. Every
identity between such polynomials is one between the formulas wherever both are real; kernels that hang together
otherwise, such as sin(x) and cos(x), are taken for independent: fewer identities are seen, and never a false one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from tutor.calculus.term import Term, build_term, folded, term_of
from tutor.calculus.tidy import tidy
from tutor.expression.exact import exact_fraction
from tutor.expression.to_text import to_text
from tutor.expression.tree import EULER, ONE, Apply, Expression, Number, free_symbols

MOST_TERMS = 200
HIGHEST_POWER = 60

Monomial: TypeAlias = frozenset[tuple[Expression, Fraction]]
"""Kernels with their exponents, none of them 0; empty for the constant term."""

Polynomial: TypeAlias = Mapping[Monomial, Fraction]
"""The coefficient of each monomial, none of them 0."""

Whole: TypeAlias = Mapping[tuple[int, ...], Fraction]
"""A polynomial in numbered indeterminates: the coefficient of each tuple of exponents."""

CONSTANT: Monomial = frozenset()


class TooLarge(Exception):
    """A polynomial has more than MOST_TERMS terms, or a power above HIGHEST_POWER would have to be multiplied out."""


# ---- from a tree ------------------------------------------------------------------------------------------------


def polynomial(expression: Expression, *, expanded: bool = True) -> Polynomial:
    """The polynomial that a tree is; TooLarge where it cannot be multiplied out.

    When it is not to be expanded, a sum within a product is a kernel as well.
    """
    value = exact_fraction(expression)
    if value is not None:
        return {CONSTANT: value} if value else {}
    match expression:
        case Apply("neg", (inner,)):
            return scaled(polynomial(inner, expanded=expanded), Fraction(-1))
        case Apply("+" | "-" as head, (left, right)):
            second = polynomial(right, expanded=expanded)
            return _added(polynomial(left, expanded=expanded), scaled(second, Fraction(1 if head == "+" else -1)))
        case Apply("*" | "/" | "^" | "sqrt" | "root" | "exp"):
            factors = factors_of(expression)
            result: Polynomial = {CONSTANT: Fraction(1)}
            for base, exponent in factors:
                result = times(result, _power(base, exponent, expanded=expanded))
            return result
        case _:
            return {frozenset({(canonical(expression), Fraction(1))}): Fraction(1)}


def factors_of(expression: Expression, exponent: Fraction = Fraction(1)) -> tuple[tuple[Expression, Fraction], ...]:
    """The bases and exponents whose product an expression, raised to a power, is; a minus sign is the factor -1.

    A base that is a product, a quotient or a power is taken apart only under a whole exponent, where that is valid for
    all reals.
    """
    is_whole = exponent.denominator == 1
    match expression:
        case Apply("neg", (inner,)) if is_whole:
            return ((Number(Fraction(-1)), exponent), *factors_of(inner, exponent))
        case Apply("*" | "/" as head, (left, right)) if is_whole:
            second = exponent if head == "*" else -exponent
            return (*factors_of(left, exponent), *factors_of(right, second))
        case Apply("^" | "sqrt" | "root" | "exp"):
            return _power_factors(expression, exponent)
        case _:
            return ((expression, exponent),)


def _power_factors(expression: Apply, exponent: Fraction) -> tuple[tuple[Expression, Fraction], ...]:
    exponential = exponent_of_e(expression)
    if exponential is not None:
        rest, factor = _scaled_argument(exponential)
        return ((rest, factor * exponent),)
    power = written_power(expression)
    if power is not None and exponent.denominator == 1:
        return factors_of(expression.arguments[0], power * exponent)
    return ((expression, exponent),)


def exponent_of_e(expression: Expression) -> Expression | None:
    """The u of exp(u) and of e^u."""
    match expression:
        case Apply("exp", (inner,)):
            return inner
        case Apply("^", (base, inner)) if base == EULER:
            return inner
        case _:
            return None


def written_power(expression: Expression) -> Fraction | None:
    """The exponent of a power or a root, where it is an exact number."""
    match expression:
        case Apply("^", (_, power)):
            return exact_fraction(power)
        case Apply("sqrt", _):
            return Fraction(1, 2)
        case Apply("root", (_, index)):
            degree = exact_fraction(index)
            return 1 / degree if degree else None
        case _:
            return None


def _scaled_argument(exponent: Expression) -> tuple[Expression, Fraction]:
    """exp(u) as a power of exp of u without its number: exp(3*x) is exp(x) to the 3, e^2 is e to the 2."""
    term = term_of(tidy(exponent))
    if not term.coefficient:
        return ONE, Fraction(1)
    if not term.powers:
        return EULER, term.coefficient
    return Apply("exp", (canonical(build_term(Term(Fraction(1), term.powers))),)), term.coefficient


def _power(base: Expression, exponent: Fraction, *, expanded: bool) -> Polynomial:
    """The polynomial of a factor: a number or a sum to a whole power is worked out, all else is a kernel."""
    value = exact_fraction(base)
    if value is not None:
        return _number_power(value, exponent)
    if exponent.denominator == 1 and exponent > 0 and expanded and _is_sum(base):
        return _raised(polynomial(base), exponent.numerator)
    return {frozenset({(canonical(base), exponent)}): Fraction(1)}


def _number_power(value: Fraction, exponent: Fraction) -> Polynomial:
    if not value:
        return {}
    raised = exact_fraction(Apply("^", (Number(value), Number(exponent))))
    return {CONSTANT: raised} if raised is not None else {frozenset({(Number(value), exponent)}): Fraction(1)}


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Apply) and expression.head in ("+", "-")


def canonical(expression: Expression) -> Expression:
    """A tidied tree, the terms of a sum in the order of their texts, so that 1 + x and x + 1 are one kernel."""
    tidied = folded(tidy(expression))
    if not _is_sum(tidied):
        return tidied
    first, *others = sorted(terms_of(tidied), key=lambda term: (not free_symbols(term), to_text(term)))
    for other in others:
        first = Apply("+", (first, other))
    return first


def terms_of(expression: Expression) -> tuple[Expression, ...]:
    """The terms of a sum with their signs, in the order in which they stand."""
    match expression:
        case Apply("+", (left, right)):
            return (*terms_of(left), *terms_of(right))
        case Apply("-", (left, right)):
            return (*terms_of(left), *(Apply("neg", (term,)) for term in terms_of(right)))
        case Apply("neg", (Apply("+" | "-") as inner,)):
            return tuple(Apply("neg", (term,)) for term in terms_of(inner))
        case _:
            return (expression,)


# ---- arithmetic -------------------------------------------------------------------------------------------------


def scaled(one: Polynomial, factor: Fraction) -> Polynomial:
    """A polynomial times a number that is not 0."""
    return {monomial: coefficient * factor for monomial, coefficient in one.items()}


def _added(left: Polynomial, right: Polynomial) -> Polynomial:
    return _gathered((*left.items(), *right.items()))


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product of two polynomials."""
    if len(left) * len(right) > MOST_TERMS**2:
        raise TooLarge
    return _gathered(_product(a, b, p * q) for a, p in left.items() for b, q in right.items())


def _product(left: Monomial, right: Monomial, coefficient: Fraction) -> tuple[Monomial, Fraction]:
    exponents = dict(left)
    for kernel, exponent in right:
        exponents[kernel] = exponents.get(kernel, Fraction(0)) + exponent
    for kernel, exponent in tuple(exponents.items()):
        if isinstance(kernel, Number) and exponent.denominator == 1 and abs(exponent) <= HIGHEST_POWER:
            coefficient *= kernel.value**exponent.numerator
            exponents[kernel] = Fraction(0)
    return frozenset((kernel, exponent) for kernel, exponent in exponents.items() if exponent), coefficient


def _gathered(terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
    total: dict[Monomial, Fraction] = {}
    for monomial, coefficient in terms:
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    result = {monomial: coefficient for monomial, coefficient in total.items() if coefficient}
    if len(result) > MOST_TERMS:
        raise TooLarge
    return result


def _raised(base: Polynomial, power: int) -> Polynomial:
    if power > HIGHEST_POWER:
        raise TooLarge
    result: Polynomial = {CONSTANT: Fraction(1)}
    for _ in range(power):
        result = times(result, base)
    return result


# ---- what all terms share ---------------------------------------------------------------------------------------


def shared(terms: Iterable[tuple[Monomial, Fraction]]) -> tuple[Fraction, Monomial]:
    """The number and the monomial that can be taken out of every term; 1 and the empty one when there is nothing.

    The number is the greatest common divisor of all numerators over that of all denominators. A kernel is shared where
    all its exponents have one sign, with the exponent nearest to 0.
    """
    rows = tuple(terms)
    above = gcd(*(coefficient.numerator for _, coefficient in rows))
    below = gcd(*(coefficient.denominator for _, coefficient in rows))
    exponents = [dict(monomial) for monomial, _ in rows]
    kernels = set(exponents[0]).intersection(*exponents) if exponents else set()
    found = ((kernel, _nearest(row[kernel] for row in exponents)) for kernel in kernels)
    return Fraction(above, below), frozenset((kernel, exponent) for kernel, exponent in found if exponent)


def _nearest(exponents: Iterable[Fraction]) -> Fraction:
    some = tuple(exponents)
    if min(some) > 0:
        return min(some)
    return max(some) if max(some) < 0 else Fraction(0)


def whole(*polynomials: Polynomial) -> tuple[Whole, ...]:
    """Polynomials in common indeterminates with exponents from 0 up.

    An indeterminate is the root of a kernel that makes all its exponents whole, inverted where all of them are
    negative; where they have both signs, each polynomial is freed of its lowest power, a unit where that is not 0.
    """
    kernels = sorted({kernel for one in polynomials for monomial in one for kernel, _ in monomial}, key=to_text)
    columns = [_column(kernel, polynomials) for kernel in kernels]
    return tuple(
        {tuple(column[number][row] for column in columns): coefficient for row, coefficient in enumerate(one.values())}
        for number, one in enumerate(polynomials)
    )


def _column(kernel: Expression, polynomials: tuple[Polynomial, ...]) -> tuple[tuple[int, ...], ...]:
    """The exponents of one kernel, a row a polynomial."""
    rows = [[dict(monomial).get(kernel, Fraction(0)) for monomial in one] for one in polynomials]
    scale = lcm(*(exponent.denominator for row in rows for exponent in row))
    exponents = [[int(exponent * scale) for exponent in row] for row in rows]
    if all(exponent <= 0 for row in exponents for exponent in row):
        return tuple(tuple(-exponent for exponent in row) for row in exponents)
    if all(exponent >= 0 for row in exponents for exponent in row):
        return tuple(tuple(row) for row in exponents)
    return tuple(tuple(exponent - min(row) for exponent in row) for row in exponents)
