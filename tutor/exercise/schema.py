"""The form of an exercise file as a JSON Schema (draft 2020-12), for editors: made from the table of fields.

An editor reads YAML with types, our reader reads every scalar as text; so where a text or a formula may stand, a number
may stand as well. The schema is somewhat wider than the reader, which also knows which formulas can be read, and never
narrower: what it underlines is a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from tutor.exercise.convert import LARGEST_FUNCTION, LONGEST_SLUG, SLUG
from tutor.exercise.fields import EVERY_KIND, FIELDS, FILE, FORMS, MISTAKE, OPTION, Field
from tutor.exercise.form import Form

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FILE_NAME = "exercise.schema.json"
"""What the schema is called where it lies beside exercise files."""


FORMULA_WORDS = (
    "A formula such as 2x*cos(x^2); in quotes where it holds a comma, or begins with a character that YAML uses. "
    f"A function has at most {LARGEST_FUNCTION} parts."
)


def _either(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1}


def _each(values: Schema) -> Schema:
    """A field list `{x: …, y: …}`."""
    return {"type": "object", "additionalProperties": values, "minProperties": 1}


def _any_case(*words: str) -> str:
    """A pattern of words in small or large letters; JSON Schema has no flag for that."""
    return "^(" + "|".join("".join(f"[{letter}{letter.upper()}]" for letter in word) for word in words) + ")$"


def _whole(low: int, high: int) -> Schema:
    return _either({"type": "integer", "minimum": low, "maximum": high}, {"type": "string", "pattern": "^[-+]?[0-9]+$"})


TEXT: Schema = {"type": ["string", "number", "boolean"]}
NUMBER: Schema = _either({"type": "number"}, {"type": "string", "pattern": r"^\s*[-+−]?[0-9.]"})
TRUTH: Schema = _either(
    {"type": "boolean"}, {"type": "string", "pattern": _any_case("yes", "no", "on", "off", "true", "false")}
)
NAME: Schema = _either(
    {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": LONGEST_SLUG},
    {"type": "integer", "minimum": 0},
    {"type": "boolean"},
)
END: Schema = {"type": ["string", "number", "null"]}
FORMULA = _ref("formula")
FORMULAS = _either(FORMULA, _list(_either(FORMULA, _list(FORMULA))))

# fmt: off
SHAPES: Mapping[str, Schema] = MappingProxyType({
    "schema":     {"enum": [1, "1"]},
    "unit":       NAME,
    "title":      TEXT,
    "defaults":   _ref("defaults"),
    "exercises":  _list(_ref("exercise")),
    "id":         NAME,
    "kind":       NAME,
    "function":   FORMULAS,
    "functions":  FORMULAS,
    "variable":   _either({"type": "string"}, _list({"type": "string"})),
    "variables":  _either({"type": "string"}, {**_list({"type": "string"}), "maxItems": 16, "uniqueItems": True}),
    "order":      _whole(1, 8),
    "at":         _each(FORMULA),
    "domain":     _either({"type": "string"}, _each({"type": "array", "items": END, "minItems": 2, "maxItems": 2})),
    "assume":     _each(_either({"type": "string"}, _list({"type": "string"}))),
    "answer":     FORMULAS,
    "form":       {"enum": list(FORMS)},
    "tolerance":  _either(NUMBER, {**_each(NUMBER), "propertyNames": {"enum": ["relative", "absolute"]}}),
    "choices":    _either(_list(_ref("option")), _ref("option")),
    "multiple":   TRUTH,
    "mistakes":   _either(_ref("mistake"), _list(_ref("mistake"))),
    "prompt":     TEXT,
    "hints":      _either(TEXT, _list(TEXT)),
    "explain":    TEXT,
    "skills":     _either(TEXT, _list(NAME)),
    "difficulty": _whole(1, 5),
    "points":     NUMBER,
    "text":       TEXT,
    "correct":    TRUTH,
    "feedback":   TEXT,
    "name":       NAME,
    "credit":     NUMBER,
})
"""The shape of every field of the tables, by its name."""
# fmt: on


def schema(kinds: Mapping[str, Form]) -> Schema:
    """The JSON Schema of an exercise file with exercises of these kinds."""
    exercise = _object(FIELDS, ("id",))
    exercise["properties"]["kind"] = {**exercise["properties"]["kind"], "enum": list(kinds)}
    exercise["allOf"] = [_of_kind(name, kind) for name, kind in kinds.items()]
    defaults = _object({name: row for name, row in FIELDS.items() if name != "id"}, ())
    return {
        "$schema": DIALECT,
        "title": "Exercises of difftutor",
        **_object(FILE, ("schema", "exercises")),
        "description": "One unit of exercises. An exercise needs an id and a function; the rest is derived.",
        "$defs": {
            "formula": {"description": FORMULA_WORDS, **TEXT},
            "exercise": exercise,
            "defaults": defaults,
            "option": _object(OPTION, ("text",)),
            "mistake": _object(MISTAKE, ("answer",)),
        },
    }


def _object(rows: Mapping[str, Field], required: tuple[str, ...]) -> Schema:
    """The schema of a field list with the rows of one table."""
    return {
        "type": "object",
        "properties": {row.name: _field(row) for row in rows.values()},
        "required": list(required),
        "additionalProperties": False,
    }


def _field(row: Field) -> Schema:
    default = f" Without it: {row.default}." if row.default else ""
    return {"description": f"{row.doc[:1].upper()}{row.doc[1:]} ({row.form}).{default}", **SHAPES[row.name]}


def _of_kind(name: str, kind: Form) -> Schema:
    """What holds of exercises that name this kind: no field of another one. The fields it needs may be defaults."""
    others = sorted(FIELDS.keys() - EVERY_KIND - kind.fields)
    named = {"properties": {"kind": {"const": name}}, "required": ["kind"]}
    return {"if": named, "then": {"properties": dict.fromkeys(others, False)}}
