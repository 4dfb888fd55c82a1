"""Turns a sentence with a small markup into a ``Message``; only oO's own sentences hold markup.

``**bold**``, ``_italic_``, ``~~struck~~``, `` `code` ``; a line that starts with ``> `` is small.
Placeholders ``{name}`` are filled after the markup was read, so that no value can style anything.
Tests: tests/bot/screens/test_markup.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from core.chat import Button, Line, Message, Span, Style

MARKUP = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|~~(?P<strike>.+?)~~|(?<!\w)_(?P<italic>.+?)_(?!\w)|`(?P<code>.+?)`"
)
WHITE_SPACE = re.compile(r"\s+")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SENTENCE_ENDS = (".", "!", "?", "…")


def say(sentence: str, *rows: tuple[Button, ...], subject: str | None = None, **values: object) -> Message:
    """A message from a sentence of ``bot/screens/texts.py``, its values, and rows of buttons."""
    return Message(lines=lines(sentence, values), buttons=tuple(row for row in rows if row), subject=subject)


def lines(sentence: str, values: Mapping[str, object]) -> tuple[Line, ...]:
    """The lines of a sentence with its values filled in. Line breaks in values become spaces."""
    filled = {name: WHITE_SPACE.sub(" ", str(value)) for name, value in values.items()}
    return tuple(_line(raw, filled) for raw in sentence.split("\n"))


def _line(raw: str, values: dict[str, str]) -> Line:
    small = raw.startswith("> ")
    spans, before = [], ""
    for text, style in _spans(raw[2:] if small else raw):
        filled = _fill(text, values, before)
        spans.append(Span(text=filled, style=style))
        before += filled
    return Line(spans=tuple(span for span in spans if span.text), small=small)


def _fill(text: str, values: dict[str, str], before: str) -> str:
    """The text with its values. After a value that ends a sentence ("Call Ann!") the full stop is dropped."""
    filled = ""
    for place, part in enumerate(PLACEHOLDER.split(text)):
        is_name = place % 2 == 1
        ended = (before + filled).endswith(SENTENCE_ENDS)
        filled += values[part] if is_name else part.removeprefix("." if ended else "")
    return filled


@lru_cache(maxsize=512)
def _spans(raw: str) -> tuple[tuple[str, Style], ...]:
    found: list[tuple[str, Style]] = []
    end = 0
    for match in MARKUP.finditer(raw):
        found.append((raw[end : match.start()], Style.PLAIN))
        found.append((match.group(match.lastgroup or 0), Style(match.lastgroup or "plain")))
        end = match.end()
    found.append((raw[end:], Style.PLAIN))
    return tuple(found)


def join(*messages: Message) -> Message:
    """One message with the lines and the rows of buttons of several, in order."""
    return Message(
        lines=tuple(line for message in messages for line in message.lines),
        buttons=tuple(row for message in messages for row in message.buttons),
        subject=next((message.subject for message in messages if message.subject), None),
        tasks=tuple(task for message in messages for task in message.tasks),
    )
