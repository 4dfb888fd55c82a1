"""XML that some servers write: with characters that XML does not allow.

Tests: tests/adapters/calendars/test_caldav.py.
"""

from __future__ import annotations

import re

UNKNOWN = "\ufffd"
"""Stands for a character that XML does not allow."""

_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:#(\d{1,8});|#x([0-9A-Fa-f]{1,8});|(?:amp|lt|gt|quot|apos);)?")


def mended(text: str) -> str:
    """``text`` without characters and references that XML does not allow. Linear in its length."""
    text, parts, at = _ILLEGAL.sub(UNKNOWN, text), [], 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        end += len(_CDATA_END)
        parts += [_REFERENCE.sub(_legal, text[at:start]), text[start:end]]
        at = end
    return "".join((*parts, _REFERENCE.sub(_legal, text[at:])))


def _legal(found: re.Match[str]) -> str:
    """The reference; a literal ampersand if it is none; ``UNKNOWN`` if its character is not allowed."""
    decimal, hexadecimal = found.groups()
    if decimal is None and hexadecimal is None:
        return found[0] if len(found[0]) > 1 else "&amp;"
    return found[0] if _is_legal(int(decimal) if decimal else int(hexadecimal, 16)) else UNKNOWN


def _is_legal(code: int) -> bool:
    in_plane = 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    return code in (0x9, 0xA, 0xD) or in_plane or 0x10000 <= code <= 0x10FFFF
