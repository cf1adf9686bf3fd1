"""The name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name that is most like a given one, None when none is like it."""
    from difflib import get_close_matches  # only needed once something is wrong

    known = {known.casefold(): known for known in names}
    found = get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A suggestion: the nearest name, or all of them."""
    listed = tuple(names)
    found = nearest(name, listed)
    return f"did you mean `{found}`?" if found else f"known: {', '.join(listed)}"
