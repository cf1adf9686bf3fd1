"""Foreign text cannot move the cursor, reorder a line, or fill the screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.render.shown import LONGEST, help_line, shown, shown_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sin(x²) · π", "sin(x²) · π"),
        ("a\tb", "a b"),
        ("a\nb", "a\\x0ab"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b2J", "\\x9b2J"),
        ("a\u202eb", "a\\u202eb"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("\u2028", "\\u2028"),
        ("\ufeffx", "\\ufeffx"),
    ],
)
def test_a_character_that_does_not_show_is_shown_by_number(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text(alphabet=st.characters(), max_size=400))
def test_what_is_shown_is_one_printable_line_of_bounded_length(text: str) -> None:
    result = shown(text)
    assert all(unicodedata.category(character)[0] != "C" for character in result)
    assert len(result.splitlines()) <= 1
    assert len(result) <= 10 * LONGEST
    result.encode("utf-8")


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert shown("x" * 500, 10) == "xxxxxxxxx…"


def test_lines_of_a_prompt_stay_lines() -> None:
    assert shown_lines("one\ntwo\x07") == "one\ntwo\\x07"


def test_help_stands_under_an_error_only_where_there_is_some() -> None:
    assert (help_line("write sin"), help_line(None), help_line("")) == ("help: write sin", "", "")
