"""A certificate from an object of JSON, which anybody may have written: its form is checked, part by part."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from tutor.checking.certificate import Certificate, Certified, Claim, Difference, Equality, Point
from tutor.checking.verdict import Enclosure
from tutor.errors import AnswerError
from tutor.exercise.model import Tolerance
from tutor.expression.domain import Domain, Range
from tutor.expression.limits import Limits
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, free_symbols

__all__ = ["BadCertificate", "certificate_from", "decimal_from"]

Plain = dict[str, Any]
T = TypeVar("T")

_LIMITS = Limits(characters=40_000, nodes=2_000, depth=400)
"""Larger than what is read from a learner: a text in full brackets is longer than what was typed."""

_MOST_ITEMS = 64
_LONGEST_NUMBER = 50_000
_LONGEST_TEXT = 200
_HIGHEST_ORDER = 16
_FRACTION = re.compile(r"-?[0-9]+(/[0-9]+)?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]{1,15})?", re.ASCII)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)?", re.ASCII)


class BadCertificate(ValueError):
    """What is wrong with the form of a certificate; `field` is where, with dots, `found` what stands there."""

    def __init__(self, field: str, message: str, found: object = None) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.found = found


# ---- from JSON -----------------------------------------------------------------------------------------------------


def certificate_from(value: object) -> Certificate:
    """The certificate that an object of JSON states; BadCertificate where it has another form."""
    values = _object(value, "certificate")
    kind = _kind(values)
    claim = _claim_from(values)
    return Certificate(
        kind,
        claim,
        _difference_from(values, claim, needed=kind is Certified.DIFFERENT),
        _equality_from(values, needed=kind is Certified.EQUAL),
        () if kind is Certified.DIFFERENT else _points_from(values, claim),
        None if values.get("radius") is None else _text(values["radius"], "radius"),
        None if values.get("code") is None else _text(values["code"], "code"),
    )


def _kind(values: Plain) -> Certified:
    try:
        return Certified(str(values.get("kind")))
    except ValueError:
        wanted = ", ".join(kind.value for kind in Certified)
        raise BadCertificate("kind", f"one of {wanted} is wanted", values.get("kind")) from None


def _claim_from(values: Plain) -> Claim:
    symbols = _list(values.get("symbols"), "symbols", _name)
    answer = _formula(values.get("answer"), "answer", symbols)
    domain = Domain(_mapping(values.get("domain") or {}, "domain", _range))
    tolerance = None if values.get("tolerance") is None else _tolerance(values["tolerance"])
    decimals = None if values.get("decimals") is None else _whole(values["decimals"], "decimals")
    if ("function" in values) == ("expected" in values):
        raise BadCertificate("function", "either a function or an expected formula is wanted")
    if "expected" in values:
        expected = _formula(values["expected"], "expected", symbols)
        return Claim(answer, expected=expected, domain=domain, tolerance=tolerance, decimals=decimals)
    function = _formula(values["function"], "function", symbols)
    variables = _list(values.get("variables"), "variables", _name)
    if not variables or len(variables) > _HIGHEST_ORDER:
        raise BadCertificate("variables", f"1 to {_HIGHEST_ORDER} names are wanted", values.get("variables"))
    place = _mapping(values.get("place") or {}, "place", lambda text, field: _formula(text, field, ()))
    if place and not set(variables) <= place.keys():
        raise BadCertificate("place", "a value for each variable is wanted", values.get("place"))
    return Claim(answer, function, variables, place, None, domain, tolerance, decimals)


def _difference_from(values: Plain, claim: Claim, *, needed: bool) -> Difference | None:
    if "at" not in values and "enclosures" not in values and not needed:
        return None
    enclosures = _object(values.get("enclosures"), "enclosures")
    answer = enclosures.get("answer")
    return Difference(
        _point(values.get("at"), "at", claim),
        _enclosure(enclosures.get("slope"), "enclosures.slope"),
        None if answer is None else _enclosure(answer, "enclosures.answer"),
    )


def _equality_from(values: Plain, *, needed: bool) -> Equality | None:
    if values.get("method") is None and not needed:
        return None
    identities = _list(values.get("identities"), "identities", _text)
    return Equality(_text(values.get("method"), "method"), identities)


def _points_from(values: Plain, claim: Claim) -> tuple[Point, ...]:
    return _list(values.get("points"), "points", lambda value, field: _point(value, field, claim))


def _enclosure(value: object, field: str) -> Enclosure:
    """An enclosure with a middle and a radius, both decimals."""
    values = _object(value, field)
    for name in ("mid", "rad"):
        if decimal_from(values.get(name)) is None:
            raise BadCertificate(f"{field}.{name}", "a decimal number is wanted", values.get(name))
    if values["rad"].startswith("-"):
        raise BadCertificate(f"{field}.rad", "a radius is not negative", values["rad"])
    return Enclosure(values["mid"], values["rad"])


def decimal_from(text: object) -> tuple[int, int] | None:
    """A decimal as a whole number and the power of ten to multiply with; None for everything else."""
    if not isinstance(text, str) or len(text) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(text):
        return None
    mantissa, _, exponent = text.partition("e")
    whole, _, digits = mantissa.partition(".")
    return _whole_of(whole + digits), int(exponent or "0") - len(digits)


def _whole_of(digits: str) -> int:
    """A whole number of any length; Python refuses to read very long ones at once."""
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    value = 0
    for start in range(0, len(digits), 4000):
        part = digits[start : start + 4000]
        value = value * 10 ** len(part) + int(part)
    return sign * value


# ---- the parts -----------------------------------------------------------------------------------------------------


def _object(value: object, field: str) -> Plain:
    if not isinstance(value, dict):
        raise BadCertificate(field, "an object is wanted", value)
    return value


def _list(value: object, field: str, item: Callable[[object, str], T]) -> tuple[T, ...]:
    if not isinstance(value, list) or len(value) > _MOST_ITEMS:
        raise BadCertificate(field, f"a list of at most {_MOST_ITEMS} is wanted", value)
    return tuple(item(part, f"{field}.{index}") for index, part in enumerate(value))


def _mapping(value: object, field: str, item: Callable[[object, str], T]) -> Mapping[str, T]:
    values = _object(value, field)
    if len(values) > _MOST_ITEMS:
        raise BadCertificate(field, f"at most {_MOST_ITEMS} names are wanted")
    return {_name(name, field): item(part, f"{field}.{name}") for name, part in values.items()}


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise BadCertificate(field, "a short text is wanted", value)
    return value


def _whole(value: object, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_TEXT:
        raise BadCertificate(field, f"a number from 0 to {_LONGEST_TEXT} is wanted", value)
    return value


def _name(value: object, field: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not _NAME.fullmatch(value):
        raise BadCertificate(field, "the name of a symbol is wanted", value)
    return value


def _fraction(value: object, field: str) -> Fraction:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not _FRACTION.fullmatch(value):
        raise BadCertificate(field, "a whole number or a fraction such as 5/4 is wanted", value)
    numerator, _, denominator = value.partition("/")
    if denominator and not int(denominator):
        raise BadCertificate(field, "a fraction over zero", value)
    return Fraction(int(numerator), int(denominator or "1"))


def _formula(value: object, field: str, symbols: tuple[str, ...]) -> Expression:
    if not isinstance(value, str):
        raise BadCertificate(field, "a formula is wanted", value)
    try:
        tree = parse(value, symbols, limits=_LIMITS).expression
    except AnswerError as error:
        raise BadCertificate(field, f"not readable: {error.message}", value) from None
    if to_text(tree) != value or not free_symbols(tree) <= set(symbols):
        raise BadCertificate(field, "not in the program's own notation", value)
    return tree


def _point(value: object, field: str, claim: Claim) -> Point:
    point = _mapping(value, field, _fraction)
    if set(point) != set(claim.moving):
        wanted = ", ".join(claim.moving) or "no name"
        raise BadCertificate(field, f"values of these are wanted: {wanted}", ", ".join(sorted(point)))
    return point


def _range(value: object, field: str) -> Range:
    values = _object(value, field)
    low, high = (
        None if values.get(name) is None else _fraction(values[name], f"{field}.{name}") for name in ("low", "high")
    )
    if not isinstance(values.get("integer"), bool):
        raise BadCertificate(f"{field}.integer", "true or false is wanted", values.get("integer"))
    return Range(low, high, integer=values["integer"])


def _tolerance(value: object) -> Tolerance:
    values = _object(value, "tolerance")
    digits = None if values.get("digits") is None else _whole(values["digits"], "tolerance.digits")
    relative, absolute = (_fraction(values.get(name), f"tolerance.{name}") for name in ("relative", "absolute"))
    return Tolerance(relative, absolute, digits)
