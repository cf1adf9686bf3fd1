"""`rules`: the catalogue of rules and mal-rules in the terminal, as a list or one of them with all that is known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tutor.errors import AnswerError, UsageError
from tutor.exercise.nearest import nearest
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.feedback.follow_up import catalogued, fresh
from tutor.feedback.rule_catalogue import Entry, entries, found, mistaken_in_place_of
from tutor.feedback.wording import Example, MalRuleWording, phrase
from tutor.render.asked import bracketed, operator
from tutor.render.blocks import Block, Heading, Line, Maths, Paragraph, Role, Table, Words
from tutor.render.look import Streams, Wishes, look_of
from tutor.render.shown import shown
from tutor.render.to_terminal import to_terminal
from tutor.render.told import question_of

ROOM = 75
"""Columns of a line of the list for an id and what stands beside it."""


def run_rules(words: tuple[str, ...], streams: Streams, wishes: Wishes, *, as_json: bool = False) -> int:
    """Show the catalogue, what is found in it by words, or one entry; the exit code.

    Raises UsageError where nothing is found.
    """
    text = " ".join(words)
    listed = found(text) if text else entries()
    if not listed:
        raise _unknown(text)
    if as_json:
        from tutor.render.to_json import line

        plain: Any = _plain(listed[0]) if listed[0].id == text else [_plain(entry) for entry in listed]
        streams.stdout.write(line(plain) + "\n")
    else:
        page = entry_page(listed[0]) if len(listed) == 1 else list_page(listed)
        streams.stdout.write(to_terminal(page, look_of(streams.stdout, wishes)))
    return 0


def _unknown(text: str) -> UsageError:
    meant = nearest(text, [entry.id for entry in entries()])
    suggestion = f"did you mean {meant}?" if meant else "difftutor rules lists all."
    return UsageError("unknown-rule", f"there is no rule or mal-rule {shown(text, 80)}", suggestion=suggestion)


# ---- the list ----------------------------------------------------------------------------------------------------


def list_page(listed: tuple[Entry, ...]) -> tuple[Block, ...]:
    """Entries by family, a line each, and how to see more of one."""
    parts = tuple(block for family, members in groupby(listed, _family) for block in _family_page(family, members))
    return (*parts, Paragraph((Words(phrase("rules-more")),)))


def _family(entry: Entry) -> str:
    kind = "rules" if entry.wording is None else "mal-rules"
    return f"{kind.capitalize()}: {entry.family.replace('_', ' ')}"


def _family_page(family: str, members: Iterator[Entry]) -> tuple[Block, ...]:
    listed = tuple(members)
    room = ROOM - max(len(entry.id) for entry in listed)
    return (Heading((Words(family),)), Table(("", ""), tuple(_row(entry, room) for entry in listed)))


def _row(entry: Entry, room: int) -> tuple[Line, ...]:
    """The id, and the law of a sound rule where there is room for it, else the title."""
    law = entry.laws[0] if entry.wording is None else ""
    words = law if law and len(law) <= room else entry.title
    return ((Words(entry.id, Role.NAME),), (Words(shown(words, room)),))


# ---- one entry ---------------------------------------------------------------------------------------------------


def entry_page(entry: Entry) -> tuple[Block, ...]:
    """All that is known of one rule or mal-rule."""
    head = Heading((Words(entry.id), Words(f"   {entry.title}", Role.PLAIN)))
    return (head, *(_mal_rule(entry, entry.wording) if entry.wording is not None else _rule(entry)))


def _rule(entry: Entry) -> Iterator[Block]:
    yield _labelled("rules-law", (Words(entry.laws[0]),))
    if entry.example is not None:
        function, slope = entry.example
        yield _labelled(
            "rules-example", (Words(f"{operator(('x',))} "), *bracketed(function), Words(" = "), Maths(slope))
        )
    slips = mistaken_in_place_of(entry.id)
    if slips:
        yield _labelled("rules-slips", (Words(", ".join(slips), Role.NAME),))


def _mal_rule(entry: Entry, wording: MalRuleWording) -> Iterator[Block]:
    yield Paragraph((Words(wording.feedback),))
    yield _labelled("rules-mistaken", (Words(wording.wrong_rule),))
    yield _labelled("rules-sound", (Words(wording.correct_rule),))
    for example in wording.examples:
        yield _labelled("rules-example", _example(example))
    for law in entry.laws:
        yield _labelled("rules-looked-for", (Words(law),))
    following = fresh(entry.id, frozenset(), None) or catalogued(entry.id)
    yield _labelled("rules-next", question_of(following))
    yield _labelled("rules-common", (Words(shown(wording.how_common, 500)),))
    if wording.note:
        yield _labelled("rules-note", (Words(shown(wording.note, 500)),))


def _labelled(name: str, line: Line) -> Paragraph:
    return Paragraph((Words(f"{phrase(name)} ", Role.DIM), *line))


def _example(example: Example) -> Line:
    """`d/dx sin(3x): cos(3x); right is 3cos(3x)`."""
    parts = [_formula(text) for text in (example.function, example.wrong, example.right)]
    return (
        Words(f"{operator((example.variable,))} "),
        *parts[0],
        Words(f" {phrase('rules-gives')} "),
        *parts[1],
        Words(f"{phrase('rules-right')} "),
        *parts[2],
    )


def _formula(text: str) -> Line:
    """A formula of the wording as it is drawn everywhere; as it is written where the tutor's notation has no word."""
    try:
        return bracketed(parse(text).expression)
    except AnswerError:
        return (Words(shown(text, 200)),)


# ---- JSON --------------------------------------------------------------------------------------------------------


def _plain(entry: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": entry.id,
        "mal_rule": entry.wording is not None,
        "family": entry.family,
        "title": entry.title,
        "laws": list(entry.laws),
    }
    return plain | (_plain_rule(entry) if entry.wording is None else _plain_mal_rule(entry.wording))


def _plain_rule(entry: Entry) -> dict[str, Any]:
    example = None if entry.example is None else [to_text(part) for part in entry.example]
    return {"example": example, "mistaken": list(mistaken_in_place_of(entry.id))}


def _plain_mal_rule(wording: MalRuleWording) -> dict[str, Any]:
    return {
        "tier": wording.tier,
        "wrong_rule": wording.wrong_rule,
        "correct_rule": wording.correct_rule,
        "feedback": wording.feedback,
        "follow_up": wording.follow_up,
        "how_common": wording.how_common,
        "examples": [
            {"function": each.function, "variable": each.variable, "wrong": each.wrong, "right": each.right}
            for each in wording.examples
        ],
    }
