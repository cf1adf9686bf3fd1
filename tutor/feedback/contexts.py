"""One mistake has several names, by the context in which it happens: a term that is lost, a path that is not summed.

The diagnosis keeps them all; to a learner who differentiates a formula it is told once, by its plain name.
"""

from __future__ import annotations

from tutor.feedback.finding import Finding
from tutor.feedback.wording import mal_rules

_ELSEWHERE = ("backprop", "loss", "gradient-descent", "matrix")
"""The families that are named for a context in which nobody is who differentiates a formula."""

_OF_PARTIALS = ("partial",)
"""The family of slips in partial derivatives; where another name fits the same mistake, it is the plain one."""


def told_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings in their order, of those that put the same in the same place the one with the plain name.

    Names from elsewhere are told only where there is no other.
    """
    here = tuple(each for each in findings if not _is_of(each, _ELSEWHERE))
    found: dict[object, Finding] = {}
    for each in here or findings:
        key = _mistake(each)
        if key not in found or (_is_of(found[key], _OF_PARTIALS) and not _is_of(each, _OF_PARTIALS)):
            found[key] = each
    return tuple(found.values())


def _mistake(finding: Finding) -> object:
    if finding.at is None:
        return finding.mal_rules
    return len(finding.mal_rules), finding.at, finding.observed, finding.mal_rules[1:]


def _is_of(finding: Finding, families: tuple[str, ...]) -> bool:
    rows = [mal_rules().get(name) for name in finding.mal_rules]
    return any(row is not None and row.family in families for row in rows)
