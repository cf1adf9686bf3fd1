"""`author schema`: the form of exercise files for editors."""

from __future__ import annotations

import json
from pathlib import Path

from tutor.apps.author_file import replace_text
from tutor.exercise.schema import schema
from tutor.kinds.catalogue import KINDS
from tutor.render.look import Streams
from tutor.render.shown import shown

STDOUT = "-"


def schema_text() -> str:
    """The JSON Schema of an exercise file with every kind there is."""
    return json.dumps(schema(KINDS), indent=1, ensure_ascii=False) + "\n"


def run_schema(output: str, streams: Streams) -> int:
    """Write the schema to standard output or a file; the exit code."""
    if output == STDOUT:
        streams.stdout.write(schema_text())
        return 0
    replace_text(Path(output), schema_text())
    line = f"# yaml-language-server: $schema={Path(output).name}"
    streams.stderr.write(
        f"Written to {shown(output)}. Beside it, exercise files begin with the line\n  {shown(line)}\n"
    )
    return 0
