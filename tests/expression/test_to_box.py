from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula import formula
from tests.strategies import expressions, rational_numbers, vectors
from tutor.expression.to_box import Box, above, beside, clipped, to_box
from tutor.expression.to_text import Notation
from tutor.expression.tree import Apply, Expression, Number, Symbol, number


def pictures() -> dict[str, tuple[str, str, str]]:
    """The cases of pictures.txt: title, formula, picture in Unicode, picture in ASCII."""
    blocks = Path(__file__).with_name("pictures.txt").read_text("utf-8").removeprefix("## ").split("\n\n## ")
    cases = [block.rstrip("\n").split("\n~~\n") for block in blocks]
    return {head.split("\n")[0]: (head.split("\n")[1], unicode, plain) for head, unicode, plain in cases}


PICTURES = pictures()


@pytest.mark.parametrize(("text", "unicode", "plain"), PICTURES.values(), ids=PICTURES.keys())
def test_picture(text: str, unicode: str, plain: str) -> None:
    assert str(to_box(formula(text))) == unicode
    assert str(to_box(formula(text), Notation.ASCII)) == plain


NUMBERS = {
    "below zero": ("-3", "-3"),
    "a fraction in one piece": ("2/3", "2\n─\n3"),
    "a negative fraction": ("-2/3", "  2\n- ─\n  3"),
}


@pytest.mark.parametrize(("value", "picture"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_that_only_a_program_makes(value: str, picture: str) -> None:
    assert str(to_box(Number(Fraction(value)))) == picture


def everything() -> st.SearchStrategy[Expression]:
    """Formulas with every head and every kind of number, and vectors of them."""
    numbers = st.one_of(st.integers(0, 99).map(number), rational_numbers())
    return st.one_of(expressions(), expressions(numbers=numbers), vectors(expressions(max_leaves=5)))


@given(everything())
@settings(max_examples=300)
def test_every_formula_is_a_rectangle_with_its_baseline_inside(expression: Expression) -> None:
    for notation in Notation:
        box = to_box(expression, notation)
        assert {len(line) for line in box.lines} == {box.width}
        assert 0 <= box.baseline < box.height
        assert all(character.isprintable() for line in box.lines for character in line)


@given(everything())
@settings(max_examples=300)
def test_plain_pictures_are_ascii(expression: Expression) -> None:
    assert "\n".join(to_box(expression, Notation.ASCII).lines).isascii()


@given(everything())
@settings(max_examples=200)
def test_no_line_above_or_below_is_empty(expression: Expression) -> None:
    for notation in Notation:
        box = to_box(expression, notation)
        assert box.lines[0].strip()
        assert box.lines[-1].strip()


@given(everything(), st.integers(-1, 30), st.integers(-1, 6))
@settings(max_examples=300)
def test_a_clipped_box_fits_and_keeps_its_baseline(expression: Expression, width: int, height: int) -> None:
    box = to_box(expression)
    cut = clipped(box, width, height)
    assert cut.height <= max(height, 1)
    assert {len(line) for line in cut.lines} == {cut.width}
    assert cut.width <= max(width, 1)
    line = cut.lines[cut.baseline].rstrip("… ")
    assert box.lines[box.baseline].startswith(line)


CLIPPED = {
    "what fits is untouched": ("x + y", 5, 1, ["x + y"]),
    "a long line": ("x + y + z", 5, 1, ["x + …"]),
    "lines above and below": ("1/(1 + 1/(1 + 1/x))", 20, 3, ["    1     ", "───────── ", "      1  …"]),
    "a baseline in the middle": ("(1 + 1/x)/(1 + 1/y)", 20, 3, ["    x…", "───── ", "    1…"]),
}


@pytest.mark.parametrize(("text", "width", "height", "lines"), CLIPPED.values(), ids=CLIPPED.keys())
def test_clipped(text: str, width: int, height: int, lines: list[str]) -> None:
    assert list(clipped(to_box(formula(text)), width, height).lines) == lines


def test_boxes_beside_each_other_share_a_baseline() -> None:
    tall = Box(("a", "b", "c"), 1)
    assert beside(Box((">",)), tall, Box(("x", "y"), 0)) == Box((" a ", ">bx", " cy"), 1)


def test_boxes_above_each_other_stand_in_the_middle() -> None:
    assert above(Box(("1",)), Box(("───",)), baseline=1) == Box((" 1 ", "───"), 1)


def test_an_empty_vector_and_a_vector_of_one() -> None:
    assert to_box(Apply("vector", ())).lines == ("[]",)
    assert to_box(Apply("vector", (Symbol("x"),))).lines == ("[x]",)


def test_no_depth_is_too_deep() -> None:
    tree: Expression = Symbol("x")
    for _ in range(1_000):
        tree = Apply("sin", (Apply("neg", (tree,)),))
    assert to_box(tree).lines == ("sin(-" * 1_000 + "x" + ")" * 1_000,)
