"""A derivation: the tree of rule applications by which a derivative comes about.

It can be printed (each step holds what stood before and after), replayed (`result` fills the marks from the leaves up)
and have one step replaced (`replaced`), which is how a slip is tried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from tutor.calculus.arrange import arrange
from tutor.calculus.law import ANY_FUNCTION, ANYTHING
from tutor.calculus.rule import Bindings, Rule, fill, is_free_of, marked, marks, match
from tutor.calculus.rules import RULES
from tutor.calculus.tidy import tidy
from tutor.calculus.without_units import without_units
from tutor.errors import AnswerError
from tutor.expression.limits import DERIVED_NODES
from tutor.expression.tree import ZERO, Apply, Expression, Path, size


@dataclass(frozen=True, slots=True)
class Derivation:
    """One application of a rule: `after` still holds marks, and each mark has its own sub-derivation.

    `source` is what is differentiated, as it stands in the function; `before` is the same arranged for the rule.
    """

    source: Expression
    before: Expression
    rule: Rule
    bindings: Bindings
    after: Expression
    substeps: tuple[Derivation, ...]


def derive(expression: Expression, variable: str, rules: tuple[Rule, ...] = RULES) -> Derivation:
    """The derivation of a function with respect to a variable.

    Raises AnswerError (code `no-rule`) for a head that has no slope, such as a vector.
    """
    return _derived(expression, variable) if rules is RULES else _derivation(expression, variable, rules)


@lru_cache(maxsize=4096)
def _derived(expression: Expression, variable: str) -> Derivation:
    """The derivation by the rules of the program, which is asked for wherever a function is looked at."""
    return _derivation(expression, variable, RULES)


def _derivation(expression: Expression, variable: str, rules: tuple[Rule, ...]) -> Derivation:
    arranged, rule, bindings = first_step(expression, variable, rules)
    return _applied((expression, arranged), rule, bindings, variable, rules)


def first_step(
    expression: Expression, variable: str, rules: tuple[Rule, ...] = RULES
) -> tuple[Expression, Rule, Bindings]:
    """A function arranged for its rule, that rule, and what its letters stand for; raises AnswerError as `derive`."""
    arranged = arrange(expression, variable)
    for rule in _candidates(arranged, rules):
        bindings = match(rule.before, arranged, variable)
        if bindings is not None:
            return arranged, rule, bindings
    raise AnswerError("no-rule", f"there is no rule for differentiating {_head(expression)}", expression.span)


def steps_as_typed(expression: Expression, variable: str) -> Iterator[tuple[Rule, Bindings]]:
    """The rules that fit a product or quotient as it stands, its parts all varying: 3x·sin(x) is u·v with u = 3x.

    The derivation itself takes constants out first, which learners need not do. Of three factors the first two may be
    one, too.
    """
    for rule in _candidates(expression, RULES):
        bindings = match(rule.before, expression, variable)
        if bindings is not None and not any(is_free_of(bindings[u], variable) for u in ANYTHING & bindings.keys()):
            yield rule, bindings
            if rule.id != "product-of-three":
                return


def apply_rule(
    rule: Rule, expression: Expression, bindings: Bindings, variable: str, rules: tuple[Rule, ...] = RULES
) -> Derivation:
    """The derivation that starts with one given rule, sound or mistaken, and goes on with the sound ones."""
    return _applied((expression, expression), rule, bindings, variable, rules)


def _applied(
    parts: tuple[Expression, Expression], rule: Rule, bindings: Bindings, variable: str, rules: tuple[Rule, ...]
) -> Derivation:
    """A rule applied to a part, given as it stands and arranged."""
    after = fill(rule.after, bindings)
    # The slope of an outer function may hold its argument, and with it a mark, more than once.
    found = marks(after) if ANY_FUNCTION & bindings.keys() else [fill(part, bindings) for part in marked(rule.after)]
    return Derivation(*parts, rule, bindings, after, tuple([derive(part, variable, rules) for part in found]))


def result(derivation: Derivation) -> Expression:
    """What a derivation comes to, with every mark filled and nothing tidied."""
    return _filled(derivation.after, iter([result(step) for step in derivation.substeps]))


@lru_cache(maxsize=4096)
def untidied(expression: Expression, variable: str) -> Expression:
    """The derivative as the rules give it, with nothing tidied; raises AnswerError as `derive` does."""
    return result(derive(expression, variable))


def steps(derivation: Derivation, path: Path = ()) -> Iterator[tuple[Path, Derivation]]:
    """Every step of a derivation with its address, each before its own substeps."""
    yield path, derivation
    for index, step in enumerate(derivation.substeps):
        yield from steps(step, (*path, index))


def replaced(derivation: Derivation, path: Path, step: Derivation) -> Derivation:
    """The derivation with the step at an address replaced by another."""
    if not path:
        return step
    index, *rest = path
    inner = replaced(derivation.substeps[index], tuple(rest), step)
    return replace(derivation, substeps=(*derivation.substeps[:index], inner, *derivation.substeps[index + 1 :]))


@lru_cache(maxsize=4096)
def derivative(expression: Expression, variables: tuple[str, ...]) -> Expression:
    """The derivative with respect to each variable in turn, tidied as a textbook would write it.

    Raises AnswerError as `derive` does, and (code `too-large`) when it has grown beyond DERIVED_NODES parts.
    """
    for variable in variables:
        expression = _partial(expression, variable, tidy)
    return expression


@lru_cache(maxsize=4096)
def plain_derivative(expression: Expression, variables: tuple[str, ...]) -> Expression:
    """The derivative as the rules give it, without units, for those who only take its values: it is there sooner.

    Of several variables only the last one's slope is left untidied. Raises AnswerError as `derivative` does.
    """
    *first, last = variables
    return _partial(derivative(expression, tuple(first)), last, without_units)


def _partial(expression: Expression, variable: str, simpler: Callable[[Expression], Expression]) -> Expression:
    if isinstance(expression, Apply) and expression.head == "vector":
        return Apply("vector", tuple(_partial(part, variable, simpler) for part in expression.arguments))
    if is_free_of(expression, variable):
        return ZERO
    slope = simpler(untidied(expression, variable))
    if size(slope) > DERIVED_NODES:
        raise AnswerError("too-large", f"the derivative has more than {DERIVED_NODES:,} parts", expression.span)
    return slope


def _filled(after: Expression, results: Iterator[Expression]) -> Expression:
    if not isinstance(after, Apply):
        return after
    if after.head == "D":
        return next(results)
    return Apply(after.head, tuple([_filled(argument, results) for argument in after.arguments]), after.span)


def _index(rules: tuple[Rule, ...]) -> Mapping[str, tuple[Rule, ...]]:
    heads = {rule.before.head for rule in rules if isinstance(rule.before, Apply)}
    return {
        head: tuple(r for r in rules if not isinstance(r.before, Apply) or r.before.head == head)
        for head in ("", *heads)
    }


_RULES_BY_HEAD = _index(RULES)


def _candidates(expression: Expression, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules whose pattern has the expression's head, in their order; a pattern of one letter fits any head."""
    if rules is not RULES:
        return rules
    head = expression.head if isinstance(expression, Apply) else ""
    return _RULES_BY_HEAD.get(head, _RULES_BY_HEAD[""])


def _head(expression: Expression) -> str:
    if not isinstance(expression, Apply) or expression.head == "vector":
        return "a vector"
    return f"{expression.head}(…)"
