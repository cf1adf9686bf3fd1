"""What was made of a bank, kept as JSON under a hash of its files: opening it reads neither YAML nor formulas."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import tutor
from tutor.exercise.bank import Bank, exercise_files

READERS = ("exercise", "expression", "kinds")
"""The packages whose change makes what was stored worthless."""

UNUSABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, ZeroDivisionError)
"""What a stored file raises that is missing, cut off, or of another form."""


def cached_bank(path: Path, cache: Path, read: Callable[[Path], Bank]) -> Bank:
    """The bank at a path, from the cache folder when its files have not changed since, else by `read`, then stored.

    A cache that cannot be read or written is passed over. `read` raises what a faulty bank raises; only a bank without
    faults is stored.
    """
    from tutor.exercise.stored import restored_unit, stored  # with the formulas, which a question does not need

    file = cache / f"bank-{fingerprint(path)}.json"
    try:
        return Bank(tuple(restored_unit(unit) for unit in kept(file)["units"]))
    except UNUSABLE:
        bank = read(path)
    keep({"units": [stored(unit) for unit in bank.units]}, file)
    return bank


def fingerprint(path: Path) -> str:
    """A hash of a bank's place, then one of the names and contents of its files and of the program that reads them."""
    state = sha256(f"{tutor.__version__}\0".encode())
    for name, changed in _modules(Path(tutor.__file__).parent):
        state.update(f"{name}\0{changed}\0".encode())
    for file in exercise_files(path):
        with suppress(OSError):  # `read` says what is wrong with the file
            state.update(f"{file.name}\0".encode("utf-8", "backslashreplace") + sha256(file.read_bytes()).digest())
    place = sha256(os.path.abspath(path).encode("utf-8", "backslashreplace")).hexdigest()
    return f"{place[:8]}-{state.hexdigest()[:24]}"


def kept(file: Path) -> Any:
    """What a file of the cache holds; one of UNUSABLE where it holds nothing."""
    return json.loads(file.read_text(encoding="utf-8"))


def keep(value: Any, file: Path) -> None:
    """Write through a temporary file, and remove what was stored of earlier states of the same bank."""
    partial = file.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(value), encoding="utf-8")
        partial.replace(file)
        for old in file.parent.glob(f"{file.name.rpartition('-')[0]}-*.json"):
            if old != file:
                old.unlink()


def _modules(package: Path) -> Iterator[tuple[str, int]]:
    """Every module of the readers with the time of its last change."""
    for reader in READERS:
        with os.scandir(package / reader) as found:
            changed = {module.name: module.stat().st_mtime_ns for module in found if module.name.endswith(".py")}
        yield from sorted(changed.items())
