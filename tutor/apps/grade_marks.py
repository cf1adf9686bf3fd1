"""The sign and the colour of each status; the word always stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tutor.checking.verdict import Status
from tutor.render.blocks import Role
from tutor.render.look import Look
from tutor.render.shown import shown
from tutor.render.styled import Styled, columns, styled


class Sign(NamedTuple):
    """The sign of a status, the same in ASCII, and the role that colours it."""

    sign: str
    ascii: str
    role: Role


# fmt: off
SIGNS: Mapping[Status, Sign] = MappingProxyType({
    Status.CORRECT:    Sign("✓", "+", Role.RIGHT),
    Status.EQUIVALENT: Sign("≈", "~", Role.UNSURE),
    Status.PARTIAL:    Sign("≈", "~", Role.UNSURE),
    Status.INCORRECT:  Sign("✗", "x", Role.WRONG),
    Status.UNDECIDED:  Sign("?", "?", Role.UNSURE),
    Status.UNREADABLE: Sign("!", "!", Role.UNSURE),
    Status.ERROR:      Sign("!", "!", Role.WRONG),
})
# fmt: on

LONGEST = max(len(f"x {status.value}") for status in Status)
"""The width of the longest sign with its word."""


def marked(status: Status, look: Look) -> Styled:
    """The sign and the word of a status."""
    sign = SIGNS[status]
    return styled(f"{sign.sign if look.unicode else sign.ascii} {status.value}", sign.role)


def foreign(text: str, look: Look, longest: int = 1000) -> str:
    """Text from a file, safe for the stream."""
    safe = shown(text, longest)
    return safe if look.unicode else safe.encode("ascii", "backslashreplace").decode("ascii")


def cut(text: str, width: int, look: Look) -> str:
    """The text in at most that many columns, with an ellipsis where something is left out."""
    if columns(text) <= width:
        return text
    ellipsis = "…" if look.unicode else "..."
    kept = ""
    for character in text:
        if columns(kept + character) > width - len(ellipsis):
            break
        kept += character
    return (kept + ellipsis)[:width]
