"""What a page is made of: blocks of lines of pieces, free of any format; the renderers draw them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # a page of words alone, such as a question, is drawn before anything else is loaded
    from tutor.errors import Span
    from tutor.expression.tree import Expression
    from tutor.feedback.ticks import Tick

GLUE = "\u00a0"
"""A blank at which no line is broken; renderers show it as a blank."""

BULLET = "- "
"""How a paragraph of a list begins; its further lines are set in."""


class Role(StrEnum):
    """What a piece is there for; a renderer chooses its colour, and never says anything by colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    DIM = "dim"
    NAME = "name"


class Mark(StrEnum):
    """The sign in front of a verdict."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they are to be read; foreign text has been made safe before it gets here."""

    text: str
    role: Role = Role.PLAIN


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula, drawn by the renderer in its own notation."""

    expression: Expression
    role: Role = Role.PLAIN


@dataclass(frozen=True, slots=True)
class Spelled:
    """A formula that is written out already, in Unicode and in ASCII."""

    unicode: str
    ascii: str
    role: Role = Role.PLAIN


Piece: TypeAlias = Words | Maths | Spelled

Line: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title over what follows."""

    line: Line


@dataclass(frozen=True, slots=True)
class Banner:
    """The verdict: a mark, what it says, what was asked, and at the side how the answer was read."""

    mark: Mark
    words: str
    asked: Line = ()
    aside: Line = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences; `margin` is the name of a rule that stands at the right margin."""

    line: Line
    margin: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula by itself with what stands in front of it, such as `f'(x) =`."""

    label: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One layer as shown; `local` is empty while the learner is to find it."""

    number: int
    outer: Expression
    inside_name: str | None
    inside: Expression | None
    local: Expression | None
    tick: Tick
    remark: str


@dataclass(frozen=True, slots=True)
class LayerTable:
    """The layers of a chain from the outside in."""

    rows: tuple[LayerRow, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of lines under headers; `numbers` says which columns are aligned to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a derivation: how deep it lies, `d/dx before = after`, and the rule with its law.

    `after` is None while the learner is to find it.
    """

    depth: int
    number: str
    operator: str
    before: Expression
    after: Expression | None
    rule: str
    law: str
    tick: Tick
    remark: str


@dataclass(frozen=True, slots=True)
class StepTree:
    """The steps of a derivation, each under the one it belongs to; `hidden` more are not shown, but `elsewhere`."""

    steps: tuple[StepLine, ...]
    hidden: int = 0
    elsewhere: str = "--full shows all"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A typed text with the place in it that could not be read, why, and what to do."""

    text: str
    span: Span | None
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A typed answer with a place in it and a few words about that place."""

    text: str
    span: Span
    label: Line


@dataclass(frozen=True, slots=True)
class Choices:
    """Numbered options, counted from 1."""

    lines: tuple[str, ...]


Block: TypeAlias = Heading | Banner | Paragraph | Formula | LayerTable | Table | StepTree | Pointer | Marked | Choices
