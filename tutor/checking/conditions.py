"""The sign arguments of an expression: the parts whose sign decides whether it is real, and which branch it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tutor.expression.exact import exact_fraction
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import ONE, Apply, Expression, Number, Symbol, free_symbols, number, substitute, walk

_MOST_DIFFERENCES = 28
"""Pairs of arguments of one max or min that are looked at."""


class Need(StrEnum):
    """What is needed of a sign argument for the value to be real.

    At the zeros of a corner, as |u| and an odd root have one, there is a value, but it is not smooth.
    """

    POSITIVE = "positive"
    NONZERO = "nonzero"
    CORNER = "corner"


@dataclass(frozen=True, slots=True)
class Condition:
    """A part `argument` of an expression, and what is needed of its sign."""

    argument: Expression
    need: Need


_Arguments = tuple[Expression, ...]
_Rule = Callable[[_Arguments], tuple[Condition, ...]]


def _minus(left: Expression, right: Expression) -> Expression:
    return Apply("-", (left, right))


def _plus(left: Expression, right: Expression) -> Expression:
    return Apply("+", (left, right))


def _needs(need: Need, *makers: Callable[[Expression], Expression]) -> _Rule:
    return lambda arguments: tuple(Condition(make(arguments[0]), need) for make in makers)


def _itself(u: Expression) -> Expression:
    return u


def _above_minus_one(u: Expression) -> Expression:
    return _plus(ONE, u)


def _below_one(u: Expression) -> Expression:
    return _minus(ONE, u)


def _above_one(u: Expression) -> Expression:
    return _minus(u, ONE)


def _differences(arguments: _Arguments) -> tuple[Condition, ...]:
    pairs = [(a, b) for place, a in enumerate(arguments) for b in arguments[place + 1 :] if a != b]
    return tuple(Condition(_minus(a, b), Need.CORNER) for a, b in pairs[:_MOST_DIFFERENCES])


def _power(arguments: _Arguments) -> tuple[Condition, ...]:
    base, exponent = arguments
    exact = exact_fraction(exponent)
    if base == Apply("e", ()) or (isinstance(base, Number) and base.value > 0):
        return ()
    if exact is None or exact.denominator % 2 == 0:
        return (Condition(base, Need.POSITIVE),)
    if exact < 0:
        return (Condition(base, Need.NONZERO),)
    return () if exact.denominator == 1 else (Condition(base, Need.CORNER),)


def _root(arguments: _Arguments) -> tuple[Condition, ...]:
    degree = exact_fraction(arguments[1])
    if degree is not None and degree.denominator == 1 and degree.numerator % 2 == 1:
        return (Condition(arguments[0], Need.CORNER if degree > 0 else Need.NONZERO),)
    return (Condition(arguments[0], Need.POSITIVE),)


# fmt: off
_RULES: Mapping[str, _Rule] = MappingProxyType({
    "/":         lambda arguments: (Condition(arguments[1], Need.NONZERO),),
    "^":         _power,
    "root":      _root,
    "sqrt":      _needs(Need.POSITIVE, _itself),
    "log":       _needs(Need.POSITIVE, _itself),
    "asin":      _needs(Need.POSITIVE, _below_one, _above_minus_one),
    "acos":      _needs(Need.POSITIVE, _below_one, _above_minus_one),
    "atanh":     _needs(Need.POSITIVE, _below_one, _above_minus_one),
    "acosh":     _needs(Need.POSITIVE, _above_one),
    "abs":       _needs(Need.CORNER, _itself),
    "sign":      _needs(Need.CORNER, _itself),
    "relu":      _needs(Need.CORNER, _itself),
    "heaviside": _needs(Need.CORNER, _itself),
    "coth":      _needs(Need.NONZERO, _itself),
    "csch":      _needs(Need.NONZERO, _itself),
    "cot":       _needs(Need.NONZERO, lambda u: Apply("sin", (u,))),
    "csc":       _needs(Need.NONZERO, lambda u: Apply("sin", (u,))),
    "tan":       _needs(Need.NONZERO, lambda u: Apply("cos", (u,))),
    "sec":       _needs(Need.NONZERO, lambda u: Apply("cos", (u,))),
    "max":       _differences,
    "min":       _differences,
})
# fmt: on

_SMOOTH_BY_THEMSELVES = frozenset({"sigmoid", "softplus", "silu", "gelu"})
"""Functions whose meaning has a denominator or a logarithm that never vanishes."""


_WITHOUT = _SMOOTH_BY_THEMSELVES | set("+ - * neg exp sin cos".split())
"""Functions without conditions, and the most frequent of those of which nothing is needed at all."""


def conditions(*expressions: Expression) -> tuple[Condition, ...]:
    """All sign arguments that hold a symbol, inner ones before those they stand in, each once."""
    found: dict[Condition, None] = {}
    for expression in expressions:
        for part in reversed(_with_conditions(expression)):
            for condition in _conditions_of(part):
                if free_symbols(condition.argument):
                    found.setdefault(condition)
    return tuple(found)


def _with_conditions(expression: Expression) -> list[Apply]:
    """The parts of which something may be needed, each before its own parts."""
    found, stack = [], [expression]
    while stack:
        part = stack.pop()
        if isinstance(part, Apply):
            if part.head not in _WITHOUT:
                found.append(part)
            stack.extend(reversed(part.arguments))
    return found


def constant_needs(expression: Expression) -> tuple[Condition, ...]:
    """What is needed of numbers in an expression, so that it has a value at all."""
    parts = (condition for part in walk(expression) for condition in _conditions_of(part))
    return tuple(part for part in parts if part.need is not Need.CORNER and not free_symbols(part.argument))


def _conditions_of(part: Expression) -> tuple[Condition, ...]:
    if not isinstance(part, Apply) or part.head in _SMOOTH_BY_THEMSELVES:
        return ()
    if part.head in _RULES:
        return _RULES[part.head](part.arguments)
    formula = meaning(part.head)
    return () if formula is None else conditions(substitute(formula, named(part.arguments)))


_NARROW = frozenset({"exp", "tanh", "erf", "sigmoid", "softplus", "silu", "gelu", "cosh", "sech", "coth", "sinh"})
"""Functions that may do all they do within a short way of the zero of their argument."""


def narrow_places(*expressions: Expression) -> tuple[Condition, ...]:
    """The arguments of functions that may be narrow there, as conditions that only mark their zeros."""
    parts = (part for expression in expressions for part in walk(expression))
    heads = (part for part in parts if isinstance(part, Apply))
    arguments = [_narrow_argument(part) for part in heads]
    kept = dict.fromkeys(part for part in arguments if part is not None and free_symbols(part))
    return tuple(Condition(argument, Need.CORNER) for argument in kept)


def _narrow_argument(part: Apply) -> Expression | None:
    if part.head == "^":
        return part.arguments[1]
    return part.arguments[0] if part.head in _NARROW else None


# ---- where a sign argument vanishes, seen from outside -------------------------------------------------------------

_VANISH_WITH_ARGUMENT = frozenset(
    {
        "neg",
        "sqrt",
        "root",
        "abs",
        "sign",
        "relu",
        "sinh",
        "tanh",
        "asin",
        "atan",
        "asinh",
        "atanh",
        "erf",
        "silu",
        "gelu",
    }
)
_VANISH_AT_ONE = frozenset({"log", "log2", "log10", "acos", "acosh"})
_NEVER_VANISH = frozenset({"exp", "cosh", "sech", "csch", "sigmoid", "softplus", "pi", "e", "acot"})


def simpler_zeros(expression: Expression) -> tuple[Expression, ...]:
    """Expressions whose zeros include all places where the one given begins or ceases to be zero.

    Each is a sum or a function that needs a search.
    """
    todo, found = [expression], []
    while todo:
        part = todo.pop()
        inner = _inner_zeros(part)
        if inner is None:
            found.append(part)
        else:
            todo.extend(inner)
    return tuple(part for part in found if free_symbols(part))


def _inner_zeros(part: Expression) -> _Arguments | None:
    """The parts at whose zeros `part` may begin or cease to be zero; None when it must be searched itself."""
    match part:
        case Number() | Symbol():
            return () if isinstance(part, Number) else None
        case Apply("*" | "/", arguments):
            return arguments
        case Apply("^" | "root", (base, _)):
            return (base,)
        case Apply(head, (argument,)) if head in _VANISH_WITH_ARGUMENT:
            return (argument,)
        case Apply(head, (argument,)) if head in _VANISH_AT_ONE:
            return (_minus(argument, number(1)),)
        case Apply(head, _) if head in _NEVER_VANISH:
            return ()
        case _:
            return None
