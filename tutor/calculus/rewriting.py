"""A formula with one part rewritten by a mistaken law, before it is differentiated or in the derivative."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from tutor.calculus.flat import PRODUCT_HEADS, SUM_HEADS, signed
from tutor.calculus.flat_match import Views, fits
from tutor.calculus.law import ANY_FUNCTION, written
from tutor.calculus.rule import Bindings, Rule, fill, match
from tutor.expression.tree import ONE, ZERO, Apply, Expression, Path, Symbol

Places: TypeAlias = Mapping[str, Sequence[tuple[Path, Expression]]]

MOST_REWRITINGS = 200
"""How many rewritings of one formula are made."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """One mistaken law applied to one part of a formula.

    `path` is the address of the part in the formula, `before` the part, `after` what it became, `whole` the formula
    with the part replaced. A part that is a sum or a product is the whole of it, with all its terms or factors.
    """

    rule: Rule
    path: Path
    before: Expression
    after: Expression
    whole: Expression


def rewriting_law(id: str, law: str, fits: Callable[[Bindings], bool] | None = None) -> Rule:
    """The mal-rule of a law `pattern -> template` about formulas as they are written."""
    before, after = written(law)
    return Rule(id, law, before, after, fits=fits)


def unless_one(*letters: str) -> Callable[[Bindings], bool]:
    """The condition that none of some letters stands for 1, -1 or 0, with which a law would say nothing."""
    return lambda bindings: all(signed(bindings[letter])[1] not in (ONE, ZERO) for letter in letters)


def rewritings(laws: Sequence[Rule], formula: Expression, variable: str, *, inside: bool = True) -> Iterator[Rewriting]:
    """Every rewriting of a formula by some laws, those of the first law first; at most MOST_REWRITINGS.

    Sums and products are seen flat, and besides as they were typed, where brackets hold pieces of them together. With
    `inside` also within functions, bases and exponents. None leaves the formula as it is, and no law gives the same
    formula twice.
    """
    return islice(_rewritings(laws, formula, variable, inside=inside), MOST_REWRITINGS)


def _rewritings(laws: Sequence[Rule], formula: Expression, variable: str, *, inside: bool) -> Iterator[Rewriting]:
    views, parts, pieces = Views(), _by_head(formula, inside=inside), _typed_pieces(formula, inside=inside)
    for rule in laws:
        known: list[Expression] = []
        for path, part in _places(rule, parts):
            for after in _results(rule, part, variable, views):
                known.append(put(formula, path, after))
                yield Rewriting(rule, path, part, after, known[-1])
        for path, part in pieces.get(_head_of(rule.before), ()):
            typed = _as_typed(rule, part, variable)
            whole = None if typed is None else put(formula, path, typed)
            if typed is not None and whole is not None and whole not in known:  # shared parts are the same objects
                known.append(whole)
                yield Rewriting(rule, path, part, typed, whole)


def _as_typed(rule: Rule, part: Expression, variable: str) -> Expression | None:
    """What a law makes of a part of which the outermost operation alone is looked at; None where it does not fit."""
    bindings = match(rule.before, part, variable)
    if bindings is None or (rule.fits is not None and not rule.fits(bindings)):
        return None
    after = fill(rule.after, {**bindings, "x": Symbol(variable)})
    return None if after == part else after


def _results(rule: Rule, part: Expression, variable: str, views: Views) -> list[Expression]:
    """What a law makes of a part, each result once, without the part itself."""
    results: list[Expression] = []
    for fit in fits(rule.before, part, variable, views):
        if rule.fits is None or rule.fits(fit.bindings):
            after = fit.beside(fill(rule.after, {**fit.bindings, "x": Symbol(variable)}))
            if after != part and after not in results:
                results.append(after)
    return results


def put(formula: Expression, path: Path, part: Expression) -> Expression:
    """A formula with the part at an address replaced."""
    if not path or not isinstance(formula, Apply):
        return part
    index, *rest = path
    arguments = list(formula.arguments)
    arguments[index] = put(arguments[index], tuple(rest), part)
    return Apply(formula.head, tuple(arguments), formula.span)


# ---- places ------------------------------------------------------------------------------------------------------

_LEAF, _ANYWHERE = "leaf", "anywhere"


def _by_head(formula: Expression, *, inside: bool) -> Places:
    """The parts of a formula at which a law can begin, by the head of the law's pattern; whole sums, whole products."""
    found: dict[str, list[tuple[Path, Expression]]] = {}
    for path, part, goes_on in _parts(formula, inside=inside):
        for head in _heads(part, goes_on=goes_on):
            found.setdefault(head, []).append((path, part))
    return found


def _parts(
    formula: Expression, path: Path = (), *, inside: bool, goes_on: bool = False
) -> Iterator[tuple[Path, Expression, bool]]:
    """Every part with its address, and whether it is only a piece of a longer sum or product."""
    yield path, formula, goes_on
    if isinstance(formula, Apply) and (inside or formula.head in SUM_HEADS | PRODUCT_HEADS):
        for index, argument in enumerate(formula.arguments):
            piece = _is_piece(formula.head, index, argument)
            yield from _parts(argument, (*path, index), inside=inside, goes_on=piece)


def _is_piece(head: str, index: int, argument: Expression) -> bool:
    """Whether an argument belongs to the sum or product that holds it; a bracket behind a minus does not."""
    if not isinstance(argument, Apply):
        return False
    if argument.head in SUM_HEADS:
        return head == "+" or (head == "-" and index == 0)
    return argument.head in PRODUCT_HEADS and head in PRODUCT_HEADS


def _typed_pieces(formula: Expression, *, inside: bool) -> Places:
    """The parts that join two as they were typed, by their heads: sums, differences, products and fractions."""
    found: dict[str, list[tuple[Path, Expression]]] = {}
    for path, part, _ in _parts(formula, inside=inside):
        if isinstance(part, Apply) and part.head in _JOINING:
            found.setdefault(part.head, []).append((path, part))
    return found


_JOINING = frozenset({"+", "-", "*", "/"})


def _head_of(pattern: Expression) -> str:
    return pattern.head if isinstance(pattern, Apply) else ""


def _heads(part: Expression, *, goes_on: bool) -> Iterator[str]:
    """Under which heads a part is found: a sum under +, a product under *."""
    yield _ANYWHERE
    if not isinstance(part, Apply):
        yield _LEAF
    elif not goes_on:
        yield _law_head(part.head)


def _law_head(head: str) -> str:
    return "+" if head in SUM_HEADS else "*" if head in PRODUCT_HEADS else head


def _places(rule: Rule, parts: Places) -> Sequence[tuple[Path, Expression]]:
    pattern = rule.before
    if not isinstance(pattern, Apply):
        return parts.get(_LEAF, ())
    if pattern.head in ANY_FUNCTION:
        return parts.get(_ANYWHERE, ())
    return parts.get(_law_head(pattern.head), ())
