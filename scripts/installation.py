"""Makes `.venv`: a fresh environment, the pinned packages of the lock with their hashes checked, and the project.

Two runs at once wait for each other; a run that was interrupted is seen by the next, which starts over.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

import environment

HOME = Path(environment.HOME)
LOCK_FILE = HOME / "set-up.lock"
UNFINISHED = HOME / "unfinished"
DEVELOP = "# ==== to develop, besides ===="
"""The line of the lock file that parts what the program needs from what its developers need."""


class SetUpError(Exception):
    """A sentence for the user: why the environment could not be made, and what to do."""


def install(purpose: str) -> None:
    """Make `.venv` ready for a purpose (`run` or `develop`), or end the program with a clear sentence."""
    try:
        with only_one():
            if not environment.is_ready(purpose):
                _build(purpose)
    except KeyboardInterrupt:
        say("\ninterrupted; the next run starts the set-up again")
        sys.exit(130)
    except SetUpError as error:
        give_up(str(error))
    except OSError as error:
        give_up(explain_os_error(error))


def _build(purpose: str) -> None:
    started = time.monotonic()
    if not _usable():
        how = "making anew" if _holds_something() else "making"
        say(f"setting up, once: {how} {HOME} with Python {sys.version.split()[0]}")
        _make_environment()
    UNFINISHED.touch()
    for path in (environment.stamp("run"), environment.stamp("develop")):
        Path(path).unlink(missing_ok=True)
    lock = requirements(purpose)
    say(f"installing {pins(lock)} pinned packages (later runs skip this)")
    _pip("-r", str(_written(lock)), "--require-hashes", total=pins(lock))
    say("installing difftutor itself, from this folder")
    _pip("--no-deps", "--no-build-isolation", "--editable", environment.ROOT)
    for done in ("run", "develop") if purpose == "develop" else ("run",):
        Path(environment.stamp(done)).write_text(environment.key(), encoding="utf-8")
    UNFINISHED.unlink()
    say(f"ready after {time.monotonic() - started:.0f} s\n")


def _usable() -> bool:
    """Whether what stands in `.venv` can be built upon: complete, and its interpreter still runs."""
    if UNFINISHED.exists() or not Path(environment.PYTHON).exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([environment.PYTHON, "-I", "-c", probe], capture_output=True, check=False).returncode == 0


def _holds_something() -> bool:
    return any(old not in (LOCK_FILE, UNFINISHED) for old in HOME.iterdir())


def _make_environment() -> None:
    try:
        import ensurepip  # noqa: F401 - Debian has venv without it
        import venv
    except ImportError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpError(
            f"This Python lacks the module {error.name}, which makes environments. On Debian and Ubuntu:\n"
            f"    sudo apt install python{version}-venv      (or python3-venv)\nand start this again."
        ) from error
    UNFINISHED.touch()
    for old in HOME.iterdir():
        if old not in (LOCK_FILE, UNFINISHED):
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    try:
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(HOME)
    except subprocess.CalledProcessError as error:
        raise SetUpError(explain_pip((error.output or b"").decode(errors="replace"))) from error


# ---- the lock file -----------------------------------------------------------------------------------------


def requirements(purpose: str) -> str:
    """The part of the lock file that a purpose needs: all of it to develop, what stands first to run."""
    text = Path(environment.LOCK).read_text(encoding="utf-8")
    return text if purpose == "develop" else text.partition(DEVELOP)[0]


def pins(lock: str) -> int:
    """How many packages a part of the lock pins, for one platform or another."""
    return len(set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)))


def _written(lock: str) -> Path:
    path = HOME / "requirements.txt"
    path.write_text(lock, encoding="utf-8")
    return path


# ---- pip ---------------------------------------------------------------------------------------------------


def _pip(*arguments: str, total: int = 0) -> None:
    """Run `pip install` in `.venv`, drawing how far it is on a terminal; raises SetUpError with what pip said last."""
    install = "-I -m pip install --no-input --retries 2 --progress-bar off".split()
    command = [environment.PYTHON, *install, *arguments]
    settings = os.environ | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    said: deque[str] = deque(maxlen=200)
    with subprocess.Popen(
        command,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        _follow(process.stdout, said, total)
    if process.returncode:
        raise SetUpError(explain_pip("\n".join(said)))


def _follow(output: IO[str], said: deque[str], total: int) -> None:
    """Keep what pip says, and on a terminal show the package it is at, on one line that is wiped at the end."""
    collected, live = 0, total and sys.stderr.isatty()
    for line in output:
        said.append(line.rstrip())
        if live and (match := re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)):
            collected += 1
            sys.stderr.write(f"\r\x1b[K  {min(collected, total)} of {total}  {match[1]}")
        elif live and line.startswith("Installing collected"):
            sys.stderr.write("\r\x1b[K  unpacking …")
        sys.stderr.flush()
    if live:
        sys.stderr.write("\r\x1b[K")


_CAUSES = (
    (
        r"No space left|Errno 28|disk full|WinError 112",
        "The disk is full. About 300 MB are needed; make room and start this again.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A package differs from the one that the lock file pins, so it was not installed. If your index is a mirror,\n"
        "it may be damaged; the package index itself (pypi.org) has the right files.",
    ),
    (
        r"name resolution|resolve|connection|timed? ?out|max retries|ProxyError|SSLError|no matching distribution",
        "The package index cannot be reached, or lacks a package. Behind a proxy, set HTTPS_PROXY=http://host:port;\n"
        "for a mirror, set PIP_INDEX_URL=https://…/simple; then start this again.",
    ),
    (r"Permission denied|Errno 13|WinError 5", "A file may not be written. Is this folder yours to write in?"),
)


_ADVICE = re.compile(r"\[notice\]|^ *(?:note|hint):|See above|\[end of|╰─>|Retrying|^Looking in|^Ignoring|^ *$")
"""Lines of pip that say nothing of the cause."""


def explain_pip(output: str) -> str:
    """Why pip failed, as a sentence with the way out, and pip's last lines."""
    sentence = next((text for pattern, text in _CAUSES if re.search(pattern, output, re.IGNORECASE)), "pip failed.")
    lines = [line for line in output.splitlines() if line.strip() and not _ADVICE.search(line)]
    return "\n".join([sentence, "", "pip's last lines:", *(f"  {line}" for line in lines[-6:])])


def explain_os_error(error: OSError) -> str:
    """Why a file could not be made, as a sentence with the way out."""
    reason = f"{error.strerror or error}: {error.filename or HOME}"
    cause = next((text for pattern, text in _CAUSES if re.search(pattern, f"[Errno {error.errno}] {reason}")), None)
    return "\n".join(filter(None, [cause, reason]))


# ---- one at a time, and words ------------------------------------------------------------------------------


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the environment's lock; the system lets go of it when a process ends, however it ends."""
    HOME.mkdir(exist_ok=True)
    with LOCK_FILE.open("a+b") as file:
        if not _take(file):
            say("another run is setting up; waiting for it")
            while not _take(file):
                time.sleep(0.3)
        yield


def _take(file: IO[bytes]) -> bool:
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def say(text: str) -> None:
    """Write a line of what is going on to stderr, so that stdout stays the program's."""
    print(text, file=sys.stderr, flush=True)


def give_up(text: str) -> NoReturn:
    """End with a clear sentence."""
    say(f"\ndifftutor could not be set up.\n{text}")
    sys.exit(environment.SET_UP_FAILED)
