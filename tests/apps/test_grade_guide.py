"""The teacher guide's screens are what the program prints, run in order in one empty folder."""

from __future__ import annotations

import re
from pathlib import Path

from tests.test_readme import in_this_process, pattern_of, printed_by, screens

GUIDE = Path(__file__).parents[2] / "docs" / "teacher.md"


def test_every_screen_of_the_teacher_guide_is_what_the_program_prints(tmp_path: Path) -> None:
    shown = list(screens(GUIDE.read_text(encoding="utf-8")))
    assert len(shown) > 8
    for screen in shown:
        if screen.command.startswith("cat "):
            (tmp_path / screen.command.removeprefix("cat ").strip()).write_text(screen.printed, encoding="utf-8")
            continue
        printed = printed_by(screen.command, tmp_path, in_this_process)
        assert re.fullmatch(pattern_of(screen.printed), printed), f"teacher.md:{screen.line} prints now:\n{printed}"
