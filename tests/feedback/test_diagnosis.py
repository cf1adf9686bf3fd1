"""Wrong answers are explained by the slip that made them: places, ties, pairs, and honesty."""

from __future__ import annotations

import pytest

from tutor.calculus.derivation import derivative
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, free_symbols, size
from tutor.feedback.diagnosis import MOST_TIES, WrongAnswer, compare, diagnose, diagnose_curve, table_of
from tutor.feedback.finding import Diagnosis
from tutor.feedback.slips.wrong_answers import Asked


def read(text: str) -> Expression:
    for spelled, typed in (("Rational(1,2)", "(1/2)"), ("Rational(3,2)", "(3/2)"), ("Rational(-1,2)", "(-1/2)")):
        text = text.replace(spelled, typed)
    return parse(text).expression


def diagnosis(function: str, answer: str, variables: tuple[str, ...] = ("x",)) -> Diagnosis:
    return diagnose(WrongAnswer(read(function), variables, read(answer), Domain()))


def named(found: Diagnosis) -> list[str]:
    return [mal_rule for finding in found.findings for mal_rule in finding.mal_rules]


# fmt: off
PLACES = [
    # function answer mal-rule layer at expected observed
    ("exp(sin(x^2))", "2*x*exp(sin(x^2))", "chain-drop-middle", 2, "sin(x^2)", "cos(x^2)", None),
    ("exp(sin(x^2))", "cos(x^2)*exp(sin(x^2))", "chain-drop-innermost", 3, "x^2", "2*x", None),
    ("exp(sin(x^2))", "exp(sin(x^2))*2*x*cos(x)", "chain-outer-at-x", 2, "sin(x^2)", "cos(x^2)", "cos(x)"),
    ("sin(x^2)", "2*x*cos(x)", "chain-outer-at-x", 1, "sin(x^2)", "cos(x^2)", "cos(x)"),
    ("sin(x^2)", "2*x*cos(2*x)", "chain-outer-at-derivative", 1, "sin(x^2)", "cos(x^2)", "cos(2*x)"),
    ("ln(cos(3*x))", "3*sin(3*x)/cos(3*x)", "trig-cos-sign", 2, "cos(3*x)", "-sin(3*x)", "sin(3*x)"),
    ("x^3*tanh(2*x)", "6*x^2*(1 - tanh(2*x)^2)", "product-of-derivatives", None, "x^3*tanh(2*x)", None, None),
    ("x*sin(5*x)", "sin(5*x) + x*cos(5*x)", "chain-drop-inner", None, "5*x", "5", None),
]
# fmt: on


@pytest.mark.parametrize(
    ("function", "answer", "mal_rule", "layer", "at", "expected", "observed"), PLACES, ids=[row[1] for row in PLACES]
)
def test_a_finding_names_its_place(
    function: str, answer: str, mal_rule: str, layer: int | None, at: str, expected: str | None, observed: str | None
) -> None:
    found = {finding.mal_rules[0]: finding for finding in diagnosis(function, answer).findings}[mal_rule]
    assert found.layer == layer
    assert found.at is not None
    assert to_text(found.at) == at
    if expected is not None:
        assert found.expected is not None
        assert to_text(found.expected) == expected
        assert (found.observed and to_text(found.observed)) == observed


def test_slips_that_give_the_same_answer_are_ties() -> None:
    found = diagnosis("exp(-x)", "exp(-x)")
    assert len(found.findings) > 1
    assert not any(finding.certain for finding in found.findings)


def test_a_single_explanation_is_certain() -> None:
    assert [finding.certain for finding in diagnosis("x^2*sin(x)", "2*x*cos(x)").findings] == [True]


# fmt: off
WHOLE = [
    ("x^3 + sin(x)",  "x^3 + sin(x)",          ("x",),     "copy-not-differentiate"),
    ("x^3",           "x^4/4",                 ("x",),     "integrate-instead"),
    ("x^2*y^3",       "3*x^2*y^2",             ("x",),     "partial-wrong-variable"),
    ("exp(2*x)",      "2*exp(2*x)",            ("x", "x"), "second-derivative-once"),
    ("sin(5*x)",      "25*cos(5*x)^2",         ("x", "x"), "second-derivative-squared"),
    ("x^2*exp(x)/3",  "-x*(x + 2)*exp(x)/3",   ("x",),     "sign-slip"),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "variables", "mal_rule"), WHOLE, ids=[row[3] for row in WHOLE])
def test_another_derivative_of_the_same_function_is_named(
    function: str, answer: str, variables: tuple[str, ...], mal_rule: str
) -> None:
    assert mal_rule in named(diagnosis(function, answer, variables))


# fmt: off
TWO = [
    ("x^2*ln(x) + 3",      "2*x + 1/x + 3",              {"product-sum-of-derivatives", "const-term-kept"}),
    ("1/(3*x + 1)^2",      "2/(3*x + 1)^3",              {"reciprocal-sign-lost", "chain-drop-inner"}),
    ("cos(3*x)^2",         "2*cos(3*x)*sin(3*x)",        {"trig-cos-sign", "chain-drop-innermost"}),
    ("sin(4*x)*exp(5*x)",  "cos(4*x)*exp(5*x) - 5*sin(4*x)*exp(5*x)", {"chain-drop-inner", "product-minus"}),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "both"), TWO, ids=[row[0] for row in TWO])
def test_two_slips_are_found_and_never_certain(function: str, answer: str, both: set[str]) -> None:
    found = diagnosis(function, answer).findings
    assert both in [set(finding.mal_rules) for finding in found]
    assert {len(finding.mal_rules) for finding in found} == {2}
    assert not any(finding.certain for finding in found)


def test_a_single_slip_hides_two() -> None:
    assert {len(finding.mal_rules) for finding in diagnosis("sin(x^2)", "cos(x^2)").findings} == {1}


def test_a_lost_sign_is_likelier_than_two_slips() -> None:
    assert named(diagnosis("x^2*exp(x)/3", "-x*(x + 2)*exp(x)/3")) == ["sign-slip"]


def test_the_slip_that_leads_to_the_learners_own_form_stands_first() -> None:
    by_hand = {"exp(2*x)": "exp(2*x)", "sin(x)/x": "(x*cos(x) + sin(x))/x^2"}
    first = {function: diagnosis(function, answer) for function, answer in by_hand.items()}
    assert first["exp(2*x)"].findings[0].mal_rules[0] in ("chain-drop-inner", "copy-not-differentiate")
    assert first["sin(x)/x"].findings[0].mal_rules == ("quotient-plus",)
    assert first["sin(x)/x"].ties == 1


def test_a_slip_in_the_first_of_two_differentiations_is_carried_on() -> None:
    first_slope = "sin(3*x) + x*cos(3*x)"
    carried = to_text(derivative(read(first_slope), ("x",)))
    assert "chain-drop-inner" in named(diagnosis("x*sin(3*x)", carried, ("x", "x")))


# fmt: off
CURVES = [
    ("x^2 + 3*y^2 - 8", "x/(3*y)",      "implicit-solve-sign"),
    ("x^2 + y^2 - 9",   "-y/x",         "implicit-inverted"),
    ("x^2 + y^2 + y",   "-2*x - 2*y",   "implicit-no-dy"),
    ("x*y + y^2 - 6",   "-y/(2*y)",     "implicit-product"),
]
# fmt: on


@pytest.mark.parametrize(("relation", "answer", "mal_rule"), CURVES, ids=[row[2] for row in CURVES])
def test_a_wrong_slope_of_a_curve_is_explained(relation: str, answer: str, mal_rule: str) -> None:
    assert mal_rule in named(diagnose_curve(read(relation), ("x", "y"), read(answer), Domain()))


def test_a_right_slope_of_a_curve_has_no_finding() -> None:
    assert not diagnose_curve(read("x*y - 5"), ("x", "y"), read("-y/x"), Domain()).findings


# fmt: off
REMARKS = [
    # function answer what is said
    ("x^3*sin(x)",       "6*x*sin(x) + 6*x^2*cos(x) - x^3*sin(x)", "Your answer is the second derivative."),
    ("x^4 + sin(x)^2",   "4*x^3 + 7*sin(x)*exp(x)",  "Your answer differs only in its second term, 7sin(x)·exp(x)."),
    ("exp(x)*sin(x)",    "exp(x)*sin(x) + exp(x)*cos(x) + x^2 + 1/x", None),
    ("abs(x)*x^2",       "3*x^2",                    "Your answer is right for x > 0 only."),
    ("x^2*sin(x)",       "ln(-1 - x^2)",             "Your answer has no real value where the function has a slope."),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "said"), REMARKS, ids=[row[0] for row in REMARKS])
def test_what_can_be_said_of_an_answer_that_no_slip_explains(function: str, answer: str, said: str | None) -> None:
    found = diagnosis(function, answer)
    assert (found.findings, found.remark) == ((), said)


def test_a_constant_factor_is_told_when_no_slip_explains_it() -> None:
    found = diagnosis("x^3*sin(x)^2", "7*(3*x^2*sin(x)^2 + 2*x^3*sin(x)*cos(x))")
    assert found.remark == "Your answer is 7 times the derivative, at every point."


def test_a_factor_holds_where_the_derivative_is_zero_too() -> None:
    assert diagnosis("max(x, 0)", "1").remark is None
    assert named(diagnosis("max(x, 0)", "1"))[0] == "relu-wrong-branch"


def test_an_answer_that_nothing_explains_gets_no_finding() -> None:
    found = diagnosis("x^2*sin(x)", "exp(x) + 17*x")
    assert found == Diagnosis()


def test_without_a_function_only_factor_sign_and_constant_are_told() -> None:
    found = compare(parse("2*x*cos(x^2)").expression, parse("-2*x*cos(x^2)").expression, Domain())
    assert named(found) == ["sign-slip"]


def test_a_deep_chain_has_few_explanations_and_no_pages_of_formulas() -> None:
    found = diagnosis("abs(" * 60 + "x" + ")" * 60, "2x")
    assert 0 < len(found.findings) <= MOST_TIES
    assert not any(finding.certain for finding in found.findings)
    assert all(finding.expected is None or size(finding.expected) < 200 for finding in found.findings)


def long_sum(term: str, terms: int) -> tuple[str, str]:
    """A sum of so many terms, each with another number in it, and its derivative."""
    function = " + ".join(term.replace("k", str(k)) for k in range(2, 2 + terms))
    return function, to_text(derivative(read(function), ("x",)))


def test_two_slips_are_found_where_the_table_is_too_large_to_hold_them() -> None:
    function, right = long_sum("sin(k*x)*exp(k*x)", 12)
    table = table_of(Asked(read(function), ("x",)), Domain())
    assert table is not None
    assert table.is_cut
    assert "trig-sin-sign" in named(diagnosis(function, f"{right} - 2*2*cos(2*x)*exp(2*x)"))
    pair = diagnosis(function, f"{right} - 2*2*cos(2*x)*exp(2*x) - 7*exp(7*x)*sin(7*x) + exp(7*x)*sin(7*x)")
    assert any(sorted(each.mal_rules) == ["chain-drop-inner", "trig-sin-sign"] for each in pair.findings)


def test_in_a_still_larger_function_single_slips_are_looked_for_and_that_is_said() -> None:
    function, right = long_sum("sin(k*x)", 65)
    assert diagnosis(function, f"{right} + 5*x^9 + ln(x)").remark == (
        "The function is large: I looked for single slips only, and none of them gives your answer."
    )


def test_an_answer_nested_deep_is_not_differentiated_back() -> None:
    for count, found in ((20, ["integrate-instead"]), (40, [])):
        antiderivative = read("abs(" * count + "x^3/3" + ")" * count)
        function = derivative(antiderivative, ("x",))
        assert named(diagnose(WrongAnswer(function, ("x",), antiderivative, Domain()))) == found


def test_a_factor_of_1_that_a_law_leaves_does_not_make_a_form_another_one() -> None:
    found = diagnosis("x^2/(1 + x)", "(2*x*(1 + x) + x^2)/(1 + x)^2")
    assert found.likeliest[0].mal_rules == ("quotient-plus",)
    assert found.ties == 1


def found_in(function: str, answer: str, variables: tuple[str, ...] = ("x",)) -> Diagnosis:
    asked, given = parse(function).expression, parse(answer).expression
    return diagnose(WrongAnswer(asked, variables, given, Domain()))


def test_the_derivative_before_the_last_is_no_copy_of_the_function() -> None:
    found = found_in("x^5", "5x^4", ("x", "x"))
    assert [(finding.mal_rules, finding.certain) for finding in found.findings] == [(("second-derivative-once",), True)]


def test_the_minus_of_the_inside_is_lost_where_the_inside_is_differentiated() -> None:
    found = {finding.mal_rules: finding for finding in found_in("(1 - 3x)^4", "12(1 - 3x)^3").findings}
    lost = found[("inner-sign-lost",)]
    assert lost.at == parse("1 - 3x").expression
    assert lost.expected is not None
    assert lost.observed is not None
    assert (to_text(lost.expected), to_text(lost.observed)) == ("-3", "3")


def test_a_layer_with_constants_around_its_function_is_found_without_them() -> None:
    (found,) = found_in("ln(1 + exp(-y*z))", "-y/(1 + exp(-y*z))", ("z",)).likeliest
    assert (found.mal_rules, found.layer) == (("chain-drop-middle",), 2)


def test_the_place_in_the_function_is_told_as_it_was_written() -> None:
    (found,) = found_in("cos(w*t + p)", "w*sin(w*t + p)", ("t",)).likeliest
    assert found.at == parse("cos(w*t + p)").expression


def test_a_number_that_was_read_as_another_is_told_as_that_number() -> None:
    found = {finding.mal_rules: finding for finding in found_in("exp(x)*x^6", "exp(x)*x^5 + 5*exp(x)*x^4").findings}
    read = found[("function-miscopied",)]
    assert (read.at, read.observed, read.misread) == (parse("6").expression, parse("5").expression, True)


def test_points_are_where_the_derivative_is_finite_as_the_rules_give_it() -> None:
    """Of a/2^v they give (2^v)'/(2^v)^2, which overflows where a short answer is 0 to the last figure."""
    function = "tanh(a/2^(63*x^5*(5 - a*x)))"
    answer = "-a*ln(2)*2^(-63*x^5*(5 - a*x))*(1 - tanh(a*2^(-63*x^5*(5 - a*x)))^2)*(63*x^4*(5 - a*x) - 63*a*x^5)"
    found = [
        finding for finding in diagnosis(function, answer).findings if finding.mal_rules == ("power-drop-coefficient",)
    ]
    assert [finding.at for finding in found] == [parse("x^5").expression]


@pytest.mark.parametrize(
    ("function", "order", "answer", "said"),
    [
        ("x^5", 2, "60x^2", "Your answer is the third derivative: one differentiation too many."),
        ("x^4", 3, "4x^3", "Your answer is the first derivative: it is to be differentiated further."),
        ("x^4", 1, "12x^2", "Your answer is the second derivative."),
    ],
)
def test_the_derivative_of_another_order_is_told_by_its_order(
    function: str, order: int, answer: str, said: str
) -> None:
    assert diagnosis(function, answer, ("x",) * order).remark == said


@pytest.mark.parametrize("function", ["5/(2x + 1)", "1/(2x)", "7/sin(x)", "3/(x^2 + 1)^2"])
def test_what_belongs_in_a_place_has_no_letter_of_a_law(function: str) -> None:
    inner = {"5/(2x + 1)": "2", "1/(2x)": "2", "7/sin(x)": "cos(x)", "3/(x^2 + 1)^2": "2x"}[function]
    found = diagnosis(function, inner)
    assert "chain-inner-only" in named(found)
    for each in found.findings:
        assert each.expected is None or free_symbols(each.expected) <= {"x"}


# fmt: off
LIKELIEST = [
    ("(x - 3)^2",       "-2(x - 3)",            "x", "sign-slip"),
    ("(w*x - y)^2",     "-2x(w x - y)",         "w", "sign-slip"),
    ("(y - w*x)^2",     "2x(y - w x)",          "w", "inner-sign-lost"),
    ("x^3 + x^2",       "3x^2 + x^2",           "x", "copy-not-differentiate"),
    ("sin(x) - 5x^3",   "cos(x) - 5x^3",        "x", "copy-not-differentiate"),
    ("x^2 + 7",         "2x + 7",               "x", "const-term-kept"),
    ("exp(sin(3x))",    "3exp(cos(3x))",        "x", "chain-outer-at-derivative"),
    ("ln(sin(x^2))",    "2x/cos(x^2)",          "x", "chain-outer-at-derivative"),
]
ONE_SIDED = [
    ("relu(x)^2",       "2x",                   "x > 0"),
    ("max(0, 1 - x)^2", "-2(1 - x)",            "x - 1 < 0"),
    ("relu(2x - 1)^3",  "6(2x - 1)^2",          "2x - 1 > 0"),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "variable", "slip"), LIKELIEST)
def test_the_likeliest_is_what_a_teacher_would_say(function: str, answer: str, variable: str, slip: str) -> None:
    assert diagnosis(function, answer, (variable,)).findings[0].mal_rules == (slip,)


def test_who_takes_a_square_for_its_base_has_not_misread_a_number() -> None:
    assert all("function-miscopied" not in each.mal_rules for each in diagnosis("sin(x^2)", "cos(x)").findings)


@pytest.mark.parametrize(("function", "answer", "where"), ONE_SIDED)
def test_an_answer_that_is_right_on_one_side_of_a_corner_is_told_so(function: str, answer: str, where: str) -> None:
    assert diagnosis(function, answer).remark == f"Your answer is right for {where} only."
