from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.formula import formula
from tests.strategies import CALLS, HEADS, expressions, rational_numbers
from tutor.expression.evaluate import evaluate, to_float
from tutor.expression.functions import FUNCTIONS
from tutor.expression.tree import Apply, Expression, Number, Symbol, number

NAMES = ("x", "y")
POINTS = {
    "x": np.array([-2.5, -1.0, -0.3, 0.0, 0.4, 1.0, 1.75, 6.0]),
    "y": np.array([0.7, -3.0, 2.0, 1.5, -0.25, 4.0, 0.5, -1.0]),
}


def oracle_value(expression: Expression, point: dict[str, float]) -> float:
    """The oracle's value as a float; nan where it has none."""
    try:
        return float(oracle.value(expression, point))
    except oracle.Undefined:
        return math.nan


ARGUMENTS = {
    "log_base": "log_base(abs(y) + 2, x)",
    "root": "root(x, 3)",
    "max": "max(x, y, 1/2)",
    "min": "min(x, y, 1/2)",
}


@pytest.mark.parametrize("head", [*CALLS])
def test_every_function_of_the_table(head: str) -> None:
    expression = formula(ARGUMENTS.get(head, f"{head}(x)"))
    values = evaluate(expression, POINTS)
    for index in range(8):
        point = {name: float(array[index]) for name, array in POINTS.items()}
        expected = oracle_value(expression, point)
        if not math.isnan(expected):
            assert values[index] == pytest.approx(expected, rel=1e-13, abs=1e-15)
        else:
            assert not math.isfinite(values[index])


@pytest.mark.parametrize("head", [row.name for row in FUNCTIONS.values() if row.arity == (1, 1)])
def test_every_function_is_undefined_where_its_argument_is(head: str) -> None:
    assert np.isnan(evaluate(Apply(head, (formula("log(x)"),)), {"x": np.array([-1.0])})).all()


REAL_ROOTS = {
    "cube root": ("x^(1/3)", -8.0, -2.0),
    "as a head": ("root(x, 3)", -8.0, -2.0),
    "square of a cube root": ("x^(2/3)", -8.0, 4.0),
    "a negative odd root": ("x^(-1/3)", -8.0, -0.5),
    "not in lowest terms": ("x^(2/6)", -8.0, -2.0),
    "a decimal exponent with odd denominator": ("x^0.2", -32.0, -2.0),
    "an odd root of zero": ("x^(1/3)", 0.0, 0.0),
    "a half is not real": ("x^(1/2)", -4.0, math.nan),
    "an even root is not real": ("root(x, 4)", -16.0, math.nan),
    "an even root of zero": ("root(x, 4)", 0.0, 0.0),
    "the square root of zero": ("sqrt(x)", 0.0, 0.0),
    "an irrational power is not real": ("x^pi", -2.0, math.nan),
    "a power with the variable in it": ("x^(x/3)", -1.0, math.nan),
    "a whole power": ("x^3", -2.0, -8.0),
    "a negative whole power": ("x^(-3)", -2.0, -0.125),
    "the zeroth power": ("x^0", -2.0, 1.0),
    "the zeroth power of what is not real": ("log(x)^0", -2.0, math.nan),
    "one to what is not real": ("1^log(x)", -2.0, math.nan),
    "a parameter that is whole": ("(-2)^x", 3.0, -8.0),
    "a whole power beyond the whole floats": ("x^(2^60 + 1)", -1.0, -1.0),
    "a pole": ("1/x", 0.0, math.inf),
    "overflow": ("exp(x)", 1e4, math.inf),
    "an odd power that overflows": ("(-x)^3", 1e200, -math.inf),
}


@pytest.mark.parametrize(("text", "at", "expected"), REAL_ROOTS.values(), ids=REAL_ROOTS.keys())
def test_where_powers_are_real(text: str, at: float, expected: float) -> None:
    (value,) = evaluate(formula(text), {"x": np.array([at])})
    assert value == pytest.approx(expected, rel=1e-14, nan_ok=True)


FAR = {
    "sigmoid far below zero": ("sigmoid(x)", -700.0),
    "sigmoid far above zero": ("sigmoid(x)", 800.0),
    "softplus far below zero": ("softplus(x)", -500.0),
    "softplus far above zero": ("softplus(x)", 5000.0),
    "silu far below zero": ("silu(x)", -600.0),
    "gelu far below zero": ("gelu(x)", -20.0),
    "coth far out": ("coth(x)", 900.0),
    "acot far out": ("acot(x)", 1e12),
    "erf near zero": ("erf(x)", 1e-20),
}


@pytest.mark.parametrize(("text", "at"), FAR.values(), ids=FAR.keys())
def test_no_overflow_and_no_loss_of_figures(text: str, at: float) -> None:
    (value,) = evaluate(formula(text), {"x": np.array([at])})
    assert value == pytest.approx(float(oracle.value(formula(text), {"x": at})), rel=1e-13, abs=0.0)


SHAPES = {
    "a constant has the shape of the points": ("2", (3,)),
    "a vector has a row an entry": ("[1, x]", (2, 3)),
    "a softmax has a row an argument": ("softmax(x, 2*x, 0, 1)", (4, 3)),
    "a matrix has two axes": ("[[1, x], [x^2, 0], [1, 1]]", (3, 2, 3)),
    "a multiple of a vector": ("2*[x, 1]", (2, 3)),
}


@pytest.mark.parametrize(("text", "shape"), SHAPES.values(), ids=SHAPES.keys())
def test_shapes(text: str, shape: tuple[int, ...]) -> None:
    assert evaluate(formula(text), {"x": np.array([1.0, 2.0, 3.0])}).shape == shape


def test_values_of_vectors() -> None:
    expression = formula("softmax(x, 2, 1000*x)")
    values = evaluate(expression, {"x": np.array([0.01])})[:, 0]
    assert values == pytest.approx([float(entry) for entry in oracle.entries(expression, {"x": 0.01})], rel=1e-12)


def test_no_points() -> None:
    assert evaluate(formula("2 + 3"), {}).shape == ()
    assert evaluate(formula("[1, 2]"), {}).tolist() == [1.0, 2.0]


def test_a_symbol_without_coordinates_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        evaluate(Symbol("z"), POINTS)


def test_the_result_is_no_view_of_the_points() -> None:
    points = {"x": np.array([1.0, 2.0])}
    evaluate(Symbol("x"), points)[0] = 5.0
    assert points["x"][0] == 1.0


def test_no_depth_is_too_deep() -> None:
    tree: Expression = Symbol("x")
    for _ in range(19_999):
        tree = Apply("+", (tree, Symbol("x")))
    assert evaluate(tree, {"x": np.array([1.0])}) == 20_000.0


FLOATS = {
    "beyond the largest float": (Fraction(10**400), math.inf),
    "below the smallest": (Fraction(-(10**400)), -math.inf),
    "a quotient of huge numbers": (Fraction(10**400, 3 * 10**399), 10 / 3),
    "a tiny number": (Fraction(1, 10**400), 0.0),
}


@pytest.mark.parametrize(("exact", "expected"), FLOATS.values(), ids=FLOATS.keys())
def test_exact_numbers_as_floats(exact: Fraction, expected: float) -> None:
    assert to_float(exact) == expected
    assert evaluate(Number(exact), {"x": np.array([0.0])}) == expected


def _is_steady(expression: Expression, point: dict[str, float], expected: float) -> bool:
    """Whether neighbours in floats have nearly the same value, at every part: what floats can be expected to get."""
    if isinstance(expression, Apply) and not all(
        _is_steady(part, point, oracle_value(part, point)) for part in expression.arguments
    ):
        return False
    if math.isnan(expected) or abs(expected) > 1e100 or 0 < abs(expected) < 1e-100:
        return False
    if not isinstance(expression, Apply) or not expression.arguments:
        return True
    operands = [oracle_value(part, point) for part in expression.arguments]
    names = [f"u{index}" for index in range(len(operands))]
    head = Apply(expression.head, tuple(map(_movable, expression.arguments, names, [expression.head] * len(names))))
    for factor in (1 + 1e-10, 1 - 1e-10):
        moved = oracle_value(head, {name: operand * factor for name, operand in zip(names, operands, strict=True)})
        if not abs(moved - expected) <= 1e-7 * abs(expected):
            return False
    return True


def _movable(part: Expression, name: str, head: str) -> Expression:
    """A symbol in the place of a part; an exact exponent stays, since it decides where the power is real."""
    return part if head in ("^", "root") and name == "u1" and _is_constant(part) else Symbol(name)


def _is_constant(part: Expression) -> bool:
    match part:
        case Number():
            return True
        case Apply(_, arguments) if arguments:
            return all(_is_constant(argument) for argument in arguments)
        case _:
            return False


@given(
    expressions(NAMES, HEADS, st.one_of(st.integers(0, 9).map(number), rational_numbers()), max_leaves=6),
    st.sampled_from(range(8)),
)
@settings(max_examples=400)
def test_every_formula_agrees_with_the_oracle(expression: Expression, index: int) -> None:
    point = {name: float(POINTS[name][index]) for name in NAMES}
    expected = oracle_value(expression, point)
    if not _is_steady(expression, point, expected):
        return
    value = evaluate(expression, {name: np.array([point[name]]) for name in NAMES})[0]
    assert value == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(expressions(NAMES, HEADS, max_leaves=10))
@settings(max_examples=200)
def test_many_points_give_what_each_point_gives(expression: Expression) -> None:
    together = evaluate(expression, POINTS)
    alone = [evaluate(expression, {name: POINTS[name][index] for name in NAMES}) for index in range(8)]
    np.testing.assert_allclose(together, alone, rtol=1e-9)


@pytest.mark.parametrize("text", ["2", "x", "max(x)", "2 + x"])
@pytest.mark.parametrize("shape", [(), (3,)])
def test_the_values_are_the_callers_own(text: str, shape: tuple[int, ...]) -> None:
    points = {"x": np.full(shape, 5.0)}
    evaluate(formula(text), points)[...] = 0
    assert (evaluate(formula(text), points) != 0).all()
    assert (points["x"] == 5).all()


def test_what_numpy_warns_of_elsewhere_stays_as_it_was() -> None:
    before = np.geterr()
    evaluate(formula("log(x)/0"), POINTS)
    assert np.geterr() == before
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        np.divide(evaluate(formula("1/x"), POINTS), np.zeros(8))


def test_several_threads_evaluate_at_once() -> None:
    deep = formula("0 + " + "exp(x)/x + " * 40 + "1")
    expected = evaluate(deep, POINTS)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: evaluate(deep, POINTS), range(200)))
    assert all(np.array_equal(each, expected, equal_nan=True) for each in found)
