"""The marks of layers and steps: later layers from the learner's own, ties never asserted, right branches folded."""

from __future__ import annotations

import pytest

from tutor.exercise.model import Exercise
from tutor.expression.parser import parse
from tutor.feedback.assess import assess
from tutor.feedback.explanation import Explanation, Step, explain
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.ticks import Tick

R, W, F, U = Tick.RIGHT, Tick.WRONG, Tick.FOLLOWS, Tick.UNKNOWN


def explanation(function: str, answer: str) -> Explanation:
    cell = assess(Exercise.derivative(function), answer).telling
    assert cell is not None
    assert cell.explanation is not None
    return cell.explanation


# fmt: off
CHAINS = [
    ("exp(sin(x^2))",   "2x exp(sin(x^2))",                     (R, W, R)),
    ("exp(sin(x^2))",   "cos(x^2) exp(sin(x^2))",               (R, R, W)),
    ("exp(sin(x^2))",   "2x cos(x) exp(sin(x^2))",              (R, W, R)),
    ("ln(cos(3x))",     "3 sin(3x)/cos(3x)",                    (U, U, R)),
    ("ln(sin(x^3))",    "1/sin(x^3)",                           (R, W, W)),
    ("exp(sin(x^2))",   "2x cos(x^2) exp(sin(x^2))",            (R, R, R)),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "ticks"), CHAINS, ids=[row[1] for row in CHAINS])
def test_layers_are_ticked(function: str, answer: str, ticks: tuple[Tick, ...]) -> None:
    assert tuple(layer.tick for layer in explanation(function, answer).layers) == ticks


def test_layers_inside_another_function_follow_from_it() -> None:
    function, wrong = parse("exp(x^3)").expression, parse("3*exp(3*x)").expression
    right = parse("3*x^2*exp(x^3)").expression
    finding = Finding(("exp-tower",), certain=True, layer=1, at=function, expected=right, observed=wrong)
    found = explain(function, ("x",), Diagnosis((finding,)))
    assert tuple(layer.tick for layer in found.layers) == (W, F)
    assert found.layers[0].remark == "your answer has 3exp(3x)"


OUTER = Finding(("a",), certain=False, layer=1, at=parse("sin(ln(3x))").expression, observed=parse("x").expression)
INNER = Finding(("b",), certain=False, layer=3, at=parse("3x").expression)


def test_ties_are_ticked_only_where_they_agree() -> None:
    found = explain(parse("sin(ln(3x))").expression, ("x",), Diagnosis((_named(OUTER), _named(INNER))))
    assert [layer.tick for layer in found.layers] == [U, R, U]
    assert [layer.remark for layer in found.layers] == ["perhaps here", "", "perhaps here"]


def test_ties_at_one_layer_agree_on_the_layer_alone() -> None:
    other = Finding(("chain-drop-inner",), certain=False, layer=1)
    found = explain(parse("sin(ln(3x))").expression, ("x",), Diagnosis((_named(OUTER), other)))
    assert (found.layers[0].tick, found.layers[0].remark) == (W, "")


def test_two_slips_at_once_are_perhaps_here() -> None:
    both = Finding(("chain-drop-inner", "trig-sin-sign"), certain=False, layer=2)
    found = explain(parse("sin(ln(3x))").expression, ("x",), Diagnosis((both,)))
    assert [layer.tick for layer in found.layers] == [U, U, U]
    assert found.layers[1].remark == "perhaps here"


def _named(finding: Finding) -> Finding:
    return Finding(("chain-outer-at-x",), finding.certain, finding.layer, at=finding.at, observed=finding.observed)


def marked(step: Step) -> dict[str, Tick]:
    found = {step.number: step.tick}
    for inner in step.substeps:
        found |= marked(inner)
    return found


def test_the_branches_apart_from_the_slip_are_right() -> None:
    found = explanation("sin(x^2)*x^3 + cos(x)", "x^3 cos(x^2) + 3x^2 sin(x^2) - sin(x)")
    assert marked(found.steps[0]) == {"1": U, "1.1": U, "1.1.1": U, "1.1.1.1": W, "1.1.2": R, "1.2": R}


def test_a_slip_of_the_whole_says_nothing_of_the_branches() -> None:
    found = explanation("x^2*sin(x)", "2x cos x")
    assert marked(found.steps[0]) == {"1": W, "1.1": U, "1.2": U}


def test_a_right_answer_is_right_at_every_step() -> None:
    assert set(marked(explanation("x^2*sin(x)", "2x sin x + x^2 cos x").steps[0]).values()) == {R}
