"""What a break of YAML's syntax means to an author, and the line as it should be."""

from __future__ import annotations

import re
from typing import Any

from tutor.exercise.page import Page, Place

_SPECIAL = "*&!|>%@`{[\"'-?:,#"
"""What a plain value in YAML cannot start with, or not without a meaning of its own."""

_VALUE = re.compile(r"^(?P<lead>\s*(?:-\s+)*(?:[\w-]+\s*:\s+)?)(?P<value>\S.*?)\s*$")

# fmt: off
_MEANINGS = (
    ("mapping values are not allowed", "a colon and a blank start a field: inside a value, or on an indented line"),
    ("could not find expected ':'",    "a line without a colon, or an unfinished one before it"),
    ("expected ',' or ']'",            "a list in [ ] is not closed, or text follows an entry"),
    ("expected ',' or '}'",            "a field list in { } is not closed, or text follows an entry"),
    ("unexpected end of stream",       "a quote is opened and not closed"),
    ("unknown escape character",       "a backslash inside \" \" starts an escape that is not known; use ' '"),
    ("cannot start any token",         "a value cannot start with this character"),
    ("expected comment or line break", "a value that starts with | or > announces a text of several lines"),
    ("block sequence entries",         "a list entry `- ` cannot start here"),
    ("alphabetic or numeric",          "a value that starts with * or & has a meaning of its own in YAML"),
    ("expected the node content",      "a value is missing, or starts with a character that YAML uses"),
    ("expected node content",          "a value is missing, or starts with a character that YAML uses"),
    ("expected <block end>",           "this line does not fit the lines above: indentation, or text after a value"),
    ("expected key",                   "this line does not fit the lines above: indentation, or text after a value"),
    ("expected <document start>",      "text after the end of the value"),
)
# fmt: on


def explain_syntax(error: Any, page: Page) -> tuple[Place, str, str | None]:
    """The place of a PyYAML error, a sentence, and the line in quotes where quotes would mend it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error).splitlines()[0][:120]
    place = Place(1, 1) if mark is None else _inside(page, Place(mark.line + 1, mark.column + 1))
    meaning = next((sentence for part, sentence in _MEANINGS if part in problem), problem)
    return place, meaning, _mended(error, page, place)


def quoted_value(line: str, column: int) -> str | None:
    """The line with everything from a column on in quotes, as a suggestion; None for a value over several lines."""
    lead, value = line[: column - 1], line[column - 1 :].rstrip()
    if not value or "{" in lead or "[" in lead:
        return 'put the formula in quotes, as in "2*x"'
    return f"put it in quotes: {lead.strip()} {_quote(value)}".replace("  ", " ")


def _inside(page: Page, place: Place) -> Place:
    """The place, or the end of the last line that holds text where it lies behind it."""
    last = max((n for n, line in enumerate(page.lines, start=1) if line.strip()), default=1)
    return place if place.line <= last else Place(last, len(page.line(last)) + 1)


def _mended(error: Any, page: Page, place: Place) -> str | None:
    marks = (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    for number in (place.line, *(mark.line + 1 for mark in marks if mark is not None)):
        found = _VALUE.match(page.line(number))
        if found and _needs_quotes(found["value"]):
            return quoted_value(page.line(number), len(found["lead"]) + 1)
    return None


def _needs_quotes(value: str) -> bool:
    """Whether quotes around the whole value would make it a text; not where a quote or bracket is left open."""
    if value[0] in "\"'":
        return "\\" in value
    if value[0] in "[{":
        return value[-1] not in "]}" and any(bracket in value for bracket in "]}")
    return value[0] in _SPECIAL or ": " in value


def _quote(value: str) -> str:
    """A value in quotes; single ones where it holds a double quote or a backslash."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    bare = value.strip('"') if value[0] == '"' else value
    return "'" + bare.replace("'", "''") + "'"
