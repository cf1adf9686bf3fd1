"""Patterns fit sums and products in any order, and a rewriting replaces what it says."""

from __future__ import annotations

import pytest

from tutor.calculus.flat_match import MOST_FITS, Views, fits
from tutor.calculus.law import template
from tutor.calculus.rewriting import rewriting_law, rewritings
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression


def read(text: str) -> Expression:
    return parse(text).expression


def rewritten(law: str, formula: str) -> list[str]:
    found = rewritings((rewriting_law("some-law", law),), read(formula), "x")
    return [to_text(rewriting.whole) for rewriting in found]


# fmt: off
REWRITTEN = [
    ("u/v -> v/u",            "sin(x)/x",         ["x/sin(x)"]),
    ("1/(a*u) -> a/u",        "2/(x*5)",          ["2*(5/x)"]),
    ("1/(a*u) -> a/u",        "1/x",              []),
    ("u - r -> u + r",        "x^2 - x + 3",      ["x^2 + 3 + x"]),
    ("u - r -> u + r",        "x^2 + x",          []),
    ("-(r + w) -> w - r",     "x - (x^2 - 3)",    ["-3 - x^2 + x"]),
    ("p*q -> p + q",          "3*x*4",            ["x*(3 + 4)"]),
    ("p -> p + 1",            "sin(3*x) + 2",     ["sin((3 + 1)*x) + 2", "sin(3*x) + (2 + 1)"]),
    ("a*u + b*v -> b*u + a*v", "3*(x - 1) + 2*x", ["2*(x - 1) + 3*x"]),
    ("sqrt(r + w) -> sqrt(r) + sqrt(w)", "sqrt(9 + x^2)", ["sqrt(9) + sqrt(x^2)", "sqrt(x^2) + sqrt(9)"]),
]
# fmt: on


@pytest.mark.parametrize(("law", "formula", "expected"), REWRITTEN, ids=[f"{row[0]}: {row[1]}" for row in REWRITTEN])
def test_a_law_rewrites_every_place_where_it_fits(law: str, formula: str, expected: list[str]) -> None:
    found = rewritten(law, formula)
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


def test_a_pattern_is_fitted_in_few_ways() -> None:
    assert len(list(fits(template("r + s"), read("+".join(f"x^{n}" for n in range(2, 30))), "x", Views()))) == MOST_FITS


def test_a_rewriting_says_where_it_happened() -> None:
    (rewriting,) = rewritings((rewriting_law("some-law", "u/v -> v/u"),), read("3 + exp(x/y)"), "x")
    assert rewriting.path == (1, 0)
    assert (to_text(rewriting.before), to_text(rewriting.after)) == ("x/y", "y/x")
    assert to_text(rewriting.whole) == "3 + exp(y/x)"
