"""How much the numbers in a text may grow by its powers: a quick upper estimate, made while the text is parsed.

It decides whether the exact estimate of `tutor.expression.limits` is needed; most answers are plainly small.
"""

from __future__ import annotations

from tutor.expression.pratt import Parser
from tutor.expression.tree import Apply, Expression, Number, Symbol

_ARITHMETIC = frozenset(("+", "-", "*", "/", "^", "neg"))
_PLAIN = 1_000
"""Exponents up to here are within every limit."""


def note_growth(parser: Parser, base: Expression | None, exponent: Expression) -> None:
    """Multiplies the growth by an exponent without symbols; None is a base that is no exact number.

    The power of what is no number makes no number, so only very large exponents of it count.
    """
    if isinstance(base, Symbol) and isinstance(exponent, Number) and exponent.value.numerator < _PLAIN:
        return
    factor = _factor(exponent, parser.limits.bits)
    if factor > _PLAIN or (parser.growth <= parser.limits.bits and base is not None and _is_number(base)):
        parser.growth *= factor


def _factor(exponent: Expression, unclear: int) -> int:
    """The size of an exponent, rounded up; very large where it is not plain to see."""
    match exponent:
        case Number(value) | Apply("neg", (Number(value),)):
            return abs(value.numerator) + 1
        case Apply("/", (Number(value), Number())) | Apply("neg", (Apply("/", (Number(value), Number())),)):
            return abs(value.numerator) + 1
        case Apply("+" | "-", (Number(first), Number(second))):
            return abs(first.numerator) + abs(second.numerator) + 1
        case Apply(head) if head in _ARITHMETIC:
            return unclear
        case _:
            return 1


def _is_number(base: Expression) -> bool:
    """Whether a tree holds nothing but numbers and operators."""
    waiting = [base]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Symbol):
            return False
        if isinstance(part, Apply):
            if part.head not in _ARITHMETIC:
                return False
            waiting.extend(part.arguments)
    return True
