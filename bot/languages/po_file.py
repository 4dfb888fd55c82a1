"""Reads a gettext catalogue (a .po file).

babel, which writes these files, could read them as well. But a process reads of all of them at its start, for
Telegram's menus, and with babel that took a fifth of the start (ADR 0049).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_KEYWORD = r"msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?"
_STRING = r'"(?:[^"\\]|\\.)*"'
_PART = re.compile(rf"^(?:(#[,~])(.*)|({_KEYWORD})((?:\s*{_STRING})+))", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL = re.compile(r"plural=([^;\n]+)")


@dataclass(slots=True, kw_only=True)
class Entry:
    """A message and its translation."""

    context: str = ""
    """What tells it from messages with the same words."""

    english: str = ""
    """The message, or its form for one. Empty: the entry is the header of the file."""

    forms: list[str] = field(default_factory=list)
    """The translation: one, or one for each plural form of the language."""

    is_fuzzy: bool = False
    """Whether somebody has to check the translation."""

    @property
    def plural_rule(self) -> str | None:
        """In a header: the index of the plural form for ``n``, as gettext writes it. Else None."""
        found = None if self.english else _PLURAL.search("".join(self.forms))
        return found[1].strip() if found else None


def entries(text: str) -> Iterator[Entry]:
    """The entries of a file, in their order; without obsolete ones."""
    entry = Entry()
    for found in _PART.finditer(text):
        mark, comment, keyword, strings = found.groups(default="")
        if entry.forms and not keyword.startswith("msgstr"):
            yield entry
            entry = Entry()
        if mark == "#~":  # obsolete, and so are the flags before it
            entry = Entry()
        elif mark:
            entry.is_fuzzy |= "fuzzy" in comment
        else:
            _add(entry, keyword, _value(strings))
    if entry.forms:
        yield entry


def _add(entry: Entry, keyword: str, value: str) -> None:
    if keyword == "msgctxt":
        entry.context = value
    elif keyword == "msgid":
        entry.english = value
    elif keyword.startswith("msgstr"):
        entry.forms.append(value)


def _value(strings: str) -> str:
    """What strings in quotes say together."""
    return "".join(_ESCAPED.sub(_unescaped, one[1:-1]) for one in re.findall(_STRING, strings))


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])
