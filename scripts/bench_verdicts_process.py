"""A program that is asked questions one after the other, and the processor time that each of them takes it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

LIMIT = 5.0
"""Seconds of processor time for one question."""

PATIENCE = 12
"""How many times the limit may pass on the clock on the wall, should the program wait for something."""

_LOOK = 0.05
_LINUX: bool = sys.platform == "linux"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """What a program answered, None where it took too long or ended, and the processor time it took, in seconds."""

    answer: T | None
    seconds: float
    ended: bool = False


class Process:
    """A program that stays; one that takes too long for a question is ended, and started anew for the next."""

    def __init__(
        self,
        command: Sequence[str],
        opening: str = "",
        *,
        environment: Mapping[str, str] = MappingProxyType({}),
        limit: float = LIMIT,
    ) -> None:
        self._command = list(command)
        self._opening = opening
        self._environment = os.environ | environment
        self._limit = limit
        self._running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def is_running(self) -> bool:
        """Whether the program is there, so that its next answer pays for no start."""
        return self._running is not None

    def ask(self, question: str, read: Callable[[str], T | None]) -> Asked[T]:
        """The answer to a question; `read` says what a program's output so far means, None while it is not whole."""
        program = self._started()
        began, wall = processor_seconds(program.pid), time.monotonic()
        try:
            self._send(program, question)
        except BrokenPipeError:
            self.end()
            return Asked(None, 0.0, ended=True)
        output = b""
        while True:
            piece = _received(program)
            if piece == b"":
                self.end()
                return Asked(None, 0.0, ended=True)
            output += piece or b""
            answer = read(output.decode(errors="replace")) if piece else None
            seconds = processor_seconds(program.pid) - began
            if answer is not None:
                return Asked(answer, seconds)
            if seconds > self._limit or time.monotonic() - wall > PATIENCE * self._limit:
                self.end()
                return Asked(None, seconds)

    def end(self) -> None:
        """End the program, if it runs."""
        if self._running is not None:
            self._running.kill()
            self._running.communicate()
            self._running = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._running is None:
            self._running = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment,
            )
            self._send(self._running, self._opening)
        return self._running

    @staticmethod
    def _send(program: subprocess.Popen[bytes], text: str) -> None:
        assert program.stdin is not None
        program.stdin.write(text.encode())
        program.stdin.flush()


def _received(program: subprocess.Popen[bytes]) -> bytes | None:
    """What the program has written; None when that is nothing for a short while, empty when it has ended."""
    assert program.stdout is not None
    ready, _, _ = select.select([program.stdout], [], [], _LOOK)
    return os.read(program.stdout.fileno(), 65536) if ready else None


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used in all its threads, in seconds.

    Linux has a clock for every process (clock_getcpuclockid(3)), to the nanosecond; elsewhere psutil's is coarser.
    """
    if _LINUX:
        return time.clock_gettime(~pid << 3 | 2)
    import psutil

    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)
