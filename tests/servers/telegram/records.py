"""What the server remembers of the bot: messages with their history, updates, taps and calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.servers.telegram.content import Button, Document, Entity, JsonObject, Rows, Version
from tests.servers.telegram.screen import screen


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message that the bot really delivered, with everything it ever showed."""

    message_id: int
    chat_id: int
    versions: list[Version] = field(default_factory=list)
    document: Document | None = None

    @property
    def latest(self) -> Version:
        """What it shows now."""
        return self.versions[-1]

    @property
    def edits(self) -> list[Version]:
        """Every version after the first."""
        return self.versions[1:]

    @property
    def text(self) -> str:
        """The plain text, after markup was parsed."""
        return self.latest.content.text

    @property
    def html(self) -> str:
        """The text as the bot sent it."""
        return self.latest.source

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The marks in the plain text."""
        return self.latest.content.entities

    @property
    def rows(self) -> Rows:
        """The inline keyboard."""
        return self.latest.rows

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row by row."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button.label for button in self.buttons]

    @property
    def date(self) -> datetime:
        """When it was first delivered (UTC)."""
        return self.versions[0].date

    def screen(self) -> str:
        """What a person sees: the file, the text with its marks, the buttons as `[Done] [Snooze]`, row by
        row.
        """
        shown = screen(self.latest.content, self.rows)
        if self.document is None:
            return shown
        return f"<{self.document.name}: {len(self.document.content)} bytes>\n{shown}"

    def button(self, name: str) -> Button:
        """The button with this label, or with this callback data; LookupError when there is none."""
        for button in self.buttons:
            if name in (button.label, button.data):
                return button
        raise LookupError(f"no button {name!r} under {self.text!r}; there are {self.labels}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Update:
    """One thing that the bot is told; `body` is the Bot API's Update; a repeat needs no confirmation."""

    update_id: int
    body: JsonObject
    is_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What answerCallbackQuery showed to the person who tapped."""

    text: str
    show_alert: bool


@dataclass(slots=True, kw_only=True, eq=False)
class Tap:
    """A press on a button, which the bot may answer once, while it is fresh."""

    query_id: str
    update: Update
    tapped_at: float
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request of the bot.

    `status` is what the platform made of it, None when a fault came first; `fault` names what the bot saw.
    """

    method: str
    params: Mapping[str, Any]
    status: int | None
    description: str
    result: object
    fault: str | None

    @property
    def delivered(self) -> bool:
        """Whether the method took effect, whatever the bot was told."""
        return self.status == 200
