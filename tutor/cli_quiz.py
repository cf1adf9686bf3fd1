"""The command `quiz`."""

from __future__ import annotations

import click

from tutor.cli_options import CONTEXT, look_options, streams, wishes


@click.command("quiz", context_settings=CONTEXT)
@click.argument("names", nargs=-1, metavar="[ID|UNIT]...")
@click.option("--exercises", metavar="DIR", help="Take the exercises from another folder or file.")
@click.option("--store", metavar="FILE", help="Keep the record in FILE; the variable DIFFTUTOR_STORE names it too.")
@look_options
@click.pass_context
def quiz_command(
    ctx: click.Context, /, names: tuple[str, ...], exercises: str | None, store: str | None, **looks: object
) -> None:
    r"""Practise: questions one after the other, with feedback.

    What was answered correctly is not asked again, unless it is named. Type ? at a question to see what else can
    be typed: hints, the worked steps, skipping.

    \b
    Example:
      difftutor quiz
      difftutor quiz chain-rule
    """
    from tutor.apps.quiz import Options, run_quiz

    ctx.exit(run_quiz(Options(names, exercises, store), streams(), wishes(ctx, looks)))
