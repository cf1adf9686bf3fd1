"""How alike two formulas are as they are written, whatever the order of their terms and factors.

Of the slips that give the same values, the one that leads to the learner's own form is the one that was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol

__all__ = ["likeness", "pieces"]

_HALF = Number(Fraction(1, 2))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of pieces that two formulas have in common, from 0 to 1 (Dice's coefficient on their multisets)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def pieces(formula: Expression) -> Counter[str]:
    """All parts of a formula, each in a spelling that does not depend on the order of terms and factors.

    Numeric factors are multiplied out, a root is a power and exp(u) is e^u; nothing else is rewritten.
    """
    found: Counter[str] = Counter()
    _spelled(formula, found)
    return found


def _spelled(formula: Expression, found: Counter[str]) -> str:
    spelling = _spelling(formula, found)
    found[spelling] += 1
    return spelling


def _spelling(formula: Expression, found: Counter[str]) -> str:
    match formula:
        case Number(value):
            return str(value)
        case Symbol(name):
            return name
        case Apply("+" | "-", _):
            return f"({'+'.join(sorted(f'{sign}{_spelled(term, found)}' for sign, term in _terms(formula, 1)))})"
        case Apply("*" | "/" | "neg", _):
            return _product(formula, found)
        case Apply("sqrt", (inner,)):
            return _applied("^", (inner, _HALF), found)
        case Apply("exp", (inner,)):
            return _applied("^", (EULER, inner), found)
        case Apply(head, arguments):
            return _applied(head, arguments, found)


def _applied(head: str, arguments: tuple[Expression, ...], found: Counter[str]) -> str:
    return f"{head}({','.join(_spelled(argument, found) for argument in arguments)})"


def _product(formula: Expression, found: Counter[str]) -> str:
    coefficient = Fraction(1)
    spelled = []
    for factor, power in _factors(formula, 1):
        if isinstance(factor, Number) and factor.value:
            coefficient *= factor.value**power
        else:
            spelled.append(f"{'' if power == 1 else '/'}{_spelled(factor, found)}")
    return f"[{coefficient}*{'*'.join(sorted(spelled))}]" if spelled else str(coefficient)


def _terms(formula: Expression, sign: int) -> Iterator[tuple[int, Expression]]:
    match formula:
        case Apply("+", (left, right)):
            yield from _terms(left, sign)
            yield from _terms(right, sign)
        case Apply("-", (left, right)):
            yield from _terms(left, sign)
            yield from _terms(right, -sign)
        case Apply("neg", (inner,)):
            yield from _terms(inner, -sign)
        case _:
            yield sign, formula


def _factors(formula: Expression, power: int) -> Iterator[tuple[Expression, int]]:
    match formula:
        case Apply("*", (left, right)):
            yield from _factors(left, power)
            yield from _factors(right, power)
        case Apply("/", (above, below)):
            yield from _factors(above, power)
            yield from _factors(below, -power)
        case Apply("neg", (inner,)):
            yield Number(Fraction(-1)), power
            yield from _factors(inner, power)
        case _:
            yield formula, power
