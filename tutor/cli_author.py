"""The commands of an author: `author new`, `check`, `preview`, `schema`; the quiz lends its front and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from tutor.cli_options import CONTEXT, LazyGroup, look_options, streams, wishes

if TYPE_CHECKING:
    from tutor.apps.author_preview import Pages
    from tutor.apps.quiz_front import Front
    from tutor.kinds.kind import CellAnswer
    from tutor.render.blocks import Block

HERE = "tutor.cli_author"

AUTHOR_COMMANDS = MappingProxyType(
    {
        "new": (HERE, "Make an exercise, by questions or by options."),
        "check": (HERE, "Look for everything that is wrong in exercise files."),
        "preview": (HERE, "Show an exercise as a learner sees it."),
        "schema": (HERE, "Print the JSON Schema of exercise files, for editors."),
    }
)


@click.group("author", cls=LazyGroup, lazy=AUTHOR_COMMANDS, context_settings=CONTEXT)
def author_command() -> None:
    """Write exercises and have them checked.

    \b
    Example:
      difftutor author new my-unit.yaml
      difftutor author check my-unit.yaml
      difftutor author preview --exercises my-unit.yaml sin-x2
    """


# fmt: off
DRAFT = (
    click.option("--function", "-f", "functions", multiple=True, metavar="FORMULA",
                 help="What is differentiated; given twice, the rows of a Jacobian. No questions are asked."),
    click.option("--variable", "-x", "variables", multiple=True, metavar="NAME",
                 help="With respect to what; several give a gradient."),
    click.option("--kind", metavar="KIND", default="", help="expression, gradient, number, jacobian, choice."),
    click.option("--order", type=click.IntRange(1, 8), default=1, metavar="N", help="Which derivative."),
    click.option("--at", default="", metavar="x=2", help="Ask for the value at a point."),
    click.option("--id", default="", metavar="NAME", help="The id  [default: made from the function]."),
    click.option("--title", default="", metavar="TEXT", help="A short heading."),
    click.option("--prompt", default="", metavar="TEXT", help="The question  [default: made from the function]."),
    click.option("--skills", default="", metavar="NAMES", help="What it trains, with commas between."),
    click.option("--difficulty", type=click.IntRange(1, 5), metavar="N", help="From 1 to 5."),
    click.option("--unit", metavar="NAME", help="The unit of a new file  [default: from its name]."),
    click.option("--to", metavar="FILE", help="The same as FILE."),
)
# fmt: on


@click.command("new", context_settings=CONTEXT)
@click.argument("file", required=False, metavar="[FILE]")
@look_options
@click.pass_context
def new_command(ctx: click.Context, /, **given: Any) -> None:
    """Make an exercise, by questions or by options.

    Shows what is derived (question, key, layers, hints, the mistakes that are recognised by themselves) and writes
    the exercise to FILE: a new one, or behind the exercises of one that is there, whose text stays as it is. With
    --function nothing is asked, and without FILE the YAML goes to standard output.

    \b
    Example:
      difftutor author new my-unit.yaml
      difftutor author new --function 'sin(x^2)' --to my-unit.yaml
    """
    from tutor.apps.author_draft import Draft
    from tutor.apps.author_new import NewOptions, run_new

    if given["file"] and given["to"]:
        raise click.UsageError("FILE and --to name the same thing: give one of them")
    draft = Draft(
        variables=tuple(name for word in given["variables"] for name in word.replace(",", " ").split()),
        skills=tuple(given["skills"].replace(",", " ").split()),
        **{name: given[name] for name in ("functions", "kind", "order", "at", "id", "title", "prompt", "difficulty")},
    )
    options = NewOptions(given["file"] or given["to"], given["unit"], draft)
    ctx.exit(run_new(options, streams(), wishes(ctx, given), _talk(ctx, given)))


for _option in reversed(DRAFT):
    new_command = _option(new_command)


@click.command("check", context_settings=CONTEXT)
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes  [default: all cores].")
@look_options
@click.pass_context
def check_command(ctx: click.Context, /, **given: Any) -> None:
    """Look for everything that is wrong in exercise files.

    First the form, all faults of all files at once. Then each key against our derivation, SymPy and the slope
    measured from the function, and every model answer through the grader. Exit code 1 means that faults were found.

    \b
    Example:
      difftutor author check exercises/
    """
    from tutor.apps.author_check import CheckOptions, run_check

    options = CheckOptions(given["paths"], given["workers"], as_json=given["as_json"])
    ctx.exit(run_check(options, streams(), wishes(ctx, given)))


@click.command("preview", context_settings=CONTEXT)
@click.argument("id", metavar="ID")
@click.option("--attempt", "answers", multiple=True, metavar="TEXT", help="Show what is said to this answer.")
@click.option("--exercises", metavar="DIR", help="Take the exercise from another folder or file.")
@look_options
@click.pass_context
def preview_command(ctx: click.Context, /, **given: Any) -> None:
    """Show an exercise as a learner sees it.

    Without an answer: the question, the hints, the worked steps. With --attempt: what is said to that answer.

    \b
    Example:
      difftutor author preview u04-sinsq --attempt 'cos(x^2)'
    """
    from tutor.apps.author_preview import PreviewOptions, run_preview

    options = PreviewOptions(given["id"], given["answers"], given["exercises"])
    ctx.exit(run_preview(options, _pages(), streams(), wishes(ctx, given)))


@click.command("schema", context_settings=CONTEXT)
@click.option("--output", "-o", default="-", metavar="FILE", help="Write to FILE  [default: standard output].")
@click.pass_context
def schema_command(ctx: click.Context, /, output: str) -> None:
    """Print the JSON Schema of exercise files, for editors.

    An editor with a YAML language server then completes fields and underlines mistakes in files that begin with the
    line `# yaml-language-server: $schema=exercise.schema.json`.

    \b
    Example:
      difftutor author schema --output exercise.schema.json
    """
    from tutor.apps.author_schema import run_schema

    ctx.exit(run_schema(output, streams()))


# ---- what the quiz lends ------------------------------------------------------------------------------------------


class FrontTalk:
    """The quiz's front as the questions of `author new` want it."""

    def __init__(self, front: Front, interactive: bool) -> None:  # noqa: FBT001 - a value that is kept
        self._front = front
        self.interactive = interactive

    def show(self, blocks: Iterable[Block]) -> None:
        """Show blocks under what is there already."""
        self._front.show(blocks)

    def read(
        self, label: str, read: Callable[[str], tuple[CellAnswer, ...]] | None = None, help: str | None = None
    ) -> str:
        """The next line; a pipe is read also where the line is no formula."""
        from tutor.apps.quiz_front import Ask

        return self._front.read(Ask(label, read if read or self.interactive else lambda _: (), help=help))


def _talk(ctx: click.Context, given: dict[str, Any]) -> FrontTalk:
    """The live prompt in a terminal, else plain lines."""
    from tutor.apps.quiz_plain import PlainFront
    from tutor.render.look import look_of

    these = streams()
    look = look_of(these.stdout, wishes(ctx, given))
    typed = these.stdin.isatty()
    if look.plain or not (typed and these.stdout.isatty()):
        return FrontTalk(PlainFront(these, look.as_plain(), echo=not typed), typed)
    from tutor.apps.quiz_prompt import PromptFront  # the terminal toolkit, where there is a terminal

    return FrontTalk(PromptFront(PlainFront(these, look, echo=False)), typed)


def _pages() -> Pages:
    from tutor.apps.author_preview import Pages
    from tutor.apps.quiz_question import page, question
    from tutor.apps.quiz_solution import hint, hints, solution

    return Pages(
        question=lambda exercise: page(question(exercise), "1/1"),
        hints=lambda exercise: tuple(
            block for number in range(1, len(hints(exercise)) + 1) for block in hint(hints(exercise), number)
        ),
        solution=solution,
    )
