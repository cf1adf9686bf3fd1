"""`progress` and `reset` on the command line: what is counted, what it says, what begins anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.apps.quiz_fakes import play_script
from tests.apps.terminal import Terminal
from tutor.cli import difftutor
from tutor.practice.history import History, What
from tutor.practice.standing import finished, standings


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record: one right at once, one right after two slips, one skipped, one marked."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("DIFFTUTOR_STORE", str(tmp_path / "history.sqlite"))
    play_script(
        tmp_path, "cos(x^2)", "2x cos(x)", "2x cos(x^2)", "(2x y, x^2 + 1)", ":flag no | [why](x)?", ":skip", ":quit"
    )
    return tmp_path


def run(folder: Path, *words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(
        difftutor, [*words, "--exercises", str(folder / "bank")], input=stdin, prog_name="difftutor"
    )


def test_the_table(played: Path) -> None:
    lines = run(played, "progress").stdout.splitlines()
    assert [line.split() for line in lines[1:4]] == [
        ["first", "2", "of", "2", "1", "4", "chain-drop-inner"],
        ["second", "0", "of", "2", "0", "0"],
        ["all", "2", "of", "4", "1", "4"],
    ]
    text = "\n".join(lines)
    for words in (
        "chain-outer-at-x", "once", "Marked with :flag:", "- pick: no | [why](x)?",
        "Next: difftutor quiz, or difftutor quiz second for one unit.",
    ):  # fmt: skip
        assert words in text
    assert max(map(len, lines)) <= 80


def test_markdown_escapes_what_a_learner_wrote(played: Path) -> None:
    text = run(played, "progress", "--markdown").stdout
    assert "| first | 2 of 2 | 1 | 4 | `chain-drop-inner` |" in text
    assert "- `pick`: no \\| \\[why\\](x)?" in text


def test_json_has_every_exercise(played: Path) -> None:
    value = json.loads(run(played, "progress", "--json").stdout)
    first, second = value["units"]
    assert (value["schema_version"], first["finished"], first["first_try"], first["attempts"]) == (1, 2, 1, 4)
    assert first["slips"][0]["mal_rule"] in ("chain-drop-inner", "chain-outer-at-x")
    assert second["flagged"] == [{"exercise": "pick", "note": "no | [why](x)?"}]
    assert [one["exercise"] for unit in value["units"] for one in unit["exercises"]] == [
        "sine",
        "saddle",
        "pick",
        "value",
    ]
    assert value["total"]["finished"] == 2


def test_without_a_record(tmp_path: Path, played: Path) -> None:
    found = run(played, "progress", "--store", str(tmp_path / "none" / "history.sqlite"))
    assert found.exit_code == 0
    assert "Nothing is recorded yet." in found.stdout
    assert not (tmp_path / "none").exists()


def test_a_damaged_record_is_left_as_it_is(tmp_path: Path, played: Path) -> None:
    (tmp_path / "bad").write_bytes(b"not a database" * 99)
    found = run(played, "progress", "--store", str(tmp_path / "bad"))
    assert found.exit_code == 3
    assert "not a database" in found.stderr
    assert (tmp_path / "bad").exists()


# ---- reset ----------------------------------------------------------------------------------------------------------


def done(folder: Path) -> frozenset[str]:
    return finished(standings(History(folder / "history.sqlite").records()))


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["sine"], {"saddle"}),
        (["first"], set()),
        (["01-first"], set()),
        (["all"], set()),
        (["pick"], {"sine", "saddle"}),
    ],
)
def test_what_begins_anew(played: Path, names: list[str], left: set[str]) -> None:
    before = History(played / "history.sqlite").records()
    found = run(played, "reset", *names, "--yes")
    assert found.exit_code == 0
    assert done(played) == left
    after = History(played / "history.sqlite").records()
    assert after[: len(before)] == before
    assert {record.what for record in after[len(before) :]} == {What.RESET}
    assert "history.backup-1.sqlite" in found.stdout
    assert History(played / "history.backup-1.sqlite").records() == before


def test_what_was_never_begun_needs_no_reset(played: Path) -> None:
    found = run(played, "reset", "value", "--yes")
    assert (found.exit_code, found.stdout) == (0, "Nothing of this is recorded; there is nothing to begin anew.\n")
    assert not (played / "history.backup-1.sqlite").exists()


def test_an_unknown_name_says_which_was_meant(played: Path) -> None:
    found = run(played, "reset", "sin", "--yes")
    assert found.exit_code == 2
    assert "did you mean sine?" in found.stderr


def test_nobody_is_asked_in_a_pipe(played: Path) -> None:
    found = run(played, "reset", "all", stdin="y\n")
    assert found.exit_code == 2
    assert "--yes" in found.stderr
    assert done(played) == {"sine", "saddle"}


@pytest.mark.parametrize(("typed", "says", "left"), [("n", "Nothing was changed.", 2), ("y", "Begun anew", 0)])
def test_in_a_terminal_one_is_asked(played: Path, typed: str, says: str, left: int) -> None:
    with Terminal(played, "reset", "all", "--exercises", str(played / "bank")) as terminal:
        terminal.until("Begin 3 exercises (2 finished) anew? [y/N]:")
        terminal.type(f"{typed}\r").until(says)
        assert terminal.ended() == 0
    assert len(done(played)) == left
