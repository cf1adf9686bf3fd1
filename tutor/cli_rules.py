"""The command `rules`."""

from __future__ import annotations

from typing import Any

import click

from tutor.cli_options import CONTEXT, look_options, streams, wishes


@click.command("rules", context_settings=CONTEXT)
@click.argument("words", nargs=-1, metavar="[ID|WORD]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one object for an ID, else a list.")
@look_options
@click.pass_context
def rules_command(ctx: click.Context, /, words: tuple[str, ...], **given: Any) -> None:
    """List the rules and mal-rules, or tell all of one of them.

    A mal-rule is a mistaken law that learners apply in place of a rule; its ID stands at the margin of an explanation.
    Words list only the entries in which they occur.

    \b
    Example:
      difftutor rules chain-drop-inner
      difftutor rules inner derivative
    """
    from tutor.apps.rules import run_rules

    ctx.exit(run_rules(words, streams(), wishes(ctx, given), as_json=given["as_json"]))
