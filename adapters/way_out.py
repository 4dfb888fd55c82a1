"""What mail and notifications in browsers share: oO writes there, and people do not write back.

Tests: tests/contracts/test_messengers.py.
"""

from __future__ import annotations

from core.chat import Form, Home, Message, Sender, Tapped
from core.errors import FileUnusable


class WayOut:
    """The parts of ``core.ports.Messenger`` that only a chat has. Taps come from pages, which show the
    rest.
    """

    async def drain(self) -> None:
        """Nothing comes in here."""

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """What was sent stays as it is."""

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """The page from which the tap came shows the remark."""

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """False: there are no forms."""
        return False

    async def delete(self, address: str, message_id: str) -> bool:
        """False: people write nothing that could be deleted."""
        return False

    async def thinking(self, address: str) -> None:
        """Nobody waits for an answer here."""

    async def show_menu(self, address: str, language: str) -> None:
        """There is no menu."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """There is no page on the platform."""

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """People send no files."""
        raise FileUnusable("gone")
