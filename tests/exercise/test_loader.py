"""Exercise files: what they become, and every way in which they can be malformed, with place and fix."""
# ruff: noqa: E501  # one case a line

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import ExerciseError, ExerciseErrors, InputFileError
from tutor.exercise.fields import FIELDS
from tutor.exercise.loader import load, load_unit
from tutor.exercise.model import Mistake, Option, Source, Tolerance
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.kinds.catalogue import KINDS

HEAD = "schema: 1\nexercises:\n"


def tree(text: str) -> Expression:
    return parse(text).expression


def found(text: str) -> tuple[ExerciseError, ...]:
    """All faults of a file; none when it can be read."""
    try:
        load(text, KINDS)
    except ExerciseErrors as several:
        assert several.errors  # noqa: PT017 - an empty report would be a file that is neither read nor refused
        return several.errors
    return ()


def faults(text: str) -> list[tuple[str, int]]:
    return [(fault.code, fault.line) for fault in found(text)]


# ---- what files become ----------------------------------------------------------------------------------------------


def test_the_smallest_exercise_is_an_id_and_a_function() -> None:
    (exercise,) = load(HEAD + "- id: first\n  function: exp(-x^2)\n", KINDS)
    assert (exercise.id, exercise.kind, exercise.functions) == ("first", "expression", (tree("exp(-x^2)"),))
    assert (exercise.variables, exercise.order, exercise.points) == (("x",), 1, 1.0)
    assert exercise.source == Source("", 3)


def test_every_field_arrives() -> None:
    (exercise,) = load(
        """
schema: 1
unit: losses
title: Losses
defaults: {difficulty: 4, skills: [chain-rule], choices: [], multiple: true}
exercises:
- id: full
  kind: gradient
  function: a*w^2 + b*w
  variables: [w, b]
  domain: {w: [0.5, inf]}
  assume: {a: positive integer}
  answer: [2a*w + b, w]
  form: expanded
  mistakes:
  - {answer: [a*w + b, w], name: power-keep-exponent, feedback: "Lower it.", credit: 1/4}
  prompt: "Gradient of {function}?"
  title: A parabola
  hints: [one, two]
  explain: Because.
  skills: gradient, partial
  points: 2.5
""".lstrip(),
        KINDS,
    )
    assert exercise.variables == ("w", "b")
    assert exercise.domain == Domain({"w": Range(Fraction(1, 2)), "a": Range(Fraction(0), None, integer=True)})
    assert exercise.answer == (tree("2a*w + b"), tree("w"))
    assert exercise.mistakes == (Mistake((tree("a*w + b"), tree("w")), "power-keep-exponent", "Lower it.", 0.25),)
    assert (exercise.form, exercise.prompt, exercise.title) == ("expanded", "Gradient of {function}?", "A parabola")
    assert (exercise.hints, exercise.explain) == (("one", "two"), "Because.")
    assert (exercise.skills, exercise.points, exercise.difficulty) == (("gradient", "partial"), 2.5, 4)
    assert (exercise.unit, exercise.multiple) == ("losses", False)


def test_a_choice_keeps_its_options_in_the_order_of_the_file() -> None:
    text = "- id: c\n  kind: choice\n  prompt: Which?\n  choices:\n  - {text: One}\n  - {text: Two, correct: yes, feedback: So.}\n"
    (exercise,) = load(HEAD + text, KINDS)
    assert exercise.options == (Option("One"), Option("Two", correct=True, feedback="So."))


FIELD_FORMS = [
    # the field as written, the attribute, its value
    ("domain: 0 < x <= 2", "domain", Domain({"x": Range(Fraction(0), Fraction(2))})),
    ("domain: x > 1/3 and x < 1e3", "domain", Domain({"x": Range(Fraction(1, 3), Fraction(1000))})),
    ("domain: {x: [null, 0]}", "domain", Domain({"x": Range(None, Fraction(0))})),
    ("domain: {x: [-oo, 1e-5]}", "domain", Domain({"x": Range(None, Fraction(1, 10**5))})),
    ("assume: {x: negative}", "domain", Domain({"x": Range(None, Fraction(0))})),
    ("assume: {x: [positive, integer]}", "domain", Domain({"x": Range(Fraction(0), None, integer=True)})),
    ("variable: x", "variables", ("x",)),
    ("order: 3", "order", 3),
    ("at: {x: 1e-5}", "at", {"x": parse("1e-5").expression}),
    ("at: {x: pi/2}", "at", {"x": parse("pi/2").expression}),
    ("points: 1/2", "points", 0.5),
    ("hints: Only one.", "hints", ("Only one.",)),
    ("skills: trig", "skills", ("trig",)),
    ('prompt: "100 % of {function}, {1, 2}, {}"', "prompt", "100 % of {function}, {1, 2}, {}"),
]


@pytest.mark.parametrize(("field", "attribute", "value"), FIELD_FORMS, ids=[row[0] for row in FIELD_FORMS])
def test_a_field_is_read_in_each_of_its_forms(field: str, attribute: str, value: object) -> None:
    (exercise,) = load(HEAD + f"- id: a\n  function: sin(x)^2\n  {field}\n", KINDS)
    assert getattr(exercise, attribute) == value


@pytest.mark.parametrize(
    ("written", "tolerance"),
    [
        ("1e-5", Tolerance(relative=Fraction(1, 10**5))),
        ("{absolute: 0.1}", Tolerance(absolute=Fraction(1, 10))),
        ("{relative: 1/100, absolute: 2}", Tolerance(Fraction(1, 100), Fraction(2))),
    ],
)
def test_a_tolerance_is_exact(written: str, tolerance: Tolerance) -> None:
    (exercise,) = load(HEAD + f"- id: a\n  kind: number\n  prompt: p\n  answer: 2\n  tolerance: {written}\n", KINDS)
    assert exercise.tolerance == tolerance


def test_an_answer_may_be_written_as_one_vector() -> None:
    text = '- id: g\n  kind: gradient\n  function: x*y\n  variables: x, y\n  answer: "(y, x)"\n'
    assert load(HEAD + text, KINDS)[0].answer == (tree("y"), tree("x"))


def test_the_rows_of_a_jacobian_are_laid_out_one_after_the_other() -> None:
    text = "- id: j\n  kind: jacobian\n  functions: [x*y, x]\n  variables: [x, y]\n  answer: [[y, x], [1, 0]]\n"
    assert load(HEAD + text, KINDS)[0].answer == (tree("y"), tree("x"), tree("1"), tree("0"))


def test_defaults_give_way_to_what_an_exercise_says_itself() -> None:
    text = "schema: 1\ndefaults: {variable: t, kind: expression}\nexercises:\n- {id: a, function: t*x}\n- {id: b, function: t*x, variable: x}\n"
    assert [exercise.variables for exercise in load(text, KINDS)] == [("t",), ("x",)]


def test_a_constant_is_differentiated_by_x() -> None:
    assert load(HEAD + "- {id: a, function: pi^2}\n", KINDS)[0].variables == ("x",)


# ---- what is malformed ----------------------------------------------------------------------------------------------

MALFORMED = [
    # title, text after the head (which has two lines), all faults with their lines
    ("no fields at all", "- x^2\n", [("not-a-field-list", 3)]),
    ("no id", "- function: x^2\n", [("missing-field", 3)]),
    ("no function", "- id: a\n", [("missing-field", 3)]),
    ("an empty function", "- id: a\n  function:\n", [("empty", 4)]),
    ("a field that is misspelt", "- id: a\n  functoin: x^2\n  function: x\n", [("unknown-field", 4)]),
    ("a formula in braces", "- id: a\n  function: {x^2}\n", [("formula-in-braces", 4)]),
    ("a comma in a flow list of fields", "- {id: a, function: max(0, x)}\n", [("unreadable-formula", 3), ("unknown-field", 3)]),
    ("a comma in a flow list of formulas", "- id: a\n  kind: gradient\n  function: x*y\n  variables: [x, y]\n  answer: [max(x, y), x]\n",
     [("unreadable-formula", 7), ("unreadable-formula", 7)]),
    ("a formula that starts with a star", "- id: a\n  function: *x\n", [("alias", 4)]),
    ("a formula between bars", "- id: a\n  function: |x|\n", [("yaml", 4)]),
    ("an unknown function", "- id: a\n  function: sine(x)\n", [("unreadable-formula", 4)]),
    ("a half formula", "- id: a\n  function: x +\n", [("unreadable-formula", 4)]),
    ("two candidates for the variable", "- id: a\n  function: a*x\n", [("which-variable", 4)]),
    ("a variable that is a number", "- id: a\n  function: x\n  variable: 2\n", [("not-a-variable", 5)]),
    ("Euler's number as variable", "- id: a\n  function: x\n  variable: e\n", [("not-a-variable", 5)]),
    ("a list of functions for one derivative", "- id: a\n  function: [x, x^2]\n", [("one-function", 4)]),
    ("an answer with a strange symbol", "- id: a\n  function: x^2\n  answer: 2*y\n", [("unreadable-formula", 5)]),
    ("a gradient with a short answer", "- id: a\n  kind: gradient\n  function: x*y\n  variables: [x, y]\n  answer: [y]\n", [("wrong-shape", 7)]),
    ("a gradient without variables", "- id: a\n  kind: gradient\n  function: x*y\n", [("missing-field", 3)]),
    ("an unknown kind", "- id: a\n  kind: gradiant\n  function: x*y\n  variables: [x, y]\n", [("unknown-kind", 4)]),
    ("a field of another kind", "- id: a\n  function: x\n  choices: [{text: A}, {text: B}]\n", [("field-of-another-kind", 5)]),
    ("an order that is a word", "- id: a\n  function: x\n  order: two\n", [("bad-number", 5)]),
    ("an order that is too high", "- id: a\n  function: x\n  order: 9\n", [("bad-number", 5)]),
    ("a difficulty outside 1 to 5", "- id: a\n  function: x\n  difficulty: 0\n", [("bad-number", 5)]),
    ("points below zero", "- id: a\n  function: x\n  points: -1\n", [("bad-number", 5)]),
    ("an id with a blank", "- id: my id\n  function: x\n", [("bad-name", 3)]),
    ("an id with a number sign", "- id: a#3\n  function: x\n", [("bad-name", 3)]),
    ("an id that stands twice", "- {id: a, function: x}\n- {id: b, function: x}\n- {id: a, function: x}\n", [("duplicate-id", 5)]),
    ("function and functions", "- id: a\n  kind: jacobian\n  function: x\n  functions: [x]\n  variables: [x]\n", [("duplicate-key", 6)]),
    ("an unknown form", "- id: a\n  function: x\n  form: factorised\n", [("unknown-word", 5)]),
    ("an unknown placeholder", "- id: a\n  function: x\n  prompt: \"{fun} {function}\"\n", [("unknown-placeholder", 5)]),
    ("a domain with its ends swapped", "- id: a\n  function: x\n  domain: {x: [2, 1]}\n", [("empty-interval", 5)]),
    ("a domain with one end", "- id: a\n  function: x\n  domain: {x: [2]}\n", [("bad-domain", 5)]),
    ("a domain with a word", "- id: a\n  function: x\n  domain: {x: [zero, 1]}\n", [("not-a-number", 5)]),
    ("a domain that is no inequality", "- id: a\n  function: x\n  domain: positive\n", [("bad-domain", 5)]),
    ("a domain of a stranger", "- id: a\n  function: x\n  domain: {y: [0, 1]}\n", [("unknown-symbol", 5)]),
    ("an unknown assumption", "- id: a\n  function: x\n  assume: {x: postive}\n", [("unknown-assumption", 5)]),
    ("assumptions that exclude each other", "- id: a\n  function: x\n  assume: {x: positive, }\n  domain: x < 0\n", [("empty-interval", 6)]),
    ("a number without a point", "- id: a\n  kind: number\n  function: x^2\n", [("no-point", 3)]),
    ("a number at half a point", "- id: a\n  kind: number\n  function: a*x^2\n  variable: x\n  at: {x: 2}\n", [("no-point", 7)]),
    ("a point with a symbol in it", "- id: a\n  function: x\n  at: {x: y}\n", [("unreadable-formula", 5)]),
    ("a negative tolerance", "- id: a\n  kind: number\n  prompt: p\n  answer: 2\n  tolerance: -1\n", [("bad-number", 7)]),
    ("a number without question", "- id: a\n  kind: number\n  answer: 2\n", [("no-question", 5)]),
    ("a choice with one option", "- id: a\n  kind: choice\n  prompt: p\n  choices: [{text: A, correct: true}]\n", [("options", 6)]),
    ("a choice with no right option", "- id: a\n  kind: choice\n  prompt: p\n  choices: [{text: A}, {text: B}]\n", [("right-options", 6)]),
    ("a choice with two right options", "- id: a\n  kind: choice\n  prompt: p\n  choices: [{text: A, correct: true}, {text: B, correct: true}]\n",
     [("right-options", 6)]),
    ("a choice with twins", "- id: a\n  kind: choice\n  prompt: p\n  choices: [{text: A, correct: true}, {text: a.}]\n", [("options", 6)]),
    ("an option without text", "- id: a\n  kind: choice\n  prompt: p\n  choices: [{correct: true}, {text: B}]\n", [("missing-field", 6)]),
    ("a truth that is none", "- id: a\n  kind: choice\n  prompt: p\n  choices: [{text: A, correct: maybe}, {text: B}]\n", [("not-a-truth", 6)]),
    ("a mistake without answer", "- id: a\n  function: x\n  mistakes: [{name: b}]\n", [("missing-field", 5)]),
    ("a mistake with too much credit", "- id: a\n  function: x\n  mistakes: [{answer: x, credit: 2}]\n", [("bad-number", 5)]),
    ("a list where a text is wanted", "- id: a\n  function: x\n  title: [a, b]\n", [("not-a-text", 5)]),
    ("a function that is too large", "- id: a\n  function: " + "*".join(["(x + x + x + x + x + x)"] * 20) + "\n", [("formula-too-large", 4)]),
    ("a list inside a formula", "- id: a\n  function: sin([x, x])\n", [("several-values", 4)]),
    ("variables that repeat", "- id: a\n  kind: gradient\n  function: x\n  variables: [x, x]\n", [("bad-variables", 6)]),
    ("five faults at once", "- id: A\n  kind: nuber\n  fnction: x\n  order: 0\n- id: b\n  function: x +\n",
     [("bad-name", 3), ("unknown-kind", 4), ("unknown-field", 5), ("bad-number", 6), ("unreadable-formula", 8)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in MALFORMED], ids=[row[0] for row in MALFORMED])
def test_a_malformed_exercise_has_all_its_faults_at_their_lines(text: str, expected: list[tuple[str, int]]) -> None:
    assert faults(HEAD + text) == expected


MALFORMED_FILES = [
    ("an empty file", "", [("empty-file", 1)]),
    ("a text", "hello", [("not-a-field-list", 1)]),
    ("a list", "- id: a\n  function: x\n", [("not-a-field-list", 1)]),
    ("no schema", "exercises:\n- {id: a, function: x}\n", [("missing-field", 1)]),
    ("another schema", "schema: 2\nexercises:\n- {id: a, function: x}\n", [("bad-number", 1)]),
    ("no exercises", "schema: 1\n", [("missing-field", 1)]),
    ("an empty list", "schema: 1\nexercises: []\n", [("no-exercises", 2)]),
    ("exercises that are none", "schema: 1\nexercises: yes\n", [("no-exercises", 2)]),
    ("an unknown field", "schema: 1\nsets: []\nexercises:\n- {id: a, function: x}\n", [("unknown-field", 2)]),
    ("a default id", "schema: 1\ndefaults: {id: a}\nexercises:\n- {id: b, function: x}\n", [("bad-default", 2)]),
    ("a faulty default, said once", "schema: 1\ndefaults: {order: 0}\nexercises:\n- {id: a, function: x}\n- {id: b, function: x}\n", [("bad-number", 2)]),
    ("faults at the top and below", "schema: 2\nexercises:\n- {id: a, function: x +}\n", [("bad-number", 1), ("unreadable-formula", 3)]),
    ("a syntax error", "schema: 1\nexercises:\n- id: a\n function: x\n", [("yaml", 4)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in MALFORMED_FILES], ids=[row[0] for row in MALFORMED_FILES]
)
def test_a_malformed_file_has_all_its_faults_at_their_lines(text: str, expected: list[tuple[str, int]]) -> None:
    assert faults(text) == expected


SUGGESTED = [
    ("- id: a\n  functoin: x^2\n", "function"),
    ("- id: a\n  kind: nubmer\n  function: x\n", "number"),
    ("- id: a\n  function: {x}\n", 'function: "x"'),
    ("- {id: a, function: max(0, x)}\n", "put the formula in quotes"),
    ("- id: a\n  function: sine(x)\n", "sin"),
    ("- id: a\n  function: a*x\n", "variable: x"),
    ("- id: My Id\n  function: x\n", "my-id"),
    ("- id: a\n  function: x\n  form: factord\n", "factored"),
]


@pytest.mark.parametrize(("text", "fix"), SUGGESTED, ids=[row[1] for row in SUGGESTED])
def test_a_fault_says_what_to_write_instead(text: str, fix: str) -> None:
    with pytest.raises(ExerciseErrors) as caught:
        load(HEAD + text, KINDS)
    assert any(fix in (fault.suggestion or "") for fault in caught.value.errors)


CARETS = [
    ("  function: x^2 + sine(x)", "sine"),
    ('  function: "x^2 + sine(x)"', "sine"),
    ("  function:    sine(x)", "sine"),
    ("  functoin: x", "functoin"),
    ("  order: many", "many"),
    ("  function: [x, sine(x)]", "sine"),
]


@pytest.mark.parametrize(("line", "at"), CARETS, ids=[row[0] for row in CARETS])
def test_a_fault_points_at_the_very_character(line: str, at: str) -> None:
    with pytest.raises(ExerciseErrors) as caught:
        load(HEAD + "- id: a\n" + line + "\n", KINDS)
    assert (4, line.index(at) + 1, line) in [(fault.line, fault.column, fault.excerpt) for fault in caught.value.errors]


# ---- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"schema: 1\n\xff\n", "not-utf-8"), ("schema: 1".encode("utf-16"), "not-utf-8"), (b"\x7fELF\0\0", "binary-file")],
)
def test_a_file_that_is_no_text_cannot_be_used(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "bank.yaml"
    file.write_bytes(content)
    with pytest.raises(InputFileError) as caught:
        load(file, KINDS)
    assert caught.value.code == code
    assert str(file) in caught.value.message


def test_a_missing_file_and_a_directory_cannot_be_used(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.yaml", "cannot-open"), (tmp_path, "is-a-directory")):
        with pytest.raises(InputFileError) as caught:
            load(path, KINDS)
        assert caught.value.code == code


def test_a_file_that_is_too_large_is_a_fault_even_where_it_is_cut_in_a_character(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text("é" * (1 << 20), encoding="utf-8")
    with pytest.raises(ExerciseErrors) as caught:
        load(file, KINDS)
    assert [fault.code for fault in caught.value.errors] == ["file-too-large"]


def test_faults_carry_the_path_as_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "03-chain.yaml"
    file.write_text(HEAD + "- id: a\n", encoding="utf-8")
    with pytest.raises(ExerciseErrors) as caught:
        load_unit(file, KINDS)
    assert caught.value.errors[0].file == str(file)


# ---- properties -----------------------------------------------------------------------------------------------------

NAMES = st.sampled_from([*FIELDS, "schema", "unit", "exercises", "functoin", "x", ""])
VALUES = st.sampled_from(
    ["x", "x^2", "sin(x", "*x", "{x}", "[x, y]", "[[x]]", "{x: 2}", "{x: [0, 1]}", "true", "", "1e-5", "a-b", "number", "choice", "gradient",
     "[{text: A, correct: true}, {text: B}]", "[{answer: x}]", "'", '"{at}"', "0 < x < 1", "-1", "|x|", "\t", "(x, y)", "e", "{}", "[]"]
)  # fmt: skip
EXERCISES = st.lists(st.lists(st.tuples(NAMES, VALUES), max_size=6), max_size=3)


def written(exercises: list[list[tuple[str, str]]]) -> str:
    blocks = [
        "\n".join(f"{'-' if i == 0 else ' '} {name}: {value}" for i, (name, value) in enumerate(e)) for e in exercises
    ]
    return HEAD + "\n".join(blocks) + "\n"


@given(EXERCISES)
@settings(max_examples=400, deadline=None)
def test_any_exercises_are_read_or_have_faults_with_places(exercises: list[list[tuple[str, str]]]) -> None:
    text = written(exercises)
    for fault in found(text):
        assert 1 <= fault.line <= text.count("\n") + 1
        assert fault.message
        assert fault.code


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_as_a_field_is_read_or_has_faults(value: str) -> None:
    for field in ("function", "prompt", "domain", "at", "answer"):
        function = "" if field == "function" else "  function: x\n"
        for fault in found(HEAD + f"- id: a\n{function}  {field}: {value}\n"):
            assert fault.line >= 1
            assert fault.message
            assert fault.code


@given(st.sampled_from(sorted(FIELDS)))
@settings(max_examples=60, deadline=None)
def test_every_field_alone_with_null_is_a_fault(name: str) -> None:
    text = (
        HEAD + f"- id: a\n  function: x\n  {name}: null\n"
        if name not in ("id", "function")
        else HEAD + f"- {name}: null\n"
    )
    assert faults(text)
