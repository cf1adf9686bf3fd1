"""Random formulas from a seed: nested functions of the kind that is differentiated, for tests against oracles."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from tutor.calculus.outer import OUTER
from tutor.expression.tree import EULER, Apply, Expression, Symbol, number

UNARY = tuple(
    outer.function.head
    for outer in OUTER
    if isinstance(outer.function, Apply) and len(outer.function.arguments) == 1 and outer.function.head != "neg"
)
"""Every function of one argument that has a rule."""


def formulas(seed: int, count: int, *, depth: int = 4, symbols: tuple[str, ...] = ("x",)) -> Iterator[Expression]:
    """`count` formulas; the same seed gives the same ones."""
    random = Random(seed)
    for index in range(count):
        yield _formula(random, 1 + index % depth, symbols)


def _formula(random: Random, depth: int, symbols: tuple[str, ...]) -> Expression:
    if depth == 0:
        return _leaf(random, symbols)
    kind = random.choices(("unary", "operator", "power", "several", "leaf"), (40, 38, 14, 4, 4))[0]
    inner = _formula(random, depth - 1, symbols)
    match kind:
        case "unary":
            return Apply(random.choice(UNARY), (inner,))
        case "operator":
            return Apply(random.choice("+-*/*+"), (inner, _formula(random, random.randrange(depth), symbols)))
        case "power":
            return _power(random, inner, symbols)
        case "several":
            return Apply(random.choice(("max", "min")), (inner, _leaf(random, symbols)))
        case _:
            return Apply("neg", (inner,))


def _power(random: Random, inner: Expression, symbols: tuple[str, ...]) -> Expression:
    match random.randrange(6):
        case 0:
            return Apply("^", (EULER, inner))
        case 1:
            return Apply("^", (number(random.choice((2, 3, 10))), inner))
        case 2:
            return Apply("^", (inner, _leaf(random, symbols)))
        case 3:
            return Apply("root", (inner, number(random.choice((2, 3, 5)))))
        case _:
            exponent = number(random.choice((2, 3, 4, -1, -2, Fraction(1, 2), Fraction(3, 2), Fraction(-1, 2))))
            return Apply("^", (inner, exponent))


def _leaf(random: Random, symbols: tuple[str, ...]) -> Expression:
    symbol = Symbol(random.choice(symbols))
    match random.randrange(6):
        case 0:
            return number(random.choice((1, 2, 3, 5, Fraction(1, 2))))
        case 1:
            return Apply("*", (number(random.randint(2, 5)), symbol))
        case 2:
            return Apply("+", (symbol, number(random.randint(1, 4))))
        case _:
            return symbol
