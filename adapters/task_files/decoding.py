"""Makes text of a file's bytes, whatever encoding the program used that wrote it.

Tests: tests/adapters/task_files/test_encodings.py.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from core.errors import FileUnusable

MAX_LINES = 500_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile("\r\n|\r|\n")
_SAMPLE = 4096
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_BINARY_SHARE = 0.02
"""Of control characters; a damaged row or two does not make a file binary."""
_SIGNATURES = (
    *(b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!"),
    *(
        b"%PDF-",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF87a",
        b"GIF89a",
        b"SQLite format 3\x00",
        b"\x7fELF",
        b"MZ\x90",
    ),
)


def decoded(content: bytes) -> str:
    """The text of a file. Raises ``FileUnusable``: ``empty``, ``too_many_lines``; ``binary`` for an archive.

    Archives are never unpacked.
    """
    if not content.strip(b"\x00 \t\r\n\v\f"):
        raise FileUnusable("empty")
    if has_signature(content):
        raise FileUnusable("binary")
    text = _text(content)
    sample = text[: 16 * _SAMPLE]
    if len(_BINARY.findall(sample)) > max(2, _MAX_BINARY_SHARE * len(sample)):
        raise FileUnusable("binary")
    if not text.strip():
        raise FileUnusable("empty")
    if max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise FileUnusable("too_many_lines", limit=f"{MAX_LINES:,}")
    return text


def has_signature(content: bytes) -> bool:
    """Whether it begins as a file of another kind does: an archive, an image."""
    return content.startswith(_SIGNATURES)


def _text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if wide := _wide(content[:_SAMPLE]):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _legacy(content, fault)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of mostly Latin text is zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 > even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 5 > odd else None


def _legacy(content: bytes, fault: UnicodeDecodeError) -> str:
    """UTF-8 with damaged bytes if it has other letters in UTF-8, else Windows' Latin-1."""
    damaged = content.decode("utf-8", "replace")
    readable = sum(not one.isascii() for one in damaged) - damaged.count("\ufffd")
    if readable > damaged.count("\ufffd"):
        return damaged
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, from 1; they end as on any system."""
    start, number = 0, 1
    for end in _LINE_END.finditer(text):
        yield number, text[start : end.start()]
        start, number = end.end(), number + 1
    yield number, text[start:]
