"""Exercises of the older form (`sets:`, `task:`, powers as `**`) as entries of today's: what can be converted.

Usage: convert_seeds.py FILE [ID…]. Entries go to standard output, in the order of the file; why the others cannot be
converted goes to standard error. Each entry is read by the program's own loader before it is printed; what it says is
for `difftutor author check`, and for the eyes of whoever puts it into a unit.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tutor.apps.author_draft import scalar
from tutor.errors import ExerciseErrors
from tutor.exercise.fields import EVERY_KIND
from tutor.exercise.loader import load
from tutor.kinds.catalogue import KINDS

HEAD = "schema: 1\nexercises:\n"

TASKS = {"expression": {"derivative"}, "number": {"value", "formula"}}
"""The tasks of the older form that are a kind of today's by themselves."""

DROPPED = {"task", "concept", "seed", "source"}
FORMULAS = ("function", "answer", "at")
WRITTEN = (
    "id kind title prompt function functions variable variables order at domain assume answer tolerance difficulty "
    "skills hints mistakes choices explain"
).split()
"""The fields in the order in which they are written."""


class NotConvertible(Exception):
    """Why an exercise has no counterpart in today's form."""


def main(arguments: list[str]) -> int:
    """Print what can be converted; 1 where an exercise that was named cannot."""
    path, *wanted = arguments
    refused = 0
    for seed in seeds(yaml.safe_load(Path(path).read_text(encoding="utf-8"))):
        if wanted and seed["id"] not in wanted:
            continue
        try:
            print(f"{converted(seed)}\n")
        except NotConvertible as reason:
            refused += 1
            print(f"{seed['id']}: {reason}", file=sys.stderr)
    return 1 if wanted and refused else 0


def seeds(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every exercise with what its set says for all."""
    for unit in content["sets"]:
        common = {name: value for name, value in unit.items() if name in ("skills", "difficulty")}
        yield from ({**common, **exercise} for exercise in unit["exercises"])


def converted(seed: Mapping[str, Any]) -> str:
    """The entry of one exercise; NotConvertible where its kind, its task or one of its fields has no counterpart."""
    kind = seed.get("kind", "expression")
    task = seed.get("task", next(iter(TASKS.get(kind, {None})), None))
    if kind not in KINDS or task not in TASKS.get(kind, {None, *TASKS.get(kind, ())}):
        raise NotConvertible(f"kind {kind}" + (f", task {task}" if task else ""))
    known = EVERY_KIND | KINDS[kind].fields
    fields = {name: value for name, value in seed.items() if name not in DROPPED}
    strangers = sorted(fields.keys() - known)
    if strangers:
        raise NotConvertible(f"field {', '.join(strangers)}")
    entry = "\n".join(_lines({**fields, "kind": kind}))
    try:
        load(HEAD + entry + "\n", KINDS)
    except ExerciseErrors as several:
        raise NotConvertible(several.errors[0].message) from None
    return entry


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    lead = "- "
    for name in WRITTEN:
        if name in fields and (name, fields[name]) != ("kind", "expression"):
            for line in _field(name, fields[name]):
                yield lead + line
                lead = "  "


def _field(name: str, value: Any) -> Iterator[str]:
    """The lines of one field: options and hints on lines of their own, everything else on one."""
    if name in ("choices", "hints", "mistakes"):
        yield f"{name}:"
        for item in value:
            yield from _item(item)
    else:
        yield f"{name}: {_written(name, value)}"


def _item(item: Any) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"- {_quoted(item)}"
        return
    lead = "- "
    for name, value in item.items():
        yield f"{lead}{name}: {_quoted(value) if name in ('text', 'feedback') else _written(name, value)}"
        lead = "  "


def _written(name: str, value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return f"[{', '.join(_written(name, part) for part in value)}]"
        case dict():
            return "{" + ", ".join(f"{key}: {_written(name, part)}" for key, part in value.items()) + "}"
        case str() if name == "prompt":
            return _quoted(value)
        case _:
            return scalar(_formula(str(value)))


def _formula(text: str) -> str:
    """A formula as people write it today: `^` for powers, `2x` for products with a number, `max` in small letters."""
    text = text.replace("**", "^").replace("Max(", "max(").replace("Min(", "min(").replace("Abs(", "abs(")
    text = re.sub(r"\blam\b", "lambda", text)
    return re.sub(r"(?<![\w^.])(\d+)\*(?=[a-zA-Z(])", r"\1", text)


def _quoted(text: Any) -> str:
    plain = " ".join(str(text).replace("**", "^").split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
