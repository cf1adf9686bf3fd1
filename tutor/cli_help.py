"""The commands `completion` and `help`."""

from __future__ import annotations

import click

from tutor.cli_options import CONTEXT, EXIT_CODES

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", context_settings=CONTEXT)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Example:
      difftutor completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    if script is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(script(ctx.find_root().command, {}, "difftutor", "_DIFFTUTOR_COMPLETE").source())


@click.command("help", context_settings=CONTEXT)
@click.argument("topic", required=False)
@click.pass_context
def help_command(ctx: click.Context, topic: str | None) -> None:
    """Show help on a command or a topic; the topics are: exit-codes.

    \b
    Example:
      difftutor help exit-codes
    """
    root = ctx.find_root()
    group = root.command
    assert isinstance(group, click.Group)
    if topic is None:
        click.echo(group.get_help(root))
    elif topic == "exit-codes":
        click.echo("\n".join(f"{code:4}  {words}" for code, words in EXIT_CODES.items()))
    else:
        _, command, _ = group.resolve_command(root, [topic])
        assert command is not None
        click.echo(command.get_help(click.Context(command, info_name=topic, parent=root)))
