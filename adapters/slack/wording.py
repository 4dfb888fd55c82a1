"""Text as Slack encodes it: three characters are escaped, links and mentions are in angle brackets.

Tests: tests/adapters/slack/test_render.py.
"""

from __future__ import annotations

import re

from core.text import truncate, well_formed

# Other brackets are left alone: slash commands carry what was typed, unescaped.
_ENTITY = re.compile(
    r"<(?:(?P<url>(?:(?:https?|ftp)://|mailto:|tel:|sms:|sip:|slack:)[^<>|]+)|(?P<mark>[@#!][^<>|]+))"
    r"(?:\|(?P<label>[^<>]*))?>"
)
_SCHEME = re.compile(r"^[a-z]+:(?://)?")


def plain(text: str) -> str:
    """What the person saw when they wrote ``text``: links as addresses, mentions as names, no escapes."""
    shown = _ENTITY.sub(_shown, text)
    return well_formed(shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def escaped(text: str) -> str:
    """``text`` for a field in which Slack parses links and mentions: it will find none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """Well-formed ``text`` in at most ``limit`` characters; an ellipsis marks a cut."""
    return truncate(well_formed(text), limit)


def _shown(entity: re.Match[str]) -> str:
    url, mark, label = entity.group("url", "mark", "label")
    if url:
        return _address(url, label)
    if mark.startswith("!") and "^" in mark:  # a date or a group: only its label is for people
        return label or ""
    return f"{'@' if mark[0] == '!' else mark[0]}{label or mark[1:]}"


def _address(url: str, label: str | None) -> str:
    address = url.removeprefix("mailto:").removeprefix("tel:")
    if not label:
        return address
    plain_address = address.partition("?")[0] if url.startswith("mailto:") else address
    if label.replace(" ", "") in (plain_address, _SCHEME.sub("", url).rstrip("/")):
        return label
    is_cut_short = label.rstrip("….") in url  # Slack shortens long addresses
    return address if is_cut_short else f"{label} ({address})"
