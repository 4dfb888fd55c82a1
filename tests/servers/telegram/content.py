"""What a message is made of: marked text and buttons, as the Bot API and as a person see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One inline button; it carries `data` (a tap reaches the bot) or a `url` (it does not)."""

    label: str
    data: str | None = None
    url: str | None = None

    def as_json(self) -> JsonObject:
        """The Bot API's InlineKeyboardButton."""
        action = {"url": self.url} if self.data is None else {"callback_data": self.data}
        return {"text": self.label, **action}


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of marked text; `offset` and `length` count UTF-16 code units."""

    kind: str
    offset: int
    length: int
    url: str | None = None

    @property
    def end(self) -> int:
        """The first code unit after the stretch."""
        return self.offset + self.length

    def as_json(self) -> JsonObject:
        """The Bot API's MessageEntity."""
        link = {} if self.url is None else {"url": self.url}
        return {"type": self.kind, "offset": self.offset, "length": self.length, **link}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """Plain text and its marks."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that came with a message."""

    name: str
    content: bytes
    size: int | None = None
    """What the platform says, if that is wrong."""

    @property
    def told_size(self) -> int:
        """The size that the bot is told."""
        return len(self.content) if self.size is None else self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a message showed from `date` on; `source` is the text as the bot sent it, markup and all."""

    content: Formatted
    source: str
    rows: Rows
    date: datetime

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button.label for row in self.rows for button in row]
