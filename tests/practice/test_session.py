"""The sitting as a state machine: what each event does, and what holds after any events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.checking.verdict import Status
from tutor.practice.session import (
    Answered,
    Continued,
    Done,
    Ending,
    Event,
    Hinted,
    Phase,
    Quit,
    Session,
    Shown,
    Skipped,
    Undone,
    begin,
    step,
)
from tutor.practice.standing import LAST_ATTEMPT, Standing

RIGHT, WRONG = Answered(Status.CORRECT), Answered(Status.INCORRECT)
FREE = (Status.UNREADABLE, Status.UNDECIDED, Status.ERROR)
COUNTED = (Status.INCORRECT, Status.PARTIAL, Status.EQUIVALENT)


def after(*events: Event, exercises: tuple[str, ...] = ("a", "b")) -> Session:
    session = begin(exercises)
    for event in events:
        session = step(session, event)
    return session


@pytest.mark.parametrize(
    ("events", "current", "attempt", "phase"),
    [
        ((), "a", 1, Phase.ASKING),
        ((RIGHT,), "b", 1, Phase.ASKING),
        ((WRONG,), "a", 2, Phase.ASKING),
        ((WRONG, WRONG), "a", 3, Phase.ASKING),
        ((WRONG, WRONG, WRONG), "a", 3, Phase.READING),
        ((WRONG, WRONG, WRONG, Continued()), "b", 1, Phase.ASKING),
        ((WRONG, WRONG, WRONG, RIGHT), "a", 3, Phase.READING),
        ((Skipped(),), "b", 1, Phase.ASKING),
        ((Shown(),), "a", 1, Phase.READING),
        ((Shown(), Continued()), "b", 1, Phase.ASKING),
        ((Continued(),), "a", 1, Phase.ASKING),
        ((Quit(),), None, 1, Phase.OVER),
        ((Shown(), Quit()), None, 1, Phase.OVER),
        ((RIGHT, RIGHT), None, 1, Phase.OVER),
        ((RIGHT, RIGHT, RIGHT), None, 1, Phase.OVER),
    ],
)
def test_where_the_sitting_stands(events: tuple[Event, ...], current: str | None, attempt: int, phase: Phase) -> None:
    session = after(*events)
    assert (session.current, session.attempt, session.phase) == (current, attempt, phase)


@pytest.mark.parametrize("status", FREE)
def test_what_could_not_be_judged_costs_no_attempt(status: Status) -> None:
    assert after(Answered(status)) == after()


@pytest.mark.parametrize("status", COUNTED)
def test_what_is_not_right_counts(status: Status) -> None:
    assert after(Answered(status)).attempt == 2


def test_hints_are_counted_up_to_what_there_is_and_forgotten_with_the_exercise() -> None:
    assert after(Hinted(2), Hinted(2), Hinted(2)).hints == 2
    assert after(Hinted(2), RIGHT).hints == 0
    assert after(Hinted(2), RIGHT).done == (Done("a", Ending.RIGHT, 1, 1),)


def test_what_was_done_is_kept_with_its_attempts() -> None:
    session = after(WRONG, RIGHT, WRONG, Skipped())
    assert session.done == (Done("a", Ending.RIGHT, 2, 0), Done("b", Ending.SKIPPED, 1, 0))
    assert [session.count(ending) for ending in Ending] == [1, 0, 1]


def test_a_sitting_without_exercises_is_over() -> None:
    assert begin(()).current is None


EVENTS = st.lists(
    st.one_of(
        st.sampled_from(Status).map(Answered),
        st.integers(0, 3).map(Hinted),
        st.sampled_from([Skipped(), Shown(), Continued()]),
    ),
    max_size=40,
)


@given(EVENTS, st.integers(0, 4))
def test_after_any_events_the_sitting_is_sound(events: list[Event], count: int) -> None:
    exercises = tuple(f"exercise-{number}" for number in range(count))
    session = begin(exercises)
    for event in events:
        earlier, session = session, step(session, event)
        assert session.done[: len(earlier.done)] == earlier.done
        assert earlier.place <= session.place <= earlier.place + 1
        assert 1 <= session.attempt <= LAST_ATTEMPT
        assert [done.exercise for done in session.done] == list(exercises[: len(session.done)])
        assert len(session.done) == session.place + (session.phase is Phase.READING)
        assert (session.current is None) == (session.phase is Phase.OVER)


def test_what_an_earlier_sitting_began_goes_on() -> None:
    session = begin(("a", "b"), {"a": Standing(begun=1, hints=2), "b": Standing(begun=2)})
    assert (session.attempt, session.hints) == (2, 2)
    assert step(session, RIGHT).attempt == 3


@pytest.mark.parametrize(
    "events", [(WRONG,), (RIGHT,), (Skipped(),), (Shown(),), (WRONG, WRONG, WRONG), (WRONG, Skipped(), RIGHT)]
)
def test_undo_leads_back_step_by_step(events: tuple[Event, ...]) -> None:
    session = begin(("a", "b", "c", "d"))
    before = []
    for event in events:
        before.append(session)
        session = step(session, event)
    for earlier in reversed(before):
        session = step(session, Undone())
        assert session == earlier
    assert step(session, Undone()) == session


def test_hints_that_were_seen_stay_seen_after_undo() -> None:
    assert after(WRONG, Hinted(3), Undone()).hints == 1
    assert after(Hinted(3), WRONG, RIGHT, Hinted(3), Undone()).hints == 1


@given(EVENTS)
def test_what_is_undone_at_once_has_not_happened(events: list[Event]) -> None:
    session = begin(("a", "b", "c"))
    for event in events:
        following = step(session, event)
        if len(following.earlier) > len(session.earlier) and following.phase is not Phase.OVER:
            back = step(following, Undone())
            assert (back.place, back.attempt, back.phase, back.done) == (
                session.place, session.attempt, session.phase, session.done,
            )  # fmt: skip
        session = following
