"""Factors and their signs: where a sign is known, what the reality of an expression says of it, and what is never zero.

The sign of a factor f is the kernel s with s = 1 where f >= 0 and s = -1 where f < 0, so that s² = 1 and |f| = s·f hold
everywhere. That log(u), an even root or a power with base u occurs says u > 0 (or u >= 0) wherever both sides are real,
since every part of a real expression is real; a product of signs is then known. Such facts are linear equations over
the field of two elements and are solved as they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tutor.checking.normal_form_facts import Key
from tutor.checking.normal_form_field import MOST_FACTOR_TERMS, Field, OutOfReach, Ratio, StartAgain
from tutor.checking.normal_form_numbers import sign_of_number
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.ring import Monomial, Polynomial

__all__ = [
    "POSITIVE",
    "Conjugate",
    "Factored",
    "NeedsReal",
    "conjugate",
    "factored",
    "flipped_root",
    "note_sign",
    "order_of_key",
    "sign_by_key",
    "sign_of",
    "signs_of_product",
    "square_roots",
]

POSITIVE = frozenset(("exp", "root", "pi", "euler", "prime-root", "prime-log", "cosine"))
"""Kinds of kernels whose values are not negative."""


_ROOTS = frozenset(("root", "prime-root"))
_MOST_TERMS_OF_CONJUGATES = 12


class NeedsReal(Exception):
    """A sign is wanted of something that is written with the imaginary unit."""


@dataclass(frozen=True, slots=True)
class Factored:
    """A rational number and irreducible factors with whole exponents, whose product is a fraction."""

    constant: Fraction
    factors: tuple[tuple[Polynomial, int], ...]


def factored(field: Field, value: Ratio) -> Factored:
    """The factors of a fraction that is not zero; NeedsReal when the imaginary unit occurs in it."""
    if not field.is_real(value):
        raise NeedsReal
    constant, found = Fraction(1), []
    for part, sign in ((value.top, 1), (value.bottom, -1)):
        if len(part) > 1:
            field.check_dense(part)
            field.check_box(part)
        if len(part) > MOST_FACTOR_TERMS:
            raise OutOfReach("factors")
        field.spend(100 + 20 * len(part))
        number, factors = field.ring.factors(part)
        constant *= number**sign
        found += [(factor, sign * exponent) for factor, exponent in factors]
    return Factored(constant, tuple(found))


# ---- signs ---------------------------------------------------------------------------------------------------------


def sign_of(field: Field, factor: Polynomial) -> Ratio:
    """1 where a factor is at least zero, -1 elsewhere: a number where that is known, else a product of kernels."""
    known = _known_sign(field, factor)
    if known:
        return field.constant(known)
    number, key = _sign_key(field, factor)
    return field.scale(sign_by_key(field, key), number)


def sign_by_key(field: Field, key: Key) -> Ratio:
    """The sign of the factor with a key."""
    number, unknown = _solved(field, key)
    sign = field.constant(number)
    for each in sorted(unknown, key=order_of_key):
        index = field.kernel(("sign", each))
        field.relate(index, 2, field.one)
        sign = field.multiply(sign, field.generator(index))
    return sign


def _sign_key(field: Field, factor: Polynomial) -> tuple[int, Key]:
    """The sign of a factor as a number times that of the factor with a key: of two conjugates the first in order."""
    index = field.single(factor)
    if index is not None and field.descriptors[index][0] == "sign":
        key = field.descriptors[index][1]
        assert isinstance(key, frozenset)
        return 1, key
    found = conjugate(field, factor)
    if found is not None and found.sign:
        leading = field.ring.leading(found.flipped)
        other = field.ring.scaled(found.flipped, 1 / leading)
        if field.ring.terms(other) < field.ring.terms(factor):
            return (found.sign if leading > 0 else -found.sign), field.key(other)
    return 1, field.key(factor)


def order_of_key(key: Key) -> list[tuple[list[tuple[int, int]], Fraction]]:
    """What sorts keys in one order in every process."""
    return sorted((sorted(powers), value) for powers, value in key)


def _solved(field: Field, key: Key) -> tuple[int, frozenset[Key]]:
    """The sign of a factor by the facts: a number times a product of signs of which nothing is known."""
    if key not in field.facts.signs:
        return 1, frozenset((key,))
    number, others = field.facts.signs[key]
    unknown: frozenset[Key] = frozenset()
    for other in others:
        sign, rest = _solved(field, other)
        number, unknown = number * sign, unknown ^ rest
    return number, unknown


def note_sign(field: Field, value: Factored, *, is_strict: bool) -> None:
    """Learn that a product is positive, or (not strict) at least zero; StartAgain when that comes too late.

    Without strictness a fact is taken only where no factor can vanish on an interval, else 0 >= 0 would say something.
    """
    if not is_strict and not all(is_nowhere_zero(field, factor) for factor, _ in value.factors):
        return
    number, odd = _odd_factors(field, value)
    if len(odd) == 2:
        _note_pair(field, odd, number)
    _learn(field, odd, number)


def signs_of_product(field: Field, value: Factored) -> tuple[int, frozenset[Key]]:
    """The sign of a product: a number times the signs of factors, by their keys, of which nothing is known."""
    number, odd = _odd_factors(field, value)
    return _multiplied(field, odd, number)


def _odd_factors(field: Field, value: Factored) -> tuple[int, list[Polynomial]]:
    """The factors with odd exponents whose signs are not known by their form, and the sign of all the rest."""
    number, odd = (1 if value.constant > 0 else -1), []
    for factor, _ in filter(lambda pair: pair[1] % 2, value.factors):
        known = _known_sign(field, factor)
        number *= known or 1
        odd += [] if known else [factor]
    return number, odd


def _multiplied(field: Field, factors: list[Polynomial], number: int) -> tuple[int, frozenset[Key]]:
    unknown: frozenset[Key] = frozenset()
    for factor in factors:
        direction, key = _sign_key(field, factor)
        sign, rest = _solved(field, key)
        number, unknown = number * direction * sign, unknown ^ rest
    return number, unknown


def _learn(field: Field, factors: list[Polynomial], number: int) -> None:
    """The product of the signs of some factors is a number; StartAgain when something is built without that fact."""
    number, unknown = _multiplied(field, factors, number)
    field.used.add("positive-where-real")
    if not unknown and number < 0:
        raise OutOfReach("real nowhere")
    if unknown:
        last = max(unknown, key=order_of_key)
        field.facts.signs[last] = (number, unknown - {last})
        if _is_in_use(field, last):
            raise StartAgain


def _is_in_use(field: Field, key: Key) -> bool:
    """Whether anything is built with the sign that a key names."""
    return field.has_kernel(("sign", key)) or any(
        descriptor[0] == "parity" and descriptor[1] == key for descriptor in field.facts.numbers
    )


def _note_pair(field: Field, pair: list[Polynomial], number: int) -> None:
    """Of f and g with one sign, f + g >= 0 says that both are positive, and f + g <= 0 that both are negative."""
    first, second = pair[0], field.ring.scaled(pair[1], Fraction(number))
    for direction in (1, -1):
        if _known_sign(field, first + second) == direction:
            _learn(field, [pair[0]], direction)
            _learn(field, [pair[1]], direction * number)


def _known_sign(field: Field, factor: Polynomial) -> int:
    """1 or -1 where the form of a factor tells its sign, else 0."""
    if _is_positive(field, factor):
        return 1
    return -1 if _is_positive(field, -factor) else sign_of_number(field, factor)


def _is_positive(field: Field, factor: Polynomial) -> bool:
    """Whether a factor is at least zero by its form: all its terms, a definite quadratic, or a root that outweighs."""
    terms = field.ring.terms(factor)
    if all(_is_positive_term(field, term) for term in terms) or _is_definite(terms):
        return True
    found = conjugate(field, factor)
    return found is not None and found.sign < 0 and _is_positive(field, found.rooted)


@dataclass(frozen=True, slots=True)
class Conjugate:
    """Of a factor a + b·R with R² = P: the norm a² - b²·P, zero on no open set, its sign if known; b·R; a - b·R."""

    norm: Ratio
    sign: int
    rooted: Polynomial
    flipped: Polynomial


def conjugate(field: Field, factor: Polynomial) -> Conjugate | None:
    """The conjugate of a factor under a square root in it; None when the norm is no single term."""
    if not 1 < len(factor) <= _MOST_TERMS_OF_CONJUGATES:
        return None
    for index in square_roots(field, factor):
        rooted, flipped = flipped_root(field, factor, index)
        norm = field.reduced(field.product(factor, flipped), field.ring.one)
        if len(norm.top) == 1 == len(norm.bottom) and all(is_nowhere_zero(field, part) for part in norm):
            return Conjugate(norm, _sign_by_terms(field, norm), rooted, flipped)
    return None


def square_roots(field: Field, factor: Polynomial) -> list[int]:
    """The kernels in a factor whose squares are other elements, in order."""
    return [
        index
        for index in sorted(field.kernels_of(factor))
        if field.descriptors[index][0] in _ROOTS and index in field.relations and field.relations[index].degree == 2
    ]


def flipped_root(field: Field, factor: Polynomial, index: int) -> tuple[Polynomial, Polynomial]:
    """Of a + b·R the part b·R, and a - b·R."""
    rooted = field.ring.polynomial(term for term in field.ring.terms(factor) if term[0][index] % 2)
    return rooted, factor - rooted - rooted


def _sign_by_terms(field: Field, value: Ratio) -> int:
    """The sign of a fraction whose terms all have one sign above and one below, or 0."""
    sign = 1
    for part in value:
        terms = field.ring.terms(part)
        direction = 1 if terms[0][1] > 0 else -1
        if not all(_is_positive_term(field, (powers, direction * factor)) for powers, factor in terms):
            return 0
        sign *= direction
    return sign


def _is_positive_term(field: Field, term: tuple[Monomial, Fraction]) -> bool:
    powers, value = term
    odd = [index for index, power in enumerate(powers) if power % 2]
    return value > 0 and all(field.descriptors[index][0] in POSITIVE for index in odd)


def _is_definite(terms: list[tuple[Monomial, Fraction]]) -> bool:
    """Whether terms are those of a·g² + b·g + c with a > 0 and b² < 4ac, g any product of kernels."""
    match terms:
        case [(square, a), (linear, b), (unit, c)]:
            doubled = tuple(2 * power for power in linear)
            return bool(a > 0 and not any(unit) and square == doubled and b * b < 4 * a * c)
        case _:
            return False
