"""What an author need not say: an id, skills and a difficulty that fit a function."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType

from tutor.calculus.derivation import derive, steps
from tutor.calculus.layers import layers
from tutor.exercise.convert import LONGEST_SLUG
from tutor.exercise.model import Exercise
from tutor.exercise.symbols import declared_symbols
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, walk
from tutor.feedback.wording import skills
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Slope

LONGEST_ID = 40
_MOST_SKILLS = 3

_KIND_SKILLS: Mapping[str, str] = MappingProxyType(
    {"gradient": "gradient", "jacobian": "jacobian", "number": "evaluate-at", "choice": "concept"}
)

_RULE_SKILLS: Mapping[str, str] = MappingProxyType(
    {
        "product": "product-rule",
        "product-of-three": "product-rule",
        "quotient": "quotient-rule",
        "general-power": "log-differentiation",
        "max": "max-gate",
        "min": "max-gate",
    }
)
"""The skill of a rule that is used."""

_HEAD_SKILLS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("sin", "cos", "tan", "cot", "sec", "csc"), "trig"),
        **dict.fromkeys(("log", "log2", "log10"), "log"),
        **dict.fromkeys(("exp", "sigmoid", "tanh", "relu", "softplus", "gelu", "softmax"), ""),
        "abs": "kink",
        "silu": "swish",
    }
)
"""The skill of a function that occurs; empty where it is called like the function."""

_SIGNS = (("sqrt(", " root "), ("+", " plus "), ("-", " minus "), ("/", " over "), ("^", ""), ("*", ""), (".", "-"))


def default_id(exercise: Exercise, taken: Container[str]) -> str:
    """A name from the function that no exercise has: `sin-x2` for sin(x^2), `sin-x2-2` for a second one."""
    said = " ".join(to_text(function) for function in exercise.functions) or exercise.title or exercise.prompt
    for sign, words in _SIGNS if exercise.functions else ():
        said = said.replace(sign, words)
    name = re.sub(r"[^a-z0-9]+", "-", said.casefold()).strip("-")[:LONGEST_ID].strip("-") or "exercise"
    lead = "" if exercise.kind in ("expression", "choice") else f"{exercise.kind}-"
    return free_id(f"{lead}{name}", taken)


def free_id(name: str, taken: Container[str]) -> str:
    """A name, with a number behind it where it is taken."""
    if name not in taken:
        return name
    number = 2
    while (numbered := f"{name[: LONGEST_SLUG - 6]}-{number}") in taken:
        number += 1
    return numbered


def default_skills(exercise: Exercise) -> tuple[str, ...]:
    """What an exercise trains, as far as its kind, the rules used and the functions that occur say."""
    found = dict.fromkeys(name for name in _skills(exercise) if name in skills())
    return tuple(found)[:_MOST_SKILLS]


def _skills(exercise: Exercise) -> Iterator[str]:
    if exercise.order > 1:
        yield "second-derivative"
    if exercise.kind in _KIND_SKILLS:
        yield _KIND_SKILLS[exercise.kind]
    elif exercise.functions and len(declared_symbols(exercise)) > 1:
        yield "partial"
    rules = [step.rule for slope in slopes(exercise) for _, step in steps(derive(slope.function, slope.variables[0]))]
    if any(rule.family == "chain" for rule in rules):
        yield "chain-rule"
    yield from (_RULE_SKILLS[rule.id] for rule in rules if rule.id in _RULE_SKILLS)
    for function in exercise.functions:
        heads = (part.head for part in walk(function) if isinstance(part, Apply))
        yield from (_HEAD_SKILLS[head] or head for head in heads if head in _HEAD_SKILLS)
    if any(rule.id.startswith("power") for rule in rules):
        yield "power-rule"


def default_difficulty(exercise: Exercise) -> int:
    """A guess from 1 to 5: one step for each further layer, for a product or quotient, for a higher order."""
    return min(5, max((_difficulty(slope) for slope in slopes(exercise)), default=1))


def _difficulty(slope: Slope) -> int:
    variable = slope.variables[0]
    used = {step.rule.id for _, step in steps(derive(slope.function, variable))}
    several = len(used & _RULE_SKILLS.keys())
    return len(layers(slope.function, variable)) + several + len(slope.variables) - 1


def slopes(exercise: Exercise) -> tuple[Slope, ...]:
    """The derivatives that an exercise asks for, one a cell."""
    if not exercise.functions:
        return ()
    return tuple(cell.target for cell in KINDS[exercise.kind].cells(exercise) if isinstance(cell.target, Slope))
