"""The pieces of an explanation: numbers as people write them, evidence, the value at a point, signs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render import samples
from tutor.feedback.explanation import FriendlyPoint, Step
from tutor.render.asked import asked, operator
from tutor.render.blocks import StepTree
from tutor.render.explained import MOST_STEPS, explained, plain_number, see_it, steps, value_at
from tutor.render.look import Look
from tutor.render.spelling import line_of
from tutor.render.to_terminal import to_terminal


@given(st.fractions(max_denominator=10**6))
def test_a_number_is_written_exactly(value: Fraction) -> None:
    assert Fraction(plain_number(value)) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [("4/5", "0.8"), ("-1/8", "-0.125"), ("3", "3"), ("1/3", "1/3"), ("-1/2", "-0.5"), ("21/20", "1.05")],
)
def test_short_decimals_are_preferred(value: str, written: str) -> None:
    assert plain_number(Fraction(value)) == written


@pytest.mark.parametrize(
    ("variables", "partial", "sign"),
    [
        (("x",), False, "d/dx"),
        (("x", "x"), False, "d²/dx²"),
        (("x",) * 8, False, "d⁸/dx⁸"),
        (("x",), True, "∂/∂x"),
        (("x", "y"), False, "∂²/∂x∂y"),
        (("x", "x", "y"), False, "∂³/∂x²∂y"),
    ],
)
def test_the_sign_of_differentiation(variables: tuple[str, ...], partial: bool, sign: str) -> None:
    assert operator(variables, partial=partial) == sign


def told(point: FriendlyPoint) -> str:
    return line_of(see_it(point, "the slope measured from f", "your formula gives"), Look()).text.replace("\u00a0", " ")


def test_the_evidence_names_the_point_and_both_values() -> None:
    point = FriendlyPoint((("x", Fraction(4, 5)),), "2.3318…", "2.9072…")
    assert told(point) == "See it at x = 0.8: the slope measured from f is 2.3318…, your formula gives 2.9072…."


def test_an_answer_without_a_real_value_is_said_to_have_none() -> None:
    point = FriendlyPoint((("x", Fraction(-1)), ("y", Fraction(2))), "1", None)
    assert told(point).endswith("x = -1, y = 2: the slope measured from f is 1, your formula has no real value there.")


def test_without_a_point_the_sentence_begins_with_what_is_measured() -> None:
    assert told(FriendlyPoint((), "1", "2")) == "The slope measured from f is 1, your formula gives 2."


def test_a_long_derivation_is_cut_unless_all_is_asked_for() -> None:
    step = Step(
        "1", "sum", "", samples.F, samples.SLOPE, substeps=(Step("1.1", "sum", "", samples.F, samples.SLOPE),) * 30
    )
    explanation = replace(samples.EXPLANATION, steps=(step,))
    (cut,), (whole, _) = steps(explanation), steps(explanation, full=True)
    assert isinstance(cut, StepTree)
    assert isinstance(whole, StepTree)
    assert (len(cut.steps), cut.hidden, len(whole.steps), whole.hidden) == (MOST_STEPS - 1, 31 - MOST_STEPS + 1, 31, 0)
    assert f"… {cut.hidden} more steps; --full shows all." in to_terminal((cut,), Look())


def test_all_steps_come_with_the_laws_of_their_rules() -> None:
    page = to_terminal(steps(samples.EXPLANATION, full=True), Look())
    assert "  rule    law\n  chain   f(g) -> f'(g)*g'\n  exp     exp(u) -> exp(u)\n" in page


def test_of_a_higher_order_the_last_differentiation_is_explained() -> None:
    explanation = replace(samples.EXPLANATION, variables=("x", "x"), function=samples.TWO_X)
    page = to_terminal(explained(explanation), Look())
    assert page.startswith("d/dx 2x\n\n  After d/dx: 2x\n")


def test_the_value_at_a_point_is_exact_and_decimal() -> None:
    (whole,) = value_at(samples.TWO_X, {"x": samples.number(3)})
    (real,) = value_at(samples.COS_SQUARE, {"x": samples.number(2)})
    assert to_terminal((whole, real), Look()) == (
        "  The value at x = 3 is 6.\n  The value at x = 2 is cos(4) = -0.653644.\n"
    )
    assert value_at(samples.TWO_X, {}) == ()


def test_what_is_asked_is_one_line() -> None:
    exercises = {
        "d/dx exp(sin(x²))": samples.EXERCISE,
        "d²/dx² exp(sin(x²))": replace(samples.EXERCISE, order=2),
        "d/dx exp(sin(x²)) at x = 2": replace(samples.EXERCISE, at={"x": samples.number(2)}),
        "∇ (x²·y + y)": samples.GRADIENT.exercise,
        "Jacobian of (x², x²·y + y)": replace(samples.GRADIENT.exercise, functions=(samples.SQUARE, samples.G)),
        "d/dx (x², exp(sin(x²)))": replace(samples.EXERCISE, functions=(samples.SQUARE, samples.F)),
        "A title": replace(samples.EXERCISE, functions=(), title="A title"),
    }
    assert {line_of(asked(exercise), Look()).text.replace("\u00a0", " ") for exercise in exercises.values()} == set(
        exercises
    )
