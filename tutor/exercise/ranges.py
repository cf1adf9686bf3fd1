"""Where the symbols of an exercise may lie, as an author writes it: intervals, inequalities, assumptions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from tutor.errors import UsageError
from tutor.expression.domain import Domain, Range

_INFINITE = {
    "inf": 1, "+inf": 1, "infinity": 1, "oo": 1, "+oo": 1, "∞": 1, "+∞": 1, ".inf": 1,
    "-inf": -1, "-infinity": -1, "-oo": -1, "-∞": -1, "−∞": -1, "-.inf": -1,
}  # fmt: skip
_EXACT = re.compile(
    r"(?P<above>[+-]?(\d{1,50}(\.\d{0,50})?|\.\d{1,50})([eE](?P<exponent>[+-]?\d{1,3}))?)(\s*/\s*(?P<below>\d{1,50}))?"
)
LARGEST_EXPONENT = 300
_NAME = r"[^\W\d]\w*"
_CHAIN = re.compile(rf"(?P<low>[^<>=]+)<=?(?P<name>\s*{_NAME}\s*)<=?(?P<high>[^<>=]+)")
_SIDE = re.compile(rf"(?P<name>\s*{_NAME}\s*)(?P<sign>[<>])=?(?P<end>[^<>=]+)")

ASSUMPTIONS: dict[str, Range] = {
    "real": Range(),
    "positive": Range(low=Fraction(0)),
    "negative": Range(high=Fraction(0)),
    "integer": Range(integer=True),
}
"""What an author may assume of a symbol, and the range that it means."""


def exact_number(text: str) -> Fraction:
    """The exact value of an integer, a decimal (`0.1`, `1e-5`) or a fraction (`2/3`); UsageError for anything else."""
    found = _EXACT.fullmatch(text.strip().replace("−", "-"))
    if found is None:
        raise _no_number(text, "is not a number")
    if abs(int(found["exponent"] or 0)) > LARGEST_EXPONENT:
        raise _no_number(text, "has too large an exponent")
    if found["below"] and not int(found["below"]):
        raise _no_number(text, "divides by zero")
    return Fraction(found["above"]) / int(found["below"] or 1)


def _no_number(text: str, why: str) -> UsageError:
    return UsageError("not-a-number", f"`{text.strip()[:40]}` {why}", suggestion="write 2, 0.5, 1e-5 or 2/3")


def end(text: str) -> Fraction | None:
    """One end of an interval: an exact number, or None at infinity (`inf`, `-oo`, `null`, nothing)."""
    plain = text.strip().casefold()
    return None if plain in ("", "~", "null", "none") or plain in _INFINITE else exact_number(text)


def interval(low: str, high: str) -> Range:
    """The open interval between two ends; UsageError when it is empty."""
    if _INFINITE.get(low.strip().casefold(), -1) > 0 or _INFINITE.get(high.strip().casefold(), 1) < 0:
        message = f"the interval from {low.strip()} to {high.strip()} is empty"
        raise UsageError("empty-interval", message, suggestion="the smaller end comes first: [0, inf]")
    return _checked(Range(end(low), end(high)))


def inequalities(text: str) -> tuple[tuple[str, Range], ...]:
    """The ranges in `x > 0`, `0 < x < 2` or `x > 0 and y < 1`, in order; commas and semicolons part them as well."""
    parts = [part for part in re.split(r"[,;&]|\band\b", text.replace("≤", "<=").replace("≥", ">=")) if part.strip()]
    if not parts:
        raise UsageError("bad-domain", "no inequality stands here", suggestion="0 < x < 2")
    return tuple(_inequality(part) for part in parts)


def _inequality(text: str) -> tuple[str, Range]:
    if chain := _CHAIN.fullmatch(text):
        return chain["name"].strip(), interval(chain["low"], chain["high"])
    if side := _SIDE.fullmatch(text):
        value = exact_number(side["end"])
        return side["name"].strip(), Range(low=value) if side["sign"] == ">" else Range(high=value)
    raise UsageError("bad-domain", f"`{text.strip()[:40]}` is no inequality on a symbol", suggestion="0 < x < 2")


def assumption(words: str) -> Range:
    """The range that `positive`, `positive integer`, … means; UsageError for an unknown word."""
    ranges = []
    for word in words.replace(",", " ").split():
        if word.casefold() not in ASSUMPTIONS:
            known = ", ".join(ASSUMPTIONS)
            raise UsageError("unknown-assumption", f"`{word[:40]}` cannot be assumed", suggestion=f"one of {known}")
        ranges.append(ASSUMPTIONS[word.casefold()])
    return narrowed(ranges)


def narrowed(ranges: Iterable[Range]) -> Range:
    """What is common to several ranges; UsageError when that is nothing."""
    low: Fraction | None = None
    high: Fraction | None = None
    integer = False
    for range_ in ranges:
        low = range_.low if low is None or (range_.low is not None and range_.low > low) else low
        high = range_.high if high is None or (range_.high is not None and range_.high < high) else high
        integer = integer or range_.integer
    return _checked(Range(low, high, integer))


def domain_of(pairs: Iterable[tuple[str, Range]]) -> Domain:
    """The domain in which every listed range holds; a symbol may be listed several times."""
    listed: dict[str, list[Range]] = {}
    for symbol, range_ in pairs:
        listed.setdefault(symbol, []).append(range_)
    return Domain({symbol: narrowed(ranges) for symbol, ranges in listed.items()})


def _checked(range_: Range) -> Range:
    if range_.low is not None and range_.high is not None and range_.low >= range_.high:
        message = f"no number lies between {range_.low} and {range_.high}"
        raise UsageError("empty-interval", message, suggestion="the smaller end comes first: [0, 2]")
    return range_
