"""Factors and their signs: where a sign is known, what the reality of an expression says of it, and what is never zero.

The sign of a factor f is the kernel s with s = 1 where f >= 0 and s = -1 where f < 0, so that s² = 1 and |f| = s·f hold
everywhere. That log(u), an even root or a power with base u occurs says u > 0 (or u >= 0) wherever both sides are real,
since every part of a real expression is real; a product of signs is then known. Such facts are linear equations over
the field of two elements and are solved as they come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from tutor.checking.normal_form_conjugates import flipped_root, square_roots
from tutor.checking.normal_form_facts import Key
from tutor.checking.normal_form_field import MOST_FACTOR_TERMS, Field, Known, OutOfReach, Ratio, RealNowhere, StartAgain
from tutor.checking.normal_form_monotone import with_same_sign
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
    "learn_implied_signs",
    "note_divisor",
    "note_sign",
    "order_of_key",
    "sign_by_key",
    "sign_of",
    "signs_of_product",
    "simpler_with_same_sign",
]

POSITIVE = frozenset(("exp", "root", "pi", "euler", "prime-root", "prime-log", "cosine", "acosh"))
"""Kinds of kernels whose values are not negative."""


_MOST_TERMS_OF_CONJUGATES = 12
_MOST_FACTS = 8


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
        return _closed(field, value)
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


def _closed(field: Field, value: Ratio) -> Factored:
    """A fraction in which the imaginary unit occurs as a number times the kernel that stands for it."""
    if not field.writing.is_closed:
        raise NeedsReal
    leading = field.ring.leading(value.top)
    value = field.scale(value, 1 / leading)
    field.used.add("closed-part")
    index = field.kernel(("closed-part", field.keys(value)))
    field.relate(index, 1, value)
    return Factored(leading, ((field.ring.generator(index), 1),))


# ---- signs ---------------------------------------------------------------------------------------------------------


def sign_of(field: Field, factor: Polynomial) -> Ratio:
    """1 where a factor is at least zero, -1 elsewhere: a number where that is known, else a product of kernels."""
    number, factors = _simpler_factors(field, factor)
    result = field.constant(number)
    for simpler in factors:
        direction, key = _sign_key(field, simpler)
        result = field.multiply(result, field.scale(sign_by_key(field, key), direction))
    return result


def _simpler_factors(field: Field, factor: Polynomial) -> tuple[int, list[Polynomial]]:
    """A number, and factors of unknown signs, whose product has the sign of a factor."""
    known = _known_sign(field, factor)
    if known:
        return known, []
    same = simpler_with_same_sign(field, factor)
    return (1, [factor]) if same is None else _odd_factors(field, factored(field, same))


def simpler_with_same_sign(field: Field, factor: Polynomial) -> Ratio | None:
    """A simpler fraction that is positive, negative and zero where a factor is; None when none is known."""
    same = with_same_sign(field, factor, partial(_known_sign, field))
    if same is None or not field.is_real(same):
        return None
    field.used.add("sign-of-increasing")
    return same


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
    if is_strict or all(is_nowhere_zero(field, factor) for factor, _ in value.factors):
        _note_factors(field, *_odd_factors(field, value))
    elif all(exponent % 2 or is_nowhere_zero(field, factor) for factor, exponent in value.factors):
        doubtful = frozenset(field.key(factor) for factor, _ in value.factors if not is_nowhere_zero(field, factor))
        number, odd = _odd_factors(field, value)
        field.radicands.append((doubtful, number, tuple(odd)))


def note_divisor(field: Field, value: Ratio) -> None:
    """Learn that what stands under an even root is positive where its doubtful factors' roots divide a divisor."""
    if not field.radicands or not value.top:
        return
    fewest = [min(powers) for powers in zip(*(powers for powers, _ in field.ring.terms(value.top)), strict=True)]
    roots = {name for index in field.kernels_of(value.top) if fewest[index] for name in field.descriptors[index][1:2]}
    for doubtful, number, odd in field.radicands:
        if doubtful <= roots:
            _note_factors(field, number, list(odd))


def _note_factors(field: Field, number: int, odd: list[Polynomial]) -> None:
    """Learn that the product of the signs of some factors, none of which is zero, is a number."""
    if len(odd) == 2:
        _note_pair(field, odd, number)
    _learn(field, odd, number)


def signs_of_product(field: Field, value: Factored) -> tuple[int, frozenset[Key]]:
    """The sign of a product: a number times the signs of factors, by their keys, of which nothing is known."""
    number, odd = _odd_factors(field, value)
    return _multiplied(field, odd, number)


def learn_implied_signs(field: Field, element: Polynomial) -> bool:
    """Whether the facts say more of the signs in an element than when it was built; then they hold that too."""
    is_new = False
    for index in sorted(field.kernels_of(element)):
        kind, *rest = field.descriptors[index]
        key = rest[0] if kind == "sign" else None
        factor = field.polynomial_of(key) if isinstance(key, frozenset) and key not in field.facts.signs else None
        sign = 0 if factor is None else _known_sign(field, factor)
        if sign and isinstance(key, frozenset):
            field.facts.signs[key] = (sign, frozenset())
            is_new = True
    return is_new


def _odd_factors(field: Field, value: Factored) -> tuple[int, list[Polynomial]]:
    """The factors with odd exponents whose signs are not known by their form, and the sign of all the rest."""
    number, odd = (1 if value.constant > 0 else -1), []
    for factor, _ in filter(lambda pair: pair[1] % 2, value.factors):
        sign, simpler = _simpler_factors(field, factor)
        number *= sign
        odd += simpler
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
        raise RealNowhere("signs")
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
    if _is_positive(field, -factor):
        return -1
    return sign_of_number(field, factor) or _sign_by_facts(field, factor)


def _sign_by_facts(field: Field, factor: Polynomial) -> int:
    """1 or -1 where a factor, or minus it, is a sum of factors that are known to be at least zero, else 0."""
    if not field.facts.signs or len(factor) > _MOST_TERMS_OF_CONJUGATES:
        return 0
    known = _positive_factors(field)
    monomial, _ = field.ring.terms(factor)[0] if known else ((), 0)
    if not any(part.monomial == monomial for part in known):
        return 0
    return next((sign for sign in (1, -1) if _is_sum(field, field.ring.scaled(factor, Fraction(sign)), known)), 0)


def _positive_factors(field: Field) -> Sequence[Known]:
    """What the facts say is at least zero, kept as long as no fact and no kernel is added."""
    state = len(field.facts.signs), len(field.descriptors)
    if field.positive is None or field.positive[0] != state:
        parts = (_positive_factor(field, key) for key in list(field.facts.signs)[:_MOST_FACTS])
        field.positive = state, tuple(part for part in parts if part is not None)
    return field.positive[1]


def _positive_factor(field: Field, key: Key) -> Known | None:
    """The factor with a key, or minus it, that is at least zero by the facts."""
    number, unknown = _solved(field, key)
    known = None if unknown or len(key) > _MOST_TERMS_OF_CONJUGATES else field.polynomial_of(key)
    if known is None:
        return None
    signed = field.ring.scaled(known, number)
    return Known(signed, *field.ring.terms(signed)[0])


def _is_sum(field: Field, factor: Polynomial, known: Sequence[Known], most: int = 2) -> bool:
    """Whether a factor is a sum of positive multiples of so many known ones and what is positive by its form."""
    monomial, value = field.ring.terms(factor)[0]
    for part in known:
        if part.monomial == monomial and part.value * value > 0:
            rest = factor - field.ring.scaled(part.factor, value / part.value)
            if not rest or _is_positive(field, rest) or (most > 1 and _is_sum(field, rest, known, most - 1)):
                return True
    return False


def _is_positive(field: Field, factor: Polynomial) -> bool:
    """Whether a factor is at least zero by its form: all its terms, a definite quadratic, or a root that outweighs."""
    terms = field.ring.terms(factor)
    if all(_is_positive_term(field, term) for term in terms) or _is_definite(field, terms):
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
    sign = 1 if value > 0 else -1
    for index, power in enumerate(powers):
        if power % 2 and field.descriptors[index][0] not in POSITIVE:
            sign *= _known_sign_of_kernel(field, index)
            if not sign:
                return False
    return sign > 0


def _known_sign_of_kernel(field: Field, index: int) -> int:
    if not field.facts.signs:
        return 0
    number, unknown = _solved(field, field.key(field.ring.generator(index)))
    return 0 if unknown else number


def _is_definite(field: Field, terms: list[tuple[Monomial, Fraction]]) -> bool:
    """Whether terms are those of a·g² + b·g·h + c·h² where a > 0 and b² < 4ac, g² ≥ 0 and h² ≥ 0 by their form."""
    match terms:
        case [(square, a), (mixed, b), (other, c)]:
            is_quadratic = all(2 * power == p + q for power, p, q in zip(mixed, square, other, strict=True))
            is_positive = is_quadratic and a > 0 and b * b < 4 * a * c
            return is_positive and all(_is_positive_term(field, (powers, a)) for powers in (square, other))
        case _:
            return False
