"""Text as Telegram takes and counts it: well-formed Unicode, measured in UTF-16 code units."""

from __future__ import annotations

from dataclasses import dataclass

from core.text import boundary, well_formed


@dataclass(frozen=True, slots=True, kw_only=True)
class Halves:
    """A text in two: ``head`` fits, ``rest`` is what follows."""

    head: str
    rest: str


def units(text: str) -> int:
    """The length of well-formed ``text`` in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def halves(text: str, limit: int) -> Halves:
    """``text`` divided after at most ``limit`` units, never inside what a reader sees as one character."""
    head = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
    at = boundary(text, len(head)) if len(head) < len(text) else len(head)
    return Halves(head=text[:at], rest=text[at:])


def cut(text: str, limit: int) -> str:
    """Well-formed ``text`` in at most ``limit`` units; an ellipsis shows that something was left out."""
    text = well_formed(text)
    return text if units(text) <= limit else halves(text, limit - 1).head + "…"
