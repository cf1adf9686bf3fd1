r"""Taking apart a typed vector or matrix: `(2xy, x^2)`, `[[a, b], [c, d]]`, `a, b`, `df/dx = a; df/dy = b`.

Rows are parted by semicolons, line ends or brackets, entries by commas. NumPy calls, LaTeX matrices, angle brackets, a
transposition sign and a common factor in front or behind are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.expression.functions import SPELLINGS

Row = tuple[str, ...]

DEEPEST = 6
"""How many brackets around a list are taken off."""

_OPENING, _CLOSING = "([{⟨", ")]}⟩"
_FUNCTION_WORDS = frozenset(spelling.casefold() for spelling in SPELLINGS) | {"root"}
_LATEX = (
    (re.compile(r"\\begin\s*\{[a-zA-Z]*(?:matrix|array)\}(?:\{[clr|]*\})?"), "["),
    (re.compile(r"\\end\s*\{[a-zA-Z]*(?:matrix|array)\}"), "]"),
    (re.compile(r"\\\\"), ";"),
    (re.compile(r"\\langle\b"), "("),
    (re.compile(r"\\rangle\b"), ")"),
    (re.compile(r"\\(?:left|right)\s*(?=[()\[\]])"), ""),
)
_NAME_IN_FRONT = re.compile(
    r"(?:∇|\\nabla|grad(?:ient)?\b|nabla\b|[JDH](?=[\s_=(f])) ?_?\{?[\w']{0,9}\}? ?(?:\([^()=]{0,40}\))? {0,3}="
)
_CALL = re.compile(
    r"(?:np|numpy|jnp|jax\.numpy|torch|sp|sympy|tf)?\.?(?:array|asarray|tensor|Tensor|Matrix|stack)\s*\("
)
_TRANSPOSED = re.compile(r"(?<=[)\]}⟩])\s*(?:\^\s*\{?\s*(?:T|⊤|\\top|\\intercal)\s*\}?|ᵀ|⊤|\.T)\s*$")
_LABEL = re.compile(
    r"(?:/\s*(?:∂|d|\\partial)\s*|\\frac\{[^{}]*\}\{\s*(?:∂|d|\\partial)\s*|_\s*\{?\s*)(\w+?)\s*\}?\s*$"
)


def rows(text: str) -> tuple[Row, ...]:
    """The rows of what was typed, each a tuple of texts; one row for a plain vector."""
    content = _bare(text)
    lines = _lines(content)
    if len(lines) == 1:
        entries = _parts(content, ",")
        if len(entries) > 1 and all(_is_list(entry) for entry in entries):
            lines = entries
    return tuple(_parts(_unwrapped(line), ",") for line in lines)


def _lines(content: str) -> Row:
    """The rows between semicolons and line ends; a comma at the end of one, and an empty one, mean nothing."""
    lines = _parts(content, ";\n")
    return tuple(line for line in (part.rstrip(", ") for part in lines) if line) if len(lines) > 1 else lines


def labelled(entries: Row, names: dict[str, str]) -> dict[str, str] | None:
    """The entries by variable, where each says `df/dx = …` or `x = …`, else None.

    `names` has each spelling of a variable.
    """
    found: dict[str, str] = {}
    for entry in entries:
        left, sign, right = entry.partition("=")
        label = _LABEL.search(left[-40:])
        name = names.get(label[1] if label else left.strip()) if sign else None
        if name is None or name in found:
            return None
        found[name] = right.strip()
    return found


def _bare(text: str) -> str:
    """The content without name, call, brackets and sign of transposition around the whole."""
    content = typed = text.strip()
    for pattern, replacement in _LATEX:
        content = pattern.sub(replacement, content)
    content = content if content == typed else content.replace("&", ",")
    named = _NAME_IN_FRONT.match(content)
    content = _TRANSPOSED.sub("", content[named.end() :] if named else content).strip()
    if content.startswith("<") and content.endswith(">"):
        content = f"({content[1:-1]})"
    call = _CALL.match(content)
    if call and _partner(content, call.end() - 1) == len(content) - 1:
        content = content[call.end() : -1].strip()
    return _unwrapped(_shared_out(content))


def _unwrapped(content: str) -> str:
    """The content of the brackets around a list, also of doubled ones."""
    content = content.strip()
    for _ in range(DEEPEST):
        if not _is_list(content):
            break
        content = content[1:-1].strip()
        if _has(content, ",;\n"):
            break
    return content


def _is_list(content: str) -> bool:
    """Whether brackets enclose all of a text and a list stands in them."""
    for _ in range(DEEPEST):
        content = content.strip()
        if not content or content[0] not in _OPENING or _partner(content, 0) != len(content) - 1:
            return False
        content = content[1:-1]
        if _has(content.strip(), ",;\n"):
            return True
    return False


def _shared_out(content: str) -> str:
    """A vector with a common factor in front or behind as a vector of products; anything else as it is."""
    for start, _ in _outside(content, _OPENING):
        end = _partner(content, start)
        if end < 0 or not _is_list(content[start : end + 1]):
            continue
        before, after = content[:start].strip(), content[end + 1 :].strip()
        if not (before or after) or not _is_factor(before, after):
            return content
        entries = _parts(content[start + 1 : end].strip(), ",;\n")
        return "(" + ", ".join(_times(before, entry, after) for entry in entries) + ")"
    return content


def _is_factor(before: str, after: str) -> bool:
    """Whether the texts around a bracket multiply or divide it."""
    word = re.search(r"[^\W\d_]+(?:_\w+)?$", before[-40:])
    if word and ("_" in word[0] or word[0].casefold() in _FUNCTION_WORDS):
        return False
    if _has(before, ",;=\n+") or _has(after, ",;=\n+-"):
        return False
    return not after or after[0] in "/*·×÷"


def _times(before: str, entry: str, after: str) -> str:
    factor = before.rstrip("*·× ")
    front = "" if not factor else "-" if factor in ("-", "−") else f"({factor})*"
    return f"{front}({entry}){after}"


def _parts(content: str, separators: str) -> Row:
    """A text cut at separators that stand outside all brackets; nothing behind a last one is no part."""
    cuts = [index for index, _ in _outside(content, separators)]
    ends = (*cuts, len(content))
    starts = (0, *(cut + 1 for cut in cuts))
    parts = tuple(content[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return parts if parts[-1] or len(parts) == 1 else parts[:-1]


def _has(content: str, separators: str) -> bool:
    return next(_outside(content, separators), None) is not None


def _outside(content: str, wanted: str) -> Iterator[tuple[int, str]]:
    """The wanted characters that stand outside all brackets, with their places."""
    depth = 0
    for index, character in enumerate(content):
        depth = max(0, depth - (character in _CLOSING))
        if depth == 0 and character in wanted:
            yield index, character
        depth += character in _OPENING


def _partner(content: str, start: int) -> int:
    """The place of the bracket that closes the one at `start`; -1 when none does."""
    depth = 0
    for index in range(start, len(content)):
        depth += (content[index] in _OPENING) - (content[index] in _CLOSING)
        if depth == 0:
            return index
    return -1
