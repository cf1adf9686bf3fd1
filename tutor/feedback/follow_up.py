"""The next thing to ask after a slip: the smallest fresh exercise on which it shows, and no other slip looks like it.

A mal-rule is a law with a pattern, so its exercise is an instance of that pattern: small functions for u, v, w, small
numbers for what is free of x. What hides slips is left out of the choice: inner derivatives of -1, 0 and 1, an
exponential outside or inside, exponents below 3, the numerator 1. Each instance is then tried: the slip is made on it,
and the diagnosis has to find that slip and none of those it was tied with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from tutor.calculus.algebra_slips import algebra_slips
from tutor.calculus.derivation import Derivation, apply_rule, derivative, derive, replaced, result, steps
from tutor.calculus.finished_forms import finished_forms
from tutor.calculus.law import ANYTHING, template
from tutor.calculus.malrules import MAL_RULES, mistaken_for
from tutor.calculus.misreadings import MISREADINGS, misreadings
from tutor.calculus.outer import OUTER
from tutor.calculus.rule import Rule, fill, match
from tutor.errors import AnswerError
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols, number, size, substitute, walk
from tutor.feedback.assessment import Assessment
from tutor.feedback.contexts import told_once
from tutor.feedback.diagnosis import WrongAnswer, diagnose
from tutor.feedback.finding import Diagnosis, Finding
from tutor.feedback.wording import mal_rules

PER_LAW = 48
"""How many instances of one law are tried."""

ENOUGH = 16
"""So many that show the slip, none of them free of other explanations, are enough to choose from."""

# fmt: off
_INNER: Mapping[str, tuple[str, ...]] = {
    "u": ("x", "a*x", "x^3", "a*x + b", "b - a*x", "x^3 + b", "sin(x)", "ln(x)"),
    "v": ("sin(x)", "ln(x)", "x^3", "cos(x)", "b*x", "a*x + b", "x"),
    "w": ("cos(x)", "ln(x)", "x^4"),
    "r": ("x^3", "x", "sin(x)", "a*x"),
    "s": ("ln(x)", "x^3"),
}
"""Functions for the letters of a pattern, the smallest first."""

_OUTSIDE = ("sin", "cos", "log", "power", "tan")
"""Functions for f and g of a pattern."""

_POOL = (
    "x^4", "a*x^4", "(a*x + b)^4", "b/x^4", "x^3*ln(x)", "ln(x)/x^3", "ln(x)/(a*x + b)", "x^4/(a*x + b)", "b/(a*x + b)",
    "b/(x^3 + a)", "x^3 - a*x^4", "ln(x^3 + b)", "sqrt(x^3 + b)", "(x^3 + b)^4*x", "x^3/(x^3 + b)", "x^3/(x^4 + a*x)",
    "x^3 + k", "x^3 + k*y", "k*x^3 + y^3", "(x - b)^4 + a*x^2", "exp(x)/(exp(x) + exp(y))", "exp(y)/(exp(x) + exp(y))",
    "ln(exp(x) + exp(y))",
)
"""Functions for slips whose law says little of what is differentiated, and for those that need a parameter."""

_NEGATIVE = (-3, -4)
"""Exponents for slips that only happen with negative ones."""

_PARAMETERS: Mapping[str, Expression] = {letter: Symbol(letter) for letter in "abckmn"}
"""Parameters instead of numbers, for slips that only happen with them."""

_AROUND = template("ln(u)")
"""What is put around an instance of a slip that happens within a chain."""

_NUMBERS: Mapping[str, tuple[int, ...]] = {
    "a": (3, 4, 5), "b": (2, 5, 7), "c": (4, 5, 3), "k": (5, 4, 3), "n": (4, 5, 3), "m": (5, 3, 4),
    "p": (4, 5, 3), "q": (5, 3, 4),
}
"""Numbers for what is free of x; those that a learner gets depend on the answer."""
# fmt: on


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What to ask next about a mal-rule: a function to differentiate, or, where that is not it, a task in words."""

    mal_rule: str
    function: Expression | None = None
    variable: str = "x"
    order: int = 1
    words: str = ""


def follow_up_of(assessment: Assessment) -> FollowUp | None:
    """What to ask next of the one who gave an answer, by the slip in the first cell that is not right."""
    cell, exercise = assessment.telling, assessment.exercise
    if cell is None or cell.explanation is None or exercise.options:
        return None
    return follow_up(cell.diagnosis, cell.explanation.function, cell.explanation.variables[-1])


def follow_up(diagnosis: Diagnosis, function: Expression, variable: str) -> FollowUp | None:
    """What to ask next of the one who slipped so; another function than the one that was asked. None without a slip."""
    told = told_once(diagnosis.likeliest)
    names = tuple(dict.fromkeys(name for finding in told for name in finding.mal_rules))
    if not names or names[0] not in mal_rules():
        return None
    return fresh(names[0], frozenset(names[1:]), function, variable) or catalogued(names[0])


def fresh(mal_rule: str, tied: frozenset[str], asked: Expression | None, variable: str = "x") -> FollowUp | None:
    """The first small function that shows a mal-rule and none of the tied ones; None where no law has its name.

    One on which the answer has no other explanation at all is preferred.
    """
    shown: list[tuple[int, Expression]] = []
    for function in _instances(mal_rule, variable, _turn(asked)):
        told = _told(mal_rule, tied, function, variable) if function != asked else frozenset()
        if len(told) == 1:
            return FollowUp(mal_rule, function, variable)
        if told:
            shown.append((len(told), function))
        if len(shown) == ENOUGH:
            break
    best = min(shown, key=lambda each: each[0], default=None)
    return None if best is None else FollowUp(mal_rule, best[1], variable)


def instances(pattern: Expression) -> list[Expression]:
    """Small functions that have the shape of a law's pattern, easy ones first."""
    return _filled(pattern, 0)


_QUESTION = re.compile(r"d(?:\^(\d))?/d(\w+)(?:\^\1)? (.+)")


def catalogued(mal_rule: str) -> FollowUp:
    """What the catalogue has as the next thing to ask about a mal-rule."""
    words = mal_rules()[mal_rule].follow_up
    question = _QUESTION.fullmatch(words)
    if question is not None:
        try:
            return FollowUp(mal_rule, parse(question[3]).expression, question[2], int(question[1] or 1))
        except AnswerError:
            pass
    return FollowUp(mal_rule, words=words)


# ---- instances of a pattern --------------------------------------------------------------------------------------


def _turn(asked: Expression | None) -> int:
    """Which numbers come first: another choice for another function that was asked, the same at every call."""
    return 0 if asked is None else sum(1 for _ in walk(asked))


def _instances(mal_rule: str, variable: str, turn: int) -> Iterator[Expression]:
    """Instances of the patterns of a mal-rule, then other functions in which it may have a place."""
    found = dict.fromkeys(
        fill(_AROUND, {"u": function}) if rule.id != mal_rule else function
        for rule in sorted((*_laws(mal_rule, MAL_RULES), *_laws(mal_rule, MISREADINGS)), key=_is_rare)
        for function in _filled(rule.before, turn)[:PER_LAW]
    )
    pool = [substitute(template(text), _numbers(turn)) for text in _POOL]
    for function in (*found, *pool):
        symbols = free_symbols(function)
        if "x" in symbols and (variable == "x" or variable not in symbols):
            yield substitute(function, {"x": Symbol(variable)})


def _laws(mal_rule: str, table: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in table if mal_rule in (rule.id, rule.inside))


def _is_rare(rule: Rule) -> bool:
    """Whether a law is about powers with the variable below and above, which few are asked."""
    return isinstance(rule.before, Apply) and rule.before.head == "^" and len(free_symbols(rule.before) & ANYTHING) > 1


def _numbers(turn: int) -> dict[str, Expression]:
    return {letter: number(turns[turn % len(turns)]) for letter, turns in _NUMBERS.items()}


def _filled(pattern: Expression, turn: int) -> list[Expression]:
    """The instances of a pattern, easy ones first: each choice of functions with each turn of the numbers."""
    letters = sorted(free_symbols(pattern) - {"x"})
    heads = sorted({part.head for part in walk(pattern) if isinstance(part, Apply)} & {"f", "g"})
    choices = [[(letter, template(text)) for text in _INNER[letter]] for letter in letters if letter in _INNER]
    turns = [_numbers(turn + shift) for shift in range(max(map(len, _NUMBERS.values())))]
    if any(isinstance(part, Apply) and part.head == "^" and part.arguments[1] == Symbol("c") for part in walk(pattern)):
        turns += [turns[0] | {"c": number(exponent)} for exponent in _NEGATIVE]
    found = []
    for chosen in product(*(_outside(head) for head in heads), *choices):
        for numbers in (*turns, _PARAMETERS) if len(letters) > len(choices) else (turns[0],):
            functions = {letter: substitute(part, turns[0]) for letter, part in chosen}
            found.append(fill(pattern, {**numbers, "f.c": turns[0]["c"], "g.c": turns[0]["c"], **functions}))
    return sorted((function for function in dict.fromkeys(found) if not _is_odd(function)), key=_effort)


def _is_odd(function: Expression) -> bool:
    """Whether nobody would ask for a function: it could be written more shortly at once, as 5(4x), x/x³ or (x³)⁴."""
    if not free_symbols(function):
        return True
    return any(_is_odd_part(part) for part in walk(function) if isinstance(part, Apply))


def _is_odd_part(part: Apply) -> bool:
    match part:
        case Apply("*", (Number(), Apply("*" | "/", (Number(), _)))):
            return True
        case Apply("*" | "/"):
            return sum(map(_is_power, _factors(part))) > 1
        case Apply("+" | "-", (left, right)):
            return left == right
        case Apply("^", (base, _)):
            return base != Symbol("x") and _is_power(base)
        case _:
            return False


def _factors(part: Expression) -> tuple[Expression, ...]:
    match part:
        case Apply("*" | "/", (left, right)):
            return (*_factors(left), *_factors(right))
        case _:
            return (part,)


def _is_power(part: Expression) -> bool:
    """Whether a part is x, a power of x, or a number times one."""
    match part:
        case Apply("*", (Number(), inner)) | Apply("^", (inner, Number())):
            return _is_power(inner)
        case _:
            return part == Symbol("x")


def _effort(function: Expression) -> int:
    """How much there is to do: the parts, and more for functions and for parameters."""
    calls = sum(1 for part in walk(function) if isinstance(part, Apply) and part.head.isalpha())
    return size(function) + 2 * calls + 2 * len(free_symbols(function) - {"x"})


def _outside(head: str) -> list[tuple[str, Expression]]:
    known = {outer.id: outer.function for outer in OUTER}
    return [(head, known[name]) for name in (_OUTSIDE if head == "f" else reversed(_OUTSIDE))]


# ---- the slip made on an instance --------------------------------------------------------------------------------


def _told(mal_rule: str, tied: frozenset[str], function: Expression, variable: str) -> frozenset[str]:
    """What would be told of the answer of one who slips on a function; the fewest names over the ways to slip.

    None where the slip is not found, or one of the tied ones would explain the answer as well.
    """
    try:
        found = [_explained(function, answer, variable) for answer in slipped(mal_rule, function, variable)]
    except AnswerError:
        return frozenset()
    apart = (each for each in found if not _names(each.findings) & (tied - {mal_rule}))
    told = [_named(each, mal_rule) for each in apart]
    return min((names for names in told if names), key=len, default=frozenset())


def _explained(function: Expression, answer: Expression, variable: str) -> Diagnosis:
    return diagnose(WrongAnswer(function, (variable,), answer, Domain()))


def _named(found: Diagnosis, mal_rule: str) -> frozenset[str]:
    """The mal-rules that are told, each mistake once, of an answer that a mal-rule explains; none of another answer."""
    for findings in (found.likeliest, found.findings):
        if mal_rule in _names(findings):
            return _names(told_once(findings))
    return frozenset()


def _names(findings: tuple[Finding, ...]) -> frozenset[str]:
    return frozenset(name for finding in findings for name in finding.mal_rules)


def slipped(mal_rule: str, function: Expression, variable: str) -> Iterator[Expression]:
    """The wrong derivatives of a function that a mal-rule makes, one for each place where it can happen."""
    yield from _mistaken(mal_rule, derive(function, variable), variable)
    for read in misreadings(function, variable):
        if read.rule.id == mal_rule:
            yield derivative(read.whole, (variable,))
    for form in finished_forms(function, variable):
        yield from (slip.whole for slip in algebra_slips(form, variable) if slip.rule.id == mal_rule)


def _mistaken(mal_rule: str, derivation: Derivation, variable: str) -> Iterator[Expression]:
    """What a derivation comes to with a mistaken law in the place of one of its steps."""
    laws = _laws(mal_rule, MAL_RULES)
    for path, step in steps(derivation):
        for rule in mistaken_for(step.rule):
            bindings = match(rule.before, step.before, variable) if rule in laws else None
            known = {**(bindings or {}), "x": Symbol(variable)}
            if bindings is not None and (rule.fits is None or rule.fits(known)):
                mistaken = apply_rule(rule, step.before, known, variable)
                yield result(replaced(derivation, path, mistaken))
