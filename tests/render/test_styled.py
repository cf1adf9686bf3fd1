"""Wrapping loses nothing but blanks, keeps roles with their characters, and stays within the width."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tutor.render.blocks import GLUE, Role
from tutor.render.styled import Styled, columns, joined, padded, painted, styled, wrapped

WORDS = st.lists(st.text(alphabet="abcxyz²·()√中é", min_size=1, max_size=30), max_size=30).map(" ".join)


@given(text=WORDS, width=st.integers(20, 90), first=st.integers(0, 4), later=st.integers(0, 8))
def test_lines_fit_and_hold_all_that_was_there(text: str, width: int, first: int, later: int) -> None:
    lines = wrapped(styled(text), width, first, later)
    assert all(columns(line.text) <= width for line in lines)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())


@given(st.lists(st.tuples(st.text(alphabet="ab ", min_size=1, max_size=12), st.sampled_from(Role)), max_size=12))
def test_each_character_keeps_its_role(parts: list[tuple[str, Role]]) -> None:
    whole = joined(styled(text, role) for text, role in parts)
    kept = [(letter, role) for letter, role in zip(whole.text, whole.roles, strict=True) if letter != " "]
    lines = wrapped(whole, 20)
    found = [pair for line in lines for pair in zip(line.text, line.roles, strict=True) if pair[0] != " "]
    assert found == kept


@given(st.lists(st.tuples(st.text(alphabet="ab ", min_size=1, max_size=12), st.sampled_from(Role)), max_size=12))
def test_colour_changes_no_character(parts: list[tuple[str, Role]]) -> None:
    line = joined(styled(text, role) for text, role in parts)
    assert re.sub(r"\x1b\[\d*m", "", painted(line, color=True)) == painted(line, color=False)


def test_a_glued_blank_is_never_a_line_end_and_shows_as_a_blank() -> None:
    lines = wrapped(styled(f"aaaa bbbb{GLUE}cccc"), 10)
    assert [painted(line, color=False) for line in lines] == ["aaaa", "bbbb cccc"]


def test_a_long_product_is_broken_after_its_signs_and_not_after_its_label() -> None:
    text = "Product: " + "·".join(["cos(x)"] * 5)
    assert [line.text for line in wrapped(styled(text), 24, 0, 9)] == [
        "Product: cos(x)·cos(x)·",
        "         cos(x)·cos(x)·",
        "         cos(x)",
    ]


def test_a_wide_character_takes_two_columns_and_a_combining_one_none() -> None:
    assert (columns("中"), columns("e\u0301"), columns("x²")) == (2, 1, 2)


def test_padding_fills_up_to_a_width_and_never_cuts() -> None:
    assert padded(styled("ab"), 4).text == "ab  "
    assert padded(styled("abcdef"), 4).text == "abcdef"
    assert Styled() + styled("x") == styled("x")
