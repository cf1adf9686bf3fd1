"""What is told of a wrong answer: sentences as they are shown, pairs of slips that may be paired freely."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.render import samples
from tutor.feedback.finding import Diagnosis, Finding
from tutor.render.asked import prose
from tutor.render.blocks import GLUE
from tutor.render.look import Look
from tutor.render.to_terminal import to_terminal
from tutor.render.told import told


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("(u'v - uv')/v^2.", "(u'v_-_uv')/v².".replace("_", GLUE)),
        ("x^n becomes n·x^(n-1).", "x^n becomes n·x^(n-1)."),
        ("From -3 to -4: x^2.5, x^12, X^T.", "From -3 to -4: x^2.5, x^12, X^T."),
        ("e^(v ln u) first - then the rest", "e^(v ln_u) first_-_then the rest".replace("_", GLUE)),
        ("slope 1 - tanh^2: 1 in the middle", "slope 1_-_tanh²: 1 in the middle".replace("_", GLUE)),
    ],
)
def test_formulas_in_sentences_are_raised_and_kept_together(sentence: str, shown: str) -> None:
    assert prose(sentence) == shown


def page(*pairs: tuple[str, ...]) -> str:
    findings = tuple(Finding(pair, certain=False, at=samples.SIN_SQUARE) for pair in pairs)
    cell = replace(samples.CELL, place=None, diagnosis=Diagnosis(findings))
    return to_terminal(told(cell, samples.EXERCISE, worked=True), Look())


A, B, C, D = "trig-cos-sign", "product-minus", "chain-drop-inner", "const-factor-dropped"


@pytest.mark.parametrize(
    "pairs",
    [((A, C), (A, D), (B, C), (B, D)), ((A, C), (D, A), (C, B), (B, D)), ((A, C), (A, D))],
    ids=["two by two", "in any order", "one by two"],
)
def test_slips_that_may_be_paired_freely_are_two_choices(pairs: tuple[tuple[str, str], ...]) -> None:
    lines = page(*pairs).splitlines()
    assert lines[0] == "  Possibly two slips at once, one of each line:"
    bullets = [line for line in lines if line.startswith("  - ")]
    assert len(bullets) == 2
    assert "Inner derivative missing or Constant factor lost" in bullets[1]


def test_pairs_that_are_no_free_choice_are_told_one_by_one() -> None:
    lines = page((A, C), (B, D)).splitlines()
    assert lines[0] == "  Possibly one of these; each of them gives your answer:"
    assert "  - Minus missing in the slope of cos and Inner derivative missing, in sin(x²)" in lines
