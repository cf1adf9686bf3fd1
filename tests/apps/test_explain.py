"""`explain` and `check` from a request to the screen, with the whole pipeline behind them."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tutor.apps.explain import Request, run_check, run_explain
from tutor.render.look import Streams, Wishes


def screens(
    request: Request, *, check: bool = False, stdin: str = "", wishes: Wishes | None = None
) -> tuple[int, str, str]:
    streams = Streams(io.StringIO(stdin), io.StringIO(), io.StringIO())
    code = (run_check if check else run_explain)(request, streams, wishes or Wishes())
    assert isinstance(streams.stdout, io.StringIO)
    assert isinstance(streams.stderr, io.StringIO)
    return code, streams.stdout.getvalue(), streams.stderr.getvalue()


def explained(*functions: str, **asked: Any) -> str:
    code, shown, problems = screens(Request(functions, **asked))
    assert (code, problems) == (0, "")
    return shown


def test_the_screen_of_the_design() -> None:
    lines = explained("exp(sin(x^2))", answer="2x exp(sin(x^2))").splitlines()
    assert lines[:5] == [
        "✗ Not yet.   d/dx exp(sin(x²))            read as  2x·exp(sin(x²))",
        "  Middle layer skipped, in sin(x²).",
        "  2x exp(sin(x^2))",
        "  ^^^^^^^^^^^^^^^^ the factor cos(x²) is missing",
        "  You went through sin(x²) without multiplying by its slope, cos(x²).",
    ]
    assert lines[5].split() == ["chain-drop-middle"]
    assert " ".join(" ".join(lines[6:8]).split()) == (
        "See it at x = 0.8: the slope measured from f is 2.3318…, your formula gives 2.9072…."
    )
    assert lines[8:13] == [
        "",
        "  layer       inside       local derivative",
        "  1  exp(u)   u = sin(v)   exp(sin(x²))       ✓",
        "  2  sin(v)   v = x²       cos(x²)            ✗ missing from your answer",
        "  3  x²                    2x                 ✓",
    ]
    assert "  Product:  exp(sin(x²))·cos(x²)·(2x)" in lines


@pytest.mark.parametrize(
    ("functions", "asked", "shown"),
    [
        (("exp(sin(x^2))",), {}, ["d/dx exp(sin(x²))", "Result:   2x·cos(x²)·exp(sin(x²))", "chain-exp"]),
        (("x^3",), {"order": 2}, ["d²/dx² x³", "After d/dx: 3x²", "Result:   6x"]),
        (("x^3",), {"at": ("x=2",)}, ["d/dx x³ at x = 2", "The value at x = 2 is 12."]),
        (("x*y",), {"variables": ("x", "y")}, ["∇ x·y", "∂f/∂x   y", "∂f/∂y   x", "∂/∂x x·y"]),
        (("x*y",), {"variables": ("x,y",)}, ["∂f/∂y   x"]),
        (("x*y", "x+y"), {"variables": ("x", "y")}, ["Jacobian of (x·y, x + y)"]),
        (("x^2", "sin(x)"), {}, ["d/dx (x², sin(x))", "cos(x)"]),
        (("t^2",), {}, ["d/dt t²"]),
        (("a*x^2",), {"variables": ("x",)}, ["∂/∂x a·x²", "Result:   2a·x"]),
        (("sin(x^2)",), {"numeric": True}, ["Error of d/dx sin(x²) at x = 0.8", "richardson", "complex", "  1e-12"]),
        (("7",), {}, ["Result:   0"]),
    ],
)
def test_an_explanation_shows(functions: tuple[str, ...], asked: dict[str, Any], shown: list[str]) -> None:
    page = explained(*functions, **asked)
    assert [part for part in shown if part not in page] == []
    assert max(map(len, page.splitlines())) <= 80


def test_a_correct_answer_is_followed_by_the_way() -> None:
    page = explained("sin(x^2)", answer="cos(x^2)*2x")
    assert page.startswith("✓ Correct.   d/dx sin(x²)                 read as  cos(x²)·2x\n")
    assert "Result:   2x·cos(x²)" in page


def test_an_attempt_sees_no_more_than_in_the_quiz() -> None:
    first, second = (explained("exp(sin(x^2))", answer="2x exp(sin(x^2))", attempt=number) for number in (1, 2))
    assert "chain-drop-middle" not in first
    assert "chain-drop-middle" in second
    assert "Result:" not in second


def test_several_cells_open_the_one_that_tells() -> None:
    page = explained("x^2*y + y", variables=("x", "y"), answer="(2x y, x^2)")
    assert "≈ 1 of 2 right." in page
    assert "∂f/∂y   x²            ✗   x² + 1" in page
    assert page.splitlines()[0].endswith("look at ∂f/∂y")
    assert "∂/∂x" not in page


def test_all_steps_of_a_long_derivation_are_shown_when_asked() -> None:
    function = "+".join(f"x^{power}*sin({power}x)" for power in range(2, 9))
    assert "more steps; --full shows all." in explained(function)
    assert "more step" not in explained(function, full=True)


@pytest.mark.parametrize(
    ("answer", "banner"),
    [
        ("2x cos(x^2)", "✓ Correct."),
        ("cos(x^2)", "✗ Not yet."),
        ("", "! Not readable: "),
        ("2x cos(x^2) +", "! Not readable: "),
        ("2z", "! Not readable: "),
        ("x" * 3000, "! Not readable: "),
    ],
)
def test_a_verdict(answer: str, banner: str) -> None:
    code, shown, problems = screens(Request(("sin(x^2)",), answer=answer), check=True)
    assert (code, problems) == (0, "")
    assert shown.startswith(banner)
    assert "Result:" not in shown


def test_an_empty_answer_to_explain_is_an_answer() -> None:
    assert explained("x^2", answer="").startswith("! Not readable: ")


def test_plain_text_has_one_line_an_event() -> None:
    code, shown, _ = screens(Request(("exp(sin(x^2))",), answer="2x exp(sin(x^2))"), wishes=Wishes(plain=True))
    assert code == 0
    assert "Layer 2: sin(v), where v = x²; local derivative cos(x²); wrong: missing from your answer.\n" in shown
    assert "the slope measured from f is 2.3318…, your formula gives 2.9072….\n" in shown


@pytest.mark.parametrize("function", ["sine(x)", "", "x +", "(" * 500, "9^9^9^9", "\x1b[2J"])
def test_an_unreadable_function_is_shown_on_stderr(function: str) -> None:
    code, shown, problems = screens(Request((function,)))
    assert (code, shown) == (2, "")
    assert problems.startswith("! FUNCTION is not readable: ")
    assert "\x1b" not in problems
