"""Explanations as a learner reads them: one file each, to be read by a teacher in a diff.

A change of judgement or wording shows here. What must hold of each of them is tested below, whatever its words.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from click.testing import CliRunner
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tutor.cli import difftutor
from tutor.feedback.wording import mal_rules
from tutor.render.asked import prose
from tutor.render.blocks import GLUE

# fmt: off
EXPLAINED = {
    "sigmoid-complement-only":                 (("sigmoid(2x)",), "2(1 - sigmoid(2x))"),
    "softplus-kept":                           (("softplus(3x)",), "3 softplus(3x)"),
    "power-rule-on-x-to-the-x":                (("x^x",), "x*x^(x-1)"),
    "exponential-rule-on-x-to-the-x":          (("x^x",), "x^x ln(x)"),
    "sine-squared-inner-three-missing":        (("sin(3x)^2",), "2 sin(3x) cos(3x)"),
    "sine-squared-exponent-inside":            (("sin^2(3x)",), "18x cos(9x^2)"),
    "ln-of-2x-factor-pulled-out":              (("ln(2x)",), "2/x"),
    "ln-of-2x-inner-missing":                  (("ln(2x)",), "1/(2x)"),
    "quotient-plus":                           (("sin(x)/x",), "(x cos x + sin x)/x^2"),
    "quotient-of-derivatives":                 (("x^3/(x^2+1)",), "3x^2/(2x)"),
    "quotient-no-square":                      (("ln(x)/x^3",), "(x^2 - 3x^2 ln x)/x^3"),
    "three-layers-middle-dropped":             (("exp(sin(x^2))",), "2x exp(sin(x^2))"),
    "three-layers-innermost-dropped":          (("exp(sin(x^2))",), "cos(x^2) exp(sin(x^2))"),
    "three-layers-outer-at-x":                 (("ln(sin(x^3))",), "3x^2 cos(x^3)/x"),
    "gradient-one-component":                  (("x^2 y + y^3", "-x", "x,y",), "(2x y, x^2 + y^2)"),
    "gradient-swapped":                        (("x^2 y + y^3", "-x", "x,y",), "(x^2 + 3y^2, 2x y)"),
    "list-of-functions":                       (("x^2", "sin(3x)",), "(2x, cos(3x))"),
    "jacobian-one-entry":                      (("x y", "x + y^2", "-x", "x,y",), "[[y, x], [1, y]]"),
    "tanh-confused-with-sigmoid":              (("tanh(2x)",), "2 tanh(2x)(1 - tanh(2x))"),
    "tanh-plus":                               (("tanh(x)",), "1 + tanh(x)^2"),
    "two-slips":                               (("x^3 cos(2x)",), "3x^2 cos(2x) + x^3 sin(2x)"),
    "tie-inner-minus-one":                     (("exp(-x)",), "exp(-x)"),
    "tie-constant-inner":                      (("x^2 sin(3x)",), "2x sin(3x) + x^2 cos(3x)"),
    "unknown":                                 (("x^3 sin(x)^2",), "x^7"),
    "unknown-constant-factor":                 (("x^3 sin(x)^2",), "7(3x^2 sin(x)^2 + 2x^3 sin(x) cos(x))"),
    "unknown-one-side":                        (("abs(x)^3",), "3x^2"),
    "sum-with-one-wrong-term":                 (("x^4 - 2 cos(x) + ln(x)",), "4x^3 - 2 sin(x) + 1/x"),
    "sum-sign-of-a-term":                      (("x^3 - 4x^2",), "3x^2 + 8x"),
    "product-of-derivatives":                  (("x^2 sin x",), "2x cos x"),
    "product-one-term":                        (("x^2 exp(3x)",), "2x exp(3x)"),
    "product-of-three":                        (("x sin(x) exp(x)",), "sin(x) exp(x) + x cos(x) exp(x)"),
    "product-in-a-chain":                      (("exp(x sin x)",), "exp(x sin x)(cos x)"),
    "partial-of-an-implicit-curve":            (("x^2 + x y + y^3", "-x", "x",), "2x + x"),
    "relu-inner-missing":                      (("relu(3x - 6)",), "heaviside(3x - 6)"),
    "max-one-branch":                          (("max(x^2, 3x)",), "2x"),
    "second-derivative-inner-once":            (("sin(3x)", "--order", "2",), "-3 sin(3x)"),
    "second-derivative-stopped":               (("x^5", "--order", "2",), "5x^4"),
    "parameter-as-variable":                   (("a^2 x^3", "-x", "x",), "2a x^3 + 3a^2 x^2"),
    "exponent-not-lowered":                    (("5x^4",), "20x^4"),
    "root-half-missing":                       (("sqrt(5x + 2)",), "5/sqrt(5x + 2)"),
    "negative-exponent":                       (("1/x^3",), "-3/x^2"),
    "constant-of-integration":                 (("x^2",), "2x + C"),
    "arctangent-no-square":                    (("atan(3x)",), "3/(1 + 3x^2)"),
    "integrated":                              (("cos(5x)",), "sin(5x)/5"),
    "squared-error":                           (("(y - w*x - b)^2", "-x", "w,b"), "(2x(y - w x - b), 2(y - w x - b))"),
    "neuron-input-missing":                    (("sigmoid(w*x)", "-x", "w,x"), "(x sigmoid(w x), w sigmoid(w x))"),
    "log-sum-exp-inner-missing":               (("ln(e^a + e^b)", "-x", "a,b"), "(e^a/(e^a + e^b), 1/(e^a + e^b))"),
    "logistic-loss-middle-dropped":            (("ln(1 + exp(-y*z))", "-x", "z"), "-y/(1 + exp(-y z))"),
    "swish-product-of-derivatives":            (("x*sigmoid(x)",), "sigmoid(x)(1 - sigmoid(x))"),
    "gaussian-sign":                           (("exp(-x^2/2)",), "x exp(-x^2/2)"),
    "constant-kept":                           (("x^2 + 3",), "2x + 3"),
}
# fmt: on
"""What is asked, with its options, and a wrong answer to it."""


class Texts(SingleFileSnapshotExtension):
    """One text file an explanation."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def explanations(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Texts)


@cache
def explained(name: str, *looks: str) -> str:
    asked, answer = EXPLAINED[name]
    arguments = ["explain", *asked, "--answer", answer, *looks]
    result = CliRunner().invoke(difftutor, arguments, prog_name="difftutor", catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize("name", EXPLAINED)
def test_explanation(name: str, explanations: SnapshotAssertion) -> None:
    asked, answer = EXPLAINED[name]
    command = " ".join(f"'{word}'" if re.search(r"[^\w,-]", word) else word for word in (*asked, "--answer", answer))
    assert f"$ difftutor explain {command}\n{explained(name)}" == explanations


MOST_WORDS = 12
"""Lines of words before the first table or step."""


@pytest.mark.parametrize("name", EXPLAINED)
def test_where_and_what_stand_before_the_steps_on_few_lines(name: str) -> None:
    page = explained(name)
    words = page.partition("\n\n")[0].splitlines()
    assert 2 <= len(words) <= MOST_WORDS
    assert max(map(len, page.splitlines())) <= 80


WHERE_IN_THE_ANSWER = r"\^ (the factor .+ is missing|.+ belongs here|this does not belong here)$"
TITLES = "|".join(re.escape(prose(wording.name).replace(GLUE, " ")) for wording in mal_rules().values())


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_first_three_lines_tell_what_happened_and_where(name: str) -> None:
    verdict, *lines = explained(name).splitlines()
    echo = int(lines[0].startswith("  read as"))  # on a line of its own where the function is long
    head = "\n".join((verdict, *lines[: 2 + echo]))
    marked = re.search(WHERE_IN_THE_ANSWER, head)
    titled = re.search(rf"^  (- |Possibly: )?({TITLES})", head, re.MULTILINE)
    assert marked or titled or name == "unknown"


@pytest.mark.parametrize("name", EXPLAINED)
def test_nothing_is_asserted_where_several_explanations_fit(name: str) -> None:
    told, _, steps = explained(name).partition("\n\n")
    several = "each of them gives your answer" in told or "one of each line" in told
    assert (told.count("\n  - ") > 1) is several or "two slips at once" in told
    assert not (several and re.search(r"✗ (missing from|your answer has)", steps))


@pytest.mark.parametrize("name", EXPLAINED)
def test_it_can_be_read_in_ascii_and_without_a_picture(name: str) -> None:
    assert explained(name, "--ascii").isascii()
    plain = explained(name, "--plain")
    assert "^^^" not in plain
    assert "\x1b" not in plain


def test_there_are_forty_of_them() -> None:
    assert len(EXPLAINED) >= 40
