"""What derivatives are called on the screen: `f'(x)`, `∂²f/∂x²`, `f'(2)`, `∂f₁/∂x`."""

from __future__ import annotations

from tutor.exercise.model import Exercise
from tutor.exercise.symbols import declared_symbols
from tutor.expression.names import subscript, superscript
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Expression, Symbol

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
"""Words for the orders of derivatives."""


def function_letter(exercise: Exercise) -> str:
    """The letter that stands for the function: f, or another one where f is a symbol of the exercise."""
    used = declared_symbols(exercise)
    return next((letter for letter in "fghFGHJ" if letter not in used), "f")


def shown_symbol(name: str) -> str:
    """A symbol as people write it: α for alpha."""
    return to_text(Symbol(name), Notation.UNICODE)


def shown(expression: Expression) -> str:
    """A formula in one line as people write it."""
    return to_text(expression, Notation.UNICODE)


def slope_name(letter: str, variable: str, order: int = 1, *, partial: bool = False) -> str:
    """The name of a derivative of a function of one variable, or of a partial derivative."""
    power = "" if order == 1 else superscript(str(order))
    name = shown_symbol(variable)
    if partial:
        return f"∂{power}{letter}/∂{name}{power}"
    return f"{letter}{primes(order)}({name})"


def primes(order: int) -> str:
    """The mark of an order: `'`, `''`, `'''`, `⁽⁴⁾`."""
    return "'" * order if order <= 3 else "⁽" + superscript(str(order)) + "⁾"


def numbered(letter: str, number: int) -> str:
    """A letter with an index: f₁."""
    return letter + subscript(str(number))


def is_partial(exercise: Exercise) -> bool:
    """Whether there are symbols besides the one variable."""
    return len(declared_symbols(exercise)) > 1 or len(exercise.variables) > 1


def exercise_slope_name(exercise: Exercise) -> str:
    """The name of the derivative by the exercise's first variable; `answer` where there is no function."""
    if not exercise.functions or not exercise.variables:
        return "answer"
    letter = function_letter(exercise)
    return slope_name(letter, exercise.variables[0], exercise.order, partial=is_partial(exercise))


def point_text(exercise: Exercise) -> str:
    """The point of an exercise: `x = 2, y = 1`; empty without one."""
    return ", ".join(f"{shown_symbol(name)} = {shown(value)}" for name, value in exercise.at.items())
