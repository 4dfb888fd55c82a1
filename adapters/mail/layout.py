"""What a mail says, before it becomes plain text or HTML; and the plain text.

Tests: tests/adapters/mail/test_compose.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.chat import Line
from core.text import well_formed


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The parts of a mail from top to bottom."""

    title: str
    language: str | None
    lines: tuple[Line, ...]
    links: tuple[tuple[str, str], ...]
    """Label and address of each button."""
    footer: str | None
    small_links: tuple[tuple[str, str], ...] = ()
    """Below the footer."""


def plain(layout: Layout) -> str:
    """The mail as text: the lines, then each link below its label."""
    parts = ["\n".join(well_formed(line.text) for line in layout.lines)]
    parts += [_link(label, url) for label, url in layout.links]
    if layout.footer:
        parts.append(f"-- \n{layout.footer}")
    parts += [_link(label, url) for label, url in layout.small_links]
    return "\n\n".join(parts) + "\n"


def _link(label: str, url: str) -> str:
    label = well_formed(label)
    return f"{label}{'' if label.endswith(('?', '!', '…')) else ':'}\n{url}"
