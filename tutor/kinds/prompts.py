"""The question of an exercise: the author's words, or a sentence made from the kind, with the formulas put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from tutor.exercise.model import Exercise
from tutor.expression.tree import Expression
from tutor.kinds.kind import Prompt
from tutor.kinds.naming import shown_symbol

_PLACEHOLDER = re.compile(r"\{(function|variable|at)\}")

ASKED_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "any": "",
        "factored": "Write it as a product.",
        "expanded": "Write it expanded, without brackets to multiply out.",
        "simplified": "Simplify it.",
        "no-quotient": "Write it without quotients and negative exponents.",
        "no-negative-exponents": "Write it without negative exponents.",
        "single-fraction": "Write it as a single fraction.",
    }
)
"""How a question asks for each form."""


def prompt(exercise: Exercise, made: str) -> Prompt:
    """The author's prompt, else the made one and the form that is asked for, with its placeholders filled in."""
    form = ASKED_FORMS[exercise.form]
    return fill(exercise.prompt or (f"{made} {form}" if form else made), exercise)


def fill(template: str, exercise: Exercise) -> Prompt:
    """Words and formulas in order; a placeholder is replaced literally, once, and nothing else is touched."""
    parts: list[str | Expression] = []
    for index, part in enumerate(_PLACEHOLDER.split(template)):
        parts.extend(_values(part, exercise) if index % 2 else (part,) if part else ())
    return tuple(parts)


def _values(name: str, exercise: Exercise) -> Prompt:
    if name == "function":
        return _listed(exercise.functions)
    if name == "variable":
        return (", ".join(shown_symbol(variable) for variable in exercise.variables),)
    pairs = [(f"{shown_symbol(symbol)} = ", value) for symbol, value in exercise.at.items()]
    return tuple(part for index, pair in enumerate(pairs) for part in ((", ",) if index else ()) + pair)


def _listed(formulas: tuple[Expression, ...]) -> Prompt:
    return tuple(part for index, formula in enumerate(formulas) for part in ((", ", formula) if index else (formula,)))
