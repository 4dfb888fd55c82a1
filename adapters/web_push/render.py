"""``Message`` → what the service worker shows as a notification. Pure.

It is text throughout: browsers show no markup in notifications.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from adapters.web_push.encryption import MAX_PLAINTEXT
from core.chat import Line, Message, Style
from core.text import capitalized, truncate

MAX_TITLE, MAX_BODY_TEXT, MAX_LABEL = 120, 700, 40
"""Code points: more is shown by no browser."""

MAX_ACTIONS = 3
"""Browsers show two or three buttons; the page of the tip has all of them."""

NAME = "oO"
PAGE = "/me"

_STANDS_OUT = {Style.BOLD, Style.STRIKE}
_AFTER_TITLE = " :,.–-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """What one push message says."""

    tag: str
    """The id of the message: a later one with the same tag replaces it."""
    ticket: str
    """Signed: whose notification it is."""
    is_edit: bool
    """Whether it replaces a notification that is still shown, and is dropped if that is gone."""


def page_of(message: Message) -> str:
    """The path of the page that shows the message with all its buttons."""
    return f"{PAGE}/tip/{message.subject}" if message.subject else PAGE


def render_notification(message: Message, notification: Notification) -> bytes:
    """JSON of at most ``MAX_PLAINTEXT`` bytes; what is too long is cut with an ellipsis."""
    title, body = _title_and_body(message)
    room = MAX_BODY_TEXT
    while True:
        payload = _payload(message, notification, truncate(title, MAX_TITLE), truncate(body, room))
        if len(payload) <= MAX_PLAINTEXT or not room:
            return payload
        room = room * 3 // 4 if room > 20 else 0


def _payload(message: Message, notification: Notification, title: str, body: str) -> bytes:
    content = {
        "kind": "edit" if notification.is_edit else "show",
        "tag": notification.tag,
        "title": title,
        "body": body,
        "silent": message.silent or notification.is_edit,
        "page": page_of(message),
        "ticket": notification.ticket,
        "actions": _actions(message),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _actions(message: Message) -> list[dict[str, str]]:
    """The first buttons that need nothing typed and open nothing."""
    buttons = [one for row in message.buttons for one in row if one.token and not one.asks and not one.url]
    return [{"title": truncate(one.label, MAX_LABEL), "token": one.token} for one in buttons[:MAX_ACTIONS]]


def _title_and_body(message: Message) -> tuple[str, str]:
    """What stands out at the start, as the title of a tip does, and the rest; else a plain first line."""
    first, *rest = message.lines or (Line(spans=()),)
    title = ""
    spans = list(first.spans)
    while spans and spans[0].style in _STANDS_OUT:
        title += spans.pop(0).text
    if title.strip():
        remark = "".join(span.text for span in spans).lstrip(_AFTER_TITLE)
        lines = [capitalized(remark), *(line.text for line in rest)]
    elif len(first.text) <= MAX_TITLE and first.text.strip():
        title, lines = first.text, [line.text for line in rest]
    else:
        title, lines = NAME, [line.text for line in message.lines]
    return title.strip(), "\n".join(line for line in lines if line.strip())
