"""What a learner has done: an append-only record in one SQLite file, written before the screen shows it.

Every event is a row of its own and is never changed, so that undo, progress and schedules can be derived from the rows.
Several programs may write to one file at a time: each event is one transaction that takes the write lock at once.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
    """What happened: an answer, a hint, or the end of an exercise without a right answer."""

    ANSWERED = "answered"
    HINTED = "hinted"
    SKIPPED = "skipped"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Record:
    """One event of one exercise; `seconds` is the time since the exercise was shown, `at` is in UTC."""

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
    """The record of one learner in a file, which is created with its folder at the first write."""

    path: Path

    def prepare(self) -> None:
        """Make the file and its tables unless they are there; raises InputFileError when that cannot be."""
        with self._open(create=True):
            return

    def append(self, record: Record) -> None:
        """Write one event; it is on disk when this returns. Raises InputFileError when it cannot be written."""
        with self._open(create=True) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_INSERT, _row(record))
            connection.execute("COMMIT")

    def records(self) -> tuple[Record, ...]:
        """All events in the order in which they were written; none where there is no file yet."""
        if not self.path.exists():
            return ()
        with self._open(create=False) as connection:
            return tuple(_record(row) for row in connection.execute(_ALL))

    def finished(self) -> frozenset[str]:
        """The ids of the exercises that were answered correctly at least once."""
        if not self.path.exists():
            return frozenset()
        with self._open(create=False) as connection:
            return frozenset(row[0] for row in connection.execute(_FINISHED))

    @contextmanager
    def _open(self, *, create: bool) -> Iterator[sqlite3.Connection]:
        try:
            if create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            try:
                _prepare(connection)
                yield connection
            finally:
                connection.close()
        except (sqlite3.Error, OSError) as error:
            raise unusable(self.path, error) from error


def store_path(given: str | None, environment: Mapping[str, str] | None = None) -> Path:
    """The file of the record: as given, as the environment says, or in the platform's data folder."""
    known = os.environ if environment is None else environment
    named = given or known.get(STORE_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # only where no file was named: it costs a tenth of the start

    return user_data_path("difftutor", appauthor=False) / "history.sqlite"


def unusable(path: Path, error: Exception) -> InputFileError:
    """The error for a file that cannot hold the record."""
    return InputFileError(
        "store-unusable",
        f"the record of your answers cannot be kept in {path}: {error}",
        suggestion=f"name another file with --store FILE or in {STORE_VARIABLE}.",
    )


_COLUMNS = "at, sitting, exercise, what, attempt, answer, status, score, mal_rules, seconds, variant"

_INSERT = f"INSERT INTO event ({_COLUMNS}) VALUES ({', '.join('?' * 11)})"  # noqa: S608  (a constant)

_ALL = f"SELECT {_COLUMNS} FROM event ORDER BY number"  # noqa: S608  (a constant)

_FINISHED = "SELECT DISTINCT exercise FROM event WHERE what = 'answered' AND status = 'correct'"


def _prepare(connection: sqlite3.Connection) -> None:
    """Give a new file its tables; refuse a file of another program or of a later version."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    layout = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION and layout == LAYOUT:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application == APPLICATION and layout > LAYOUT:
        raise sqlite3.DatabaseError("it was written by a later version of difftutor")
    if tables:
        raise sqlite3.DatabaseError("it is a database of another program")
    connection.execute("PRAGMA journal_mode = WAL")
    _create(connection)


def _create(connection: sqlite3.Connection) -> None:
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
