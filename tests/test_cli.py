"""The command line: arguments in, exit code out; every kind of bad usage is one clear message."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import __version__
from tutor.cli import COMMANDS, difftutor
from tutor.cli_formula import check_command
from tutor.cli_options import EXIT_CODES, split_formulas

LIGHT = {"click", "tutor", "tutor.cli", "tutor.cli_options", "tutor.cli_help", "tutor.errors", "tutor.render"}
HEAVY = ("sympy", "numpy", "flint", "prompt_toolkit", "pydantic", "rich", "yaml", "jinja2", "fsrs", "platformdirs")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("DIFFTUTOR_STORE", str(tmp_path / "history.sqlite"))


def run(*arguments: str, stdin: str | bytes = "", **environment: str) -> Result:
    return CliRunner(env=environment).invoke(difftutor, list(arguments), input=stdin, prog_name="difftutor")


def process(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tutor", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, env={**os.environ, **environment}, timeout=60, check=False
    )


def commands() -> Iterator[tuple[str, click.Command]]:
    group = click.Context(difftutor)
    for name in COMMANDS:
        command = difftutor.get_command(group, name)
        assert command is not None
        yield name, command


# ---- help --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command_and_an_example(option: str) -> None:
    result = run(option)
    assert result.exit_code == 0
    assert all(f"  {name} " in result.output for name in COMMANDS)
    assert "difftutor explain 'exp(sin(x^2))'" in result.output


def test_every_command_says_what_the_list_of_commands_says_and_ends_with_an_example() -> None:
    for name, command in commands():
        text = run(name, "-h").output
        description = text.partition("Options:")[0]
        assert "Example:" in description
        assert f"difftutor {name}" in description.partition("Example:")[2], name
        assert run("help", name).output.split() == text.split()
        assert command.help


def test_help_fits_into_80_columns() -> None:
    pages = [run("-h").output, *(run(name, "-h").output for name in COMMANDS)]
    assert max(len(line) for page in pages for line in page.splitlines()) <= 80


def test_the_version() -> None:
    assert run("--version").output == f"difftutor {__version__}\n"


def test_exit_codes_are_documented() -> None:
    text = run("help", "exit-codes").output
    assert [int(line.split()[0]) for line in text.splitlines()] == list(EXIT_CODES)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_DIFFTUTOR_COMPLETE" in result.output


def test_completion_offers_the_commands() -> None:
    found = process(_DIFFTUTOR_COMPLETE="bash_complete", COMP_WORDS="difftutor ex", COMP_CWORD="1").stdout.decode()
    assert found.split() == ["plain,explain"]


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("completion", "bash"), ("help", "exit-codes")])
def test_what_only_prints_loads_only_click(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "tutor", *arguments]
    report = subprocess.run(command, capture_output=True, timeout=60, check=True).stderr.decode()
    loaded = {line.rpartition("|")[2].strip() for line in report.splitlines()}
    assert [name for name in loaded if name.partition(".")[0] in HEAVY] == []
    assert {name for name in loaded if name.startswith("tutor")} <= LIGHT | {"tutor.render.shown", "tutor.cli_formula"}


# ---- bad usage ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("explan", "x^2"), "Did you mean 'explain'?"),
        (("qiuz",), "Did you mean 'quiz'?"),
        (("x^2",), "For a formula: difftutor explain 'x^2'"),
        (("help", "chek"), "Did you mean 'check'?"),
        (("explain", "x^2", "--answr", "2x"), "Did you mean '--answer'?"),
        (("quiz", "--stor", "x"), "--store"),
        (("explain",), "Missing argument 'FUNCTION...'"),
        (("check", "x^2"), "Missing argument 'ANSWER'"),
        (("explain", "x^2", "--order", "9"), "1<=x<=8"),
        (("explain", "x^2", "--color", "red"), "'always'"),
        (("explain", "x*y"), "the symbols are x, y"),
        (("explain", "x^2", "--at", "2"), "--at 2 is not NAME=VALUE"),
        (("explain", "x^2", "--domain", "x=3"), "x=0.1..2"),
        (("explain", "x^2", "--domain", "x=2..1"), "no number lies between 2 and 1"),
        (("explain", "x^2", "--assume", "x=big"), "positive"),
        (("explain", "x^2", "--at", "y=2"), "`y` does not occur"),
        (("explain", "-", "--answer", "-"), "only one"),
        (("quiz", "u04-sinsqq"), "did you mean u04-sinsq?"),
        (("quiz", "--exercises", "/nowhere"), "does not exist"),
        (("rules", "chian-drop-inner"), "did you mean chain-drop-inner?"),
        (("rules", "juggling"), "difftutor rules lists all."),
    ],
)
def test_bad_usage_is_said_and_what_was_meant_is_guessed(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = run(*arguments, DIFFTUTOR_STORE=str(tmp_path / "store"))
    assert said in result.stderr
    assert result.exit_code == (3 if "/nowhere" in arguments else 2)
    assert result.stdout == ""
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("function", "caret"),
    [("sine(x)", "  ^^^^"), ("2x^^3", "    ^"), ("(x+1", "  ^"), ("x + 2,5", "     ")],
)
def test_an_unreadable_function_is_shown_with_its_place(function: str, caret: str) -> None:
    result = run("explain", function)
    assert result.exit_code == 2
    excerpt, carets = result.stderr.splitlines()[1:3]
    assert excerpt == f"  {function}"
    assert carets.startswith(caret)


def test_an_unreadable_answer_is_a_verdict_and_no_failure() -> None:
    result = run("check", "x^2", "2y")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("! Not readable: ")
    assert result.stdout.splitlines()[2] == "   ^"


# ---- formulas as arguments ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("cos(x)", "-sin(x)"), "correct"),
        (("-x^2", "-2x"), "correct"),
        (("-x^2/2", "-x"), "correct"),
        (("-x", "-1"), "correct"),
        (("--x", "1"), "correct"),
        (("--", "--x", "1"), "correct"),
        (("-x", "t", "-t^2", "-2t"), "correct"),
        (("-t^2", "-2t", "--variable", "t"), "correct"),
        (("-t^2", "--variable=t", "-2t"), "correct"),
        (("-h^2", "-2h"), "correct"),
        (("a*x^2", "2a*x", "-x", "x"), "correct"),
        (("a*x^2", "2a*x", "--wrt", "x"), "correct"),
        (("x^2*y", "(2x*y, x^2)", "-x", "x,y"), "correct"),
        (("x^2*y", "(2x*y, x^2)", "--wrt", "x, y"), "correct"),
        (("x^2", "-2x"), "incorrect"),
        (("x^3", "6x", "--order", "2"), "correct"),
        (("x^3", "12", "--at", "x=2"), "correct"),
        (("sqrt(x^2)", "1", "--assume", "x=positive"), "correct"),
        (("abs(x)", "1", "--domain", "x=1..2"), "correct"),
        (("abs(x)", "-1", "--domain", "x=..0"), "correct"),
    ],
)
def test_a_formula_may_begin_with_a_minus_sign(arguments: tuple[str, ...], status: str) -> None:
    result = run("check", "--json", *arguments)
    assert (json.loads(result.stdout)["status"] if result.exit_code == 0 else "usage") == status


FORMULAS = st.from_regex(r"-[0-9a-z(][0-9a-z()+*^ .-]{0,12}", fullmatch=True).filter(
    lambda text: text not in ("-h", "-x")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FORMULAS, max_size=3), st.lists(st.sampled_from(["--json", "--variable=x", "-h"]), max_size=2))
def test_formulas_and_options_are_told_apart(formulas: list[str], options: list[str]) -> None:
    mixed = [word for pair in zip(formulas, options, strict=False) for word in pair]
    rest = [*formulas[len(options) :], *options[len(formulas) :]]
    assert split_formulas([*mixed, *rest], check_command.params) == (options, formulas)


def test_an_option_takes_a_formula_as_its_value() -> None:
    words = ["cos(x)", "--answer", "-sin(x)", "-x", "x", "--json"]
    (_, explain), *_ = commands()
    assert split_formulas(words, explain.params) == (["--answer", "-sin(x)", "-x", "x", "--json"], ["cos(x)"])


# ---- streams -----------------------------------------------------------------------------------------------------


def test_a_dash_is_standard_input() -> None:
    assert run("check", "x^2", "-", stdin="2x\n").stdout.startswith("✓ Correct.")
    assert run("check", "-", "2x", stdin="x^2\n").stdout.startswith("✓ Correct.")
    assert run("explain", "x^2", "--answer", "-", stdin="2x\n").stdout.startswith("✓ Correct.")
    assert "Jacobian" in run("explain", "-", "-x", "x", "-x", "y", stdin="x*y\nx+y\n").stdout


def test_an_empty_standard_input_is_said() -> None:
    assert run("explain", "-").exit_code == 2
    assert run("check", "x^2", "-").stdout.startswith("! Not readable: ")


@pytest.mark.parametrize("place", ["before", "after"])
def test_looks_stand_before_or_after_the_command(place: str) -> None:
    words = ["check", "x^2", "2x"]
    arguments = (
        ["--ascii", "--color", "always", *words] if place == "before" else [*words, "--ascii", "--color", "always"]
    )
    result = run(*arguments)
    assert result.stdout.isascii()
    assert "\x1b[32m[ok] Correct." in result.stdout


def test_text_of_the_learner_cannot_reach_the_terminal_raw() -> None:
    result = run("check", "x^2", "2x\x1b[2J\u202e")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "\\x1b[2J" in result.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_another_encoding_shows_ascii(encoding: str) -> None:
    found = process("check", "x^2", "3x²", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert found.returncode == 0
    assert found.stdout.decode("ascii").startswith("[x] Not yet.")
    assert found.stderr == b""


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "tutor", "explain", "x^2", "--numeric"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_ctrl_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("tutor.apps.explain.run_explain", interrupted)
    result = run("explain", "x^2")
    assert (result.exit_code, result.output.strip()) == (130, "")


def test_json_is_one_line_with_the_row_and_the_steps() -> None:
    result = run("explain", "exp(sin(x^2))", "--answer", "2x exp(sin(x^2))", "--json")
    row = json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert (row["status"], row["function"]) == ("incorrect", "exp(sin(x^2))")
    assert row["diagnosis"][0]["mal_rules"] == ["chain-drop-middle"]
    assert row["numeric"]["witness"]["at"]
    assert [layer["tick"] for layer in row["steps"][0]["layers"]] == ["right", "wrong", "right"]
    assert "steps" not in json.loads(run("check", "x^2", "2x", "--json").stdout)


def test_json_holds_the_finite_differences_when_they_are_asked_for() -> None:
    rows = json.loads(run("explain", "x^3", "--numeric", "--at", "x=2", "--json").stdout)["finite_differences"]
    central = {row["step"]: row["value"] for row in rows if row["scheme"] == "central"}
    assert rows[0]["at"] == {"x": "2"}
    assert central[1e-3] == pytest.approx(12 + 1e-6, abs=1e-9)


def test_json_without_an_answer_has_the_same_fields() -> None:
    asked = json.loads(run("explain", "x^2", "--json").stdout)
    answered = json.loads(run("explain", "x^2", "--answer", "2x", "--json").stdout)
    assert asked.keys() == answered.keys()
    assert (asked["status"], asked["steps"][0]["derivative"]) == (None, "2*x")
    assert [asked[name] for name in ("schema_version", "program_version", "cells")] == [1, __version__, []]


# ---- the readme's examples ---------------------------------------------------------------------------------------


def test_the_examples_of_explain_and_check_run() -> None:
    for name in ("explain", "check"):
        text = run(name, "-h").output
        for line in re.findall(rf"^ +difftutor ({name} .*)$", text, re.MULTILINE):
            words = [word.strip("'") for word in re.findall(r"'[^']*'|\S+", line)]
            assert run(*words).exit_code == 0, line


# ---- grade ------------------------------------------------------------------------------------------------------


def test_grade_reads_standard_input_and_writes_rows() -> None:
    result = run("grade", "-", "--quiet", "--workers", "1", stdin="function,answer\nx^2,2x\nx^2,3x\n")
    assert result.exit_code == 0
    assert [json.loads(line)["status"] for line in result.stdout.splitlines()] == ["correct", "incorrect"]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"name,colour\na,b\n"])
def test_a_file_that_cannot_be_graded_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(content)
    result = run("grade", str(path))
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("difftutor: ")
