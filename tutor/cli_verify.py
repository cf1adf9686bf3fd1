"""The command `verify`."""

from __future__ import annotations

from typing import Any

import click

from tutor.cli_options import CONTEXT, look_options, streams, wishes


@click.command("verify", context_settings=CONTEXT)
@click.argument("rows", metavar="ROWS.jsonl")
@click.option("--exercises", "bank", metavar="DIR", help="Take the exercises from another folder or file.")
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes  [default: all cores].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@look_options
@click.pass_context
def verify_command(ctx: click.Context, /, **given: Any) -> None:
    """Check the certificates of result rows again; - is standard input.

    The rows are those that grade, check or explain wrote with --certificates.
    Nothing that decided the verdicts takes part: a difference is checked with
    intervals of mpmath and a slope by SymPy, an equality with a proof that
    begins with SymPy's derivative. Row and certificate must say the same.

    \b
    Example:
      difftutor grade answers.csv --certificates -o rows.jsonl
      difftutor verify rows.jsonl
      difftutor check 'x^3' '3x^2' --certificates | difftutor verify -
    """
    from tutor.apps.verify import VerifyOptions, run_verify

    options = VerifyOptions(given["rows"], given["bank"], given["workers"], as_json=given["as_json"])
    ctx.exit(run_verify(options, streams(), wishes(ctx, given)))
