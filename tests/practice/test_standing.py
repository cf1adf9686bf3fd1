"""Where a learner stands, from the events: what counts, what was taken back, what began anew."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.practice.history import Record, What
from tutor.practice.standing import Standing, finished, last_move, standing, standings

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def events(script: str) -> list[Record]:
    """Events of exercise `e` in words: `w r u = k s h f z` and `1:` before one for another sitting."""
    return [_event(word) for word in script.split()]


def _event(word: str) -> Record:
    sitting, _, what = word.rpartition(":")
    status = {"w": "incorrect", "r": "correct", "?": "unreadable", "=": "equivalent"}.get(what)
    kinds = {"u": What.UNDONE, "k": What.SKIPPED, "s": What.SHOWN, "h": What.HINTED, "f": What.FLAGGED, "z": What.RESET}
    slips = ("chain-drop-inner",) if what == "w" else ()
    return Record(NOW, sitting or "0", "e", kinds.get(what, What.ANSWERED), 0, word, status, mal_rules=slips)


# fmt: off
CASES = {
    "":            Standing(),
    "r":           Standing(finished=True, first_try=True, attempts=1),
    "? ? r":       Standing(finished=True, first_try=True, attempts=1),
    "w":           Standing(attempts=1, begun=1, last="w"),
    "w h =":       Standing(attempts=2, begun=2, hints=1, last="="),
    "w r":         Standing(finished=True, attempts=2),
    "w w w":       Standing(attempts=3, given_up=True),
    "w k":         Standing(attempts=1, given_up=True),
    "h s":         Standing(given_up=True),
    "k w":         Standing(attempts=1, begun=1, given_up=True, last="w"),
    "s r":         Standing(finished=True, first_try=True, attempts=1),
    "r w":         Standing(finished=True, first_try=True, attempts=2, begun=1, last="w"),
    "w u r":       Standing(finished=True, first_try=True, attempts=1),
    "w ? u r":     Standing(finished=True, first_try=True, attempts=1),
    "w k u":       Standing(attempts=1, begun=1, last="w"),
    "w w w u":     Standing(attempts=2, begun=2, last="w"),
    "w 1:u":       Standing(attempts=1, begun=1, last="w"),
    "w 1:w 1:u":   Standing(attempts=1, begun=1, last="w"),
    "u":           Standing(),
    "r z":         Standing(),
    "w z r":       Standing(finished=True, first_try=True, attempts=1),
    "r f z":       Standing(flags=("f",)),
}
# fmt: on


@pytest.mark.parametrize(("script", "expected"), CASES.items())
def test_where_one_stands(script: str, expected: Standing) -> None:
    found = standings(events(script)).get("e", Standing())
    assert found == Standing(**{**{name: getattr(expected, name) for name in FIELDS}, "slips": found.slips})


FIELDS = [name for name in Standing.__slots__ if name != "slips"]


def test_slips_are_counted_but_not_those_taken_back() -> None:
    assert standings(events("w w u"))["e"].slips == ("chain-drop-inner",)


def test_finished_names_what_was_right() -> None:
    assert finished(standings(events("w r"))) == {"e"}


@given(st.lists(st.sampled_from("w r ? = k s h u 1:w 1:u 1:k".split()), max_size=30))
def test_undo_takes_back_exactly_the_last_move_of_its_sitting(words: list[str]) -> None:
    records = events(" ".join(words))
    move = last_move(records, "0", "e")
    before, after = standing(records), standing([*records, _event("u")])
    assert [id(record) for record in after] == [id(record) for record in before if record is not move]
