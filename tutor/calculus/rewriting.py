"""A formula with one part rewritten by a mistaken law, before it is differentiated or in the derivative."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from tutor.calculus.flat import PRODUCT_HEADS, SUM_HEADS
from tutor.calculus.flat_match import Fit, Pattern, Scope, as_pattern, pattern_fits
from tutor.calculus.flat_views import Sort, Views, typed_sorts, typed_wanted
from tutor.calculus.law import ANY_FUNCTION, written
from tutor.calculus.rule import Bindings, Rule, fill, match
from tutor.expression.tree import Apply, Expression, Number, Path, Symbol

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

    def holds(bindings: Bindings) -> bool:
        for letter in letters:  # noqa: SIM110 - a generator takes longer to make than to run
            if _is_unit(bindings[letter]):
                return False
        return True

    return holds


def above_two(letter: str) -> Callable[[Bindings], bool]:
    """The condition that a letter stands for a number above 2: who reads x for x^2 has not misread a number."""
    return lambda bindings: isinstance(part := bindings[letter], Number) and part.value > 2


def _is_unit(expression: Expression) -> bool:
    """Whether a tree is 1, -1 or 0."""
    while isinstance(expression, Apply) and expression.head == "neg":
        expression = expression.arguments[0]
    return isinstance(expression, Number) and expression.value in (1, 0, -1)


def rewritings(laws: Sequence[Rule], formula: Expression, variable: str, *, inside: bool = True) -> Iterator[Rewriting]:
    """Every rewriting of a formula by some laws, those of the first law first; at most MOST_REWRITINGS.

    Sums and products are seen flat, and besides as they were typed, where brackets hold pieces of them together. With
    `inside` also within functions, bases and exponents. None leaves the formula as it is, and no law gives the same
    formula twice.
    """
    return islice(_rewritings(laws, formula, variable, inside=inside), MOST_REWRITINGS)


def _rewritings(laws: Sequence[Rule], formula: Expression, variable: str, *, inside: bool) -> Iterator[Rewriting]:
    scope, x = Scope(variable, Views()), Symbol(variable)
    ready = _ready(laws)
    parts, pieces = _places(ready, formula, scope.views, inside=inside)
    known: _Known = {}
    for law in ready.laws:
        rule, pattern, made = law.rule, law.pattern, list[Rewriting]()
        for path, part, sorts in parts.get(law.kind, ()):
            if pattern.wanted <= sorts:
                for after in _results(rule, _fits_at(part, pattern, scope, known), part, x):
                    made.append(Rewriting(rule, path, part, after, formula))
                    yield made[-1]
        for path, part, sorts in pieces.get(law.head, ()):
            typed = _as_typed(rule, part, x) if law.typed <= sorts else None
            if typed is not None:
                rewriting = Rewriting(rule, path, part, typed, formula)
                if not any(_is_same(rewriting, other) for other in made):
                    made.append(rewriting)
                    yield rewriting


_Known: TypeAlias = dict[tuple[int, int], list[Fit]]
"""The ways in which a pattern fits a part, by the identity of both."""


def _fits_at(part: Expression, pattern: Pattern, scope: Scope, known: _Known) -> list[Fit]:
    """The ways in which a pattern fits a part, found once for all laws that share the pattern."""
    found = known.get((id(pattern), id(part)))
    if found is None:
        found = known[id(pattern), id(part)] = list(pattern_fits(pattern, part, scope))
    return found


def _is_same(one: Rewriting, other: Rewriting) -> bool:
    """Whether two rewritings give the same formula: only if one replaces a part of what the other replaces."""
    inner, outer = (one, other) if len(one.path) > len(other.path) else (other, one)
    common = len(outer.path)
    if inner.path[:common] != outer.path:
        return False
    rest = inner.path[common:]
    return _is_put(outer.before, rest, inner.after, outer.after)


def _is_put(formula: Expression, path: Path, part: Expression, made: Expression) -> bool:
    """Whether a formula with the part at an address replaced is another."""
    for index in path:
        if not (isinstance(formula, Apply) and isinstance(made, Apply) and formula.head == made.head):
            return False
        if len(formula.arguments) != len(made.arguments):
            return False
        if formula.arguments[:index] != made.arguments[:index]:
            return False
        if formula.arguments[index + 1 :] != made.arguments[index + 1 :]:
            return False
        formula, made = formula.arguments[index], made.arguments[index]
    return part == made


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


# ---- laws ------------------------------------------------------------------------------------------------------------

_LEAF, _ANYWHERE = "", "anywhere"
_JOINING = frozenset({"+", "-", "*", "/"})
_KINDS = MappingProxyType({**dict.fromkeys(SUM_HEADS, "+"), **dict.fromkeys(PRODUCT_HEADS, "*")})
"""The kind of part with a head, where it is not the head: a sum is +, a product is *."""


class _Law(NamedTuple):
    """A law made ready for looking for it.

    Its pattern, the head of that, the kind of part that it is about, and what it wants of the two arguments of a part
    that is seen as it was typed.
    """

    rule: Rule
    pattern: Pattern
    head: str
    kind: str
    typed: frozenset[Sort]


class _Laws(NamedTuple):
    """Laws made ready, and the heads and kinds of part at which it is worth to look."""

    laws: tuple[_Law, ...]
    heads: frozenset[str]
    kinds: frozenset[str]


_MOST_READY = 64
_READY: dict[int, tuple[Sequence[Rule], _Laws]] = {}


def _ready(laws: Sequence[Rule]) -> _Laws:
    """Some laws made ready, which are known by their identity: that is theirs as long as they are kept here."""
    known = _READY.get(id(laws))
    if known is None:
        if len(_READY) >= _MOST_READY:
            _READY.clear()
        each = tuple([_law(rule) for rule in laws])
        heads = frozenset([law.head for law in each]) & _JOINING
        known = _READY[id(laws)] = laws, _Laws(each, heads, frozenset([law.kind for law in each]))
    return known[1]


def _law(rule: Rule) -> _Law:
    pattern, head = as_pattern(rule.before), _head_of(rule.before)
    return _Law(rule, pattern, head, _KINDS.get(head, head), typed_wanted(rule.before))


def _head_of(pattern: Expression) -> str:
    """Where to look for what a pattern may fit: its head, that of a leaf, or anywhere."""
    if not isinstance(pattern, Apply):
        return _LEAF
    return _ANYWHERE if pattern.head in ANY_FUNCTION else pattern.head


# ---- places ------------------------------------------------------------------------------------------------------

_Place: TypeAlias = tuple[Path, Expression, frozenset[Sort]]
"""A part of a formula at its address, with the sorts of its terms, factors or arguments."""

_Places: TypeAlias = Mapping[str, Sequence[_Place]]


def _places(laws: _Laws, formula: Expression, views: Views, *, inside: bool) -> tuple[_Places, _Places]:
    """The parts at which a law can begin, by the kind that it is about, and the parts that join two, by their heads.

    The former are whole sums, whole products and all other parts; the latter are seen as they were typed.
    """
    parts: dict[str, list[_Place]] = {}
    pieces: dict[str, list[_Place]] = {}
    for path, part, goes_on in _parts(formula, inside=inside):
        head = part.head if isinstance(part, Apply) else _LEAF
        if _ANYWHERE in laws.kinds:
            parts.setdefault(_ANYWHERE, []).append((path, part, frozenset()))
        if head in laws.heads:
            pieces.setdefault(head, []).append((path, part, typed_sorts(part)))
        kind = _KINDS.get(head, head)
        if not goes_on and kind in laws.kinds:
            parts.setdefault(kind, []).append((path, part, views.sorts(part, kind)))
    return parts, pieces


def _parts(formula: Expression, *, inside: bool) -> Iterator[tuple[Path, Expression, bool]]:
    """Every part with its address, and whether it is only a piece of a longer sum or product; each before its own."""
    stack: list[tuple[Path, Expression, bool]] = [((), formula, False)]
    while stack:
        path, part, goes_on = stack.pop()
        yield path, part, goes_on
        if isinstance(part, Apply) and (inside or part.head in SUM_HEADS or part.head in PRODUCT_HEADS):
            for index in range(len(part.arguments) - 1, -1, -1):
                argument = part.arguments[index]
                is_piece = isinstance(argument, Apply) and (part.head, index, argument.head) in _PIECES
                stack.append(((*path, index), argument, is_piece))


_PIECES = frozenset(
    [(head, index, inner) for head in PRODUCT_HEADS for index in (0, 1) for inner in PRODUCT_HEADS]
    + [(head, index, inner) for head, index in (("+", 0), ("+", 1), ("-", 0)) for inner in SUM_HEADS]
)
"""The heads of which an argument, by its number, belongs to the sum or product that holds it, with its own head.

A bracket behind a minus does not.
"""
