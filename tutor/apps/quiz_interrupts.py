"""Ctrl-C where it must not fall between two things that belong together."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType


class Interrupts:
    """Ctrl-C, put off while the program loads behind the first question, and while an event is written and shown.

    So what the record holds and what the screen shows never disagree.
    """

    def __init__(self) -> None:
        self._before: Any = None
        self._held = False
        self._came = False

    def hold(self) -> None:
        """Put off Ctrl-C from now on; a second one while it is put off gets through."""
        if self._held or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before = signal.signal(signal.SIGINT, self._note)
            self._held = True

    def release(self) -> bool:
        """Let Ctrl-C through again; whether one came in between."""
        if self._held:
            signal.signal(signal.SIGINT, self._before)
        came, self._held, self._came = self._came, False, False
        return came

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self._came:
            signal.default_int_handler(number, frame)
        self._came = True
