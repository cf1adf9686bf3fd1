"""How a derivative comes about, layer by layer and step by step, with a tick for each layer of the learner's answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tutor.expression.tree import Expression


class Tick(StrEnum):
    """What the learner's answer shows of one layer or one branch."""

    RIGHT = "right"
    WRONG = "wrong"
    FOLLOWS = "follows"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a chain from the outside in: `outer` in its own letter, what the letter stands for, the local slope.

    `exp(u)` with `inside_name` "u" and `inside` "sin(v)"; `local` is the local derivative with everything put in.
    For the innermost layer `inside_name` and `inside` are None. `remark` says what is wrong, in a few words.
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
    """Everything that is shown about one cell: layers (empty when f is no chain), all steps, the derivative, why."""

    function: Expression
    variables: tuple[str, ...]
    layers: tuple[Layer, ...]
    steps: tuple[Step, ...]
    derivative: Expression
    why: str = ""
    friendly: FriendlyPoint | None = None
