"""The channel between oO and the synthetic people: it keeps what they see, and what they can press."""

from __future__ import annotations

from dataclasses import dataclass

from core.chat import Home, Message, Sender, Tapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message on somebody's phone."""

    message_id: str
    message: Message

    def token(self, verb: str, arg: str = "") -> str | None:
        """The token of the first button for ``verb``, and for ``arg`` if one is given; None without one."""
        buttons = (button for row in self.message.buttons for button in row)
        return next((one.token for one in buttons if one.verb == verb and arg in ("", one.arg)), None)


class Phones:
    """A phone for everybody; fulfils ``core.ports.Messenger``. Nothing gets lost on the way, and nothing
    takes time.
    """

    def __init__(self) -> None:
        self._sent = 0
        self._latest: dict[str, Shown] = {}
        self._by_id: dict[str, Shown] = {}

    def latest(self, address: str) -> Shown:
        """What somebody got last."""
        return self._latest[address]

    def __getitem__(self, message_id: str) -> Shown:
        """A message with buttons, as it looks now."""
        return self._by_id[message_id]

    async def send(self, address: str, message: Message) -> str:
        self._sent += 1
        shown = Shown(message_id=str(self._sent), message=message)
        self._latest[address] = shown
        self._by_id[shown.message_id] = shown
        return shown.message_id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self._by_id[message_id] = Shown(message_id=message_id, message=message)

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Remarks are read and forgotten."""

    async def ask(self, tap: Tapped, title: str, label: str, token: str) -> bool:
        return False

    async def thinking(self, address: str) -> None:
        """Nobody watches."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """These phones have no such page."""
