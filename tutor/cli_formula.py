"""The commands `explain` and `check`: formulas on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tutor.cli_options import CONTEXT, FormulaCommand, look_options, streams, wishes

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

# fmt: off
QUESTION = (
    click.option("--variable", "-x", "variables", multiple=True, metavar="NAME",
                 help="Differentiate with respect to NAME; several (x,y) give a gradient or a Jacobian. Also: --wrt."),
    click.option("--order", default=1, type=click.IntRange(1, 8), metavar="N",
                 help="Which derivative: 2 is f''  [default: 1]."),
    click.option("--at", "at", multiple=True, metavar="x=2", help="Ask for the value at a point."),
    click.option("--domain", multiple=True, metavar="x=0.1..2", help="Where a symbol may lie."),
    click.option("--assume", multiple=True, metavar="x=positive",
                 help="What holds of a symbol: positive, negative, integer, ..."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
    click.option("--certificates", is_flag=True,
                 help="Print one JSON object with the evidence that difftutor verify checks again."),
)
# fmt: on


def question_options(command: Decorated) -> Decorated:
    """The options that say what is asked, the same for both commands."""
    for decorate in reversed(QUESTION):
        command = decorate(command)
    return command


@click.command("explain", cls=FormulaCommand, context_settings=CONTEXT)
@click.argument("functions", nargs=-1, required=True, metavar="FUNCTION...")
@click.option("--answer", metavar="TEXT", help="An answer to look at; - reads it from standard input.")
@question_options
@click.option("--numeric", is_flag=True, help="Show finite differences: step sizes against errors.")
@click.option("--full", is_flag=True, help="Show every step, also of long derivations.")
@click.option("--attempt", type=click.IntRange(1, 3), metavar="N", help="Show what a learner sees at attempt N.")
@look_options
@click.pass_context
def explain_command(ctx: click.Context, /, **given: Any) -> None:
    """Show how a derivative comes about, or where an answer went wrong.

    \b
    Example:
      difftutor explain 'exp(sin(x^2))' --answer '2x exp(sin(x^2))'
      difftutor explain 'x^2*y + y' -x x -x y
    """
    from tutor.apps.explain import run_explain

    ctx.exit(run_explain(_request(given), streams(), wishes(ctx, given)))


@click.command("check", cls=FormulaCommand, context_settings=CONTEXT)
@click.argument("function", metavar="FUNCTION")
@click.argument("answer", metavar="ANSWER")
@question_options
@look_options
@click.pass_context
def check_command(ctx: click.Context, /, **given: Any) -> None:
    """Say whether an answer is the derivative of a function.

    \b
    Example:
      difftutor check 'cos(x)' '-sin(x)'
      difftutor check 'x^3' '3x^2' --certificates
    """
    from tutor.apps.explain import run_check

    given["functions"] = (given.pop("function"),)
    ctx.exit(run_check(_request(given), streams(), wishes(ctx, given)))


def _request(given: dict[str, Any]) -> Any:
    from tutor.apps.explain import Request

    return Request(**{name: value for name, value in given.items() if name not in ("plain", "ascii", "color")})
