"""Text as Telegram counts it: well-formed Unicode, measured in UTF-16 code units.

Tests: tests/adapters/telegram/test_render.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.text import cluster_boundary, well_formed


@dataclass(frozen=True, slots=True, kw_only=True)
class Halves:
    """A text split in two."""

    head: str
    """What fits into the limit."""
    rest: str


def units(text: str) -> int:
    """The length of well-formed ``text`` in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def halves(text: str, limit: int) -> Halves:
    """``text`` split after at most ``limit`` units, never inside a grapheme."""
    head = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
    at = cluster_boundary(text, len(head)) if len(head) < len(text) else len(head)
    return Halves(head=text[:at], rest=text[at:])


def cut(text: str, limit: int) -> str:
    """Well-formed ``text`` in at most ``limit`` units; an ellipsis marks a cut."""
    text = well_formed(text)
    return text if units(text) <= limit else halves(text, limit - 1).head + "…"
