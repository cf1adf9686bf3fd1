from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula import formula
from tests.strategies import expressions, rational_numbers, vectors
from tutor.expression.to_mathml import NAMESPACE, to_mathml
from tutor.expression.tree import Apply, Expression, Symbol, number

X = "<mi>x</mi>"
OF_X = f"<mo>\u2061</mo><mrow><mo>(</mo><mrow>{X}</mrow><mo>)</mo></mrow>"

# fmt: off
MARKUP = {
    "a symbol":                  ("x",           X),
    "a coefficient":             ("2*x",         f"<mn>2</mn><mo>\u2062</mo>{X}"),
    "digits need a dot":         ("x*2",         f"{X}<mo>\u22c5</mo><mn>2</mn>"),
    "a difference":              ("x - 1",       f"{X}<mo>\u2212</mo><mn>1</mn>"),
    "a fraction":                ("x/2",         f"<mfrac><mrow>{X}</mrow><mrow><mn>2</mn></mrow></mfrac>"),
    "a power":                   ("x^2",         f"<msup><mrow>{X}</mrow><mrow><mn>2</mn></mrow></msup>"),
    "a root":                    ("sqrt(x)",     f"<msqrt><mrow>{X}</mrow></msqrt>"),
    "a cube root":               ("root(x, 3)",  f"<mroot><mrow>{X}</mrow><mrow><mn>3</mn></mrow></mroot>"),
    "a function":                ("sin(x)",      f"<mi>sin</mi>{OF_X}"),
    "a power on the name":       ("sin(x)^2",    f"<msup><mi>sin</mi><mrow><mn>2</mn></mrow></msup>{OF_X}"),
    "a logarithm":               ("log(x)",      f"<mi>ln</mi>{OF_X}"),
    "a logarithm to base two":   ("log2(x)",     f"<msub><mi>log</mi><mn>2</mn></msub>{OF_X}"),
    "an absolute value":         ("abs(x)",      f"<mrow><mo>|</mo><mrow>{X}</mrow><mo>|</mo></mrow>"),
    "a subscript":               ("x_1",         "<msub><mi>x</mi><mn>1</mn></msub>"),
    "a word as subscript":       ("x_max",       "<msub><mi>x</mi><mi>max</mi></msub>"),
    "Greek letters and numbers": ("alpha + pi",  "<mi>α</mi><mo>+</mo><mi>π</mi>"),
    "a vector is a column": (
        "[x, 1]",
        "<mrow><mo>(</mo><mrow><mtable><mtr><mtd><mrow><mi>x</mi></mrow></mtd></mtr>"
        "<mtr><mtd><mrow><mn>1</mn></mrow></mtd></mtr></mtable></mrow><mo>)</mo></mrow>",
    ),
}
# fmt: on


@pytest.mark.parametrize(("typed", "markup"), MARKUP.values(), ids=MARKUP.keys())
def test_markup(typed: str, markup: str) -> None:
    assert to_mathml(formula(typed)) == f'<math xmlns="{NAMESPACE}"><mrow>{markup}</mrow></math>'


def test_numbers_that_only_a_program_makes() -> None:
    markup = to_mathml(number(Fraction(-1, 2)))
    assert "<mo>\u2212</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>" in markup


def test_names_are_escaped() -> None:
    markup = to_mathml(Apply("<script>", (Symbol("a&b<c>"),)))
    assert "<script>" not in markup
    assert [part.text for part in ElementTree.fromstring(markup).iter() if part.tag.endswith("mi")] == [
        "<script>",
        "a&b<c>",
    ]


CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "mroot": 2, "msqrt": 1, "mtd": 1}


@given(st.one_of(expressions(), expressions(numbers=rational_numbers()), vectors(expressions(max_leaves=5))))
@settings(max_examples=300)
def test_markup_is_well_formed_and_has_the_children_that_mathml_asks_for(expression: Expression) -> None:
    text = to_mathml(expression)
    assert "\n" not in text
    root = ElementTree.fromstring(text)
    assert root.tag == f"{{{NAMESPACE}}}math"
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        assert name in {"math", "mrow", "mi", "mn", "mo", "mtable", "mtr", *CHILDREN}
        assert len(element) == CHILDREN.get(name, len(element))
        assert name not in {"mi", "mn", "mo"} or (element.text and not len(element))


@given(expressions())
@settings(max_examples=200)
def test_every_digit_and_name_of_the_formula_is_there(expression: Expression) -> None:
    text = "".join(ElementTree.fromstring(to_mathml(expression)).itertext())
    assert text.count("(") == text.count(")")
    assert text.count("|") % 2 == 0


def test_no_depth_is_too_deep() -> None:
    tree: Expression = Symbol("x")
    for _ in range(2_000):
        tree = Apply("neg", (tree,))
    assert to_mathml(tree).count("\u2212") == 2_000
