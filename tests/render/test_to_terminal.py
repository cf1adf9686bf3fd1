"""Blocks as text: 80 columns, no colour that says something alone, ASCII where it must be, carets under their place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render import samples
from tests.render.test_document import ASSESSMENTS
from tutor.errors import Span
from tutor.expression.tree import Expression
from tutor.feedback.ticks import Tick
from tutor.render.blocks import (
    Banner,
    Choices,
    LayerRow,
    LayerTable,
    Mark,
    Marked,
    Maths,
    Paragraph,
    Pointer,
    StepLine,
    StepTree,
    Table,
    Words,
)
from tutor.render.document import document
from tutor.render.look import Look
from tutor.render.to_terminal import lines_of, to_terminal

LOOKS = {"unicode": Look(), "ascii": Look(unicode=False), "plain": Look().as_plain(), "color": Look(color=True)}


def long_sum(terms: int) -> Expression:
    tree: Expression = samples.X
    for index in range(terms):
        tree = samples.call("+", tree, samples.call("sin", samples.call("*", samples.number(index), samples.X)))
    return tree


EXPRESSIONS = st.recursive(
    st.one_of(st.sampled_from([samples.X, samples.Y]), st.integers(0, 99).map(samples.number)),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("+-*/^"), inner, inner).map(lambda parts: samples.call(*parts)),
        st.tuples(st.sampled_from(["sin", "exp", "sqrt", "abs"]), inner).map(lambda parts: samples.call(*parts)),
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("name", ASSESSMENTS)
def test_colour_and_its_absence_say_the_same(name: str) -> None:
    page = document(ASSESSMENTS[name])
    colored = to_terminal(page, LOOKS["color"])
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[\d*m", "", colored) == to_terminal(page, LOOKS["unicode"])


@pytest.mark.parametrize("name", ASSESSMENTS)
def test_ascii_is_ascii(name: str) -> None:
    assert to_terminal(document(ASSESSMENTS[name]), LOOKS["ascii"]).isascii()


@settings(max_examples=150, deadline=None)
@given(
    outer=EXPRESSIONS,
    inside=EXPRESSIONS,
    local=EXPRESSIONS,
    tick=st.sampled_from(Tick),
    unicode=st.booleans(),
)
def test_everything_fits_into_80_columns(
    outer: Expression, inside: Expression, local: Expression, tick: Tick, unicode: bool
) -> None:
    look = Look(unicode=unicode)
    row = LayerRow(1, outer, "u", inside, local, tick, "missing from your answer")
    blocks = (
        Banner(Mark.WRONG, "Not yet.", (Maths(outer),), (Words("read as  "), Maths(inside))),
        LayerTable((row, row)),
        Table(("cell", "your answer", ""), (((Words("f'(x)"),), (Maths(local),), (Words("✗"),)),)),
        StepTree((StepLine(3, "1.1.1", "d/dx", outer, local, "product", "", tick, "your answer has x"),)),
        Paragraph((Words("See it: "), Maths(inside), Words(".")), "chain-drop-middle"),
    )
    lines = lines_of(blocks, look)
    assert max(len(line.text) for line in lines) <= look.width


def test_a_wide_layer_stands_under_one_another() -> None:
    page = to_terminal(
        (LayerTable((LayerRow(1, long_sum(6), "u", long_sum(6), long_sum(6), Tick.WRONG, "missing"),)),), Look()
    )
    assert "local derivative  x + " in page
    assert "✗ missing" in page


def test_a_wide_table_is_told_row_by_row() -> None:
    rows = (((Words("∂f/∂x"),), (Maths(long_sum(9)),), (Words("✓"),)),)
    assert to_terminal((Table(("cell", "your answer", ""), rows),), Look()).startswith("  ∂f/∂x: your answer x + ")


@pytest.mark.parametrize(
    ("text", "span", "caret"),
    [
        ("2x^^3", (3, 4), "     ^"),
        ("sine(x)", (0, 4), "  ^^^^"),
        ("x +", (3, 3), "     ^"),
        ("a\x1bb$", (3, 4), "        ^"),
        ("中$", (1, 2), "    ^"),
    ],
)
def test_carets_stand_under_their_place(text: str, span: tuple[int, int], caret: str) -> None:
    page = to_terminal((Pointer(text, Span(*span), "why", "what"),), Look())
    assert page.splitlines()[1:] == [caret, "  why", "  help: what"]


@given(before=st.integers(0, 900), after=st.integers(0, 900))
def test_the_place_in_a_long_text_is_always_on_the_screen(before: int, after: int) -> None:
    text = "x" * before + "$" + "y" * after
    excerpt, carets = to_terminal((Pointer(text, Span(before, before + 1), "", ""),), Look()).splitlines()
    assert len(excerpt) <= Look().width
    assert excerpt[carets.index("^")] == "$"


LABEL = (Words("look here"),)


@pytest.mark.parametrize(
    ("text", "span", "drawn"),
    [
        ("2x cos x", (3, 8), ["  2x cos x", "     ^^^^^ look here"]),
        ("x" * 70, (65, 70), ["  " + "x" * 70, "  " + " " * 65 + "^^^^^", "  look here"]),
    ],
)
def test_a_marked_place_has_its_words_beside_it_or_under_it(text: str, span: tuple[int, int], drawn: list[str]) -> None:
    assert to_terminal((Marked(text, Span(*span), LABEL),), Look()).splitlines() == drawn


def test_plain_text_quotes_a_marked_place_and_counts_its_characters() -> None:
    part, whole = Marked("2x cos x", Span(3, 8), LABEL), Marked(" cos x", Span(1, 6), LABEL)
    assert to_terminal((part, whole), LOOKS["plain"]).splitlines() == [
        "  In your answer, at cos x (character 4): look here.",
        "  In your answer: look here.",
    ]


def test_no_excerpt_where_there_is_no_place_or_no_text() -> None:
    assert (
        to_terminal((Pointer("", Span(0, 0), "there is no answer here", ""),), Look()) == "  there is no answer here\n"
    )
    assert to_terminal((Pointer("x", None, "too long", ""),), Look()) == "  too long\n"


def test_options_are_numbered_from_1_and_set_in() -> None:
    page = to_terminal((Choices(("one", "two " * 30)),), Look()).splitlines()
    assert page[0] == "  1  one"
    assert page[1].startswith("  2  two two")
    assert page[2].startswith("     two")


def test_plain_text_tells_a_layer_in_one_line() -> None:
    rows = (LayerRow(2, samples.SIN_SQUARE, "v", samples.SQUARE, samples.COS_SQUARE, Tick.FOLLOWS, ""),)
    expected = "Layer 2: sin(x²), where v = x²; local derivative cos(x²); follows from the one above.\n"
    assert to_terminal((LayerTable(rows),), LOOKS["plain"]) == expected


def test_numbers_are_aligned_to_the_right() -> None:
    rows = tuple(((Words(f"{step}"),), (Words(f"{error}"),)) for step, error in ((1, 10), (10, 1)))
    page = to_terminal((Table(("h", "error"), rows, frozenset({0, 1})),), Look()).splitlines()
    assert page == ["   h   error", "   1      10", "  10       1"]
