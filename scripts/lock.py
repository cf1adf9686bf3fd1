"""Refresh `requirements.lock`: the newest versions that pyproject.toml allows, for all Pythons and platforms.

Every file's hash stands with it. Needs the package index; resolves with uv, which is installed for the occasion into a
temporary folder. The lock holds two parts: what the program needs, and what its developers need besides.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

import environment
from installation import DEVELOP

HEAD = """\
# Written by scripts/lock.py from pyproject.toml; holds for Python 3.11 and newer on every platform.
# ==== to run ====
"""


def main() -> int:
    """The lock file, written anew."""
    project = tomllib.loads((Path(environment.ROOT) / "pyproject.toml").read_text(encoding="utf-8"))
    run = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    develop = [*run, *project["dependency-groups"]["dev"]]
    with tempfile.TemporaryDirectory() as folder:
        uv = _uv(Path(folder))
        everything = _resolve(uv, Path(folder) / "develop", develop, None)
        needed = _resolve(uv, Path(folder) / "run", run, everything)
        known = set(_entries(needed.read_text(encoding="utf-8")))
        besides = [entry for entry in _entries(everything.read_text(encoding="utf-8")) if entry not in known]
        text = HEAD + needed.read_text(encoding="utf-8") + DEVELOP + "\n" + "".join(besides)
    Path(environment.LOCK).write_text(text, encoding="utf-8")
    return 0


def _uv(folder: Path) -> Path:
    """The resolver, installed into a folder that goes away."""
    venv.EnvBuilder(with_pip=True).create(folder / "uv")
    binaries = folder / "uv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([binaries / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return binaries / "uv"


def _resolve(uv: Path, name: Path, wanted: list[str], constraints: Path | None) -> Path:
    """The exact versions for a list of requirements, with the hashes of all their files."""
    wanted_file, locked = name.with_suffix(".in"), name.with_suffix(".txt")
    wanted_file.write_text("\n".join(wanted), encoding="utf-8")
    command = [str(uv), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    limits = ["--constraints", str(constraints)] if constraints else []
    settings = os.environ | ({"UV_DEFAULT_INDEX": os.environ["PIP_INDEX_URL"]} if "PIP_INDEX_URL" in os.environ else {})
    shape = ["--no-annotate", "--no-header", "--output-file", str(locked)]
    subprocess.run([*command, *limits, *shape, str(wanted_file)], check=True, env=settings, stdout=subprocess.DEVNULL)
    return locked


def _entries(lock: str) -> list[str]:
    """The entries of a lock: a line with the version and the indented lines with its hashes."""
    entries: list[str] = []
    for line in lock.splitlines(keepends=True):
        if line.startswith(" "):
            entries[-1] += line
        else:
            entries.append(line)
    return entries


if __name__ == "__main__":
    sys.exit(main())
