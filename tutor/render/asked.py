"""What was asked, in one line: `d/dx exp(sin(x²))`, `∇ x²y`, `d²/dx² sin(x) at x = 2`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.exercise.model import Exercise, Option
from tutor.expression.names import superscript
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Apply, Expression, Symbol
from tutor.feedback.wording import phrase
from tutor.kinds.naming import is_partial
from tutor.render.blocks import GLUE, Choices, Line, Maths, Piece, Words
from tutor.render.shown import shown


def operator(variables: tuple[str, ...], *, partial: bool = False) -> str:
    """The sign of differentiation: `d/dx`, `d²/dx²`, and `∂²/∂x∂y` where there are several variables."""
    different = tuple(dict.fromkeys(variables))
    sign = "∂" if partial or len(different) > 1 else "d"
    order = _power(len(variables))
    return f"{sign}{order}/" + "".join(
        f"{sign}{to_text(Symbol(name), Notation.UNICODE)}{_power(variables.count(name))}" for name in different
    )


def asked(exercise: Exercise) -> Line:
    """What an exercise asks for; its title where it has no function, if it has one."""
    match exercise.functions, exercise.variables:
        case (), _:
            return (Words(shown(exercise.title)),) if exercise.title else ()
        case (function,), (variable,):
            line: Line = (
                Words(operator((variable,) * exercise.order, partial=is_partial(exercise)) + " "),
                *bracketed(function),
            )
        case (function,), _:
            line = (Words("Hessian of " if exercise.kind == "hessian" else "∇ "), *bracketed(function))
        case functions, (variable,):
            line = (
                Words(operator((variable,) * exercise.order, partial=is_partial(exercise)) + " "),
                *in_brackets(functions),
            )
        case functions, _:
            line = (Words("Jacobian of "), *in_brackets(functions))
    return (*line, *at_point(exercise.at))


def bracketed(expression: Expression) -> Line:
    """A formula after `d/dx`: in parentheses where it is a sum."""
    if isinstance(expression, Apply) and expression.head in ("+", "-", "neg"):
        return (Words("("), Maths(expression), Words(")"))
    return (Maths(expression),)


def in_brackets(expressions: tuple[Expression, ...]) -> Line:
    """Several formulas in one bracket, with commas between them."""
    pieces: list[Words | Maths] = []
    for expression in expressions:
        pieces += [Words(", " if pieces else "("), Maths(expression)]
    return (*pieces, Words(")"))


def at_point(at: Mapping[str, Expression]) -> Line:
    """` at x = 2, y = 1`; nothing where no point is given."""
    pieces: list[Words | Maths] = []
    for name, value in at.items():
        pieces += [Words(f", {name} = " if pieces else f" at {name} = "), Maths(value)]
    return tuple(pieces)


def choices(options: tuple[Option, ...]) -> Choices:
    """The options of a choice, numbered in their order."""
    return Choices(tuple(shown(option.text, 500) for option in options))


def said(name: str, **parts: Piece) -> Line:
    """A sentence of the catalogue with formulas in it; a short formula keeps to the word before it."""
    words = re.split(r"\{(\w+)\}", phrase(name))
    return tuple(
        parts[word] if index % 2 else Words(word[:-1] + GLUE if word.endswith(" ") else word)
        for index, word in enumerate(words)
        if word
    )


def prose(sentence: str) -> str:
    """A sentence of the catalogue as it is shown: whole exponents raised, and lines not broken within a formula."""
    raised = _EXPONENT.sub(lambda found: superscript(found[1]), sentence)
    return _WITHIN.sub(lambda found: found[0].replace(" ", GLUE), raised)


_EXPONENT = re.compile(r"\^(\d)(?!\w|\.\d)")

_WITHIN = re.compile(r"(?<=[\w)\]'⁰¹²³⁴-⁹]) [-+=] (?=[\w(-])|\b(?:ln|sin|cos|tan|sqrt) (?=\w)")
"""The blanks about a sign between two parts of a formula, and behind the name of a function."""


def _power(number: int) -> str:
    return "" if number == 1 else superscript(str(number))
