"""The door to PyYAML: a file becomes small frozen nodes, every scalar stays text, and every fault has its place.

PyYAML's own loaders are not used, only its stream of events: they resolve types (`no`, `1:30`, `010`), follow aliases
into exponential size, keep the last of two equal keys, and recurse. Here aliases, anchors, tags, duplicate keys, tabs,
invisible characters, several documents, deep nesting and large files are faults. The limits are met as the events come,
so nothing is built that is over them; libyaml's stream itself keeps its stack on the heap.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tutor.errors import ExerciseError
from tutor.exercise.page import Page, Place
from tutor.exercise.yaml_syntax import explain_syntax, quoted_value

LARGEST_FILE = 1 << 20
"""The largest exercise file, in bytes."""

DEEPEST = 12
MOST_NODES = 20_000
LONGEST_TEXT = 10_000
MOST_FAULTS = 200
"""How many faults end the reading."""

MOST_HIDDEN = 20
"""How many invisible characters are reported one by one."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as its author wrote it; a plain empty one, `~` or `null` is null."""

    value: str
    place: Place
    quoted: bool = False

    @property
    def is_null(self) -> bool:
        """Whether the author left the value out."""
        return not self.quoted and self.value in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` of a mapping."""

    key: Text
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """The entries of a mapping in the order of the file; the keys are distinct."""

    entries: tuple[Entry, ...]
    place: Place


Node: TypeAlias = Text | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a file: its page, its root (None when the text is no YAML or empty), and all faults."""

    page: Page
    root: Node | None
    faults: tuple[ExerciseError, ...]


def read_yaml(text: str, file: str = "") -> Document:
    """The one document in a text, with all faults of its form."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    page = Page(file, tuple(text.split("\n")))
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_FILE:
        fault = page.fault("file-too-large", f"the file is larger than {LARGEST_FILE} bytes", Place(1, 1), "split it")
        return Document(page, None, (fault,))
    builder = _Builder(page, _hidden_characters(page))
    builder.run("\n".join(_visible(line) for line in page.lines))
    return Document(page, builder.root, _in_order(builder.faults))


def _in_order(faults: list[ExerciseError]) -> tuple[ExerciseError, ...]:
    return tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))


def _hidden_characters(page: Page) -> list[ExerciseError]:
    """A fault for each tab and each character that cannot be seen, up to a limit."""
    found = []
    for number, line in enumerate(page.lines, start=1):
        if line.isprintable():
            continue
        for column, character in enumerate(line, start=1):
            if not character.isprintable():
                found.append(_hidden_character(page, character, Place(number, column)))
                if len(found) == MOST_HIDDEN:
                    return found
    return found


def _hidden_character(page: Page, character: str, place: Place) -> ExerciseError:
    if character == "\t":
        return page.fault("tab", "a tab stands here; YAML is indented with blanks", place, "replace it by blanks")
    name = unicodedata.name(character, "a control character")
    message = f"the character U+{ord(character):04X} ({name.lower()}) cannot be seen"
    return page.fault("control-character", message, place, "delete it, or type an ordinary blank")


def _visible(line: str) -> str:
    """The line with a blank for each character that cannot be seen: columns stay, and libyaml gets no odd break."""
    return line if line.isprintable() else "".join(c if c.isprintable() else " " for c in line)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come; `key` is the key that waits for its value."""

    place: Place
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Place] = field(default_factory=dict)
    key: Text | None = None


class _Builder:
    """Builds nodes from events and collects faults; a fault of a single node does not end the reading."""

    def __init__(self, page: Page, faults: list[ExerciseError]) -> None:
        self.page = page
        self.faults = faults
        self.known: set[tuple[int, str]] = set()
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def run(self, text: str) -> None:
        """Read all events, up to the first limit that is passed or the first break of the syntax."""
        from yaml import YAMLError  # PyYAML is read only when a file is

        try:
            for event in _events(text):
                if not self.take(event) or len(self.faults) >= MOST_FAULTS:
                    self.root = None
                    return
        except YAMLError as error:
            self.root = None
            self.syntax(error)
            return
        if self.root is None and not self.faults:
            self.fault("empty-file", "there is nothing in this file", Place(1, 1), "schema: 1")

    def fault(self, code: str, message: str, place: Place, suggestion: str | None = None) -> None:
        """Note one fault, the first of a code on each line."""
        if (place.line, code) not in self.known:
            self.known.add((place.line, code))
            self.faults.append(self.page.fault(code, message, place, suggestion))

    def syntax(self, error: Any) -> None:
        """Note what is wrong with the syntax, unless a fault on that line has said so already."""
        place, message, suggestion = explain_syntax(error, self.page)
        if not any(known.line == place.line for known in self.faults):
            self.fault("yaml", message, place, suggestion)

    def take(self, event: Any) -> bool:
        """Use one event; False when a limit is passed and the reading ends."""
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        match type(event).__name__:
            case "DocumentStartEvent":
                self.documents += 1
                one = self.documents <= 1
                return self.within(one, "several-documents", "a second document starts here", place, "delete the line")
            case "SequenceEndEvent" | "MappingEndEvent":
                self.close()
                return True
            case "AliasEvent":
                self.refuse_alias(place)
                self.put(Text("", place, quoted=True))
                return True
            case "ScalarEvent" | "SequenceStartEvent" | "MappingStartEvent":
                return self.take_node(event, place)
            case _:
                return True

    def take_node(self, event: Any, place: Place) -> bool:
        """Use the event of a node; False when a limit is passed."""
        self.nodes += 1
        self.refuse_marks(event, place)
        if not self.within(self.nodes <= MOST_NODES, "too-many-nodes", f"more than {MOST_NODES} values", place):
            return False
        if type(event).__name__ == "ScalarEvent":
            self.put(self.scalar(event, place))
            return True
        self.open.append(_Open(place, is_mapping=type(event).__name__ == "MappingStartEvent"))
        return self.within(len(self.open) <= DEEPEST, "too-deep", f"nested more than {DEEPEST} levels deep", place)

    def within(self, holds: object, code: str, message: str, place: Place, fix: str = "split the file") -> bool:
        """Whether a limit holds; a fault and no root where it does not."""
        if not holds:
            self.root = None
            self.fault(code, message, place, fix)
        return bool(holds)

    def scalar(self, event: Any, place: Place) -> Text:
        """The text of a scalar event, cut where it is too long."""
        value: str = event.value
        if len(value) > LONGEST_TEXT:
            self.fault("too-long", f"a text of more than {LONGEST_TEXT} characters", place, "shorten it")
        if any(not character.isprintable() and character != "\n" for character in value):
            fix = "a backslash inside \" \" starts an escape; use ' ' around it" if event.style == '"' else None
            self.fault("control-character", "this text holds a character that cannot be seen", place, fix)
        return Text(value[:LONGEST_TEXT], place, quoted=bool(event.style))

    def refuse_alias(self, place: Place) -> None:
        """Note an alias, which most often is a formula that starts with a star."""
        fix = quoted_value(self.page.line(place.line), place.column)
        self.fault("alias", "a value that starts with * refers to an anchor in YAML", place, fix)

    def refuse_marks(self, event: Any, place: Place) -> None:
        """Note an anchor or a tag before a node."""
        column = min(place.column, len(self.page.line(place.line)) or 1)
        fix = quoted_value(self.page.line(place.line), column)
        if event.anchor is not None:
            plain = type(event).__name__ == "ScalarEvent"
            fix = fix if plain else "anchors are not read: write the value out in each place"
            self.fault("anchor", "a value that starts with & sets an anchor in YAML", place, fix)
        if event.tag is not None:
            self.fault("tag", "a value that starts with ! has a tag in YAML", place, fix)

    def put(self, node: Node) -> None:
        """Place a finished node into the innermost open collection."""
        if not self.open:
            self.root = node
        elif not self.open[-1].is_mapping:
            self.open[-1].items.append(node)
        elif self.open[-1].key is None:
            self.open[-1].key = self.key(node, self.open[-1])
        else:
            top = self.open[-1]
            top.entries.append(Entry(top.key or Text("", node.place), node))
            top.key = None

    def key(self, node: Node, mapping: _Open) -> Text:
        """A node as a key of a mapping."""
        if not isinstance(node, Text) or node.is_null:
            self.fault(
                "key-not-text", "the name of a field stands here, and it must be a word", node.place, "id: chain-1"
            )
            return Text("", node.place)
        first = mapping.keys.setdefault(node.value, node.place)
        if first is not node.place:
            message = f"the field `{node.value[:40]}` stands here a second time; the first is in line {first.line}"
            self.fault("duplicate-key", message, node.place, "keep one of the two")
        return node

    def close(self) -> None:
        """Finish the innermost open collection."""
        top = self.open.pop()
        node: Node = Mapping(tuple(top.entries), top.place) if top.is_mapping else Sequence(tuple(top.items), top.place)
        self.put(node)


def _events(text: str) -> Iterator[Any]:
    import yaml

    return iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
