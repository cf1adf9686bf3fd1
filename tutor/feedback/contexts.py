"""One mistake has several names, by the kind of question in which it happens: a lost term, a path that is not summed.

The diagnosis keeps them all; a learner is told each mistake once, by the name that fits any question if it has one.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.calculus.malrules import CONTEXTS
from tutor.feedback.finding import Finding


def told_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings in their order, one for each mistake; those named for a kind of question only if all are."""
    plain = tuple(each for each in findings if not any(name in CONTEXTS for name in each.mal_rules))
    found: dict[object, Finding] = {}
    for each in plain or findings:
        found.setdefault(_mistake(each), each)
    return tuple(found.values())


def of_first_mistakes(findings: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    """The findings of so many mistakes, those that stand first, under all the names of each."""
    first = [*dict.fromkeys(map(_mistake, findings))][:most]
    return tuple(each for each in findings if _mistake(each) in first)


def _mistake(finding: Finding) -> object:
    """What makes two findings the same mistake: the same put in the same place, with the same second slip if any."""
    if finding.at is None:
        return finding.mal_rules
    return len(finding.mal_rules), finding.at, finding.observed, finding.mal_rules[1:]
