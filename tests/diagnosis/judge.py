"""What the diagnosis says of wrong answers whose slips are known, counted, with the cause of each miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.diagnosis.answers import Answer, algebra_answers, double_answers, misread_answers, single_answers
from tests.diagnosis.draw import Drawn, drawn
from tests.diagnosis.laws import Applied, algebra_laws, mistaken
from tests.diagnosis.truth import is_multiple
from tutor.checking.check import check
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import RIGHT
from tutor.expression.domain import Domain
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression
from tutor.feedback.contexts import told_once
from tutor.feedback.diagnosis import WrongAnswer, diagnose
from tutor.feedback.finding import Diagnosis, Finding
from tutor.kinds.cell import Slope

LEAST_FOUND = 0.995
"""The share of answers with one slip whose slip must be found, with its place."""

LEAST_FOUND_OF_TWO = 0.98
MOST_FIRSTS = 1.8
"""Explanations in the first place, in the mean."""


class Ending(StrEnum):
    """How a wrong answer ended."""

    FOUND = "the slip is among the explanations"
    SIMPLER = "two slips, explained by one of the same value"
    OTHER_PLACE = "MISSED: the slip is named, at another place"
    OTHER_NAME = "MISSED: the place is named, with another slip"
    OTHERWISE = "MISSED: explained otherwise"
    NOTHING = "MISSED: not explained"
    CRASHED = "MISSED: an exception"


HITS = (Ending.FOUND, Ending.SIMPLER)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One wrong answer, how it ended, and how many explanations share the first place."""

    answer: Answer
    ending: Ending
    firsts: int
    said: str = ""


def judged_singles(seed: int, functions: Iterable[int]) -> Iterator[Judgement]:
    """The judgement of every one-slip answer to the drawn functions of these numbers."""
    for index in functions:
        yield from map(judged, single_answers(drawn(seed, index), f"{seed}/{index}"))


def judged_misreadings(seed: int, functions: Iterable[int]) -> Iterator[Judgement]:
    """The judgement of every answer to a misread one of the drawn functions of these numbers."""
    for index in functions:
        yield from map(judged, misread_answers(drawn(seed, index), f"{seed}/{index}"))


def judged_algebra(seed: int, functions: Iterable[int]) -> Iterator[Judgement]:
    """The judgement of every answer with a slip in the finished derivative of the drawn functions of these numbers."""
    for index in functions:
        yield from map(judged, algebra_answers(drawn(seed, index), f"{seed}/{index}"))


def judged_doubles(seed: int, functions: Iterable[int], each: int) -> Iterator[Judgement]:
    """The judgement of some two-slip answers to each drawn function."""
    for index in functions:
        yield from map(judged, double_answers(drawn(seed, index), f"{seed}/{index}", each))


def judged(answer: Answer) -> Judgement:
    """How the diagnosis of an answer compares with the slips that are in it."""
    try:
        found = diagnose(WrongAnswer(answer.drawn.function, ("x",), answer.given, Domain()))
    except Exception as error:  # a diagnosis never raises for an answer, so any exception is a finding
        return Judgement(answer, Ending.CRASHED, 0, repr(error))
    ending = _ending(answer, found)
    return Judgement(answer, ending, firsts(found), "" if ending is Ending.FOUND else _said(found))


def firsts(found: Diagnosis) -> int:
    """How many mistakes share the first place, each told once, whatever names it has."""
    return len(told_once(found.findings[: found.ties])) if found.findings else 0


def called_right(answer: Answer) -> bool:
    """Whether the verdict takes the wrong answer for right."""
    function = answer.drawn.function
    return check(Slope(function, ("x",)), answer.given, Domain(), prove_here).status in RIGHT


# ---- comparing -----------------------------------------------------------------------------------------------------


def _ending(answer: Answer, found: Diagnosis) -> Ending:
    if not found.findings:
        return Ending.NOTHING
    slips = answer.slipped.slips
    if len(slips) == 1:
        return _ending_of_one(slips[0], answer.drawn, found.findings)
    if any(_names_all(slips, finding.mal_rules) for finding in found.findings):
        return Ending.FOUND
    if any(len(finding.mal_rules) == 1 for finding in found.findings):
        return Ending.SIMPLER
    return Ending.OTHERWISE


def _ending_of_one(slip: Applied, drawn: Drawn, findings: Sequence[Finding]) -> Ending:
    ids = _ids(slip)
    named = [finding for finding in findings if len(finding.mal_rules) == 1 and finding.mal_rules[0] in ids]
    places = _places(slip)
    if any(_is_at(finding, places, drawn) for finding in named):
        return Ending.FOUND
    if slip.law in algebra_laws() and any(finding.at is None for finding in named):
        return Ending.FOUND  # what was rewritten is no part of the function
    if named:
        return Ending.OTHER_PLACE
    return Ending.OTHER_NAME if any(_is_at(each, places, drawn) for each in findings) else Ending.OTHERWISE


def _ids(slip: Applied) -> frozenset[str]:
    """What a slip may be called: all ids of the same law there, since only the question tells them apart.

    Within a longer chain some have another name.
    """
    sides = (slip.law.before, slip.law.after)
    same = [each.law for each in mistaken(slip.part) if (each.law.before, each.law.after) == sides]
    return frozenset(name for law in (slip.law, *same) for name in (law.id, law.inside)) - {""}


def _names_all(slips: tuple[Applied, ...], names: tuple[str, ...]) -> bool:
    if len(slips) != len(names):
        return False
    one, two = map(_ids, slips)
    first, second = names
    return (first in one and second in two) or (first in two and second in one)


def _places(slip: Applied) -> tuple[Expression, ...]:
    """Where the slip is: the part whose rule was mistaken; for one that forgets the inside, that too."""
    parts = (slip.part, slip.whole, slip.bound.get("u"))
    return tuple(part for part in parts if part is not None)


def _is_at(finding: Finding, places: tuple[Expression, ...], drawn: Drawn) -> bool:
    """Whether a finding points to one of the places; a constant factor may stand inside or outside."""
    if finding.at is None:
        return drawn.function in places
    if finding.at in places:
        return True
    return any(is_multiple(finding.at, place, drawn.points) for place in places)


# ---- telling -------------------------------------------------------------------------------------------------------


def _said(found: Diagnosis) -> str:
    named = (f"{'+'.join(each.mal_rules)} at {to_text(each.at) if each.at else '-'}" for each in found.findings)
    return "; ".join(named) or found.remark or "nothing"


def report(judgement: Judgement) -> str:
    """One line from which a miss can be repeated."""
    answer = judgement.answer
    slips = " and ".join(f"{slip.law.text} [{slip.law.id}] at {to_text(slip.part)}" for slip in answer.slipped.slips)
    function = to_text(answer.drawn.function)
    return f"{judgement.ending} | f = {function} | answer ({answer.form}) {answer.text} | {slips} | {judgement.said}"


@dataclass(frozen=True, slots=True)
class Tally:
    """The endings of many wrong answers."""

    judgements: tuple[Judgement, ...]

    @property
    def misses(self) -> list[Judgement]:
        return [each for each in self.judgements if each.ending not in HITS]

    @property
    def share(self) -> float:
        """The share of answers whose slips are found."""
        return 1 - len(self.misses) / len(self.judgements) if self.judgements else 1.0

    @property
    def mean_firsts(self) -> float:
        """The mean number of explanations in the first place, of the answers that are explained."""
        counts = [each.firsts for each in self.judgements if each.firsts]
        return sum(counts) / len(counts) if counts else 0.0

    def lines(self) -> Iterator[str]:
        """The counts, and which laws are missed most."""
        counts = Counter(each.ending for each in self.judgements)
        yield from (f"{counts[ending]:7}  {ending}" for ending in Ending if counts[ending])
        yield f"found {self.share:.3%}, explanations in the first place: mean {self.mean_firsts:.3f}"
        yield from _most_missed(self.misses)


def _most_missed(misses: Iterable[Judgement]) -> Iterator[str]:
    laws = Counter(slip.law.text for each in misses for slip in each.answer.slipped.slips)
    yield from (f"{count:7}  missed: {law}" for law, count in laws.most_common(20))
