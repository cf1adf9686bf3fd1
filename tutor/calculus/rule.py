"""A rule is a law: a pattern under D( ) and what it becomes; a mal-rule is a rule with `mistaken_for`.

Metavariables, by letter: `x` is the variable, `c k n m a b` are free of it, `u v w` are anything. In a law `D(…)` marks what
is still to be differentiated; the mark stays in the tree as a head until the derivation fills it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols

Bindings: TypeAlias = Mapping[str, Expression]

MARK = "D"
FREE_OF_X = frozenset("ckmnab")
ANYTHING = frozenset("uvw")
METAVARIABLES = frozenset("x") | FREE_OF_X | ANYTHING


@dataclass(frozen=True, slots=True)
class Rule:
    """One law of differentiation, sound or mistaken.

    `before` is the pattern (without its D), `after` the template with marks. `mistaken_for` holds the ids of the sound
    rules in whose place a learner applies a mal-rule; it is empty for a sound rule. `corner` is a template whose zeros are
    corners of the function, where it has no slope. `inside` is the mal-rule's id when it happens within a chain. `fits` is a
    further condition on the bindings.
    """

    id: str
    law: str
    before: Expression
    after: Expression
    title: str = ""
    mistaken_for: frozenset[str] = frozenset()
    corner: Expression | None = None
    inside: str = ""
    fits: Callable[[Bindings], bool] | None = None


def template(text: str, heads: frozenset[str] = frozenset()) -> Expression:
    """The tree of one side of a law, with the mark D and the given function letters read as heads."""
    return parse(text, METAVARIABLES, heads=heads | {MARK}).expression


def sides(law: str, heads: frozenset[str] = frozenset()) -> tuple[Expression, Expression]:
    """Pattern and template of a law `D(pattern) -> template`."""
    left, right = law.split("->")
    before = template(left, heads)
    if not (isinstance(before, Apply) and before.head == MARK):
        raise ValueError(f"a law starts with D(…): {law}")
    return before.arguments[0], template(right, heads)


def is_free_of(expression: Expression, variable: str) -> bool:
    """Whether a tree does not hold the variable."""
    match expression:
        case Number():
            return True
        case Symbol(name):
            return name != variable
        case Apply(_, arguments):
            return all(is_free_of(argument, variable) for argument in arguments)


def match(pattern: Expression, expression: Expression, variable: str) -> Bindings | None:
    """What each metavariable of a pattern stands for in an expression, or None when it does not fit."""
    bindings: dict[str, Expression] = {}
    return bindings if _match(pattern, expression, variable, bindings) else None


def _match(pattern: Expression, expression: Expression, variable: str, bindings: dict[str, Expression]) -> bool:
    match pattern:
        case Symbol(letter):
            return _bind(letter, expression, variable, bindings)
        case Number():
            return pattern == expression
        case Apply(head, parts):
            if not isinstance(expression, Apply) or expression.head != head or len(expression.arguments) != len(parts):
                return False
            return all(_match(p, e, variable, bindings) for p, e in zip(parts, expression.arguments, strict=True))


def _bind(letter: str, expression: Expression, variable: str, bindings: dict[str, Expression]) -> bool:
    if letter in bindings:
        return bindings[letter] == expression
    if letter == "x" and expression != Symbol(variable):
        return False
    if letter in FREE_OF_X and not is_free_of(expression, variable):
        return False
    bindings[letter] = expression
    return True


def fill(template: Expression, bindings: Bindings) -> Expression:
    """A template with every metavariable replaced by what it stands for; marks stay."""
    match template:
        case Symbol(letter):
            return bindings.get(letter, template)
        case Apply(head, arguments, span) if arguments:
            return Apply(head, tuple(fill(argument, bindings) for argument in arguments), span)
        case _:
            return template


def marks(expression: Expression) -> tuple[Expression, ...]:
    """What stands under each mark of a filled template, from left to right."""
    match expression:
        case Apply("D", (marked,)):
            return (marked,)
        case Apply(_, arguments):
            return tuple(mark for argument in arguments for mark in marks(argument))
        case _:
            return ()


def letters(template: Expression) -> frozenset[str]:
    """The metavariables of a template."""
    return free_symbols(template)
