"""The signs of numbers that are polynomials in constant kernels, by decimal arithmetic with bounds on the error.

Python's decimals round `exp` and `ln` correctly. A value comes with a bound on its relative error, which starts far
above what the operations of 80 digits leave, and a sign is certain only where the terms cannot cancel.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from tutor.checking.normal_form_field import Field
from tutor.checking.ring import Polynomial

__all__ = ["sign_of_number"]

_DIGITS = 80
_COST = 100
"""Work that a sign costs (see `Field.spend`)."""

_ROUNDING = Decimal("1e-70")
"""A bound on the relative error of a kernel whose argument is exact."""

_TINY = Decimal("1e-900000")
"""Below it nothing is certain, as decimals may have become zero."""

_LARGEST = 10_000
"""Beyond it neither exponents of e nor powers are worked out."""

_CONTEXT = Context(prec=_DIGITS, traps=[])

_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803")


class _Value(NamedTuple):
    """A number that is not zero, and a bound on its relative error."""

    number: Decimal
    error: Decimal


def sign_of_number(field: Field, element: Polynomial) -> int:
    """1 or -1 where an element is a number with a certain sign, else 0."""
    field.spend(_COST)
    with localcontext(_CONTEXT):
        value = _polynomial(field, element)
    return 0 if value is None else (1 if value.number > 0 else -1)


def _polynomial(field: Field, element: Polynomial) -> _Value | None:
    """The value of an element; None when it is no known number, or its terms cancel too far to tell."""
    values: dict[int, _Value] = {}
    for index in field.kernels_of(element):
        known = _kernel(field, index)
        if known is None:
            return None
        values[index] = known
    total, bound = Decimal(0), Decimal(0)
    for powers, factor in field.ring.terms(element):
        term, error = _decimal(factor), _ROUNDING
        for index, power in enumerate(powers):
            if power > _LARGEST:
                return None
            if power:
                term, error = term * values[index].number ** int(power), error + 2 * int(power) * values[index].error
        total, bound = total + term, bound + abs(term) * error
    return _Value(total, 2 * bound / abs(total)) if abs(total) > 4 * bound + _TINY else None


def _kernel(field: Field, index: int) -> _Value | None:
    match field.descriptors[index]:
        case ("pi",):
            return _Value(_PI, _ROUNDING)
        case ("euler", Fraction() as unit) if unit < _LARGEST:
            return _Value(_decimal(unit).exp(), _ROUNDING)
        case ("prime-root", int(prime), int(degree)):
            return _prime_root(prime, degree)
        case ("prime-log", int(prime)):
            return _Value(Decimal(prime).ln(), _ROUNDING)
        case ("cosine", int(scale)):
            return _Value(2 * _cosine(_PI / scale), _ROUNDING)
        case (("root" | "log" | "exp") as kind, *_) if index in field.arguments:
            return _of_argument(field, index, kind)
        case _:
            return None


@lru_cache(maxsize=256)
def _prime_root(prime: int, degree: int) -> _Value:
    with localcontext(_CONTEXT):
        return _Value((Decimal(prime).ln() / degree).exp(), _ROUNDING)


def _of_argument(field: Field, index: int, kind: str) -> _Value | None:
    """|f|^(1/D), log|f| or exp f for a number f."""
    argument = field.arguments[index]
    if not field.ring.is_constant(argument.bottom):
        return None
    value = _polynomial(field, argument.top)
    if value is None or value.error > Decimal("1e-20"):
        return None
    number, error = value
    match kind, field.descriptors[index][-1]:
        case "root", int(degree):
            return _Value((abs(number).ln() / degree).exp(), error + _ROUNDING)
        case "log", _:
            logarithm = abs(number).ln()
            return _Value(logarithm, (2 * error + _ROUNDING) / abs(logarithm)) if logarithm else None
        case "exp", _ if abs(number) < _LARGEST:
            return _Value(number.exp(), 2 * abs(number) * error + _ROUNDING)
        case _:
            return None


def _cosine(angle: Decimal) -> Decimal:
    """The cosine of an angle from 0 to 0.4·pi by its Taylor series."""
    total = term = Decimal(1)
    for count in range(2, 120, 2):
        term *= -angle * angle / (count * (count - 1))
        total += term
    return total


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
