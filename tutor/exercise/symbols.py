"""Which symbols the formulas of an exercise may use, and with respect to which one it differentiates by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tutor.errors import UsageError
from tutor.exercise.model import Exercise
from tutor.expression.tree import Expression, free_symbols


def declared_symbols(exercise: Exercise) -> frozenset[str]:
    """The symbols that an answer to an exercise may use."""
    formulas = (*exercise.functions, *exercise.answer)
    return free_of(formulas).union(exercise.variables, exercise.domain.ranges)


def symbols_of(values: Mapping[str, Any]) -> frozenset[str] | None:
    """The symbols that further formulas of an exercise may use, from what is read; None without a function."""
    functions = values.get("functions")
    return free_of(functions).union(values.get("variables") or ()) if functions else None


def free_of(formulas: Iterable[Expression]) -> frozenset[str]:
    """The free symbols of several formulas together."""
    return frozenset().union(*(free_symbols(formula) for formula in formulas))


def default_variables(functions: tuple[Expression, ...]) -> tuple[str, ...]:
    """The only free symbol of a function, `x` for a constant, nothing without a function; UsageError for several."""
    if not functions:
        return ()
    free = sorted(free_of(functions))
    if len(free) > 1:
        message = f"the variable is not clear: the symbols are {', '.join(free)}"
        raise UsageError("which-variable", message, suggestion=f"variable: {'x' if 'x' in free else free[0]}")
    return tuple(free) or ("x",)
