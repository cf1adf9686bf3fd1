"""Jobs that misbehave, for the tests of the worker; each is told by name what to do."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any


def misbehave(payload: dict[str, Any]) -> Any:
    """What the named behaviour leads to, or the payload's own value."""
    return _BEHAVIOURS[payload.get("do", "echo")](payload.get("with"))


def _hang_in_python(_: Any) -> None:
    while True:
        pass


_HUGE: int = 10**9


def _hang_in_c(_: Any) -> int:
    return int(7**_HUGE).bit_length()


def _sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def _exit(code: int) -> None:
    os._exit(code)


def _segfault(_: Any) -> None:
    ctypes.string_at(0)


def _three_gigabytes(_: Any) -> int:
    return len(bytearray(3 * 1024**3))


def _recurse(depth: int) -> int:
    return _recurse(depth + 1) + 1


def _print(text: str) -> str:
    sys.stdout.write(text)
    sys.stdout.flush()
    os.write(1, b'{"value": "forged"}\n')
    return text


def _once_only(marker: str) -> str:
    """Dies the first time, works the second: a process killed from outside."""
    if not os.path.exists(marker):
        with open(marker, "w", encoding="ascii"):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(30)
    return "second"


def _raise(kind: str) -> None:
    raise {"exit": SystemExit, "interrupt": KeyboardInterrupt, "value": ValueError}[kind](kind)


class _BrokenError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def _raise_broken(_: Any) -> None:
    raise _BrokenError


_BEHAVIOURS: dict[str, Callable[[Any], Any]] = {
    "echo": lambda value: value,
    "hang in Python": _hang_in_python,
    "hang in C": _hang_in_c,
    "sleep": _sleep,
    "exit": _exit,
    "segfault": _segfault,
    "3 GB": _three_gigabytes,
    "recurse": _recurse,
    "print": _print,
    "read input": lambda _: sys.stdin.read(),
    "huge result": lambda size: "x" * size,
    "no JSON": lambda _: {1, 2},
    "nan": lambda _: float("nan"),
    "pid": lambda _: os.getpid(),
    "once only": _once_only,
    "raise": _raise,
    "raise broken": _raise_broken,
    "environment": lambda name: os.environ.get(name),
    "path": lambda _: sys.path,
    "session": lambda _: os.getsid(0) == os.getpid(),
    "signal me": lambda number: os.kill(os.getpid(), number),
}
