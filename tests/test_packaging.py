"""What is shipped: the wheel, installed outside the checkout, runs; the lock and the project's description agree."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "scripts" / "requirements.lock").read_text(encoding="utf-8")


def run(*command: str | Path, cwd: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """A finished process; its output is shown when it failed."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    settings |= {"HOME": str(cwd), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=cwd, env=settings, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment that holds the wheel; dependencies are lent to it: no network is needed."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(home / "env")
    python = home / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).stdout.strip()
    )
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    return python


# ---- the wheel ---------------------------------------------------------------------------------------------


def test_the_wheel_holds_the_program_its_data_and_the_exercises(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tutor").rglob("*") if path.is_file()]
    expected = {name for name in tracked if "__pycache__" not in name}
    expected |= {f"tutor/exercises/{path.name}" for path in (ROOT / "exercises").glob("*.yaml")}
    assert expected - names == set()
    assert "tutor/py.typed" in names
    assert any(name.startswith("tutor/exercises/") for name in names)
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"tutor"}


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    text = archive.read(metadata).decode()
    assert "Name: difftutor\n" in text
    assert "License-Expression: MIT\n" in text
    assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())


def test_the_installed_program_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    home = run(installed, "-c", "import tutor; print(tutor.__file__)", cwd=tmp_path).stdout.strip()
    assert Path(home).is_relative_to(installed.parent.parent)


def test_the_installed_program_explains(installed: Path, tmp_path: Path) -> None:
    program = installed.with_name("difftutor.exe" if os.name == "nt" else "difftutor")
    done = run(program, "explain", "exp(sin(x^2))", "--answer", "2x exp(sin(x^2))", "--json", cwd=tmp_path)
    row = json.loads(done.stdout)
    assert row["status"] == "incorrect"
    assert row["numeric"]["witness"] is not None
    assert row["diagnosis"][0]["mal_rules"] == ["chain-drop-middle"]


def test_the_installed_program_grades_with_the_exercises_it_carries(installed: Path, tmp_path: Path) -> None:
    program = installed.with_name("difftutor.exe" if os.name == "nt" else "difftutor")
    rows = "function,answer\nsin(x^2),2x cos(x^2)\nsin(x^2),cos(x^2)\n"
    (tmp_path / "answers.csv").write_text(rows, encoding="utf-8")
    done = run(program, "grade", "answers.csv", "--to", "jsonl", cwd=tmp_path)
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["correct", "incorrect"]


# ---- the lock ----------------------------------------------------------------------------------------------

PINS = re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)


def wanted() -> list[str]:
    """Everything that pyproject.toml asks for, apart from the extras."""
    return [
        *PROJECT["project"]["dependencies"],
        *PROJECT["build-system"]["requires"],
        *PROJECT["dependency-groups"]["dev"],
    ]


@pytest.mark.parametrize("text", wanted())
def test_the_lock_pins_what_the_project_asks_for(text: str) -> None:
    requirement = Requirement(text)
    versions = [
        Version(version) for name, version in PINS if canonicalize_name(requirement.name) == canonicalize_name(name)
    ]
    assert versions
    assert all(version in requirement.specifier for version in versions)


def test_every_pin_has_a_hash_and_no_address() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"://|^-|\bfile:|^/", LOCK, re.MULTILINE) == []
