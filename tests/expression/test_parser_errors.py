"""Every complaint about a text, with its place between « and »."""

from __future__ import annotations

import pytest

from tests.expression.spelled import unmarked
from tutor.errors import AnswerError
from tutor.expression.parser import parse

DECLARED = ("x", "y", "a", "b", "n", "t", "w", "x_1", "x_12", "w1", "alpha", "theta")

# fmt: off
ERRORS = [
    # ---- something is missing ----
    ("«»", "empty"), ("«   »", "empty"), ("x «*»", "missing-factor"), ("«*» x", "missing-factor"),
    ("x«/»", "missing-factor"),
    ("x «+»", "missing-term"), ("x «-»", "missing-term"), ("x«^»", "missing-exponent"), ("x«**»", "missing-exponent"),
    ("x«^»^3", "missing-exponent"), ("«^»2", "missing-base"), ("«√»", "missing-radicand"),
    ("«sin»", "missing-argument"),
    ("«ln»*x", "missing-argument"), ("2 «sin^2»", "missing-argument"), ("«sin»()", "missing-argument"),
    ("(«sin»)", "missing-argument"),
    ("«sin» + x", "missing-argument"), ("2«(»x+1", "missing-bracket"), ("sin«(»x", "missing-bracket"),
    ("«(»", "missing-bracket"),
    ("(x+1«]»", "wrong-bracket"), ("x«)»", "unmatched-bracket"), ("«)»x", "unmatched-bracket"),
    ("«()»", "empty-brackets"),
    ("«|»x", "missing-bar"), ("|x|«|»", "missing-bar"), ("(«|»x)|", "missing-bar"), (r"«\frac»{x}", "missing-group"),
    # ---- commas and numbers ----
    ("2«,»5", "decimal-comma"), ("2.5«,»3", "comma"), ("0«,»5x", "decimal-comma"), ("x«,» y", "comma"),
    ("(x«,»)", "missing-entry"), ("(«,»x)", "missing-entry"),
    ("«2 3»", "two-numbers"), ("«1.2.3»", "two-points"), ("«1..2»", "two-points"),
    # ---- names ----
    ("2«sine» x", "unknown-function"), ("«cosinus»(x)", "unknown-function"), ("«foo»", "unknown-name"),
    ("«X»", "undeclared"),
    ("x + «q»", "undeclared"), ("«f»(x)", "undeclared"), ("x + «C» + 1", "undeclared"), ("(x + «C»)", "undeclared"),
    ("2«x2»", "undeclared"),
    ("log_«q»(x)", "undeclared"), ("«μ»x", "undeclared"), ("«acosx»", "ambiguous-name"), ("x «dx»", "differential"),
    ("np.«foo»(x)", "unknown-name"),
    ("«sin(x, y)»", "argument-count"), ("«log(x, y, a)»", "argument-count"), ("«softmax(x)»", "argument-count"),
    ("«root» x", "needs-brackets"), ("«max» x", "needs-brackets"), ("«min»", "needs-brackets"),
    ("«x.real»", "attribute"), ("«x.__class__»", "attribute"), ("«x__1»", "double-underscore"), ("x«_»", "subscript"),
    # ---- characters ----
    ("y«'» + x", "derivative-mark"), ("x «=» 1", "equals-sign"), ("x «=»= 1", "equals-sign"),
    ("«=»2x", "equals-sign"), ("f(x) «=» 2x", "equals-sign"),
    ("x «<» 1", "comparison"), ("x «≤» 1", "comparison"), ("5«%»", "character"), ("«@»x", "character"),
    ("x«;» 1", "character"),
    ("«\"»x\"", "character"), ("x«!»", "character"), ("«é»", "character"), ("2«\u0445»^2", "lookalike"),
    ("«\U0001d465»", "lookalike"), ("«\uff58»", "lookalike"),
    ("x«\u0301»", "combining-mark"), ("x«\u202e»1", "hidden-character"), ("x«\u200b»", "hidden-character"),
    ("«\ufeff»x", "hidden-character"),
    ("x«\x00»", "control-character"), ("x«\r»y", "control-character"), ("x«\x1b»[31m", "control-character"),
    ("x«\u2028»", "hidden-character"),
    ("x«\u115f»", "hidden-character"), ("x«\u0663»", "character"), (r"«\unknown»{x}", "unknown-command"),
    # ---- what can be read in two ways ----
    ("«w[0]»x", "ambiguous-name"), ("2«x[1]»", "ambiguous-name"), ("«sin-1»(x)", "ambiguous-name"),
    ("2«tan -1»(x/2)", "ambiguous-name"), ("2x«dx»", "differential"), ("x + xy«dx»", "differential"),
    # ---- raised characters, commands, and words within commands ----
    ("«²»x", "missing-base"), ("x«⁽²»", "missing-bracket"), ("x«²⁾»", "unmatched-bracket"),
    (r"log_«{}»(x)", "empty-brackets"), ("«log_(x)»", "missing-argument"), (r"\log_«{»x+1", "missing-bracket"),
    (r"x \text{«foo» }", "unknown-name"), (r"\operatorname{«foo»}(x)", "unknown-name"), (r"«\hat{x}»", "undeclared"),
    (r"«\begin»{pmatrix}x\\y\end{pmatrix}", "unknown-command"), ("x«_»{n+1}", "subscript"),
    (r"{1 «\over» x}", "unknown-command"),
    ("«‖»x‖", "character"), ("x«→»2", "character"), ("|x|-1«|»", "missing-bar"), ("(|2|x«|»)", "missing-bar"),
    (r"«\input»{x}", "unknown-command"), ("«$»(id)", "lonely-dollar"),
]
# fmt: on


@pytest.mark.parametrize(("marked", "code"), ERRORS, ids=[ascii(marked) for marked, _ in ERRORS])
def test_error_and_its_place(marked: str, code: str) -> None:
    text, place = unmarked(marked)
    with pytest.raises(AnswerError) as caught:
        parse(text, DECLARED)
    assert (caught.value.code, caught.value.span) == (code, place)
    assert caught.value.message


# fmt: off
SENTENCES = [
    ("sine x", ("x",),          "unknown function 'sine': did you mean sin?"),
    ("X + y", ("x", "y"),       "x and y are the variables here; X is not one of them: did you mean x?"),
    ("z", ("x", "y"),           "x and y are the variables here; z is not one of them"),
    ("x", (),                   "there are no variables here; x is not known"),
    ("2*", ("x",),              "a factor is missing after *"),
    ("log(1, 2, 3)", (),        "log takes one argument, here are 3"),
    ("sin", (),                 "sin needs an argument: sin(x)"),
    ("ln*x", ("x",),            "ln needs an argument: ln(x)"),
    ("3\u0445", ("x",),         "U+0445 CYRILLIC SMALL LETTER HA is not x"),
    ("(x", ("x",),              "this ( is never closed: ) is missing"),
]
SUGGESTIONS = [
    ("2,5",    "write 2.5 for a decimal, or (2, 5) for a vector"),
    ("x2",     "write x^2"),
    ("ex",     "write e^x"),
    ("E",      "write e"),
    ("(x+1",   "add )"),
    ("y = 2x", "write only 2x"),
    ("sin",    "write sin(x)"),
    ("2 3",    "write 2*3 for a product"),
    ("5 000",  "write 5000 for one number, 5*000 for a product"),
    ("1,000x", "write 1000 for a whole number, 1.000 for a decimal"),
    ("2x=y",   None),
    ("f(x)=2x", "write only 2x"),
    ("w(x)==2", None),
    ("x[1]",   "write x_1 for an entry, x*1 for a product"),
    ("sin-1(x)", "write asin(x) or sin(-1*…)"),
    ("ln-1(x)", "write 1/ln(x) or ln(-1*…)"),
    ("sigm(x)", "write sigmoid"),
    ("ext(x)", "write exp"),
    ("artan(x)", "write atan"),
    ("rel(x)", "write relu"),
    ("the x",  None),
    ("theta",  None),
    ("x1",     None),
    ("e2x",    "write e^(2x)"),
    (r"\alhpa", r"write \alpha"),
    (r"\sine x", r"write \sin"),
    (r"{1 \over x}", r"write \frac{a}{b}"),
    ("loss",   None),
]
# fmt: on


@pytest.mark.parametrize(("text", "symbols", "sentence"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_sentence(text: str, symbols: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse(text, symbols)
    assert caught.value.message == sentence


@pytest.mark.parametrize(("text", "suggestion"), SUGGESTIONS, ids=[row[0] for row in SUGGESTIONS])
def test_suggestion(text: str, suggestion: str | None) -> None:
    with pytest.raises(AnswerError) as caught:
        parse(text, ("x",))
    assert caught.value.suggestion == suggestion


# fmt: off
FREE_SUGGESTIONS = [
    ("xyzw",          "write x*y*z*w for a product"),
    ("loss",          "write one letter for a name, with an index or without: l or l_1"),
    ("learning_rate", "write one letter for a name, with an index or without: l or l_1"),
    ("if x",          None),
]
# fmt: on


@pytest.mark.parametrize(("text", "suggestion"), FREE_SUGGESTIONS, ids=[row[0] for row in FREE_SUGGESTIONS])
def test_suggestion_where_nothing_is_declared(text: str, suggestion: str | None) -> None:
    with pytest.raises(AnswerError) as caught:
        parse(text)
    assert caught.value.suggestion == suggestion
