"""The record of a running sitting: kept in the file while that is possible, in memory in any case."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.errors import InputFileError
from tutor.practice.history import History, Record, What
from tutor.practice.recorder import Recorder, free_name, opened

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def event(exercise: str) -> Record:
    return Record(NOW, "s", exercise, What.SKIPPED)


def test_what_is_kept_is_in_the_file_and_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "new" / "h.sqlite"
    opened(path).keep(event("a"))
    recorder = opened(path)
    recorder.keep(event("b"))
    assert [record.exercise for record in recorder.records] == ["a", "b"]
    assert tuple(recorder.records) == History(path).records()
    assert (recorder.writes, recorder.news()) == (True, ())


def test_where_nothing_can_be_written_the_sitting_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    recorder = opened(tmp_path / "file" / "h.sqlite")
    recorder.keep(event("a"))
    assert (recorder.writes, len(recorder.records)) == (False, 1)
    (said,) = recorder.news()
    assert said.startswith("What you do is not saved: ")
    assert recorder.news() == ()


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096])
def test_a_damaged_file_is_set_aside_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "h.sqlite"
    for number in (1, 2):
        path.write_bytes(content)
        recorder = opened(path)
        recorder.keep(event("a"))
        (said,) = recorder.news()
        assert f"h.damaged-{number}.sqlite" in said
        assert (tmp_path / f"h.damaged-{number}.sqlite").read_bytes() == content
        assert [record.exercise for record in History(path).records()] == ["a"]


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = path.read_bytes()
    for attempt in (lambda: opened(path), lambda: Recorder(History(path)).prepare()):
        with pytest.raises(InputFileError, match="another program"):
            attempt()
    assert path.read_bytes() == before


def test_a_free_name_is_free(tmp_path: Path) -> None:
    (tmp_path / "h.backup-1.sqlite").write_text("")
    assert free_name(tmp_path / "h.sqlite", "backup").name == "h.backup-2.sqlite"
