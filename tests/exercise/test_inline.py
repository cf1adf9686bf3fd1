"""Exercises from Python, from the command line, from rows: each form of each field, and what is said of bad ones."""
# ruff: noqa: E501  # one case a line

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.errors import AnswerError, UsageError
from tutor.exercise.inline import derivative_exercise, row_exercise
from tutor.exercise.model import Exercise
from tutor.expression.domain import Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.kinds.catalogue import KINDS


def tree(text: str) -> Expression:
    return parse(text).expression


def test_the_public_door_makes_an_exercise() -> None:
    one = tutor.Exercise.derivative("sin(x^2)")
    assert one == Exercise("inline", functions=(tree("sin(x^2)"),), variables=("x",))
    assert tutor.Exercise.derivative("a*t^2", "t", order=2).variables == ("t",)


ROWS = [
    # the row, some attributes as they come out
    ({"function": "x^2"}, {"kind": "expression", "variables": ("x",), "order": 1}),
    ({"function": "7"}, {"variables": ("x",)}),
    ({"function": "a*x", "variable": "a"}, {"variables": ("a",)}),
    ({"function": "a*x", "variable": " a ", "order": "2", "domain": "", "at": None}, {"variables": ("a",), "order": 2}),
    ({"function": "x^2", "order": 3}, {"order": 3}),
    ({"function": "x*y", "variables": ["x", "y"]}, {"kind": "gradient", "variables": ("x", "y")}),
    ({"function": "x*y", "variables": "x, y"}, {"kind": "gradient", "variables": ("x", "y")}),
    ({"function": "x*y", "variables": '["y", "x"]'}, {"kind": "gradient", "variables": ("y", "x")}),
    ({"function": "x*y", "variables": "[x, y]"}, {"kind": "gradient", "variables": ("x", "y")}),
    ({"function": "α*x", "variable": "α"}, {"variables": ("alpha",)}),
    ({"function": "[x*y, x+y]", "variables": "x,y"}, {"kind": "jacobian"}),
    ({"function": ["x*y", "x+y"], "variables": "x,y"}, {"kind": "jacobian"}),
    ({"functions": ["x^2", "x^3"]}, {"kind": "jacobian", "variables": ("x",)}),
    ({"function": "x^2", "at": {"x": 2}}, {"kind": "number", "at": {"x": tree("2")}}),
    ({"function": "x^2", "at": '{"x": 0.1}'}, {"kind": "number", "at": {"x": tree("0.1")}}),
    ({"function": "x^2", "at": "x=pi/2"}, {"kind": "number", "at": {"x": tree("pi/2")}}),
    ({"function": "a*x^2", "variable": "x", "at": "x = 2"}, {"kind": "expression", "at": {"x": tree("2")}}),
    ({"function": "x*y", "variables": "x,y", "at": "x=1, y=2"}, {"kind": "gradient", "at": {"x": tree("1"), "y": tree("2")}}),
    ({"function": "softmax(x, y)", "variables": "x,y"}, {"kind": "jacobian", "functions": (tree("exp(x)/(exp(x)+exp(y))"), tree("exp(y)/(exp(x)+exp(y))"))}),
    ({"expected": "2*x"}, {"kind": "expression", "functions": (), "answer": (tree("2*x"),)}),
    ({"expected": ["y", "x"], "variables": ["x", "y"]}, {"kind": "gradient", "answer": (tree("y"), tree("x"))}),
    ({"expected": "(y, x)"}, {"kind": "gradient"}),
    ({"function": "x^2", "expected": "2x"}, {"kind": "expression", "answer": (tree("2*x"),)}),
    ({"function": ["x*y", "x"], "variables": "x,y", "expected": [["y", "x"], [1, 0]]}, {"kind": "jacobian", "answer": (tree("y"), tree("x"), tree("1"), tree("0"))}),
    ({"function": "x^2", "form": "expanded", "points": 2}, {"form": "expanded", "points": 2.0}),
    ({"function": "x^2", "learner": "ana", "answer": "2x", "kind": "?"}, {"kind": "expression", "answer": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("row", "attributes"), ROWS, ids=[str(row[0]) for row in ROWS])
def test_a_row_becomes_an_exercise(row: dict[str, object], attributes: dict[str, object]) -> None:
    one = row_exercise(row)
    assert {name: getattr(one, name) for name in attributes} == attributes


DOMAINS = [
    ({"domain": {"x": [0.1, 2]}}, Range(Fraction(1, 10), Fraction(2))),
    ({"domain": '{"x": [0.1, 2]}'}, Range(Fraction(1, 10), Fraction(2))),
    ({"domain": {"x": [0, None]}}, Range(Fraction(0))),
    ({"domain": {"x": ["-inf", "1/3"]}}, Range(None, Fraction(1, 3))),
    ({"domain": {"x": [1e-5, float("inf")]}}, Range(Fraction(1, 10**5))),
    ({"domain": "x > 0"}, Range(Fraction(0))),
    ({"domain": "0<x<1"}, Range(Fraction(0), Fraction(1))),
    ({"assume": {"x": "positive"}}, Range(Fraction(0))),
    ({"assume": '{"x": ["integer", "negative"]}'}, Range(None, Fraction(0), integer=True)),
    ({"assume": {"x": "integer"}, "domain": "x > 2"}, Range(Fraction(2), None, integer=True)),
]


@pytest.mark.parametrize(("fields", "range_"), DOMAINS, ids=[str(row[0]) for row in DOMAINS])
def test_a_domain_is_exact(fields: dict[str, object], range_: Range) -> None:
    assert row_exercise({"function": "x^x", **fields}).domain.of("x") == range_


FAULTY = [
    # the row, the error, its code, the field that the message starts with
    ({}, UsageError, "no-question", ""),
    ({"function": "  "}, UsageError, "no-question", ""),
    ({"function": "sine(x)"}, AnswerError, "unknown-function", "function: "),
    ({"functions": ["x", "x +"]}, AnswerError, "missing-term", "functions: "),
    ({"function": True}, UsageError, "not-a-text", "function: "),
    ({"function": {"x": 1}}, UsageError, "not-a-text", "function: "),
    ({"function": [[[["x"]]]]}, UsageError, "not-a-formula", "function: "),
    ({"function": "a*x"}, UsageError, "which-variable", ""),
    ({"function": "x", "variable": "2"}, UsageError, "not-a-variable", "variable: "),
    ({"function": "x", "variable": "x y"}, UsageError, "not-a-variable", "variable: "),
    ({"function": "x", "variable": "pi"}, UsageError, "not-a-variable", "variable: "),
    ({"function": "x", "variables": ["x", "x"]}, UsageError, "bad-variables", "variables: "),
    ({"function": "x", "order": "two"}, UsageError, "bad-number", "order: "),
    ({"function": "x", "order": 0}, UsageError, "bad-number", "order: "),
    ({"function": "x", "order": 2.5}, UsageError, "bad-number", "order: "),
    ({"function": "x", "order": True}, UsageError, "not-a-text", "order: "),
    ({"function": "x*y", "variables": "x,y", "order": 2}, UsageError, "order-of-several", "order: "),
    ({"function": "x", "domain": {"x": [2, 1]}}, UsageError, "empty-interval", "domain: "),
    ({"function": "x", "domain": {"x": 3}}, UsageError, "bad-domain", "domain: "),
    ({"function": "x", "domain": '{"x": '}, UsageError, "bad-json", "domain: "),
    ({"function": "x", "domain": "[" * 5000}, UsageError, "bad-json", "domain: "),
    ({"function": "x", "domain": {"x": [float("nan"), 1]}}, UsageError, "not-a-number", "domain: "),
    ({"function": "x", "assume": {"x": "small"}}, UsageError, "unknown-assumption", "assume: "),
    ({"function": "x", "assume": {"x": "negative"}, "domain": "x > 0"}, UsageError, "empty-interval", "domain: "),
    ({"function": "x", "at": {"y": 1}}, UsageError, "unknown-symbol", "at: "),
    ({"function": "x", "at": "2"}, UsageError, "not-a-field-list", "at: "),
    ({"function": "x", "at": "x=y"}, UsageError, "unreadable-formula", "at: "),
    ({"function": "x^2", "expected": "2y"}, AnswerError, "undeclared", "expected: "),
    ({"function": "x^2", "expected": ["2x", "2x"]}, UsageError, "wrong-shape", "expected: "),
    ({"function": "sin([x, x])"}, AnswerError, "several-values", "function: "),
    ({"function": "log(softmax(x, 1))"}, AnswerError, "several-values", "function: "),
    ({"function": "x", "form": "short"}, UsageError, "unknown-word", "form: "),
    ({"function": "*".join(["(x + x + x + x + x + x)"] * 20)}, AnswerError, "formula-too-large", "function: "),
    ({"function": 10**2000}, UsageError, "bad-number", "function: "),
]  # fmt: skip


@pytest.mark.parametrize(("row", "kind", "code", "start"), FAULTY, ids=[str(row[0])[:60] for row in FAULTY])
def test_a_faulty_row_names_its_field(
    row: dict[str, object], kind: type[UsageError | AnswerError], code: str, start: str
) -> None:
    with pytest.raises(kind) as caught:
        row_exercise(row)
    assert caught.value.code == code
    assert caught.value.message.startswith(start)


def test_an_unreadable_function_keeps_its_place() -> None:
    with pytest.raises(AnswerError) as caught:
        derivative_exercise("x^2 + sine(x)")
    assert caught.value.span == (6, 10)
    assert caught.value.suggestion


def test_an_unclear_variable_lists_the_candidates() -> None:
    with pytest.raises(UsageError, match="a, x") as caught:
        derivative_exercise("a*x")
    assert caught.value.suggestion == "variable: x"


NAMES = (
    "function",
    "functions",
    "variable",
    "variables",
    "order",
    "at",
    "domain",
    "assume",
    "expected",
    "form",
    "tolerance",
    "points",
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["x", "x^2", "x, y", "[x, y]", '{"x": 2}', "x > 0", "2", "positive"])
    | st.text(max_size=10)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x", "y", ""]), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
@settings(max_examples=500, deadline=None)
def test_any_row_is_an_exercise_or_an_error(row: dict[str, object]) -> None:
    with suppress(AnswerError, UsageError):
        one = row_exercise(row)
        assert KINDS[one.kind].cells(one)
