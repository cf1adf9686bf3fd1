"""How a mistaken law of differentiation is stated, and the conditions on its letters that no pattern can say."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tutor.calculus.flat import factors, terms
from tutor.calculus.law import sides
from tutor.calculus.rule import Bindings, Rule, is_free_of
from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol, free_symbols, number, walk


def mal_law(id: str, law: str, mistaken_for: str, fits: Callable[[Bindings], bool] | None = None) -> Rule:
    """The mal-rule of a law `D(pattern) -> template`, with the ids or families of the rules it is mistaken for.

    `fits` is asked of the bindings together with x, the variable of differentiation.
    """
    before, after = sides(law)
    return Rule(id, law, before, after, mistaken_for=frozenset(mistaken_for.split()), fits=fits)


# ---- the rules that mal-rules are mistaken for: at x and in a chain ----------------------------------------------


def both(*ids: str) -> str:
    """The ids of the plain and of the chain rule of some outer functions."""
    return " ".join(f"{id} chain-{id}" for id in ids)


POWER = both("power")
SQRT = both("sqrt")
ROOT = both("root")
RECIPROCAL = both("reciprocal")
RECIPROCAL_POWER = both("reciprocal-power")
EXP = both("exp", "e-power")
EXPONENTIAL = both("exponential")
PRODUCT, THREE, QUOTIENT = "product", "product-of-three", "quotient"


# ---- conditions --------------------------------------------------------------------------------------------------


def negative_exponent(bindings: Bindings) -> bool:
    """Whether the exponent c carries a minus."""
    return _is_negative(bindings["c"])


def positive_exponent(bindings: Bindings) -> bool:
    """Whether the exponent c carries no minus."""
    return not _is_negative(bindings["c"])


def fractional_exponent(bindings: Bindings) -> bool:
    """Whether the exponent c is written as a fraction."""
    part = bindings["c"]
    part = part.arguments[0] if isinstance(part, Apply) and part.head == "neg" else part
    return (isinstance(part, Apply) and part.head == "/") or (isinstance(part, Number) and part.value.denominator > 1)


def half_exponent(bindings: Bindings) -> bool:
    """Whether the exponent c is one half, written as a fraction or as a decimal."""
    return bindings["c"] in (Number(Fraction(1, 2)), Apply("/", (number(1), number(2))))


def positive_not_half(bindings: Bindings) -> bool:
    """Whether the exponent c carries no minus and is not that of a square root, which has a name of its own."""
    return positive_exponent(bindings) and not half_exponent(bindings)


def _is_negative(expression: Expression) -> bool:
    match expression:
        case Number(value):
            return value < 0
        case Apply("neg", (inner,)):
            return not _is_negative(inner)
        case Apply("/" | "*", (left, right)):
            return _is_negative(left) != _is_negative(right)
        case _:
            return False


def composite(bindings: Bindings) -> bool:
    """Whether the inner function u is more than the bare variable."""
    return not isinstance(bindings["u"], Symbol)


def bare(bindings: Bindings) -> bool:
    """Whether the inner function u is the bare variable."""
    return not composite(bindings)


def falling(bindings: Bindings) -> bool:
    """Whether the inner function u carries a minus sign that its slope inherits: 1 - x, -3x + 2, but not x - 3."""
    return _falls(bindings["u"], _variable(bindings))


def varying(letter: str) -> Callable[[Bindings], bool]:
    """The condition that what a letter stands for is no constant."""
    return lambda bindings: not is_free_of(bindings[letter], _variable(bindings))


def _variable(bindings: Bindings) -> str:
    """The variable of differentiation, which the letter x stands for."""
    x = bindings["x"]
    assert isinstance(x, Symbol)
    return x.name


def _falls(expression: Expression, variable: str) -> bool:
    if is_free_of(expression, variable):
        return False
    match expression:
        case Apply("neg", _):
            return True
        case Apply("-", (left, right)):
            return not is_free_of(right, variable) or _falls(left, variable)
        case Apply("+", (left, right)):
            return _falls(left, variable) or _falls(right, variable)
        case Apply("*" | "/", (left, right)):
            return _has_minus(left) if is_free_of(left, variable) else _falls(left, variable) or _has_minus(right)
        case _:
            return False


def _has_minus(expression: Expression) -> bool:
    match expression:
        case Number(value):
            return value < 0
        case Apply("neg" | "-", _):
            return True
        case Apply("*" | "/", (left, _)):
            return _has_minus(left)
        case Apply("+", (left, right)):
            return _has_minus(left) or _has_minus(right)
        case _:
            return False


def plain_number(bindings: Bindings) -> bool:
    """Whether the constant c holds no symbol."""
    return not free_symbols(bindings["c"])


def with_symbol(bindings: Bindings) -> bool:
    """Whether the constant c holds a symbol: a parameter or another variable."""
    return bool(free_symbols(bindings["c"]))


def another_symbol_in_power(bindings: Bindings) -> bool:
    """Whether a power c^u holds more symbols than one: the variable and another."""
    return len(free_symbols(bindings["c"]) | free_symbols(bindings["u"])) > 1


def penalty(bindings: Bindings) -> bool:
    """Whether v is a constant times the square of a symbol, the penalty of a loss: c*w^2, w^2/2."""
    squares = [part for part in factors(bindings["v"]).above if _is_square_of_symbol(part)]
    return len(squares) == 1


def _is_square_of_symbol(part: Expression) -> bool:
    return (
        isinstance(part, Apply)
        and part.head == "^"
        and isinstance(part.arguments[0], Symbol)
        and part.arguments[1] == number(2)
    )


def sum_of_exponentials(bindings: Bindings) -> bool:
    """Whether u is a sum of exponentials, as below the line of a softmax."""
    parts = terms(bindings["u"])
    return len(parts) > 1 and all(_is_exponential(part) for _, part in parts)


def _is_exponential(part: Expression) -> bool:
    return isinstance(part, Apply) and (part.head == "exp" or (part.head == "^" and part.arguments[0] == EULER))


def exponential_above(bindings: Bindings) -> bool:
    """Whether k/u is an entry of a softmax: exponentials above and a sum of them below."""
    return sum_of_exponentials(bindings) and any(_is_exponential(part) for part in walk(bindings["k"]))
