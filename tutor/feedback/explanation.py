"""How a derivative comes about, layer by layer and step by step, with a tick for each layer of the learner's answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from tutor.calculus.derivation import Derivation, derivative, derive, result, steps
from tutor.calculus.layers import ChainLayer, layers
from tutor.calculus.rule import Rule, fill
from tutor.calculus.tidy import tidy
from tutor.expression.tree import Expression, Path
from tutor.feedback.contexts import told_once
from tutor.feedback.finding import Diagnosis
from tutor.feedback.ticks import UNJUDGED, Judged, Tick, judged_layers, judged_steps
from tutor.feedback.wording import mal_rules, skill


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a chain from the outside in: `outer` in its own letter, what the letter stands for, the local slope.

    `exp(u)` with `inside_name` "u" and `inside` "sin(v)", in the letter of the next layer; `local` is the local
    derivative with everything put in. For the innermost layer `inside_name` and `inside` are None. `remark` says what
    is wrong, in a few words.
    """

    number: int
    outer: Expression
    inside_name: str | None
    inside: Expression | None
    local: Expression
    tick: Tick = Tick.UNKNOWN
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule: the part of f, the rule's id and law, and the result with everything put in."""

    number: str
    rule: str
    law: str
    before: Expression
    after: Expression
    tick: Tick = Tick.UNKNOWN
    remark: str = ""
    substeps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class FriendlyPoint:
    """A point with short coordinates at which one sees the difference: slope measured from f, the answer's value.

    `answer` is None where the answer has no real value. Both are decimal texts, cut to five figures.
    """

    at: tuple[tuple[str, Fraction], ...]
    slope: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is shown about one cell: layers (empty when f is no chain), all steps, the derivative, why.

    Where one of `corners` is zero the function has a corner and no slope.
    """

    function: Expression
    variables: tuple[str, ...]
    layers: tuple[Layer, ...]
    steps: tuple[Step, ...]
    derivative: Expression
    why: str = ""
    corners: tuple[Expression, ...] = ()
    friendly: FriendlyPoint | None = None


def explain(
    function: Expression, variables: tuple[str, ...], diagnosis: Diagnosis | None = None, *, correct: bool = False
) -> Explanation:
    """The explanation of a derivative, ticked by what a diagnosis found in an answer, or all right for a correct one.

    For a higher order it is the last differentiation that is explained. Raises AnswerError as `derive` does.
    """
    *earlier, last = variables
    base = derivative(function, tuple(earlier))
    found = diagnosis or Diagnosis()
    chain, derivation = layers(base, last), derive(base, last)
    return Explanation(
        function=base,
        variables=variables,
        layers=_layers(chain, judged_layers(chain, last, found, correct=correct)) if len(chain) > 1 else (),
        steps=(_step(derivation, (), "1", judged_steps(derivation, found, correct=correct)),),
        derivative=derivative(base, (last,)),
        why=_why(derivation, found),
        corners=_corners(derivation),
    )


def _layers(chain: tuple[ChainLayer, ...], judged: tuple[Judged, ...]) -> tuple[Layer, ...]:
    letters = (*(layer.letter for layer in chain[:-1]), None)
    return tuple(
        Layer(
            number=number,
            outer=layer.function,
            inside_name=letters[number - 1],
            inside=chain[number].function if number < len(chain) else None,
            local=layer.slope,
            tick=judged[number - 1].tick,
            remark=judged[number - 1].remark,
        )
        for number, layer in enumerate(chain, start=1)
    )


def _step(derivation: Derivation, path: Path, number: str, judged: Mapping[Path, Judged]) -> Step:
    """The step of a derivation with its substeps; steps that only say that x has slope 1 or c slope 0 are left out."""
    mark = judged.get(path, UNJUDGED)
    return Step(
        number=number,
        rule=derivation.rule.id,
        law=derivation.rule.law,
        before=derivation.source,
        after=tidy(result(derivation)),
        tick=mark.tick,
        remark=mark.remark,
        substeps=tuple(
            _step(inner, (*path, place), f"{number}.{index}", judged)
            for index, (place, inner) in enumerate(_worth_showing(derivation), start=1)
        ),
    )


def _worth_showing(derivation: Derivation) -> Iterator[tuple[int, Derivation]]:
    for place, step in enumerate(derivation.substeps):
        if step.rule.id not in ("constant", "identity"):
            yield place, step


def _corners(derivation: Derivation) -> tuple[Expression, ...]:
    """The formulas whose zeros are corners of the function, each once."""
    cornered = (step for _, step in steps(derivation) if step.rule.corner is not None)
    found = (tidy(fill(step.rule.corner, step.bindings)) for step in cornered if step.rule.corner is not None)
    return tuple(dict.fromkeys(found))


def _why(derivation: Derivation, diagnosis: Diagnosis) -> str:
    """The one sentence that an answer should leave behind: that of the slips' family, else of the rule it hangs on."""
    names = {name for finding in told_once(diagnosis.likeliest) for name in finding.mal_rules}
    found = {
        _SLIP_SKILLS.get(name, _FAMILY_SKILLS.get(mal_rules()[name].family)) for name in names if name in mal_rules()
    }
    if len(found) == 1 and (of_slip := found.pop()) is not None:
        return skill(of_slip)
    return skill(_skill(_heart(derivation).rule))


def _heart(derivation: Derivation) -> Derivation:
    """The first step that is more than carrying a constant along."""
    while derivation.rule.id in _CARRYING and derivation.substeps:
        derivation = derivation.substeps[0]
    return derivation


def _skill(rule: Rule) -> str:
    if rule.family == "chain":
        return "chain-rule"
    return _RULE_SKILLS.get(rule.id, rule.id)


_CARRYING = frozenset({"constant-multiple", "constant-divisor", "negation"})

_SLIP_SKILLS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("varexp-power-only", "varexp-exp-only", "logdiff-forget-y"), "log-differentiation"),
        **dict.fromkeys(("trig-power-notation", "trig-args-multiplied"), "chain-rule"),
        "second-derivative-once": "second-derivative",
        "constant-of-integration": "",
    }
)
"""The skill whose sentence belongs to a mal-rule rather than that of its family; none where what was told is all."""

_FAMILY_SKILLS: Mapping[str, str] = MappingProxyType(
    {
        "chain": "chain-rule",
        "product": "product-rule",
        "quotient": "quotient-rule",
        "power": "power-rule",
        "exponential": "exp",
        "logarithm": "log",
        "trigonometric": "trig",
        "constant": "sum-rule",
        "partial": "partial",
        "implicit": "implicit",
        "activation": "activation",
    }
)
"""The skill whose sentence belongs to a family of mal-rules; the other families take that of the rule."""

_RULE_SKILLS: Mapping[str, str] = MappingProxyType(
    {
        "power": "power-rule",
        "reciprocal": "power-rule",
        "reciprocal-power": "power-rule",
        "sqrt": "power-rule",
        "product": "product-rule",
        "product-of-three": "product-rule",
        "quotient": "quotient-rule",
        "sum": "sum-rule",
        "difference": "sum-rule",
        "e-power": "exp",
        "exponential": "exp",
        "log2": "log",
        "log10": "log",
        "log-base": "log",
        "sin": "trig",
        "cos": "trig",
        "tan": "trig",
        "general-power": "log-differentiation",
        "max": "max-gate",
        "min": "max-gate",
        "abs": "kink",
    }
)
"""The skill whose sentence belongs to a rule, where it is not called like the rule."""
