"""What the commands share: lazy loading, formulas that begin with a minus sign, the options of looks, exit codes."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from tutor.errors import ExerciseError, ExerciseErrors, InputFileError, TutorError, single_errors
from tutor.render.shown import help_line, shown

if TYPE_CHECKING:
    from tutor.render.look import Streams, Wishes

EXIT_CODES: Mapping[int, str] = MappingProxyType(
    {
        0: "done; wrong answers are data, not a failure",
        1: "findings: author check found faults, verify or --fail-under did not hold",
        2: "usage: an unknown command, option or exercise, or an unreadable FUNCTION",
        3: "an input file that cannot be used",
        4: "some answers are undecided or in error",
        130: "stopped with Ctrl-C",
    }
)
"""What each exit code means; 3 outranks 4, and 4 outranks 1."""

DONE, FINDINGS, USAGE, BAD_INPUT, UNSETTLED, STOPPED = EXIT_CODES

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 80}

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def exit_code_of(error: TutorError) -> int:
    """The exit code with which a command ends on an error that it did not turn into a row."""
    return BAD_INPUT if isinstance(error, InputFileError | ExerciseError | ExerciseErrors) else USAGE


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run: name -> (module, what it does in a few words)."""

    def __init__(self, *arguments: Any, lazy: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in self.lazy:
            return None
        command: click.Command = getattr(import_module(self.lazy[cmd_name][0]), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words begin with; NoSuchCommand with what may have been meant."""
        if args[0] not in self.lazy and not ctx.resilient_parsing:
            raise _no_such_command(args[0], self.lazy, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for --help, which imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in self.lazy.items()])

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **options: Any) -> Any:  # type: ignore[override]
        """Run the program and leave it with one of the exit codes; no outcome shows a traceback but a bug."""
        _survive_any_encoding()
        try:
            code = super().main(args, prog_name, **{**options, "standalone_mode": False})
        except click.exceptions.Abort:
            code = STOPPED
        except click.ClickException as problem:
            problem.show()
            code = problem.exit_code
        sys.exit(code if isinstance(code, int) else DONE)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error that somebody can mend becomes a message and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except TutorError as error:
            _report(error)
            ctx.exit(exit_code_of(error))
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
            _leave_closed_pipe()
            ctx.exit(DONE)
        return result


class FormulaCommand(click.Command):
    """A command whose arguments are formulas: `-sin(x)` is an argument and not a bundle of options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Click's own parsing, after formulas have been moved behind `--`."""
        options, formulas = split_formulas([SYNONYMS.get(word, word) for word in args], self.params)
        return super().parse_args(ctx, [*options, "--", *formulas])


SYNONYMS: Mapping[str, str] = MappingProxyType({"--wrt": "--variable"})
"""What people type for an option from habit; as an option of its own it would be offered for typing errors."""

_LONG_OPTION = re.compile(r"--[a-z][a-z-]+(=.*)?", re.DOTALL)
_NAME = re.compile(r"[^\W\d]\w*(, ?[^\W\d]\w*)*")


def split_formulas(words: list[str], parameters: list[click.Parameter]) -> tuple[list[str], list[str]]:
    """The words of a command line that are options with their values, and those that are formulas.

    `-x NAME` is the variable option only where a name, or several with commas, follow it; otherwise `-x` is a formula.
    """
    valued = {
        name: len(name) == 2
        for option in parameters
        if isinstance(option, click.Option) and not option.is_flag
        for name in option.opts
    }
    options: list[str] = []
    formulas: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return options, [*formulas, *rest]
        if word in valued and rest and (not valued[word] or _NAME.fullmatch(rest[0])):
            options += [word, rest.pop(0)]
        elif word == "-h" or _LONG_OPTION.fullmatch(word):
            options.append(word)
        else:
            formulas.append(word)
    return options, formulas


def look_options(command: Decorated) -> Decorated:
    """The options of looks, on the program and on each of its commands."""
    for decorate in reversed(
        (
            click.option("--plain", is_flag=True, help="One line an event, no colour, for screen readers and pipes."),
            click.option("--ascii", is_flag=True, help="Only ASCII characters."),
            click.option("--color", type=click.Choice(["auto", "always", "never"]), help="Colour  [default: auto]."),
        )
    ):
        command = decorate(command)
    return command


def wishes(ctx: click.Context, given: Mapping[str, Any]) -> Wishes:
    """The wishes among a command's options together with those given before the command's name."""
    from tutor.render.look import Wishes

    before = ctx.find_root().params
    return Wishes(
        plain=bool(given["plain"] or before.get("plain")),
        ascii=bool(given["ascii"] or before.get("ascii")),
        color=given["color"] or before.get("color") or "auto",
    )


def streams() -> Streams:
    """The standard streams of this process."""
    from tutor.render.look import Streams

    return Streams(sys.stdin, sys.stdout, sys.stderr)


def _no_such_command(word: str, known: Mapping[str, object], ctx: click.Context) -> click.UsageError:
    if word.isalpha():
        return click.exceptions.NoSuchCommand(word, possibilities=known, ctx=ctx)
    return click.UsageError(f"No such command {word!r}. For a formula: difftutor explain {word!r}", ctx=ctx)


def _report(error: TutorError) -> None:
    sys.stdout.flush()
    for one in single_errors(error):
        click.echo("\n".join(_lines(one)), err=True)


def _lines(error: TutorError) -> list[str]:
    lines = [f"difftutor: {_place(error)}{shown(error.message, 1000)}"]
    if isinstance(error, ExerciseError) and error.excerpt:
        before, after = error.excerpt[: error.column - 1], error.excerpt[error.column - 1 :]
        lines += [f"  {shown(before)}{shown(after)}", "  " + " " * len(shown(before)) + "^"]
    return [*lines, f"  {shown(help_line(error.suggestion), 1000)}"] if error.suggestion else lines


def _place(error: TutorError) -> str:
    if not isinstance(error, ExerciseError) or not error.file:
        return ""
    return f"{shown(error.file)}:{error.line}:{error.column}: "


def _survive_any_encoding() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _leave_closed_pipe() -> None:
    """What is still buffered goes nowhere, so that the interpreter's last flush does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        _redirect(stream, nowhere)
    os.close(nowhere)


def _redirect(stream: IO[str], target: int) -> None:
    try:
        stream.flush()
    except (OSError, ValueError):
        try:
            os.dup2(target, stream.fileno())
        except (OSError, ValueError):
            return
