"""The parent side of a worker: one warm process that can be killed at any moment."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.worker import usage
from tutor.worker.outcome import NOT_STARTED, Crashed, Done, Failed, Outcome, TimedOut
from tutor.worker.process import START_SECONDS
from tutor.worker.protocol import LONGEST_LINE, decode, encode

MEMORY = 400 * 1024 * 1024
"""How far a worker may grow beyond what it took when it was ready, in bytes."""

WALL_FACTOR = 4.0
"""A job on a busy machine may take this many deadlines of wall time, as long as its processor time is below one."""

_SLICE = 0.05
_GRACE = 1.0


class Worker:
    """One function in one process of its own: started when first needed, replaced when it dies.

    Not for two threads at once, but `close` may be called from any thread and ends a call that is under way.
    """

    def __init__(self, function: str, *, preload: tuple[str, ...] = (), memory: int = MEMORY) -> None:
        self._command = (function, str(memory), *preload)
        self._memory = memory
        self._process: _Process | None = None
        self._closed = False
        self._lock = threading.Lock()
        atexit.register(self.close)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start the process if there is none; it gets ready while the caller goes on."""
        with self._lock:
            if self._process is None and not self._closed:
                self._process = _Process(self._command, self._memory)

    @property
    def pid(self) -> int | None:
        """The number of the process, None before it is started."""
        return None if self._process is None else self._process.pid

    def call(self, payload: Any, deadline: float) -> Outcome:
        """How the function ended on this payload within `deadline` seconds of processor time.

        Getting ready is not counted. Never raises for what happens in the worker.
        """
        try:
            line = encode({"payload": payload, "seconds": deadline * WALL_FACTOR + _GRACE})
        except (TypeError, ValueError, RecursionError) as error:
            return Failed(f"{type(error).__name__}: {error}")
        self.warm()
        process = self._process
        if process is None:
            return Crashed("the worker is closed")
        outcome, usable = process.run(line, deadline)
        if not usable:
            self._replace(process)
        return outcome

    def close(self) -> None:
        """End the process; later calls end as Crashed."""
        atexit.unregister(self.close)
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            process.kill()

    def _replace(self, process: _Process) -> None:
        process.kill()
        with self._lock:
            self._process = None
        if process.was_ready:  # what never got ready will not get ready by being started at once again
            self.warm()


@dataclass(frozen=True, slots=True)
class _Late:
    """Nothing came in time."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """The pipe ended: the process is gone or going."""


class _Process:
    """One run of `tutor.worker.process`, with a thread that reads its replies.

    A thread works for pipes on every platform; only that thread closes the pipe it reads.
    """

    def __init__(self, command: tuple[str, ...], memory: int) -> None:
        self._popen = _started(command)
        self._memory = memory
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._resting: int | None = None
        self.was_ready = False
        threading.Thread(target=self._read, name="worker-replies", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._popen.pid

    def run(self, line: bytes, deadline: float) -> tuple[Outcome, bool]:
        """The outcome of one request, and whether the process can be used again."""
        problem = self._get_ready()
        if problem is not None:
            return problem, False
        if not self._send(line):
            return self._death(), False
        match self._reply(deadline):
            case _Late():
                return TimedOut(deadline), False
            case _Ended():
                return self._death(), False
            case Crashed() as crash:
                return crash, False
            case message:
                return _outcome(message), not message.get("retire", False)

    def kill(self) -> None:
        """End the process now and leave nothing of it."""
        with contextlib.suppress(OSError):
            self._popen.kill()
        if self._popen.stdin is not None:
            with contextlib.suppress(OSError):
                self._popen.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=10)

    def _get_ready(self) -> Crashed | None:
        if self.was_ready:
            return None
        match self._next_message(START_SECONDS):
            case {"ready": True}:
                self.was_ready = True
                self._resting = None if usage.limits_itself() else usage.resident(self.pid)
                return None
            case {"unusable": reason}:
                return Crashed(f"{NOT_STARTED}: {reason}")
            case _Late():
                return Crashed(f"{NOT_STARTED} in time")
            case _:
                return Crashed(f"{NOT_STARTED}: {self._death().reason}")

    def _send(self, line: bytes) -> bool:
        stdin = self._popen.stdin
        rest = memoryview(line)
        try:
            while stdin is not None and rest:
                rest = rest[stdin.write(rest) :]
        except (OSError, ValueError):  # the pipe is broken, or closed by another thread
            return False
        return stdin is not None

    def _reply(self, deadline: float) -> dict[str, Any] | _Late | _Ended | Crashed:
        """The next message; the deadline is in processor time where that is known, in wall time else."""
        began, used = time.monotonic(), usage.processor_seconds(self.pid)
        until = began + deadline
        while True:
            wait = until - time.monotonic()
            got = self._next_message(wait if self._resting is None else min(wait, _SLICE))
            if not isinstance(got, _Late):
                return got
            if self._too_large():
                return Crashed("out of memory")
            now = time.monotonic()
            if now >= until:
                until = now + self._unused(deadline, used)
                if until <= now or now - began >= WALL_FACTOR * deadline:
                    return got

    def _unused(self, deadline: float, before: float | None) -> float:
        """The seconds of processor time that are left to a job, 0 where that is not known."""
        now = usage.processor_seconds(self.pid)
        if before is None or now is None:
            return 0.0
        left = deadline - (now - before)
        return max(left, _SLICE) if left > deadline / 10 else 0.0

    def _too_large(self) -> bool:
        if self._resting is None:
            return False
        now = usage.resident(self.pid)
        return now is not None and now - self._resting > self._memory

    def _next_message(self, seconds: float) -> dict[str, Any] | _Late | _Ended:
        try:
            line = self._lines.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            return _Late()
        message = None if line is None else decode(line)
        return _Ended() if message is None else message

    def _death(self) -> Crashed:
        """How the process ended, once its pipe has ended."""
        try:
            code = self._popen.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return Crashed("the reply was no message")
        return Crashed(_ending(code))

    def _read(self) -> None:
        stdout = self._popen.stdout
        if stdout is not None:
            with stdout:
                for line in _lines(stdout.fileno()):
                    self._lines.put(line)
        self._lines.put(None)


def _started(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """A new process without a terminal, in a session of its own so that Ctrl-C does not reach it."""
    windows = (getattr(subprocess, name, 0) for name in ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW"))
    flags: dict[str, Any] = {"creationflags": sum(windows)} if os.name == "nt" else {"start_new_session": True}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "tutor.worker.process", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=_environment(),
        **flags,
    )


def _environment() -> dict[str, str]:
    """The parent's environment, one thread for linear algebra, and the parent's import path without the folder "".

    With `-P` a file `json.py` in the folder where somebody grades is not imported.
    """
    root = str(Path(__file__).resolve().parents[2])
    path = [entry for entry in sys.path if os.path.isabs(entry)]
    path += [] if root in path else [root]
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {**os.environ, **one_thread, "PYTHONPATH": os.pathsep.join(path)}


def _outcome(message: dict[str, Any]) -> Outcome:
    match message:
        case {"value": value}:
            return Done(value)
        case {"failed": str(reason)}:
            return Failed(reason)
        case {"exhausted": True}:
            return Crashed("out of memory")
        case _:
            return Crashed("the reply was no message")


def _ending(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        return f"ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"ended by signal {-code}"


def _lines(descriptor: int) -> Iterator[bytes]:
    """The whole lines that come out of a pipe, until it ends or a line is too long; a cut last line is dropped."""
    held: list[bytes] = []
    length = 0
    while part := _read_some(descriptor):
        head, newline, rest = part.partition(b"\n")
        while newline:
            yield b"".join([*held, head])
            held, length = [], 0
            head, newline, rest = rest.partition(b"\n")
        held.append(head)
        length += len(head)
        if length > LONGEST_LINE:
            return


def _read_some(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 18)
    except OSError:  # Windows reports a broken pipe where POSIX reports the end
        return b""
