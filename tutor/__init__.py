"""difftutor: a tutor for derivatives, gradients, the chain rule and backpropagation."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.calculus.derivation import derivative
    from tutor.calculus.multivariable import gradient, hessian, jacobian
    from tutor.errors import AnswerError, ExerciseError, TutorError, UsageError
    from tutor.exercise.model import Exercise
    from tutor.expression.parser import parse
    from tutor.feedback.assess import assess
    from tutor.feedback.assessment import Assessment

__version__ = "0.1.0"

__all__ = [
    "AnswerError",
    "Assessment",
    "Exercise",
    "ExerciseError",
    "TutorError",
    "UsageError",
    "__version__",
    "assess",
    "derivative",
    "gradient",
    "hessian",
    "jacobian",
    "parse",
]

_HOMES = {
    "AnswerError": "tutor.errors",
    "Assessment": "tutor.feedback.assessment",
    "Exercise": "tutor.exercise.model",
    "ExerciseError": "tutor.errors",
    "TutorError": "tutor.errors",
    "UsageError": "tutor.errors",
    "assess": "tutor.feedback.assess",
    "derivative": "tutor.calculus.derivation",
    "gradient": "tutor.calculus.multivariable",
    "hessian": "tutor.calculus.multivariable",
    "jacobian": "tutor.calculus.multivariable",
    "parse": "tutor.expression.parser",
}


def __getattr__(name: str) -> object:
    """A public name, imported from its home at first use, so that `import tutor` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tutor' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
