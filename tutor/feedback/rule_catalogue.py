"""The catalogue: every sound rule and every mal-rule with its laws, an example, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tutor.calculus.algebra_slips import ALGEBRA_SLIPS
from tutor.calculus.derivation import derivative
from tutor.calculus.malrules import MAL_RULES
from tutor.calculus.misreadings import MISREADINGS
from tutor.calculus.rule import Rule
from tutor.calculus.rules import RULES
from tutor.errors import AnswerError
from tutor.expression.tree import Expression, free_symbols
from tutor.feedback.follow_up import instances
from tutor.feedback.wording import MalRuleWording, mal_rules

RULE_FAMILIES = ("rule", "elementary function", "chain rule")
"""The families of the sound rules; those of the mal-rules are named in the wording."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule or a mal-rule: its id and family, its laws as they are written, and its name in a few words.

    `wording` is what is said of a mal-rule; a sound rule has none, but an `example`: a function and its derivative.
    """

    id: str
    family: str
    laws: tuple[str, ...]
    title: str
    wording: MalRuleWording | None = None
    example: tuple[Expression, Expression] | None = None


@cache
def entries() -> tuple[Entry, ...]:
    """All entries: the sound rules in the order in which they are tried, then the mal-rules by family."""
    families = tuple(dict.fromkeys(wording.family for wording in mal_rules().values()))
    wordings = sorted(mal_rules().values(), key=lambda wording: families.index(wording.family))
    sound = sorted((_sound(rule) for rule in RULES), key=lambda entry: RULE_FAMILIES.index(entry.family))
    return (*sound, *(_mistaken(wording) for wording in wordings))


def found(words: str) -> tuple[Entry, ...]:
    """The entry with an id, else all in which each of the words occurs: in the id, the family, the title or a law."""
    exact = tuple(entry for entry in entries() if entry.id == words)
    if exact:
        return exact
    wanted = words.casefold().split()
    return tuple(entry for entry in entries() if all(word in _text(entry) for word in wanted))


def mistaken_in_place_of(id_: str) -> tuple[str, ...]:
    """The ids of the mal-rules whose laws are taken for a sound rule."""
    rule = next((rule for rule in RULES if rule.id == id_), None)
    names = {id_, rule.family} if rule is not None else set()
    return tuple(dict.fromkeys(mal_rule.id for mal_rule in MAL_RULES if names & mal_rule.mistaken_for))


def _text(entry: Entry) -> str:
    return " ".join((entry.id, entry.family, entry.title, *entry.laws)).casefold()


def _sound(rule: Rule) -> Entry:
    family = {"plain": "elementary function", "chain": "chain rule"}.get(rule.family, "rule")
    return Entry(rule.id, family, (rule.law,), rule.title, example=_example(rule))


def _example(rule: Rule) -> tuple[Expression, Expression] | None:
    """A small function to which the rule applies, and its derivative."""
    for function in instances(rule.before):
        variable = next(iter(sorted(free_symbols(function))), "x")
        try:
            return function, derivative(function, (variable,))
        except AnswerError:
            continue
    return None


def _mistaken(wording: MalRuleWording) -> Entry:
    rules = (rule for table in (MAL_RULES, MISREADINGS, ALGEBRA_SLIPS) for rule in table)
    laws = dict.fromkeys(rule.law for rule in rules if wording.id in (rule.id, rule.inside))
    return Entry(wording.id, wording.family, tuple(laws), wording.name, wording)
