"""From the text of an exercise file to exercises: form only, and every fault of the file at once.

Whether a key is right is for `checking`; here is only whether a file says what it says in a form that can be read.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tutor.errors import ExerciseError, ExerciseErrors, InputFileError
from tutor.exercise.convert import Scope, attempt, fault
from tutor.exercise.entry import FileContext, read_exercise
from tutor.exercise.fields import FIELDS, FILE, known_entries, record
from tutor.exercise.form import Form
from tutor.exercise.model import Exercise, Unit
from tutor.exercise.page import Place
from tutor.exercise.strict_yaml import LARGEST_FILE, MOST_FAULTS, Entry, Node, Sequence, Text, read_yaml
from tutor.exercise.strict_yaml import Mapping as FieldList


def load(source: str | Path, kinds: Mapping[str, Form]) -> tuple[Exercise, ...]:
    """The exercises of a file (a Path) or of a text, in order; ExerciseErrors with all faults."""
    return load_unit(source, kinds).exercises


def load_unit(source: str | Path, kinds: Mapping[str, Form]) -> Unit:
    """The unit in a file (a Path) or in a text; ExerciseErrors with all faults."""
    if isinstance(source, Path):
        return read_unit(read_text(source), str(source), kinds)
    return read_unit(source, "", kinds)


def read_text(path: Path) -> str:
    """The text of an exercise file; InputFileError when it cannot be opened or is not UTF-8."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except IsADirectoryError:
        raise InputFileError("is-a-directory", f"{path} is a directory, not a file") from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").casefold()
        raise InputFileError("cannot-open", f"{path} cannot be opened: {reason}") from None
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise InputFileError("not-utf-8", f"{path} is UTF-16, not UTF-8", suggestion="save the file as UTF-8")
    if b"\0" in content:
        raise InputFileError("binary-file", f"{path} is a binary file, not an exercise file")
    try:
        return content.decode("utf-8", "strict" if len(content) <= LARGEST_FILE else "replace")
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8: byte {error.start + 1} belongs to no character"
        raise InputFileError("not-utf-8", message, suggestion="save the file as UTF-8") from None


def read_unit(content: str, file: str, kinds: Mapping[str, Form]) -> Unit:
    """The unit in a text; `file` is the name that faults carry."""
    document = read_yaml(content, file)
    faults: list[ExerciseError] = []
    root = document.root
    unit = None if root is None else attempt(faults, lambda: _unit(root, Scope(document.page), kinds))
    mended = {(one.line, one.column) for one in document.faults}  # what YAML refused there was not read at all
    faults = [*document.faults, *(one for one in faults if (one.line, one.column) not in mended)]
    if faults or unit is None:
        raise ExerciseErrors(_distinct(faults))
    return unit


def _distinct(faults: list[ExerciseError]) -> tuple[ExerciseError, ...]:
    """The faults in the order of their places, none twice (those of `defaults` come once for every exercise)."""
    by_place = {(one.line, one.column, one.code, one.message): one for one in faults}
    return tuple(by_place[key] for key in sorted(by_place))[:MOST_FAULTS]


def _unit(root: Node, scope: Scope, kinds: Mapping[str, Form]) -> Unit:
    """The unit whose file has this root; what is wrong at the top does not hide what is wrong in the exercises."""
    faults: list[ExerciseError] = []
    said = attempt(faults, lambda: record(root, scope, FILE, ("schema", "exercises"))) or _nodes(root)
    name = str(said.get("unit", ""))
    file = FileContext(kinds, name, _defaults(said.get("defaults"), scope, faults))
    items = _items(said.get("exercises"), scope, faults)
    read = [attempt(faults, lambda node=node: read_exercise(node, scope, file)) for node in items]  # type: ignore[misc]
    faults.extend(_taken_twice(items, scope))
    if faults:
        raise ExerciseErrors(tuple(faults))
    exercises = tuple(exercise for exercise in read if exercise is not None)
    return Unit(name, str(said.get("title", "")), exercises, scope.page.file)


def _nodes(root: Node) -> dict[str, Any]:
    """The parts of a file that can be read on their own, where its top is faulty."""
    entries = root.entries if isinstance(root, FieldList) else ()
    return {entry.key.value: entry.value for entry in entries if entry.key.value in ("defaults", "exercises")}


def _items(node: Node | None, scope: Scope, faults: list[ExerciseError]) -> tuple[Node, ...]:
    """The nodes of the exercises."""
    if isinstance(node, Sequence) and node.items:
        return node.items
    if node is not None:
        faults.append(fault(scope, node, "no-exercises", "a list of exercises is wanted here", "- id: chain-1"))
    return ()


def _defaults(node: Node | None, scope: Scope, faults: list[ExerciseError]) -> tuple[Entry, ...]:
    """The entries of `defaults` that can be read."""
    entries = () if node is None else known_entries(node, scope, FIELDS, faults)
    faults.extend(
        fault(scope, entry.key, "bad-default", "every exercise needs an id of its own", "delete this line")
        for entry in entries
        if entry.key.value == "id"
    )
    return tuple(entry for entry in entries if entry.key.value != "id")


def _taken_twice(items: tuple[Node, ...], scope: Scope) -> list[ExerciseError]:
    """A fault for each id that an earlier exercise of the file has."""
    first: dict[str, Place] = {}
    faults = []
    for node in _ids(items):
        place = first.setdefault(node.value, node.place)
        if place is not node.place:
            message = f"the id `{node.value[:64]}` is taken by the exercise in line {place.line}"
            faults.append(fault(scope, node, "duplicate-id", message, f"{node.value[:60]}-2"))
    return faults


def _ids(items: tuple[Node, ...]) -> list[Text]:
    lists = (item for item in items if isinstance(item, FieldList))
    values = (entry.value for item in lists for entry in item.entries if entry.key.value == "id")
    return [value for value in values if isinstance(value, Text) and not value.is_null]
