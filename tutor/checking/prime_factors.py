"""The primes of rational numbers, as far as they are small."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.checking.normal_form_field import OutOfReach

__all__ = ["prime_factors"]

_MOST_BITS = 256
"""The largest constant that is split into primes."""

_PRIMES_UP_TO = 1 << 11


def prime_factors(value: Fraction) -> Iterator[tuple[int, int]]:
    """The primes of a positive rational number with their exponents; a rest without small ones counts as prime."""
    for prime, count in _primes_of(value.numerator):
        yield prime, count
    for prime, count in _primes_of(value.denominator):
        yield prime, -count


def _primes_of(part: int) -> Iterator[tuple[int, int]]:
    if part.bit_length() > _MOST_BITS:
        raise OutOfReach("constant")
    for prime in _SMALL_PRIMES:
        if part == 1:
            return
        count = 0
        while part % prime == 0:
            part, count = part // prime, count + 1
        if count:
            yield prime, count
    if part > 1:
        yield part, 1


_SMALL_PRIMES = tuple(n for n in range(2, _PRIMES_UP_TO) if all(n % d for d in range(2, int(n**0.5) + 1)))
