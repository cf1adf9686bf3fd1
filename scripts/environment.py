"""The project's own Python in `.venv`: whether it is ready, and how to go on in it.

Runs under any Python from 3.6 on, because it must be able to say that Python is too old, and imports next to nothing,
because every start passes through it. What makes `.venv` stands in `installation.py`.
"""

import os
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HOME = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(HOME, "Scripts", "python.exe") if os.name == "nt" else os.path.join(HOME, "bin", "python")
LOCK = os.path.join(ROOT, "scripts", "requirements.lock")
SET_UP_FAILED = 5
"""The exit code when there is no program to run yet; difftutor itself never ends with it."""


def stamp(purpose: str) -> str:
    """The file that says that `.venv` is complete for a purpose, `run` or `develop`."""
    return os.path.join(HOME, "ready-to-{}".format(purpose))  # noqa: UP032 - f-strings would hide that 3.6 reads this


def key() -> str:
    """What `.venv` was made from: the lock, the project's description, the interpreter and the folder, as one text."""
    parts = [ROOT, os.path.realpath(PYTHON)]
    for path in (LOCK, os.path.join(ROOT, "pyproject.toml")):
        with open(path, encoding="utf-8") as file:
            parts.append(file.read())
    return "\n".join(parts)


def is_ready(purpose: str) -> bool:
    """Whether `.venv` is complete for the purpose, and made from the files as they are now."""
    try:
        with open(stamp(purpose), encoding="utf-8") as file:
            return file.read() == key() and os.path.exists(PYTHON)
    except OSError:
        return False


def prepare(purpose: str) -> None:
    """Make `.venv` ready for the purpose, saying on stderr what is done; ends the program where that fails."""
    if is_ready(purpose):
        return
    if sys.version_info < OLDEST:
        sys.stderr.write(too_old())
        sys.exit(SET_UP_FAILED)
    from installation import install

    install(purpose)


def too_old() -> str:
    """What to do about a Python that is too old, with a newer one of this machine where there is one."""
    wanted = ".".join(map(str, OLDEST))
    found = ".".join(map(str, sys.version_info[:3]))
    lines = ["difftutor needs Python {} or newer; this is Python {}.".format(wanted, found)]  # noqa: UP032
    newer = next((name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if on_path(name)), None)
    if newer:
        lines.append("A newer one is on this machine; type:  " + " ".join([newer] + sys.argv))  # noqa: RUF005
    else:
        lines.append("Install one (python.org, your package manager, or pyenv) and start this again with it.")
    return "\n".join(lines) + "\n"


def on_path(program: str) -> bool:
    """Whether a program of that name is found where the shell looks."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    names = (program, program + ".exe")
    return any(os.access(os.path.join(folder, name), os.X_OK) for folder in folders for name in names)


def become(arguments: "list[str]") -> int:
    """Go on as the project's Python with these arguments: same terminal, same signals, same exit code."""
    command = [PYTHON] + arguments  # noqa: RUF005
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(PYTHON, command)  # noqa: S606 - no shell is meant
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the program; its exit code is handed on
    return subprocess.call(command)
