"""What is taken off in front of a formula, and what is never taken off."""

from __future__ import annotations

import pytest

from tutor.errors import AnswerError
from tutor.expression.parser import parse
from tutor.expression.tree import Symbol

# fmt: off
TAKEN_OFF = [
    "dy/dx = x", "dy/dx=x", "d y / d x = x", "y' = x", "y’ = x", "y′=x", "f'(x) = x", "f '(x) =x", "f''(x) = x",
    "f'''(x)=x", "f″(x) = x",
    "df/dx = x", "dL/dx = x", "d(f)/dx = x", "d^2y/dx^2 = x", "d²y/dx² = x", "∂f/∂x = x", "∂L/∂w_1 = x",
    "∂²f/∂x² = x", "∂^2f/∂x∂y = x",
    "∇f = x", "∇f(x, y) = x", "grad f = x", "grad(f) = x", "grad f(x,y) = x", "f_x = x", "f_x(x, y) = x",
    "f_{xy} = x", "d/dx(sin x) = x",
    "d/dx sin(x) = x", "d/dx [x^2/2] = x", "D_x f = x", r"\frac{dy}{dx} = x", r"\frac{d}{dx} x^2 = x",
    r"\frac{d}{dx}\left(x^2\right) = x",
    r"\frac{\partial f}{\partial x} = x", r"\dfrac{df}{dx}=x", r"\nabla f = x", r"\frac{d^2y}{dx^2} = x",
    r"$f'(x) = x$", r"\frac{\mathrm{d}y}{\mathrm{d}x}=x",
    "dz/dθ = x", r"\frac{\partial L}{\partial \theta} = x", "g′(x)=x", r"f^{\prime}(x) = x", "df(x)/dx = x",
]
NEVER = [
    "x = 1", "y = x", "f(x) = x", "x_1 = x", "dy = x", "dx = x", "d/d = x", "2 = x", "= x", "x^2 = x", "sin(x) = x",
    "y'+1 = x", "2y' = x", "dy/dx + 1 = x",
    "dy/dx", "y'", "∇f", "dy/dx == x", "dy/dx = x = x", "y' <= x", "foo = x", "x' y = x", "a = b", "dy/2 = x",
    "f_2 = x", "grad = x", "∂ = x",
]
# fmt: on


@pytest.mark.parametrize("text", TAKEN_OFF)
def test_taken_off(text: str) -> None:
    reading = parse(text, ("x", "y", "w_1", "theta", "x_1"))
    assert reading.expression == Symbol("x")
    assert reading.expression.span == (text.rindex("x"), text.rindex("x") + 1)
    assert reading.notices == ()


@pytest.mark.parametrize("text", NEVER)
def test_never_taken_off(text: str) -> None:
    with pytest.raises(AnswerError):
        parse(text, ("x", "y", "x_1", "a", "b"))


@pytest.mark.parametrize(
    "text", ["dy/dt = x", "∂f/∂t = x", "y'(t) = x", "d/dt(y) = x", "d^2y/dt^2 = x", r"\frac{dy}{dt} = x"]
)
def test_another_variable_is_noticed(text: str) -> None:
    assert [notice.code for notice in parse(text, ("x",)).notices] == ["unknown-variable"]
    assert [notice.code for notice in parse(text, ("x", "t"), variable="x").notices] == ["other-variable"]
    assert parse(text, ("x", "t"), variable="t").notices == ()
    assert parse(text, ("x", "t")).notices == ()
