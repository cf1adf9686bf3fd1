"""Text with a role for each character, and how it is measured, wrapped and painted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from tutor.render.blocks import GLUE, Role

_SGR = MappingProxyType(
    {
        Role.PLAIN: "",
        Role.STRONG: "1",
        Role.DIM: "2",
        Role.RIGHT: "32",
        Role.WRONG: "31",
        Role.UNSURE: "33",
        Role.NAME: "36",
    }
)

SOFT = "·*,"
"""Signs after which a formula that is longer than a line is broken."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A text and the role of each of its characters."""

    text: str = ""
    roles: tuple[Role, ...] = ()

    def __add__(self, other: Styled) -> Styled:
        """Both, one after the other."""
        return Styled(self.text + other.text, self.roles + other.roles)

    def part(self, start: int, end: int) -> Styled:
        """The characters from start up to end."""
        return Styled(self.text[start:end], self.roles[start:end])


def styled(text: str, role: Role = Role.PLAIN) -> Styled:
    """A text in one role."""
    return Styled(text, (role,) * len(text))


def blanks(number: int) -> Styled:
    """That many blanks; none where the number is negative."""
    return styled(" " * number)


def joined(parts: Iterable[Styled]) -> Styled:
    """All parts, one after the other."""
    kept = tuple(parts)
    return Styled("".join(part.text for part in kept), tuple(role for part in kept for role in part.roles))


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def padded(part: Styled, width: int) -> Styled:
    """The text with blanks up to a width."""
    return part + blanks(width - columns(part.text))


def wrapped(part: Styled, width: int, first: int = 0, later: int | None = None) -> tuple[Styled, ...]:
    """The text in lines of at most `width` columns, the first indented by `first`, the others by `later`.

    Lines are broken at blanks; a word longer than a line is broken after a sign of a product, else cut.
    """
    indents = (first, first if later is None else later)
    lines: list[Styled] = []
    start = 0
    while start < len(part.text) or not lines:
        indent = indents[min(len(lines), 1)]
        end, following = _break(part.text, start, max(width - indent, 8))
        lines.append(blanks(indent) + part.part(start, end))
        start = following
    return tuple(lines)


def painted(line: Styled, *, color: bool) -> str:
    """The line as it is written: with colour as escape sequences, trailing blanks cut."""
    kept = line.part(0, len(line.text.replace(GLUE, " ").rstrip()))
    if not color:
        return kept.text.replace(GLUE, " ")
    return "".join(_runs(kept)).replace(GLUE, " ")


def _runs(line: Styled) -> Iterator[str]:
    position = 0
    for role, group in groupby(line.roles):
        length = sum(1 for _ in group)
        text = line.text[position : position + length]
        yield f"\x1b[{_SGR[role]}m{text}\x1b[0m" if _SGR[role] else text
        position += length


def _break(text: str, start: int, width: int) -> tuple[int, int]:
    """Where a line that begins at `start` ends, and where the next one begins."""
    end = _reach(text, start, width)
    if end == len(text):
        return end, end
    blank = text.rfind(" ", start + 1, end + 1)
    word = len(text[blank + 1 :].partition(" ")[0])
    if blank < 0 or word > width:
        soft = max(text.rfind(sign, start + 1, end) for sign in SOFT) + 1
        if soft > max(blank, start):
            return soft, soft
    if blank < 0:
        return end, end
    following = blank
    while following < len(text) and text[following] == " ":
        following += 1
    return blank, following


def _reach(text: str, start: int, width: int) -> int:
    used, end = 0, start
    while end < len(text):
        used += _columns_of(text[end])
        if used > width:
            return max(end, start + 1)
        end += 1
    return end


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
