"""Adding an exercise to a file without touching a character of what is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tutor.apps.author_draft import Draft, entry_lines
from tutor.errors import ExerciseErrors, UsageError
from tutor.exercise.loader import read_text, read_unit
from tutor.exercise.model import Exercise, Unit
from tutor.exercise.strict_yaml import Entry, Mapping, Sequence, read_yaml
from tutor.kinds.catalogue import KINDS


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A file of exercises that is sound: its text and its unit."""

    path: Path
    text: str
    unit: Unit


def open_unit(path: Path) -> UnitFile:
    """A file of exercises; ExerciseErrors when it is faulty, InputFileError when it cannot be read."""
    text = _text(path)
    return UnitFile(path, text, read_unit(text, str(path), KINDS))


def _text(path: Path) -> str:
    """The text of a file with its line ends as they are."""
    read_text(path)  # says what is wrong with a file that is none of ours
    return path.read_bytes().decode("utf-8")


def with_exercise(file: UnitFile, draft: Draft, note: str) -> str:
    """The text of a file with one exercise more, behind the last one; UsageError where its form does not allow that."""
    end = "\r\n" if "\r\n" in file.text else "\n"
    lines = file.text.split(end)
    place, indent = _place(file, lines)
    added = [f"{' ' * indent}{line}".rstrip() for line in entry_lines(draft, note)]
    gap = [""] if _apart(file, lines) else []
    text = end.join([*lines[:place], *gap, *added, *(lines[place:] or [""])])
    _ensure_only_added(file, text, draft)
    return text


def _place(file: UnitFile, lines: list[str]) -> tuple[int, int]:
    """How many lines stand before the new exercise, and how far it is indented."""
    entries = _top(file)
    number = next(index for index, entry in enumerate(entries) if entry.key.value == "exercises")
    items = entries[number].value
    assert isinstance(items, Sequence)
    first = items.items[0].place
    lead = lines[first.line - 1][: first.column - 1]
    if lead.strip() != "-":
        fix = "write it to another file, or put each exercise on lines of its own, behind `- `"
        raise UsageError(
            "cannot-append", f"{file.path} lists its exercises in a form that cannot be added to", suggestion=fix
        )
    last = entries[number + 1].key.place.line - 1 if number + 1 < len(entries) else len(lines)
    while not lines[last - 1].strip() or (number + 1 < len(entries) and lines[last - 1].startswith("#")):
        last -= 1
    return last, lead.index("-")


def _top(file: UnitFile) -> tuple[Entry, ...]:
    root = read_yaml(file.text).root
    assert isinstance(root, Mapping)
    return root.entries


def _apart(file: UnitFile, lines: list[str]) -> bool:
    """Whether the exercises of a file are set apart by empty lines."""
    starts = [exercise.source.line for exercise in file.unit.exercises if exercise.source]
    return len(starts) < 2 or any(not lines[start - 2].strip() for start in starts[1:])


def _ensure_only_added(file: UnitFile, text: str, draft: Draft) -> None:
    """Read the new text back: the exercises that were there and the new one, nothing else."""
    before = file.unit.exercises
    try:
        after = read_unit(text.replace("\r\n", "\n"), str(file.path), KINDS).exercises
    except ExerciseErrors as several:
        after, reason = (), several.errors[0].message
    else:
        reason = "its exercises would change"
    if _said(after[:-1]) != _said(before) or len(after) != len(before) + 1 or after[-1].id != draft.id:
        fix = "write it to another file"
        raise UsageError("cannot-append", f"{file.path} cannot be added to: {reason}", suggestion=fix)


def _said(exercises: tuple[Exercise, ...]) -> tuple[tuple[str, str], ...]:
    from tutor.exercise.fingerprint import exercise_hash

    return tuple((exercise.id, exercise_hash(exercise)) for exercise in exercises)
