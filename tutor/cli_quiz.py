"""The commands `quiz`, `progress` and `reset`."""

from __future__ import annotations

from typing import Any

import click

from tutor.cli_options import CONTEXT, look_options, streams, wishes
from tutor.errors import UsageError


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


_STORE = click.option("--store", metavar="FILE", help="The file of the record; DIFFTUTOR_STORE names it too.")
_EXERCISES = click.option("--exercises", metavar="DIR", help="The units of another folder or file.")


@click.command("progress", context_settings=CONTEXT)
@click.option("--json", "form", flag_value="json", help="One JSON object, with every exercise.")
@click.option("--markdown", "form", flag_value="markdown", help="Markdown, to keep or to hand in.")
@_EXERCISES
@_STORE
@look_options
@click.pass_context
def progress_command(ctx: click.Context, /, **given: Any) -> None:
    """Show where you stand: what is finished, what slips most, what is marked.

    \b
    Example:
      difftutor progress
      difftutor progress --markdown > progress.md
    """
    from tutor.apps.progress import shown_progress
    from tutor.apps.quiz_start import bank_of
    from tutor.practice.history import store_path
    from tutor.render.look import look_of

    look = look_of(streams().stdout, wishes(ctx, given))
    text = shown_progress(bank_of(given["exercises"]), store_path(given["store"]), look, given["form"] or "table")
    click.echo(text, nl=False)


@click.command("reset", context_settings=CONTEXT)
@click.argument("names", nargs=-1, required=True, metavar="ID|UNIT|all...")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@_EXERCISES
@_STORE
@click.pass_context
def reset_command(ctx: click.Context, /, names: tuple[str, ...], **given: Any) -> None:
    """Begin exercises anew, as if they had never been asked.

    A copy of the record is kept beside it, and the record itself keeps what was done before.

    \b
    Example:
      difftutor reset chain-rule
    """
    from tutor.apps.progress import carry_out, reset_of
    from tutor.apps.quiz_start import bank_of
    from tutor.practice.history import shown_path, store_path

    store = store_path(given["store"])
    reset = reset_of(bank_of(given["exercises"]), store, names)
    if not reset.exercises:
        click.echo("Nothing of this is recorded; there is nothing to begin anew.")
        return
    if not given["yes"] and not _agreed(reset.words):
        click.echo("Nothing was changed.")
        return
    copy = carry_out(reset, store)
    click.echo(f"Begun anew: {reset.words}. The record as it was is in {shown_path(copy)}.")


def _agreed(words: str) -> bool:
    if not streams().stdin.isatty():
        raise UsageError("not-asked", "nobody can be asked here whether to begin anew", suggestion="add --yes.")
    return click.confirm(f"Begin {words} anew?")
