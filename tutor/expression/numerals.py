"""How the value of a number is written: digits, a decimal, a power of ten, or a numerator and a denominator."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from tutor.expression.tree import Number

LONGEST = 40
"""The most digits that a decimal, or a whole number that ends in zeros, is written out with."""


class Numeral(NamedTuple):
    """The size of a number in digits, without its sign.

    `digits` is a whole number or a decimal; `exponent` a power of ten to multiply with, "" for none; `denominator`
    a whole number to divide by, "" for none.
    """

    digits: str
    exponent: str = ""
    denominator: str = ""


def is_negative(number: Number) -> bool:
    """Whether a number is written with a minus sign."""
    return number.value.numerator < 0


def is_plain(number: Number) -> bool:
    """Whether a number is written as one run of digits: neither a fraction, nor a power of ten, nor negative."""
    return not is_negative(number) and numeral(number)[1:] == ("", "")


def numeral(number: Number) -> Numeral:
    """The digits of a number's size."""
    size = abs(number.value)
    if size.denominator == 1:
        return _whole(size.numerator)
    places = _decimal_places(size) if number.decimal else None
    if places is None:
        return Numeral(str(size.numerator), "", str(size.denominator))
    return _decimal(size, places)


def _whole(size: int) -> Numeral:
    digits = str(size)
    significant = digits.rstrip("0")
    if len(digits) <= LONGEST or len(significant) > LONGEST:
        return Numeral(digits)
    return _scientific(significant, len(digits) - 1)


def _decimal_places(size: Fraction) -> int | None:
    """How many digits follow the point; None when they do not end."""
    rest, twos, fives = size.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _decimal(size: Fraction, places: int) -> Numeral:
    digits = str(size.numerator * 10**places // size.denominator)
    if max(places, len(digits)) > LONGEST:
        return _scientific(digits, len(digits) - 1 - places)
    digits = digits.rjust(places + 1, "0")
    return Numeral(f"{digits[:-places]}.{digits[-places:]}")


def _scientific(digits: str, exponent: int) -> Numeral:
    point = "." if len(digits) > 1 else ""
    return Numeral(f"{digits[0]}{point}{digits[1:]}", str(exponent))
