"""Progress by unit, from standings."""

from __future__ import annotations

from tutor.practice.progress import Progress, progress
from tutor.practice.standing import Standing

UNITS = [("one", "First", ("a", "b", "c")), ("two", "Second", ("d",))]


def found() -> Progress:
    return progress(
        UNITS,
        {
            "a": Standing(finished=True, first_try=True, attempts=1, flags=("typo", "")),
            "b": Standing(attempts=3, given_up=True, slips=("s", "t", "t")),
            "d": Standing(finished=True, attempts=2, slips=("s",)),
            "gone": Standing(finished=True, attempts=9, slips=("u",) * 9),
        },
    )


def test_the_counts_of_a_unit() -> None:
    one, two = found().units
    assert (one.finished, one.first_try, one.attempts) == (1, 1, 4)
    assert (two.finished, two.first_try, two.attempts) == (1, 0, 2)


def test_slips_and_marks() -> None:
    assert found().units[0].slips == (("t", 2), ("s", 1))
    assert dict(found().whole.slips) == {"s": 2, "t": 2}
    assert found().whole.flags == (("a", "typo"), ("a", ""))


def test_what_no_unit_has_is_kept_apart() -> None:
    assert [place.id for place in found().elsewhere] == ["gone"]
    assert (found().whole.finished, found().whole.attempts) == (2, 6)
