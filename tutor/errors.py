"""Who must act: the learner (AnswerError), the author (ExerciseError) or the caller (UsageError).

Exceptions carry data. Sentences for the screen, carets and colours are made at the edge, from these fields.
Anything that is not a TutorError is a bug of this program and is never turned into a verdict.
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters in the text that was read."""

    start: int
    end: int


class TutorError(Exception):
    """A problem that somebody outside this program can mend; `code` is stable, `suggestion` says how."""

    def __init__(self, code: str, message: str, *, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestion = suggestion


class AnswerError(TutorError):
    """A text that cannot be read as a formula; `span` is the place in the text."""

    def __init__(self, code: str, message: str, span: Span | None = None, *, suggestion: str | None = None) -> None:
        super().__init__(code, message, suggestion=suggestion)
        self.span = span


class ExerciseError(TutorError):
    """A fault in an exercise file, with its place: file, line and column (both from 1), and the line's text."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        file: str = "",
        line: int = 0,
        column: int = 0,
        excerpt: str = "",
        suggestion: str | None = None,
    ) -> None:
        super().__init__(code, message, suggestion=suggestion)
        self.file = file
        self.line = line
        self.column = column
        self.excerpt = excerpt


class ExerciseErrors(TutorError):
    """All faults that were found in one reading of exercise files, in the order of their places."""

    def __init__(self, errors: tuple[ExerciseError, ...]) -> None:
        super().__init__("exercise-faults", f"{len(errors)} faults in exercise files")
        self.errors = errors


class UsageError(TutorError):
    """A request that cannot be carried out as it was made: an unknown id, an unreadable FUNCTION, a bad option."""


class InputFileError(TutorError):
    """An input file that cannot be used as a whole: missing, a directory, binary, wrong encoding, wrong columns."""


class InputFileErrors(InputFileError):
    """What is wrong with several input files, in the order in which they were named."""

    def __init__(self, errors: tuple[TutorError, ...]) -> None:
        super().__init__("input-faults", f"{len(errors)} input files cannot be used")
        self.errors = errors


def single_errors(error: TutorError) -> tuple[TutorError, ...]:
    """The errors that one error stands for, each to be told by itself."""
    match error:
        case ExerciseErrors(errors=errors) | InputFileErrors(errors=errors):
            return tuple(one for inner in errors for one in single_errors(inner))
        case _:
            return (error,)
