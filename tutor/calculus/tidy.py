"""A derivative tidied as a textbook would write it: numbers folded, like terms and like factors gathered.

Every rewriting is an identity wherever the untidied tree has a real value; a tidied tree may live on a larger set (x/x
is 1). A sum is multiplied out only above a denominator, and only where that makes the tree smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from tutor.calculus.term import Term, build_sum, build_term, folded, multiply, power_of_term, sum_terms, term_of
from tutor.expression.tree import EULER, ONE, ZERO, Apply, Expression, Number, number, size

MOST_TERMS = 24
"""How many terms a numerator that is multiplied out may have on the way."""

HIGHEST_EXPANDED = 3
"""The highest power of a sum that is multiplied out."""


@lru_cache(maxsize=16384)
def tidy(expression: Expression) -> Expression:
    """The tidied tree of an expression."""
    if not isinstance(expression, Apply) or not expression.arguments:
        return expression
    head, parts = expression.head, tuple([tidy(argument) for argument in expression.arguments])
    return _ARITHMETIC[head](*parts) if head in _ARITHMETIC else _known(Apply(head, parts))


def _sum(left: Expression, right: Expression) -> Expression:
    return build_sum(sum_terms((left, right)))


def _difference(left: Expression, right: Expression) -> Expression:
    return build_sum(sum_terms((left, Apply("neg", (right,)))))


def _negated(inner: Expression) -> Expression:
    return build_sum(sum_terms((Apply("neg", (inner,)),)))


def _product(left: Expression, right: Expression) -> Expression:
    return _reduced(multiply(term_of(left), term_of(right)))


def _quotient(above: Expression, below: Expression) -> Expression:
    divisor = term_of(below)
    if not divisor.coefficient:
        return Apply("/", (above, below))
    return _reduced(multiply(term_of(above), power_of_term(divisor, number(-1))))


def _power(base: Expression, power: Expression) -> Expression:
    term, exponent = term_of(base), folded(power)
    if not term.coefficient and not (isinstance(exponent, Number) and exponent.value > 0):
        return Apply("^", (base, exponent))
    return build_term(power_of_term(term, exponent))


def _root(inner: Expression) -> Expression:
    return _power(inner, number(Fraction(1, 2)))


_ARITHMETIC: Mapping[str, Callable[..., Expression]] = MappingProxyType(
    {"+": _sum, "-": _difference, "neg": _negated, "*": _product, "/": _quotient, "^": _power, "sqrt": _root}
)


# ---- a sum above a denominator ---------------------------------------------------------------------------------


def _reduced(term: Term) -> Expression:
    """The tree of a term, its bracket multiplied out and cancelled against the denominator where that helps."""
    if not term.coefficient:
        return ZERO
    plain = build_term(term)
    brackets = [base for base, exponent in term.powers if exponent == ONE and _is_sum(base)]
    if len(brackets) != 1 or all(_is_above(exponent) for _, exponent in term.powers):
        return plain
    shorter = _smallest(brackets[0])
    rest = Term(term.coefficient, tuple(pair for pair in term.powers if pair[0] != brackets[0]))
    return min(plain, _cancelled(shorter, rest), key=size)


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Apply) and expression.head in ("+", "-")


def _is_above(exponent: Expression) -> bool:
    return not (isinstance(exponent, Number) and exponent.value < 0)


def _smallest(bracket: Expression) -> tuple[Term, ...]:
    """The terms of a bracket, multiplied out when that makes it smaller."""
    terms = sum_terms((bracket,))
    expanded = _expanded(bracket)
    choices = [terms] if expanded is None else [terms, _without_squares(expanded)]
    return min(choices, key=lambda some: size(build_sum(some)))


def _without_squares(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms with c·sin(u)² + c·cos(u)² gathered to c, for any common factor c."""
    gathered = []
    waiting: dict[object, Term] = {}
    for term in terms:
        square = next((base for base, power in term.powers if _is_square(base, power)), None)
        if not isinstance(square, Apply):
            gathered.append(term)
            continue
        rest = Term(term.coefficient, tuple(pair for pair in term.powers if pair[0] != square))
        partner = Apply("cos" if square.head == "sin" else "sin", square.arguments)
        if waiting.pop((partner, rest.coefficient, frozenset(rest.powers)), None) is not None:
            gathered.append(rest)
        else:
            waiting[square, rest.coefficient, frozenset(rest.powers)] = term
    return sum_terms(build_term(term) for term in (*gathered, *waiting.values()))


def _is_square(base: Expression, exponent: Expression) -> bool:
    return isinstance(base, Apply) and base.head in ("sin", "cos") and exponent == number(2)


def _cancelled(terms: tuple[Term, ...], rest: Term) -> Expression:
    """A sum of terms times a term, with what all the terms share moved out of the bracket."""
    if len(terms) < 2:
        return build_term(multiply(terms[0], rest)) if terms else ZERO
    shared = _shared_factor(terms, rest)
    inner = tuple(multiply(term, power_of_term(shared, number(-1))) for term in terms)
    return build_term(multiply(multiply(shared, rest), term_of(build_sum(inner))))


def _shared_factor(terms: tuple[Term, ...], rest: Term) -> Term:
    """The powers that all terms hold and that stand below the line too, as high as in the term that has least."""
    below = {base for base, exponent in rest.powers if not _is_above(exponent)}
    powers = []
    for base, exponent in terms[0].powers:
        others = [dict(term.powers).get(base) for term in terms]
        lowest = [other.value for other in others if isinstance(other, Number) and other.value > 0]
        if base in below and len(lowest) == len(terms) and isinstance(exponent, Number):
            powers.append((base, Number(min(lowest))))
    return Term(Fraction(1), tuple(powers))


def _expanded(expression: Expression) -> tuple[Term, ...] | None:
    """The terms of an expression with every product of sums multiplied out; None when there would be too many."""
    total: tuple[Term, ...] = ()
    for term in sum_terms((expression,)):
        parts: tuple[Term, ...] | None = (Term(term.coefficient),)
        for base, exponent in term.powers:
            parts = _times(parts, _factor_terms(base, exponent))
            if parts is None:
                return None
        total = (*total, *(parts or ()))
    return sum_terms(build_term(term) for term in total) if len(total) <= MOST_TERMS else None


def _factor_terms(base: Expression, exponent: Expression) -> tuple[Term, ...] | None:
    if not _is_sum(base) or not isinstance(exponent, Number) or exponent.value.denominator != 1 or exponent.value < 0:
        return (Term(Fraction(1), ((base, exponent),)),)
    if exponent.value > HIGHEST_EXPANDED:
        return None
    result: tuple[Term, ...] | None = (Term(Fraction(1)),)
    for _ in range(exponent.value.numerator):
        result = _times(result, sum_terms((base,)))
    return result


def _times(left: tuple[Term, ...] | None, right: tuple[Term, ...] | None) -> tuple[Term, ...] | None:
    if left is None or right is None or len(left) * len(right) > MOST_TERMS:
        return None
    return tuple(multiply(a, b) for a in left for b in right)


# ---- known values ----------------------------------------------------------------------------------------------

_VALUES: Mapping[Expression, Expression] = MappingProxyType(
    {
        Apply("exp", (ZERO,)): ONE,
        Apply("exp", (ONE,)): EULER,
        Apply("log", (ONE,)): ZERO,
        Apply("log", (EULER,)): ONE,
        Apply("log2", (number(2),)): ONE,
        Apply("log10", (number(10),)): ONE,
        Apply("sin", (ZERO,)): ZERO,
        Apply("cos", (ZERO,)): ONE,
        Apply("tan", (ZERO,)): ZERO,
        Apply("sinh", (ZERO,)): ZERO,
        Apply("cosh", (ZERO,)): ONE,
        Apply("tanh", (ZERO,)): ZERO,
    }
)


def _known(expression: Apply) -> Expression:
    match expression:
        case Apply("abs", (Number(value),)):
            return number(abs(value))
        case Apply("sign", (Number(value),)):
            return number((value > 0) - (value < 0))
        case Apply("heaviside", (Number(value),)) if value:
            return number(int(value > 0))
        case Apply("relu", (Number(value),)):
            return number(max(value, Fraction(0)))
        case _:
            return _VALUES.get(expression, expression)
