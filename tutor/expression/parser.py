"""Reads a formula as people type it, by a Pratt parser over the tokens of `tutor.expression.lexer`.

Binding strengths: `+ -` 10, `* /` and factors side by side 20, a sign 25, `^` 40 (to the right). Sums and products nest
to the left; nothing is reordered or computed. Each handler in the tables starts at its token, ends behind its part, and
returns the tree of it; places are those in the text as it was typed.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from types import MappingProxyType

from tutor.errors import Span
from tutor.expression.bare import fraction, function, function_to_base, radical
from tutor.expression.brackets import absolute, group, leftover, missing
from tutor.expression.building import apply_at
from tutor.expression.complaints import unreadable
from tutor.expression.growth import note_growth
from tutor.expression.lexer import tokens_of
from tutor.expression.limits import TYPED, Limits, check_length, check_tree
from tutor.expression.pratt import EXPONENT, NUMBERS, PRODUCT, SIGN, Infix, Parser, Prefix
from tutor.expression.prefix import Bounds, formula_bounds
from tutor.expression.reading import Notice, Reading
from tutor.expression.remarks import remark
from tutor.expression.tree import Apply, Expression, Number, Symbol
from tutor.expression.vocabulary import Vocabulary, vocabulary


def parse(  # noqa: PLR0913 - each says one thing about what the text stands for
    text: str,
    symbols: Collection[str] | None = None,
    *,
    heads: Collection[str] = (),
    variable: str | None = None,
    limits: Limits = TYPED,
    groups_apart: bool = False,
) -> Reading:
    """The formula in a text; AnswerError with its place where the text cannot be read.

    `symbols` are the declared names; with None every letter, Greek name and letter with an index is a symbol. `heads`
    are names of functions besides the known ones. `variable` is that of the derivative that is asked for: a `dy/dt =`
    in front that names another is noticed. With `groups_apart` the text is read the other way where the argument of a
    function without parentheses meets one: `sin x(x + 1)` as sin(x)·(x + 1).
    """
    check_length(text, limits)
    names = _names(symbols, heads, limits)
    around = "=" in text or "$" in text or "\\" in text
    bounds = formula_bounds(text, names) if around else None
    start, stop = bounds[:2] if bounds else (0, len(text))
    kinds, values, starts, ends, constant = tokens_of(text, names, start, stop)
    is_long = len(kinds) > limits.depth
    parser = Parser(text, kinds, values, starts, ends, PREFIXES, INFIXES, limits, groups_apart, is_long)
    expression = parser.expression(0)
    if kinds[parser.at] != "end":
        raise leftover(parser)
    _check_size(parser, expression)
    if bounds and bounds.variable:
        parser.notices.extend(_on_variable(bounds, names.declared, variable))
    return Reading(expression, tuple(parser.notices), constant)


def _names(symbols: Collection[str] | None, heads: Collection[str], limits: Limits) -> Vocabulary:
    """The vocabulary for some names; tuples of them are looked up as they are."""
    if isinstance(symbols, tuple) and isinstance(heads, tuple):
        return _named(symbols, heads, limits)
    return vocabulary(None if symbols is None else frozenset(symbols), frozenset(heads), limits)


@lru_cache(maxsize=128)
def _named(symbols: tuple[str, ...], heads: tuple[str, ...], limits: Limits) -> Vocabulary:
    return vocabulary(frozenset(symbols), frozenset(heads), limits)


def _check_size(parser: Parser, expression: Expression) -> None:
    """Checks the limits of the tree where the number of tokens and the exponents do not show that they are kept.

    A tree has at most twice as many parts as the text has tokens, is no deeper than these, and its exact numbers have
    at most five bits a character, times the product of the exponents of numbers.
    """
    limits = parser.limits
    if parser.is_long or 5 * len(parser.text) * parser.growth > limits.bits:
        check_tree(expression, limits)


def _on_variable(bounds: Bounds, declared: frozenset[str] | None, wanted: str | None) -> tuple[Notice, ...]:
    """The notice that the derivative in front of the formula is not the one that is asked for."""
    span = Span(0, bounds.start)
    if wanted is not None and bounds.variable != wanted:
        return (remark("other-variable", span, name=bounds.variable, wanted=wanted),)
    if wanted is None and declared is not None and bounds.variable not in declared:
        return (remark("unknown-variable", span, name=bounds.variable),)
    return ()


# ---- what may stand first -------------------------------------------------------------------------------------------


def _leaf(parser: Parser, _: int) -> Expression:
    parser.at += 1
    return parser.leaf(parser.at - 1)


def _scientific(parser: Parser, strength: int) -> Expression:
    parser.growth *= parser.limits.bits
    return _leaf(parser, strength)


def _minus(parser: Parser, strength: int) -> Expression:
    start = parser.starts[parser.at]
    parser.at += 1
    operand = parser.expression(strength if strength > SIGN else SIGN)
    return apply_at("neg", (operand,), start, parser.ends[parser.at - 1])


def _plus(parser: Parser, strength: int) -> Expression:
    parser.at += 1
    return parser.expression(max(strength, SIGN))


# ---- what may follow ------------------------------------------------------------------------------------------------


def _power(parser: Parser, left: Expression, start: int) -> Expression:
    first = parser.at + 1
    parser.at = first
    right = parser.expression(EXPONENT)
    at = parser.at
    end = parser.ends[at - 1]
    if "symbol" not in parser.kinds[first:at]:
        note_growth(parser, left, right)
    if at - first <= 2 and parser.kinds[at] in _REMARKABLE and parser.values[first - 1] != "raised":
        _remark_on_exponent(parser, left, Span(start, end), first)
    return apply_at("^", (left, right), start, end)


def _beside(parser: Parser, left: Expression, start: int) -> Expression:
    """Two factors side by side."""
    at = parser.at
    kind, before = parser.kinds[at], parser.kinds[at - 1]
    if kind in NUMBERS and before in NUMBERS and (at < 2 or parser.values[at - 2] != "raised"):
        raise _two_numbers(parser, at)
    if kind == "open" and before == "symbol" and parser.values[at] == "[":
        _refuse_index(parser, at)
    right = parser.expression(PRODUCT)
    end = parser.ends[parser.at - 1]
    if isinstance(left, Apply) and left.head == "/" and before != "close":
        _remark_on_sides("quotient-factor", parser, at, start)
    elif kind in NUMBERS and before == "symbol":
        _remark_on_sides("number-behind", parser, at, parser.starts[at - 1])
    return apply_at("*", (left, right), start, end)


def _refuse_index(parser: Parser, at: int) -> None:
    """AnswerError where a whole number in square brackets stands at a name: `w[0]` is an entry, not a product."""
    if parser.kinds[at + 1 : at + 3] != ["number", "close"] or parser.ends[at - 1] != parser.starts[at]:
        return
    span = Span(parser.starts[at - 1], parser.ends[at + 2])
    name, digits = parser.values[at - 1].value, parser.slice(parser.starts[at + 1], parser.ends[at + 1])
    suggestion = f"write {name}_{digits} for an entry, {name}*{digits} for a product"
    raise unreadable("ambiguous-name", span, name=parser.slice(*span), suggestion=suggestion)


def _remark_on_sides(code: str, parser: Parser, at: int, start: int) -> None:
    """Says how two factors are read, the first from a place on, the second from a token on."""
    cut, end = parser.ends[at - 1], parser.ends[parser.at - 1]
    parser.notice(code, Span(start, end), left=parser.slice(start, cut), right=parser.slice(cut, end))


def _two_numbers(parser: Parser, at: int) -> Exception:
    """The error for two numbers side by side: a second point in a number, or a sign that is missing."""
    span = Span(parser.starts[at - 1], parser.ends[at])
    left, right = parser.text[span.start : parser.ends[at - 1]], parser.text[parser.starts[at] : span.end]
    if parser.ends[at - 1] == parser.starts[at] and right.startswith("."):
        return unreadable("two-points", span)
    if len(right) == 3 and right.isdigit() and left.isdigit() and len(left) <= 3:
        suggestion = f"write {left}{right} for one number, {left}*{right} for a product"
        return unreadable("two-numbers", span, suggestion=suggestion)
    return unreadable("two-numbers", span, suggestion=f"write {left}*{right} for a product")


_REMARKABLE = frozenset(("number", "decimal", "symbol", "constant", "open", "function", "radical", "/"))


def _remark_on_exponent(parser: Parser, base: Expression, power: Span, first: int) -> None:
    """Says that `e^2x` is read as e²·x and `x^1/2` as (x^1)/2; the exponent is one token, with a sign or without."""
    at = parser.at
    exponent, following = parser.kinds[at - 1], parser.kinds[at]
    if following == "/":
        if exponent == "number" and parser.values[at - 1].value == 1 and parser.kinds[at + 1] == "number":
            right = parser.slice(parser.starts[at + 1], parser.ends[at + 1])
            parser.notice("power-quotient", power, left=parser.slice(*power), right=right)
        return
    adjacent = parser.ends[at - 1] == parser.starts[at] and following in ("symbol", "constant")
    match base:
        case Number() | Apply(_, ()):
            doubtful = exponent in NUMBERS or adjacent
        case Symbol(name):
            doubtful = adjacent and name == parser.values[at].value
        case _:
            doubtful = False
    if doubtful:
        right = parser.slice(parser.starts[at], parser.ends[at])
        parser.notice("power-factor", power, left=parser.slice(*power), right=right)


# fmt: off
PREFIXES: MappingProxyType[str, Prefix] = MappingProxyType({
    "number": _leaf, "decimal": _leaf, "scientific": _scientific, "symbol": _leaf, "constant": _leaf,
    "open": group, "bar-open": absolute, "function": function, "based": function_to_base, "radical": radical,
    "fraction": fraction, "-": _minus, "+": _plus,
    "*": missing, "/": missing, "^": missing, "close": missing, "bar-close": missing, ",": missing, "end": missing,
})
"""What is read when an expression starts with a token of each kind."""

INFIXES: MappingProxyType[str, Infix] = MappingProxyType({
    "^": _power, "number": _beside, "decimal": _beside, "scientific": _beside, "symbol": _beside, "constant": _beside,
    "open": _beside, "bar-open": _beside, "function": _beside,
    "based": _beside, "radical": _beside, "fraction": _beside,
})
"""What is read when a token of each kind follows an expression."""
# fmt: on
