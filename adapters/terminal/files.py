"""Reads a file of this machine that the person at the terminal names.

Tests: tests/adapters/terminal/test_files.py.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from core.errors import FileUnusable


def read_file(name: str, *, max_bytes: int) -> bytes:
    """The content of the file ``name``. Raises ``FileUnusable``.

    A name may stand in quotation marks or with backslashes before spaces, as terminals paste it, and may
    begin with ``~``. Only regular files are opened: a pipe or a device might never end.
    """
    for path in _paths(name):
        try:
            return _content(path, max_bytes)
        except (FileNotFoundError, NotADirectoryError, ValueError, RuntimeError):
            continue
        except OSError as fault:
            reason = "no_permission" if isinstance(fault, PermissionError) else "unreachable"
            raise FileUnusable(reason, name=name) from fault
    raise FileUnusable("no_file", name=name)


def _paths(name: str) -> list[Path]:
    bare = name.strip().removeprefix("file://")
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        bare = bare[1:-1]
    names = dict.fromkeys((bare, bare.replace("\\ ", " ")))
    return [Path(os.path.expanduser(one)) for one in names if one]


def _content(path: Path, max_bytes: int) -> bytes:
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise FileUnusable("no_regular_file", name=str(path))
    if about.st_size > max_bytes:
        raise FileUnusable("too_big")
    with path.open("rb") as file:
        content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise FileUnusable("too_big")
    return content
