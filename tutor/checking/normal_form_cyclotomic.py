"""Cosines of rational multiples of pi as polynomials in one of them, w = 2·cos(pi/L), and square roots among them.

w is a root of the minimal polynomial of 2·cos(2·pi/n), n = 2·L, which comes from the cyclotomic polynomial by
z + 1/z = w (Lehmer, American Mathematical Monthly 40 (1933) 165-166); 2·cos(k·pi/L) = C_k(w), C_0 = 2, C_1 = w,
C_(k+1) = w·C_k - C_(k-1). L is even, so that sines are cosines. The square root of a prime is a sum of cosines where
2·L is a multiple of its conductor (Gauss's sums).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

from tutor.checking.normal_form_field import Field, OutOfReach, Ratio, StartAgain

__all__ = ["cosine_of_turn", "root_by_cosines"]

_LARGEST = 60
"""The largest L."""

_SCALE = ("cosine",)


def cosine_of_turn(field: Field, multiple: Fraction) -> Ratio:
    """cos(c·pi); OutOfReach where the denominators of all such c together are too large."""
    known = field.facts.scales.get(_SCALE, 2)
    scale = lcm(known, multiple.denominator)
    if scale > _LARGEST:
        raise OutOfReach("an angle")
    if scale != known:
        field.facts.scales[_SCALE] = scale
        if field.has_kernel(("cosine", known)) or any(map(_is_square_root, field.descriptors)):
            raise StartAgain
    return field.scale(_doubled(field, scale, int(multiple * scale)), Fraction(1, 2))


def _is_square_root(descriptor: Sequence[object]) -> bool:
    return descriptor[0] == "prime-root" and isinstance(descriptor[2], int) and descriptor[2] % 2 == 0


def root_by_cosines(field: Field, prime: int) -> Ratio | None:
    """The square root of a prime where cosines hold it that occur, else None."""
    scale = field.facts.scales.get(_SCALE)
    if scale is None or (2 * scale) % _conductor(prime):
        return None
    if prime == 2:
        return _doubled(field, scale, scale // 4)
    turn, start = 2 * scale // prime, 0 if prime % 4 == 1 else scale // 2
    total = field.zero
    for part in range(1, (prime + 1) // 2):
        sign = 1 if pow(part, (prime - 1) // 2, prime) == 1 else -1
        total = field.add(total, field.scale(_doubled(field, scale, start - part * turn), sign))
    return total


def _conductor(prime: int) -> int:
    return {1: prime, 2: 8, 3: 4 * prime}[prime % 4]


def _doubled(field: Field, scale: int, count: int) -> Ratio:
    """2·cos(k·pi/L)."""
    index = field.kernel(("cosine", scale))
    if index not in field.relations:
        *lower, _ = minimal_polynomial(scale)
        field.relate(index, len(lower), _polynomial(field, index, [-value for value in lower]))
    return _polynomial(field, index, _cosine(scale, abs(count) % (2 * scale)))


def _polynomial(field: Field, index: int, values: Sequence[int]) -> Ratio:
    unit = (0,) * field.ring.width
    terms = (
        ((*unit[:index], power, *unit[index + 1 :]), Fraction(value)) for power, value in enumerate(values) if value
    )
    return Ratio(field.ring.polynomial(terms), field.ring.one)


# ---- whole polynomials, lowest power first --------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _cosine(scale: int, count: int) -> tuple[int, ...]:
    """C_k reduced by the minimal polynomial."""
    if count > scale:
        return _cosine(scale, 2 * scale - count)
    return tuple(_divided(_unreduced_cosine(count), minimal_polynomial(scale))[1])


def _unreduced_cosine(count: int) -> list[int]:
    last, this = [2], [0, 1]
    if count == 0:
        return last
    for _ in range(count - 1):
        shifted = [0, *this]
        last, this = this, [value - (last[power] if power < len(last) else 0) for power, value in enumerate(shifted)]
    return this


@lru_cache(maxsize=128)
def minimal_polynomial(scale: int) -> tuple[int, ...]:
    """The minimal polynomial of 2·cos(pi/L), with leading coefficient 1."""
    cyclotomic = _cyclotomic(2 * scale)
    middle = len(cyclotomic) // 2
    result = [0] * (middle + 1)
    result[0] = cyclotomic[middle]
    for count in range(1, middle + 1):
        for power, value in enumerate(_unreduced_cosine(count)):
            result[power] += cyclotomic[middle + count] * value
    return tuple(result)


@lru_cache(maxsize=128)
def _cyclotomic(order: int) -> tuple[int, ...]:
    result = [-1, *[0] * (order - 1), 1]
    for divisor in range(1, order):
        if order % divisor == 0:
            result = _divided(result, _cyclotomic(divisor))[0]
    return tuple(result)


def _divided(element: Sequence[int], divisor: Sequence[int]) -> tuple[list[int], list[int]]:
    """Quotient and remainder by a polynomial with leading coefficient 1."""
    rest, degree = list(element), len(divisor) - 1
    quotient = [0] * max(0, len(rest) - degree)
    for place in reversed(range(len(quotient))):
        quotient[place] = factor = rest[place + degree]
        for power, value in enumerate(divisor):
            rest[place + power] -= factor * value
    return quotient, rest[:degree]
