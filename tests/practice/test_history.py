"""The record of answers: what is written is read back, by several programs at once, and never over a foreign file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import InputFileError
from tutor.practice import history
from tutor.practice.history import DAMAGED, LAYOUT, STORE_VARIABLE, History, Record, What, store_path

START = datetime(2026, 11, 23, 8, tzinfo=UTC)

RECORDS = st.builds(
    Record,
    at=st.integers(0, 10**12).map(lambda count: START + timedelta(milliseconds=count)),
    sitting=st.text(st.characters(categories=("L", "N")), min_size=1, max_size=5),
    exercise=st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20),
    what=st.sampled_from(What),
    attempt=st.integers(0, 3),
    answer=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
    status=st.none() | st.sampled_from(["correct", "incorrect"]),
    score=st.none() | st.floats(0, 1),
    mal_rules=st.lists(st.text(max_size=10), max_size=2).map(tuple),
    seconds=st.none() | st.floats(0, 1e6),
    variant=st.none() | st.integers(0, 9999),
)


def answered(exercise: str, status: str = "correct") -> Record:
    return Record(START, "s", exercise, What.ANSWERED, 1, "2x", status, 1.0)


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORDS, max_size=4))
def test_what_is_written_is_read_back_in_order(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder) / "new" / "history.sqlite")
        for record in records:
            history.append(record)
        assert history.records() == tuple(records)


def test_nothing_is_created_before_something_is_written(tmp_path: Path) -> None:
    history = History(tmp_path / "new" / "history.sqlite")
    assert history.records() == ()
    assert not (tmp_path / "new").exists()


def test_a_record_can_be_made_ahead_of_the_first_event(tmp_path: Path) -> None:
    history = History(tmp_path / "new" / "history.sqlite")
    history.prepare()
    history.prepare()
    assert (history.path.exists(), history.records()) == (True, ())


def test_several_programs_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    code = (
        "import sys; from datetime import *; from pathlib import Path; from tutor.practice.history import *\n"
        "for number in range(20):\n"
        "    record = Record(datetime.now(UTC), sys.argv[2], str(number), What.SKIPPED)\n"
        "    History(Path(sys.argv[1])).append(record)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "abc"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    records = History(path).records()
    assert sorted((record.sitting, int(record.exercise)) for record in records) == [
        (name, number) for name in "abc" for number in range(20)
    ]


class Interrupted:
    """A connection after whose first statement another program gets to write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None)

    def execute(self, statement: str) -> Interrupted:
        self.rows = self.connection.execute(statement).fetchall()
        if not History(self.path).records():
            History(self.path).append(answered("a"))
        return self

    def fetchone(self) -> Any:
        return self.rows.pop(0)


def test_a_file_that_another_program_is_making_is_not_foreign(tmp_path: Path) -> None:
    connection: Any = Interrupted(tmp_path / "history.sqlite")
    assert history._is_record(connection) is False
    assert history._is_record(connection) is True


def test_a_lone_surrogate_does_not_stop_the_record(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    history.append(Record(START, "s", "a", What.ANSWERED, answer="x\udcff"))
    assert history.records()[0].answer == "x\\udcff"


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()


def later(path: Path) -> None:
    History(path).append(answered("a"))
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (foreign, "another program"),
        (later, "later version"),
        (lambda path: path.write_text("id,answer\n1,2x\n" * 100), "not a database"),
        (lambda path: path.mkdir(), "unable to open|is a directory"),
    ],
)
def test_a_file_that_is_no_record_is_left_alone(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "file"
    assert callable(make)
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(InputFileError, match=words):
        History(path).append(answered("b"))
    with pytest.raises(InputFileError, match=words):
        History(path).records()
    assert not path.is_file() or path.read_bytes() == before


def test_all_events_of_one_writing_are_written_or_none(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    with pytest.raises(InputFileError):
        history.append(answered("a"), replace(answered("b"), sitting=None))  # type: ignore[arg-type]
    assert history.records() == ()
    history.append(answered("a"), answered("b"))
    assert [record.exercise for record in history.records()] == ["a", "b"]


def test_a_row_that_makes_no_sense_is_passed_over(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    history.append(answered("a"))
    with sqlite3.connect(history.path) as connection:
        connection.execute("UPDATE event SET what = 'danced'")
    connection.close()
    history.append(answered("b"))
    assert [record.exercise for record in history.records()] == ["b"]


def test_a_copy_holds_what_has_been_written(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    history.append(answered("a"))
    history.back_up(tmp_path / "copy.sqlite")
    assert History(tmp_path / "copy.sqlite").records() == history.records()


def test_a_damaged_page_is_found_before_anything_is_written(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    for number in range(200):
        history.append(answered(f"exercise-{number}"))
    whole = history.path.read_bytes()
    history.path.write_bytes(whole[: len(whole) // 2] + b"\xff" * 4096 + whole[len(whole) // 2 + 4096 :])
    with pytest.raises(InputFileError) as caught:
        history.prepare()
    assert caught.value.code == DAMAGED


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputFileError) as caught:
        History(tmp_path / "file" / "history.sqlite").append(answered("a"))
    assert "--store FILE" in (caught.value.suggestion or "")


def test_the_file_is_the_one_given_or_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert store_path("given", {STORE_VARIABLE: "named"}) == Path("given")
    assert store_path(None, {STORE_VARIABLE: "named"}) == Path("named")
    assert store_path(None, {}).name == "history.sqlite"
    assert store_path("~/x", {}) == Path.home() / "x"
