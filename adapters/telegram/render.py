"""``Message`` -> Telegram's HTML and buttons. Pure.

Every span is escaped, and one function writes the tags, so no text can become markup. HTML was preferred to
entities because it is readable in golden files and needs no UTF-16 offsets.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, MessageLimit

from adapters.telegram.wording import cut, halves, units
from core.chat import Button, Document, Line, Message, Span, Style
from core.text import well_formed

MAX_LABEL_UNITS = 64
MAX_ROW_BUTTONS = 3
MAX_SHORT_LABELS, SHORT_LABEL_UNITS = 4, 7
MAX_NUMBERS, NUMBER_UNITS = 8, 4
"""A row holds more buttons when all their labels are short, and most when they are little but numbers."""
_TAGS = {Style.PLAIN: "", Style.BOLD: "b", Style.ITALIC: "i", Style.STRIKE: "s", Style.CODE: "code"}
_ELLIPSIS = Line(spans=(Span(text="…"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One message of Telegram's."""

    html: str
    """The text; the caption if there is a file."""
    keyboard: InlineKeyboardMarkup | None = None
    file: Document | None = None


def render_message(message: Message) -> tuple[Page, ...]:
    """The pages of ``message`` in reading order; the last one has the buttons and the file."""
    lines = [_well_formed(line) for line in message.lines]
    last = Page(html="", keyboard=_keyboard(message), file=message.file)
    if message.file and units(_plain(lines)) <= MessageLimit.CAPTION_LENGTH:
        return (replace(last, html=_html(lines)),)
    texts = [_html(page) for page in _pages(lines, MessageLimit.MAX_TEXT_LENGTH) if _plain(page).strip()]
    if message.file:
        return (*(Page(html=text) for text in texts), last)
    return (*(Page(html=text) for text in texts[:-1]), replace(last, html=texts[-1] if texts else ""))


def render_edit(message: Message) -> Page:
    """``message`` as the new content of a sent one: a single page, cut if it is too long."""
    lines = [_well_formed(line) for line in message.lines]
    if units(_plain(lines)) > MessageLimit.MAX_TEXT_LENGTH:
        room = MessageLimit.MAX_TEXT_LENGTH - units("\n…")
        lines = [*next(_pages(lines, room)), _ELLIPSIS]
    return Page(html=_html(lines), keyboard=_keyboard(message))


def _pages(lines: Iterable[Line], limit: int) -> Iterator[list[Line]]:
    """Yields at least one page of at most ``limit`` units; splits between lines where possible."""
    page: list[Line] = []
    used = 0
    for piece in (piece for line in lines for piece in _pieces(line, limit)):
        size = units(piece.text)
        if page and used + size > limit:
            yield page
            page, used = [], 0
        page.append(piece)
        used += size + 1  # the line's end
    yield page


def _pieces(line: Line, limit: int) -> Iterator[Line]:
    """The line, split into pieces of at most ``limit`` units if it is longer."""
    spans: list[Span] = []
    room = limit
    for span in line.spans:
        rest = span.text
        while units(rest) > room:
            parts = halves(rest, room)
            yield replace(line, spans=(*spans, replace(span, text=parts.head)))
            spans, room, rest = [], limit, parts.rest
        spans.append(replace(span, text=rest))
        room -= units(rest)
    yield replace(line, spans=tuple(spans))


def _well_formed(line: Line) -> Line:
    return replace(line, spans=tuple(replace(span, text=well_formed(span.text)) for span in line.spans))


def _plain(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _html(lines: Iterable[Line]) -> str:
    return "\n".join("".join(_marked(span, small=line.small) for span in line.spans) for line in lines)


def _marked(span: Span, *, small: bool) -> str:
    """The span as HTML. A small line is italic, except for code, which Telegram allows no second style."""
    text = html.escape(span.text, quote=False)
    tags = [_TAGS[span.style]]
    if small and span.style not in {Style.ITALIC, Style.CODE}:
        tags.append("i")
    for tag in filter(None, tags):
        text = f"<{tag}>{text}</{tag}>"
    return text


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in part] for row in message.buttons for part in _parts(row)]
    return InlineKeyboardMarkup(rows) if rows else None


def _parts(row: tuple[Button, ...]) -> Iterator[tuple[Button, ...]]:
    """The row in the fewest rows that a phone can show, filled evenly: four become two and two."""
    count = math.ceil(len(row) / _room(row))
    for number in range(count):
        yield row[number * len(row) // count : (number + 1) * len(row) // count]


def _room(row: tuple[Button, ...]) -> int:
    """How many buttons fit in a row without their labels being cut."""
    longest = max((units(button.label) for button in row), default=0)
    if longest <= NUMBER_UNITS:
        return MAX_NUMBERS
    return MAX_SHORT_LABELS if longest <= SHORT_LABEL_UNITS else MAX_ROW_BUTTONS


def _button(button: Button) -> InlineKeyboardButton:
    if not 1 <= len(button.token.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"the button {button.verb!r} needs a token of 1 to 64 bytes")
    label = cut(button.label, MAX_LABEL_UNITS)
    if button.url:
        return InlineKeyboardButton(text=label, url=button.url)
    return InlineKeyboardButton(text=label, callback_data=button.token)
