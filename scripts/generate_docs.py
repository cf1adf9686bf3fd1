"""Write the pages of docs/ that are made from the program: commands, rules, fields; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import click

from tutor.calculus.catalogue import laws_of
from tutor.calculus.implicit import DIFFERENTIATING, SOLVING
from tutor.calculus.outer import OUTER
from tutor.calculus.rules import RULES
from tutor.cli import difftutor
from tutor.cli_options import EXIT_CODES
from tutor.exercise.fields import EVERY_KIND, FIELDS, FILE, FORMS, MISTAKE, OPTION, Field
from tutor.expression.to_text import to_text
from tutor.feedback.wording import MalRuleWording, mal_rules
from tutor.kinds.catalogue import KINDS

DOCS = Path(__file__).parent.parent / "docs"
NOTE = "<!-- Written by scripts/generate_docs.py; do not edit. -->"


def commands_page() -> str:
    """The help of every command, as the program prints it, and the exit codes."""
    root = click.Context(difftutor, info_name="difftutor", terminal_width=80, **difftutor.context_settings)
    blocks = [f"# Commands\n\n{NOTE}\n", _screen(difftutor.get_help(root))]
    for name, command in _all_commands(difftutor, root):
        context = click.Context(command, info_name=name, parent=root, **command.context_settings)
        blocks.append(f"## {name}\n\n{_screen(command.get_help(context))}")
    codes = _table(("code", "means"), ((str(code), words) for code, words in EXIT_CODES.items()))
    return "\n".join([*blocks, f"## Exit codes\n\n{codes}"])


def _all_commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command and the commands within it, by the words that are typed after `difftutor`."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in _all_commands(command, context))


def _screen(text: str) -> str:
    return f"```\n{text.rstrip()}\n```\n"


def rules_page() -> str:
    """The catalogue: sound laws, slopes of elementary functions, and every mal-rule with its wording."""
    single = {outer.id for outer in OUTER} | {f"chain-{outer.id}" for outer in OUTER}
    laws = ((f"`{rule.id}`", _code(rule.law), rule.title) for rule in RULES if rule.id not in single)
    slopes = ((f"`{each.id}`", _code(to_text(each.function)), _code(to_text(each.slope))) for each in OUTER)
    parts = [
        f"# Rules and mal-rules\n\n{NOTE}\n",
        "In a law `x` is the variable, `c` is free of it, `u`, `v`, `w` are anything, and `D( )` is still to be",
        "differentiated. The first law that fits is applied. On a curve y depends on x: there",
        f"{_code(DIFFERENTIATING.law)}, and {_code(SOLVING.law)} solves u + v·dy = 0.\n",
        "## Rules\n\n" + _table(("rule", "law", "in words"), laws),
        "## Elementary functions\n\nWith `u` inside, the chain rule multiplies by `D(u)`: rule `chain-…`.\n",
        _table(("rule", "function", "slope in u"), slopes),
        "## Mal-rules\n\nMistaken laws, by family. The ids are stable: reports and files refer to them.",
        "Under each stand the laws in which it shows, by the moment: in differentiating; *before*, about the",
        "function as it is written; *after*, about the derivative; on a *curve*; about the *question* as a whole. In",
        "laws of before and after `r`, `s`, `t` are one term or factor, and the order of terms and factors does not",
        "matter; `p` and `q` are numbers, `y` is another symbol. ◦ marks mal-rules without a law: their answers are",
        "vectors or numbers.\n",
        *_families(mal_rules()),
    ]
    return "\n".join(parts)


def _families(wording: Mapping[str, MalRuleWording]) -> Iterator[str]:
    """A section for each family of mal-rules, in the order of the wording."""
    ordered = list(dict.fromkeys(each.family for each in wording.values()))
    rows = sorted(wording.values(), key=lambda each: ordered.index(each.family))
    for family, members in groupby(rows, key=lambda each: each.family):
        yield f"### {family.replace('_', ' ').capitalize()}\n"
        yield from (_mal_rule(each) for each in members)


def _mal_rule(wording: MalRuleWording) -> str:
    """One mal-rule: its name, the mistaken law and the right one, what the learner is told, an example, its laws."""
    laws = [law if moment == "differentiating" else f"{moment} {law}" for moment, law in _laws(wording.id)]
    lines = [f"#### {wording.id}{'' if laws else ' ◦'}\n", f"{wording.name}. {_code(wording.wrong_rule)}"]
    lines[-1] += f" instead of {_code(wording.correct_rule)}.\n"
    lines.append(f"> {wording.feedback}\n")
    lines += [
        f"Example: {_code(each.function)} gives {_code(each.wrong)}, right is {_code(each.right)}.\n"
        for each in wording.examples[:1]
    ]
    lines += [f"Laws: {', '.join(laws)}.\n"] if laws else []
    return "\n".join(lines)


def _laws(id: str) -> Iterator[tuple[str, str]]:
    """The moment of each law of a mal-rule, and the law as code."""
    return ((moment, _code(law)) for moment, law in laws_of(id))


def fields_page() -> str:
    """The fields of an exercise file, and which kind of exercise has which of them."""
    kinds = (
        (f"`{kind.name}`", _names(kind.fields & kind.required), _names(kind.fields - kind.required))
        for kind in KINDS.values()
    )
    parts = [
        f"# Fields of an exercise file\n\n{NOTE}\n",
        _fields("The file", FILE),
        _fields("An exercise", FIELDS),
        _fields("An option of a choice", OPTION),
        _fields("A mistake you expect", MISTAKE),
        "## The forms that can be asked for\n",
        "What stands inside a function or in an exponent is left alone, except by `simplified` and",
        "`no-negative-exponents`.\n",
        _table(("form", "what it demands"), ((f"`{name}`", words) for name, words in FORMS.items())),
        f"## Which kind has which\n\nEvery kind has {_names(EVERY_KIND)}.\n",
        _table(("kind", "needs", "may have"), kinds),
    ]
    return "\n".join(parts)


def _fields(title: str, rows: Mapping[str, Field]) -> str:
    cells = ((f"`{row.name}`", row.form.replace("|", "&#124;"), row.doc, row.default) for row in rows.values())
    return f"## {title}\n\n" + _table(("field", "form", "what it is", "without it"), cells)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _code(text: str) -> str:
    """A formula as code, safe inside a table."""
    return f"`{text}`" if "|" not in text else "<code>" + text.replace("|", "&#124;") + "</code>"


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "exercise-fields.md": fields_page,
    "rules.md": rules_page,
}


def main(check: bool) -> int:  # noqa: FBT001 - the one option of a script
    """Write the pages, or with `check` say which ones are stale; 1 when one is."""
    stale = []
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"docs/{name} {'is stale: run python3 scripts/test.py --fix' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
