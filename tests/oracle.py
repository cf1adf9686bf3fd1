"""The value and the slope of a formula by mpmath: what the tests believe, written without the program's evaluator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any

from mpmath import mp

from tutor.expression.fold import postorder
from tutor.expression.tree import Apply, Expression, Number, Symbol

Real = Any
"""An mpf; mpmath carries no types."""


class Undefined(ArithmeticError):
    """A formula has no real, finite value at a point."""


class OutOfReach(Undefined):
    """A value may exist, but is too large to be worked out here."""


def value(expression: Expression, point: Mapping[str, Real], digits: int = 30) -> Real:
    """The real value of a formula at a point, worked out with `digits` digits and 15 more.

    Coordinates are mpf, int, float or Fraction. Raises Undefined where there is no real, finite value; KeyError for a
    symbol without a coordinate.
    """
    with mp.workdps(digits + 15):
        return _value(expression, {name: _mpf(coordinate) for name, coordinate in point.items()})


def values(expression: Expression, point: Mapping[str, Real], digits: int = 30) -> dict[int, Real]:
    """The values of all parts of a formula that have one, each worked out once, by the `id` of the part."""
    found: dict[int, Real] = {}
    with mp.workdps(digits + 15):
        at = {name: _mpf(coordinate) for name, coordinate in point.items()}
        for part in postorder(expression):
            operands = [found.get(id(operand)) for operand in part.arguments] if isinstance(part, Apply) else []
            if None not in operands:
                with suppress(Undefined, OverflowError, ValueError):
                    found[id(part)] = _combined_value(part, operands, at)
    return found


def entries(expression: Expression, point: Mapping[str, Real], digits: int = 30) -> list[Any]:
    """The values of a vector or a softmax, nested as its vectors are."""
    if isinstance(expression, Apply) and expression.head == "vector":
        return [
            entries(part, point, digits) if _is_vector(part) else value(part, point, digits)
            for part in expression.arguments
        ]
    assert isinstance(expression, Apply)
    assert expression.head == "softmax"
    with mp.workdps(digits + 15):
        weights = [_exp(value(part, point, digits)) for part in expression.arguments]
        return [weight / mp.fsum(weights) for weight in weights]


def slope(expression: Expression, variable: str, point: Mapping[str, Real], digits: int = 30) -> Real:
    """The derivative at a point where the formula is smooth, by a central difference with an error near 10^-2·digits.

    The step is 10^-digits, and three times as many digits are carried.
    """
    with mp.workdps(3 * digits + 20):
        step = mp.mpf(10) ** -digits
        centre = _mpf(point[variable])
        above = value(expression, {**point, variable: centre + step}, 3 * digits + 5)
        below = value(expression, {**point, variable: centre - step}, 3 * digits + 5)
        return (above - below) / (2 * step)


def close(left: Real, right: Real, digits: int = 12) -> bool:
    """Whether two numbers agree to so many digits, relative to the larger and to 1."""
    return bool(abs(left - right) <= mp.mpf(10) ** -digits * max(1, abs(left), abs(right)))


def _is_vector(expression: Expression) -> bool:
    return isinstance(expression, Apply) and expression.head in ("vector", "softmax")


def _mpf(number: Real) -> Real:
    return mp.mpf(number.numerator) / number.denominator if isinstance(number, Fraction) else mp.mpf(number)


def _value(expression: Expression, point: Mapping[str, Real]) -> Real:
    operands = expression.arguments if isinstance(expression, Apply) else ()
    return _combined_value(expression, [_value(operand, point) for operand in operands], point)


def _combined_value(expression: Expression, operands: list[Real], point: Mapping[str, Real]) -> Real:
    """The value of a formula from those of its parts."""
    match expression:
        case Number(fraction):
            return _mpf(fraction)
        case Symbol(name):
            return point[name]
        case Apply("^", (_, exponent)):
            return _finite(_power(operands[0], operands[1], _rational(exponent)))
        case Apply("root"):
            return _finite(_root(*operands))
        case Apply(head):
            return _finite(_applied(head, operands))


def _applied(head: str, operands: list[Real]) -> Real:
    try:
        return _MEANINGS[head](*operands)
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        raise Undefined(head) from error


def _finite(result: Real) -> Real:
    if not isinstance(result, mp.mpf) or not mp.isfinite(result):
        raise Undefined(result)
    return result


# ---- powers: u^(p/q) with q odd is the real root ----------------------------------------------------------------


def _rational(expression: Expression) -> Fraction | None:
    """The exact value of an exponent that is made of numbers, None when it is not or when it would be long."""
    match expression:
        case Number(fraction):
            return fraction
        case Apply("neg", (operand,)):
            size = _rational(operand)
            return None if size is None else -size
        case Apply("+" | "-" | "*" | "/" | "^" as head, (left, right)):
            first, second = _rational(left), _rational(right)
            return None if first is None or second is None else _combined(head, first, second)
        case _:
            return None


def _combined(head: str, first: Fraction, second: Fraction) -> Fraction | None:
    if head == "^":
        is_short = second.denominator == 1 and abs(second) < 500 and (first or second >= 0)
        return Fraction(first ** int(second)) if is_short else None
    if head == "/":
        return first / second if second else None
    return {"+": first + second, "-": first - second, "*": first * second}[head]


def _power(base: Real, exponent: Real, exact: Fraction | None) -> Real:
    if exact is not None and exact.denominator > 1 and exact.denominator % 2:
        size = _positive_power(abs(base), exponent)
        return -size if base < 0 and exact.numerator % 2 else size
    if mp.isint(exponent):
        size = _positive_power(abs(base), exponent)
        return -size if base < 0 and int(exponent) % 2 else size
    if base <= 0:
        raise Undefined("a power that is not whole, of a base that is not positive")
    return _positive_power(base, exponent)


def _positive_power(base: Real, exponent: Real) -> Real:
    if base == 0:
        if exponent < 0:
            raise Undefined("a division by zero")
        return mp.mpf(1 if exponent == 0 else 0)
    return _exp(exponent * mp.log(base)) if exponent != int(exponent) or abs(exponent) > 500 else base ** int(exponent)


def _root(radicand: Real, index: Real) -> Real:
    if index == 0:
        raise Undefined("the root of index zero")
    if mp.isint(index) and int(index) % 2:
        size = _positive_power(abs(radicand), 1 / index)
        return -size if radicand < 0 else size
    if radicand < 0:
        raise Undefined("an even root of a negative number")
    return _positive_power(radicand, 1 / index)


# ---- functions --------------------------------------------------------------------------------------------------


def _exp(u: Real) -> Real:
    if abs(u) > 10**6:
        raise OutOfReach(u)
    return mp.exp(u)


def _with_angle(function: Callable[[Real], Real]) -> Callable[[Real], Real]:
    def meaning(u: Real) -> Real:
        if abs(u) > 10**50:
            raise OutOfReach(u)
        return function(u)

    return meaning


def _with_exponent(function: Callable[[Real], Real]) -> Callable[[Real], Real]:
    def meaning(u: Real) -> Real:
        if abs(u) > 10**6:
            raise OutOfReach(u)
        return function(u)

    return meaning


def _log_base(base: Real, u: Real) -> Real:
    if base <= 0 or u <= 0:
        raise Undefined("a logarithm of what is not positive")
    return mp.log(u) / mp.log(base)


# fmt: off
_MEANINGS: Mapping[str, Callable[..., Real]] = {
    "+": lambda u, v: u + v,
    "-": lambda u, v: u - v,
    "*": lambda u, v: u * v,
    "/": lambda u, v: u / v,
    "neg": lambda u: -u,
    "pi": lambda: +mp.pi,
    "e": lambda: mp.exp(1),
    "sqrt": mp.sqrt,
    "abs": abs,
    "exp": _exp,
    "log": mp.log,
    "log2": lambda u: _log_base(mp.mpf(2), u),
    "log10": lambda u: _log_base(mp.mpf(10), u),
    "log_base": _log_base,
    **{name: _with_angle(getattr(mp, name)) for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{name: _with_exponent(getattr(mp, name)) for name in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
    **{name: getattr(mp, name) for name in ("asin", "acos", "atan", "asec", "acsc", "asinh", "acosh", "atanh")},
    "acot": lambda u: mp.pi / 2 - mp.atan(u),
    "acoth": lambda u: mp.atanh(1 / u),
    "asech": lambda u: mp.acosh(1 / u),
    "acsch": lambda u: mp.asinh(1 / u),
    "erf": mp.erf,
    "sigmoid": lambda u: 1 / (1 + _exp(-u)),
    "softplus": lambda u: mp.log1p(_exp(u)),
    "silu": lambda u: u / (1 + _exp(-u)),
    "gelu": lambda u: u * mp.erfc(-u / mp.sqrt(2)) / 2,
    "relu": lambda u: u if u > 0 else mp.mpf(0),
    "heaviside": lambda u: (1 + mp.sign(u)) / 2,
    "sign": mp.sign,
    "max": lambda *operands: max(operands),
    "min": lambda *operands: min(operands),
}
# fmt: on
