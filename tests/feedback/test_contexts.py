"""One mistake is told by one name: that of any question before that of one kind of question."""

from __future__ import annotations

from tutor.calculus.malrules import CONTEXTS
from tutor.expression.parser import parse
from tutor.expression.tree import Symbol
from tutor.feedback.contexts import of_first_mistakes, told_once
from tutor.feedback.finding import Finding

AT = parse("x^2*sin(x)").expression
ELSEWHERE = next(iter(CONTEXTS))


def finding(name: str, at: str = "x^2*sin(x)", observed: str | None = "2x*sin(x)") -> Finding:
    seen = None if observed is None else parse(observed).expression
    return Finding((name,), certain=False, at=parse(at).expression, observed=seen)


def names(*findings: Finding) -> list[str]:
    return [each.mal_rules[0] for each in told_once(findings)]


def test_the_name_for_any_question_stands_before_that_of_one_kind() -> None:
    assert names(finding(ELSEWHERE), finding("product-one-term")) == ["product-one-term"]


def test_a_name_for_one_kind_of_question_is_told_where_there_is_no_other() -> None:
    assert names(finding(ELSEWHERE)) == [ELSEWHERE]


def test_the_same_in_the_same_place_is_told_once() -> None:
    assert names(finding("product-one-term"), finding("term-dropped")) == ["product-one-term"]


def test_another_place_or_another_result_is_another_mistake() -> None:
    several = (finding("a"), finding("b", at="x^2"), finding("c", observed=None), finding("d", observed="x"))
    assert names(*several) == ["a", "b", "c", "d"]


def test_slips_about_the_question_as_a_whole_are_told_by_their_names() -> None:
    whole = (Finding(("copy-not-differentiate",), certain=False), Finding(("integrate-instead",), certain=False))
    assert told_once(whole) == whole


def test_two_slips_are_the_same_only_with_the_same_second_one() -> None:
    pairs = tuple(Finding(("a", second), certain=False, at=AT) for second in ("b", "c"))
    assert told_once(pairs) == pairs


def test_the_first_mistakes_keep_all_their_names() -> None:
    names = ("product-one-term", "bp-one-path", "term-dropped", "const-factor-dropped")
    places = (Symbol("u"), Symbol("u"), Symbol("v"), Symbol("w"))
    findings = tuple(Finding((name,), certain=False, at=place) for name, place in zip(names, places, strict=True))
    assert of_first_mistakes(findings, 2) == findings[:3]
    assert of_first_mistakes(findings, 9) == findings
