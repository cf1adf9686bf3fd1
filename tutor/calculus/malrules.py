"""All mistaken laws of differentiation: each a rule with the sound rules it is mistaken for, under its taxonomy id.

An id may stand with several laws (the ways in which the same misconception shows), and laws of several ids may come to
the same: only the question tells a path that is missing from a factor that is. A law whose result is right on some
shapes (u' = 1, an exponential outside) is harmless there: a finding whose value equals the right answer is never built.
The laws are in `malrules_*.py` by family. Names, sentences and attestations (`how_common`) are in
`tutor/data/malrules.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from tutor.calculus.malrules_chain import CHAIN
from tutor.calculus.malrules_exponentials import EXPONENTIALS, LOGARITHMS
from tutor.calculus.malrules_functions import FUNCTIONS
from tutor.calculus.malrules_learning import LEARNING
from tutor.calculus.malrules_powers import CONSTANTS, POWERS, SUMS
from tutor.calculus.malrules_products import PRODUCTS, QUOTIENTS
from tutor.calculus.rule import Rule
from tutor.expression.tree import ONE, Symbol

INSIDE = MappingProxyType({"chain-drop-inner": "chain-drop-innermost", "chain-inner-only": "chain-drop-middle"})
"""What a slip is called when it happens inside a longer chain."""

_NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "backprop": ("bp-one-path", "bp-overwrite", "bp-add-not-multiply", "bp-skip-weight", "bp-skip-activation"),
    "loss": ("l2-missing", "mse-sign", "mse-missing-two", "ce-sign", "bce-inner-minus"),
    "softmax": ("softmax-offdiag-sign",),
    "several variables": ("total-one-path", "partial-product-missing"),
    "higher order": ("mixed-partial-no-product",),
}
CONTEXTS: Mapping[str, str] = MappingProxyType({id: context for context, ids in _NAMED_IN.items() for id in ids})
"""The kind of question in which a slip goes by this name; elsewhere another mal-rule's law comes to the same."""

_TABLES = (POWERS, CONSTANTS, SUMS, EXPONENTIALS, LOGARITHMS, FUNCTIONS, PRODUCTS, QUOTIENTS, CHAIN, LEARNING)

MAL_RULES: tuple[Rule, ...] = tuple(
    replace(rule, inside=INSIDE.get(rule.id, ""), context=CONTEXTS.get(rule.id, ""))
    for table in _TABLES
    for rule in table
)


INNER_SLOPE_LOST = Rule(
    "chain-drop-inner",
    "D(u) -> 1",
    Symbol("u"),
    ONE,
    mistaken_for=frozenset({"chain"}),
    inside=INSIDE["chain-drop-inner"],
)
"""The slope of what stands inside, not multiplied, beside another slip in the outer slope."""


def _by_sibling() -> Mapping[str, tuple[Rule, ...]]:
    siblings = {sibling for rule in MAL_RULES for sibling in rule.mistaken_for}
    return MappingProxyType({s: tuple(rule for rule in MAL_RULES if s in rule.mistaken_for) for s in siblings})


_MAL_RULES_FOR = _by_sibling()


def mistaken_for(rule: Rule) -> tuple[Rule, ...]:
    """The mal-rules that learners apply in place of a sound rule: those of its id, then those of its family."""
    return _MAL_RULES_FOR.get(rule.id, ()) + _MAL_RULES_FOR.get(rule.family, ())
