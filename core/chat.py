"""What goes over a chat channel, in both directions, free of any platform's words.

Coming in: ``Said``, ``Tapped``, ``Left``, ``Returned``, ``OpenedHome``. Going out: ``Message``. Adapters turn
platform payloads into the former (``parse_*``) and the latter into platform payloads (``render_*``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Channel(StrEnum):
    """Where a person talks to oO."""

    TERMINAL = "terminal"
    TELEGRAM = "telegram"
    SLACK = "slack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent something and where an answer goes.

    ``external_id`` is the platform's id of the person (Slack: ``T123/U456``); ``address`` is what a reply
    is sent to (Telegram chat id, Slack DM channel id); ``zone`` is the IANA zone that the platform or
    system knows, if any; ``language`` an IETF tag such as ``de``; ``trusted`` says that the channel itself
    vouches for the person (terminal, Slack).
    """

    channel: Channel
    external_id: str
    address: str
    zone: str | None = None
    language: str | None = None
    trusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Common part of everything that comes in. ``update_id`` is unique per channel: the inbox drops
    repeats. ``thread`` is where it was written or tapped, on platforms with threads: answers go there.
    """

    update_id: str
    sender: Sender
    received_at: datetime
    thread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Incoming):
    """Text that the person wrote: a command (``/tip``) or anything else. ``reply_to`` is the platform's id of
    the message that it replies to; it may be forged, or unknown.
    """

    kind: Literal["said"] = "said"
    text: str
    edited: bool = False
    attachment: str | None = None  # "sticker", "file", …: something oO can't read
    message_id: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped(Incoming):
    """A press on a button. ``token`` is whatever came back: it may be forged. ``typed`` holds form input."""

    kind: Literal["tapped"] = "tapped"
    token: str
    message_id: str | None = None
    callback_id: str | None = None
    typed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Incoming):
    """The person blocked oO, or the workspace removed it."""

    kind: Literal["left"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Incoming):
    """The person unblocked oO."""

    kind: Literal["returned"] = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedHome(Incoming):
    """The person opened a page that oO keeps on the platform (Slack App Home)."""

    kind: Literal["opened_home"] = "opened_home"


Update = Said | Tapped | Left | Returned | OpenedHome


class Style(StrEnum):
    """How a span of text looks. Small lines carry their own flag."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of literal text in one style. The text is never markup: renderers escape it."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a message; ``small`` is for the quiet remark under a tip."""

    spans: tuple[Span, ...]
    small: bool = False

    @property
    def text(self) -> str:
        """The line without styles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button. ``verb`` and ``arg`` say what it does; ``token`` is set when the message is addressed.

    ``token`` (at most 64 bytes, opaque) is the only part that reaches a platform. ``asks`` marks a button
    that opens a form for typed input where the platform has forms (Slack modal), with that question as its
    title.
    """

    label: str
    verb: str
    arg: str = ""
    token: str = ""
    asks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What oO says: lines, rows of buttons, and what the buttons are about.

    ``subject`` is a decision id when the message is a tip, so that a tap on it can prove it was delivered.
    ``tasks`` are the ids of the tasks that it names, in their order: a reply to it is about those.
    ``silent`` asks for a delivery without sound. ``file`` attaches a document (name, content) such as an
    export. ``thread`` is where it goes, on platforms with threads.
    """

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    subject: str | None = None
    silent: bool = False
    file: Document | None = None
    tasks: tuple[str, ...] = ()
    thread: str | None = None

    @property
    def text(self) -> str:
        """All lines without styles, for logs of tests and for notifications."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to hand over, such as an export."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a person's page on the platform shows: settings and the next slots, as messages one below the
    other.
    """

    sections: tuple[Message, ...]
