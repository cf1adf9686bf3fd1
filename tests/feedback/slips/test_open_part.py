"""What is worked out for several parts in one place equals what is worked out for each whole formula by itself."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.calculus.misreadings import misreadings
from tutor.calculus.rewriting import put
from tutor.expression.evaluate import evaluate
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Path
from tutor.feedback.slips.open_part import slopes_with, values_with
from tutor.feedback.slips.slope_builder import SlopeBuilder

POINTS = {"x": np.linspace(-2.1, 2.4, 16), "a": np.linspace(0.3, 1.9, 16)}

FORMULAS = (
    "sin(3*x^2 + a)*exp(2*x)/(x - 7)",
    "(5*x + 4)^3 - a*x",
    "x^(1/3)*(2 - x)^(-2)",
    "sqrt(x^2 + 9)/ln(3 + x^4)",
    "2^(3*x)*tanh(4*x - 1)",
    "(x/2)^(2*x + 1)",
    "root(x^3 + 1, 3)*abs(x - 1)",
    "max(2*x, 3)*sigmoid(-x)",
)


def places(formula: Expression, path: Path = ()) -> list[Path]:
    inside = formula.arguments if isinstance(formula, Apply) else ()
    return [path, *(place for index, part in enumerate(inside) for place in places(part, (*path, index)))]


def tree(text: str) -> Expression:
    return parse(text, ("x", "a")).expression


PARTS = [tree(text) for text in ("x", "3*x", "cos(x) + a", "5", "a", "x^2/4", "2", "1/2")]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_slopes_at_every_place(text: str) -> None:
    formula = tree(text)
    builder = SlopeBuilder(formula, "x", POINTS)
    for path in places(formula):
        found = slopes_with(PARTS, formula, path, builder, "x")
        for part, slope in zip(PARTS, found, strict=True):
            alone = SlopeBuilder(formula, "x", POINTS).right(put(formula, path, part))
            both = np.isfinite(alone) & np.isfinite(slope)
            assert np.allclose(slope[both], alone[both], rtol=1e-9, atol=1e-9 * np.abs(alone[both]).max(initial=0))
            assert both.sum() == np.isfinite(alone).sum()


@pytest.mark.parametrize("text", FORMULAS)
def test_values_of_rewritten_parts(text: str) -> None:
    formula = tree(text)
    builder = SlopeBuilder(formula, "x", POINTS)
    for rewriting in misreadings(formula, "x"):
        if not isinstance(rewriting.before, Apply) or rewriting.before.head not in ("+", "-"):
            continue
        with np.errstate(all="ignore"):
            found = values_with([rewriting.after], formula, rewriting.path, builder)
        assert np.allclose(found[0], evaluate(rewriting.whole, POINTS), rtol=1e-12, equal_nan=True)
