"""The lines of a file of result rows, or of standard input: text, bounded, none of it trusted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, TextIO

from tutor.errors import InputFileError

STDIN = "-"

LONGEST_LINE = 4_000_000
"""The longest line, in bytes; a row of 4,096 cells with certificates is shorter."""

_EXAMPLE = "difftutor grade answers.csv --certificates -o rows.jsonl"


class Line(NamedTuple):
    """One line that is not blank: where it stands, its text, or why it has none."""

    number: int
    text: str
    fault: str | None = None


def lines_of(path: str, stdin: TextIO) -> Iterator[Line]:
    """The lines; raises InputFileError for a file that cannot be opened, or is no text, or holds nothing."""
    count = 0
    with _opened(path, stdin) as stream:
        for number, raw in enumerate(_bounded(stream), start=1):
            if not raw.strip():
                continue
            count += 1
            line = _line(number, raw)
            if count == 1 and b"\0" in raw[:4096]:
                raise InputFileError("binary-file", f"{_name(path)} is no text", suggestion=_EXAMPLE)
            yield line
    if not count:
        raise InputFileError("no-rows", f"{_name(path)} holds no rows", suggestion=_EXAMPLE)


def _line(number: int, raw: bytes) -> Line:
    if len(raw) > LONGEST_LINE:
        return Line(number, "", f"longer than {LONGEST_LINE} bytes")
    try:
        return Line(number, raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return Line(number, "", "not UTF-8 text")


def _bounded(stream: BinaryIO) -> Iterator[bytes]:
    """The lines, each cut at one byte more than LONGEST_LINE."""
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield line


@contextmanager
def _opened(path: str, stdin: TextIO) -> Iterator[BinaryIO]:
    if path == STDIN:
        raw = getattr(stdin, "buffer", None)
        yield raw if raw is not None else io.BytesIO(stdin.read().encode("utf-8", "surrogatepass"))
        return
    try:
        file = open(path, "rb")  # noqa: SIM115  (closed below; opening and reading fail differently)
        file.peek(1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputFileError("cannot-read", f"{path} cannot be read: {reason}", suggestion=_EXAMPLE) from error
    with file:
        yield file


def _name(path: str) -> str:
    return "standard input" if path == STDIN else path
