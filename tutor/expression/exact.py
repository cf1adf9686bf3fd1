"""The exact value of a tree of numbers, and the one rule for which powers of negative numbers are real.

u^(p/q) with p/q in lowest terms and q odd is the real root (-1)^p |u|^(p/q) where u < 0; every other power that is not
whole needs a base > 0. Every reading of a formula (floats, balls, sign conditions, SymPy) asks here what an exponent is
and looks at its denominator; `tests/checking/test_powers.py` holds the readings together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import add, mul, sub
from types import MappingProxyType
from typing import TypeAlias

from tutor.expression.tree import Apply, Expression, Number, Symbol

MOST_BITS = 4096
"""The largest numerator or denominator of an exact value."""


Exact: TypeAlias = int | Fraction
"""An exact number, an int while it is whole: sums of fractions look for common divisors each time."""


def exact_fraction(expression: Expression) -> Fraction | None:
    """The value of a tree of numbers under + - * /, minus, whole powers, and functions that are linear in pieces.

    None for every other tree, where a divisor is zero, and where a numerator or denominator could pass MOST_BITS; the
    size of a power is estimated before it is computed.
    """
    if isinstance(expression, Number):
        return expression.value if _bits(expression.value) <= MOST_BITS else None
    if isinstance(expression, Symbol) or expression.head not in _ARITHMETIC:
        return None
    value = exact_number(expression)
    return Fraction(value) if isinstance(value, int) else value


def exact_number(expression: Expression) -> Exact | None:
    """The value that is `exact_fraction`, as an int where it is whole."""
    if isinstance(expression, Number):
        return _bounded(expression.value)
    try:
        return _exact_of(expression)
    except RecursionError:
        return _exact_of_deep(expression)


# fmt: off
_LINEAR: Mapping[str, Callable[..., Exact]] = MappingProxyType({
    "neg":       lambda u: -u,
    "abs":       abs,
    "sign":      lambda u: (u > 0) - (u < 0),
    "relu":      lambda u: max(u, 0),
    "heaviside": lambda u: Fraction(1 + (u > 0) - (u < 0), 2),
    "max":       lambda *us: max(us),
    "min":       lambda *us: min(us),
})
# fmt: on
_RING: Mapping[str, Callable[[Exact, Exact], Exact]] = MappingProxyType({"+": add, "-": sub, "*": mul})
_ARITHMETIC = frozenset((*_RING, "/", "^", *_LINEAR))


def _exact_of(part: Expression) -> Exact | None:
    """The value of a part of the tree, which ends at the first part that is no number."""
    if isinstance(part, Number):
        return _bounded(part.value)
    if isinstance(part, Symbol) or part.head not in _ARITHMETIC:
        return None
    operands = []
    for argument in part.arguments:
        value = _exact_of(argument)
        if value is None:
            return None
        operands.append(value)
    return _applied(part.head, operands)


def _exact_of_deep(expression: Expression) -> Exact | None:
    """The same by a pass with a stack of its own."""
    values: list[Exact] = []
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


def _taken(values: list[Exact], count: int) -> list[Exact]:
    """The last values, which are taken away."""
    operands = values[len(values) - count :]
    del values[len(values) - count :]
    return operands


def _applied(head: str, operands: Sequence[Exact]) -> Exact | None:
    if head in _LINEAR:
        return _LINEAR[head](*operands)
    left, right = operands
    if head in _RING:
        return _bounded(_RING[head](left, right))
    if head == "/":
        return _bounded(Fraction(left, right)) if right else None
    return _whole_power(left, right)


def _whole_power(base: Exact, exponent: Exact) -> Exact | None:
    if exponent.denominator != 1 or (base == 0 and exponent < 0):
        return None
    if base in (0, 1):
        return 1 if exponent == 0 else base
    if base == -1:
        return base if exponent % 2 else 1
    if abs(exponent.numerator) * (_bits(base) - 1) > MOST_BITS:
        return None
    return _bounded(Fraction(base) ** exponent.numerator)


def _bounded(value: Exact) -> Exact | None:
    """The value, as an int where it is whole; None where it is beyond MOST_BITS."""
    above, below = value.as_integer_ratio()
    if above.bit_length() > MOST_BITS or below.bit_length() > MOST_BITS:
        return None
    return above if below == 1 else value


def _bits(value: Exact) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
