"""All kinds of exercises, found by looking into the modules of this package: a new kind touches no other file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import tutor.kinds
from tutor.kinds.kind import Kind


def _found() -> Iterator[Kind]:
    for module in iter_modules(tutor.kinds.__path__, "tutor.kinds."):
        if module.name != __name__:
            kind = getattr(import_module(module.name), "KIND", None)
            if isinstance(kind, Kind):
                yield kind


KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _found()})
"""Every kind by its name."""
