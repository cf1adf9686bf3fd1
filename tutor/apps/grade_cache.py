"""Assessments that are there already: each distinct (exercise, variant, answer) is assessed once."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import OrderedDict
from typing import Any

MOST_BYTES = 128 * 1024 * 1024
"""How much is kept, packed; beyond that the results that were not used for longest are assessed again when needed."""


def key_of(payload: dict[str, Any]) -> bytes:
    """The digest under which equal payloads meet."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).digest()


class Assessed:
    """Results by key, packed, least recently used first; at least `least` of them are kept whatever their size."""

    def __init__(self, least: int, most_bytes: int = MOST_BYTES) -> None:
        self._packed: OrderedDict[bytes, bytes] = OrderedDict()
        self._expected: set[bytes] = set()
        self._bytes = 0
        self._least = least
        self._most_bytes = most_bytes

    def expects(self, key: bytes) -> bool:
        """Whether a result is there or on its way; if not, it counts as on its way from now on."""
        if key in self._packed:
            self._packed.move_to_end(key)
            return True
        if key in self._expected:
            return True
        self._expected.add(key)
        return False

    def put(self, key: bytes, result: dict[str, Any]) -> None:
        """Keep a result that was on its way."""
        self._expected.discard(key)
        packed = zlib.compress(json.dumps(result, ensure_ascii=True).encode("ascii"), 1)
        self._packed[key] = packed
        self._bytes += len(packed)
        while self._bytes > self._most_bytes and len(self._packed) > self._least:
            _, dropped = self._packed.popitem(last=False)
            self._bytes -= len(dropped)

    def get(self, key: bytes) -> dict[str, Any]:
        """A result that is there; KeyError when it is not."""
        result: dict[str, Any] = json.loads(zlib.decompress(self._packed[key]))
        return result
