"""The ids of a bank, for headers of answer files: loaded when the first header asks for them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cached_property

_AT_THE_FRONT = re.compile(r"\s*([A-Za-z][\w-]*(?:#\d{1,4})?)\s*[:.)](?=\s|$)")
_IN_BRACKETS = re.compile(r"[\[(]\s*([A-Za-z][\w-]*(?:#\d{1,4})?)\s*[\])]")
_NEAR = 0.8


class ExerciseNames:
    """The ids of the exercises in a folder, None for the program's own."""

    def __init__(self, bank: str | None) -> None:
        self._bank = bank

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        from tutor.apps.grade_entry import bank_at  # reads exercises, which only some headers ask for

        return {exercise.id.casefold(): exercise.id for exercise in bank_at(self._bank).exercises}

    def found(self, title: str) -> str | None:
        """The exercise in a column's title, as `id` or `id#n`; None where it holds none.

        A form writes the whole question into the title: the id stands in front of it, or in brackets.
        """
        return next((name for name in map(self._known, _candidates(title)) if name is not None), None)

    def near(self, title: str) -> str | None:
        """The id that a column's title may be meant to be; None where it is like none."""
        words = (word.casefold().partition("#")[0] for word in _candidates(title) if not word.count(" "))
        close = (difflib.get_close_matches(word, self._ids, n=1, cutoff=_NEAR) for word in words)
        return next((self._ids[found[0]] for found in close if found), None)

    def _known(self, name: str) -> str | None:
        if name.casefold() in self._ids:
            return self._ids[name.casefold()]
        id_, mark, number = name.rpartition("#")
        if mark and number.isascii() and number.isdigit() and id_.casefold() in self._ids:
            return f"{self._ids[id_.casefold()]}#{number}"
        return None


def _candidates(title: str) -> list[str]:
    """The parts of a title that may be an id."""
    return [title.strip(), *_AT_THE_FRONT.findall(title)[:1], *_IN_BRACKETS.findall(title)]
