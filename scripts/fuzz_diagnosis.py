"""Looks for slips that were put into derivatives: `python scripts/fuzz.py diagnosis --functions 500 --seed 7`.

Every miss is printed with its cause, then the shares and what they should be. What an answer is made of, and what
counts as found, stands in `tests/diagnosis/README.md`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from tests.diagnosis.answers import Answer, single_answers
from tests.diagnosis.draw import drawn
from tests.diagnosis.foreign import Claim, claims, foreign_answers, textbook
from tests.diagnosis.judge import (
    HITS,
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

MOST_CERTAIN = 0.02
MOST_POSSIBLE = 0.10
DOUBLES_EACH = 12
"""Two-slip answers to each function."""

VERDICTS_EACH = 2
"""Wrong answers to each function whose verdict is asked for; a verdict takes a hundred times as long as a look-up."""

WRONG_OF_EACH = 6
"""Wrong answers to each function that are given to other functions."""


def diagnosis(seed: int, functions: range) -> bool:
    """Prints how many slips are found in the functions of these numbers, and whether anything falls short."""
    started = time.process_time()
    before, within, after = (
        _watched(judgements(seed, functions)) for judgements in (judged_misreadings, judged_singles, judged_algebra)
    )
    single = Tally((*before.judgements, *within.judgements, *after.judgements))
    double = _watched(judged_doubles(seed, functions, DOUBLES_EACH))
    parts = {"one misreading": before, "one slip in differentiating": within, "one slip of algebra": after}
    for title, tally in {**parts, "any one slip": single, "two slips": double}.items():
        print(f"\n{title}:", *tally.lines(), sep="\n")
    forms = Counter(each.answer.form for each in single.judgements)
    print("\nforms:", ", ".join(f"{count} {form}" for form, count in forms.most_common()))
    taken = _taken_for_right(seed, functions)
    shares = _foreign(seed)
    goals = (
        _goal("one slip found", single.share, LEAST_FOUND),
        _goal("explanations in the first place", single.mean_firsts, MOST_FIRSTS, is_most=True),
        _goal("two slips found", double.share, LEAST_FOUND_OF_TWO),
        _goal("wrong answers called right", len(taken), 0, is_most=True),
        _goal("foreign answers with a certain explanation", shares[0], MOST_CERTAIN, is_most=True),
        _goal("foreign answers with a possible explanation", shares[1], MOST_POSSIBLE, is_most=True),
    )
    print(f"{time.process_time() - started:.0f} s of processor time")
    return not all(goals)


def _watched(judgements: Iterator[Judgement]) -> Tally:
    """The tally, with each miss printed as it comes."""
    kept = []
    for judgement in judgements:
        kept.append(judgement)
        if judgement.ending not in HITS:
            print(report(judgement), flush=True)
    return Tally(tuple(kept))


def _taken_for_right(seed: int, functions: range) -> Sequence[Answer]:
    asked = [answer for index in functions for answer in _some_answers(seed, index)]
    taken = [answer for answer in asked if called_right(answer)]
    for answer in taken:
        print(f"CALLED RIGHT | {report(Judgement(answer, HITS[0], 0))}")
    print(f"\n{len(taken)} of {len(asked)} wrong answers called right")
    return taken


def _some_answers(seed: int, index: int) -> Iterator[Answer]:
    answers = list(single_answers(drawn(seed, index), f"{seed}/{index}"))
    return islice(answers, index % 7, None, max(1, len(answers) // VERDICTS_EACH))


def _foreign(seed: int) -> tuple[float, float]:
    found = claims(foreign_answers(textbook(), str(seed), WRONG_OF_EACH))
    for foreign, claim in found.made:
        if claim is Claim.CERTAIN:
            print(f"certain of a foreign answer | {foreign.report()}")
    print(found.line())
    return found.certain, found.possible


def _goal(name: str, value: float, limit: float, *, is_most: bool = False) -> bool:
    reached = value <= limit if is_most else value >= limit
    wanted = f"{'at most' if is_most else 'at least'} {limit}"
    print(f"{'reached' if reached else 'MISSED '}  {name}: {value:.4g} (wanted {wanted})")
    return reached
