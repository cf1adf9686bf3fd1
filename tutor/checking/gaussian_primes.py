"""Arctangents of fractions by unique factorisation of Gaussian integers.

atan(p/q) is the angle of q + pi = unit·(1 + i)^m·Π (a ± bi)^e over primes a + bi, a > b > 0, of the primes a² + b² = 1
modulo 4 (Hardy, Wright, An Introduction to the Theory of Numbers, chapter 12). The angles of the primes and pi are
independent over the rational numbers, so that sums of arctangents have one form.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import atan, atan2, isqrt, pi

__all__ = ["Angle", "angle_of_fraction"]

_LARGEST = 1 << 40
"""The largest p² + q²; its odd prime factors stay below 2^22 but for one, or the angle is not taken apart."""

_TRIAL = 1 << 11


@dataclass(frozen=True, slots=True)
class Angle:
    """quarters·pi/4 + Σ count·atan(tangent)."""

    quarters: int
    primes: tuple[tuple[Fraction, int], ...]


@lru_cache(maxsize=512)
def angle_of_fraction(value: Fraction) -> Angle | None:
    """The arctangent of a fraction that is not zero; None for one that is too large."""
    high, low = value.numerator, value.denominator
    factors = _odd_factors(high * high + low * low)
    if factors is None:
        return None
    primes = []
    for prime, count in factors:
        a, b = _squares(prime)
        divides = (low * a + high * b) % prime == 0 and (high * a - low * b) % prime == 0
        primes.append((Fraction(b, a), count if divides else -count))
    rest = atan2(high, low) - sum(count * atan(tangent) for tangent, count in primes)
    # The rest is a whole multiple of pi/4, as only the unit and the power of 1 + i are left.
    return Angle(round(rest / (pi / 4)), tuple(primes))


def _odd_factors(norm: int) -> list[tuple[int, int]] | None:
    """The odd primes of a sum of two squares without common factor; None where they are out of reach."""
    if norm > _LARGEST:
        return None
    while norm % 2 == 0:
        norm //= 2
    found = []
    for prime in range(5, _TRIAL, 4):
        count = 0
        while norm % prime == 0:
            norm, count = norm // prime, count + 1
        if count:
            found.append((prime, count))
    if norm >= _TRIAL * _TRIAL:
        return None
    return found + ([(norm, 1)] if norm > 1 else [])


def _squares(prime: int) -> tuple[int, int]:
    """A > b > 0 with a² + b² = p, for a prime p = 1 modulo 4."""
    for b in range(1, isqrt(prime) + 1):
        a = isqrt(prime - b * b)
        if a * a + b * b == prime:
            return max(a, b), min(a, b)
    raise ArithmeticError(prime)
