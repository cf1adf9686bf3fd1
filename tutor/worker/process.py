"""The child side of a worker: `python -m tutor.worker.process MODULE:FUNCTION MEMORY [MODULE …]`.

It answers requests from its standard input until that ends, so it ends with its parent. Its replies go to a
private copy of standard output: whatever a job prints goes nowhere and cannot be mistaken for a reply.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from tutor.worker import usage
from tutor.worker.protocol import LONGEST_LINE, decode, described, encode

START_SECONDS = 120.0
"""How long the imports may take before the process gives up by itself."""

MOST_JOBS = 2000
MOST_RESIDENT = 300 * 1024 * 1024
"""After this many jobs, or with this many bytes resident, a worker asks to be replaced."""


_YOUNG = 10_000
"""How many new objects are waited for before garbage is looked for; one verdict makes more than Python's 700."""


def main(arguments: list[str]) -> int:
    """The whole life of a worker process; the result is its exit code."""
    path, memory, *preload = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = _private_channel()
    try:
        with _watched(START_SECONDS):
            function = _function(path, preload)
    except BaseException as error:  # whatever an import raises, the parent is told
        replies.write(encode({"unusable": described(error)}))
        return 1
    usage.limit_address_space(int(memory))
    gc.freeze()  # what is imported stays; looking through it for garbage again and again takes long
    gc.set_threshold(_YOUNG)
    replies.write(encode({"ready": True}))
    return _serve(function, requests, replies)


def _private_channel() -> tuple[BinaryIO, BinaryIO]:
    """Copies of standard input and output that jobs do not know; the originals lead nowhere from now on."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, replies


def _function(path: str, preload: list[str]) -> Callable[[Any], Any]:
    for module in preload:
        importlib.import_module(module)
    module, _, name = path.partition(":")
    function: Callable[[Any], Any] = getattr(importlib.import_module(module), name)
    return function


def _serve(function: Callable[[Any], Any], requests: BinaryIO, replies: BinaryIO) -> int:
    served = 0
    while line := requests.readline(LONGEST_LINE + 1):
        served += 1
        reply = _reply(function, line)
        retire = served >= MOST_JOBS or (usage.resident(os.getpid()) or 0) > MOST_RESIDENT
        try:
            _send(replies, reply[:-2] + b',"retire":true}\n' if retire else reply)
        except OSError:  # the parent is gone
            return 1
    return 0


def _send(replies: BinaryIO, line: bytes) -> None:
    """Write all of a line; a raw pipe may take less than it is given."""
    rest = memoryview(line)
    while rest:
        rest = rest[replies.write(rest) :]


def _reply(function: Callable[[Any], Any], line: bytes) -> bytes:
    try:
        request = decode(line)
        if request is None:
            return encode({"failed": "ValueError: the request is no message"})
        with _watched(float(request["seconds"])):
            return encode({"value": function(request["payload"])})
    except MemoryError:
        return b'{"exhausted":true,"retire":true}\n'
    except BaseException as error:  # SystemExit and KeyboardInterrupt too: only this job is lost
        return encode({"failed": described(error)})


@contextlib.contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """End the whole process when the block takes longer, even inside one C call that holds the interpreter's lock.

    The watchdog of faulthandler is a C thread. The parent kills earlier; this is for a parent that is gone.
    """
    with open(os.devnull, "w", encoding="ascii") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
