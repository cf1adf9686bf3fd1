from __future__ import annotations

from fractions import Fraction
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula import formula
from tests.strategies import expressions, rational_numbers, vectors
from tutor.expression.to_box import Box, above, beside, clipped, to_box
from tutor.expression.to_text import Notation
from tutor.expression.tree import Apply, Expression, Number, Symbol, number

# fmt: off
PICTURES = {
    "a sigmoid": (
        "1/(1 + exp(-x))",
        """
             1
        ───────────
        1 + exp(-x)
        """,
        """
             1
        -----------
        1 + exp(-x)
        """,
    ),
    "a coefficient": (
        "2*x*exp(sin(x^2))*cos(x^2)",
        """
        2x·exp(sin(x²))·cos(x²)
        """,
        """
                     2        2
        2*x*exp(sin(x ))*cos(x )
        """,
    ),
    "a quotient of a product": (
        "(sin(x)*x)/(1 + x^2)",
        """
        sin(x)·x
        ────────
         1 + x²
        """,
        """
        sin(x)*x
        --------
              2
         1 + x
        """,
    ),
    "a nested fraction has the shorter bar": (
        "1/(1 + 1/(1 + 1/x))",
        """
            1
        ─────────
              1
        1 + ─────
                1
            1 + ─
                x
        """,
        """
             1
        -----------
               1
        1 + -------
                 1
            1 + ---
                 x
        """,
    ),
    "a fraction of fractions": (
        "(a/b)/(c/d)",
        """
         a
         ─
         b
        ───
         c
         ─
         d
        """,
        """
          a
         ---
          b
        -----
          c
         ---
          d
        """,
    ),
    "a divided quotient": (
        "a/(b/c)",
        """
         a
        ───
         b
         ─
         c
        """,
        """
          a
        -----
          b
         ---
          c
        """,
    ),
    "a minus before a fraction": (
        "-(x/2)",
        """
          x
        - ─
          2
        """,
        """
           x
        - ---
           2
        """,
    ),
    "a fraction beside a symbol": (
        "1/2*x",
        """
        1
        ─ · x
        2
        """,
        """
         1
        --- * x
         2
        """,
    ),
    "a reciprocal stays one": (
        "1/x^2",
        """
        1
        ──
        x²
        """,
        """
         1
        ---
         2
        x
        """,
    ),
    "two minuses stay two": (
        "-(-x)",
        """
        -(-x)
        """,
        """
        -(-x)
        """,
    ),
    "brackets on the right of a sum stay": (
        "a - (b - c)",
        """
        a - (b - c)
        """,
        """
        a - (b - c)
        """,
    ),
    "factors keep their order": (
        "x*2*3",
        """
        x·2·3
        """,
        """
        x*2*3
        """,
    ),
    "a minus in a product": (
        "a*(-b)",
        """
        a·(-b)
        """,
        """
        a*(-b)
        """,
    ),
    "a negative coefficient": (
        "-2*x^(-3)",
        """
        -2x⁻³
        """,
        """
            -3
        -2*x
        """,
    ),
    "a variable exponent is raised": (
        "x^x + 1",
        """
         x
        x  + 1
        """,
        """
         x
        x  + 1
        """,
    ),
    "a tower": (
        "e^e^x",
        """
          x
         e
        e
        """,
        """
          x
         e
        e
        """,
    ),
    "a power of a power": (
        "(a^b)^c",
        """
          b c
        (a )
        """,
        """
          b c
        (a )
        """,
    ),
    "an exponent in one line": (
        "e^(-x^2/2)/sqrt(2*pi)",
        """
         -x²/2
        e
        ──────
          __
         √2π
        """,
        """
            2
          -x
          ---
           2
         e
        ------
          ____
        \\/2*pi
        """,
    ),
    "a sum in an exponent": (
        "e^(2*x)/(1 + e^x)^2",
        """
            2x
           e
        ─────────
              x
        (1 + e )²
        """,
        """
           2*x
          e
        ---------
              x 2
        (1 + e )
        """,
    ),
    "a tall base": (
        "(x/(x + 1))^2",
        """
        ⎛  x  ⎞²
        ⎜─────⎟
        ⎝x + 1⎠
        """,
        """
        /  x  \\2
        |-----|
        \\x + 1/
        """,
    ),
    "a variable power of a tall base": (
        "(1 + 1/n)^n",
        """
        ⎛    1⎞n
        ⎜1 + ─⎟
        ⎝    n⎠
        """,
        """
        /     1 \\n
        |1 + ---|
        \\     n /
        """,
    ),
    "a power stands on the name": (
        "sin(3*x)^2 + tan(x/2)^2",
        """
                       ⎛x⎞
        sin²(3x) + tan²⎜─⎟
                       ⎝2⎠
        """,
        """
           2           2/ x \\
        sin (3*x) + tan |---|
                        \\ 2 /
        """,
    ),
    "other powers stand after the brackets": (
        "log(x)^2*sin(x)^(-1)",
        """
        ln(x)²·sin(x)⁻¹
        """,
        """
             2       -1
        ln(x) *sin(x)
        """,
    ),
    "a root of a symbol": (
        "2*sqrt(x)",
        """
        2√x
        """,
        """
            _
        2*\\/x
        """,
    ),
    "a root of a sum": (
        "1/sqrt(x + 1)",
        """
          1
        ──────
         _____
        √x + 1
        """,
        """
           1
        -------
          _____
        \\/x + 1
        """,
    ),
    "a root of a quotient": (
        "sqrt((x + 1)/(x - 1))",
        """
         ┌───────
         │ x + 1
         │ ─────
        ╲│ x - 1
        """,
        """
          _______
         | x + 1
         | -----
        \\| x - 1
        """,
    ),
    "a root in a root": (
        "sqrt(sqrt(x) + 1)",
        """
         ______
        √√x + 1
        """,
        """
          _________
         |   _
        \\| \\/x + 1
        """,
    ),
    "a cube root": (
        "2*root(x, 3)",
        """
        2·³√x
        """,
        """
          3 _
        2*\\/x
        """,
    ),
    "a root of any index": (
        "root(x/2, n)*root(x + 1, 3)",
        """
        n┌───
         │ x      _____
         │ ─  · ³√x + 1
        ╲│ 2
        """,
        """
        n _____
         |  x     3 _____
         | ---  * \\/x + 1
        \\|  2
        """,
    ),
    "a root in brackets": (
        "sqrt(x)^3",
        """
        (√x)³
        """,
        """
           _ 3
        (\\/x)
        """,
    ),
    "absolute values": (
        "abs(abs(x) - 1)*abs(x/2)",
        """
                    │x│
        ||x| - 1| · │─│
                    │2│
        """,
        """
                    | x |
        ||x| - 1| * |---|
                    | 2 |
        """,
    ),
    "a base under the line": (
        "log_base(b, x) + log_base(2, x)^2",
        """
        log (x) + log₂(x)²
           b
        """,
        """
                         2
        log (x) + log (x)
           b         2
        """,
    ),
    "logarithms": (
        "log2(x)*log10(x)*log(x)",
        """
        log₂(x)·log₁₀(x)·ln(x)
        """,
        """
        log2(x)*log10(x)*ln(x)
        """,
    ),
    "a gradient": (
        "[2*x*y, x^2 + 1]",
        """
        [2x·y, x² + 1]
        """,
        """
                 2
        [2*x*y, x  + 1]
        """,
    ),
    "a gradient with a fraction": (
        "[x/y, -1]",
        """
        ⎡x    ⎤
        ⎢─, -1⎥
        ⎣y    ⎦
        """,
        """
        [ x     ]
        [---, -1]
        [ y     ]
        """,
    ),
    "a matrix": (
        "[[1, x], [-y, 10]]",
        """
        ⎡1   x ⎤
        ⎣-y  10⎦
        """,
        """
        [1   x ]
        [-y  10]
        """,
    ),
    "a matrix of fractions": (
        "[[1/x, y], [2, x^2]]",
        """
        ⎡1    ⎤
        ⎢─  y ⎥
        ⎢x    ⎥
        ⎢     ⎥
        ⎣2  x²⎦
        """,
        """
        [ 1     ]
        [---  y ]
        [ x     ]
        [       ]
        [      2]
        [ 2   x ]
        """,
    ),
    "ragged rows are no matrix": (
        "[[1, 2], [3]]",
        """
        [[1, 2], [3]]
        """,
        """
        [[1, 2], [3]]
        """,
    ),
    "Greek letters and subscripts": (
        "w_1*x_1 + alpha*theta - sigma",
        """
        w₁·x₁ + α·θ - σ
        """,
        """
        w_1*x_1 + alpha*theta - sigma
        """,
    ),
    "a neuron": (
        "sigmoid(w*x + b)*(1 - sigmoid(w*x + b))",
        """
        σ(w·x + b)·(1 - σ(w·x + b))
        """,
        """
        sigmoid(w*x + b)*(1 - sigmoid(w*x + b))
        """,
    ),
    "several arguments": (
        "max(0, x/2, pi)",
        """
           ⎛   x   ⎞
        max⎜0, ─, π⎟
           ⎝   2   ⎠
        """,
        """
           /    x     \\
        max|0, ---, pi|
           \\    2     /
        """,
    ),
    "inverse functions": (
        "atan(x) + asinh(x)",
        """
        arctan(x) + arsinh(x)
        """,
        """
        arctan(x) + arsinh(x)
        """,
    ),
    "decimals": (
        "0.5*x^2.5",
        """
            2.5
        0.5x
        """,
        """
             2.5
        0.5*x
        """,
    ),
    "the normal density": (
        "1/(sigma*sqrt(2*pi))*exp(-((x - mu)/sigma)^2/2)",
        """
                   ⎛  ⎛x - μ⎞²⎞
                   ⎜- ⎜─────⎟ ⎟
          1        ⎜  ⎝  σ  ⎠ ⎟
        ───── · exp⎜──────────⎟
           __      ⎝    2     ⎠
        σ·√2π
        """,
        """
                          /  /x - mu\\2\\
                          |- |------| |
             1            |  \\sigma / |
        ------------ * exp|-----------|
                ____      \\     2     /
        sigma*\\/2*pi
        """,
    ),
    "the long quotient rule": (
        "((2*x)*sin(x) - x^2*cos(x))/sin(x)^2",
        """
        2x·sin(x) - x²·cos(x)
        ─────────────────────
               sin²(x)
        """,
        """
                      2
        2*x*sin(x) - x *cos(x)
        ----------------------
                  2
               sin (x)
        """,
    ),
    "e as a factor": (
        "2*e*x - 2*e1",
        """
        2e·x - 2·e₁
        """,
        """
        2*e*x - 2*e1
        """,
    ),
}
# fmt: on


@pytest.mark.parametrize(("text", "unicode", "ascii_only"), PICTURES.values(), ids=PICTURES.keys())
def test_picture(text: str, unicode: str, ascii_only: str) -> None:
    expression = formula(text)
    assert str(to_box(expression)) == dedent(unicode).strip("\n").rstrip()
    assert str(to_box(expression, Notation.ASCII)) == dedent(ascii_only).strip("\n").rstrip()


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
