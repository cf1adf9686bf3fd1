"""From the nodes of a file to values: one converter for each form that a field can have.

A converter takes a node and the scope it stands in, and raises ExerciseError (or ExerciseErrors, all that it found).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from tutor.errors import AnswerError, ExerciseError, ExerciseErrors, Span, UsageError
from tutor.exercise import ranges
from tutor.exercise.model import Tolerance
from tutor.exercise.nearest import did_you_mean
from tutor.exercise.page import Page, Place
from tutor.exercise.scalar import entries, several_values
from tutor.exercise.strict_yaml import Mapping, Node, Sequence, Text
from tutor.expression.domain import Range
from tutor.expression.limits import IN_FILES
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, Symbol, size

T = TypeVar("T")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 64
LARGEST_FUNCTION = 200
"""How many parts the tree of a function may have."""

MOST_VARIABLES = 16
"""How many variables an exercise may differentiate by."""

PLACEHOLDERS = ("function", "variable", "at")
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Scope:
    """The page a node stands on, and the symbols a formula may use there; None: any."""

    page: Page
    symbols: frozenset[str] | None = None


Converter: TypeAlias = Callable[[Node, Scope], Any]


def fault(scope: Scope, node: Node, code: str, message: str, suggestion: str | None = None) -> ExerciseError:
    """A fault at the start of a node."""
    return scope.page.fault(code, message, node.place, suggestion)


def attempt(faults: list[ExerciseError], convert: Callable[[], T]) -> T | None:
    """The value of a conversion, or None and its faults in the list."""
    try:
        return convert()
    except ExerciseErrors as several:
        faults.extend(several.errors)
    except ExerciseError as one:
        faults.append(one)
    return None


def all_of(conversions: Iterable[Callable[[], T]]) -> tuple[T, ...]:
    """The values of several conversions; ExerciseErrors with the faults of all."""
    faults: list[ExerciseError] = []
    values = [attempt(faults, conversion) for conversion in conversions]
    if faults:
        raise ExerciseErrors(tuple(faults))
    return tuple(value for value in values if value is not None)


def unread(node: Node, _: Scope) -> Node:
    """The node itself, to be read later."""
    return node


def text(node: Node, scope: Scope) -> str:
    """A text that is not empty."""
    if not isinstance(node, Text):
        kind = "a list" if isinstance(node, Sequence) else "a field list"
        raise fault(scope, node, "not-a-text", f"a text is wanted here, not {kind}", "put it in quotes")
    if node.is_null or not node.value.strip():
        raise fault(scope, node, "empty", "a value is missing here", "give a value or delete the line")
    return node.value.strip()


def prompt(node: Node, scope: Scope) -> str:
    """A text whose placeholders are known."""
    value = text(node, scope)
    for found in _PLACEHOLDER.finditer(value):
        if found[1] not in PLACEHOLDERS:
            message = f"`{{{found[1]}}}` is no placeholder of a prompt"
            raise fault(scope, node, "unknown-placeholder", message, did_you_mean(found[1], PLACEHOLDERS))
    return value


def slug(node: Node, scope: Scope) -> str:
    """A name of small letters, digits and hyphens."""
    value = text(node, scope)
    if SLUG.fullmatch(value) is None or len(value) > LONGEST_SLUG:
        near = re.sub(r"[^a-z0-9]+", "-", value.casefold()).strip("-")[:LONGEST_SLUG] or "chain-1"
        message = f"`{value[:40]}` is no name: small letters, digits and single hyphens, at most {LONGEST_SLUG}"
        raise fault(scope, node, "bad-name", message, near)
    return value


def truth(node: Node, scope: Scope) -> bool:
    """True or false."""
    value = text(node, scope).casefold()
    if value not in _TRUTH:
        raise fault(scope, node, "not-a-truth", "true or false is wanted here", "true")
    return _TRUTH[value]


def whole(low: int, high: int) -> Converter:
    """A converter to a whole number in a range."""

    def convert(node: Node, scope: Scope) -> int:
        value = text(node, scope)
        if re.fullmatch(r"[+-]?\d{1,9}", value) is None or not low <= int(value) <= high:
            message = f"`{value[:40]}` is not a whole number from {low} to {high}"
            raise fault(scope, node, "bad-number", message, str(low))
        return int(value)

    return convert


def exact(node: Node, scope: Scope) -> Fraction:
    """An exact number: an integer, a decimal or a fraction."""
    return _usage(node, scope, lambda: ranges.exact_number(text(node, scope)))


def share(node: Node, scope: Scope) -> float:
    """A number from 0 to 1."""
    value = exact(node, scope)
    if not 0 <= value <= 1:
        raise fault(scope, node, "bad-number", "a number from 0 to 1 is wanted here", "0.5")
    return float(value)


def positive(node: Node, scope: Scope) -> float:
    """A number above 0, at most a million."""
    value = exact(node, scope)
    if not 0 < value <= 10**6:
        raise fault(scope, node, "bad-number", "a number above 0 is wanted here", "1")
    return float(value)


def one_of(names: Collection[str]) -> Converter:
    """A converter to one of some words."""

    def convert(node: Node, scope: Scope) -> str:
        value = text(node, scope)
        if value not in names:
            raise fault(scope, node, "unknown-word", f"`{value[:40]}` is not known here", did_you_mean(value, names))
        return value

    return convert


def many(convert: Converter) -> Converter:
    """A converter to a tuple, from a list or from a single value."""

    def convert_many(node: Node, scope: Scope) -> tuple[Any, ...]:
        items = node.items if isinstance(node, Sequence) else (node,)
        if not items:
            raise fault(scope, node, "empty", "this list is empty", "give a value or delete the line")
        return all_of([lambda item=item: convert(item, scope) for item in items])  # type: ignore[misc]

    return convert_many


def words(node: Node, scope: Scope) -> tuple[str, ...]:
    """Names from a list, or from one text that is parted by commas."""
    if not isinstance(node, Text):
        return many(slug)(node, scope)  # type: ignore[no-any-return]
    parts = [part.strip() for part in text(node, scope).split(",") if part.strip()]
    return all_of([lambda part=part: slug(Text(part, node.place, quoted=True), scope) for part in parts])  # type: ignore[misc]


def formula(node: Node, scope: Scope) -> Expression:
    """One formula."""
    if isinstance(node, Mapping):
        raise fault(scope, node, "formula-in-braces", "{ } starts a field list in YAML", _braces(node, scope.page))
    if isinstance(node, Sequence):
        raise fault(scope, node, "not-a-formula", "one formula is wanted here, not a list", "give one formula")
    value = text(node, scope)
    try:
        return parse(value, scope.symbols, limits=IN_FILES).expression
    except AnswerError as error:
        raise _unreadable(node, scope, value, error) from None


def formulas(node: Node, scope: Scope) -> tuple[Expression, ...]:
    """Formulas from a list, a list of rows, or one text such as `(2xy, x^2)`, row by row."""
    if isinstance(node, Sequence):
        rows: tuple[tuple[Expression, ...], ...] = many(formulas)(node, scope)
        return tuple(entry for row in rows for entry in row)
    found = entries(formula(node, scope))
    if any(several_values(entry) for entry in found):
        message = "a list of values stands inside this formula, where one value is wanted"
        raise fault(scope, node, "several-values", message, "write the entries one by one: [2*x, 2*y]")
    return found


def functions(node: Node, scope: Scope) -> tuple[Expression, ...]:
    """Formulas that are small enough to be differentiated in steps."""
    found = formulas(node, scope)
    for expression in found:
        if size(expression) > LARGEST_FUNCTION:
            message = f"this function has {size(expression)} parts; at most {LARGEST_FUNCTION} are read"
            raise fault(scope, node, "formula-too-large", message, "ask for a part of it")
    return found


def variable(node: Node, scope: Scope) -> str:
    """The name of a symbol."""
    value = formula(node, Scope(scope.page))
    if not isinstance(value, Symbol):
        message = f"`{text(node, scope)[:40]}` is not the name of a variable"
        raise fault(scope, node, "not-a-variable", message, "one letter, or a letter with digits: x, w1, alpha")
    return value.name


def variables(node: Node, scope: Scope) -> tuple[str, ...]:
    """The names of symbols, all different, from a list or from one text that is parted by commas."""
    if isinstance(node, Text) and "," in node.value:
        parts = tuple(Text(part.strip(), node.place, quoted=True) for part in node.value.strip("()[] ").split(","))
        node = Sequence(parts, node.place)
    names: tuple[str, ...] = many(variable)(node, scope)
    if len(set(names)) < len(names) or len(names) > MOST_VARIABLES:
        message = f"the variables must be different, at most {MOST_VARIABLES}"
        raise fault(scope, node, "bad-variables", message, "[x, y]")
    return names


def pairs(node: Node, scope: Scope, convert: Converter) -> tuple[tuple[str, Any], ...]:
    """The entries of a field list `{x: …, y: …}` whose names are symbols."""
    if not isinstance(node, Mapping) or not node.entries:
        raise fault(scope, node, "not-a-field-list", "a list such as {x: …} is wanted here", "{x: 2}")
    return all_of(
        [lambda e=e: (variable(e.key, scope), convert(e.value, scope)) for e in node.entries]  # type: ignore[misc]
    )


def point(node: Node, scope: Scope) -> dict[str, Expression]:
    """The values of symbols, formulas without symbols, from `{x: 2}`."""
    return dict(pairs(node, Scope(scope.page, frozenset()), formula))


def domain(node: Node, scope: Scope) -> tuple[tuple[str, Range], ...]:
    """The ranges of symbols, from `{x: [0, 2]}` or from `0 < x < 2`."""
    if isinstance(node, Text):
        return _usage(node, scope, lambda: ranges.inequalities(text(node, scope)))
    return pairs(node, scope, _ends)


def assumptions(node: Node, scope: Scope) -> tuple[tuple[str, Range], ...]:
    """The ranges that words such as `positive` stand for, from `{a: positive}`."""
    return pairs(node, scope, _assumption)


def tolerance(node: Node, scope: Scope) -> Tolerance:
    """How far off a number may be, from `0.01` (relative) or `{relative: …, absolute: …}`."""
    if isinstance(node, Text):
        return Tolerance(relative=_not_negative(node, scope))
    listed = {entry.key.value: entry for entry in node.entries} if isinstance(node, Mapping) else {}
    if not listed or not listed.keys() <= {"relative", "absolute"}:
        message = "a number, or a list with relative and absolute, is wanted here"
        raise fault(scope, node, "bad-tolerance", message, "{relative: 0.01, absolute: 0.001}")
    read = {name: _not_negative(entry.value, scope) for name, entry in listed.items()}
    return Tolerance(read.get("relative", Fraction(0)), read.get("absolute", Fraction(0)))


def _not_negative(node: Node, scope: Scope) -> Fraction:
    value = exact(node, scope)
    if value < 0:
        raise fault(scope, node, "bad-number", "a tolerance cannot be negative", "0.01")
    return value


def _ends(node: Node, scope: Scope) -> Range:
    if not isinstance(node, Sequence) or len(node.items) != 2 or not all(isinstance(i, Text) for i in node.items):
        raise fault(scope, node, "bad-domain", "two ends are wanted here", "[0, 2], with inf or null for no end")
    low, high = (item.value for item in node.items if isinstance(item, Text))
    return _usage(node, scope, lambda: ranges.interval(low, high))


def _assumption(node: Node, scope: Scope) -> Range:
    said = " ".join(many(text)(node, scope))
    return _usage(node, scope, lambda: ranges.assumption(said))


def _usage(node: Node, scope: Scope, convert: Callable[[], T]) -> T:
    try:
        return convert()
    except UsageError as error:
        raise fault(scope, node, error.code, error.message, error.suggestion) from None


_IN_BRACES = re.compile(r"\{\s*(?:[^\W\d]\w*\s*:\s+)?(?P<formula>[^{}\"]+?)\s*\}\s*(?:#.*)?")


def _braces(node: Mapping, page: Page) -> str:
    """The line with the formula alone, where it can be told."""
    line = page.line(node.place.line)
    found = _IN_BRACES.fullmatch(line[node.place.column - 1 :])
    lead = line[: node.place.column - 1].strip()
    return f'write the formula in quotes: {lead} "{found["formula"]}"' if found else 'write it in quotes: "max(0, x)"'


def _unreadable(node: Text, scope: Scope, value: str, error: AnswerError) -> ExerciseError:
    """The fault of an unreadable formula, at the very character where the page shows the text as it is."""
    suggestion = error.suggestion or _known(scope)
    if value.count("(") > value.count(")"):
        suggestion = "put the formula in quotes: a comma inside [ ] or { } starts the next entry"
    place = _inside(node, scope.page, value, error.span)
    return scope.page.fault("unreadable-formula", error.message, place, suggestion)


def _known(scope: Scope) -> str:
    """What may be written, where the reader of formulas has no better advice."""
    if scope.symbols:
        return f"known here: {', '.join(sorted(scope.symbols))}"
    return "a formula such as 2*x*cos(x^2)"


def _inside(node: Text, page: Page, value: str, span: Span | None) -> Place:
    start = page.line(node.place.line).find(value, node.place.column - 1)
    if span is None or start < 0 or "\n" in value:
        return node.place
    return Place(node.place.line, start + span.start + 1)
