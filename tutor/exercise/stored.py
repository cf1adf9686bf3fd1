"""Exercises as plain JSON values and back, so that a bank can be opened without reading YAML or formulas again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from tutor.exercise.model import Exercise, Mistake, Option, Source, Tolerance, Unit
from tutor.expression.domain import Domain, Range
from tutor.expression.tree import Apply, Expression, Number, Symbol


def stored(value: Any) -> Any:
    """A value of the exercise model as lists, texts, numbers and objects; trees without their spans."""
    match value:
        case Number(number, _, decimal):
            return ["#", str(number), decimal]
        case Symbol(name):
            return ["$", name]
        case Apply(head, arguments):
            return [head, *map(stored, arguments)]
        case Fraction():
            return str(value)
        case tuple():
            return [stored(item) for item in value]
        case _:
            return _stored_fields(value)


def _stored_fields(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: stored(getattr(value, field.name)) for field in fields(value)}
    return {name: stored(item) for name, item in value.items()} if hasattr(value, "items") else value


def restored_unit(value: dict[str, Any]) -> Unit:
    """The unit that was stored; KeyError, TypeError or ValueError for anything else."""
    exercises = tuple(restored(exercise) for exercise in value["exercises"])
    return Unit(str(value["name"]), str(value["title"]), exercises, str(value["file"]))


def restored(value: dict[str, Any]) -> Exercise:
    """The exercise that was stored; KeyError, TypeError or ValueError for anything else."""
    return Exercise(**{name: _RESTORED.get(name, _same)(item) for name, item in value.items()})


def _same(value: Any) -> Any:
    return value


def tree(value: list[Any]) -> Expression:
    """The tree that was stored."""
    head, *rest = value
    if head == "#":
        return Number(Fraction(rest[0]), decimal=bool(rest[1]))
    return Symbol(str(rest[0])) if head == "$" else Apply(str(head), tuple(tree(part) for part in rest))


def _trees(values: list[Any]) -> tuple[Expression, ...]:
    return tuple(tree(value) for value in values)


def _domain(value: dict[str, Any]) -> Domain:
    def end(text: str | None) -> Fraction | None:
        return None if text is None else Fraction(text)

    ranges = value["ranges"].items()
    return Domain({name: Range(end(r["low"]), end(r["high"]), bool(r["integer"])) for name, r in ranges})


def _tolerance(value: dict[str, Any] | None) -> Tolerance | None:
    if value is None:
        return None
    return Tolerance(Fraction(value["relative"]), Fraction(value["absolute"]), value["digits"])


def _mistakes(values: list[dict[str, Any]]) -> tuple[Mistake, ...]:
    return tuple(Mistake(**{**value, "answer": _trees(value["answer"])}) for value in values)


_RESTORED: dict[str, Callable[[Any], Any]] = {
    "functions": _trees,
    "variables": tuple,
    "at": lambda value: {name: tree(item) for name, item in value.items()},
    "domain": _domain,
    "answer": _trees,
    "tolerance": _tolerance,
    "hints": tuple,
    "mistakes": _mistakes,
    "skills": tuple,
    "options": lambda values: tuple(Option(**value) for value in values),
    "source": lambda value: None if value is None else Source(**value),
}
"""How each attribute comes back that JSON does not keep as it is."""
