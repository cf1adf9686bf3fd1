"""Factors and their signs: where a sign is known, what the reality of an expression says of it, and what is never zero.

The sign of a factor f is the kernel s with s = 1 where f >= 0 and s = -1 where f < 0, so that s² = 1 and |f| = s·f hold
everywhere. That log(u), an even root or a power with base u occurs says u > 0 (or u >= 0) wherever both sides are real,
since every part of a real expression is real; a product of signs is then known. Such facts are linear equations over
the field of two elements and are solved as they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tutor.checking.normal_form_field import (
    MOST_FACTOR_TERMS,
    Field,
    Key,
    OutOfReach,
    Ratio,
    StartAgain,
)
from tutor.checking.ring import Monomial, Polynomial

__all__ = [
    "CONSTANTS",
    "POSITIVE",
    "Conjugate",
    "Factored",
    "NeedsReal",
    "conjugate",
    "factored",
    "is_nowhere_constant",
    "is_nowhere_zero",
    "note_sign",
    "order_of_key",
    "sign_by_key",
    "sign_of",
    "signs_of_product",
]

POSITIVE = frozenset(("exp", "root", "pi", "euler", "prime-root", "prime-log"))
"""Kinds of kernels whose values are not negative."""

CONSTANTS = frozenset(("pi", "euler", "prime-root", "prime-log"))
"""Kinds of kernels that stand for one number, which is not zero."""

_INDEPENDENT = frozenset(("exp", "log", "root", "half-tangent"))
"""Kinds of kernels among which, over polynomials in the variables, only the stated relations hold."""

_INJECTIVE = _INDEPENDENT | {"arctangent", "erf"}
"""Kinds of kernels that are injective, in pieces, as functions of their argument."""


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
        if len(part) > MOST_FACTOR_TERMS:
            raise OutOfReach("factors")
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
    if found is not None:
        leading = field.ring.leading(found.flipped)
        other = field.ring.scaled(found.flipped, 1 / leading)
        if field.ring.terms(other) < field.ring.terms(factor):
            return (1 if found.norm / leading > 0 else -1), field.key(other)
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
    return -1 if _is_positive(field, -factor) else 0


def _is_positive(field: Field, factor: Polynomial) -> bool:
    """Whether a factor is at least zero by its form: all its terms, a definite quadratic, or a root that outweighs."""
    terms = field.ring.terms(factor)
    if all(_is_positive_term(field, term) for term in terms) or _is_definite(terms):
        return True
    found = conjugate(field, factor)
    return found is not None and found.norm < 0 and _is_positive(field, found.rooted)


@dataclass(frozen=True, slots=True)
class Conjugate:
    """Of a factor a + b·R with R² = P and a rational norm a² - b²·P: the norm, b·R, and a - b·R."""

    norm: Fraction
    rooted: Polynomial
    flipped: Polynomial


def conjugate(field: Field, factor: Polynomial) -> Conjugate | None:
    """The conjugate of a factor under a square root in it; None when the norm is not a number."""
    for index in sorted(field.kernels_of(factor)):
        if field.descriptors[index][0] != "root" or index not in field.relations or field.relations[index].degree != 2:
            continue
        terms = field.ring.terms(factor)
        rooted = field.ring.polynomial(term for term in terms if term[0][index])
        flipped = factor - rooted - rooted
        norm = field.rational(field.reduced(field.product(factor, flipped), field.ring.one))
        if norm:
            return Conjugate(norm, rooted, flipped)
    return None


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


# ---- what is never zero on an interval -----------------------------------------------------------------------------


def is_nowhere_zero(field: Field, factor: Polynomial) -> bool:
    """Whether a factor certainly vanishes on no open set: a polynomial that is not zero in independent kernels.

    Kernels are independent when they are variables, exponentials and half-angle tangents of polynomials, and logarithms
    and roots of polynomials (Ax, Annals of Mathematics 93 (1971) 252-268; Risch, American Journal of Mathematics 101
    (1979) 743-759), or when there is only one and it is constant nowhere. Coefficients may hold constants such as pi,
    where one of them is a single product, which is not zero.
    """
    index = field.single(factor)
    if index is not None and field.descriptors[index][0] == "sign":
        return True
    return _has_sure_term(field, factor) and _are_independent(field, field.kernels_of(factor))


def _has_sure_term(field: Field, factor: Polynomial) -> bool:
    counts: dict[Monomial, int] = {}
    for powers, _ in field.ring.terms(factor):
        moving = tuple(
            0 if power and field.descriptors[index][0] in CONSTANTS else power for index, power in enumerate(powers)
        )
        counts[moving] = counts.get(moving, 0) + 1
    return 1 in counts.values()


def _are_independent(field: Field, kernels: set[int]) -> bool:
    moving = [index for index in kernels if field.descriptors[index][0] not in CONSTANTS]
    if all(_is_independent(field, index) for index in moving):
        return True
    return len(moving) == 1 and _is_injective_nowhere_constant(field, moving[0])


def _is_independent(field: Field, index: int) -> bool:
    if _is_coordinate(field, index):
        return True
    if field.descriptors[index][0] not in _INDEPENDENT:
        return False
    argument = field.arguments[index]
    inner = field.kernels_of(argument)
    is_polynomial = bool(inner) and field.ring.is_constant(argument.bottom)
    return is_polynomial and all(_is_coordinate(field, each) for each in inner)


def _is_coordinate(field: Field, index: int) -> bool:
    """Whether a kernel is a variable x, or |x|^(1/D), in which x is written where such a root occurs."""
    kind = field.descriptors[index][0]
    return kind == "variable" or (kind == "root" and index not in field.arguments)


def _is_injective_nowhere_constant(field: Field, index: int) -> bool:
    """Whether a kernel is constant on no open set, since its argument is not and it is injective in pieces."""
    if field.descriptors[index][0] not in _INJECTIVE:
        return False
    return is_nowhere_constant(field, field.arguments[index])


def is_nowhere_constant(field: Field, value: Ratio) -> bool:
    """Whether a fraction is certainly constant on no open set: a rational function of independent kernels.

    Numbers such as pi may occur where numerator and denominator are single terms, which cannot be proportional then.
    """
    kernels = field.kernels_of(value)
    constants = {index for index in kernels if field.descriptors[index][0] in CONSTANTS}
    if kernels == constants or (constants and len(value.top) + len(value.bottom) > 2):
        return False
    return _are_independent(field, kernels)
