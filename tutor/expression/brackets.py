"""What stands in brackets: a group, the entries of a vector, the arguments of a function, an absolute value.

Round, square and curly brackets mean the same, and each is closed by its own kind.
"""

from __future__ import annotations

from tutor.errors import Span
from tutor.expression.complaints import unreadable
from tutor.expression.lexer import CLOSERS
from tutor.expression.pratt import Parser
from tutor.expression.tree import Apply, Expression


def group(parser: Parser, _: int) -> Expression:
    """One expression in brackets, or a vector of several; a vector's place includes its brackets."""
    start = parser.starts[parser.at]
    inside = bracketed(parser)
    return inside[0] if len(inside) == 1 else Apply("vector", inside, parser.since(start))


def bracketed(parser: Parser) -> tuple[Expression, ...]:
    """The expressions between brackets, which start at the next token; AnswerError where they do not end well."""
    opened, kinds = parser.at, parser.kinds
    parser.at = opened + 1
    if kinds[opened + 1] == "close":
        raise unreadable("empty-brackets", parser.since(parser.starts[opened])._replace(end=parser.ends[opened + 1]))
    inside: tuple[Expression, ...] = (parser.expression(0),)
    while kinds[parser.at] == ",":
        parser.at += 1
        inside = (*inside, parser.expression(0))
    at = parser.at
    if kinds[at] != "close" or parser.values[at] != CLOSERS[parser.values[opened]]:
        raise _unclosed(parser, opened)
    parser.at = at + 1
    return inside


def _unclosed(parser: Parser, opened: int) -> Exception:
    opening, wanted = parser.values[opened], CLOSERS[parser.values[opened]]
    if parser.kinds[parser.at] == "close":
        closing = parser.values[parser.at]
        return unreadable(
            "wrong-bracket", parser.here(), suggestion=f"write {wanted}",
            opening=opening, closing=closing, wanted=wanted,
        )  # fmt: skip
    place = Span(parser.starts[opened], parser.ends[opened])
    return unreadable("missing-bracket", place, opening=opening, closing=wanted, suggestion=f"add {wanted}")


def absolute(parser: Parser, _: int) -> Expression:
    """`|x|`; which bars open and which close is known from the lexer."""
    start = parser.starts[parser.at]
    parser.at += 1
    if parser.kinds[parser.at] == "bar-close":
        raise unreadable("empty-brackets", Span(start, parser.ends[parser.at]))
    inside = parser.expression(0)
    if parser.kinds[parser.at] != "bar-close":
        raise leftover(parser)
    parser.at += 1
    return Apply("abs", (inside,), parser.since(start))


def leftover(parser: Parser) -> Exception:
    """The error for a token that cannot stand where an expression has ended."""
    at = parser.at
    match parser.kinds[at]:
        case "close":
            return unreadable("unmatched-bracket", parser.here(), closing=parser.values[at])
        case ",":
            return _comma(parser, at)
        case _:
            return unreadable("missing-bar", parser.here())


def _comma(parser: Parser, at: int) -> Exception:
    """The error for a comma outside brackets: between two numbers it was meant to mark decimals."""
    if at and parser.kinds[at - 1] == parser.kinds[at + 1] == "number":
        left, right = (parser.slice(parser.starts[index], parser.ends[index]) for index in (at - 1, at + 1))
        suggestion = f"write {left}.{right} for a decimal, or ({left}, {right}) for a vector"
        if len(right) == 3 and len(left) <= 3:
            suggestion = f"write {left}{right} for a whole number, {left}.{right} for a decimal"
        return unreadable("decimal-comma", parser.here(), suggestion=suggestion)
    return unreadable("comma", parser.here(), suggestion="write (a, b) for a vector")


_AFTER = {
    "+": "missing-term", "-": "missing-term", "*": "missing-factor", "/": "missing-factor", "^": "missing-exponent",
}  # fmt: skip
_BEFORE = {"*": "missing-factor", "/": "missing-factor", "^": "missing-base"}


def missing(parser: Parser, _: int) -> Expression:
    """AnswerError: the next token cannot start an expression."""
    at = parser.at
    kind, before = parser.kinds[at], parser.kinds[at - 1] if at else ""
    if kind == "end" and not at:
        raise unreadable("empty", Span(0, len(parser.text)))
    if before in _AFTER:
        sign = parser.slice(parser.starts[at - 1], parser.ends[at - 1]) or "^"
        raise unreadable(_AFTER[before], Span(parser.starts[at - 1], parser.ends[at - 1]), side="after", sign=sign)
    if before == ",":
        raise unreadable("missing-entry", Span(parser.starts[at - 1], parser.ends[at - 1]), side="after")
    if kind in _BEFORE:
        sign = parser.slice(parser.starts[at], parser.ends[at]) or "^"
        place = parser.here() if parser.values[at] != "raised" else Span(parser.starts[at], parser.ends[at + 1])
        raise unreadable(_BEFORE[kind], place, side="before", sign=sign)
    if kind == ",":
        raise unreadable("missing-entry", parser.here(), side="before")
    raise _unopened(parser, at, kind)


def _unopened(parser: Parser, at: int, kind: str) -> Exception:
    """The error for an end or a closing bracket where an expression should start."""
    if kind == "end":
        return unreadable(
            "missing-bracket", Span(parser.starts[at - 1], parser.ends[at - 1]),
            opening=parser.values[at - 1], closing=CLOSERS.get(parser.values[at - 1], "|"),
        )  # fmt: skip
    return leftover(parser)
