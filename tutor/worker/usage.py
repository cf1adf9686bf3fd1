"""What a process takes: address space, resident memory, processor time; None where the platform does not tell.

Linux tells through `/proc`; elsewhere psutil is asked when it can be imported.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

_LINUX: bool = sys.platform == "linux"


def limit_address_space(allowance: int) -> None:
    """Let this process grow by `allowance` bytes and no more, where the platform enforces it (Linux).

    A core file is never written. macOS accepts the call and ignores it, or refuses it: the parent measures there.
    """
    if not _LINUX:
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    now = _statm(os.getpid(), 0)
    if now is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = now + allowance
        resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def limits_itself() -> bool:
    """Whether `limit_address_space` is enforced by this platform."""
    return _LINUX


def resident(pid: int) -> int | None:
    """The resident memory of a process in bytes."""
    if _LINUX:
        return _statm(pid, 1)
    process = _psutil_process(pid)
    try:
        return None if process is None else int(process.memory_info().rss)
    except Exception:  # psutil has its own family of errors, and the process may be gone
        return None


def processor_seconds(pid: int) -> float | None:
    """The processor time that a process has used, in seconds."""
    if _LINUX:
        return _linux_processor_seconds(pid)
    process = _psutil_process(pid)
    try:
        times = None if process is None else process.cpu_times()
    except Exception:  # as above
        return None
    return None if times is None else float(times.user + times.system)


def _statm(pid: int, column: int) -> int | None:
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[column]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None


def _linux_processor_seconds(pid: int) -> float | None:
    """Fields 14 and 15 of `/proc/PID/stat` (proc(5)); the name in field 2 may hold blanks and parentheses."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


def _psutil_process(pid: int) -> Any | None:
    try:
        return importlib.import_module("psutil").Process(pid)
    except Exception:  # not installed, not permitted, or the process is gone
        return None
