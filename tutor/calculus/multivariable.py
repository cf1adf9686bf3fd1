"""Derivatives of and with respect to several things: gradient, Jacobian (rows are outputs), Hessian."""

from __future__ import annotations

from tutor.calculus.derivation import derivative
from tutor.expression.tree import Expression

Row = tuple[Expression, ...]


def gradient(function: Expression, variables: tuple[str, ...]) -> Row:
    """The partial derivatives of a scalar function, one for each variable, in their order."""
    return tuple(derivative(function, (variable,)) for variable in variables)


def jacobian(functions: tuple[Expression, ...], variables: tuple[str, ...]) -> tuple[Row, ...]:
    """The Jacobian matrix: row i holds the gradient of output i."""
    return tuple(gradient(function, variables) for function in functions)


def hessian(function: Expression, variables: tuple[str, ...]) -> tuple[Row, ...]:
    """The matrix of second partial derivatives: row i, column j differentiates by variable i, then j."""
    return tuple(tuple(derivative(function, (first, second)) for second in variables) for first in variables)
