"""The set-up from a bare Python: what old Pythons read, when `.venv` is ready, and what is said when it fails."""

from __future__ import annotations

import ast
import errno
import os
import subprocess
import sys
from pathlib import Path

import environment
import installation
import pytest

SCRIPTS = Path(environment.ROOT) / "scripts"


@pytest.mark.parametrize("name", ["run.py", "test.py", "environment.py"])
def test_an_old_python_can_read_the_script(name: str) -> None:
    text = (SCRIPTS / name).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 6))
    assert [node for node in ast.walk(tree) if isinstance(node, ast.NamedExpr | ast.Match)] == []
    assert "from __future__ import annotations" not in text


def test_an_old_python_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(environment, "is_ready", lambda purpose: False)
    monkeypatch.setattr(environment, "OLDEST", (99, 0))
    with pytest.raises(SystemExit) as stop:
        environment.prepare("run")
    assert stop.value.code == environment.SET_UP_FAILED
    assert "needs Python 99.0 or newer; this is Python 3." in capsys.readouterr().err


# ---- ready or not ------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a lock, a description and a finished `.venv`."""
    home = tmp_path / ".venv"
    (tmp_path / "scripts").mkdir()
    (home / "bin").mkdir(parents=True)
    for file in ("pyproject.toml", "scripts/requirements.lock", ".venv/bin/python"):
        (tmp_path / file).write_text("x", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", str(tmp_path))
    monkeypatch.setattr(environment, "HOME", str(home))
    monkeypatch.setattr(environment, "PYTHON", str(home / "bin" / "python"))
    monkeypatch.setattr(environment, "LOCK", str(tmp_path / "scripts" / "requirements.lock"))
    Path(environment.stamp("run")).write_text(environment.key(), encoding="utf-8")
    return tmp_path


def test_a_finished_environment_is_ready_for_its_purpose(checkout: Path) -> None:
    assert environment.is_ready("run")
    assert not environment.is_ready("develop")


@pytest.mark.parametrize("file", ["pyproject.toml", "scripts/requirements.lock"])
def test_a_change_of_what_it_was_made_from_makes_it_stale(checkout: Path, file: str) -> None:
    (checkout / file).write_text("y", encoding="utf-8")
    assert not environment.is_ready("run")


def test_a_lost_interpreter_makes_it_stale(checkout: Path) -> None:
    (checkout / ".venv/bin/python").unlink()
    assert not environment.is_ready("run")


def test_a_moved_checkout_makes_it_stale(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", str(checkout / "elsewhere"))
    assert not environment.is_ready("run")


def test_only_one_run_sets_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "HOME", tmp_path)
    monkeypatch.setattr(installation, "LOCK_FILE", tmp_path / "set-up.lock")
    other = (
        "import sys; sys.path.insert(0, sys.argv[1]); import installation, pathlib\n"
        "print(installation._take(pathlib.Path(sys.argv[2]).open('a+b')))"
    )
    command = [sys.executable, "-c", other, str(SCRIPTS), str(tmp_path / "set-up.lock")]
    with installation.only_one():
        assert subprocess.check_output(command, text=True).strip() == "False"
    assert subprocess.check_output(command, text=True).strip() == "True"


# ---- the lock file's parts ---------------------------------------------------------------------------------


def test_to_run_needs_less_than_to_develop() -> None:
    run, develop = installation.requirements("run"), installation.requirements("develop")
    assert "sympy==" in run
    assert "pytest==" not in run
    assert "pytest==" in develop
    assert installation.pins(run) < installation.pins(develop)


# ---- what is said ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("Failed to establish a new connection: [Errno -2] Name or service not known", "cannot be reached"),
        ("Temporary failure in name resolution", "cannot be reached"),
        ("ERROR: No matching distribution found for click==8.5.1", "cannot be reached"),
        ("SSLError(SSLCertVerificationError(1, 'certificate verify failed'))", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "differs from the one"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "may not be written"),
        ("something new", "pip failed."),
    ],
)
def test_a_failure_of_pip_is_explained(output: str, said: str) -> None:
    explained = installation.explain_pip(f"Collecting click\n{output}\n[notice] a new release of pip")
    assert said in explained
    assert output in explained
    assert "[notice]" not in explained


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "The disk is full."), (errno.EACCES, "Is this folder yours"), (errno.EIO, os.strerror(errno.EIO))],
)
def test_a_file_that_cannot_be_made_is_explained(number: int, said: str) -> None:
    assert said in installation.explain_os_error(OSError(number, os.strerror(number), "/some/file"))
