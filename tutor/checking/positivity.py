"""Bounds of an expression that follow from its form and the ranges of its symbols, wherever it is real.

Symbols that are called fixed count as not zero: that leaves out the points at which one of them is zero.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from types import MappingProxyType

from tutor.expression.domain import Domain
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol

__all__ = ["Bounds", "bounds"]

_HIGHEST_POWER = 64
_LARGEST_BITS = 512


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval that holds all values; None is an end at infinity, an open end is no value, nor is 0 if `nonzero`."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    nonzero: bool = False

    @property
    def is_positive(self) -> bool:
        """Whether all values are above 0."""
        return self.low is not None and (self.low > 0 or (self.low == 0 and (self.low_open or self.nonzero)))

    @property
    def is_negative(self) -> bool:
        """Whether all values are below 0."""
        return self.high is not None and (self.high < 0 or (self.high == 0 and (self.high_open or self.nonzero)))

    @property
    def is_never_zero(self) -> bool:
        """Whether 0 is no value."""
        return self.nonzero or self.is_positive or self.is_negative


def bounds(expression: Expression, domain: Domain, fixed: Collection[str] = ()) -> Bounds:
    """The bounds of an expression in a domain."""
    return fold(expression, lambda part, operands: _rounded(_combined(part, operands, domain, fixed)))


_ANY = Bounds()
_POSITIVE = Bounds(low=Fraction(0), low_open=True)
_AT_LEAST_ZERO = Bounds(low=Fraction(0))


def _between(low: int, high: int, *, is_open: bool) -> Bounds:
    return Bounds(Fraction(low), Fraction(high), low_open=is_open, high_open=is_open)


# fmt: off
_HEADS: Mapping[str, Bounds] = MappingProxyType({
    "pi":        _between(3, 4, is_open=True),
    "e":         _between(2, 3, is_open=True),
    "exp":       _POSITIVE,
    "softplus":  _POSITIVE,
    "cosh":      Bounds(low=Fraction(1)),
    "sech":      Bounds(Fraction(0), Fraction(1), low_open=True),
    "sigmoid":   _between(0, 1, is_open=True),
    "acot":      _between(0, 4, is_open=True),
    "acos":      _between(0, 4, is_open=False),
    "asin":      _between(-2, 2, is_open=True),
    "atan":      _between(-2, 2, is_open=True),
    "tanh":      _between(-1, 1, is_open=True),
    "erf":       _between(-1, 1, is_open=True),
    "sin":       _between(-1, 1, is_open=False),
    "cos":       _between(-1, 1, is_open=False),
    "sign":      _between(-1, 1, is_open=False),
    "heaviside": _between(0, 1, is_open=False),
    "acosh":     _AT_LEAST_ZERO,
    "relu":      _AT_LEAST_ZERO,
})
# fmt: on

_SIGN_OF_ARGUMENT = frozenset({"sign", "sinh", "tanh", "asin", "atan", "asinh", "atanh", "erf"})
"""Functions that are positive where their argument is, and odd."""


def _combined(part: Expression, operands: Sequence[Bounds], domain: Domain, fixed: Collection[str]) -> Bounds:
    match part:
        case Number(value):
            return Bounds(value, value)
        case Symbol(name):
            within = domain.of(name)
            ends = Bounds(within.low, within.high, low_open=True, high_open=True)
            return replace(ends, nonzero=name in fixed)
        case Apply("^" | "root" | "sqrt"):
            return _power(part, operands[0])
        case Apply("*" | "/" as head, (left, right)) if left == right:
            return _whole_power(operands[0], 2) if head == "*" else Bounds(Fraction(1), Fraction(1))
        case Apply("+" | "-" | "*" | "/" | "neg" | "abs" as head):
            return _arithmetic(head, operands)
        case Apply(head):
            return _function(head, operands)


def _function(head: str, operands: Sequence[Bounds]) -> Bounds:
    found = _HEADS.get(head, _ANY)
    if head in ("exp", "log"):
        return _by_one(head, operands[0], found)
    if head in _POSITIVE_BETWEEN:
        low, high = _POSITIVE_BETWEEN[head]
        inside = _is_within(operands[0], low, high)
        return replace(found, low=Fraction(0), low_open=True) if inside else found
    if head not in _SIGN_OF_ARGUMENT:
        return found
    if operands[0].is_positive:
        return replace(found, low=Fraction(0), low_open=True)
    if operands[0].is_negative:
        return replace(found, high=Fraction(0), high_open=True)
    return replace(found, nonzero=operands[0].nonzero)


_POSITIVE_BETWEEN = {
    "sin": (Fraction(0), Fraction(314159, 100000)),
    "cos": (Fraction(-157079, 100000), Fraction(157079, 100000)),
}
"""Where sine and cosine are above 0: between the numbers, which are a little less in size than pi and pi/2."""


def _is_within(u: Bounds, low: Fraction, high: Fraction) -> bool:
    """Whether all values lie between two numbers, and are neither of them."""
    if u.low is None or u.high is None:
        return False
    return (u.low > low or (u.low == low and u.low_open)) and (u.high < high or (u.high == high and u.high_open))


def _by_one(head: str, argument: Bounds, found: Bounds) -> Bounds:
    """The bounds of exp u and log u from the sign of u or u - 1."""
    beside, value = (Fraction(0), Fraction(1)) if head == "exp" else (Fraction(1), Fraction(0))
    if argument.low is not None and argument.low >= beside:
        return replace(found, low=value, low_open=argument.low > beside or argument.low_open)
    if argument.high is not None and argument.high <= beside:
        return replace(found, high=value, high_open=argument.high < beside or argument.high_open)
    return found


def _rounded(found: Bounds) -> Bounds:
    """Bounds with an open end at 0 if 0 is no value, of which only the signs are kept where the ends are long."""
    if found.nonzero and 0 in (found.low, found.high):
        low_open, high_open = found.low_open or found.low == 0, found.high_open or found.high == 0
        found = replace(found, low_open=low_open, high_open=high_open)
    ends = [end for end in (found.low, found.high) if end is not None]
    if all(max(end.numerator.bit_length(), end.denominator.bit_length()) <= _LARGEST_BITS for end in ends):
        return found
    low = Fraction(0) if found.low is not None and found.low >= 0 else None
    high = Fraction(0) if found.high is not None and found.high <= 0 else None
    return Bounds(low, high, nonzero=found.is_never_zero)


# ---- arithmetic ----------------------------------------------------------------------------------------------------


def _arithmetic(head: str, operands: Sequence[Bounds]) -> Bounds:
    match head:
        case "neg":
            return _opposite(operands[0])
        case "abs":
            return _magnitude(operands[0])
        case "+":
            return _sum(operands[0], operands[1])
        case "-":
            return _sum(operands[0], _opposite(operands[1]))
        case "*":
            return _product(operands[0], operands[1])
        case _:
            return _product(operands[0], _reciprocal(operands[1]))


def _opposite(u: Bounds) -> Bounds:
    low = None if u.high is None else -u.high
    high = None if u.low is None else -u.low
    return Bounds(low, high, low_open=u.high_open, high_open=u.low_open, nonzero=u.nonzero)


def _magnitude(u: Bounds) -> Bounds:
    if u.low is not None and u.low >= 0:
        return u
    if u.high is not None and u.high <= 0:
        return _opposite(u)
    if u.low is None or u.high is None:
        return Bounds(Fraction(0), None, nonzero=u.nonzero)
    ends = ((-u.low, u.low_open), (u.high, u.high_open))
    high = max(end for end, _ in ends)
    return Bounds(Fraction(0), high, high_open=all(is_open for end, is_open in ends if end == high), nonzero=u.nonzero)


def _sum(u: Bounds, v: Bounds) -> Bounds:
    low = None if u.low is None or v.low is None else u.low + v.low
    high = None if u.high is None or v.high is None else u.high + v.high
    return Bounds(low, high, low_open=u.low_open or v.low_open, high_open=u.high_open or v.high_open)


def _product(u: Bounds, v: Bounds) -> Bounds:
    """The extreme products of ends; an end of the product is open where every pair of ends that gives it is."""
    nonzero = u.is_never_zero and v.is_never_zero
    ends = [(u.low, u.low_open), (u.high, u.high_open)], [(v.low, v.low_open), (v.high, v.high_open)]
    if any(end is None for side in ends for end, _ in side):
        return _unbounded_product(u, v, nonzero=nonzero)
    pairs = [(a * b, _is_open(a, b, p, q)) for (a, p), (b, q) in product(*ends) if a is not None and b is not None]
    low, high = min(value for value, _ in pairs), max(value for value, _ in pairs)
    opens = [all(is_open for value, is_open in pairs if value == end) for end in (low, high)]
    return Bounds(low, high, low_open=opens[0], high_open=opens[1], nonzero=nonzero)


def _is_open(a: Fraction, b: Fraction, a_open: bool, b_open: bool) -> bool:  # noqa: FBT001
    """Whether the product of two ends is not taken: one end is open, but 0 is taken wherever one factor is 0."""
    if a * b:
        return a_open or b_open
    return all(is_open for end, is_open in ((a, a_open), (b, b_open)) if end == 0)


def _unbounded_product(u: Bounds, v: Bounds, *, nonzero: bool) -> Bounds:
    signs = [_sign(u), _sign(v)]
    if 0 in signs:
        return Bounds(nonzero=nonzero)
    if signs[0] == signs[1]:
        return Bounds(Fraction(0), None, nonzero=nonzero)
    return Bounds(None, Fraction(0), nonzero=nonzero)


def _sign(u: Bounds) -> int:
    """1 where no value is below 0, -1 where none is above, else 0."""
    if u.low is not None and u.low >= 0:
        return 1
    return -1 if u.high is not None and u.high <= 0 else 0


def _reciprocal(u: Bounds) -> Bounds:
    """The bounds of 1/u, where u is not zero."""
    match _sign(u):
        case 1:
            low = Fraction(0) if u.high is None else 1 / u.high if u.high else None
            high = 1 / u.low if u.low else None
            is_low_open = u.high is None or u.high_open
            return Bounds(low, high, low_open=is_low_open, high_open=u.low_open, nonzero=True)
        case -1:
            return _opposite(_reciprocal(_opposite(u)))
        case _:
            return Bounds(nonzero=True)


# ---- powers --------------------------------------------------------------------------------------------------------


def _power(part: Apply, base: Bounds) -> Bounds:
    exponent = Fraction(1, 2) if part.head == "sqrt" else exact_fraction(part.arguments[1])
    if exponent is not None and part.head == "root":
        exponent = 1 / exponent if exponent else None
    if exponent is None:
        positive = part.arguments[0] == EULER or base.is_positive
        return _POSITIVE if positive else Bounds(nonzero=base.is_never_zero)
    if exponent.denominator == 1 and abs(exponent) <= _HIGHEST_POWER:
        raised = _whole_power(base, abs(exponent.numerator))
        return raised if exponent >= 0 else _reciprocal(raised)
    if exponent.numerator % 2 == 0 or exponent.denominator % 2 == 0 or base.is_positive:
        return Bounds(Fraction(0), None, nonzero=base.is_never_zero)
    return Bounds(nonzero=base.is_never_zero)


def _whole_power(base: Bounds, exponent: int) -> Bounds:
    """The bounds of u^n, n >= 0: it grows with u where n is odd, with |u| where it is even."""
    of = _magnitude(base) if exponent % 2 == 0 else base
    if exponent == 0:
        return Bounds(Fraction(1), Fraction(1))
    low, high = (None if end is None else _raised(end, exponent) for end in (of.low, of.high))
    if exponent % 2 == 0 and low is None:
        low = Fraction(0)
    return Bounds(low, high, low_open=of.low_open, high_open=of.high_open, nonzero=of.is_never_zero)


def _raised(end: Fraction, exponent: int) -> Fraction | None:
    size = max(end.numerator.bit_length(), end.denominator.bit_length())
    return end**exponent if size * exponent <= _LARGEST_BITS else None
