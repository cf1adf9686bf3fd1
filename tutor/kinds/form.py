"""What may be wrong with the form of an exercise, beyond what single fields say; kinds pick what concerns them."""

from __future__ import annotations

from tutor.exercise.model import Complaint, Exercise
from tutor.exercise.symbols import free_of


def complaints(*found: Complaint | None) -> tuple[Complaint, ...]:
    """Those that are complaints."""
    return tuple(complaint for complaint in found if complaint is not None)


def one_function(exercise: Exercise) -> Complaint | None:
    """More functions than one."""
    if len(exercise.functions) <= 1:
        return None
    message = f"an exercise of kind {exercise.kind} has one function, and here are {len(exercise.functions)}"
    return Complaint("function", "one-function", message, "kind: jacobian")


def one_variable(exercise: Exercise) -> Complaint | None:
    """More variables than one."""
    if len(exercise.variables) <= 1:
        return None
    message = f"an exercise of kind {exercise.kind} has one variable, and here are {len(exercise.variables)}"
    return Complaint("variable", "one-variable", message, "kind: gradient")


def entries_of_answer(exercise: Exercise, count: int) -> Complaint | None:
    """A stated answer, or a mistake, with another number of entries than there are cells."""
    if exercise.answer and len(exercise.answer) != count:
        message = f"{count} entries are wanted in the answer, and here are {len(exercise.answer)}"
        return Complaint("answer", "wrong-shape", message, _sketch(count))
    wrong = next((mistake for mistake in exercise.mistakes if len(mistake.answer) != count), None)
    if wrong is None:
        return None
    message = f"{count} entries are wanted in the mistake `{wrong.name}`, and here are {len(wrong.answer)}"
    return Complaint("mistakes", "wrong-shape", message, _sketch(count))


def _sketch(count: int) -> str:
    """How an answer of so many entries is written."""
    return "[" + ", ".join(["…"] * count) + "]" if count > 1 else "one formula"


def question_without_function(exercise: Exercise) -> Complaint | None:
    """Neither a function nor words that say what is wanted."""
    if exercise.functions or exercise.prompt:
        return None
    message = "without a function the prompt must say what is wanted"
    return Complaint("answer", "no-question", message, 'prompt: "…"')


def known_symbols(exercise: Exercise) -> Complaint | None:
    """A point or a domain for a symbol that does not occur."""
    known = free_of((*exercise.functions, *exercise.answer)).union(exercise.variables)
    for field, names in (("at", exercise.at), ("domain", exercise.domain.ranges)):
        stranger = next((name for name in names if name not in known), None)
        if stranger is not None and exercise.functions:
            message = f"`{stranger}` does not occur in the function; its symbols are {', '.join(sorted(known))}"
            return Complaint(field, "unknown-symbol", message, f"delete `{stranger}`, or mend the function")
    return None


def whole_point(exercise: Exercise) -> Complaint | None:
    """A function whose value is wanted at a point that does not fix every symbol."""
    missing = sorted(free_of(exercise.functions).union(exercise.variables) - exercise.at.keys())
    if not exercise.functions or not missing:
        return None
    message = f"the value is wanted at a point, and {', '.join(missing)} has no value there"
    return Complaint("at", "no-point", message, "at: {" + ", ".join(f"{name}: 2" for name in missing) + "}")
