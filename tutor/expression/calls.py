"""What a function applied to arguments becomes in the tree, and how many arguments it takes.

Some names are short for something longer: `cbrt`, `pow`, NumPy's `log1p`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from tutor.errors import Span
from tutor.expression.building import apply_at
from tutor.expression.complaints import unreadable
from tutor.expression.functions import FUNCTIONS, MANY, SPELLINGS
from tutor.expression.tree import Apply, Expression, Number

Arguments: TypeAlias = tuple[Expression, ...]
Build: TypeAlias = Callable[[Arguments, Span], Expression]


class Callee(NamedTuple):
    """A function's name in a text: its key in CALLS, how it was typed, and what else it could have meant."""

    name: str
    typed: str
    instead: str = ""


class Call(NamedTuple):
    """How many arguments a function takes, and the tree that they make; a plain call makes its own head."""

    least: int
    most: int
    build: Build
    plain: bool = False


def _head(head: str) -> Build:
    return lambda arguments, span: Apply(head, arguments, span)


def _whole(value: int, span: Span) -> Number:
    return Number(Fraction(value), span)


def _numeral(head: str, value: int, *, first: bool = False) -> Build:
    """The function of one argument that joins it with a whole number by an operator."""

    def build(arguments: Arguments, span: Span) -> Expression:
        pair = (_whole(value, span), arguments[0]) if first else (arguments[0], _whole(value, span))
        return Apply(head, pair, span)

    return build


def _after(head: str, inner: Build) -> Build:
    return lambda arguments, span: Apply(head, (inner(arguments, span),), span)


def _expm1(arguments: Arguments, span: Span) -> Expression:
    return Apply("-", (Apply("exp", arguments, span), _whole(1, span)), span)


def _rsqrt(arguments: Arguments, span: Span) -> Expression:
    return Apply("/", (_whole(1, span), Apply("sqrt", arguments, span)), span)


def _hypot(arguments: Arguments, span: Span) -> Expression:
    first, second = (Apply("^", (side, _whole(2, span)), span) for side in arguments)
    return Apply("sqrt", (Apply("+", (first, second), span),), span)


# fmt: off
_SHORTHANDS: Mapping[str, Call] = MappingProxyType({
    "cbrt":       Call(1, 1, _numeral("root", 3)),
    "∛":          Call(1, 1, _numeral("root", 3)),
    "∜":          Call(1, 1, _numeral("root", 4)),
    "square":     Call(1, 1, _numeral("^", 2)),
    "reciprocal": Call(1, 1, _numeral("/", 1, first=True)),
    "exp2":       Call(1, 1, _numeral("^", 2, first=True)),
    "expm1":      Call(1, 1, _expm1),
    "log1p":      Call(1, 1, _after("log", _numeral("+", 1, first=True))),
    "rsqrt":      Call(1, 1, _rsqrt),
    "hypot":      Call(2, 2, _hypot),
    "logsigmoid": Call(1, 1, _after("log", _head("sigmoid"))),
    "negative":   Call(1, 1, _head("neg")),
    "pow":        Call(2, 2, _head("^")),
    "power":      Call(2, 2, _head("^")),
    "add":        Call(2, 2, _head("+")),
    "subtract":   Call(2, 2, _head("-")),
    "multiply":   Call(2, 2, _head("*")),
    "divide":     Call(2, 2, _head("/")),
    "array":      Call(1, MANY, _head("vector")),
    "tensor":     Call(1, MANY, _head("vector")),
    "vector":     Call(1, MANY, _head("vector")),
})
# fmt: on

CALLS: Mapping[str, Call] = MappingProxyType(
    dict(_SHORTHANDS)
    | {row.name: Call(*row.arity, _head(row.name), plain=True) for row in FUNCTIONS.values() if row.arity[1]}
)
"""Every function that may be called: the heads of the table of functions, and the shorthands."""

POWERS = frozenset(_SHORTHANDS) | {"root"}
"""The functions in whose tree a number may be raised to a power."""

OF_ONE = frozenset(name for name, call in CALLS.items() if call.plain and call.least == call.most == 1)
"""The functions of one argument that are their own head in the tree."""

INVERSES: Mapping[str, str] = MappingProxyType(
    {name: f"a{name}" for name in CALLS if f"a{name}" in CALLS and name in FUNCTIONS}
)
"""The heads whose power -1 means the inverse function, as in sin^-1 x."""


def callee(word: str) -> str | None:
    """The key in CALLS of a function's name in any case, None for every other word."""
    name = word.lower()
    found = SPELLINGS.get(name, name)
    return found if found in CALLS else None


def applied(function: Callee, arguments: Arguments, start: int, end: int) -> Expression:
    """The tree of a call; AnswerError when the number of arguments does not fit. A vector may stand for many."""
    call = CALLS.get(function.name)
    if call is None or (function.name in OF_ONE and len(arguments) == 1):
        return apply_at(function.name, arguments, start, end)
    span = Span(start, end)
    if call.most > 1 and len(arguments) == 1:
        arguments = _unpacked(arguments)
    if function.name == "log" and len(arguments) == 2:
        return Apply("log_base", arguments[::-1], span)
    if function.name == "heaviside" and len(arguments) == 2 and isinstance(arguments[1], Number):
        return Apply("heaviside", arguments[:1], span)
    if not call.least <= len(arguments) <= call.most:
        raise _miscounted(function, call, len(arguments), span)
    return call.build(arguments, span)


def _unpacked(arguments: Arguments) -> Arguments:
    match arguments:
        case (Apply("vector", entries),):
            return entries
        case _:
            return arguments


def _miscounted(function: Callee, call: Call, count: int, span: Span) -> Exception:
    number = "one argument" if call.least == 1 else f"{call.least} arguments"
    wanted = number if call.least == call.most else f"at least {number}" if count < call.least else f"at most {MANY}"
    are = "is" if count == 1 else "are"
    return unreadable("argument-count", span, name=function.typed, wanted=wanted, are=are, count=count)
