"""Foreign text made safe for a terminal: what a file or a learner wrote must not move the cursor or reorder a line."""

from __future__ import annotations

import unicodedata

LONGEST = 200
"""How many characters of a foreign text are shown at most."""

_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that are shown by number: controls, bidirectional marks, lone surrogates, unassigned."""


def shown(text: str, longest: int = LONGEST) -> str:
    """The text on one line, every control or direction-changing character escaped, cut with … beyond `longest`."""
    head = text if len(text) <= longest else text[: max(longest - 1, 0)] + "…"
    return "".join(_shown_character(character) for character in head)


def shown_lines(text: str, longest: int = 20 * LONGEST) -> str:
    """The same for a text of several lines, such as a prompt: line ends stay."""
    return "\n".join(shown(line, longest) for line in text[:longest].splitlines())


def help_line(suggestion: str | None) -> str:
    """What to do, as it stands under an error; empty where there is no suggestion."""
    return f"help: {suggestion}" if suggestion else ""


def _shown_character(character: str) -> str:
    if character == "\t":
        return " "
    if unicodedata.category(character) not in _ESCAPED:
        return character
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
