"""Python's search for garbage in cycles, put off while a table is built.

A table takes many small values and makes no cycles; the search, which values that are made set off, would walk all that
the whole program holds, several times a table.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

__all__ = ["collecting_later"]


class _Waiting:
    """How many computations want no search now, and whether there is one otherwise."""

    lock = Lock()
    count = 0
    was_on = True


@contextmanager
def collecting_later() -> Iterator[None]:
    """Puts the search off until the last of those who want that, in any thread, is done."""
    with _Waiting.lock:
        if not _Waiting.count:
            _Waiting.was_on = gc.isenabled()
            gc.disable()
        _Waiting.count += 1
    try:
        yield
    finally:
        with _Waiting.lock:
            _Waiting.count -= 1
            if not _Waiting.count and _Waiting.was_on:
                gc.enable()
