"""What `author check` found, with the place of each finding in its file: as a page for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tutor.apps.author_remark import Remark
from tutor.errors import ExerciseError, Span
from tutor.exercise.fields import FIELDS
from tutor.exercise.page import Page, Place
from tutor.exercise.strict_yaml import Document, Entry, Mapping, Node, Sequence
from tutor.render.blocks import Banner, Block, Mark, Pointer
from tutor.render.shown import shown


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the error with its place, the id of the exercise (None where there is none yet), how grave it is."""

    error: ExerciseError
    exercise: str | None = None
    is_warning: bool = False

    @property
    def place(self) -> tuple[str, int, int]:
        """File, line and column: the order in which findings are shown."""
        return (self.error.file, self.error.line, self.error.column)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the exercises of one file stand, in their order."""

    page: Page
    items: tuple[Node, ...]
    defaults: tuple[Entry, ...]

    @classmethod
    def of(cls, document: Document) -> Places:
        """The places in a document whose form is right."""
        top = {entry.key.value: entry.value for entry in _entries(document.root)}
        items = top.get("exercises")
        return cls(document.page, items.items if isinstance(items, Sequence) else (), (*_entries(top.get("defaults")),))

    def finding(self, number: int, exercise: str, remark: Remark) -> Finding:
        """A remark about the exercise of a number, at its field."""
        place = self._of_field(number, remark.field, remark.item)
        error = self.page.fault(remark.code, remark.message, place, remark.suggestion)
        return Finding(error, exercise, remark.is_warning)

    def of_id(self, number: int) -> Place:
        """The place of an exercise's id."""
        return self._of_field(number, "id", None)

    def _of_field(self, number: int, field: str, item: int | None) -> Place:
        node = self.items[number]
        fills = FIELDS[field].fills
        entries = [entry for entry in (*_entries(node), *self.defaults) if FIELDS[entry.key.value].fills == fills]
        if not entries:
            return node.place
        value = entries[0].value
        leaves = tuple(_leaves(value)) if fills == "answer" else value.items if isinstance(value, Sequence) else ()
        return leaves[item].place if item is not None and item < len(leaves) else value.place


def _entries(node: Node | None) -> tuple[Entry, ...]:
    return node.entries if isinstance(node, Mapping) else ()


def _leaves(node: Node) -> Iterator[Node]:
    """The entries of a key, row by row."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _leaves(item)
    else:
        yield node


def page_of(findings: Iterable[Finding]) -> tuple[Block, ...]:
    """Every finding: what is wrong, the line with a caret, and what to do."""
    return tuple(block for finding in findings for block in _blocks(finding))


def _blocks(finding: Finding) -> tuple[Block, ...]:
    error = finding.error
    place = f"{shown(error.file)}:{error.line}:{error.column}: " if error.line else ""
    grave = "warning, " if finding.is_warning else ""
    said = f"{place}{shown(error.message, 1000)} [{grave}{error.code}]"
    mark = Mark.UNSURE if finding.is_warning else Mark.WRONG
    span = Span(error.column - 1, error.column) if error.excerpt else None
    return (Banner(mark, said), Pointer(error.excerpt, span, "", error.suggestion or ""))


def record(finding: Finding) -> dict[str, Any]:
    """A finding as plain JSON values."""
    error = finding.error
    return {
        "file": error.file,
        "line": error.line,
        "column": error.column,
        "exercise": finding.exercise,
        "severity": "warning" if finding.is_warning else "fault",
        "code": error.code,
        "message": error.message,
        "suggestion": error.suggestion,
        "excerpt": error.excerpt,
    }
