"""The channel between oO and the synthetic people: stores the messages that they see."""

from __future__ import annotations

from dataclasses import dataclass

from core.chat import Form, Home, Message, Sender, Tapped
from core.errors import FileUnusable


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayedMessage:
    """A message as its recipient sees it now."""

    message_id: str
    message: Message

    def token(self, verb: str, arg: str = "") -> str | None:
        """The token of the first button with ``verb``, and with ``arg`` if given; None if there is none."""
        buttons = (button for row in self.message.buttons for button in row)
        return next((one.token for one in buttons if one.verb == verb and arg in ("", one.arg)), None)


class SimulatedChannel:
    """Implements ``core.ports.Messenger``. Every message arrives at once."""

    def __init__(self) -> None:
        self._sent = 0
        self._latest: dict[str, DisplayedMessage] = {}
        self._by_id: dict[str, DisplayedMessage] = {}

    def latest(self, address: str) -> DisplayedMessage:
        """The latest message to a person."""
        return self._latest[address]

    def __getitem__(self, message_id: str) -> DisplayedMessage:
        """The message with that id, as it looks now."""
        return self._by_id[message_id]

    async def send(self, address: str, message: Message) -> str:
        self._sent += 1
        displayed = DisplayedMessage(message_id=str(self._sent), message=message)
        self._latest[address] = displayed
        self._by_id[displayed.message_id] = displayed
        return displayed.message_id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self._by_id[message_id] = DisplayedMessage(message_id=message_id, message=message)

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Toasts are ignored."""

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        return False

    async def delete(self, address: str, message_id: str) -> bool:
        return False

    async def thinking(self, address: str) -> None:
        """Ignored."""

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """Nobody sends files."""
        raise FileUnusable("gone")

    async def show_menu(self, address: str, language: str) -> None:
        """Ignored."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Ignored."""
