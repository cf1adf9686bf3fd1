"""What the quiz shows beside assessments and solutions: help, the end of a sitting, single sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tutor.apps.quiz_front import COMMANDS
from tutor.practice.history import Record, What
from tutor.practice.session import Done, Ending, Session
from tutor.practice.standing import COUNTED
from tutor.render.blocks import BULLET, Block, Heading, Paragraph, Role, Table, Words
from tutor.render.shown import shown

AGAIN = "To do a unit or an exercise again, name it: difftutor quiz NAME; difftutor quiz --list has the names."

MOST_NAMED = 4
"""How many exercises are named on the end screen, and how many slips."""


def help_page() -> tuple[Block, ...]:
    """The commands, and how formulas may be typed."""
    rows = tuple(((Words(name, Role.STRONG),), (Words(words),)) for name, words in COMMANDS)
    typed = "2x cos(x^2), e^-x, sqrt(x), 1/(1+x), sin^2 x, |x|, pi; several entries: (2x y, x^2)"
    return (Table(("", ""), rows), *says(f"Formulas: {typed}."))


def end_page(session: Session, records: Iterable[Record], saved: str) -> tuple[Block, ...]:
    """The end of a sitting: the counts, what went well, what slipped, what to look at, and how to go on.

    `records` are the events of this sitting that stand; `saved` is where they are kept, empty where they are not.
    """
    if not session.exercises:
        return (Heading((Words("Everything here is done."),)), *says(AGAIN))
    kept = says(f"Saved in {saved}." if saved else "Nothing of this was saved.")
    if not session.done:
        begun = any(record.status in COUNTED for record in records)
        return (Heading((Words("No exercise was finished."),)), *kept, *(says(GO_ON) if begun else ()))
    slips = Counter(name for record in records if record.what is What.ANSWERED for name in record.mal_rules)
    return (
        Heading((Words(_counts(session)),)),
        *_went_well(session.done),
        *_slips(slips),
        *_look_at(session.done),
        *kept,
        *says(_next(session)),
    )


GO_ON = "difftutor quiz goes on from here."


def _counts(session: Session) -> str:
    right = session.count(Ending.RIGHT)
    first = sum(done.ending is Ending.RIGHT and done.attempts == 1 for done in session.done)
    counts = [f"{right} right" + (f" ({first} at the first attempt)" if right else "")]
    counts += [f"{session.count(Ending.SHOWN)} shown"] if session.count(Ending.SHOWN) else []
    counts += [f"{session.count(Ending.SKIPPED)} skipped"] if session.count(Ending.SKIPPED) else []
    return f"{len(session.done)} of {len(session.exercises)} done: {', '.join(counts)}."


def _went_well(done: tuple[Done, ...]) -> tuple[Block, ...]:
    well = [one.exercise for one in done if one.ending is Ending.RIGHT and one.attempts == 1 and not one.hints]
    return says(f"Right at once: {_named(well)}.") if well else ()


def _slips(slips: Counter[str]) -> tuple[Block, ...]:
    """The slips of the sitting, the most frequent first, each with its name and how often it came up."""
    if not slips:
        return ()
    from tutor.feedback.wording import mal_rules  # the end of a sitting is no place to hurry

    def line(name: str, count: int) -> Paragraph:
        words = mal_rules()[name].name if name in mal_rules() else shown(name)
        times = f", {count} times" if count > 1 else ""
        return Paragraph((Words(f"{BULLET}{words}{times}"),), name)

    return (*says("What slipped:"), *(line(name, count) for name, count in slips.most_common(MOST_NAMED)))


def _look_at(done: tuple[Done, ...]) -> tuple[Block, ...]:
    missed = [one.exercise for one in done if one.ending is not Ending.RIGHT]
    return says(f"Worth another look: {_named(missed)}.") if missed else ()


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    listed = ", ".join(shown(name) for name in names[:MOST_NAMED])
    return listed + (f" and {more} more" if more > 0 else "")


def _next(session: Session) -> str:
    left = len(session.exercises) - session.count(Ending.RIGHT)
    return f"{GO_ON} difftutor progress shows where you stand." if left else "difftutor progress shows where you stand."


def says(words: str) -> tuple[Block, ...]:
    """One paragraph of plain words; nothing for no words."""
    return (Paragraph((Words(words),)),) if words else ()
