"""What goes over a chat channel, independent of the platform.

Incoming: ``Said``, ``Tapped``, ``Left``, ``Returned``, ``OpenedHome``. Outgoing: ``Message``. Adapters parse
payloads into the former (``parse_*``) and render the latter as payloads (``render_*``).

Tests: tests/contracts/store/test_traffic.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Channel(StrEnum):
    """A kind of chat platform."""

    TERMINAL = "terminal"
    TELEGRAM = "telegram"
    SLACK = "slack"
    WEB = "web"
    """Notifications in browsers."""
    EMAIL = "email"

    @property
    def is_chat(self) -> bool:
        """Whether people write to oO there. If not, it is only a way out for what oO sends on its own."""
        return self not in (Channel.WEB, Channel.EMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent an update, and where an answer goes."""

    channel: Channel
    external_id: str
    """The platform's id of the person; for Slack with the workspace, as in ``T123/U456``."""
    address: str
    """Where a reply is sent: the id of the Telegram chat or of the Slack DM."""
    zone: str | None = None
    """IANA name of the zone that the platform knows."""
    language: str | None = None
    """IETF tag, such as ``de``."""
    trusted: bool = False
    """Whether the channel admits only people who may use this oO (terminal, Slack)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Common part of all incoming updates."""

    update_id: str
    """Unique per channel. The inbox drops repeats."""
    sender: Sender
    received_at: datetime
    thread: str | None = None
    """The platform's id of the thread that it came from; answers go there."""
    page: str | None = None
    """The visit of the person's page that it came from; the answer is shown there, not in the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that came with a message. Its content is fetched only when it is needed."""

    reference: str
    """By which ``Messenger.fetch`` gets the content. It may be forged."""
    name: str = field(default="", repr=False)
    size: int | None = None
    """In bytes, as the platform says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Incoming):
    """Text that the person wrote: a command such as ``/tip``, or anything else."""

    kind: Literal["said"] = "said"
    text: str
    edited: bool = False
    attachment: str | None = None
    """Kind of an attachment: ``sticker``, ``file``, … Only files can be read."""
    files: tuple[AttachedFile, ...] = ()
    """The files among the attachments."""
    message_id: str | None = None
    """The platform's id of the message."""
    reply_to: str | None = None
    """The platform's id of the message that it replies to. It may be forged or unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped(Incoming):
    """A tap on a button."""

    kind: Literal["tapped"] = "tapped"
    token: str
    """The button's token. It may be forged."""
    message_id: str | None = None
    callback_id: str | None = None
    """What the platform needs to acknowledge the tap."""
    typed: str | None = None
    """What was typed into a form of one field."""
    filled: Mapping[str, str] | None = None
    """What was changed in a form of several fields, by the names of the fields."""


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
    """The person opened oO's page on the platform (Slack App Home)."""

    kind: Literal["opened_home"] = "opened_home"


Update = Said | Tapped | Left | Returned | OpenedHome


class Style(StrEnum):
    """How a span of text looks."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Literal text in one style. It is never markup: renderers escape it."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a message."""

    spans: tuple[Span, ...]
    small: bool = False
    """For remarks below a tip."""

    @property
    def text(self) -> str:
        """The line without styles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button. Only label and token reach the platform."""

    label: str
    verb: str
    """What it does, with ``arg``."""
    arg: str = ""
    token: str = ""
    """Opaque, at most 64 bytes; set when the message is addressed."""
    asks: str | None = None
    """Title of the form for typed input that it opens, on platforms with forms (Slack modals)."""
    url: str | None = None
    """The page that it opens instead of doing anything here; the terminal prints it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a channel needs to know of a delivery that names its messages and signs their links itself."""

    delivery_id: str
    """The same in every attempt."""
    account_id: str
    language: str | None = None
    """IETF tag: the language of the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What oO sends."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""
    subject: str | None = None
    """Decision id of a tip. A tap on the message proves that it was delivered."""
    silent: bool = False
    """Whether it is delivered without sound."""
    file: Document | None = None
    tasks: tuple[str, ...] = ()
    """Ids of the tasks that it names, in their order. A reply to the message is about these."""
    thread: str | None = None
    """The platform's id of the thread in which it is sent."""
    expires_at: datetime | None = None
    """When it must not appear any more, on platforms that hold back what can't be shown at once."""
    urgent: bool = False
    """Whether it is worth waking a device: a reminder."""
    envelope: Envelope | None = None
    """Whose delivery it is; None for answers."""

    @property
    def text(self) -> str:
        """All lines without styles, for notifications and tests."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a form."""

    name: str
    """Unique in its form."""
    label: str
    value: str = ""
    """What it holds at first."""
    optional: bool = False
    """Whether it may be left empty."""
    multiline: bool = False
    choices: tuple[str, ...] = ()
    """What can be chosen; empty: anything can be typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form for typed input, on platforms that have forms (Slack modals)."""

    title: str
    fields: tuple[FormField, ...]


TYPED = "answer"
"""Name of the field of a form that has only one: its content arrives as ``Tapped.typed``."""


def one_field(title: str, label: str) -> Form:
    """A form for one line."""
    return Form(title=title, fields=(FormField(name=TYPED, label=label),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to send, such as an export."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A person's page on the platform: settings and the next slots."""

    sections: tuple[Message, ...]
    """Shown one below the other."""
