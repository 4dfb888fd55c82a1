"""The files of a message, as its JSON tells them. Pure.

Tests: tests/adapters/slack/test_parse.py.
"""

from __future__ import annotations

from adapters.slack.origin import is_id
from core.chat import AttachedFile
from core.text import well_formed

MAX_FILES = 5
"""Of one message; further ones are ignored."""


def attached_files(found: object) -> tuple[AttachedFile, ...]:
    """The files of a message; without those that were deleted."""
    files = found if isinstance(found, list) else []
    return tuple(file for one in files[:MAX_FILES] if (file := _file(one)))


def _file(one: object) -> AttachedFile | None:
    match one:
        case {"id": str(file_id), **about} if is_id(file_id) and about.get("mode") != "tombstone":
            name, size = about.get("name"), about.get("size")
            return AttachedFile(
                reference=file_id,
                name=well_formed(name) if isinstance(name, str) else "",
                size=size if type(size) is int and size >= 0 else None,
            )
    return None
