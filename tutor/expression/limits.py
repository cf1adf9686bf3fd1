"""How large a formula may be. Every limit is checked before the work that it bounds, each in one place.

Sizes of exact numbers are upper estimates in bits, made on the tree, before any power is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tutor.errors import Span
from tutor.expression.complaints import unreadable
from tutor.expression.tree import Apply, Expression, Number

DERIVED_NODES = 20_000
"""The most parts of a tree that is made by differentiating."""


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """The largest formula that is read.

    `digits` and `exponent` are of one literal (its digits, its power of ten), `power` is of whole exponents, `bits` of
    the numerator and of the denominator of any exact intermediate. Compared by identity, to be quick to look up.
    """

    characters: int = 1_000
    nodes: int = 1_000
    depth: int = 100
    digits: int = 50
    exponent: int = 300
    power: int = 10**6
    bits: int = 4_096


TYPED = Limits()
"""The limits of an answer that is typed."""

IN_FILES = Limits(characters=2_000)
"""The limits of a formula in a file."""


def check_length(text: str, limits: Limits) -> None:
    """AnswerError when a text is too long to be looked at."""
    if len(text) > limits.characters:
        span = Span(limits.characters, len(text))
        raise unreadable("too-long", span, count=len(text), limit=limits.characters)


def check_literal(literal: str, limits: Limits) -> None:
    """AnswerError (with a place inside the literal) when a number in ASCII digits has too many of them."""
    mantissa, _, power_of_ten = literal.lower().partition("e")
    if sum(map(str.isdigit, mantissa)) > limits.digits:
        raise unreadable("too-many-digits", Span(0, len(literal)), limit=limits.digits)
    digits = power_of_ten.lstrip("+-").lstrip("0")
    if len(digits) > len(str(limits.exponent)) or int(digits or "0") > limits.exponent:
        raise unreadable("exponent-of-ten", Span(0, len(literal)), limit=limits.exponent)


def power_bits(base: Fraction, exponent: Fraction) -> int:
    """The most bits of the numerator or denominator of a power of a number, where it is exact."""
    logarithm = max((abs(base.numerator) - 1).bit_length(), (base.denominator - 1).bit_length())
    return 1 + _times(logarithm, exponent)


def _times(bits: int, exponent: Fraction) -> int:
    return bits * -(-abs(exponent.numerator) // exponent.denominator)


def rational_bits(value: Fraction) -> int:
    """The bits of the longer of numerator and denominator."""
    return max(value.numerator.bit_length(), value.denominator.bit_length())


@dataclass(frozen=True, slots=True)
class _Size:
    """An upper estimate of an exact rational number: its bits, and its value as long as that is short."""

    bits: int
    value: Fraction | None = None


_SHORT = 64
"""Values of up to so many bits are computed, since they may be exponents."""


def check_tree(expression: Expression, limits: Limits) -> None:
    """AnswerError when a tree has too many parts, is nested too deep, or holds too large an exact number.

    Shared parts count each time they occur. The walk has a stack of its own and ends at the first limit.
    """
    count, waiting = 0, [(expression, 1)]
    order: list[Expression] = []
    while waiting:
        part, level = waiting.pop()
        count += 1
        if count > limits.nodes:
            raise unreadable("too-many-parts", expression.span, limit=limits.nodes)
        if level > limits.depth:
            raise unreadable("too-deep", part.span, limit=limits.depth)
        order.append(part)
        if isinstance(part, Apply):
            waiting.extend((argument, level + 1) for argument in part.arguments)
    _check_numbers(order, limits)


def _check_numbers(order: list[Expression], limits: Limits) -> None:
    """AnswerError when a number among parts, each of which stands before its own, may grow too large."""
    sizes: list[_Size | None] = []
    for part in reversed(order):
        if isinstance(part, Number):
            size: _Size | None = _Size(rational_bits(part.value), part.value)
        elif isinstance(part, Apply):
            cut = len(sizes) - len(part.arguments)
            size = _size_of(part, sizes[cut:], limits)
            del sizes[cut:]
        else:
            size = None
        if size is not None and size.bits > limits.bits:
            raise unreadable("number-too-large", part.span, limit=limits.bits)
        sizes.append(size)


def _size_of(part: Apply, operands: list[_Size | None], limits: Limits) -> _Size | None:
    """The size of an application, None when it is no exact number. The operands are in the order of the arguments."""
    if part.head in ("^", "root"):
        return _power(part, operands[0], operands[1], limits)
    if part.head == "neg":
        return operands[0]
    if part.head not in _COMBINED or None in operands:
        return None
    first, second = operands
    assert first is not None
    assert second is not None
    return _combined(part.head, first, second)


_COMBINED = {"+": 1, "-": 1, "*": 0, "/": 0}
"""The operators of two numbers, and by how many bits a result exceeds the bits of both together."""


def _combined(head: str, first: _Size, second: _Size) -> _Size:
    bits = first.bits + second.bits + _COMBINED[head]
    if first.value is None or second.value is None or bits > _SHORT:
        return _Size(bits)
    match head:
        case "+":
            value = first.value + second.value
        case "-":
            value = first.value - second.value
        case "*":
            value = first.value * second.value
        case _:
            if not second.value:
                return _Size(1)
            value = first.value / second.value
    return _Size(rational_bits(value), value)


def _power(part: Apply, base: _Size | None, exponent: _Size | None, limits: Limits) -> _Size | None:
    if exponent is None:
        return None
    if exponent.value is None or abs(exponent.value) > limits.power:
        raise unreadable("power-too-large", part.arguments[1].span, limit=limits.power)
    if base is None or part.head == "root":
        return None
    whole = exponent.value.denominator == 1
    bits = _times(base.bits, exponent.value) if base.value is None else power_bits(base.value, exponent.value)
    if base.value is None or not whole or bits > _SHORT or not base.value:
        return _Size(bits) if whole or bits > limits.bits else None
    value = base.value**exponent.value.numerator
    return _Size(rational_bits(value), value)
