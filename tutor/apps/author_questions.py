"""The questions of `author new`: each with what it would take by itself, asked again until the answer can be used."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from tutor.apps.author_defaults import default_difficulty, default_id, default_skills, free_id
from tutor.apps.author_derived import derived_page
from tutor.apps.author_draft import Draft, DraftOption, exercise_of
from tutor.errors import AnswerError, ExerciseErrors, Span, UsageError
from tutor.exercise.model import Exercise
from tutor.exercise.nearest import nearest
from tutor.exercise.scalar import entries
from tutor.exercise.symbols import free_of
from tutor.expression.limits import IN_FILES
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.kinds.catalogue import KINDS
from tutor.kinds.kind import CellAnswer
from tutor.render.blocks import Banner, Block, Mark, Paragraph, Pointer, Words
from tutor.render.shown import shown

Reader = Callable[[str], tuple[CellAnswer, ...]]

DEFAULT_FILE = "my-unit.yaml"
LARGEST_LIST = 26

FUNCTION_HELP = "Enter to go on · for example exp(sin(x^2)) · Ctrl-C leaves"
INTRODUCTION = "A new exercise. Enter takes what stands in [ ]; Ctrl-C leaves without a trace."


class Stopped(Exception):
    """The author left; it never leaves this package."""


class Talk(Protocol):
    """A terminal, or what stands for one; `interactive` where somebody types."""

    @property
    def interactive(self) -> bool:
        """Whether somebody types; else the lines come from a pipe."""

    def show(self, blocks: Iterable[Block]) -> None:
        """Show blocks under what is there already."""

    def read(self, label: str, read: Reader | None = None, help: str | None = None) -> str:
        """The next line; EOFError at the end of input, KeyboardInterrupt where the line was abandoned."""


def asked_file(talk: Talk) -> str:
    """The file that an exercise goes to; asked first, so that what stands in it is known to all other questions."""
    return _Questions(talk, ()).line("File, a new one or one to add to", DEFAULT_FILE)


def asked_for(draft: Draft, talk: Talk, taken: Container[str]) -> Draft:
    """The exercise that the answers make; Stopped when the author leaves."""
    questions = _Questions(talk, taken)
    talk.show(_said(INTRODUCTION))
    draft = questions.kind(draft)
    draft = questions.choice(draft) if draft.kind == "choice" else questions.function(draft)
    exercise = exercise_of(draft)
    talk.show(derived_page(exercise))
    return questions.names(draft, exercise)


@dataclass(frozen=True, slots=True)
class _Questions:
    talk: Talk
    taken: Container[str]

    # ---- one line ---------------------------------------------------------------------------------------------------

    def line(self, label: str, default: str | None = None, read: Reader | None = None) -> str:
        """What is typed, or the default for an empty line; without a default the question is asked again.

        A pipe that has ended takes every default; where there is none, UsageError.
        """
        shown_default = f" [{default}]" if default else ""
        while True:
            try:
                text = self.talk.read(f"{label}{shown_default}: ", read, FUNCTION_HELP if read else None).strip()
            except KeyboardInterrupt:
                raise Stopped from None
            except EOFError:
                if self.talk.interactive:
                    raise Stopped from None
                if default is None:
                    raise UsageError("no-answer", f"the input ended before: {label}") from None
                return default
            if text or default is not None:
                return text or default or ""

    def until(self, label: str, default: str | None, use: Callable[[str], str | None]) -> str:
        """A line that can be used; `use` says what is the matter with one that cannot."""
        while True:
            text = self.line(label, default)
            problem = use(text)
            if problem is None:
                return text
            self.trouble(problem)

    def trouble(self, words: str, suggestion: str | None = None) -> None:
        """Say what is the matter; where nobody types, the same line would not get better, and the work ends."""
        if not self.talk.interactive:
            raise UsageError("bad-answer", words, suggestion=suggestion)
        self.talk.show((Banner(Mark.TROUBLE, shown(words, 500)), Pointer("", None, "", suggestion or "")))

    # ---- what is asked ----------------------------------------------------------------------------------------------

    def kind(self, draft: Draft) -> Draft:
        """The kind, by its name, the beginning of it, or its number."""
        if draft.kind:
            return draft
        names = sorted(KINDS, key=lambda name: (name != "expression", name))
        listed = ", ".join(f"{number} {name}" for number, name in enumerate(names, start=1))
        typed = self.until(f"Kind: {listed}", names[0], lambda text: _no_kind(text, names))
        return replace(draft, kind=_named(typed, names) or names[0])

    def function(self, draft: Draft) -> Draft:
        """The function or functions with their variables and point, until the reader of files takes them."""
        while True:
            functions = self.formulas(draft.kind)
            tried = replace(draft, functions=functions, variables=draft.variables or self.variables(draft, functions))
            if draft.kind == "number" and not draft.at:
                tried = replace(tried, at=self.line("At which point, such as x = 2"))
            try:
                exercise_of(tried)
            except ExerciseErrors as several:
                first = several.errors[0]
                self.trouble(first.message, first.suggestion)
                continue
            return tried

    def formulas(self, kind: str) -> tuple[str, ...]:
        """The formula, or the entries of a list `[x*y, x + y]`, as they were typed."""
        label = "Functions, as in [x*y, x + y]" if kind == "jacobian" else "Function"
        while True:
            text = self.line(label, read=_read_formula)
            try:
                found = entries(parse(text, limits=IN_FILES).expression)
            except AnswerError as error:
                self.unreadable(text, error)
                continue
            return (text,) if len(found) == 1 else tuple(to_text(entry) for entry in found)

    def unreadable(self, text: str, error: AnswerError) -> None:
        """Show the place in a formula that cannot be read."""
        if not self.talk.interactive:
            raise UsageError(error.code, f"{shown(text, 80)}: {error.message}", suggestion=error.suggestion)
        pointer = Pointer(text, error.span or Span(0, len(text)), "", error.suggestion or "write 2x*cos(x^2)")
        self.talk.show((Banner(Mark.TROUBLE, f"Not readable: {shown(error.message, 500)}"), pointer))

    def variables(self, draft: Draft, functions: tuple[str, ...]) -> tuple[str, ...]:
        """The variables, asked for where there is more than one symbol."""
        free = sorted(free_of(parse(text, limits=IN_FILES).expression for text in functions))
        if len(free) < 2 and draft.kind not in ("gradient", "jacobian"):
            return ()
        several = draft.kind in ("gradient", "jacobian")
        default = ", ".join(free) if several else "x" if "x" in free else free[0]
        label = f"With respect to which variable{'s' if several else ''}"
        typed = self.line(label, default or "x")
        return tuple(name for name in typed.replace(",", " ").split() if name)

    def choice(self, draft: Draft) -> Draft:
        """The question and its options, at least two, one of them right, each wrong one with feedback."""
        prompt = draft.prompt or self.line("Question")
        while True:
            tried = replace(draft, prompt=prompt, options=self.options())
            try:
                exercise_of(tried)
            except ExerciseErrors as several:
                self.trouble(several.errors[0].message, several.errors[0].suggestion)
                continue
            return tried

    def options(self) -> tuple[DraftOption, ...]:
        """The options: first the right one, then wrong ones until an empty line."""
        right = DraftOption(self.line("The right option"), correct=True, feedback=self.line("What to say to it", ""))
        options = [right]
        while len(options) < LARGEST_LIST:
            more = len(options) > 1
            text = self.line("A wrong option (Enter: no more)" if more else "A wrong option", "" if more else None)
            if not text:
                break
            options.append(DraftOption(text, feedback=self.line("Why it is wrong")))
        return tuple(options)

    def names(self, draft: Draft, exercise: Exercise) -> Draft:
        """Id, title, skills and difficulty, each with what fits."""
        proposed = free_id(draft.id, self.taken) if draft.id else default_id(exercise, self.taken)
        draft = replace(draft, id=self.until("Id", proposed, lambda text: self.no_id(draft, text)))
        draft = replace(draft, title=draft.title or self.line("Title (may stay empty)", ""))
        skills = ", ".join(draft.skills or default_skills(exercise))
        typed = self.until("Skills", skills, lambda text: _problem(replace(draft, skills=_words(text))))
        draft = replace(draft, skills=_words(typed))
        guess = str(draft.difficulty or default_difficulty(exercise))
        typed = self.until("Difficulty, 1 to 5", guess, _no_difficulty)
        return replace(draft, difficulty=int(typed))

    def no_id(self, draft: Draft, text: str) -> str | None:
        """What is the matter with an id."""
        if text in self.taken:
            return f"the id {text} is taken"
        return _problem(replace(draft, id=text))


def _problem(draft: Draft) -> str | None:
    try:
        exercise_of(draft)
    except ExerciseErrors as several:
        return several.errors[0].message
    return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _no_difficulty(text: str) -> str | None:
    return None if text in ("1", "2", "3", "4", "5") else "a whole number from 1 to 5 is wanted"


def _named(text: str, names: list[str]) -> str | None:
    if text.isascii() and text.isdigit():
        return names[int(text) - 1] if 0 < int(text) <= len(names) else None
    found = [name for name in names if name.startswith(text.casefold())]
    return found[0] if found else None


def _no_kind(text: str, names: list[str]) -> str | None:
    if _named(text, names) is not None:
        return None
    near = nearest(text, names)
    return f"there is no kind {text[:40]}" + (f": did you mean {near}?" if near else "")


def _read_formula(text: str) -> tuple[CellAnswer, ...]:
    """How the text is read, for the picture under the line."""
    try:
        return (CellAnswer(text, parse(text, limits=IN_FILES)),)
    except AnswerError as error:
        return (CellAnswer(text, error=error),)


def _said(words: str) -> tuple[Block, ...]:
    return (Paragraph((Words(words),)),)
