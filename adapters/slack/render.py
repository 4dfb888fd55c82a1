"""``Message`` -> Slack's Block Kit. Pure.

Lines are rich text, in which a style is a field beside the text: no text can become markup, a link or a
mention. mrkdwn is not used, as it has no escape for ``*``, ``_``, ``~`` and backticks. Small lines are plain
text in context blocks, which have no styles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from adapters.slack.wording import cut, escaped
from core.chat import Button, Home, Line, Message, Span, Style
from core.text import cluster_boundary, well_formed

MAX_PAGE_CHARACTERS = 3000
MAX_PAGE_BLOCKS = 50
MAX_HOME_BLOCKS = 100
MAX_ROW_BUTTONS = 25
MAX_LABEL_CHARACTERS = 75
MAX_TOKEN_BYTES = 64
_ELLIPSIS = Line(spans=(Span(text="…"),))
_BREAK = Span(text="\n")

Block = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One message of Slack's."""

    text: str
    """Escaped; shown in notifications instead of the blocks."""
    blocks: list[Block]


def render_message(message: Message) -> tuple[Page, ...]:
    """The pages of ``message`` in reading order; the last one has the buttons."""
    actions = _actions(message, count())
    pages = [page for page in _pages(_well_formed(message), MAX_PAGE_BLOCKS - len(actions)) if _blocks(page)]
    if not pages:
        return (_page([], actions, message),)
    return (*(_page(page, [], message) for page in pages[:-1]), _page(pages[-1], actions, message))


def render_edit(message: Message) -> Page:
    """``message`` as the new content of a sent one: a single page, cut if it is too long."""
    actions = _actions(message, count())
    return _page(_first_page(message, MAX_PAGE_BLOCKS - len(actions)), actions, message)


def render_home(home: Home) -> dict[str, object]:
    """The App Home: the sections with dividers between them, cut where they do not fit."""
    numbers = count()
    blocks: list[Block] = []
    for section in home.sections:
        actions = _actions(section, numbers)
        divider: list[Block] = [{"type": "divider"}] if blocks else []
        blocks += [*divider, *_blocks(_first_page(section, MAX_PAGE_BLOCKS)), *actions]
    return {"type": "home", "blocks": blocks[:MAX_HOME_BLOCKS]}


def _page(lines: Sequence[Line], actions: list[Block], message: Message) -> Page:
    text = "\n".join(line.text for line in lines)
    labels = " ".join(well_formed(button.label) for row in message.buttons for button in row)
    return Page(text=escaped(text or labels), blocks=[*_blocks(lines), *actions])


# --- Lines -------------------------------------------------------------------------------------------------


def _well_formed(message: Message) -> list[Line]:
    return [
        replace(line, spans=tuple(replace(span, text=well_formed(span.text)) for span in line.spans))
        for line in message.lines
    ]


def _first_page(message: Message, blocks: int) -> list[Line]:
    """All lines if they fit on one page, else the first ones and an ellipsis."""
    pages = list(_pages(_well_formed(message), blocks))
    if len(pages) == 1:
        return pages[0]
    return [*next(_pages(_well_formed(message), blocks - 1, MAX_PAGE_CHARACTERS - len("\n…"))), _ELLIPSIS]


def _pages(lines: Iterable[Line], blocks: int, characters: int = MAX_PAGE_CHARACTERS) -> Iterator[list[Line]]:
    """Yields at least one page within both limits; splits between lines where possible."""
    page: list[Line] = []
    used = blocks_used = 0
    for piece in (piece for line in lines for piece in _pieces(line, characters)):
        new_block = piece.small or not page or page[-1].small
        if page and (used + len(piece.text) > characters or blocks_used + new_block > blocks):
            yield page
            page, used, blocks_used, new_block = [], 0, 0, True
        page.append(piece)
        used += len(piece.text) + 1  # the line's end
        blocks_used += new_block
    yield page


def _pieces(line: Line, limit: int) -> Iterator[Line]:
    """The line, split into pieces of at most ``limit`` characters if it is longer."""
    spans: list[Span] = []
    room = limit
    for span in line.spans:
        rest = span.text
        while len(rest) > room:
            end = cluster_boundary(rest, room)
            yield replace(line, spans=(*spans, replace(span, text=rest[:end])))
            spans, room, rest = [], limit, rest[end:]
        spans.append(replace(span, text=rest))
        room -= len(rest)
    yield replace(line, spans=tuple(spans))


def _blocks(lines: Iterable[Line]) -> list[Block]:
    """A block for each run of ordinary lines and for each small line. Blank blocks are left out, as Slack
    refuses them.
    """
    blocks: list[Block] = []
    for small, run in groupby(lines, key=lambda line: line.small):
        if small:
            blocks += [_context(line) for line in run if line.text.strip()]
        else:
            blocks += _rich_text(list(run))
    return blocks


def _context(line: Line) -> Block:
    return {"type": "context", "elements": [_plain_text(line.text)]}


def _rich_text(lines: Sequence[Line]) -> list[Block]:
    if not any(line.text.strip() for line in lines):
        return []
    spans = [span for line in lines for span in (_BREAK, *line.spans) if span.text][1:]
    elements = [
        _text("".join(span.text for span in run), style) for style, run in groupby(spans, key=_style_of)
    ]
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "elements": [section]}]


def _style_of(span: Span) -> Style:
    return span.style


def _text(text: str, style: Style) -> Block:
    element: Block = {"type": "text", "text": text}
    return element if style is Style.PLAIN else element | {"style": {style.value: True}}


def _plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


# --- Buttons -----------------------------------------------------------------------------------------------


def _actions(message: Message, numbers: Iterator[int]) -> list[Block]:
    """A block for each row of buttons, several for a long row; ``numbers`` make their ids unique."""
    parts = [
        row[start : start + MAX_ROW_BUTTONS]
        for row in message.buttons
        for start in range(0, len(row), MAX_ROW_BUTTONS)
    ]
    return [{"type": "actions", "elements": [_button(one, next(numbers)) for one in part]} for part in parts]


def _button(button: Button, number: int) -> Block:
    if not 1 <= len(button.token.encode()) <= MAX_TOKEN_BYTES:
        raise ValueError(f"the button {button.verb!r} needs a token of 1 to {MAX_TOKEN_BYTES} bytes")
    return {
        "type": "button",
        "text": _plain_text(cut(button.label, MAX_LABEL_CHARACTERS)),
        "action_id": f"tap-{number}",
        "value": button.token,
        **({"url": button.url} if button.url else {}),
    }
