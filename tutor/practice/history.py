"""What a learner has done: an append-only record in one SQLite file, written before the screen shows it.

Every event is a row of its own and is never changed; undoing and starting again are events too. Several programs may
write to one file at a time: each event is one transaction that takes the write lock at once.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from tutor.errors import InputFileError

STORE_VARIABLE = "DIFFTUTOR_STORE"
"""The environment variable that names another file than the platform's."""

LAYOUT = 1
"""The number of the layout of the tables, kept in the file's `user_version`."""

APPLICATION = 0x44494654
"""SQLite's application id of these files: `DIFT`."""

PATIENCE = 5.0
"""Seconds to wait for another program that is writing."""

DAMAGED = "store-damaged"
"""The code of a file that is no database, or a broken one; every other trouble has the code `store-unusable`."""

FOREIGN = "store-foreign"
"""The code of a sound database that is not a record, or one of a later version."""

_TABLES = """
CREATE TABLE event (
    number    INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    sitting   TEXT NOT NULL,
    exercise  TEXT NOT NULL,
    variant   INTEGER,
    what      TEXT NOT NULL,
    attempt   INTEGER NOT NULL DEFAULT 0,
    answer    TEXT,
    status    TEXT,
    score     REAL,
    mal_rules TEXT NOT NULL DEFAULT '[]',
    seconds   REAL
) STRICT;
CREATE INDEX event_exercise ON event (exercise, number);
"""


class What(StrEnum):
    """What happened: an answer, help, the end of an exercise without a right answer, a note, or a step back.

    UNDONE takes back the last answer, skip or show of the same sitting and exercise; RESET begins an exercise anew.
    """

    ANSWERED = "answered"
    HINTED = "hinted"
    STEPS = "steps"
    SKIPPED = "skipped"
    SHOWN = "shown"
    UNDONE = "undone"
    FLAGGED = "flagged"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Record:
    """One event of one exercise; `seconds` is the time since the exercise was shown, `at` is in UTC.

    `answer` holds the words of a note where the event is FLAGGED.
    """

    at: datetime
    sitting: str
    exercise: str
    what: What
    attempt: int = 0
    answer: str | None = None
    status: str | None = None
    score: float | None = None
    mal_rules: tuple[str, ...] = ()
    seconds: float | None = None
    variant: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The record of one learner in a file, which is created with its folder at the first write.

    Every method raises InputFileError, with the code DAMAGED or FOREIGN where the file itself is the trouble.
    """

    path: Path

    def prepare(self) -> None:
        """Make the file and its tables unless they are there, and make sure that it is sound."""
        with self._open() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise InputFileError(DAMAGED, f"the record of your answers in {self.path} is damaged: {found}")

    def append(self, *records: Record) -> None:
        """Write events, all or none; they are on disk when this returns."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_INSERT, [_row(record) for record in records])
            connection.execute("COMMIT")

    def records(self) -> tuple[Record, ...]:
        """All events in the order in which they were written; none where there is no file yet."""
        if not self.path.exists():
            return ()
        with _guarded(self.path):
            return _read(self.path)

    def back_up(self, copy: Path) -> None:
        """Write a sound copy of the file, whatever other programs are doing with it."""
        with self._open() as connection:
            target = sqlite3.connect(copy)
            try:
                connection.backup(target)
            finally:
                target.close()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with _guarded(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            try:
                _prepare(connection)
                yield connection
            finally:
                connection.close()


def store_path(given: str | None, environment: Mapping[str, str] | None = None) -> Path:
    """The file of the record: as given, as the environment says, or in the platform's data folder."""
    known = os.environ if environment is None else environment
    named = given or known.get(STORE_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # only where no file was named: it costs a tenth of the start

    return user_data_path("difftutor", appauthor=False) / "history.sqlite"


def shown_path(path: Path) -> str:
    """A path as people write it, with ~ for the home folder."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(path)


def unusable(path: Path, error: Exception) -> InputFileError:
    """The error for a file that cannot hold the record."""
    damaged = getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
    return InputFileError(
        DAMAGED if damaged else "store-unusable",
        f"the record of your answers cannot be kept in {path}: {error}",
        suggestion=f"name another file with --store FILE or in {STORE_VARIABLE}.",
    )


def _foreign(path: Path, why: str) -> InputFileError:
    return InputFileError(
        FOREIGN,
        f"the record of your answers cannot be kept in {path}: {why}",
        suggestion=f"name another file with --store FILE or in {STORE_VARIABLE}.",
    )


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    """Whatever SQLite or the file system finds wrong becomes the error for this file."""
    try:
        yield
    except _Foreign as error:
        raise _foreign(path, str(error)) from error
    except (sqlite3.Error, OSError) as error:
        raise unusable(path, error) from error


class _Foreign(Exception):
    """A sound database that must be left alone."""


_COLUMNS = "at, sitting, exercise, what, attempt, answer, status, score, mal_rules, seconds, variant"

_INSERT = f"INSERT INTO event ({_COLUMNS}) VALUES ({', '.join('?' * 11)})"  # noqa: S608  (a constant)

_STATE = (
    "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
    "FROM pragma_application_id, pragma_user_version"
)
"""One statement, so that another program which makes the tables meanwhile is seen before or after, never half-way."""

_ALL = f"SELECT {_COLUMNS} FROM event ORDER BY number"  # noqa: S608  (a constant)


def _read(path: Path) -> tuple[Record, ...]:
    """All events; from a folder that cannot be written too, where SQLite can make no files beside the database."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        if not _is_record(connection):
            return ()
        return tuple(_records(connection.execute(_ALL)))
    except sqlite3.OperationalError:
        return _read_as_it_is(path)
    finally:
        connection.close()


def _read_as_it_is(path: Path) -> tuple[Record, ...]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return tuple(_records(connection.execute(_ALL))) if _is_record(connection) else ()
    finally:
        connection.close()


def _is_record(connection: sqlite3.Connection) -> bool:
    """Whether a database is a record; False for an empty one. Raises for one of another program or a later version."""
    application, layout, tables = connection.execute(_STATE).fetchone()
    if application == APPLICATION and layout == LAYOUT:
        return True
    if application == APPLICATION and layout > LAYOUT:
        raise _Foreign("it was written by a later version of difftutor")
    if tables:
        raise _Foreign("it is a database of another program")
    return False


def _prepare(connection: sqlite3.Connection) -> None:
    """Give a new file its tables."""
    if _is_record(connection):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
    connection.execute("COMMIT")


def _row(record: Record) -> tuple[object, ...]:
    return (
        record.at.isoformat(timespec="milliseconds"),
        record.sitting,
        record.exercise,
        record.what.value,
        record.attempt,
        _storable(record.answer),
        record.status,
        record.score,
        json.dumps(record.mal_rules),
        record.seconds,
        record.variant,
    )


def _records(rows: Iterable[Sequence[Any]]) -> Iterator[Record]:
    """The events of rows; a row that makes no sense, which only another hand can have written, is passed over."""
    for row in rows:
        with suppress(ValueError, TypeError):
            yield _record(row)


def _record(row: Sequence[Any]) -> Record:
    return Record(
        at=datetime.fromisoformat(row[0]),
        sitting=row[1],
        exercise=row[2],
        what=What(row[3]),
        attempt=row[4],
        answer=row[5],
        status=row[6],
        score=row[7],
        mal_rules=tuple(json.loads(row[8])),
        seconds=row[9],
        variant=row[10],
    )


def _storable(text: str | None) -> str | None:
    """The text without lone surrogates, which a terminal of another encoding may send and SQLite cannot hold."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode("utf-8")
