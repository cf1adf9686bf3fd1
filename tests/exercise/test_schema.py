"""The JSON Schema of exercise files: one shape a field, fresh on disk, and never narrower than the reader.

The schema is read by a checker of its own for the few keywords that it uses; an unknown keyword fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tutor.apps.author_schema import schema_text
from tutor.errors import ExerciseErrors
from tutor.exercise.bank import exercise_files, shipped_folder
from tutor.exercise.fields import FIELDS, FILE, MISTAKE, OPTION
from tutor.exercise.loader import load
from tutor.exercise.schema import FILE_NAME, SHAPES, schema
from tutor.kinds.catalogue import KINDS

Schema = dict[str, Any] | bool

ROOT = schema(KINDS)
TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


def holds(value: Any, rule: Schema) -> bool:
    """Whether a value fits a schema."""
    if isinstance(rule, bool):
        return rule
    then = rule.get("then")
    if then is not None and holds(value, rule["if"]) and not holds(value, then):
        return False
    return all(KEYWORDS[word](value, wanted, rule) for word, wanted in rule.items() if word not in PASSED_OVER)


def _properties(value: Any, wanted: Mapping[str, Schema], _: Any) -> bool:
    return not isinstance(value, dict) or all(holds(value[name], wanted[name]) for name in wanted if name in value)


def _further(value: Any, wanted: Schema, rule: Mapping[str, Any]) -> bool:
    known = rule.get("properties", {})
    return not isinstance(value, dict) or all(holds(value[name], wanted) for name in value if name not in known)


def _types(value: Any, wanted: str | list[str], _: Any) -> bool:
    return any(TYPES[name](value) for name in ([wanted] if isinstance(wanted, str) else wanted))


def _distinct(value: Any, wanted: bool, _: Any) -> bool:
    return not (wanted and isinstance(value, list)) or len({json.dumps(item) for item in value}) == len(value)


def _sized(kind: type[str] | type[list[Any]] | type[dict[str, Any]], low: bool) -> Callable[[Any, int, Any], bool]:
    return lambda value, wanted, _: (
        not isinstance(value, kind) or (len(value) >= wanted if low else len(value) <= wanted)
    )


PASSED_OVER = {"$schema", "$defs", "title", "description", "if", "then"}
KEYWORDS: Mapping[str, Callable[[Any, Any, Any], bool]] = {
    "$ref": lambda value, wanted, _: holds(value, ROOT["$defs"][wanted.removeprefix("#/$defs/")]),
    "type": _types,
    "enum": lambda value, wanted, _: value in wanted,
    "const": lambda value, wanted, _: value == wanted,
    "anyOf": lambda value, wanted, _: any(holds(value, rule) for rule in wanted),
    "allOf": lambda value, wanted, _: all(holds(value, rule) for rule in wanted),
    "pattern": lambda value, wanted, _: not isinstance(value, str) or re.search(wanted, value) is not None,
    "minimum": lambda value, wanted, _: not TYPES["number"](value) or value >= wanted,
    "maximum": lambda value, wanted, _: not TYPES["number"](value) or value <= wanted,
    "maxLength": _sized(str, low=False),
    "minItems": _sized(list, low=True),
    "maxItems": _sized(list, low=False),
    "minProperties": _sized(dict, low=True),
    "uniqueItems": _distinct,
    "items": lambda value, wanted, _: not isinstance(value, list) or all(holds(item, wanted) for item in value),
    "required": lambda value, wanted, _: not isinstance(value, dict) or set(wanted) <= value.keys(),
    "properties": _properties,
    "propertyNames": lambda value, wanted, _: not isinstance(value, dict) or all(holds(name, wanted) for name in value),
    "additionalProperties": _further,
}


def as_an_editor_reads(text: str) -> Any:
    return yaml.safe_load(text)


def test_every_field_has_a_shape_and_words() -> None:
    names = [name for table in (FILE, FIELDS, OPTION, MISTAKE) for name in table]
    assert set(names) == set(SHAPES)
    shown = ROOT["$defs"]["exercise"]["properties"]
    assert all(FIELDS[name].form in shown[name]["description"] for name in FIELDS)


def test_the_schema_beside_the_exercises_is_fresh() -> None:
    path = shipped_folder() / FILE_NAME
    assert path.read_text(encoding="utf-8") == schema_text(), "difftutor author schema --output exercises/" + FILE_NAME


@pytest.mark.parametrize("path", exercise_files(shipped_folder()), ids=lambda path: path.stem)
def test_a_shipped_file_fits_and_names_the_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert holds(as_an_editor_reads(text), ROOT)
    assert text.startswith(f"# yaml-language-server: $schema={FILE_NAME}\n")


FAULTS = Path(__file__).parent.parent / "data" / "faults"


@pytest.mark.parametrize(
    "name",
    ["braces", "empty-file", "no-exercises", "number-in-a-wrong-place", "order-zero", "truth-for-number", "unknown-key",
     "unknown-kind"],
)  # fmt: skip
def test_a_fault_of_form_is_underlined(name: str) -> None:
    assert not holds(as_an_editor_reads((FAULTS / f"{name}.yaml").read_text(encoding="utf-8")), ROOT)


VALUES = [
    "x", "x^2", "1", "0", "9", "-1", "1.5", "1e-5", '"3"', "true", "Yes", "off", "TRUE", "null", '""',
    "expression", "a-b", "A B", "[x, y]", "[x]", "[x, x]", "[[x, 1], [2, y]]", "[]", "{x: 2}", "{x: [0, 1]}",
    "{x: [0, .inf]}", "{x: [1]}", "{}", "{a: positive}", "{x: [positive, integer]}", "0 < x < 2", "x > 0",
    "{relative: 0.1}", "{absolute: 1/3}", "{else: 1}", "1/3", "simplified",
    "[{text: A, correct: true}, {text: B}]", "{text: A}", "[{answer: x^3, name: own}]", "{answer: x}",
    "[{answer: [x], credit: 0.5, feedback: 3}]", "[a, b-c]", "a, b", "2024", "[1, 2]", "[-1/2, 3]",
    "some words here",
]  # fmt: skip
BASE: Mapping[str, Mapping[str, str]] = {
    "expression": {"function": "x^2"},
    "number": {"function": "x^2", "at": "{x: 2}"},
    "gradient": {"function": "x^2", "variables": "[x]"},
    "jacobian": {"functions": "[x^2]", "variables": "[x]"},
    "choice": {"prompt": "Why?", "choices": "[{text: A, correct: true}, {text: B}]"},
}


REPLACED = {("function", "functions"), ("functions", "function"), ("variables", "variable")}
"""A field of the base, and the one that says the same in another way."""


def file_with(name: str, value: str, kind: str) -> str:
    base = {field: said for field, said in BASE[kind].items() if (field, name) not in REPLACED}
    given = {"id": "tried", "kind": kind, **base, name: value}
    lines = "\n  ".join(f"{field}: {said}" for field, said in given.items())
    return f"schema: 1\nexercises:\n- {lines}\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [name for name in FIELDS if name != "kind"])
def test_what_the_reader_takes_the_schema_takes(name: str, kind: str) -> None:
    taken = 0
    for value in VALUES:
        text = file_with(name, value, kind)
        try:
            load(text, KINDS)
        except ExerciseErrors:
            continue
        taken += 1
        assert holds(as_an_editor_reads(text), ROOT), text
    assert taken or name not in KINDS[kind].fields | {"id", "title", "hints"}


@pytest.mark.parametrize("name", ["difficulty", "order", "at", "choices", "mistakes", "domain", "id", "skills"])
def test_the_schema_refuses_most_of_what_the_reader_refuses(name: str) -> None:
    refused = [
        value
        for value in VALUES
        if _is_refused(file_with(name, value, "choice" if name == "choices" else "expression"))
    ]
    kind = "choice" if name == "choices" else "expression"
    seen = [value for value in refused if not holds(as_an_editor_reads(file_with(name, value, kind)), ROOT)]
    assert len(seen) >= len(refused) / 2


def _is_refused(text: str) -> bool:
    try:
        load(text, KINDS)
    except ExerciseErrors:
        return True
    return False
