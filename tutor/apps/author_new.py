"""`author new`: an exercise from options, or from questions that are checked as they are answered."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.apps.author_append import UnitFile, open_unit, with_exercise
from tutor.apps.author_defaults import default_difficulty, default_id, default_skills
from tutor.apps.author_derived import derived_page, key_note
from tutor.apps.author_draft import Draft, checked_exercise, new_file, unit_of
from tutor.apps.author_file import replace_text, write_new
from tutor.apps.author_questions import Stopped, Talk, asked_file, asked_for
from tutor.errors import AnswerError, TutorError, UsageError
from tutor.exercise.bank import load_bank
from tutor.exercise.schema import FILE_NAME
from tutor.expression.limits import IN_FILES
from tutor.expression.parser import parse
from tutor.kinds.catalogue import KINDS
from tutor.render.blocks import Banner, Block, Line, Mark, Paragraph, Pointer, Role, Words
from tutor.render.look import Streams, Wishes, look_of
from tutor.render.shown import shown
from tutor.render.to_terminal import to_terminal

DONE, USAGE, STOPPED = 0, 2, 130


@dataclass(frozen=True, slots=True)
class NewOptions:
    """What was said on the command line: the file (None: ask, or standard output), the unit, the exercise so far."""

    file: str | None
    unit: str | None
    draft: Draft


def run_new(options: NewOptions, streams: Streams, wishes: Wishes, talk: Talk) -> int:
    """Make an exercise and write it; questions are asked only when no function was given. The exit code."""
    if options.draft.functions:
        unreadable = _unreadable(options.draft)
        if unreadable is None:
            return _without_questions(options, streams, wishes)
        streams.stderr.write(to_terminal(unreadable, look_of(streams.stderr, wishes)))
        return USAGE
    try:
        path = Path(options.file or asked_file(talk))
        file = _opened(path)
        draft = asked_for(options.draft, talk, _taken(str(path), file))
    except Stopped:
        talk.show((Paragraph((Words("Nothing was written."),)),))
        return STOPPED
    talk.show(_write(path, options.unit, draft, file))
    return DONE


def _without_questions(options: NewOptions, streams: Streams, wishes: Wishes) -> int:
    file = None if options.file is None else _opened(Path(options.file))
    taken = _taken(options.file, file)
    exercise = checked_exercise(options.draft)
    draft = replace(
        options.draft,
        variables=options.draft.variables or (exercise.variables if exercise.kind != "expression" else ()),
        id=options.draft.id or default_id(exercise, taken),
        skills=options.draft.skills or default_skills(exercise),
        difficulty=options.draft.difficulty or default_difficulty(exercise),
    )
    checked_exercise(draft)
    if options.file is None:
        streams.stdout.write(new_file(draft, options.unit or "my-unit", key_note(exercise)))
        return DONE
    if draft.id in taken:
        raise UsageError("duplicate-id", f"the id `{draft.id}` is taken in {options.file}", suggestion=f"{draft.id}-2")
    page = (*derived_page(exercise), *_write(Path(options.file), options.unit, draft, file))
    streams.stdout.write(to_terminal(page, look_of(streams.stdout, wishes)))
    return DONE


def _unreadable(draft: Draft) -> tuple[Block, ...] | None:
    """The page about the first function that cannot be read; None where all can."""
    for text in draft.functions:
        try:
            parse(text, limits=IN_FILES)
        except AnswerError as error:
            fix = error.suggestion or "for example: --function 'exp(sin(x^2))'"
            banner = Banner(Mark.TROUBLE, f"FUNCTION is not readable: {shown(error.message, 1000)}")
            return (banner, Pointer(text, error.span, "", fix))
    return None


def _opened(path: Path) -> UnitFile | None:
    """The file to add to; None where it is a new one."""
    if path.is_dir():
        raise UsageError("is-a-directory", f"{path} is a directory", suggestion=f"name a file: {path / 'my-unit.yaml'}")
    return open_unit(path) if path.exists() else None


def _taken(name: str | None, file: UnitFile | None) -> Container[str]:
    """The ids in the file, and in its folder as far as that can be read."""
    if name is None:
        return ()
    own = {exercise.id for exercise in file.unit.exercises} if file else set()
    try:
        return own | {exercise.id for exercise in load_bank(Path(name).absolute().parent, KINDS).exercises}
    except (TutorError, OSError):
        return own


def _write(path: Path, unit: str | None, draft: Draft, file: UnitFile | None) -> tuple[Block, ...]:
    """Write the exercise; what was done, and what to type next."""
    note = key_note(checked_exercise(draft))
    if file is None:
        has_schema = (path.parent / FILE_NAME).is_file()
        write_new(path, new_file(draft, unit or unit_of(path), note, has_schema))
    else:
        replace_text(path, with_exercise(file, draft, note))
    said = f"Exercise {draft.id} was {'added to' if file else 'written to a new file,'} {shown(str(path))}."
    name = _quoted(str(path))
    return (
        Banner(Mark.RIGHT, said),
        Paragraph((Words("Next:"),)),
        *(Paragraph(_command(words)) for words in _next(name, draft.id)),
    )


def _next(file: str, id_: str) -> tuple[str, ...]:
    return (f"difftutor author check {file}", f"difftutor quiz --exercises {file} {id_}")


def _command(words: str) -> Line:
    return (Words(f"  {words}", Role.STRONG),)


def _quoted(path: str) -> str:
    from shlex import quote

    return shown(quote(path))
