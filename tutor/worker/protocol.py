"""What goes through the pipes of a worker: one JSON object a line, in ASCII, of bounded length.

Parent to child: `{"payload": …, "seconds": 9.0}`. Child to parent: `{"ready": true}` once, or `{"unusable": "…"}`
when the function cannot be imported; then for each payload one of `{"value": …}`, `{"failed": "…"}` and
`{"exhausted": true}` (out of memory), with `"retire": true` beside it when the child wants to be replaced.
"""

from __future__ import annotations

import json
from typing import Any

LONGEST_LINE = 16 * 1024 * 1024
"""The largest message in bytes; a longer result is a failure of its job."""

LONGEST_REASON = 500
"""The largest part of an exception's text that is handed on, in characters."""


def encode(message: dict[str, Any]) -> bytes:
    """The line of a message; raises TypeError, ValueError or RecursionError for what JSON cannot say.

    ASCII keeps lone surrogates of undecodable input whole on their way through the pipe.
    """
    line = json.dumps(message, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")
    if len(line) >= LONGEST_LINE:
        problem = f"a message of {len(line)} bytes; at most {LONGEST_LINE} fit"
        raise ValueError(problem)
    return line + b"\n"


def decode(line: bytes) -> dict[str, Any] | None:
    """The message of a line, None for a line that is no message."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


def described(error: BaseException) -> str:
    """The name and the text of an exception, cut short; an exception whose text fails has its name only."""
    name = type(error).__name__
    try:
        text = str(error)
    except Exception:  # a broken __str__ must not cost the worker
        return name
    return f"{name}: {text[:LONGEST_REASON]}" if text else name
