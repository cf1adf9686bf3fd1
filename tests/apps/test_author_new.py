"""`author new`: from questions or options to a file that passes `author check`; nothing that is there is disturbed."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.apps.author_append import open_unit, with_exercise
from tutor.apps.author_check import check_paths
from tutor.apps.author_draft import Draft, scalar, unit_of
from tutor.apps.author_mistakes import expected_mistakes
from tutor.checking.check import check
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import Status
from tutor.cli import difftutor
from tutor.errors import UsageError
from tutor.exercise.loader import load_unit
from tutor.exercise.strict_yaml import Mapping, Sequence, Text, read_yaml
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.feedback.wording import mal_rules
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Slope


def run(*arguments: str | Path, stdin: str = "") -> Result:
    words = ["author", *map(str, arguments)]
    return CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(
        difftutor, words, input=stdin, prog_name="difftutor"
    )


def passes(path: Path) -> bool:
    return [str(finding.error) for finding in check_paths((str(path),), workers=1).findings] == []


# ---- without questions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["-f", "sin(x^2)"], ["id: sin-x2", "function: sin(x^2)", "skills: [chain-rule, trig"]),
        (["-f", "x^2*y", "-x", "x", "-x", "y"], ["kind: gradient", "variables: [x, y]", "id: gradient-x2y"]),
        (["-f", "a*x^2", "-x", "x"], ["variable: x", "skills: [partial"]),
        (["-f", "x^3", "--at", "x = 2"], ["kind: number", "at: {x: 2}", "skills: [evaluate-at"]),
        (["-f", "x*y", "-f", "|x| + y", "-x", "x,y"], ["kind: jacobian", "- x*y", '- "|x| + y"']),
        (["-f", "max(0, x)"], ['function: "max(0, x)"', "skills: [max-gate]"]),
        (["-f", "x^4", "--order", "2"], ["order: 2", "second-derivative"]),
        (
            ["-f", "-x^2", "--id", "mine", "--title", "A: b", "--difficulty", "5"],
            ["- id: mine", 'title: "A: b"', "difficulty: 5"],
        ),
    ],
)
def test_an_exercise_from_options_passes_its_check(options: list[str], written: list[str], tmp_path: Path) -> None:
    file = tmp_path / "unit.yaml"
    result = run("new", file, *options)
    assert result.exit_code == 0, result.output
    text = file.read_text(encoding="utf-8")
    assert [words for words in written if words not in text] == []
    assert passes(file)


def test_without_a_file_the_yaml_goes_to_standard_output(tmp_path: Path) -> None:
    result = run("new", "--function", "exp(-x^2)")
    assert result.exit_code == 0
    (tmp_path / "a.yaml").write_text(result.stdout, encoding="utf-8")
    assert passes(tmp_path / "a.yaml")
    assert "derived key: -2*x*exp(-x^2)" in result.stdout


def test_what_is_derived_and_what_to_type_next_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = run("new", "-f", "sin(x^2)", "--to", "my unit.yaml").output
    assert "Differentiate sin(x²) with respect to x." in shown
    assert "f'(x) = 2x·cos(x²)" in shown
    assert "SymPy and the slope of f, measured at" in shown
    assert re.search(r"cos\(x²\) +chain-drop-inner", shown) or "cos(x²): mal-rule chain-drop-inner" in shown
    assert "difftutor author check 'my unit.yaml'" in shown
    assert "difftutor quiz --exercises 'my unit.yaml' sin-x2" in shown


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["-f", "sin(x^2"], 2, "sin(x^2\n     ^"),
        (["-f", "sinn(x)"], 2, "did you mean sin?"),
        (["-f", "a*x^2"], 2, "the symbols are a, x"),
        (["-f", "x^2", "--kind", "gradent"], 2, "did you mean `gradient`?"),
        (["-f", "x^2", "--kind", "number"], 2, "x has no value"),
        (["-f", "x^2", "--id", "My Id"], 2, "my-id"),
        (["-f", "x^2", "--difficulty", "6"], 2, "1<=x<=5"),
        (["-f", "x^2", "--at", "y=2"], 2, "x has no value there"),
        (["a.yaml", "--to", "b.yaml", "-f", "x"], 2, "give one of them"),
        (["/nowhere/a.yaml", "-f", "x"], 2, "mkdir /nowhere"),
        (["/", "-f", "x"], 2, "name a file"),
    ],
)
def test_what_cannot_be_made_is_said(options: list[str], code: int, said: str) -> None:
    result = run("new", *options)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_an_id_that_is_taken_gets_a_number_or_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    run("new", file, "-f", "sin(x)")
    assert "- id: sin-x-2" in (run("new", file, "-f", "sin(x)"), file.read_text(encoding="utf-8"))[1]
    refused = run("new", file, "-f", "cos(x)", "--id", "sin-x")
    assert refused.exit_code == 2
    assert "is taken" in refused.stderr
    (tmp_path / "b.yaml").touch()
    (tmp_path / "b.yaml").unlink()
    assert "id: sin-x-3" in (run("new", tmp_path / "b.yaml", "-f", "sin(x)"), (tmp_path / "b.yaml").read_text())[1]


# ---- files that are there ----------------------------------------------------------------------------------------

FILES = {
    "indented": "# mine\nschema: 1\nunit: u\nexercises:\n  # first\n  - id: a\n    function: sin(x)  # note\n"
    "\n  - {id: b, function: cos(x)}\n# end\n",
    "tight": "schema: 1\nexercises:\n- id: a\n  function: sin(x)\n- id: b\n  function: cos(x)",
    "followed": "schema: 1\nexercises:\n- id: a\n  function: sin(x)\n\n# about the unit\nunit: u\n",
    "windows": "schema: 1\r\nexercises:\r\n- id: a\r\n  function: sin(x)\r\n",
    "bom": "\ufeffschema: 1\nexercises:\n-   id: a\n    function: sin(x)\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_adding_leaves_every_character_in_place(name: str, tmp_path: Path) -> None:
    file = tmp_path / "unit.yaml"
    file.write_bytes(FILES[name].encode("utf-8"))
    file.chmod(0o640)
    assert run("new", file, "-f", "tan(x)").exit_code == 0
    after = file.read_bytes().decode("utf-8")
    start = next(place for place in range(len(after)) if after[place] != FILES[name][place : place + 1])
    tail = len(after) - (len(FILES[name]) - start)
    assert after[:start] + after[tail:] == FILES[name]
    assert [exercise.id for exercise in load_unit(file, KINDS).exercises][-1] == "tan-x"
    assert passes(file)
    assert ("\r\n" in after) == (name == "windows")
    assert not re.search(r"(?<!\r)\n", after) or name != "windows"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["unit.yaml"]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("schema: 1\nexercises: [{id: a, function: sin(x)}]\n", 2, "write it to another file"),
        ("schema: 1\nexercises:\n- id: a\n  function: sin(\n", 3, "is never closed"),
        ("schema: 1\nexercises:\n- id: a\n  function: x\n...\n", 2, "write it to another file"),
        ("not yaml: [", 3, ""),
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_is(content: str, code: int, said: str, tmp_path: Path) -> None:
    file = tmp_path / "unit.yaml"
    file.write_text(content, encoding="utf-8")
    result = run("new", file, "-f", "tan(x)")
    assert result.exit_code == code
    assert said in result.stderr
    assert file.read_text(encoding="utf-8") == content


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("new", tmp_path / "a.yaml", "-f", "tan(x)")
    assert result.exit_code == 2
    assert "no space left" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_schema_line_stands_where_the_schema_lies(tmp_path: Path) -> None:
    run("schema", "--output", tmp_path / "exercise.schema.json")
    run("new", tmp_path / "a.yaml", "-f", "tan(x)")
    assert (tmp_path / "a.yaml").read_text().startswith("# yaml-language-server: $schema=exercise.schema.json\n")


def test_an_addition_that_would_change_others_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("schema: 1\nexercises:\n- id: a\n  prompt: |\n    Say it.\n  answer: x\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        with_exercise(open_unit(file), Draft(functions=("x",), id="a"), "")
    assert caught.value.code == "cannot-append"


# ---- questions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("\nsin(x^2)\n\n\n\n\n", ["id: sin-x2", "function: sin(x^2)"]),
        (
            "expr\nsin(x^2)\nmine\nA title\ntrig\n3\n",
            ["- id: mine", "title: A title", "skills: [trig]", "difficulty: 3"],
        ),
        ("g\nx*y^2\n\n\n\n\n\n", ["kind: gradient", "variables: [x, y]"]),
        ("5\nx^2\nx = 3\n\n\n\n\n", ["kind: number", "at: {x: 3}"]),
        ("j\n[x*y, x + y]\ny, x\n\n\n\n\n", ["- x*y", "- x + y", "variables: [y, x]"]),
        ("choice\nWhy?\nBecause.\n\nNo\nIt is not.\n\n\n\n\n\n", ["prompt: Why?", "correct: true", '- text: "No"']),
        ("\na*x\n", ["variable: x"]),
    ],
)
def test_questions_answered_through_a_pipe(typed: str, written: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    result = run("new", "--plain", file, stdin=typed)
    assert result.exit_code == 0, result.output
    text = file.read_text(encoding="utf-8")
    assert [words for words in written if words not in text] == []
    assert passes(file)


def test_without_a_file_it_is_asked_first_and_its_ids_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", stdin="\n\nsin(x)\n\n\n\n\n").exit_code == 0
    assert run("new", stdin="my-unit.yaml\n\nsin(x)\n\n\n\n\n").exit_code == 0
    assert [exercise.id for exercise in load_unit(Path("my-unit.yaml"), KINDS).exercises] == ["sin-x", "sin-x-2"]


@pytest.mark.parametrize("typed", ["\n", "", "\nsinn(x)\n", "quiz\n", "\nsin(x)\nBad Id\n"])
def test_a_pipe_with_a_bad_line_ends_and_writes_nothing(typed: str, tmp_path: Path) -> None:
    result = run("new", tmp_path / "a.yaml", stdin=typed)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_a_bad_line_is_asked_again_and_ctrl_c_writes_nothing(tmp_path: Path) -> None:
    settings = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = ["-m", "tutor", "author", "new", "a.yaml"]
    child = pexpect.spawn(
        sys.executable, command, cwd=tmp_path, env=settings, dimensions=(24, 80), timeout=30, encoding="utf-8"
    )
    child.expect(r"Kind: .*\[expression\]")
    child.send("qiz\r")
    child.expect("there is no kind qiz")
    child.expect(r"\[expression\]")
    child.send("\r")
    child.expect("Function:")
    child.send("sin(x^")
    child.expect("an exponent is missing")
    child.send("2)\r")
    child.expect("key .*2x·cos")
    child.expect(r"Id \[sin-x2\]:")
    child.send("Sin X\r")
    child.expect("is no name")
    child.expect(r"Id \[sin-x2\]:")
    child.sendcontrol("c")
    child.expect("Nothing was written.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert list(tmp_path.iterdir()) == []


# ---- parts -------------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co")),
        min_size=1,
        max_size=40,
    )
)
def test_a_text_comes_back_from_yaml_as_it_was(text: str) -> None:
    wanted = " ".join(text.split())
    if not wanted or not wanted.isprintable():
        return
    document = read_yaml(f"- field: {scalar(text)}\n  other: 1\n")
    assert document.faults == ()
    assert isinstance(document.root, Sequence)
    (mapping,) = document.root.items
    assert isinstance(mapping, Mapping)
    value = mapping.entries[0].value
    assert isinstance(value, Text)
    assert (value.value, value.is_null) == (wanted, False)


@pytest.mark.parametrize(
    ("name", "unit"), [("08-my_unit.yaml", "my-unit"), ("Kettenregel II.yml", "kettenregel-ii"), ("12.yaml", "my-unit")]
)
def test_the_unit_is_named_after_its_file(name: str, unit: str) -> None:
    assert unit_of(Path(name)) == unit


@pytest.mark.parametrize(
    ("function", "wrong", "mal_rule"),
    [
        ("sin(x^2)", "cos(x^2)", "chain-drop-inner"),
        ("sin(x^2)", "2*x*cos(x)", "chain-outer-at-x"),
        ("x^2*exp(x)", "2*x*exp(x)", "product-of-derivatives"),
        ("(3x + 1)^5", "5*(3*x + 1)^4", "chain-drop-inner"),
        ("ln(cos(x))", "sin(x)/cos(x)", "trig-cos-sign"),
    ],
)
def test_expected_mistakes_name_their_mal_rules(function: str, wrong: str, mal_rule: str) -> None:
    found = expected_mistakes(parse(function).expression, ("x",), Domain({}))
    assert mal_rule in {to_text(mistake.answer): mistake.mal_rules for mistake in found}[wrong]


@pytest.mark.parametrize(
    "function", ["sin(x^2)", "x^2*exp(x)", "(3x + 1)^5", "sigmoid(2x)", "x/(x^2 + 1)", "sqrt(1 + x^2)"]
)
def test_expected_mistakes_are_wrong_answers_with_wording(function: str) -> None:
    tree = parse(function).expression
    found = expected_mistakes(tree, ("x",), Domain({}))
    assert len(found) >= 5
    for mistake in found:
        verdict = check(Slope(tree, ("x",)), mistake.answer, Domain({}), prove_here)
        assert verdict.status is Status.INCORRECT, to_text(mistake.answer)
        assert set(mistake.mal_rules) <= set(mal_rules())
