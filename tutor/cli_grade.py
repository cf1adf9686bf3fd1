"""The command `grade`."""

from __future__ import annotations

import sys
from typing import Any

import click

from tutor.cli_options import CONTEXT, look_options, streams, wishes

_TAKEN = ("source_format", "to", "output", "bank", "workers", "dry_run", "fail_under", "quiet", "certificates")


@click.command("grade", context_settings=CONTEXT)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--from",
    "source_format",
    type=click.Choice(["csv", "wide", "jsonl", "yaml"]),
    help="What the files are; else their names and contents say it.",
)
@click.option("--to", multiple=True, metavar="FORMAT[=PATH]", help="csv, jsonl, table or gradebook; may be repeated.")
@click.option("--output", "-o", metavar="PATH", help="Write to PATH; its suffix says the format.")
@click.option("--exercises", "bank", metavar="DIR", help="Take the exercises from another folder or file.")
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes  [default: all cores].")
@click.option("--dry-run", is_flag=True, help="Read and check the files; grade and write nothing.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit code 1 when fewer points are reached.",
)
@click.option("--certificates", is_flag=True, help="Give each row the evidence that difftutor verify checks again.")
@click.option("--quiet", "-q", is_flag=True, help="No summary.")
@look_options
@click.pass_context
def grade_command(ctx: click.Context, /, **given: Any) -> None:
    """Grade files or folders of answers; - is standard input.

    A row holds an answer and names an exercise, or brings its own function.
    CSV may have one answer a line, or one column an exercise; JSON Lines hold
    one answer a line; a YAML file holds the answers of one learner.

    \b
    Example:
      difftutor grade answers.csv -o marks.csv
      difftutor grade form.csv --to table --to gradebook=gradebook.csv
      difftutor grade submissions/ --dry-run
      difftutor grade answers.csv --certificates -o rows.jsonl
    """
    from tutor.apps.grade import run_grade
    from tutor.apps.grade_options import GradeOptions
    from tutor.render.look import look_of

    wished = wishes(ctx, given)
    options = GradeOptions(
        inputs=given["files"],
        look=look_of(sys.stdout, wished),
        messages=look_of(sys.stderr, wished),
        **{name: given[name] for name in _TAKEN},
    )
    ctx.exit(run_grade(options, streams()))
