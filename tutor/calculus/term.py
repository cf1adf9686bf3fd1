"""A product seen as a term: an exact coefficient and powers of bases, like bases gathered; and sums of such terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from math import isqrt
from types import MappingProxyType

from tutor.expression.tree import ONE, ZERO, Apply, Expression, Number, Symbol, free_symbols, number, walk

LARGEST_POWER = 64
"""The largest power of a number that is worked out."""

LARGEST_NUMBER = 10**24
"""A number beyond which a power is left as it stands."""


@dataclass(frozen=True, slots=True)
class Term:
    """A coefficient times powers: pairs of base and exponent, in the order in which the bases first stood."""

    coefficient: Fraction
    powers: tuple[tuple[Expression, Expression], ...] = ()

    def __hash__(self) -> int:
        return hash((self.coefficient.numerator, self.powers))


UNIT = Term(Fraction(1))
_HALF = number(Fraction(1, 2))
_MINUS_ONE = number(-1)


@lru_cache(maxsize=16384)
def term_of(expression: Expression) -> Term:
    """The term that a tidied tree is."""
    if isinstance(expression, Number):
        return Term(expression.value)
    known = _TERMS.get(expression.head) if isinstance(expression, Apply) else None
    found = known(*expression.arguments) if known is not None and isinstance(expression, Apply) else None
    return Term(UNIT.coefficient, ((expression, ONE),)) if found is None else found


def _opposite(inner: Expression) -> Term:
    term = term_of(inner)
    return Term(-term.coefficient, term.powers)


def _quotient(above: Expression, below: Expression) -> Term | None:
    divisor = term_of(below)
    return multiply(term_of(above), power_of_term(divisor, _MINUS_ONE)) if divisor.coefficient else None


_TERMS: Mapping[str, Callable[..., Term | None]] = MappingProxyType(
    {
        "neg": _opposite,
        "*": lambda left, right: multiply(term_of(left), term_of(right)),
        "/": _quotient,
        "^": lambda base, exponent: power_of_term(term_of(base), folded(exponent)),
        "sqrt": lambda base: power_of_term(term_of(base), _HALF),
    }
)
"""What the heads make of their arguments as terms; None where one would divide by 0."""


def folded(expression: Expression) -> Expression:
    """A tidied tree, as one exact number where it is one: the fraction 1/2 of an exponent."""
    term = term_of(expression)
    return expression if term.powers else Number(term.coefficient)


def multiply(left: Term, right: Term) -> Term:
    """The product of two terms, exponents of equal bases added: u^a·u^b = u^(a + b) wherever both powers are real."""
    powers = dict(left.powers)
    for base, exponent in right.powers:
        powers[base] = _added(powers[base], exponent) if base in powers else exponent
    coefficient, kept = _product(left.coefficient, right.coefficient), []
    for base, exponent in powers.items():
        if isinstance(exponent, Number) and (exponent is not ONE or isinstance(base, Number)):
            if not exponent.value:
                continue
            if isinstance(base, Number) and _is_whole_power(base, exponent):
                coefficient *= base.value**exponent.value.numerator
                continue
        kept.append((base, exponent))
    return Term(coefficient, tuple(kept))


def _product(left: Fraction, right: Fraction) -> Fraction:
    """The product of two numbers, most of which are 1."""
    if left is UNIT.coefficient or right is UNIT.coefficient:
        return right if left is UNIT.coefficient else left
    return left * right


def _is_whole_power(base: Number, exponent: Number) -> bool:
    whole = exponent.value.numerator
    return exponent.value.denominator == 1 and abs(whole) <= LARGEST_POWER and bool(base.value)


def power_of_term(term: Term, exponent: Expression) -> Term:
    """A power of a term; (u^a)^n = u^(a·n) and (u·v)^n = u^n·v^n only for whole n, where they hold for all reals."""
    if isinstance(exponent, Number) and exponent.value.denominator == 1:
        whole = exponent.value.numerator
        if _is_small_power(term.coefficient, whole):
            powers = tuple((base, _times(inner, exponent)) for base, inner in term.powers)
            return multiply(UNIT, Term(term.coefficient**whole, powers)) if whole else UNIT
    root = _exact_root(term, exponent)
    if root is not None:
        return Term(root)
    if term.coefficient == 1 and len(term.powers) == 1 and term.powers[0][1] == ONE:
        return Term(UNIT.coefficient, ((term.powers[0][0], exponent),))
    return Term(UNIT.coefficient, ((build_term(term), exponent),))


def _is_small_power(coefficient: Fraction, whole: int) -> bool:
    if coefficient == 0:
        return whole > 0
    if abs(coefficient.numerator) == 1 == coefficient.denominator:
        return True
    largest = max(abs(coefficient.numerator), coefficient.denominator)
    return abs(whole) <= LARGEST_POWER and abs(whole) * largest.bit_length() <= LARGEST_NUMBER.bit_length()


def _exact_root(term: Term, exponent: Expression) -> Fraction | None:
    """The square root of a perfect square, to any odd power: sqrt(4/9) is 2/3."""
    if term.powers or not isinstance(exponent, Number) or exponent.value.denominator != 2 or term.coefficient < 0:
        return None
    above, below = isqrt(term.coefficient.numerator), isqrt(term.coefficient.denominator)
    if Fraction(above * above, below * below) != term.coefficient or not above:
        return None
    return _whole_power(Fraction(above, below), exponent.value.numerator)


def _whole_power(value: Fraction, whole: int) -> Fraction | None:
    return value**whole if _is_small_power(value, whole) else None


def _added(left: Expression, right: Expression) -> Expression:
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value + right.value)
    return folded(build_sum(sum_terms((left, right))))


def _times(left: Expression, right: Expression) -> Expression:
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(_product(left.value, right.value))
    return folded(build_term(multiply(term_of(left), term_of(right))))


# ---- sums ----------------------------------------------------------------------------------------------------


def sum_terms(parts: Iterable[Expression]) -> tuple[Term, ...]:
    """The terms of a sum of trees, like terms gathered, in the order in which they first stood; none for 0."""
    gathered: dict[frozenset[tuple[Expression, Expression]], Term] = {}
    for part in parts:
        for term in _flat(part):
            key = frozenset(term.powers)
            known = gathered.get(key)
            gathered[key] = Term(term.coefficient + known.coefficient, known.powers) if known else term
    return tuple(term for term in gathered.values() if term.coefficient)


def _flat(expression: Expression) -> Iterable[Term]:
    if isinstance(expression, Apply) and expression.head in ("+", "-", "neg"):
        *first, last = expression.arguments
        for each in first:
            yield from _flat(each)
        if expression.head == "+":
            yield from _flat(last)
        else:
            yield from [Term(-term.coefficient, term.powers) for term in _flat(last)]
    else:
        yield from _lone_sum(term_of(expression))


def _lone_sum(term: Term) -> Iterable[Term]:
    match term:
        case Term(coefficient, ((Apply("+" | "-") as inner, Number(value)),)) if value == 1 and abs(coefficient) == 1:
            yield from (Term(coefficient * part.coefficient, part.powers) for part in _flat(inner))
        case _:
            yield term


@lru_cache(maxsize=4096)
def build_sum(terms: tuple[Term, ...]) -> Expression:
    """The tree of a sum of terms, a positive one first where there is one."""
    if not terms:
        return ZERO
    first = next((index for index, term in enumerate(terms) if term.coefficient > 0), 0)
    ordered = (terms[first], *terms[:first], *terms[first + 1 :])
    total = build_term(ordered[0])
    for term in ordered[1:]:
        part = build_term(Term(abs(term.coefficient), term.powers))
        total = Apply("+" if term.coefficient > 0 else "-", (total, part))
    return total


# ---- building ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def build_term(term: Term) -> Expression:
    """The tree of a term: sign, number, factors by rank, over a denominator."""
    if not term.coefficient:
        return ZERO
    size = abs(term.coefficient)
    above = [(base, exponent) for base, exponent in term.powers if not _is_below(exponent)]
    below = [(base, _times(exponent, _MINUS_ONE)) for base, exponent in term.powers if _is_below(exponent)]
    factors = _factors(size.numerator, above)
    if term.coefficient < 0:
        factors[0] = _negated(factors[0])
    numerator = _multiplied(factors)
    if size.denominator == 1 and not below:
        return numerator
    return Apply("/", (numerator, _multiplied(_factors(size.denominator, below))))


def _negated(factor: Expression) -> Expression:
    return Number(-factor.value) if isinstance(factor, Number) else Apply("neg", (factor,))


def _is_below(exponent: Expression) -> bool:
    return isinstance(exponent, Number) and exponent.value.numerator < 0


def _factors(whole: int, powers: list[tuple[Expression, Expression]]) -> list[Expression]:
    """The factors of one side of a fraction by rank, a number first; a lone 1 when there is none."""
    ordered = sorted(powers, key=lambda pair: _rank(*pair)) if len(powers) > 1 else powers
    factors = [_power(base, exponent) for base, exponent in ordered]
    return factors if whole == 1 and factors else [number(whole), *factors]


def _multiplied(factors: list[Expression]) -> Expression:
    return reduce(lambda left, right: Apply("*", (left, right)), factors)


def _power(base: Expression, exponent: Expression) -> Expression:
    if exponent == ONE:
        return base
    return Apply("sqrt", (base,)) if exponent == _HALF else Apply("^", (base, exponent))


def _rank(base: Expression, exponent: Expression) -> tuple[int, str]:
    """The place of a factor: by its class, and symbols by their names."""
    return _class(base, exponent), base.name if isinstance(base, Symbol) else ""


@lru_cache(maxsize=4096)
def _class(base: Expression, exponent: Expression) -> int:
    """Constants, symbols, plain brackets, functions, exponentials, ln(2), other brackets.

    The order of a textbook's product.
    """
    match base:
        case Apply("e", ()) | Apply("exp", _):
            return 4
        case Apply("log", _) if not free_symbols(base):
            return 5
        case _ if not free_symbols(base) and not free_symbols(exponent):
            return 0
        case Apply("+" | "-", _):
            return 2 if all(_is_plain(part) for part in walk(base)) else 6
        case Apply(_, (_, *_)):
            return 3
        case _:
            return 1


def _is_plain(part: Expression) -> bool:
    """Whether a part is a number, a symbol or arithmetic on them."""
    return not isinstance(part, Apply) or part.head in ("+", "-", "*", "/", "^", "neg")
