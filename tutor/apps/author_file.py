"""Writing an author's files: a new one never replaces another, an old one is replaced whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tutor.errors import UsageError


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; UsageError when it is, or cannot be written."""
    if path.exists() or path.is_symlink():
        raise UsageError("file-exists", f"{path} is there already", suggestion="name another file")
    _written(path, text, _linked)


def replace_text(path: Path, text: str) -> None:
    """Give a file a new text, through a temporary file beside it; what a link points to is replaced, not the link."""
    _written(Path(os.path.realpath(path)), text, os.replace)


def _written(path: Path, text: str, publish: Callable[[str, Path], None]) -> None:
    partial: str | None = None
    try:
        descriptor, partial = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(partial, _mode(path))
        publish(partial, path)
    except OSError as error:
        reason = (error.strerror or str(error)).casefold()
        raise UsageError("cannot-write", f"{path} cannot be written: {reason}", suggestion=_fix(path)) from None
    finally:
        if partial is not None:
            with suppress(OSError):
                os.unlink(partial)


def _linked(partial: str, path: Path) -> None:
    """Give a file its name unless the name was taken meanwhile; where there are no links, look once more and rename."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(17, "it is there already") from None
        os.replace(partial, path)


def _fix(path: Path) -> str:
    return f"mkdir {path.parent}" if not path.parent.is_dir() else "name another file"


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or what the user's umask makes of a new one."""
    with suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
