"""The checks run to the end, are summed up, and fail when one fails; the lock file is parted entry by entry."""

from __future__ import annotations

import sys
from pathlib import Path

import checks
import environment
import lock
import pytest
from checks import Check

GOOD, BAD = Check("good", ("-c", "pass")), Check("bad", ("-c", "raise SystemExit(3)"))


@pytest.fixture(autouse=True)
def this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "PYTHON", sys.executable)


@pytest.mark.parametrize(
    ("listed", "code", "ending"),
    [
        ((GOOD, GOOD), 0, "checks: 2 passed, 0 failed"),
        ((BAD, GOOD), 1, "checks: 1 passed, 1 failed"),
    ],
    ids=["all pass", "one fails, the next one runs all the same"],
)
def test_checks_are_summed_up(
    listed: tuple[Check, ...],
    code: int,
    ending: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(checks, "CHECKS", listed)
    assert checks.main([]) == code
    assert capfd.readouterr().out.rstrip().endswith(ending)


def test_a_long_check_runs_beside_the_others_and_prints_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    met = tmp_path / "met"
    waits = f"import pathlib, time\nwhile not pathlib.Path({str(met)!r}).exists(): time.sleep(0.01)\nprint('long')"
    meets = f"import pathlib\npathlib.Path({str(met)!r}).touch()\nprint('short')"
    listed = (Check("tests", ("-c", waits), is_long=True), Check("types", ("-c", meets)))
    monkeypatch.setattr(checks, "CHECKS", listed)
    assert checks.main([]) == 0
    printed = capfd.readouterr().out.splitlines()
    assert printed.index("short") < printed.index("long")
    assert [line.split()[:2] for line in printed if line.startswith("passed")] == [
        ["passed", "tests"],
        ["passed", "types"],
    ]


def test_a_long_check_that_fails_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", (Check("tests", BAD.command, is_long=True), GOOD))
    assert checks.main([]) == 1


def test_fix_mends_before_it_checks(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(checks, "CHECKS", (Check("page", ("-c", "print('checked')"), ("-c", "print('mended')")),))
    assert checks.main(["--fix"]) == 0
    printed = capfd.readouterr().out.splitlines()
    assert printed.index("mended") < printed.index("checked")


def test_words_that_are_not_its_own_go_to_pytest(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "CHECKS", (BAD,))
    assert checks.main(["--version"]) == 0
    assert "pytest" in capfd.readouterr().out


def test_a_lock_is_parted_into_entries() -> None:
    text = "a==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\nb==2 \\\n    --hash=sha256:3\n"
    assert lock._entries(text) == [
        "a==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n",
        "b==2 \\\n    --hash=sha256:3\n",
    ]
