"""The tests of workers start a new process for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kept_workers import FRESH
from tutor.worker import supervisor


@pytest.fixture(scope="module", autouse=True)
def _fresh_workers() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(supervisor, "_Process", FRESH)
        yield
