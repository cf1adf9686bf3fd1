"""What holds of every text: it is read or refused, its places nest, and blanks beside operators change nothing."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expression.spelled import spelled
from tutor.errors import AnswerError
from tutor.expression.parser import parse
from tutor.expression.reading import Reading
from tutor.expression.tree import Apply, Expression, walk

DECLARED = ("x", "y", "a", "b", "n", "x_1", "w1", "alpha")

PIECES = st.sampled_from((
    " ", "  ", *"x y 2 3.5 1e3 .5 + - * / ^ ** ( ) [ ] { } | , sin cos ln log_2 log_b sqrt √ e π α σ ² ⁻¹ ½ = dy/dx "
    "y' C \\frac \\sin \\left( \\right) \\cdot $ xy sinx x_1 max np.sin . _ ' \\ ∂ < % х \u0301 \t \n".split(" "),
))  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=14).map("".join), st.text(max_size=30), st.text("x2+-*/^()|, sin", max_size=30)
)


@settings(max_examples=1500, deadline=None)
@given(TEXTS, st.sampled_from([None, ("x", "y"), DECLARED]))
def test_any_text_is_read_or_refused(text: str, symbols: tuple[str, ...] | None) -> None:
    match read_or_refuse(text, symbols):
        case Reading(expression, notices):
            assert_places_nest(expression, len(text))
            assert all(notice.message for notice in notices)
        case AnswerError(message=message, span=span):
            assert message
            assert span is not None
            assert 0 <= span.start <= span.end <= len(text)


def read_or_refuse(text: str, symbols: tuple[str, ...] | None) -> Reading | AnswerError:
    try:
        return parse(text, symbols)
    except AnswerError as error:
        return error


def assert_places_nest(expression: Expression, length: int) -> None:
    for part in walk(expression):
        assert part.span is not None
        assert 0 <= part.span.start <= part.span.end <= length
        for inner in part.arguments if isinstance(part, Apply) else ():
            assert inner.span is not None
            assert part.span.start <= inner.span.start <= inner.span.end <= part.span.end


PARTS = "x y 2 3.5 ( ) + - * / ^ ( ) sin cos | , ² √ ln e ".split(" ")


@settings(max_examples=800, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=12))
def test_blanks_beside_operators_and_parentheses_change_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    tight = re.sub(r" *([-+*/^()|,]) *", r"\1", text)
    assert "**" in tight or outcome(text) == outcome(tight)


def outcome(text: str) -> tuple[str, ...]:
    match read_or_refuse(text, ("x", "y")):
        case AnswerError(code=code):
            return ("unreadable", code)
        case Reading(expression, notices):
            return (spelled(expression), *(notice.code for notice in notices))
