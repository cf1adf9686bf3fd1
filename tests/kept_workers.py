"""Worker processes that tests share: one that is idle when its owner closes it waits for the next owner.

Getting ready takes a worker longer than most tests do, and a command that is run inside a test starts new ones. What
is kept is a process that has answered all it was asked and is waiting; one that is at work, was killed, or is unusable
ends as always. Tests of the workers themselves (`tests/worker`) keep none, nor do those that start the program itself.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tutor.worker import supervisor
from tutor.worker.outcome import Outcome

MOST_KEPT = 4
"""How many idle processes wait for one command."""

FRESH = supervisor._Process
"""What starts a new process each time."""

_Key = tuple[Any, ...]

_waiting: dict[_Key, list[_Kept]] = defaultdict(list)


class _Kept(FRESH):
    """A process that can be handed on."""

    def __init__(self, key: _Key, command: tuple[str, ...], memory: int) -> None:
        super().__init__(command, memory)
        self._key = key
        self._idle = False

    def run(self, line: bytes, deadline: float) -> tuple[Outcome, bool]:
        self._idle = False
        outcome, usable = super().run(line, deadline)
        self._idle = usable
        return outcome, usable

    def kill(self) -> None:
        waiting = _waiting[self._key]
        if self._idle and self._popen.poll() is None and len(waiting) < MOST_KEPT:
            self._idle = False
            waiting.append(self)
        else:
            super().kill()

    @property
    def lives(self) -> bool:
        return self._popen.poll() is None


def _taken(command: tuple[str, ...], memory: int) -> _Kept:
    """A process for a command: one that waits, started with the same environment, or a new one."""
    settings = frozenset(item for item in os.environ.items() if item[0] != "PYTEST_CURRENT_TEST")
    key = (command, memory, settings)
    while _waiting[key]:
        if (found := _waiting[key].pop()).lives:
            return found
        found.kill()
    return _Kept(key, command, memory)


@contextmanager
def kept_workers() -> Iterator[None]:
    """While this lasts, idle workers are kept; at its end all of them end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(supervisor, "_Process", _taken)
        yield
    for waiting in _waiting.values():
        while waiting:
            waiting.pop().kill()
