"""The text lines of an answer file or of standard input, decoded and bounded; a file that is no text is refused."""

from __future__ import annotations

import codecs
import difflib
import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from tutor.apps.grade_rows import EXAMPLE
from tutor.errors import InputFileError

LONGEST_LINE = 64 * 1024
"""The longest line, in characters."""

STDIN = "-"

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SUFFIXES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".yaml", ".yml"})
"""What the files of a folder that hold answers end in."""

_SAVE_AS_UTF8 = "save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8') and try again"
_NEVER_IN_TEXT = (b"\x01", b"\x02", b"\x03", b"\x04", b"\x7f")
_MAGIC = (
    (b"PK\x03\x04", "a zip archive or spreadsheet (xlsx, ods)", "export the sheet as 'CSV UTF-8' and grade that file"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (xls)", "export the sheet as 'CSV UTF-8' and grade that file"),
    (b"%PDF", "a PDF", "grade a CSV, JSON Lines or YAML file"),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it first: gunzip FILE"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One place to read answers from: a path, or `-` for standard input; whether it was found in a folder."""

    path: str
    in_folder: bool = False

    @property
    def name(self) -> str:
        """The name shown in messages."""
        return "standard input" if self.path == STDIN else self.path

    @property
    def is_pipe(self) -> bool:
        """Whether it can be read only once: standard input, a pipe, a device."""
        if self.path == STDIN:
            return True
        try:
            mode = os.stat(self.path).st_mode
        except (OSError, ValueError):
            return False
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def sources_in(path: str) -> tuple[Source, ...]:
    """The answer files of a folder and the folders in it, in the order of their paths; any other path by itself.

    Hidden files and folders are passed over, and so are links to folders. Raises InputFileError for a folder without.
    """
    if path == STDIN or not os.path.isdir(path):
        return (Source(path),)
    found = sorted(Path(folder, name) for folder, names in _walked(path) for name in names)
    if not found:
        endings = ", ".join(sorted(SUFFIXES))
        message = f"the folder {path} holds no answer files"
        raise InputFileError("no-answer-files", message, suggestion=f"their names end in one of {endings}")
    return tuple(Source(str(file), in_folder=True) for file in found)


def _walked(path: str) -> Iterator[tuple[str, list[str]]]:
    def refuse(error: OSError) -> None:
        raise _cannot_open(str(error.filename or path), error)

    for folder, folders, names in os.walk(path, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield folder, [name for name in names if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES]


class Lines:
    """The lines of one text with their line ends; `number` is that of the line given last, from 1.

    Raises InputFileError where the text is not in its encoding.
    """

    def __init__(self, name: str, stream: TextIO) -> None:
        self.name = name
        self.number = 0
        self._stream = stream
        self._held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line; a line that is too long is cut at one character more than LONGEST_LINE."""
        line = self._held.pop() if self._held else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        return line

    def peek(self) -> str:
        """The next line with more than blanks in it, which stays to be read; empty at the end of the text."""
        before: list[str] = []
        line = ""
        for line in self:
            before.append(line)
            if line.strip():
                break
        self._held += reversed(before)
        self.number -= len(before)
        return line if before else ""

    def fault(self, code: str, message: str, suggestion: str | None = None, line: int | None = None) -> InputFileError:
        """The error of this text at a line (the last one given, unless another is named)."""
        return InputFileError(code, f"{self.name}:{line or self.number}: {message}", suggestion=suggestion)

    def _read(self) -> str:
        try:
            line = self._stream.readline(LONGEST_LINE + 1)
            self._skip_rest_of(line)
        except UnicodeError as error:
            raise InputFileError(
                "wrong-encoding", f"{self.name} is not whole UTF-16 text", suggestion=_SAVE_AS_UTF8
            ) from error
        if not line.isascii() and any("\udc80" <= character <= "\udcff" for character in line):
            message = f"{self.name}:{self.number + 1}: not UTF-8 text"
            raise InputFileError("wrong-encoding", message, suggestion=_SAVE_AS_UTF8)
        return line

    def _skip_rest_of(self, line: str) -> None:
        while len(line) > LONGEST_LINE and not line.endswith(("\n", "\r")):
            line = self._stream.readline(LONGEST_LINE + 1)


@contextmanager
def opened(source: Source, stdin: TextIO | None) -> Iterator[Lines]:
    """The lines of a source; raises InputFileError when it is missing, no file, empty, or no text."""
    with _opened_bytes(source, stdin) as stream:
        head = _head(source, stream)
        _refuse_what_is_no_text(source.name, head)
        encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
        errors = "strict" if encoding == "utf-16" else "surrogateescape"
        text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
        try:
            yield Lines(source.name, text)
        finally:
            text.detach()


@contextmanager
def _opened_bytes(source: Source, stdin: TextIO | None) -> Iterator[io.BufferedReader]:
    if source.path == STDIN:
        if stdin is None:  # what Python makes of a descriptor that is closed at the start
            raise InputFileError("cannot-read", "standard input is closed")
        yield _bytes_of(stdin)
        return
    try:
        file = open(source.path, "rb")  # noqa: SIM115  (closed below; opening and reading fail differently)
    except (OSError, ValueError) as error:
        raise _cannot_open(source.path, error) from error
    with file:
        yield file


def _bytes_of(stdin: TextIO) -> io.BufferedReader:
    """The bytes of standard input; a stand-in without bytes is encoded."""
    raw: BinaryIO | None = getattr(stdin, "buffer", None)
    if isinstance(raw, io.BufferedReader):
        return raw
    text = raw.read() if raw is not None else stdin.read().encode("utf-8", "surrogatepass")
    return io.BufferedReader(io.BytesIO(text))


def _head(source: Source, stream: io.BufferedReader) -> bytes:
    try:
        return stream.peek(4096)[:4096]
    except (OSError, ValueError) as error:
        raise _cannot_open(source.name, error) from error


def _cannot_open(path: str, error: Exception) -> InputFileError:
    number = error.errno if isinstance(error, OSError) else None
    match number:
        case errno.ENOENT:
            return InputFileError("no-file", f"there is no file {path}", suggestion=_similar_file(path))
        case errno.EISDIR:
            return InputFileError("directory", f"{path} is a directory", suggestion=f"name the files: {path}/*.csv")
        case errno.EACCES | errno.EPERM if os.path.isdir(path):  # what Windows says of a directory
            return InputFileError("directory", f"{path} is a directory", suggestion=f"name the files: {path}/*.csv")
        case errno.EACCES | errno.EPERM:
            return InputFileError("no-permission", f"{path} may not be read", suggestion="check its permissions")
        case _:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            return InputFileError("cannot-read", f"{path} cannot be read: {reason}")


def _similar_file(path: str) -> str | None:
    wanted = Path(path)
    try:
        names = [entry.name for entry in wanted.parent.iterdir() if entry.is_file()]
    except (OSError, ValueError):
        return None
    close = difflib.get_close_matches(wanted.name, names, n=1)
    return f"did you mean {wanted.parent / close[0]}?" if close else None


def _refuse_what_is_no_text(name: str, head: bytes) -> None:
    if not head:
        raise InputFileError("empty-file", f"{name} is empty", suggestion=EXAMPLE)
    for magic, what, remedy in _MAGIC:
        if head.startswith(magic):
            raise InputFileError("binary-file", f"{name} is {what}, no text", suggestion=remedy)
    if _is_binary(head) and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        utf16 = head.count(b"\0") > len(head) // 3
        what = "looks like UTF-16 without a byte order mark" if utf16 else "is binary, no text"
        raise InputFileError("binary-file", f"{name} {what}", suggestion=_SAVE_AS_UTF8)


def _is_binary(head: bytes) -> bool:
    """Whether there are null bytes beyond a few strays, which are faults of their rows."""
    nulls = head.count(b"\0")
    return nulls > 0 and (20 * nulls > len(head) or any(control in head for control in _NEVER_IN_TEXT))
