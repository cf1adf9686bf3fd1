"""Each kind: its cells and their names, how answers are taken apart and read, its question, label and hints."""
# ruff: noqa: E501  # one case a line

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import expressions
from tutor.exercise.inline import row_exercise
from tutor.exercise.loader import load
from tutor.exercise.model import Exercise
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Choice, Formula, Slope
from tutor.kinds.choice import shuffled
from tutor.kinds.entries import rows
from tutor.kinds.kind import Prompt


def exercise(text: str) -> Exercise:
    return load(f"schema: 1\nexercises:\n- {{id: a, {text}}}\n", KINDS)[0]


def tree(text: str) -> Expression:
    return parse(text).expression


def names(one: Exercise) -> list[str]:
    return [cell.name for cell in KINDS[one.kind].cells(one)]


def read(one: Exercise, text: str) -> list[str]:
    """The cells as they were read: formulas, or the codes of errors in brackets."""
    answers = KINDS[one.kind].read(one, text)
    assert all((answer.reading is None) != (answer.error is None) for answer in answers)
    return [to_text(a.reading.expression) if a.reading else f"<{a.error.code if a.error else ''}>" for a in answers]


def words(prompt: Prompt) -> str:
    return "".join(part if isinstance(part, str) else f"[{to_text(part)}]" for part in prompt)


def test_the_catalogue_finds_every_kind_and_nothing_else() -> None:
    assert set(KINDS) == {"expression", "gradient", "jacobian", "number", "choice"}
    assert all(name == kind.name for name, kind in KINDS.items())


# ---- cells ----------------------------------------------------------------------------------------------------------

CELLS = [
    ({"function": "sin(x^2)"}, ["f'(x)"]),
    ({"function": "t^3", "order": 2}, ["f''(t)"]),
    ({"function": "t^9", "order": 4}, ["f⁽⁴⁾(t)"]),
    ({"function": "a*x^2", "variable": "x"}, ["∂f/∂x"]),
    ({"function": "a*x^2", "variable": "x", "order": 2}, ["∂²f/∂x²"]),
    ({"function": "theta^2"}, ["f'(θ)"]),
    ({"function": "f^2"}, ["g'(f)"]),
    ({"function": "x*y*z", "variables": ["x", "z"]}, ["∂f/∂x", "∂f/∂z"]),
    ({"function": ["x*y", "x"], "variables": ["x", "y"]}, ["∂f₁/∂x", "∂f₁/∂y", "∂f₂/∂x", "∂f₂/∂y"]),
    ({"function": "x^2", "at": {"x": 2}}, ["f'(2)"]),
    ({"function": "x^2", "at": {"x": "1/2"}, "order": 2}, ["f''(1/2)"]),
    ({"function": "a*x^2", "variable": "x", "at": {"x": 2, "a": 1}}, ["∂f/∂x at x = 2, a = 1"]),
    ({"expected": "2*x"}, ["answer"]),
    ({"expected": ["y", "x"]}, ["entry 1", "entry 2"]),
]


@pytest.mark.parametrize(("row", "expected"), CELLS, ids=[str(row[0]) for row in CELLS])
def test_cells_are_named_as_on_paper(row: dict[str, object], expected: list[str]) -> None:
    assert names(row_exercise(row)) == expected


def test_the_slope_of_a_higher_order_repeats_the_variable() -> None:
    (cell,) = KINDS["expression"].cells(row_exercise({"function": "x^5", "order": 3}))
    assert cell.target == Slope(tree("x^5"), ("x", "x", "x"))


def test_a_jacobian_goes_row_by_row() -> None:
    one = row_exercise({"function": ["x*y", "x"], "variables": ["x", "y"]})
    targets = [cell.target for cell in KINDS["jacobian"].cells(one)]
    f, g = tree("x*y"), tree("x")
    assert targets == [Slope(f, ("x",)), Slope(f, ("y",)), Slope(g, ("x",)), Slope(g, ("y",))]


def test_without_a_function_the_answer_is_the_formula() -> None:
    (cell,) = KINDS["number"].cells(exercise("kind: number, prompt: p, answer: 4*(-0.5)"))
    assert isinstance(cell.target, Formula)
    assert cell.tolerance is not None
    assert cell.tolerance.digits == 3


# ---- reading one formula --------------------------------------------------------------------------------------------

READ_ONE = [
    ({"function": "sin(x^2)"}, "2x cos(x^2)", ["2*x*cos(x^2)"]),
    ({"function": "sin(x^2)"}, "f'(x) = 2x cos(x^2)", ["2*x*cos(x^2)"]),
    ({"function": "sin(x^2)"}, "  ", ["<empty>"]),
    ({"function": "sin(x^2)"}, "2y", ["<undeclared>"]),
    ({"function": "a*x^2", "variable": "x"}, "2a x", ["2*a*x"]),
    ({"function": "x^2", "at": {"x": 2}}, "4", ["4"]),
    ({"function": "x^2", "at": {"x": 2}}, "f'(2) = 4", ["4"]),
    ({"function": "x^2", "at": {"x": 2}}, "slope = 2*2", ["2*2"]),
    ({"function": "x^2", "at": {"x": 2}}, "2x", ["<not-a-number>"]),
    ({"function": "x^2", "at": {"x": 2}}, "", ["<empty>"]),
    ({"function": "x^2"}, "(2x, 0)", ["<wrong-shape>"]),
    ({"function": "x^2"}, "1 + sin((2x, 0))", ["<wrong-shape>"]),
    ({"function": "x^2"}, "softmax(x, 1)", ["<wrong-shape>"]),
    (
        {"function": "log(exp(x) + exp(y))", "variables": ["x", "y"]},
        "softmax(x, y)",
        ["exp(x)/(exp(x)+exp(y))", "exp(y)/(exp(x)+exp(y))"],
    ),
    ({"function": "log(exp(x) + exp(y))", "variables": ["x", "y"]}, "softmax(x, y, 0)", ["<wrong-shape>"] * 2),
    ({"expected": "2*x"}, "x + x", ["x+x"]),
    ({"expected": "2*x", "domain": {"y": [0, 1]}}, "x + y", ["x+y"]),
]


@pytest.mark.parametrize(("row", "text", "expected"), READ_ONE, ids=[row[1] or "nothing" for row in READ_ONE])
def test_one_formula_is_read(row: dict[str, object], text: str, expected: list[str]) -> None:
    assert [cell.replace(" ", "") for cell in read(row_exercise(row), text)] == [
        cell.replace(" ", "") for cell in expected
    ]


def test_the_place_of_an_error_counts_in_what_was_typed() -> None:
    one = row_exercise({"function": "x^2", "at": {"x": 2}})
    (answer,) = KINDS["number"].read(one, "f'(2) = 2x")
    assert answer.error is not None
    assert answer.error.span is not None
    assert answer.text[slice(*answer.error.span)] == "x"


def test_a_derivative_by_another_variable_is_noticed() -> None:
    (answer,) = KINDS["expression"].read(row_exercise({"function": "a*x^2", "variable": "x"}), "df/da = x^2")
    assert answer.reading is not None
    assert [notice.code for notice in answer.reading.notices] == ["other-variable"]


# ---- taking vectors apart -------------------------------------------------------------------------------------------

XY = {"function": "x^2*y", "variables": ["x", "y"]}
READ_VECTOR = [
    "x = 2xy; y = x^2",
    "(2xy, x^2)",
    "[2xy, x^2]",
    "2xy, x^2",
    "{2xy, x^2}",
    "<2xy, x^2>",
    "⟨2xy, x^2⟩",
    "2xy; x^2",
    "2xy\nx^2",
    "((2xy, x^2))",
    "[[2xy, x^2]]",
    "[[2xy], [x^2]]",
    "[2xy; x^2]",
    "(2xy, x^2)^T",
    "[2xy, x^2]ᵀ",
    "np.array([2*x*y, x**2])",
    "torch.tensor([2*x*y, x**2])",
    "∇f = (2xy, x^2)",
    "∇f(x, y) = (2xy, x^2)",
    "grad f = (2xy, x^2)",
    "df/dx = 2xy; df/dy = x^2",
    "∂f/∂x = 2xy, ∂f/∂y = x^2",
    "df/dy = x^2; df/dx = 2xy",
    "f_y = x^2, f_x = 2xy",
    r"\begin{pmatrix} 2xy \\ x^2 \end{pmatrix}",
    r"\left(2xy, x^2\right)",
    r"\nabla f = \left[ 2xy, x^2 \right]",
    " ( 2xy , x^2 ) ",
    "(2xy, x^2);",
]


@pytest.mark.parametrize("text", READ_VECTOR)
def test_a_gradient_is_read_however_it_is_written(text: str) -> None:
    answers = KINDS["gradient"].read(row_exercise(XY), text)
    assert [answer.reading and answer.reading.expression for answer in answers] == [tree("2*x*y"), tree("x^2")]


SHARED = [
    ("2*(x, y)", ["2*x", "2*y"]),
    ("2(x, y)", ["2*x", "2*y"]),
    ("-(x, y)", ["-x", "-y"]),
    ("1/2 * [x, y]", ["1/2*x", "1/2*y"]),
    ("(x, y)/2", ["x/2", "y/2"]),
    ("exp(x)*(x, y)", ["exp(x)*x", "exp(x)*y"]),
    ("(max(x, y), y)", ["max(x, y)", "y"]),
    ("max(x, y), y", ["max(x, y)", "y"]),
    ("(x + y)*x, y", ["(x + y)*x", "y"]),
    ("(x, y + 1)", ["x", "y + 1"]),
]


@pytest.mark.parametrize(("text", "expected"), SHARED, ids=[row[0] for row in SHARED])
def test_a_common_factor_is_shared_out(text: str, expected: list[str]) -> None:
    answers = KINDS["gradient"].read(row_exercise(XY), text)
    assert [answer.reading and answer.reading.expression for answer in answers] == [tree(part) for part in expected]


WRONG_SHAPE = [
    ("2xy", "2 entries wanted: ∂f/∂x, ∂f/∂y; here is 1"),
    ("2xy, x^2, 0", "2 entries wanted: ∂f/∂x, ∂f/∂y; here are 3"),
    ("max(x, y)", "2 entries wanted: ∂f/∂x, ∂f/∂y; here is 1"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_SHAPE, ids=[row[0] for row in WRONG_SHAPE])
def test_another_number_of_entries_is_unreadable_as_a_whole(text: str, message: str) -> None:
    answers = KINDS["gradient"].read(row_exercise(XY), text)
    assert [answer.error and (answer.error.code, answer.error.message) for answer in answers] == [
        ("wrong-shape", message)
    ] * 2


def test_an_entry_that_is_left_out_is_empty_and_the_others_are_read() -> None:
    assert read(row_exercise(XY), "(2xy, )")[0] == "<wrong-shape>"
    assert read(row_exercise(XY), "df/dx = 2xy")[1] == "<empty>"
    assert read(row_exercise(XY), "2xy, sine(y)")[1] == "<unknown-function>"


MATRIX = {"function": ["x^2*y", "5*x + sin(y)"], "variables": ["x", "y"]}


@pytest.mark.parametrize(
    "text",
    [
        "[[2xy, x^2], [5, cos y]]",
        "[2xy, x^2], [5, cos y]",
        "2xy, x^2; 5, cos y",
        "2xy, x^2\n5, cos y",
        "2xy, x^2, 5, cos y",
        "((2xy, x^2), (5, cos y))",
        "[2xy, x^2; 5, cos y]",
        "J = [[2xy, x^2], [5, cos y]]",
        "J_f = [[2xy, x^2], [5, cos y]]",
        "np.array([[2*x*y, x**2], [5, np.cos(y)]])",
        "Matrix([[2*x*y, x**2], [5, cos(y)]])",
        r"\begin{bmatrix} 2xy & x^2 \\ 5 & \cos y \end{bmatrix}",
        "[[2xy, x^2],\n [5, cos y]]",
        "2xy, x^2,\n\n5, cos y\n",
        "\\begin{bmatrix}\n2xy & x^2 \\\\\n5 & \\cos y\n\\end{bmatrix}",
    ],
)
def test_a_jacobian_is_read_however_it_is_written(text: str) -> None:
    answers = KINDS["jacobian"].read(row_exercise(MATRIX), text)
    expected = [tree("2*x*y"), tree("x^2"), tree("5"), tree("cos(y)")]
    assert [answer.reading and answer.reading.expression for answer in answers] == expected


def test_a_transposed_jacobian_of_another_shape_says_what_a_row_is() -> None:
    one = row_exercise({"function": ["x*y*z", "x"], "variables": ["x", "y", "z"]})
    (error, *_) = [answer.error for answer in KINDS["jacobian"].read(one, "[[y*z, 1], [x*z, 0], [x*y, 0]]")]
    assert error is not None
    assert error.message == "2 rows of 3 entries wanted, a row for each function; here: 3 rows of 2"
    assert error.suggestion == "write [[…, …, …], […, …, …]]"


@given(st.text(max_size=60) | st.text("()[]{},;=\n xy2*/^dfT∇∂\\&<>", max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_has_its_error(text: str) -> None:
    for row in (XY, MATRIX, {"function": "x^2"}, {"function": "x^2", "at": {"x": 1}}):
        one = row_exercise(row)
        assert len(read(one, text)) == len(names(one))


@pytest.mark.parametrize(
    "text", ["(" * 2000, "(" * 900 + "," + ")" * 900, "[," * 900, "∇" + " " * 1900, "/d" * 900, "_x" * 900, "=" * 1900]
)
def test_a_hostile_vector_is_read_at_once(text: str) -> None:
    assert len(read(row_exercise(XY), text)) == 2


def test_a_vector_that_is_too_long_is_not_taken_apart() -> None:
    assert read(row_exercise(XY), "x," * 5_000) == ["<too-long>"] * 2


ENTRIES = st.lists(
    st.sampled_from(["x", "2xy", "max(x, y)", "(x + 1)(y - 1)", "[x + 1]/2", "exp(-x)", "-x"]), min_size=1, max_size=4
)


@given(st.lists(ENTRIES, min_size=1, max_size=3).filter(lambda grid: len({len(row) for row in grid}) == 1))
@settings(max_examples=200, deadline=None)
def test_what_is_put_together_is_taken_apart(grid: list[list[str]]) -> None:
    expected = tuple(tuple(row) for row in grid)
    if len(grid[0]) > 1:
        assert rows("[" + ", ".join("[" + ", ".join(row) + "]" for row in grid) + "]") == expected
    assert rows("; ".join(", ".join(row) for row in grid)) == expected


# ---- choices --------------------------------------------------------------------------------------------------------

CHOICE = 'kind: choice, prompt: "Why?", choices: [{text: It tends to 1/2.}, {text: No slope, correct: true}, {text: Zero; always}]'
SEVERAL = 'kind: choice, prompt: "Why?", multiple: true, choices: [{text: One, correct: true}, {text: Two}, {text: Three, correct: true}]'

CHOSEN = [
    (CHOICE, "b", {1}),
    (CHOICE, "B)", {1}),
    (CHOICE, "(c)", {2}),
    (CHOICE, "2", {1}),
    (CHOICE, "option 2", {1}),
    (CHOICE, "no slope", {1}),
    (CHOICE, "It tends  to 1/2", {0}),
    (CHOICE, "Zero; always", {2}),
    (SEVERAL, "a, c", {0, 2}),
    (SEVERAL, "ac", {0, 2}),
    (SEVERAL, "1 and 3", {0, 2}),
    (SEVERAL, "1 3", {0, 2}),
    (SEVERAL, "One; Three", {0, 2}),
    (SEVERAL, '["Three", "One"]', {0, 2}),
    (SEVERAL, "[1, 3]", {0, 2}),
    (SEVERAL, "b", {1}),
]


@pytest.mark.parametrize(("text", "typed", "chosen"), CHOSEN, ids=[row[1] for row in CHOSEN])
def test_options_are_chosen_by_letter_number_or_text(text: str, typed: str, chosen: set[int]) -> None:
    (answer,) = KINDS["choice"].read(exercise(text), typed)
    assert set(answer.chosen) == chosen
    assert answer.error is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "empty"), ("d", "no-such-option"), ("0", "no-such-option"), ("4", "no-such-option"), ("a b", "one-option"),
     ("because", "no-such-option"), ("?", "no-such-option"), ("9" * 5000, "no-such-option"), ("[[", "no-such-option"), ("٢٢٢٢", "no-such-option")],
)  # fmt: skip
def test_a_choice_that_is_none_is_unreadable(typed: str, code: str) -> None:
    (answer,) = KINDS["choice"].read(exercise(CHOICE), typed)
    assert answer.error is not None
    assert answer.error.code == code
    assert answer.chosen == frozenset()


def test_a_shuffle_depends_on_the_seed_and_keeps_what_is_right() -> None:
    one = exercise(SEVERAL)
    orders = {tuple(option.text for option in shuffled(one, str(seed)).options) for seed in range(50)}
    assert len(orders) == 6
    assert shuffled(one, "7") == shuffled(one, "7")
    for seed in range(5):
        moved = shuffled(one, str(seed))
        target = KINDS["choice"].cells(moved)[0].target
        assert isinstance(target, Choice)
        assert {moved.options[number].text for number in target.right} == {"One", "Three"}


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_names_options_or_has_its_error(text: str) -> None:
    for one in (exercise(CHOICE), exercise(SEVERAL)):
        (answer,) = KINDS["choice"].read(one, text)
        assert (answer.error is None) == bool(answer.chosen)
        assert all(0 <= number < 3 for number in answer.chosen)


# ---- what is asked --------------------------------------------------------------------------------------------------

ASKED = [
    ("function: sin(x^2)", "Differentiate [sin(x^2)] with respect to x.", "f'(x) ="),
    ("function: x^4, order: 2", "Find the second derivative of [x^4] with respect to x.", "f''(x) ="),
    ("function: a*x, variable: x, at: {x: 2}", "Differentiate [a*x] with respect to x at x = [2].", "∂f/∂x ="),
    ("function: x^2, form: factored", "Differentiate [x^2] with respect to x. Write it as a product.", "f'(x) ="),
    ('kind: gradient, function: x*y, variables: [x, y]', "Find the gradient of [x*y] with respect to x, y.", "∇f(x, y) ="),
    ('kind: gradient, function: x*y, variables: [x, y], at: {x: 1, y: 2}', "Find the gradient of [x*y] with respect to x, y at x = [1], y = [2].", "∇f(x, y) ="),
    ('kind: jacobian, functions: [x*y, x], variables: [x, y]', "Find the Jacobian of ([x*y], [x]) with respect to x, y, a row for each function.", "J ="),
    ("kind: number, function: x^2, at: {x: 1/2}", "What is the slope of [x^2] at x = [1/2]?", "f'(1/2) ="),
    ("kind: number, function: x^2, at: {x: 2}, order: 2", "What is the second derivative of [x^2] at x = [2]?", "f''(2) ="),
    ('kind: number, prompt: "2 + {2}?", answer: 4', "2 + {2}?", "answer ="),
    ('function: x^2, prompt: "{function} by {variable}, {function}"', "[x^2] by x, [x^2]", "f'(x) ="),
    (CHOICE, "Why?", "your choice:"),
    (SEVERAL, "Why?", "your choices:"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asked", "label"), ASKED, ids=[row[0][:60] for row in ASKED])
def test_the_question_and_the_label(text: str, asked: str, label: str) -> None:
    one = exercise(text)
    assert words(KINDS[one.kind].prompt(one)) == asked
    assert KINDS[one.kind].label(one) == label


PRODUCT = "It is a product: each factor takes a turn, (uv)' = u'v + uv'."
LAST = "· (the slope of the innermost layer)"

HINTED = [
    ("function: exp(sin(x^2))", ["From the outside in: [exp(u)] with u inside, [sin(v)] with v inside, [x^2]",
                                 "Slopes, each in its own letter: [exp(u)], [cos(v)], [2*x]",
                                 f"Multiply: [exp(sin(x^2))] · [cos(x^2)] {LAST}"]),
    ("function: sin(x)^2", ["From the outside in: [u^2] with u inside, [sin(x)]", "Slopes, each in its own letter: [2*u], [cos(x)]",
                            f"Multiply: ([2*sin(x)]) {LAST}"]),
    ("function: x*exp(x)", [PRODUCT, "[x] has the slope [1]; then the slope of [exp(x)]"]),
    ("function: -(x*exp(x))", ["The minus stays in front.", PRODUCT, "[x] has the slope [1]; then the slope of [exp(x)]"]),
    ("function: x^2 - sin(x)", ["It is a difference: differentiate term by term.", "[x^2] has the slope [2*x]; then the slope of [sin(x)]"]),
    ("function: 3*x^2", ["What holds no variable stays as a factor, or falls away as a term.", "The variable stands in the base: bring the exponent down, and lower it by one."]),
    ("function: 2^x", ["The variable stands in the exponent: the power repeats, times ln of its base."]),
    ("function: x^x", ["The variable stands in base and exponent: write u^v as exp(v·ln(u)) first."]),
    ("function: sin(x)", ["[sin(x)] stands in the table of slopes as it is."]),
    ('function: "max(x, 2)"', ["Find the branch that holds at the point: the slope is that of this branch alone."]),
    ("function: x", ["[x] stands in the table of slopes as it is."]),
    ("function: 7", ["[7] stands in the table of slopes as it is."]),
    ("function: 7 + 2", ["What holds no variable stays as a factor, or falls away as a term."]),
    ("function: sin(x), hints: [Look it up.]", ["Look it up."]),
    ("kind: gradient, function: x*y, variables: [x, y]", ["For the first entry only x moves; y stays as fixed as a number.", "By x: [y]"]),
    ("kind: number, function: sin(x), at: {x: 0}", ["Differentiate first; put in x = [0] afterwards.", "[sin(x)] stands in the table of slopes as it is."]),
    (CHOICE, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hints"), HINTED, ids=[row[0][:60] for row in HINTED])
def test_hints_come_from_the_function(text: str, hints: list[str]) -> None:
    one = exercise(text)
    assert [words(hint) for hint in KINDS[one.kind].hints(one)] == hints


@given(expressions(("x", "y"), max_leaves=8))
@settings(max_examples=200, deadline=None)
def test_any_function_has_hints(function: Expression) -> None:
    for one in (
        Exercise("a", functions=(function,), variables=("x",)),
        Exercise("a", "gradient", functions=(function,), variables=("x", "y")),
    ):
        assert all(KINDS[one.kind].hints(one))
        assert KINDS[one.kind].prompt(one)
