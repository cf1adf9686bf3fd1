"""`author preview` shows the quiz's own pages; `author schema` writes where it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor.cli import difftutor


def run(*arguments: str | Path) -> Result:
    words = ["author", *map(str, arguments)]
    return CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(difftutor, words, prog_name="difftutor")


def test_without_an_answer_question_hints_and_worked_steps() -> None:
    shown = run("preview", "u04-sinsq").output
    for words in ("Differentiate sin(x²)", "f'(x) =", "Hint 1 of 3", "Hint 3 of 3", "Worked steps", "chain-sin"):
        assert words in shown


def test_with_answers_what_is_said_to_each() -> None:
    result = run("preview", "u04-sinsq", "--attempt", "cos(x^2)", "--attempt", "2x cos(x^2)", "--attempt", "2x cos(")
    assert result.exit_code == 0
    assert "chain-drop-inner" in result.output
    assert "✓ Correct." in result.output
    assert "Not readable" in result.output
    assert "Hint" not in result.output


def test_a_choice_shows_its_options_and_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    choices = '\n  - {text: "So.", correct: true, feedback: "Yes, so."}\n  - {text: "Not so.", feedback: "No."}\n'
    text = f'schema: 1\nexercises:\n- id: why\n  kind: choice\n  prompt: "Why?"\n  choices:{choices}'
    file.write_text(text, encoding="utf-8")
    shown = run("preview", "why", "--exercises", file).output
    assert "2  Not so." in shown
    assert "Yes, so." in shown
    assert "No." in run("preview", "why", "--exercises", file, "--attempt", "b").output


def test_an_unknown_id_is_guessed() -> None:
    result = run("preview", "u04-sinsqq")
    assert result.exit_code == 2
    assert "did you mean `u04-sinsq`?" in result.stderr


@pytest.mark.parametrize("content", ["schema: 1\nexercises:\n- id: a\n  function: sin(\n", "\0"])
def test_a_faulty_file_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(content, encoding="utf-8")
    result = run("preview", "a", "--exercises", tmp_path / "a.yaml")
    assert result.exit_code == 3
    assert "Traceback" not in result.output


def test_the_schema_goes_to_standard_output_or_a_file(tmp_path: Path) -> None:
    printed = run("schema").stdout
    assert json.loads(printed)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    result = run("schema", "--output", tmp_path / "s.json")
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == printed
    assert "# yaml-language-server: $schema=s.json" in result.stderr


@pytest.mark.parametrize("command", ["new", "check", "preview", "schema"])
def test_help_of_every_command_ends_with_an_example(command: str) -> None:
    shown = run(command, "--help").output
    assert f"difftutor author {command}" in shown.partition("Example:")[2]
    assert max(map(len, shown.splitlines())) <= 80


def test_a_misspelt_command_is_guessed() -> None:
    result = run("chek")
    assert result.exit_code == 2
    assert "'check'" in result.stderr.partition("Did you mean")[2]
