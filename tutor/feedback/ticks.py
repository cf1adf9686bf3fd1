"""What a diagnosis says of each layer and each step: right, wrong, following from a wrong one, or not known.

A later layer is judged from the learner's own: where a slip put another function in the place of a layer, what was done
with that function further inside follows from it and is no second mistake. Several explanations are never mixed: a mark
stands only where all of them agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tutor.calculus.derivation import Derivation, derivative, steps
from tutor.calculus.layers import ChainLayer
from tutor.calculus.tidy import tidy
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Path
from tutor.feedback.contexts import told_once
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.wording import phrase


class Tick(StrEnum):
    """What the learner's answer shows of one layer or one branch."""

    RIGHT = "right"
    WRONG = "wrong"
    FOLLOWS = "follows"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """The tick of one layer or step, and what is wrong with it in a few words."""

    tick: Tick = Tick.UNKNOWN
    remark: str = ""


UNJUDGED = Judged()
RIGHT = Judged(Tick.RIGHT)


def judged_layers(
    chain: tuple[ChainLayer, ...], variable: str, diagnosis: Diagnosis, *, correct: bool
) -> tuple[Judged, ...]:
    """The judgement of each layer of a chain from the outside in."""
    if correct:
        return (RIGHT,) * len(chain)
    each = [_layers(chain, variable, finding) for finding in told_once(diagnosis.likeliest)]
    return tuple(_agreed(column) for column in zip(*each, strict=True)) if each else (UNJUDGED,) * len(chain)


def _layers(chain: tuple[ChainLayer, ...], variable: str, finding: Finding) -> tuple[Judged, ...]:
    """The judgement by one explanation; a layer outside the wrong one is taken at its inner value and is right."""
    wrong = finding.layer
    if wrong is None:
        return (UNJUDGED,) * len(chain)
    if len(finding.mal_rules) > 1:
        return tuple(Judged(remark=phrase("perhaps")) if n == wrong else UNJUDGED for n in range(1, len(chain) + 1))
    inside = _inside(chain[wrong - 1], variable, finding)
    return tuple(
        RIGHT if number < wrong else Judged(Tick.WRONG, _observed(finding)) if number == wrong else inside
        for number in range(1, len(chain) + 1)
    )


def _inside(layer: ChainLayer, variable: str, finding: Finding) -> Judged:
    """What is to be said of the layers inside a wrong one.

    Where the finding is about the layer alone, right. Where it is about all the layers down to the variable, they are
    missing with it, or follow from what was put in its place.
    """
    alone = finding.expected is None or tidy(finding.expected) == tidy(layer.slope)
    if alone or finding.expected != derivative(layer.whole, (variable,)):
        return RIGHT
    return Judged(Tick.WRONG, _observed(finding)) if finding.observed is None else Judged(Tick.FOLLOWS)


def judged_steps(derivation: Derivation, diagnosis: Diagnosis, *, correct: bool) -> dict[Path, Judged]:
    """The judgement of each step of a derivation by its address; steps of which nothing is known are left out."""
    paths = dict(steps(derivation))
    if correct:
        return dict.fromkeys(paths, RIGHT)
    each = [_by_place(paths, finding) for finding in told_once(diagnosis.likeliest)]
    return {path: _agreed([marks.get(path, UNJUDGED) for marks in each]) for path in paths} if each else {}


def _by_place(paths: dict[Path, Derivation], finding: Finding) -> dict[Path, Judged]:
    """The judgement by one explanation: the step it is about is wrong, what stands apart from that step is right."""
    wrong = next((path for path, step in paths.items() if finding.at in (step.before, step.source)), None)
    if finding.at is None or wrong is None:
        return {}
    if len(finding.mal_rules) > 1:
        return {wrong: Judged(remark=phrase("perhaps"))}
    apart = (path for path in paths if path[: len(wrong)] != wrong and wrong[: len(path)] != path)
    return dict.fromkeys(apart, RIGHT) | {wrong: Judged(Tick.WRONG, _observed(finding))}


def _agreed(marks: Iterable[Judged]) -> Judged:
    """The judgement on which all explanations agree; where some see the slip and others not, that it may be here."""
    distinct = list(dict.fromkeys(marks))
    if len(distinct) == 1:
        return distinct[0]
    ticks = {mark.tick for mark in distinct}
    if ticks == {Tick.WRONG}:
        return Judged(Tick.WRONG)
    return Judged(remark=phrase("perhaps")) if Tick.WRONG in ticks or any(m.remark for m in distinct) else UNJUDGED


def _observed(finding: Finding) -> str:
    if finding.observed is None:
        return phrase("missing")
    return phrase("instead", observed=to_text(finding.observed, Notation.UNICODE))
