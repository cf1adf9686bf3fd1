"""A short name for what an exercise says: equal as long as nothing that matters in it has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from tutor.exercise.model import Exercise
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Number, Symbol

_NOTHING: tuple[Any, ...] = (None, "", [], {}, False)


def exercise_hash(exercise: Exercise) -> str:
    """16 hexadecimal digits that stay the same as long as an exercise does: SHA-256 of its canonical JSON.

    Fields that are left out or empty do not enter, nor does the place in a file.
    """
    canonical = json.dumps(_canonical(exercise), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:16]


def _canonical(value: Any) -> Any:
    """A value as JSON; every value that is none of the known types is a dataclass, the sum of its fields."""
    known = next((write for types, write in _WRITERS.items() if isinstance(value, types)), _canonical_fields)
    return known(value)


def _canonical_fields(value: Any) -> dict[str, Any]:
    parts = {one.name: _canonical(getattr(value, one.name)) for one in fields(value) if one.name != "source"}
    return {name: part for name, part in parts.items() if part not in _NOTHING}


# fmt: off
_WRITERS: Mapping[tuple[type, ...], Callable[[Any], Any]] = MappingProxyType({
    (Number, Symbol, Apply):              to_text,
    (Enum,):                              lambda value: value.value,
    (type(None), bool, int, float, str):  lambda value: value,
    (Fraction,):                          str,
    (Mapping,):                           lambda value: {str(key): _canonical(part) for key, part in value.items()},
    (tuple, list):                        lambda value: [_canonical(part) for part in value],
    (set, frozenset):                     lambda value: sorted(str(_canonical(part)) for part in value),
})
# fmt: on
