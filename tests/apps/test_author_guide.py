"""The screens of the author guide are what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

from tests.test_readme import in_this_process, pattern_of, printed_by, screens
from tutor.apps.author_check import check_paths

GUIDE = Path(__file__).parents[2] / "docs" / "author.md"
TEXT = GUIDE.read_text(encoding="utf-8")


def test_the_screens_of_the_guide(tmp_path: Path) -> None:
    found = list(screens(TEXT))
    assert len(found) >= 5
    for screen in found:
        if screen.command.startswith("cat "):
            (tmp_path / screen.command.removeprefix("cat ").strip()).write_text(screen.printed, encoding="utf-8")
            continue
        printed = printed_by(screen.command, tmp_path, in_this_process)
        assert re.fullmatch(pattern_of(screen.printed), printed), f"author.md:{screen.line} prints now:\n{printed}"
    (shown,) = re.findall(r"^```yaml\n(# Exercises of.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert (tmp_path / "my-unit.yaml").read_text(encoding="utf-8") == shown


def test_the_yaml_of_the_guide_passes_its_check(tmp_path: Path) -> None:
    (entry,) = re.findall(r"^```yaml\n(- id: hyperbola.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    (tmp_path / "a.yaml").write_text("schema: 1\nexercises:\n" + entry, encoding="utf-8")
    checked = check_paths((str(tmp_path),), workers=1)
    assert (checked.exercises, checked.findings) == (1, ())
