"""Answers of other functions: hardly any gets an explanation that sounds certain."""

from __future__ import annotations

from tests.diagnosis.foreign import Claim, claims, foreign_answers, textbook

MOST_CERTAIN = 0.02
MOST_POSSIBLE = 0.10
FUNCTIONS = slice(None, None, 2)
WRONG_OF_EACH = 2


def test_few_answers_of_other_functions_are_explained() -> None:
    functions = textbook()
    assert all(each.points for each in functions)
    found = claims(foreign_answers(functions[FUNCTIONS], "foreign", WRONG_OF_EACH))
    certain = [foreign.report() for foreign, claim in found.made if claim is Claim.CERTAIN]
    assert len(found.made) > 2000
    assert found.certain <= MOST_CERTAIN, "\n".join(certain)
    assert found.possible <= MOST_POSSIBLE
