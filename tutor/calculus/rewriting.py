"""A formula with one part rewritten by a mistaken law, before it is differentiated or in the derivative."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from tutor.calculus.flat import PRODUCT_HEADS, SUM_HEADS, signed
from tutor.calculus.flat_match import Fit, Scope, as_pattern, pattern_fits
from tutor.calculus.flat_views import Sort, Views
from tutor.calculus.law import ANY_FUNCTION, written
from tutor.calculus.rule import Bindings, Rule, fill, match
from tutor.expression.tree import ONE, ZERO, Apply, Expression, Path, Symbol


class _Place(NamedTuple):
    """A part of a formula at its address; of a sum or a product the sorts of its terms or factors, too."""

    path: Path
    part: Expression
    sorts: frozenset[Sort] = frozenset()


MOST_REWRITINGS = 200
"""How many rewritings of one formula are made."""


class Rewriting(NamedTuple):
    """One mistaken law applied to one part of a formula.

    `path` is the address of the part in the formula, `before` the part, `after` what it became. A part that is a sum or
    a product is the whole of it, with all its terms or factors.
    """

    rule: Rule
    path: Path
    before: Expression
    after: Expression
    formula: Expression

    @property
    def whole(self) -> Expression:
        """The formula with the part replaced; it is seldom wanted, and takes longer than all the rest."""
        return put(self.formula, self.path, self.after)


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
    scope, x = Scope(variable, Views()), Symbol(variable)
    parts, pieces = _places(formula, scope.views, inside=inside)
    for rule in laws:
        pattern, head = as_pattern(rule.before), _head_of(rule.before)
        made: list[Rewriting] = []
        for place in parts.get(_law_head(head), ()):
            if pattern.wanted <= place.sorts:
                for after in _results(rule, pattern_fits(pattern, place.part, scope), place.part, x):
                    made.append(Rewriting(rule, place.path, place.part, after, formula))
                    yield made[-1]
        for place in pieces.get(head, ()):
            typed = _as_typed(rule, place.part, x)
            if typed is not None:
                rewriting = Rewriting(rule, place.path, place.part, typed, formula)
                if not any(_is_same(rewriting, other) for other in made):
                    made.append(rewriting)
                    yield rewriting


def _is_same(one: Rewriting, other: Rewriting) -> bool:
    """Whether two rewritings give the same formula: only if one replaces a part of what the other replaces."""
    inner, outer = (one, other) if len(one.path) > len(other.path) else (other, one)
    common = len(outer.path)
    if inner.path[:common] != outer.path:
        return False
    rest = inner.path[common:]
    return (put(outer.before, rest, inner.after) if rest else inner.after) == outer.after


def _as_typed(rule: Rule, part: Expression, x: Symbol) -> Expression | None:
    """What a law makes of a part of which the outermost operation alone is looked at; None where it does not fit."""
    bindings = match(rule.before, part, x.name)
    if bindings is None or (rule.fits is not None and not rule.fits(bindings)):
        return None
    after = fill(rule.after, {**bindings, "x": x})
    return None if after == part else after


def _results(rule: Rule, found: Iterable[Fit], part: Expression, x: Symbol) -> list[Expression]:
    """What a law makes of a part that it fits, each result once, without the part itself."""
    results: list[Expression] = []
    for fit in found:
        if rule.fits is None or rule.fits(fit.bindings):
            after = fit.beside(fill(rule.after, {**fit.bindings, "x": x}))
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

_LEAF, _ANYWHERE = "", "anywhere"
_Places: TypeAlias = Mapping[str, Sequence[_Place]]


def _places(formula: Expression, views: Views, *, inside: bool) -> tuple[_Places, _Places]:
    """The parts at which a law can begin, by the head of its pattern, and the parts that join two, by their own heads.

    The former are whole sums, whole products and all other parts; the latter are seen as they were typed.
    """
    parts: dict[str, list[_Place]] = {_ANYWHERE: []}
    pieces: dict[str, list[_Place]] = {}
    for path, part, goes_on in _parts(formula, inside=inside):
        head, place = part.head if isinstance(part, Apply) else _LEAF, _Place(path, part)
        parts[_ANYWHERE].append(place)
        if head in _JOINING:
            pieces.setdefault(head, []).append(place)
        if not goes_on:
            kind = _law_head(head)
            if kind in ("+", "*"):
                place = _Place(path, part, views.sorts(part, as_sum=kind == "+"))
            parts.setdefault(kind, []).append(place)
    return parts, pieces


def _parts(formula: Expression, *, inside: bool) -> Iterator[tuple[Path, Expression, bool]]:
    """Every part with its address, and whether it is only a piece of a longer sum or product; each before its own."""
    stack: list[tuple[Path, Expression, bool]] = [((), formula, False)]
    while stack:
        path, part, goes_on = stack.pop()
        yield path, part, goes_on
        if isinstance(part, Apply) and (inside or part.head in SUM_HEADS | PRODUCT_HEADS):
            for index in range(len(part.arguments) - 1, -1, -1):
                argument = part.arguments[index]
                stack.append(((*path, index), argument, _is_piece(part.head, index, argument)))


def _is_piece(head: str, index: int, argument: Expression) -> bool:
    """Whether an argument belongs to the sum or product that holds it; a bracket behind a minus does not."""
    if not isinstance(argument, Apply):
        return False
    if argument.head in SUM_HEADS:
        return head == "+" or (head == "-" and index == 0)
    return argument.head in PRODUCT_HEADS and head in PRODUCT_HEADS


_JOINING = frozenset({"+", "-", "*", "/"})


def _head_of(pattern: Expression) -> str:
    """Where to look for what a pattern may fit: its head, that of a leaf, or anywhere."""
    if not isinstance(pattern, Apply):
        return _LEAF
    return _ANYWHERE if pattern.head in ANY_FUNCTION else pattern.head


def _law_head(head: str) -> str:
    """The head under which a part is found: a sum under +, a product under *."""
    return "+" if head in SUM_HEADS else "*" if head in PRODUCT_HEADS else head
