"""What one attempt at a normal form learns for the next, and the names by which kernels and polynomials stay known."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

__all__ = ["Descriptor", "Facts", "Key"]

Key: TypeAlias = frozenset[tuple[frozenset[tuple[int, int]], Fraction]]
"""A polynomial by the numbers of its kernels' descriptors, whatever the order of the generators."""

Descriptor: TypeAlias = tuple[Hashable, ...]
"""What a kernel is: its kind and all that its value depends on."""


@dataclass(slots=True)
class Facts:
    """What is learnt in one attempt and holds in the next: all statements are true wherever both sides are real.

    `numbers` gives each descriptor a number for good; `scales` are common denominators of the exponents of a radical,
    `units` what all multiples in which an exponent or angle occurs are whole multiples of; `signs` says that the sign
    of one factor is plus or minus the product of the signs of others; `closed` are bases of powers that are too large
    to expand; `steps` say of a sign and a term by how small a multiple of that term powers of the sign are raised.
    """

    numbers: dict[Descriptor, int] = field(default_factory=dict)
    scales: dict[Descriptor, int] = field(default_factory=dict)
    units: dict[Descriptor, Fraction] = field(default_factory=dict)
    signs: dict[Key, tuple[int, frozenset[Key]]] = field(default_factory=dict)
    closed: set[tuple[Key, Key]] = field(default_factory=set)
    steps: dict[Hashable, Fraction] = field(default_factory=dict)
    work: int = 0

    def copy(self) -> Facts:
        """The same facts, to which others may be added."""
        return Facts(
            self.numbers.copy(),
            self.scales.copy(),
            self.units.copy(),
            self.signs.copy(),
            self.closed.copy(),
            self.steps.copy(),
            self.work,
        )
