"""How things are shown: where text goes, how wide, with or without colour and Unicode."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TextIO

WIDTH = 80
"""The width that every screen is made for."""

NARROWEST = 40
"""No screen is made narrower than this; a narrower terminal breaks lines itself."""

UNBROKEN = 2000
"""The width of plain text: one event is one line, however long."""

NEEDED = "✓✗√²·→∂∇…│─⁰ₓ"
"""Characters that an output must be able to carry, or everything is shown in ASCII."""


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command reads and writes: data goes to `stdout`, everything else to `stderr`."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line: `color` is auto, always or never."""

    plain: bool = False
    ascii: bool = False
    color: str = "auto"


@dataclass(frozen=True, slots=True)
class Look:
    """How one stream shows things; `plain` is one line an event, for screen readers and pipes."""

    width: int = WIDTH
    color: bool = False
    unicode: bool = True
    plain: bool = False

    def as_plain(self) -> Look:
        """The same for append-only text: one event is one line."""
        return replace(self, plain=True, width=UNBROKEN)


def look_of(stream: TextIO, wishes: Wishes, environment: Mapping[str, str] | None = None) -> Look:
    """How a stream should show things, from the wishes, the environment, and what the stream can carry."""
    known = os.environ if environment is None else environment
    unicode = not wishes.ascii and _carries(stream)
    look = Look(width=_width(stream), color=_colored(stream, wishes, known), unicode=unicode)
    return look.as_plain() if wishes.plain or is_plain(known) else look


def is_plain(environment: Mapping[str, str]) -> bool:
    """Whether the environment asks for append-only text: ACCESSIBLE is set, or the terminal is dumb."""
    return environment.get("ACCESSIBLE", "") not in ("", "0") or environment.get("TERM") in ("dumb", "unknown")


def _colored(stream: TextIO, wishes: Wishes, environment: Mapping[str, str]) -> bool:
    if wishes.color != "auto":
        return wishes.color == "always"
    if wishes.plain or environment.get("NO_COLOR") or is_plain(environment):
        return False
    if environment.get("FORCE_COLOR", "") not in ("", "0"):
        return True
    return _is_terminal(stream)


def _width(stream: TextIO) -> int:
    """80 columns, fewer where a terminal has fewer."""
    try:
        return max(NARROWEST, min(WIDTH, os.get_terminal_size(stream.fileno()).columns or WIDTH))
    except (OSError, ValueError):
        return WIDTH


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # a closed stream
        return False


def _carries(stream: TextIO) -> bool:
    try:
        NEEDED.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
