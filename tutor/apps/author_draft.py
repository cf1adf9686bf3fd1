"""A new exercise on its way into a file: what its author said, the YAML it becomes, and what the reader makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.errors import ExerciseErrors, UsageError
from tutor.exercise.loader import load
from tutor.exercise.model import Exercise
from tutor.exercise.schema import FILE_NAME
from tutor.exercise.strict_yaml import Mapping, Text, read_yaml
from tutor.kinds.catalogue import KINDS

_TYPED = re.compile(r"true|false|yes|no|on|off|null|~", re.IGNORECASE)
"""Words that editors take for something else than text."""

_PENDING = "pending"


@dataclass(frozen=True, slots=True)
class DraftOption:
    """One option of a choice."""

    text: str
    correct: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author has said of an exercise so far, as text; empty is not said. `at` reads `x = 2, y = 1`."""

    kind: str = ""
    functions: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    order: int = 1
    at: str = ""
    prompt: str = ""
    options: tuple[DraftOption, ...] = ()
    id: str = ""
    title: str = ""
    difficulty: int | None = None
    skills: tuple[str, ...] = ()

    @property
    def meant_kind(self) -> str:
        """The kind that was named, or the one that the fields make it."""
        if self.kind:
            return self.kind
        if self.options:
            return "choice"
        if len(self.functions) > 1:
            return "jacobian"
        if len(self.variables) > 1:
            return "gradient"
        return "number" if self.at else "expression"


def exercise_of(draft: Draft) -> Exercise:
    """The exercise that the file would hold; ExerciseErrors with what is wrong, as the reader of files says it."""
    named = draft if draft.id else replace(draft, id=_PENDING)
    (exercise,) = load(new_file(named, "draft", ""), KINDS)
    return exercise


def checked_exercise(draft: Draft) -> Exercise:
    """The same, with the first fault as a UsageError: it is about the command line and not about a file."""
    try:
        return exercise_of(draft)
    except ExerciseErrors as several:
        first = several.errors[0]
        raise UsageError(first.code, first.message, suggestion=first.suggestion) from None


# ---- YAML -------------------------------------------------------------------------------------------------------


def new_file(draft: Draft, unit: str, note: str, schema: bool = False) -> str:  # noqa: FBT001, FBT002
    """The text of a new file with one exercise; its first line names the schema where that lies beside it."""
    head = [f"# yaml-language-server: $schema={FILE_NAME}"] if schema else []
    head += [
        "# Exercises of difftutor. Only id and function are needed: variable, key, prompt and hints are derived.",
        "schema: 1",
        f"unit: {unit}",
        "",
        "exercises:",
    ]
    return "\n".join([*head, *entry_lines(draft, note)]) + "\n"


def entry_lines(draft: Draft, note: str = "") -> list[str]:
    """The lines of one exercise in a list, not indented; `note` is a comment that says what is derived."""
    first, *others = [line for name, value in _fields(draft) for line in _field(name, value)]
    comment = [f"  # {line}" for line in note.splitlines()]
    return [f"- {first}", *comment, *(f"  {line}" for line in others)]


def _fields(draft: Draft) -> Iterator[tuple[str, str | list[str]]]:
    """The fields that have a value, in the order in which they are written."""
    kind = draft.meant_kind
    alone = len(draft.functions) == 1 and kind != "jacobian"
    fields: tuple[tuple[str, str | list[str]], ...] = (
        ("id", draft.id),
        ("kind", "" if kind == "expression" else kind),
        ("title", draft.title and scalar(draft.title)),
        ("prompt", draft.prompt and scalar(draft.prompt)),
        ("function", scalar(draft.functions[0]) if alone else ""),
        ("functions", [] if alone else [f"- {scalar(function)}" for function in draft.functions]),
        *_asked(draft),
        ("choices", [line for option in draft.options for line in _option(option)]),
        ("difficulty", "" if draft.difficulty is None else str(draft.difficulty)),
        ("skills", f"[{', '.join(draft.skills)}]" if draft.skills else ""),
    )
    yield from ((name, value) for name, value in fields if value)


def _asked(draft: Draft) -> Iterator[tuple[str, str]]:
    if draft.meant_kind in ("gradient", "jacobian"):
        yield "variables", f"[{', '.join(draft.variables)}]"
    elif draft.variables:
        yield "variable", draft.variables[0] if len(draft.variables) == 1 else f"[{', '.join(draft.variables)}]"
    if draft.order != 1:
        yield "order", str(draft.order)
    if draft.at:
        pairs = [pair.partition("=") for pair in re.split("[,;]", draft.at) if pair.strip()]
        yield "at", "{" + ", ".join(f"{name.strip()}: {scalar(value.strip())}" for name, _, value in pairs) + "}"


def _option(option: DraftOption) -> list[str]:
    lines = [f"- text: {scalar(option.text)}"]
    lines += ["  correct: true"] if option.correct else []
    return [*lines, *([f"  feedback: {scalar(option.feedback)}"] if option.feedback else [])]


def _field(name: str, value: str | list[str]) -> list[str]:
    return [f"{name}: {value}"] if isinstance(value, str) else [f"{name}:", *value]


def scalar(text: str) -> str:
    """A text as YAML: plain where it is read back as it is, else in double quotes."""
    flat = " ".join(text.split())
    if flat and not _TYPED.fullmatch(flat) and not re.search(r"[\[\]{},]", flat):
        document = read_yaml(f"field: {flat}")
        match document.root:
            case Mapping((entry,)) if isinstance(entry.value, Text) and not document.faults:
                if entry.value.value == flat and not entry.value.quoted:
                    return flat
    return '"' + flat.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unit_of(path: Path) -> str:
    """The name of a unit from that of its file: `my-unit` for 08-my_unit.yaml."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"^[\d_\W]+", "", path.stem).casefold()).strip("-") or "my-unit"
