"""The exact value of a tree of numbers, and the one rule for which powers of negative numbers are real.

u^(p/q) with p/q in lowest terms and q odd is the real root (-1)^p |u|^(p/q) where u < 0; every other power that is not
whole needs a base > 0. Every reading of a formula (floats, balls, sign conditions, SymPy) asks here what an exponent is
and looks at its denominator; `tests/checking/test_powers.py` holds the readings together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from tutor.expression.tree import Apply, Expression, Number

MOST_BITS = 4096
"""The largest numerator or denominator of an exact value."""


def exact_fraction(expression: Expression) -> Fraction | None:
    """The value of a tree of numbers under + - * /, minus, whole powers, and functions that are linear in pieces.

    None for every other tree, where a divisor is zero, and where a numerator or denominator could pass MOST_BITS; the
    size of a power is estimated before it is computed.
    """
    if isinstance(expression, Number):
        return _bounded(expression.value)
    if not isinstance(expression, Apply) or expression.head not in _ARITHMETIC:
        return None
    return _exact_of(expression)


# fmt: off
_LINEAR: Mapping[str, Callable[..., Fraction]] = MappingProxyType({
    "neg":       lambda u: -u,
    "abs":       abs,
    "sign":      lambda u: Fraction((u > 0) - (u < 0)),
    "relu":      lambda u: max(u, Fraction(0)),
    "heaviside": lambda u: Fraction(1 + (u > 0) - (u < 0), 2),
    "max":       lambda *us: max(us),
    "min":       lambda *us: min(us),
})
# fmt: on
_ARITHMETIC = frozenset(("+", "-", "*", "/", "^", *_LINEAR))


def _exact_of(expression: Apply) -> Fraction | None:
    """The value by a pass with a stack of its own, which ends at the first part that is no number."""
    values: list[Fraction] = []
    waiting: list[Expression | tuple[str, int]] = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            value = _applied(part[0], _taken(values, part[1]))
        elif isinstance(part, Number):
            value = _bounded(part.value)
        elif isinstance(part, Apply) and part.head in _ARITHMETIC:
            waiting.append((part.head, len(part.arguments)))
            waiting.extend(reversed(part.arguments))
            continue
        else:
            return None
        if value is None:
            return None
        values.append(value)
    return values[0]


def _taken(values: list[Fraction], count: int) -> list[Fraction]:
    """The last values, which are taken away."""
    operands = values[len(values) - count :]
    del values[len(values) - count :]
    return operands


def _applied(head: str, operands: Sequence[Fraction]) -> Fraction | None:
    if head in _LINEAR:
        return _LINEAR[head](*operands)
    left, right = operands
    match head:
        case "+":
            return _bounded(left + right)
        case "-":
            return _bounded(left - right)
        case "*":
            return _bounded(left * right)
        case "/":
            return _bounded(left / right) if right else None
        case _:
            return _whole_power(left, right)


def _whole_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1 or (base == 0 and exponent < 0):
        return None
    if base in (0, 1):
        return Fraction(1) if exponent == 0 else base
    if base == -1:
        return base if exponent % 2 else Fraction(1)
    if abs(exponent.numerator) * (_bits(base) - 1) > MOST_BITS:
        return None
    return _bounded(base**exponent.numerator)


def _bounded(value: Fraction) -> Fraction | None:
    return value if _bits(value) <= MOST_BITS else None


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
