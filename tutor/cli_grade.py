"""The command `grade`."""

from __future__ import annotations

import sys
from typing import Any

import click

from tutor.cli_options import CONTEXT, look_options, streams, wishes


@click.command("grade", context_settings=CONTEXT)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "source_format", type=click.Choice(["csv", "jsonl"]), help="What the files are.")
@click.option("--to", multiple=True, metavar="FORMAT[=PATH]", help="csv, jsonl or table; more than once if you like.")
@click.option("--output", "-o", metavar="PATH", help="Write to PATH; its suffix says the format.")
@click.option("--exercises", "bank", metavar="DIR", help="Take the exercises from another folder or file.")
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes  [default: all cores].")
@click.option("--quiet", "-q", is_flag=True, help="No summary.")
@look_options
@click.pass_context
def grade_command(ctx: click.Context, /, **given: Any) -> None:
    """Grade files of answers; - is standard input.

    A row holds an answer and names an exercise, or brings its own function.

    \b
    Example:
      difftutor grade answers.csv -o marks.csv
      difftutor grade --from jsonl - --to table
    """
    from tutor.apps.grade import GradeOptions, run_grade
    from tutor.render.look import look_of

    wished = wishes(ctx, given)
    options = GradeOptions(
        inputs=given["files"],
        look=look_of(sys.stdout, wished),
        **{name: given[name] for name in ("source_format", "to", "output", "bank", "workers", "quiet")},
    )
    ctx.exit(run_grade(options, streams()))
