"""The commands of an author."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import click

from tutor.cli_options import CONTEXT, LazyGroup, look_options, streams, wishes

HERE = "tutor.cli_author"

AUTHOR_COMMANDS = MappingProxyType(
    {
        "check": (HERE, "Look for everything that is wrong in exercise files."),
    }
)


@click.group("author", cls=LazyGroup, lazy=AUTHOR_COMMANDS, context_settings=CONTEXT)
def author_command() -> None:
    """Write exercises and have them checked.

    \b
    Example:
      difftutor author check my-unit.yaml
    """


@click.command("check", context_settings=CONTEXT)
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes  [default: all cores].")
@look_options
@click.pass_context
def check_command(ctx: click.Context, /, **given: Any) -> None:
    """Look for everything that is wrong in exercise files.

    First the form, all faults of all files at once. Then each key against our derivation, SymPy and the slope
    measured from the function, and every model answer through the grader. Exit code 1 means that faults were found.

    \b
    Example:
      difftutor author check exercises/
    """
    from tutor.apps.author_check import CheckOptions, run_check

    options = CheckOptions(given["paths"], given["workers"], as_json=given["as_json"])
    ctx.exit(run_check(options, streams(), wishes(ctx, given)))
