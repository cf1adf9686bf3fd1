"""Powers u^v: by a rational number, or, where the exponent is none, |u|^v times a parity.

u^v is real where u > 0, and where v is whole: (-2)^n is real for every whole n. So u^v = |u|^v·T(s, v) with the sign s
of u, where T(s, v) stands for s^v at whole v, and for 1 at all others, at which u > 0 or u^v is not real. The rules for
T, in which n is a whole number: T(st, v) = T(s, v)·T(t, v); T(s, v)² = 1; T(s, v + n) = T(s, v)·s^n, since s = 1 or v
is whole wherever T(s, v) is used; and T(s, n·v) = T(s, v)^n where T(s, v) is used as well, for the same reason.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from math import floor, gcd, lcm

from tutor.checking.normal_form_facts import Key
from tutor.checking.normal_form_field import Field, OutOfReach, Ratio, StartAgain
from tutor.checking.normal_form_powers import exponential, logarithm_of_magnitude, rational_power
from tutor.checking.normal_form_signs import (
    Factored,
    factored,
    note_divisor,
    note_sign,
    order_of_key,
    sign_by_key,
    signs_of_product,
)

__all__ = ["power", "root"]

_NEVER_WHOLE = frozenset(("pi", "euler", "prime-root", "prime-log"))
"""Kinds of kernels whose powers are irrational numbers."""


def power(field: Field, base: Ratio, exponent: Ratio, exact: Fraction | None) -> Ratio:
    """u^v: by the exact fraction that the exponent reads as, else whole where its value is, else where u > 0."""
    known = field.rational(exponent) if exact is None else exact
    if known is None or (exact is None and known.denominator > 1):
        return _general_power(field, base, exponent)
    return _rational_power(field, base, known)


def root(field: Field, radicand: Ratio, index: Ratio, exact: Fraction | None) -> Ratio:
    """The real root, for every radicand where the index is an odd number, or one over a whole number."""
    known = field.rational(index) if exact is None else exact
    if known is None:
        return _general_root(field, radicand, index)
    if not known:
        raise OutOfReach("an index of zero")
    if 1 in (known.denominator, known.numerator):
        return _rational_power(field, radicand, 1 / known)
    return _general_power(field, radicand, field.constant(1 / known))


def _rational_power(field: Field, base: Ratio, exponent: Fraction) -> Ratio:
    if not exponent:
        return field.one
    whole = exponent.numerator if exponent.denominator == 1 else 0
    if whole and base.top and not field.can_expand(base, whole):
        keys = field.keys(base)
        if len(base.top) + len(base.bottom) == 2 or keys in field.facts.closed:
            raise OutOfReach("power")
        field.facts.closed.add(keys)
        raise StartAgain
    if exponent < 0:
        note_divisor(field, base)
    return rational_power(field, base, exponent)


# ---- parity -------------------------------------------------------------------------------------------------------


def _general_power(field: Field, base: Ratio, exponent: Ratio) -> Ratio:
    """u^v for an exponent that is not known to be a whole number."""
    parts, size = _magnitude(field, base, exponent)
    if _is_never_whole(field, exponent):
        note_sign(field, parts, is_strict=True)
        return size
    sign, others = signs_of_product(field, parts)
    return field.multiply(size, _parity(field, sign, others, exponent)) if sign < 0 or others else size


def _general_root(field: Field, radicand: Ratio, index: Ratio) -> Ratio:
    """The root of an index that is not known to be a number: that of u < 0 is real where the index is odd.

    Its parity is s for an odd index v, s^(1/v) for a whole 1/v, and 1 elsewhere.
    """
    exponent = field.inverse(index)
    parts, size = _magnitude(field, radicand, exponent)
    if _is_never_whole(field, index) and _is_never_whole(field, exponent):
        note_sign(field, parts, is_strict=True)
        return size
    sign, others = signs_of_product(field, parts)
    return field.multiply(size, _kernels(field, sign, others, ("index", *field.keys(index))))


def _magnitude(field: Field, base: Ratio, exponent: Ratio) -> tuple[Factored, Ratio]:
    """The factors of u, and |u|^v."""
    field.used.add("moving-exponent")
    if not base.top:
        raise OutOfReach("a power of zero")
    parts = factored(field, base)
    return parts, exponential(field, field.multiply(exponent, logarithm_of_magnitude(field, parts)))


def _is_never_whole(field: Field, exponent: Ratio) -> bool:
    """Whether an exponent is certainly a number that is not whole: a fraction, or a power of one irrational number."""
    number = field.rational(exponent)
    if number is not None:
        return number.denominator > 1
    kernels = field.kernels_of(exponent)
    kinds = {field.descriptors[index][0] for index in kernels}
    is_one_power = len(kernels) == 1 and len(exponent.top) + len(exponent.bottom) == 2
    return kinds == {"prime-root"} or (kinds <= _NEVER_WHOLE and is_one_power)


def _parity(field: Field, sign: int, others: frozenset[Key], exponent: Ratio) -> Ratio:
    """T(s, v) for the sign s that is a number times the signs of others."""
    whole, rest = _split(field, exponent)
    result = field.one
    if whole % 2:
        result = field.constant(sign)
        for key in sorted(others, key=order_of_key):
            result = field.multiply(result, sign_by_key(field, key))
    return field.multiply(result, _moving_parity(field, sign, others, rest)) if rest.top else result


def _split(field: Field, exponent: Ratio) -> tuple[int, Ratio]:
    """A whole number and the rest of an exponent, whose constant term lies from 0 to 1."""
    constant = Fraction(0)
    if field.ring.is_constant(exponent.bottom):
        constant = next((value for powers, value in field.ring.terms(exponent.top) if not any(powers)), constant)
    whole = floor(constant)
    return whole, field.subtract(exponent, field.constant(whole)) if whole else exponent


def _moving_parity(field: Field, sign: int, others: frozenset[Key], exponent: Ratio) -> Ratio:
    multiple = field.ring.leading(exponent.top)
    term = field.scale(exponent, 1 / multiple)
    keys = field.keys(term)
    step = _step(field, (sign, others, keys), abs(multiple))
    is_even = (multiple / step) % 2 == 0
    return field.one if is_even else _kernels(field, sign, others, (step, *keys))


def _kernels(field: Field, sign: int, others: frozenset[Key], exponent: Hashable) -> Ratio:
    """The product of T(s, v) over -1, if the number is that, and the signs of others; each T is a sign itself."""
    result, numbers = field.one, field.facts.numbers
    for key in (*([None] if sign < 0 else []), *sorted(others, key=order_of_key)):
        number = numbers.setdefault(("parity", key, exponent), len(numbers))
        result = field.multiply(result, sign_by_key(field, frozenset({(frozenset({(number, 1)}), Fraction(1))})))
    return result


def _step(field: Field, descriptor: tuple[int, frozenset[Key], tuple[Key, Key]], multiple: Fraction) -> Fraction:
    """The largest number of which all multiples of a term are multiples to which a sign is raised; they are whole."""
    known = field.facts.steps.get(descriptor)
    if known is None:
        field.facts.steps[descriptor] = known = multiple
    elif (multiple / known).denominator > 1:
        common = lcm(known.denominator, multiple.denominator)
        field.facts.steps[descriptor] = Fraction(gcd(int(known * common), int(multiple * common)), common)
        raise StartAgain
    return known
