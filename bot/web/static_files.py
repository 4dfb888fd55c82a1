"""Files for browsers. The address of each holds its hash, so browsers may keep it for ever.

Tests: tests/bot/web/test_static_files.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.web.page import Access, Answer, Page, Visit
from core.errors import NotFound

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

_HASH_CHARACTERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file in memory."""

    address: str
    """``/static/oo.0123456789ab.css``."""
    content: bytes
    content_type: str


@cache
def files() -> dict[str, StaticFile]:
    """All files, by their names."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}


def address_of(name: str) -> str:
    """The address of a file. Raises ``KeyError`` if there is none of that name."""
    return files()[name].address


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_HASH_CHARACTERS]
    address = f"/static/{path.stem}.{digest}{path.suffix}"
    return StaticFile(address=address, content=content, content_type=TYPES[path.suffix])


async def static_file(visit: Visit) -> Answer:
    """A file at its address."""
    for file in files().values():
        if file.address == visit.request.path:
            return Answer(body=file.content, content_type=file.content_type, is_immutable=True)
    raise NotFound("no such file")


STATIC = (Page(method="GET", path="/static/{name}", run=static_file, access=Access.NOBODY),)
