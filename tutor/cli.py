"""The command `difftutor`: its commands by name; arguments in, exit code out."""

from __future__ import annotations

from types import MappingProxyType

import click

from tutor import __version__
from tutor.cli_options import CONTEXT, LazyGroup, look_options

COMMANDS = MappingProxyType(
    {
        "explain": ("tutor.cli_formula", "Show how a derivative comes about, or where an answer went wrong."),
        "check": ("tutor.cli_formula", "Say whether an answer is the derivative of a function."),
        "quiz": ("tutor.cli_quiz", "Practise: questions one after the other, with feedback."),
        "progress": ("tutor.cli_quiz", "Show where you stand: finished, right at the first try, frequent slips."),
        "reset": ("tutor.cli_quiz", "Begin exercises or units anew."),
        "grade": ("tutor.cli_grade", "Grade files of answers."),
        "verify": ("tutor.cli_verify", "Check the certificates of result rows again."),
        "rules": ("tutor.cli_rules", "List the rules and mal-rules, or tell all of one of them."),
        "author": ("tutor.cli_author", "Write exercises and have them checked."),
        "completion": ("tutor.cli_help", "Print the completion script of a shell."),
        "help": ("tutor.cli_help", "Show help on a command or a topic."),
    }
)


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="difftutor", message="%(prog)s %(version)s")
@look_options
def difftutor(**_: object) -> None:
    """A tutor for derivatives, gradients, the chain rule and backpropagation.

    \b
    Try it:
      difftutor quiz
      difftutor explain 'exp(sin(x^2))' --answer '2x exp(sin(x^2))'
    """


def main() -> None:
    """Run the program with the arguments of this process."""
    difftutor(prog_name="difftutor")
