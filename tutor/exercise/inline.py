"""Exercises without a file: from Python, from the command line, from a row of a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tutor.errors import AnswerError, ExerciseError, ExerciseErrors, UsageError
from tutor.exercise.convert import LARGEST_FUNCTION, Scope
from tutor.exercise.fields import FIELDS
from tutor.exercise.model import Exercise
from tutor.exercise.page import Page, Place
from tutor.exercise.ranges import domain_of
from tutor.exercise.scalar import entries, several_values
from tutor.exercise.strict_yaml import DEEPEST, Entry, Node, Sequence, Text
from tutor.exercise.strict_yaml import Mapping as FieldList
from tutor.exercise.symbols import default_variables, free_of
from tutor.expression.limits import IN_FILES
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, size

INLINE = "inline"
"""The id of an exercise that has no file."""

FURTHER = ("order", "at", "domain", "assume", "form", "tolerance", "points")
"""The fields, besides functions, variables and `expected`, that a row may carry."""

_START = Place(1, 1)
_NOWHERE = Scope(Page("", ()))


def derivative_exercise(function: str, variable: str | None = None, order: int = 1) -> Exercise:
    """The exercise of differentiating a function once or several times.

    The variable is the only free symbol unless it is named. Raises AnswerError for an unreadable function and
    UsageError when the variable cannot be told.
    """
    return row_exercise({"function": function, "variable": variable, "order": order})


def row_exercise(fields: Mapping[str, object]) -> Exercise:
    """The exercise that a row carries: `function` with its companions, `expected`, or both.

    Values may be texts as in CSV, or numbers, lists and mappings as in JSON; None and blank texts count as left out,
    and other fields are passed over. Raises AnswerError for an unreadable formula (its span counts in that formula) and
    UsageError for everything else; both name the field.
    """
    given = {name: value for name, value in fields.items() if not _is_blank(value)}
    functions = _formulas(given, "function", None) or _formulas(given, "functions", None)
    _small(functions)
    if not functions and "expected" not in given:
        raise UsageError("no-question", "a row needs an exercise, a function or an expected answer")
    variables = _variables(given) or default_variables(functions)
    known = free_of(functions).union(variables) if functions else None
    further = {FIELDS[name].fills: _converted(name, given[name], known) for name in FURTHER if name in given}
    domain = _named("domain", lambda: domain_of((*further.pop("domain", ()), *further.pop("assume", ()))))
    answer = _formulas(given, "expected", known)
    exercise = Exercise(INLINE, functions=functions, variables=variables, domain=domain, answer=answer, **further)
    return _with_kind(exercise)


def _with_kind(exercise: Exercise) -> Exercise:
    """The exercise with the kind that its functions, variables and point make it."""
    from dataclasses import replace

    shape = _Shape(max(1, len(exercise.functions)), max(1, len(exercise.variables)))
    if not exercise.functions:
        return replace(exercise, kind="gradient" if len(exercise.answer) > 1 else "expression")
    if exercise.order > 1 and shape != _Shape(1, 1):
        raise UsageError("order-of-several", "order: only one function of one variable is differentiated repeatedly")
    if exercise.answer and len(exercise.answer) != shape.cells:
        message = f"expected: {shape.cells} entries are wanted, and here are {len(exercise.answer)}"
        raise UsageError("wrong-shape", message)
    symbols = free_of(exercise.functions).union(exercise.variables)
    stranger = next((name for name in exercise.at if name not in symbols), None)
    if stranger is not None:
        raise UsageError("unknown-symbol", f"at: `{stranger}` does not occur in the function")
    return replace(exercise, kind=shape.kind(at_a_point=symbols <= exercise.at.keys()))


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many functions and how many variables there are."""

    rows: int
    columns: int

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def kind(self, *, at_a_point: bool) -> str:
        """The name of the kind of such an exercise."""
        if self.rows > 1:
            return "jacobian"
        if self.columns > 1:
            return "gradient"
        return "number" if at_a_point else "expression"


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _formulas(given: Mapping[str, object], field: str, symbols: frozenset[str] | None) -> tuple[Expression, ...]:
    """The formulas of a field: of a list (of lists), or of one text such as `x^2` or `[x*y, x + y]`."""
    if field not in given:
        return ()
    value = given[field]
    texts = _leaves(field, value) if isinstance(value, list | tuple) else [value]
    found: list[Expression] = []
    for text in texts:
        found.extend(entries(_formula(field, text, symbols)))
    inside = next((part for part in map(several_values, found) if part is not None), None)
    if inside is not None:
        message = f"{field}: a list of values stands inside this formula, where one value is wanted"
        raise AnswerError("several-values", message, inside.span, suggestion="write the entries one by one")
    return tuple(found)


def _leaves(field: str, value: object, depth: int = 0) -> list[object]:
    if not isinstance(value, list | tuple):
        return [value]
    if depth > 1 or not value:
        raise UsageError("not-a-formula", f"{field}: a formula, a list of formulas, or a list of rows is wanted")
    return [leaf for item in value for leaf in _leaves(field, item, depth + 1)]


def _formula(field: str, value: object, symbols: frozenset[str] | None) -> Expression:
    text = _scalar(field, value)
    try:
        return parse(text, symbols, limits=IN_FILES).expression
    except AnswerError as error:
        raise AnswerError(error.code, f"{field}: {error.message}", error.span, suggestion=error.suggestion) from None


def _small(functions: tuple[Expression, ...]) -> None:
    largest = max((size(function) for function in functions), default=0)
    if largest > LARGEST_FUNCTION:
        message = f"function: it has {largest} parts; at most {LARGEST_FUNCTION} are read"
        raise AnswerError("formula-too-large", message)


def _variables(given: Mapping[str, object]) -> tuple[str, ...]:
    field = "variables" if "variables" in given else "variable"
    return tuple(_converted(field, given[field], None)) if field in given else ()


def _converted(field: str, value: object, symbols: frozenset[str] | None) -> Any:
    """The value of a field by the converter that exercise files use."""
    node = _point(value) if field == "at" else _node(field, value)
    return _named(field, lambda: FIELDS[field].convert(node, Scope(_NOWHERE.page, symbols)))


def _named(field: str, convert: Any) -> Any:
    """The value of a conversion; its first fault as a UsageError that names the field."""
    try:
        return convert()
    except ExerciseErrors as several:
        first: ExerciseError | UsageError = several.errors[0]
    except (ExerciseError, UsageError) as error:
        first = error
    raise UsageError(first.code, f"{field}: {first.message}", suggestion=first.suggestion)


def _node(field: str, value: object, depth: int = 0) -> Node:
    """A value of a row as the node that a file would have; a text that is a JSON list or object is read as one."""
    if isinstance(value, str) and value.strip()[:1] in ("{", "[") and not depth:
        value = _json(field, value)
    if depth > DEEPEST:
        raise UsageError("too-deep", f"{field}: nested too deep")
    if isinstance(value, Mapping):
        pairs = ((Text(str(key), _START, quoted=True), _node(field, item, depth + 1)) for key, item in value.items())
        return FieldList(tuple(Entry(key, item) for key, item in pairs), _START)
    if isinstance(value, list | tuple):
        return Sequence(tuple(_node(field, item, depth + 1) for item in value), _START)
    return Text("null" if value is None else _scalar(field, value), _START)


def _json(field: str, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if field in ("variable", "variables"):
            return text.strip().strip("[]{}")
        raise UsageError("bad-json", f"{field}: this is not valid JSON", suggestion='{"x": [0.1, 2]}') from None


def _point(value: object) -> Node:
    """The node of `at`: a mapping, its JSON text, or `x = 2, y = 1`."""
    if isinstance(value, str) and "=" in value and not value.strip().startswith("{"):
        pairs = [part.partition("=") for part in value.replace(";", ",").split(",") if part.strip()]
        value = {name.strip(): number.strip() for name, _, number in pairs}
    return _node("at", value)


def _scalar(field: str, value: object) -> str:
    """A scalar as an author would type it; 0.1 stays 0.1."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise UsageError("not-a-text", f"{field}: a text or a number is wanted here")
    if isinstance(value, int) and value.bit_length() > IN_FILES.bits:
        raise UsageError("bad-number", f"{field}: this number is too large")
    return str(value)
