"""What all tests share: how property tests run, and which tests need a program that may not be here."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "project",
    deadline=None,  # a busy machine is no finding
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")

os.environ.pop("NO_COLOR", None)  # a test that looks at colour sets what it needs
os.environ["COLUMNS"] = "80"

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what it runs in the background ignore Ctrl-C, and so would each program that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _importable(*modules: str) -> Callable[[], bool]:
    return lambda: any(importlib.util.find_spec(module) is not None for module in modules)


def _on_path(*programs: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(program) is not None for program in programs)


PROGRAMS: Mapping[str, tuple[str, Callable[[], bool]]] = {
    "chromium": ("Chromium", _on_path("chromium", "chromium-browser", "google-chrome")),
    "autodiff": ("PyTorch or JAX", _importable("torch", "jax")),
    "maxima": ("Maxima", _on_path("maxima")),
}
"""What a test may need beside the pinned packages: `@pytest.mark.needs("maxima")`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="a test whose program is missing fails")


def missing(item: pytest.Item) -> list[str]:
    """The programs that a test needs and that are not here."""
    names = [name for mark in item.iter_markers("needs") for name in mark.args]
    return [PROGRAMS[name][0] for name in names if not PROGRAMS[name][1]()]


_not_run: Counter[str] = Counter()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all"):
        return
    here = []
    for item in items:
        lacking = missing(item)
        _not_run.update(lacking)
        if not lacking:
            here.append(item)
    config.hook.pytest_deselected(items=[item for item in items if item not in here])
    items[:] = here


@pytest.fixture(scope="session", autouse=True)
def _workers_are_handed_on() -> Iterator[None]:
    """Idle worker processes wait for the next test that starts one."""
    from tests.kept_workers import kept_workers

    with kept_workers():
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    if lacking := missing(item):
        pytest.fail(f"needs {', '.join(lacking)}, which is not on this machine", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker process tell the one that prints; all workers collect the same tests."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["not_run"] = dict(_not_run)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for program, tests in node.workeroutput.get("not_run", {}).items() if hasattr(node, "workeroutput") else ():
        _not_run[program] = tests


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for program, tests in sorted(_not_run.items()):
        terminalreporter.write_line(f"not run: {tests} tests that need {program}, which is not on this machine")
