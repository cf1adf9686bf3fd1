"""In which multiples kernels occur: the degree of a root, the multiple of a term of which an exponential is made.

All powers of |f| that occur are powers of one root of it, and exp(c·m) for all multiples c of a term m that occur are
powers of one exponential exp(u·m), where u is the largest number of which all c are whole multiples. A multiple that
does not fit makes the attempt start again.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from tutor.checking.normal_form_conjugates import rationalized
from tutor.checking.normal_form_facts import Descriptor
from tutor.checking.normal_form_field import MOST_DEGREE, Field, OutOfReach, Ratio, StartAgain
from tutor.checking.normal_form_pieces import pieces

__all__ = ["common_degree", "common_unit", "scaled_kernel", "terms_of_sum"]

_MOST_ROOT = 256
"""The largest denominator of an exponent."""

_MOST_COUNT = 1000
"""Multiples beyond so many units are taken for those of another, larger unit."""

_SMALL_MULTIPLE = 3
"""Up to it a multiple is taken for one of a smaller unit, as the term itself is likely to occur."""


def common_degree(field: Field, descriptor: Descriptor, denominator: int) -> int:
    """The common denominator of the exponents with which a kernel occurs; StartAgain when it was smaller before."""
    known = field.facts.scales.get(descriptor)
    if known is None or known % denominator:
        field.facts.scales[descriptor] = lcm(known or 1, denominator)
        if known is not None:
            raise StartAgain
        if denominator > _MOST_ROOT:
            raise OutOfReach("denominator")
    if field.facts.scales[descriptor] > _MOST_ROOT:
        raise OutOfReach("denominator")
    return field.facts.scales[descriptor]


def common_unit(field: Field, descriptor: Descriptor, multiple: Fraction) -> tuple[Fraction, int]:
    """The unit of the multiples in which a term occurs, and how often it is taken; StartAgain when it was larger."""
    known = field.facts.units.get(descriptor)
    if known is None:
        is_small = abs(multiple.numerator) <= _SMALL_MULTIPLE
        field.facts.units[descriptor] = known = Fraction(1, multiple.denominator) if is_small else abs(multiple)
    count = multiple / known
    if abs(count) > _MOST_COUNT and descriptor[-1] != "large":
        return common_unit(field, (*descriptor, "large"), multiple)
    if count.denominator > 1:
        shared = lcm(known.denominator, multiple.denominator)
        field.facts.units[descriptor] = Fraction(gcd(int(known * shared), int(multiple * shared)), shared)
        raise StartAgain
    if abs(count) > MOST_DEGREE:
        raise OutOfReach("degree")
    return known, int(count)


def scaled_kernel(field: Field, kind: str, argument: Ratio, multiple: Fraction) -> tuple[int, int]:
    """The kernel of a unit of the argument, and the whole number by which it is to be taken for a multiple of it."""
    keys = field.keys(argument)
    unit, count = common_unit(field, (kind, keys), multiple)
    return field.kernel((kind, keys, unit), field.scale(argument, unit)), count


def terms_of_sum(field: Field, value: Ratio) -> list[tuple[Fraction, Ratio]]:
    """Rational multiples of single terms whose sum is a fraction, as an exponent or an angle is taken apart."""
    return list(pieces(field, rationalized(field, value)))
