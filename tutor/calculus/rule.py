"""A rule is a law: a pattern under D( ) and what it becomes; a mal-rule is a rule with `mistaken_for`.

Matching binds the metavariables of a pattern to parts of an expression. Filling puts them into a template; the marks
D( ) stay in the tree as a head until the derivation fills them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from tutor.calculus.law import ANY_FUNCTION, ANYTHING, FREE_OF_X, NUMBERS, ONE_OF_MANY, OTHER_SYMBOL
from tutor.calculus.outer import OUTER, Outer
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols

Bindings: TypeAlias = Mapping[str, Expression]

FOR_ANYTHING = ANYTHING | ONE_OF_MANY
"""The letters that may stand for any expression."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One law of differentiation, sound or mistaken.

    `before` is the pattern (without its D), `after` the template with marks. `mistaken_for` holds the ids of the sound
    rules (or families) in whose place a learner applies a mal-rule; it is empty for a sound rule. `family` is `plain`
    for the slope of a function at x and `chain` for its chain rule. The zeros of `corner` are the corners of the
    function, where it has no slope. `inside` is the mal-rule's id when it happens within a chain. `context` is the kind
    of question in which a slip goes by this id; where it is given, other ids fit other questions better.
    `fits` is a further condition on the bindings.
    """

    id: str
    law: str
    before: Expression
    after: Expression
    title: str = ""
    family: str = ""
    mistaken_for: frozenset[str] = frozenset()
    corner: Expression | None = None
    inside: str = ""
    context: str = ""
    fits: Callable[[Bindings], bool] | None = None


def is_free_of(expression: Expression, variable: str) -> bool:
    """Whether a tree does not hold the variable."""
    if isinstance(expression, Symbol):
        return expression.name != variable
    return isinstance(expression, Number) or variable not in free_symbols(expression)


def match(pattern: Expression, expression: Expression, variable: str) -> Bindings | None:
    """What each metavariable of a pattern stands for in an expression, or None when it does not fit."""
    bindings: dict[str, Expression] = {}
    return bindings if _match(pattern, expression, variable, bindings) else None


def _match(pattern: Expression, expression: Expression, variable: str, bindings: dict[str, Expression]) -> bool:
    if isinstance(pattern, Symbol):
        return bind(pattern.name, expression, variable, bindings)
    if isinstance(pattern, Number):
        return pattern == expression
    parts, head = pattern.arguments, pattern.head
    if head in ANY_FUNCTION and len(parts) == 1:
        return _match_function(head, parts[0], expression, variable, bindings)
    if not isinstance(expression, Apply) or expression.head != head or len(expression.arguments) != len(parts):
        return False
    for part, argument in zip(parts, expression.arguments, strict=True):
        if not _match(part, argument, variable, bindings):
            return False
    return True


def _match_function(
    letter: str, part: Expression, expression: Expression, variable: str, bindings: dict[str, Expression]
) -> bool:
    """Binds `f` and `df` to an outer function and its slope as templates in u, and `f.c` to its constant c."""
    split = outer_function(expression, variable)
    if split is None:
        return False
    outer, constants, inner = split
    bindings |= {letter: outer.function, f"d{letter}": outer.slope}
    bindings |= {f"{letter}.{name}": value for name, value in constants.items()}
    return _match(part, inner, variable, bindings)


@lru_cache(maxsize=4096)
def outer_function(expression: Expression, variable: str) -> tuple[Outer, Bindings, Expression] | None:
    """The outer function of an expression, its constants, and what stands inside; None when there is none."""
    for outer in OUTER:
        bindings: dict[str, Expression] = {}
        if _match(outer.function, expression, variable, bindings):
            inner = bindings.pop("u")
            return outer, bindings, inner
    return None


def bind(letter: str, expression: Expression, variable: str, bindings: dict[str, Expression]) -> bool:
    """Whether a letter can stand for an expression beside what it stands for already; then it does."""
    if letter in bindings:
        return bindings[letter] == expression
    if letter not in FOR_ANYTHING and not may_stand_for(letter, expression, variable):
        return False
    bindings[letter] = expression
    return True


def may_stand_for(letter: str, expression: Expression, variable: str) -> bool:
    """Whether a letter can stand for an expression by itself."""
    if letter in FREE_OF_X:
        return is_free_of(expression, variable)
    if letter == "x":
        return isinstance(expression, Symbol) and expression.name == variable
    if letter in NUMBERS:
        return is_written_number(expression)
    return letter not in OTHER_SYMBOL or (isinstance(expression, Symbol) and expression.name != variable)


def is_written_number(expression: Expression) -> bool:
    """Whether a tree is a number as one writes it: 3, -3, 2/3."""
    while isinstance(expression, Apply):
        head, arguments = expression.head, expression.arguments
        if head != "neg" and not (head == "/" and isinstance(arguments[1], Number)):
            return False
        expression = arguments[0]
    return isinstance(expression, Number)


def fill(template: Expression, bindings: Bindings) -> Expression:
    """A template with every metavariable replaced by what it stands for; marks stay."""
    if isinstance(template, Symbol):
        return bindings.get(template.name, template)
    if isinstance(template, Number) or not template.arguments:
        return template
    head, filled = template.head, list[Expression]()
    for each in template.arguments:  # most are letters
        filled.append(bindings.get(each.name, each) if isinstance(each, Symbol) else fill(each, bindings))
    if len(filled) == 1 and head in bindings:
        return fill(bindings[head], {**_constants(head[-1], bindings), "u": filled[0]})
    return Apply(head, tuple(filled), template.span)


def _constants(letter: str, bindings: Bindings) -> Bindings:
    """What the constants of the outer function that a letter stands for are."""
    return {name[2:]: value for name, value in bindings.items() if name.startswith(f"{letter}.")}


@lru_cache(maxsize=1024)
def marked(template: Expression) -> tuple[Expression, ...]:
    """What stands under each mark of the template of a law, from left to right."""
    return marks(template)


def marks(expression: Expression) -> tuple[Expression, ...]:
    """What stands under each mark of a filled template, from left to right."""
    if not isinstance(expression, Apply):
        return ()
    if expression.head == "D" and len(expression.arguments) == 1:
        return expression.arguments
    return tuple([mark for argument in expression.arguments for mark in marks(argument)])
