"""Where result rows go: standard output as they come, or a file that appears whole or not at all."""

from __future__ import annotations

import difflib
import glob
import os
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Protocol, TextIO

from tutor.apps.grade_reading import Survey
from tutor.apps.grade_table import TableWriter
from tutor.errors import UsageError
from tutor.render.look import Look
from tutor.render.shown import shown
from tutor.render.to_csv import cells, columns, csv_line
from tutor.render.to_gradebook import Gradebook
from tutor.render.to_json import Plain, line

STDOUT = "-"
_STALE = 24 * 60 * 60.0
_EXAMPLES = {"jsonl": "grades.jsonl", "csv": "grades.csv", "table": "grades.txt", "gradebook": "gradebook.csv"}
SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".txt": "table"}


class Writer(Protocol):
    """One format: the text before the first row, that of a row, and what follows the last one.

    `is_safe` says that no text it gives can move the cursor of a terminal.
    """

    is_safe: bool

    def head(self) -> str:
        """What stands before the first row."""

    def row(self, row: Plain) -> str:
        """The line or lines of one row."""

    def tail(self) -> str:
        """What stands after the last row."""


class JsonLines:
    """JSON Lines: one object a line, in ASCII where the stream carries nothing else."""

    is_safe = True

    def __init__(self, *, only_ascii: bool = False) -> None:
        self._only_ascii = only_ascii

    def head(self) -> str:
        """Nothing: JSON Lines have no header."""
        return ""

    def row(self, row: Plain) -> str:
        """One object on one line."""
        return line(row, only_ascii=self._only_ascii) + "\n"

    def tail(self) -> str:
        """Nothing: they have no end either."""
        return ""


class Csv:
    """CSV with a header; `carried` are the columns of the input without a meaning, None when they are not known."""

    is_safe = False

    def __init__(self, carried: Sequence[str] | None) -> None:
        self._columns = columns(carried)

    def head(self) -> str:
        """The names of the columns."""
        return csv_line(self._columns)

    def row(self, row: Plain) -> str:
        """One record; a field may hold line ends."""
        return csv_line(cells(row, self._columns))

    def tail(self) -> str:
        """Nothing."""
        return ""


class BookWriter:
    """A gradebook, which is written once the last row is known."""

    is_safe = False

    def __init__(self) -> None:
        self._book = Gradebook()

    def head(self) -> str:
        """Nothing: the columns are not known yet."""
        return ""

    def row(self, row: Plain) -> str:
        """Nothing: the row is entered."""
        self._book.add(row)
        return ""

    def tail(self) -> str:
        """The whole gradebook."""
        return self._book.text()


FORMATS = ("jsonl", "csv", "table", "gradebook")


def writer(place: tuple[str, str], survey: Survey, look: Look) -> Writer:
    """The writer for a format and a path; a table in a file has no colours."""
    match place:
        case ("jsonl", path):
            return JsonLines(only_ascii=path == STDOUT and not look.unicode)
        case ("csv", _):
            return Csv(survey.carried)
        case ("gradebook", _):
            return BookWriter()
        case (_, path):
            return TableWriter(look if path == STDOUT else replace(look, color=False, unicode=True), survey.widths)


def targets(wanted: Iterable[str], output: str | None, *, terminal: bool) -> tuple[tuple[str, str], ...]:
    """(format, path) of each place that was asked for, `-` for standard output; raises UsageError.

    `wanted` are texts FORMAT or FORMAT=PATH; the format of `output` is told by its suffix.
    """
    found = [_target(text) for text in wanted]
    if output is not None:
        found.append((_guess(output), output))
    if not found:
        found = [("table" if terminal else "jsonl", STDOUT)]
    paths = [path if path == STDOUT else os.path.realpath(path) for _, path in found]
    if len(set(paths)) < len(paths):
        raise UsageError("double-output", "two formats are to be written to the same place", suggestion="--to csv=FILE")
    return tuple(found)


def _target(text: str) -> tuple[str, str]:
    name, mark, path = text.partition("=")
    if name not in FORMATS:
        close = difflib.get_close_matches(name, FORMATS, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise UsageError("unknown-format", f"unknown format {name!r}", suggestion=f"{hint}one of {', '.join(FORMATS)}")
    if mark and not path:
        raise UsageError("no-path", f"--to {text} names no file", suggestion=f"--to {name}={_EXAMPLES[name]}")
    return name, path or STDOUT


def _guess(path: str) -> str:
    if path == STDOUT:
        return "jsonl"
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        message = f"the format of {path} cannot be told from its name"
        raise UsageError("unknown-format", message, suggestion=f"end it in .jsonl or .csv, or say --to csv={path}")
    return SUFFIXES[suffix]


class Outputs:
    """All places that rows are written to; files appear when `publish` is called, and not at all without it."""

    def __init__(self, stdout: TextIO) -> None:
        self._stdout = stdout
        self._open: list[tuple[Writer, IO[str]]] = []
        self._files: list[_NewFile] = []
        self._stack = ExitStack()
        self._begun = False

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that are written, as they were named."""
        return tuple(file.path for file in self._files)

    @property
    def show_rows_on_a_terminal(self) -> bool:
        """Whether rows appear on a screen, where a progress bar would be written over them."""
        return any(stream is self._stdout for _, stream in self._open) and self._stdout.isatty()

    def add(self, one: Writer, path: str) -> None:
        """Open a place; raises UsageError when a file cannot be written there."""
        if path == STDOUT:
            self._open.append((one, self._stdout))
        else:
            file = _NewFile(path)
            self._stack.callback(file.discard)
            self._files.append(file)
            self._open.append((one, file.stream))

    def row(self, row: Plain) -> None:
        """Write one row everywhere; standard output has it at once."""
        self._begin()
        with _told_apart():
            for one, stream in self._open:
                self._write(one, stream, one.row(row))

    def publish(self) -> None:
        """Write what stands after the last row, and make the files appear under their names."""
        self._begin()
        with _told_apart():
            for one, stream in self._open:
                self._write(one, stream, one.tail())
            for file in self._files:
                file.publish()

    def close(self) -> None:
        """Remove what was not published."""
        self._stack.close()

    def _begin(self) -> None:
        """Write what stands before the first row; not earlier, as an input may turn out to be none."""
        if self._begun:
            return
        self._begun = True
        with _told_apart():
            for one, stream in self._open:
                self._write(one, stream, one.head())

    def _write(self, one: Writer, stream: IO[str], text: str) -> None:
        if stream is not self._stdout:
            stream.write(text)
        elif text:
            stream.write(text if one.is_safe else _safe(text, stream))
            stream.flush()


@contextmanager
def _told_apart() -> Iterator[None]:
    """A full disk is said in one line; a reader that went away stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"the results cannot be written: {error.strerror or error}"
        raise UsageError("cannot-write", message, suggestion="free some space, or write to another place") from error


class _NewFile:
    """A file under a temporary name in the same folder, so that a reader sees the old one or the whole new one.

    A link is kept and what it points to is replaced; a device or a pipe is written to directly.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._final = os.path.realpath(path)
        self._temporary: str | None = None
        try:
            self.stream: IO[str] = self._opened()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise UsageError("cannot-write", f"{path} cannot be written: {reason}") from error

    def publish(self) -> None:
        """Give the file its name once its content is on the disk."""
        self.stream.flush()
        if self._temporary is None:
            return
        os.fsync(self.stream.fileno())
        self.stream.close()
        os.replace(self._temporary, self._final)
        self._temporary = None

    def discard(self) -> None:
        """Close, and remove what has no name yet."""
        with suppress(OSError):  # a full disk again, at the flush
            self.stream.close()
        if self._temporary is not None:
            os.unlink(self._temporary)
            self._temporary = None

    def _opened(self) -> IO[str]:
        mode = _mode(self._final)
        if mode is not None and not stat.S_ISREG(mode):
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(21, "it is a directory")
            return open(self._final, "w", encoding="utf-8", errors="backslashreplace", newline="")
        folder, name = os.path.split(self._final)
        _sweep(folder, name)
        descriptor, self._temporary = tempfile.mkstemp(prefix=_prefix(name), suffix=".tmp", dir=folder)
        os.chmod(self._temporary, _default_mode() if mode is None else stat.S_IMODE(mode))
        return os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="")


def _prefix(name: str) -> str:
    return f".{name[:80]}.difftutor-"


def _sweep(folder: str, name: str) -> None:
    """Remove what runs that were killed left behind under this name; a run that goes on is younger than a day."""
    for path in Path(folder).glob(f"{glob.escape(_prefix(name))}*.tmp"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _default_mode() -> int:
    """What the user's umask makes of a new file."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _safe(text: str, stream: TextIO) -> str:
    """On a terminal no character that moves the cursor; everywhere no lone surrogate, which cannot be encoded."""
    if stream.isatty():
        return "\n".join(shown(part, len(part)) for part in text.split("\n"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
