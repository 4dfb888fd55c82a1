"""Where a text quotes something.

Tests: tests/core/words/dates.
"""

from __future__ import annotations

import re

QUOTED = (
    r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\S)\'[^\']*\'(?=[\s,.;:!?)]|$)|(?<!\S)‘[^’]*’(?=[\s,.;:!?)]|$)'
)
"""The pattern of a quotation, with its marks."""

_QUOTED = re.compile(QUOTED)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Begin and end of each quotation, with its marks."""
    return [found.span() for found in _QUOTED.finditer(text)]
