"""Slips that were put into derivatives are found, place and all, in a fixed set of functions."""

from __future__ import annotations

from tests.diagnosis.answers import single_answers
from tests.diagnosis.draw import drawn
from tests.diagnosis.judge import (
    LEAST_FOUND,
    LEAST_FOUND_OF_TWO,
    MOST_FIRSTS,
    Judgement,
    Tally,
    called_right,
    judged_algebra,
    judged_doubles,
    judged_misreadings,
    judged_singles,
    report,
)

FIXED_SEED = 1
FIXED = range(8)
DOUBLES_EACH = 8
VERDICTS = 24


def told(misses: list[Judgement]) -> str:
    return "\n".join(map(report, misses))


def test_of_single_slips_nearly_all_are_among_the_explanations() -> None:
    """In the derivation, in the function as it was read, in the finished derivative."""
    kinds = (judged_singles, judged_misreadings, judged_algebra)
    tallies = [Tally(tuple(judgements(FIXED_SEED, FIXED))) for judgements in kinds]
    tally = Tally(tuple(judgement for each in tallies for judgement in each.judgements))
    assert min(len(each.judgements) for each in tallies) > 50
    assert len(tally.judgements) > 400
    assert tally.share >= LEAST_FOUND, told(tally.misses)
    assert tally.mean_firsts <= MOST_FIRSTS


def test_of_two_slips_nearly_all_are_explained() -> None:
    tally = Tally(tuple(judged_doubles(FIXED_SEED, FIXED, DOUBLES_EACH)))
    assert len(tally.judgements) > 40
    assert tally.share >= LEAST_FOUND_OF_TWO, told(tally.misses)


def test_no_wrong_answer_is_called_right() -> None:
    answers = [answer for index in FIXED for answer in single_answers(drawn(FIXED_SEED, index), "verdicts")]
    asked = answers[:: len(answers) // VERDICTS]
    assert [answer.text for answer in asked if called_right(answer)] == []
    assert len(asked) >= VERDICTS
