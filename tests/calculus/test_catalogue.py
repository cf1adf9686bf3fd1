"""The catalogue of mistaken laws holds every table, and says where the laws of a mal-rule are applied."""

from __future__ import annotations

import pytest

from tutor.calculus.catalogue import MISTAKEN_LAWS, laws_of
from tutor.calculus.rules import RULES
from tutor.feedback.wording import mal_rules


@pytest.mark.parametrize(
    ("id", "moment", "law"),
    [
        ("trig-cos-sign", "differentiating", "D(cos(u)) -> sin(u)*D(u)"),
        ("chain-drop-innermost", "differentiating", "D(f(u)) -> df(u)"),
        ("fraction-inverted", "before", "u/v -> v/u"),
        ("fraction-inverted", "after", "u/v -> v/u"),
        ("implicit-inverted", "curve", "u + v*dy -> -v/u"),
        ("copy-not-differentiate", "question", "D(F) -> F"),
    ],
)
def test_the_laws_of_a_mal_rule_are_found(id: str, moment: str, law: str) -> None:
    assert (moment, law) in laws_of(id)


def test_a_mal_rule_about_vectors_has_no_law() -> None:
    vectors = [row.id for row in mal_rules().values() if row.answer_kind != "expression"]
    assert vectors
    assert [id for id in vectors if laws_of(id)] == []


def test_no_law_stands_twice() -> None:
    for moment, rules in MISTAKEN_LAWS.items():
        laws = [(rule.id, rule.law, rule.fits is None) for rule in rules]
        assert len(laws) == len(set(laws)), moment


def test_no_mistaken_law_is_a_sound_one() -> None:
    sound = {(rule.before, rule.after) for rule in RULES}
    assert [rule.law for rule in MISTAKEN_LAWS["differentiating"] if (rule.before, rule.after) in sound] == []
