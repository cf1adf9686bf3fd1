"""Rectangles of characters with a baseline, and how they are put beside and above one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of equal width, every character one cell; neighbours align on the line with the index `baseline`."""

    lines: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        """The cells from left to right."""
        return len(self.lines[0])

    @property
    def height(self) -> int:
        """The lines from top to bottom."""
        return len(self.lines)

    @property
    def below(self) -> int:
        """The lines under the baseline."""
        return len(self.lines) - self.baseline - 1

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Fence:
    """One side of brackets: the sign of one line, and the top, middle and bottom of a tall one."""

    short: str
    top: str
    middle: str
    bottom: str


# fmt: off
FENCES: Mapping[str, Fence] = MappingProxyType({
    "(": Fence("(", "⎛", "⎜", "⎝"),   ")": Fence(")", "⎞", "⎟", "⎠"),
    "[": Fence("[", "⎡", "⎢", "⎣"),   "]": Fence("]", "⎤", "⎥", "⎦"),
    "|": Fence("|", "│", "│", "│"),
})
ASCII_FENCES: Mapping[str, Fence] = MappingProxyType({
    "(": Fence("(", "/", "|", "\\"),  ")": Fence(")", "\\", "|", "/"),
    "[": Fence("[", "[", "[", "["),   "]": Fence("]", "]", "]", "]"),
    "|": Fence("|", "|", "|", "|"),
})
# fmt: on


def beside(*boxes: Box) -> Box:
    """Boxes from left to right, on one baseline."""
    top = max(box.baseline for box in boxes)
    bottom = max(box.below for box in boxes)
    if top == bottom == 0:
        return Box(("".join(box.lines[0] for box in boxes),))
    columns = [padded(box, top - box.baseline, bottom - box.below).lines for box in boxes]
    return Box(tuple(map("".join, zip(*columns, strict=True))), top)


def above(*boxes: Box, baseline: int = 0) -> Box:
    """Boxes from top to bottom, each in the middle of the widest; the baseline is a line of the whole."""
    width = max(box.width for box in boxes)
    return Box(tuple(line for box in boxes for line in centred(box, width).lines), baseline)


def centred(box: Box, width: int) -> Box:
    """A box in the middle of a width; what cannot be halved goes to the right."""
    spare = width - box.width
    if spare <= 0:
        return box
    left, right = " " * (spare // 2), " " * (spare - spare // 2)
    return Box(tuple(f"{left}{line}{right}" for line in box.lines), box.baseline)


def padded(box: Box, top: int, bottom: int) -> Box:
    """A box with empty lines above and below."""
    if not top and not bottom:
        return box
    blank = (" " * box.width,)
    return Box(blank * top + box.lines + blank * bottom, box.baseline + top)


def fenced(box: Box, left: Fence, right: Fence) -> Box:
    """A box between brackets: on its baseline where nothing stands below that, else as tall as the box."""
    if not box.below:
        return beside(Box((left.short,)), box, Box((right.short,)))
    starts, ends = _side(left, box.height), _side(right, box.height)
    return Box(tuple(map("".join, zip(starts, box.lines, ends, strict=True))), box.baseline)


def _side(fence: Fence, height: int) -> list[str]:
    return [fence.top, *[fence.middle] * (height - 2), fence.bottom]


def raised(base: Box, exponent: Box) -> Box:
    """A box with another at its upper right: above the baseline of a base that ends there, at the top of a tall one."""
    start = base.baseline if not base.below else min(base.baseline, 1)
    rise = max(exponent.height - start, 0)
    left = padded(base, rise, 0)
    top = left.baseline - base.baseline + start - exponent.height
    right = padded(exponent, top, left.height - top - exponent.height)
    return Box(tuple(map("".join, zip(left.lines, right.lines, strict=True))), left.baseline)


def lowered(base: Box, index: Box) -> Box:
    """A box with another at its lower right, under the baseline."""
    drop = base.baseline + 1
    height = max(base.height, drop + index.height)
    left = padded(base, 0, height - base.height)
    right = padded(index, drop, height - drop - index.height)
    return Box(tuple(map("".join, zip(left.lines, right.lines, strict=True))), base.baseline)


def grid(rows: Sequence[Sequence[Box]]) -> Box:
    """Rows of boxes in columns, two blanks apart; a blank line apart where a row is taller than a line."""
    widths = [max(box.width for box in column) for column in zip(*rows, strict=True)]
    lines = [_row(row, widths) for row in rows]
    if max(line.height for line in lines) > 1:
        lines = [part for line in lines for part in (line, Box((" " * line.width,)))][:-1]
    total = sum(line.height for line in lines)
    return above(*lines, baseline=(total - 1) // 2)


def _row(row: Sequence[Box], widths: Sequence[int]) -> Box:
    gap = Box(("  ",))
    cells = [centred(box, width) for box, width in zip(row, widths, strict=True)]
    return beside(*[part for cell in cells for part in (gap, cell)][1:])


def clipped(box: Box, width: int, height: int, mark: str = "…") -> Box:
    """As much of a box as fits, around its baseline; lines that go on, and lines next to cut ones, end in the mark."""
    width, height = max(width, 1), max(height, 1)
    first = min(max(0, box.baseline - height // 2), max(0, box.height - height))
    lines = box.lines[first : first + height]
    is_cut = [len(line) > width for line in lines]
    is_cut[0] = is_cut[0] or first > 0
    is_cut[-1] = is_cut[-1] or first + height < box.height
    wide = min(width, box.width + 1) if any(is_cut) else box.width
    shown = (
        _marked(line, wide, mark) if cut else line[:wide].ljust(wide) for line, cut in zip(lines, is_cut, strict=True)
    )
    return Box(tuple(shown), box.baseline - first)


def _marked(line: str, width: int, mark: str) -> str:
    return line[: width - 1].ljust(width - 1) + mark
