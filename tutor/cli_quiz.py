"""The command `quiz`."""

from __future__ import annotations

from typing import Any

import click

from tutor.cli_options import CONTEXT, look_options, streams, wishes


@click.command("quiz", context_settings=CONTEXT)
@click.argument("names", nargs=-1, metavar="[ID|UNIT]...")
@click.option("--exercises", metavar="DIR", help="Take the exercises from another folder or file.")
@click.option("--list", "listed", is_flag=True, help="List units and exercises, with a tick at what is done.")
@click.option("--store", metavar="FILE", help="Keep the record in FILE; the variable DIFFTUTOR_STORE names it too.")
@look_options
@click.pass_context
def quiz_command(ctx: click.Context, /, names: tuple[str, ...], **given: Any) -> None:
    """Practise: questions one after the other, with feedback.

    What was answered correctly is not asked again, unless it is named. Type ? at a question to see what else can
    be typed: hints, the worked steps, skipping.

    \b
    Example:
      difftutor quiz
      difftutor quiz chain-rule
    """
    from tutor.apps.quiz import run_quiz
    from tutor.apps.quiz_opening import Opening, Options

    options = Options(names, given["exercises"], given["store"], listed=given["listed"])
    opening = ctx.obj if isinstance(ctx.obj, Opening) and ctx.obj.options == options else None
    ctx.exit(run_quiz(options, streams(), wishes(ctx, given), opening))
