"""The record of a running sitting: every event is kept in memory, and in the file as long as that is possible."""

from __future__ import annotations

from pathlib import Path

from tutor.errors import InputFileError
from tutor.practice.history import DAMAGED, FOREIGN, History, Record, shown_path

NOT_KEPT = "What you do is not saved: {why}"

SET_ASIDE = "The record of your answers was damaged; it is now {name}, and a new one begins."


class Recorder:
    """Events as they happen, on top of those that the file held when the sitting began.

    A file that cannot be written ends nothing: the sitting goes on without it, and `news` says so once.
    """

    def __init__(self, history: History, earlier: tuple[Record, ...] = ()) -> None:
        self.history = history
        self.records = list(earlier)
        self.writes = True
        self._news: list[str] = []

    def prepare(self) -> None:
        """Make the file ready; a damaged one is set aside. Raises InputFileError for a database of another program."""
        try:
            self.history.prepare()
        except InputFileError as error:
            if error.code == FOREIGN:
                raise
            if error.code == DAMAGED and self._set_aside():
                return self.prepare()
            self._stop(error)
        return None

    def keep(self, record: Record) -> None:
        """Write an event; it is on disk when this returns, unless `writes` is False."""
        self.records.append(record)
        if not self.writes:
            return
        try:
            self.history.append(record)
        except InputFileError as error:
            self._stop(error)

    def news(self) -> tuple[str, ...]:
        """What there is to say about the file since the last time this was asked."""
        said, self._news = tuple(self._news), []
        return said

    def where(self) -> str:
        """The file as people write it."""
        return shown_path(self.history.path)

    def _stop(self, error: InputFileError) -> None:
        self.writes = False
        self._news.append(NOT_KEPT.format(why=error.message))

    def _set_aside(self) -> bool:
        aside = set_aside(self.history.path)
        if aside is not None:
            self._news.append(SET_ASIDE.format(name=shown_path(aside)))
        return aside is not None


def opened(path: Path) -> Recorder:
    """The recorder of a file, ready to write; what is wrong with the file is in its news."""
    history = History(path)
    try:
        recorder = Recorder(history, history.records())
    except InputFileError as error:
        if error.code == FOREIGN:
            raise
        recorder = Recorder(history)
    recorder.prepare()
    return recorder


def set_aside(path: Path) -> Path | None:
    """The new name of a damaged file, which it has now; None where it could not be renamed."""
    aside = free_name(path, "damaged")
    try:
        path.rename(aside)
        for ending in ("-wal", "-shm"):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + ending))
    except OSError:
        return None
    return aside


def free_name(path: Path, word: str) -> Path:
    """A name beside a file that is not taken: `history.damaged-1.sqlite`."""
    number = 1
    while (found := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")).exists():
        number += 1
    return found
