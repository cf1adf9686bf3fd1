"""`verify`: rows as they were graded hold, rows that were changed are refused, and no line brings it down."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.apps.grade_entry import assess_text
from tutor.apps.verify_entry import verify_line
from tutor.cli import difftutor
from tutor.render.to_json import Given, joined

Row = dict[str, Any]

BANK = """\
schema: 1
unit: bank
exercises:
- id: chain
  function: sin(x^2)
- id: factored
  function: x^3 - 3x
  form: factored
- id: half-right
  function: x^2 exp(x)
  mistakes:
  - {answer: 2x exp(x), name: product, feedback: Both factors move., credit: 0.25}
- id: gradient
  kind: gradient
  function: x^2 y^3
  variables: [x, y]
  points: 3
- id: rounded
  kind: number
  function: sqrt(x)
  at: {x: 2}
  tolerance: 0.001
- id: options
  kind: choice
  prompt: Which one is the slope of x^2?
  choices:
  - {text: 2x, correct: true}
  - {text: x}
"""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("bank") / "bank.yaml"
    path.write_text(BANK, encoding="utf-8")
    return str(path)


def graded(answer: str, **inline: Any) -> Row:
    """The row of an answer to an exercise of its own, as `grade --certificates` writes it."""
    extra = {name: value for name, value in inline.items() if name != "function"}
    given = Given(row=1, function=inline.get("function"), extra=extra)
    return copied(joined(given, assess_text({"inline": inline, "answer": answer, "certify": True})))


def copied(row: Row) -> Row:
    """The row as it is read from a file."""
    again: Row = json.loads(json.dumps(row))
    return again


def named(bank: str, exercise: str, answer: str) -> Row:
    payload = {"exercise": exercise, "variant": None, "bank": bank, "answer": answer, "certify": True}
    return copied(joined(Given(row=1, exercise=exercise), assess_text(payload)))


def verify(row: Row, folder: str | None = None) -> Any:
    """What became of a row, as it comes through the pipe from a worker."""
    return json.loads(json.dumps(verify_line({"line": json.dumps(row), "folder": folder})))


def codes(row: Row, folder: str | None = None) -> list[str]:
    """The codes of what does not hold of a row."""
    return [finding["code"] for finding in verify(row, folder)["findings"]]


# fmt: off
INLINE = [
    ("2x cos(x^2)",            {"function": "sin(x^2)"},                                        ["equal"]),
    ("2x cos x",               {"function": "sin(x^2)"},                                        ["different"]),
    ("12x y",                  {"function": "x^3 y^2", "variable": "x", "order": 2},            ["different"]),
    ("6x y^2",                 {"function": "x^3 y^2", "variable": "x", "order": 2},            ["equal"]),
    ("(2x y, x^2)",            {"function": "x^2 y", "variables": ["x", "y"]},                  ["equal", "equal"]),
    ("(2x y, x)",              {"function": "x^2 y", "variables": ["x", "y"]},                  ["equal", "different"]),
    ("[[2x, 0], [y, x]]",      {"functions": ["x^2", "x y"], "variables": ["x", "y"]},          ["equal"] * 4),
    ("4",                      {"function": "x^2", "at": {"x": "2"}},                           ["equal"]),
    ("5",                      {"function": "x^2", "at": {"x": "2"}},                           ["different"]),
    ("0.7071",                 {"function": "sin(x)", "at": "x = pi/4", "tolerance": "0.001"},  ["equal"]),
    ("1/sqrt(2)",              {"function": "sin(x)", "at": "x = pi/4"},                        ["equal"]),
    ("n x^(n - 1)",            {"function": "x^n", "variable": "x", "assume": {"n": "integer"}}, ["equal"]),
    ("1",                      {"function": "|x|", "domain": {"x": [0, "inf"]}},                ["equal"]),
    ("sin(2x)",                {"expected": "2 sin(x) cos(x)"},                                 ["equal"]),
    ("sin(x)",                 {"expected": "2 sin(x) cos(x)"},                                 ["different"]),
    ("3(x - 1)(x + 1)",        {"function": "x^3 - 3x", "form": "factored"},                    ["equal"]),
    ("3x^2 - 3",               {"function": "x^3 - 3x", "form": "factored"},                    ["equal"]),
    ("2x + C",                 {"function": "x^2"},                                             []),
    ("",                       {"function": "x^2"},                                             []),
    ("2 cosine x",             {"function": "x^2"},                                             []),
    ("(2x y, )",               {"function": "x^2 y", "variables": ["x", "y"]},                  []),
    ("sqrt x(x + 1)",          {"expected": "sqrt(x) (x + 1)"},                                 []),
    ("1",                      {"function": "x y z"},                                           []),
    ("2x",                     {"function": "1/0"},                                             ["not-proved"]),
]
# fmt: on


@pytest.mark.parametrize(("answer", "inline", "kinds"), INLINE)
def test_a_row_with_its_own_exercise_holds(answer: str, inline: Row, kinds: list[str]) -> None:
    row = graded(answer, **inline)
    found = verify(row)
    assert (found["findings"], found["kinds"], found["at_its_word"]) == ([], kinds, False)


NAMED = [
    ("chain", "2x cos(x^2)", ["equal"]),
    ("chain", "cos(x^2)", ["different"]),
    ("factored", "3x^2 - 3", ["equal"]),
    ("half-right", "2x exp(x)", ["different"]),
    ("gradient", "(2x y^3, 3x^2 y^2)", ["equal", "equal"]),
    ("gradient", "(2x y^3, y)", ["equal", "different"]),
    ("rounded", "0.3535", ["equal"]),
    ("rounded", "0.36", ["different"]),
    ("options", "a", []),
    ("options", "b", []),
    ("nowhere", "2x", []),
]


@pytest.mark.parametrize(("exercise", "answer", "kinds"), NAMED)
def test_a_row_of_a_bank_holds_with_the_bank_and_is_taken_at_its_word_without(
    bank: str, exercise: str, answer: str, kinds: list[str]
) -> None:
    row = named(bank, exercise, answer)
    found = verify(row, bank)
    assert (found["findings"], found["kinds"], found["at_its_word"]) == ([], kinds, False)
    alone = verify(row)
    if exercise != "options":
        assert (alone["findings"], alone["kinds"], alone["at_its_word"]) == ([], kinds, bool(kinds))


def test_a_row_without_a_certificate_needs_one() -> None:
    row = joined(Given(function="x^2"), assess_text({"inline": {"function": "x^2"}, "answer": "2x"}))
    assert codes(row) == ["no-certificate"]


# ---- tampering -----------------------------------------------------------------------------------------------------

RIGHT = ("2x cos(x^2)", {"function": "sin(x^2)"})
WRONG = ("2x cos x", {"function": "sin(x^2)"})
PROVED = ("2x/(2 sec(x^2)) + x cos(x^2)", {"function": "sin(x^2)"})
HALF = ("(2x y, x)", {"function": "x^2 y", "variables": ["x", "y"]})
PLACE = ("5", {"function": "x^2", "at": {"x": "2"}})
RANGE = ("2/x", {"function": "log(x)", "domain": {"x": [1, 2]}})
FORMULA = ("sin(x)", {"expected": "2 sin(x) cos(x)"})
NO_VALUE = ("sqrt(-1 - x^2)", {"function": "sin(x^2)"})
ROUNDED = ("0.7071", {"function": "sin(x)", "at": "x = pi/4", "tolerance": "0.001"})


def everywhere(change: Callable[[Row], None]) -> Callable[[Row], None]:
    """A change of the certificate at the top and in the only cell, so that they still agree."""

    def changed(row: Row) -> None:
        change(row["certificate"])
        change(row["cells"][0]["certificate"])

    return changed


def put(**values: Any) -> Callable[[Row], None]:
    return everywhere(lambda certificate: certificate.update(values))


def put_enclosure(side: str, **values: str) -> Callable[[Row], None]:
    return everywhere(lambda certificate: certificate["enclosures"][side].update(values))


def put_row(**values: Any) -> Callable[[Row], None]:
    def changed(row: Row) -> None:
        row.update(values)
        row["cells"][0].update({name: value for name, value in values.items() if name in ("status", "score", "answer")})

    return changed


def shifted(certificate: Row) -> None:
    middle = certificate["enclosures"]["slope"]["mid"]
    certificate["enclosures"]["slope"]["mid"] = middle[:-4] + "9999" if middle[-4:] != "9999" else middle[:-4] + "1111"


def swapped_kind(certificate: Row) -> None:
    certificate |= {"kind": "equal", "method": "normal-form", "identities": ["fractions"]}
    certificate["points"] = [certificate["at"]]


def swap_cells(row: Row) -> None:
    first, second = row["cells"]
    first["certificate"], second["certificate"] = second["certificate"], first["certificate"]
    row["certificate"] = second["certificate"]


def first_variable(row: Row) -> None:
    row["cells"][0]["certificate"]["variables"] = ["y"]


def expected_for_function(certificate: Row) -> None:
    certificate["expected"] = certificate.pop("function")


def remove_certificates(row: Row) -> None:
    row["certificate"] = row["cells"][0]["certificate"] = None


def move_witness(row: Row) -> None:
    row["numeric"]["witness"]["at"]["x"] = "1"


def widen_tolerance(certificate: Row) -> None:
    certificate["tolerance"]["relative"] = "1/10"


def without_value(certificate: Row) -> None:
    certificate["enclosures"]["answer"] = None


# fmt: off
TAMPERED = [
    ("answer of the certificate",    WRONG,    put(answer="2*x*cos(x^3)"),                          "other-answer"),
    ("answer of the row",            WRONG,    put_row(answer="2x cos(x^2)"),                       "other-answer"),
    ("answer typed otherwise",       RIGHT,    put(answer="2x cos(x^2)"),                           "bad-certificate"),
    ("point",                        WRONG,    put(at={"x": "7/5"}),                                "wrong-slope"),
    ("point without a symbol",       WRONG,    put(at={}),                                          "bad-certificate"),
    ("point with another symbol",    WRONG,    put(at={"x": "1", "y": "2"}),                        "bad-certificate"),
    ("point that is no number",      WRONG,    put(at={"x": "nan"}),                                "bad-certificate"),
    ("point outside of the domain",  RANGE,    put(at={"x": "3"}),                                  "outside-domain"),
    ("domain widened",               RANGE,    put(domain=None),                                    "other-claim"),
    ("slope shifted",                WRONG,    everywhere(shifted),                                 "wrong-slope"),
    ("slope of the answer",          WRONG,    put_enclosure("slope", mid="-1.39304", rad="1e-5"),  "no-difference"),
    ("value of the answer shifted",  WRONG,    put_enclosure("answer", mid="4.5"),                  "wrong-answer"),
    ("radius of the answer shrunk",  WRONG,    put_enclosure("answer", mid="-1.39", rad="0"),       "wrong-answer"),
    ("radius below zero",            WRONG,    put_enclosure("slope", rad="-1"),                    "bad-certificate"),
    ("radius infinite",              WRONG,    put_enclosure("slope", rad="inf"),                   "bad-certificate"),
    ("value that is no number",      WRONG,    put_enclosure("answer", mid="NaN"),                  "bad-certificate"),
    ("radii that overlap",           WRONG,    put_enclosure("slope", rad="100"),                   "no-difference"),
    ("answer without a value",       WRONG,    everywhere(without_value),                           "has-value"),
    ("method swapped",               PROVED,   put(method="simplify"),                              "other-evidence"),
    ("method unknown",               PROVED,   put(method="trust-me"),                              "unknown-method"),
    ("identities emptied",           PROVED,   put(identities=[]),                                  "wrong-identities"),
    ("identity made up",             PROVED,   put(identities=["fractions", "1 = 2"]),              "unknown-identity"),
    ("kind swapped",                 WRONG,    everywhere(swapped_kind),                            "wrong-status"),
    ("kind unknown",                 WRONG,    put(kind="certain"),                                 "bad-certificate"),
    ("function of the certificate",  WRONG,    put(function="sin(x)"),                              "other-claim"),
    ("function of the row",          WRONG,    lambda row: row.update(function="sin(x)"),           "other-exercise"),
    ("variable swapped",             HALF,     first_variable,                                      "other-claim"),
    ("order raised",                 WRONG,    put(variables=["x", "x"]),                           "other-claim"),
    ("place changed",                PLACE,    put(place={"x": "3"}),                               "other-claim"),
    ("place dropped",                PLACE,    put(place=None, at={"x": "2"}),                      "other-claim"),
    ("expected changed",             FORMULA,  put(expected="cos(x)"),                              "other-claim"),
    ("expected for function",        WRONG,    everywhere(expected_for_function),                   "other-claim"),
    ("cells swapped",                HALF,     swap_cells,                                          "other-claim"),
    ("cell dropped",                 HALF,     lambda row: row["cells"].pop(),                      "other-cells"),
    ("status flipped",               WRONG,    put_row(status="correct", score=1.0),                "wrong-status"),
    ("right made wrong",             RIGHT,    put_row(status="incorrect", score=0.0),              "wrong-status"),
    ("right made unreadable",        RIGHT,    put_row(status="unreadable", score=None),            "wrong-status"),
    ("status of the row alone",      WRONG,    lambda row: row.update(status="correct", score=1.0), "wrong-status"),
    ("score changed",                WRONG,    put_row(score=0.5),                                  "wrong-score"),
    ("score of the row alone",       RIGHT,    lambda row: row.update(score=0.7),                   "wrong-status"),
    ("points doubled",               RIGHT,    lambda row: row.update(max_score=2.0, score=2.0),    "wrong-status"),
    ("proved flipped",               RIGHT,    lambda row: row.update(proved=False),                "wrong-proved"),
    ("read otherwise",               RIGHT,    lambda row: row.update(read_as="2*x*cos(x)"),        "wrong-read-as"),
    ("hash changed",                 RIGHT,    lambda row: row.update(exercise_hash="0" * 16),      "other-exercise"),
    ("certificate removed",          RIGHT,    remove_certificates,                                 "no-certificate"),
    ("certificate of the row alone", RIGHT,    lambda row: row.update(certificate=None),            "other-evidence"),
    ("witness moved",                WRONG,    move_witness,                                        "other-evidence"),
    ("points of agreement emptied",  RIGHT,    put(points=[]),                                      "nowhere-seen"),
    ("equality outside of reals",    NO_VALUE, everywhere(swapped_kind),                            "wrong-status"),
    ("tolerance widened",            ROUNDED,  everywhere(widen_tolerance),                         "other-claim"),
    ("tolerance dropped",            ROUNDED,  put(tolerance=None),                                 "wrong-method"),
    ("decimals changed",             ROUNDED,  put(decimals=1),                                     "other-answer"),
]
# fmt: on


@pytest.mark.parametrize(("case", "change", "code"), [row[1:] for row in TAMPERED], ids=[row[0] for row in TAMPERED])
def test_a_changed_row_is_refused(case: tuple[str, Row], change: Callable[[Row], None], code: str) -> None:
    row = graded(case[0], **case[1])
    assert codes(row) == []
    changed = copied(row)
    change(changed)
    assert changed != row
    assert code in codes(changed)


def test_false_certificates_that_agree_with_their_rows_are_refused_by_what_they_claim() -> None:
    """Rows that are consistent in themselves, with exercises that nobody has: only the mathematics is left."""
    right, wrong = graded(*RIGHT[:1], **RIGHT[1]), graded(*WRONG[:1], **WRONG[1])
    for row, other in ((right, wrong), (wrong, right)):
        forged = copied(other) | {"exercise": "somewhere", "answer": row["answer"], "read_as": row["read_as"]}
        forged["cells"][0]["answer"] = row["answer"]
        for certificate in (forged["certificate"], forged["cells"][0]["certificate"]):
            certificate["answer"] = row["read_as"]
        found = verify(forged)
        assert found["at_its_word"]
        assert [one["code"] for one in found["findings"]] in (["a-difference"] * 3, ["no-difference"])


def test_a_credit_that_the_exercise_does_not_give(bank: str) -> None:
    row = named(bank, "half-right", "2x exp(x)")
    assert (row["status"], row["score"]) == ("partial", 0.25)
    row["score"] = row["cells"][0]["score"] = 0.75
    assert codes(row, bank) == ["wrong-score"]


def test_a_form_that_is_judged_otherwise(bank: str) -> None:
    row = named(bank, "factored", "3x^2 - 3")
    row |= {"status": "correct", "score": 1.0}
    row["cells"][0] |= {"status": "correct", "score": 1.0}
    assert codes(row, bank) == ["wrong-status"]


def test_an_exercise_that_has_changed(bank: str, tmp_path: Path) -> None:
    changed = tmp_path / "changed.yaml"
    changed.write_text(BANK.replace("sin(x^2)", "sin(x^3)"), encoding="utf-8")
    row = named(bank, "chain", "2x cos(x^2)")
    assert set(codes(row, str(changed))) == {"other-exercise", "other-claim"}
    assert codes(named(bank, "nowhere", "2x"), str(changed)) == []
    other = tmp_path / "other.yaml"
    other.write_text("schema: 1\nunit: u\nexercises:\n- id: one\n  function: x\n", encoding="utf-8")
    assert codes(row, str(other)) == ["unknown-exercise"]


# ---- hostile lines -------------------------------------------------------------------------------------------------

LINES = [
    "{", "[]", "null", '"x"', "{}", '{"answer": 1}', '{"answer": "x", "status": "fine", "cells": [], "certificate": 0}',
    "[" * 100_000, '{"a":' * 5000, '{"score": NaN}', '{"score": 1e999}', '{"row": ' + "9" * 5000 + "}", "\ufffd", "\0",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_a_line_that_is_no_row_is_one_finding(line: str) -> None:
    found = verify_line({"line": line, "folder": None})
    assert [finding["code"] for finding in found["findings"]] == ["bad-row"]


HOSTILE: tuple[Any, ...] = (
    *(None, True, -1, 1e300, 10**30, [], {}, [[]]),
    *("", "x", "(" * 500, "x^" * 300 + "x", "9" * 400, "1/0", "x" * 5000),
)


def paths(value: object, start: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The addresses of all values in plain JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [start, *(path for key, part in inner for path in paths(part, (*start, key)))]


ROWS = [graded(*case[:1], **case[1]) for case in (RIGHT, WRONG, HALF, PLACE, ROUNDED)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ROWS), st.data())
def test_any_value_anywhere_is_a_finding_or_harmless_and_never_an_error(row: Row, data: st.DataObject) -> None:
    changed = copied(row)
    path = data.draw(st.sampled_from(paths(row)[1:]))
    value = data.draw(st.sampled_from(HOSTILE))
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    found = verify(changed)
    assert all(finding["code"] and finding["message"] for finding in found["findings"])


# ---- the command ---------------------------------------------------------------------------------------------------


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(difftutor, list(arguments), input=stdin, prog_name="difftutor")


ANSWERS = """\
learner,function,answer
ana,sin(x^2),2x cos(x^2)
ben,sin(x^2),2x cos x
cai,x^2*exp(x),(x^2 + 2x) e^x
eva,sin(x^2),2 cosine x
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows")
    (folder / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    path = folder / "rows.jsonl"
    result = run("grade", str(folder / "answers.csv"), "--certificates", "-o", str(path), "-q")
    assert result.exit_code == 0, result.output
    return path


def test_grade_then_verify(rows: Path) -> None:
    result = run("verify", str(rows))
    assert result.exit_code == 0
    assert "4 rows, 3 certificates (1 different, 2 equal): all hold." in " ".join(result.output.split())
    assert "1 row without a certificate" in result.output


def test_a_finding_names_line_row_cell_and_what_was_found(rows: Path, tmp_path: Path) -> None:
    lines = rows.read_text(encoding="utf-8").splitlines()
    second = json.loads(lines[1])
    measured = second["certificate"]["enclosures"]["slope"]["mid"]
    second["certificate"]["enclosures"]["slope"]["mid"] = "5.25"
    second["cells"][0]["certificate"] = second["certificate"]
    changed = tmp_path / "changed.jsonl"
    changed.write_text("\n".join((lines[0], "", json.dumps(second), "{", lines[2])) + "\n", encoding="utf-8")
    result = run("verify", str(changed), "--json")
    assert result.exit_code == 1
    whole = json.loads(result.output)
    assert (whole["holds"], whole["rows"], whole["rows_with_findings"]) == (False, 4, 2)
    first, bad = whole["findings"]
    assert (first["line"], first["row"], first["cell"], first["code"]) == (3, 2, "f'(x)", "wrong-slope")
    assert first["expected"][:6] == measured[:6]
    assert first["found"].startswith("5.25")
    assert (bad["line"], bad["row"], bad["code"]) == (4, None, "bad-row")
    shown = "".join(run("verify", str(changed)).output.split())  # lines break in the middle of a long path
    for told in (
        "changed.jsonl:3: row 2, cell f'(x): the stated value of the slope at the point is wrong",
        "4 rows, 3 certificates (1 different, 2 equal): 2 rows with findings.",
    ):
        assert "".join(told.split()) in shown


@pytest.mark.parametrize("command", [("check",), ("explain",)])
@pytest.mark.parametrize("more", ["", "-x x -x y", "-x x --order 2", "-x x --at x=1,y=2", "-x x --domain x=1..2"])
def test_check_and_explain_give_rows_that_hold(command: tuple[str, ...], more: str) -> None:
    for answer in ("(2x y, x^2)", "2x y", "2y", "4"):
        words = (answer,) if command == ("check",) else ("--answer", answer)
        written = run(*command, "x^2 y", *words, *more.split(), "--certificates")
        if written.exit_code == 2:
            continue
        result = run("verify", "-", stdin=written.output)
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\0\0\0\n"])
def test_a_file_without_rows_is_an_invalid_input(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    assert run("verify", str(path)).exit_code == 3


def test_a_file_that_is_not_there_or_a_folder_is_an_invalid_input(tmp_path: Path) -> None:
    assert run("verify", str(tmp_path / "none.jsonl")).exit_code == 3
    assert run("verify", str(tmp_path)).exit_code == 3


def test_long_lines_and_lines_that_are_no_utf8_are_findings(tmp_path: Path, rows: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\xff\xfe{}\n" + b"x" * 4_100_000 + b"\n" + rows.read_bytes())
    whole = json.loads(run("verify", str(path), "--json").output)
    assert [finding["line"] for finding in whole["findings"]] == [1, 2]
    assert whole["rows"] == 6
