"""A bank as it was last read, kept as JSON under a hash of its files: opening it reads neither YAML nor formulas."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import tutor
from tutor.exercise.bank import Bank, exercise_files
from tutor.exercise.stored import FORM, restored_unit, stored

READERS = ("exercise", "expression")
"""The packages whose change makes what was stored worthless."""


def cached_bank(path: Path, cache: Path, read: Callable[[Path], Bank]) -> Bank:
    """The bank at a path, from the cache folder when its files have not changed since, else by `read`, then stored.

    A cache that cannot be read or written is passed over. `read` raises what a faulty bank raises; only a bank without
    faults is stored.
    """
    file = cache / f"bank-{fingerprint(path)}.json"
    found = _restored(file)
    if found is None:
        found = read(path)
        _store(found, file)
    return found


def fingerprint(path: Path) -> str:
    """A hash of the names and contents of a bank's files, and of the program that reads them."""
    state = sha256(f"{FORM}\0{tutor.__version__}\0".encode())
    for package in READERS:
        for module in sorted((Path(tutor.__file__).parent / package).glob("*.py")):
            state.update(f"{module.name}\0{module.stat().st_mtime_ns}\0".encode())
    for file in exercise_files(path):
        with suppress(OSError):  # `read` says what is wrong with the file
            state.update(f"{file.name}\0".encode() + sha256(file.read_bytes()).digest())
    return state.hexdigest()[:32]


def _restored(file: Path) -> Bank | None:
    try:
        value: Any = json.loads(file.read_text(encoding="utf-8"))
        return Bank(tuple(restored_unit(unit) for unit in value["units"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, ZeroDivisionError):
        return None


def _store(bank: Bank, file: Path) -> None:
    """Write through a temporary file, and remove what was stored of earlier states."""
    partial = file.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps({"units": [stored(unit) for unit in bank.units]}), encoding="utf-8")
        partial.replace(file)
        for old in file.parent.glob("bank-*.json"):
            if old != file:
                old.unlink()
