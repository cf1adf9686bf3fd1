"""`author check`: seeded faults with code, line and fix; files that cannot be used; what is said of sound files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor.apps.author_check import check_paths
from tutor.apps.author_faults import Finding
from tutor.cli import difftutor
from tutor.exercise.bank import shipped_folder

FAULTS = Path(__file__).parent.parent / "data" / "faults"
HEAD = "schema: 1\nunit: tried\nexercises:\n"


def run(*arguments: str | Path) -> Result:
    words = ["author", "check", "--workers", "1", *map(str, arguments)]
    return CliRunner(env={"COLUMNS": "80"}).invoke(difftutor, words, prog_name="difftutor")


# fmt: off
SEEDED = {
    # file                       code                     line column  what the fix says
    "wrong-key":                ("wrong-key",              6, 11, "2*x*cos(x^2)"),
    "wrong-form":               ("wrong-form",             7, 11, "`factored`"),
    "wrong-form-derived":       ("wrong-form",             6,  9, "answer:"),
    "wrong-key-of-gradient":    ("wrong-key",             10,  5, "x^2"),
    "mistake-is-right":         ("mistake-is-right",       8,  5, "delete it"),
    "mistake-twice":            ("mistake-twice",          8,  5, "delete one"),
    "mistake-silent":           ("silent-mistake",         7,  5, "feedback:"),
    "hint-gives-key":           ("hint-gives-key",         8,  5, "leave one step"),
    "prompt-gives-key":         ("prompt-gives-key",       6, 11, "leave the answer out"),
    "duplicate-id":             ("duplicate-id",           8,  7, "a-2"),
    "number-in-a-wrong-place":  ("bad-number",             6, 10, "1"),
    "braces":                   ("formula-in-braces",      5, 13, 'function: "Max(0, x)"'),
    "leading-star":             ("alias",                  5, 13, 'function: "*x"'),
    "truth-for-number":         ("bad-number",             6, 15, "1"),
    "tab":                      ("tab",                    5,  1, "blanks"),
    "unknown-key":              ("unknown-field",          5,  3, "function"),
    "no-feedback":              ("no-feedback",            9,  5, "feedback:"),
    "no-right-option":          ("right-options",          7,  3, "correct: true"),
    "unreadable-function":      ("unreadable-formula",     5, 17, "sin"),
    "two-free-symbols":         ("which-variable",         5, 13, "variable: x"),
    "alias-bomb":               ("anchor",                 5, 10, "write the value out"),
    "wrong-type":               ("one-function",           5,  3, "kind: jacobian"),
    "empty-file":               ("empty-file",             1,  1, "schema: 1"),
    "only-comments":            ("empty-file",             1,  1, "schema: 1"),
    "order-zero":               ("bad-number",             6, 10, "1"),
    "unknown-kind":             ("unknown-kind",           5,  9, "gradient"),
    "no-exercises":             ("missing-field",          1,  1, "exercises:"),
    "too-few-points":           ("too-few-points",         5, 13, "domain:"),
    "no-slope":                 ("no-slope",               8,  7, "another point"),
    "field-of-another-kind":    ("field-of-another-kind",  6,  3, "delete it"),
    "unquoted-bars":            ("yaml",                   5, 14, 'function: "|x| + 1"'),
    "unquoted-bang":            ("tag",                    7,  5, '"!is this a product?"'),
    "wrong-shape":              ("wrong-shape",            8,  3, "[…, …]"),
    "unknown-placeholder":      ("unknown-placeholder",    6, 11, "function"),
    "empty-domain":             ("empty-interval",         6, 15, "smaller end"),
    "stranger-in-answer":       ("unreadable-formula",     6, 15, "x"),
    "colon-in-text":            ("yaml",                   6, 19, '"Remember: differentiate'),
    "second-document":          ("several-documents",      6,  1, "delete"),
}
UNUSABLE = {"not-utf-8": "not-utf-8", "utf-16": "not-utf-8"}
# fmt: on


@cache
def found_in(name: str) -> tuple[Finding, ...]:
    return check_paths((str(FAULTS / f"{name}.yaml"),), workers=1).findings


def test_every_seeded_file_is_in_the_table() -> None:
    assert {path.stem for path in FAULTS.glob("*.yaml")} == SEEDED.keys() | UNUSABLE.keys()


@pytest.mark.parametrize("name", SEEDED)
def test_a_seeded_fault_is_refused_with_code_line_and_fix(name: str) -> None:
    code, line, column, fix = SEEDED[name]
    findings = [finding for finding in found_in(name) if finding.error.code == code]
    assert [(found.error.line, found.error.column) for found in findings] == [(line, column)]
    assert fix in (findings[0].error.suggestion or "")
    assert not findings[0].is_warning
    assert findings[0].error.excerpt or name == "empty-file"


@pytest.mark.parametrize("name", SEEDED)
def test_every_finding_says_what_to_do(name: str) -> None:
    assert all(finding.error.suggestion for finding in found_in(name))


@pytest.mark.parametrize("name", ["wrong-key", "braces", "two-free-symbols"])
def test_the_page_has_place_line_caret_and_fix(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FAULTS)
    code, line, column, fix = SEEDED[name]
    result = run(f"{name}.yaml")
    lines = result.output.splitlines()
    assert f"{name}.yaml:{line}:{column}:" in result.output
    assert f"[{code}]" in result.output
    excerpt = (FAULTS / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[line - 1]
    assert lines[lines.index("  " + excerpt) + 1] == " " * (column + 1) + "^"
    (help_line,) = [text for text in lines if text.startswith("  help: ")]
    assert fix in help_line
    assert lines[-1].endswith("1 fault.")
    assert result.exit_code == 1


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_decoded_ends_with_3(name: str) -> None:
    result = run(FAULTS / f"{name}.yaml")
    assert result.exit_code == 3
    assert f"[{UNUSABLE[name]}]" in result.output
    assert "save the file as UTF-8" in result.output


def test_a_file_that_is_not_there_does_not_hide_the_others() -> None:
    result = run("none.yaml", FAULTS / "order-zero.yaml")
    assert result.exit_code == 3
    assert "none.yaml does not exist" in result.output
    assert "[bad-number]" in result.output


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + "- id: a\n  function: sin(x)\n  answer: sin(x)\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(HEAD + "- id: b\n  funktion: sin(x)\n  order: 9\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text(HEAD + "- id: a\n  function: cos(x)\n", encoding="utf-8")
    checked = check_paths((str(tmp_path),), workers=1)
    found = [(Path(finding.error.file).name, finding.error.line, finding.error.code) for finding in checked.findings]
    assert found == [
        ("a.yaml", 6, "wrong-key"),
        ("b.yaml", 4, "missing-field"),
        ("b.yaml", 5, "unknown-field"),
        ("b.yaml", 6, "bad-number"),
        ("c.yaml", 4, "duplicate-id"),
    ]
    assert (checked.files, checked.exercises, checked.faults) == (3, 2, 5)


def test_json_holds_what_the_page_says() -> None:
    result = run("--json", FAULTS / "wrong-key.yaml")
    row = json.loads(result.stdout)
    assert (row["files"], row["exercises"], row["faults"], row["warnings"]) == (1, 1, 1, 0)
    (finding,) = row["findings"]
    assert (finding["line"], finding["column"], finding["code"]) == (6, 11, "wrong-key")
    assert (finding["exercise"], finding["severity"]) == ("a", "fault")
    assert result.exit_code == 1


SOUND = """
- id: gauss
  function: exp(-x^2)
  skills: [chain-rule, chian-rule]
  hints: ["Which slope has exp?", "The slope of exp(u) is exp(u)."]
  mistakes: [{answer: exp(-x^2), name: chain-drop-iner, feedback: "The inside moves too."}]
"""


def test_an_unknown_skill_and_mal_rule_are_warnings_that_refuse_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(HEAD + SOUND.lstrip(), encoding="utf-8")
    result = run(file)
    assert result.exit_code == 0
    assert "[warning, unknown-skill]" in result.output
    assert "did you mean `chain-rule`?" in result.output
    assert "did you mean `chain-drop-inner`?" in result.output
    assert "1 file, 1 exercise: 0 faults, 2 warnings." in result.output


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("kind: number\n  function: x^2\n  at: {x: 3}\n  answer: 7", "wrong-key"),
        ("kind: number\n  function: sin(x)\n  at: {x: 0.5}\n  answer: 0.878", None),
        ("kind: number\n  function: sin(x)\n  at: {x: 0.5}\n  answer: 0.868", "wrong-key"),
        ("kind: number\n  function: abs(x)\n  at: {x: 0}", "no-slope"),
        ("kind: jacobian\n  functions: [x*y, x + y]\n  variables: [x, y]\n  answer: [[y, x], [1, 1]]", None),
        ("kind: jacobian\n  functions: [x*y, x + y]\n  variables: [x, y]\n  answer: [[y, x], [1, x]]", "wrong-key"),
        ("function: ln(x)\n  domain: {x: [-3, -2]}", "too-few-points"),
        ("function: ln(x)\n  domain: x > 0", None),
        ("function: x^8\n  order: 8", None),
        ("function: x^2\n  answer: x + x", None),
        ("function: sqrt(x^2)\n  answer: 1", "wrong-key"),
        ('prompt: "Say it."\n  answer: sqrt(-1 - x^2)', "too-few-points"),
        ('prompt: "Say it."\n  answer: x + 1', None),
        ('kind: number\n  prompt: "How many?"\n  answer: 3', None),
        ("function: max(x, 2x)\n  domain: x > 0\n  answer: 2", None),
        ("function: exp(x)\n  hints: [\"exp is its own slope: think of exp(x).\"]", None),
        ("function: x^3\n  hints: [\"d/dx x^3 = 3x²\"]", "hint-gives-key"),
        ("function: x^3\n  hints: [\"It is 3 x squared.\"]", None),
        ("function: x^3\n  hints: [\"So f'(x) is 3·x·x and no more\"]", "hint-gives-key"),
        ("function: 2x\n  hints: [\"the slope of 2 x is 2\"]", "hint-gives-key"),
        ("function: 2x\n  hints: [\"x has slope 1\"]", None),
    ],
)  # fmt: skip
def test_an_exercise_is_refused_or_passed(fields: str, code: str | None, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"{HEAD}- id: tried\n  {fields}\n", encoding="utf-8")
    codes = {finding.error.code for finding in check_paths((str(file),), workers=1).findings}
    assert codes == ({code} if code else set())


def test_the_shipped_exercises_pass_and_one_worker_finds_what_two_find() -> None:
    checked = check_paths((str(shipped_folder()),), workers=2)
    assert [str(finding.error) for finding in checked.findings] == []
    assert checked.exercises >= 64


def test_a_worker_that_cannot_finish_costs_only_its_exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.apps.author_check.DEADLINE", 0.01)
    file = tmp_path / "a.yaml"
    file.write_text(HEAD + "- id: a\n  function: sin(x)^9*exp(x)\n  order: 6\n", encoding="utf-8")
    (finding,) = check_paths((str(file),), workers=1).findings
    assert finding.error.code == "too-slow"
