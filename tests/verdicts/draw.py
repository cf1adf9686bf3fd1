"""Random functions over the whole language: what a user's row may ask to differentiate, up to five levels deep."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tutor.expression.functions import FUNCTIONS
from tutor.expression.tree import EULER, PI, Apply, Expression, Symbol, free_symbols, number

UNARY = tuple(name for name, row in FUNCTIONS.items() if row.arity == (1, 1))
"""Every function of one argument."""

SEVERAL = ("max", "min")
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A function, and the variables by which it is to be differentiated, one after the other."""

    function: Expression
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    variables: tuple[str, ...]
    parameters: tuple[str, ...]


def question(random: Random) -> Question:
    """A function of one to three variables, often with parameters, that depends on the first variable."""
    while True:
        variables = ("x", "y", "z")[: random.choices((1, 2, 3), (6, 3, 1))[0]]
        parameters = tuple(random.sample(("a", "b", "c", "k", "n"), random.choices((0, 1, 2), (5, 3, 2))[0]))
        depth = random.choices(range(1, DEEPEST + 1), (2, 5, 6, 4, 2))[0]
        function = _function(random, depth, _Names(variables, parameters))
        if "x" in free_symbols(function) and isinstance(function, Apply):
            return Question(function, _by(random, function, depth))


def _by(random: Random, function: Expression, depth: int) -> tuple[str, ...]:
    used = [name for name in ("x", "y", "z") if name in free_symbols(function)]
    if depth <= 3 and random.random() < 0.15:
        return ("x", random.choice(used))
    return (random.choice(used),)


def _function(random: Random, depth: int, names: _Names) -> Expression:
    if depth <= 0:
        return _leaf(random, names)
    kind = random.choices(("unary", "operator", "power", "several", "neg"), (38, 40, 16, 5, 1))[0]
    inner = _function(random, depth - 1, names)
    match kind:
        case "unary":
            return Apply(random.choice(UNARY), (inner,))
        case "operator":
            other = _function(random, random.randrange(depth), names)
            parts = (inner, other) if random.random() < 0.6 else (other, inner)
            return Apply(random.choice("+-**/" if inner != other else "*"), parts)
        case "power":
            return _power(random, inner, names)
        case "several":
            return _several(random, inner, names)
        case _:
            return Apply("neg", (inner,))


def _several(random: Random, inner: Expression, names: _Names) -> Expression:
    other = _function(random, random.randrange(2), names)
    match random.randrange(5):
        case 0:
            return Apply("log_base", (random.choice((number(2), number(3), EULER, other)), inner))
        case 1:
            return Apply("root", (inner, number(random.choice((2, 3, 4, 5, 7)))))
        case 2:
            return _extreme(random, inner, other, _leaf(random, names))
        case _:
            return _extreme(random, inner, other)


def _extreme(random: Random, *parts: Expression) -> Expression:
    """The largest or least of some parts; nobody writes the same one twice."""
    different = tuple(dict.fromkeys(parts))
    return Apply(random.choice(SEVERAL), different) if len(different) > 1 else parts[0]


def _power(random: Random, inner: Expression, names: _Names) -> Expression:
    match random.randrange(8):
        case 0:
            return Apply("^", (EULER, inner))
        case 1:
            return Apply("^", (number(random.choice((2, 3, 10, Fraction(1, 2)))), inner))
        case 2:
            return Apply("^", (inner, _leaf(random, names)))
        case 3:
            return Apply("^", (inner, number(random.choice((Fraction(1, 3), Fraction(2, 3), Fraction(-1, 3))))))
        case _:
            exponent = random.choice((2, 2, 3, 4, 7, -1, -2, Fraction(1, 2), Fraction(3, 2), Fraction(-1, 2)))
            return Apply("^", (inner, number(exponent)))


def _leaf(random: Random, names: _Names) -> Expression:
    symbol = Symbol(random.choice(names.variables))
    other = Symbol(random.choice(names.parameters or names.variables))
    match random.randrange(12):
        case 0:
            return number(random.choice((1, 2, 3, 5, 10, Fraction(1, 2), Fraction(3, 4))))
        case 1:
            return random.choice((PI, EULER, other, other))
        case 2:
            return Apply("*", (number(random.randint(2, 9)), symbol))
        case 3:
            return Apply("+", (symbol, number(random.randint(1, 5))))
        case 4:
            return Apply("*", (other, symbol))
        case 5:
            return Apply("^", (symbol, number(random.choice((2, 2, 3)))))
        case 6 if other != symbol:
            return Apply("-", (other, symbol))
        case _:
            return symbol
