"""What is answered to an update that came from a page: the page waits for it and shows it.

Tests: tests/bot/web/me/test_acting.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from core.chat import Form, Home, Message, Sender, Tapped
from core.errors import FileUnusable
from core.ports import Messenger


@dataclass(slots=True, kw_only=True)
class PageAnswer:
    """What was answered so far."""

    remarks: list[str] = field(default_factory=list)
    replies: list[Message] = field(default_factory=list)
    edit: Message | None = None
    """What the tapped message has become."""
    form: Form | None = None
    """What the person is to fill in; it comes as another tap with ``token``."""
    token: str = ""
    is_whole: bool = False
    """Whether the update is handled."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when nothing more is to be waited for: the update is handled, or the process stops."""


class PageAnswers:
    """The answers that pages of this process wait for, by the id of the visit."""

    def __init__(self) -> None:
        self._waiting: dict[str, PageAnswer] = {}
        self._is_stopped = False

    def expect(self, visit_id: str) -> PageAnswer:
        """The answer to the update of a visit, as it comes. ``drop`` it in the end."""
        answer = self._waiting.setdefault(visit_id, PageAnswer())
        if self._is_stopped:
            answer.over.set()
        return answer

    def drop(self, visit_id: str) -> None:
        """Nobody waits any more: what comes later is shown by the page as things are then."""
        self._waiting.pop(visit_id, None)

    def messenger(self, visit_id: str) -> Messenger:
        """Where the answer to an update of that visit is sent."""
        return _OnPage(self._waiting.get(visit_id, PageAnswer()))

    def finished(self, visit_id: str) -> None:
        """The update of that visit is handled."""
        if answer := self._waiting.get(visit_id):
            answer.is_whole = True
            answer.over.set()

    def stop(self) -> None:
        """Nothing is handled any more: no page waits."""
        self._is_stopped = True
        for answer in self._waiting.values():
            answer.over.set()


class _OnPage:
    """Implements ``core.ports.Messenger`` for one visit."""

    def __init__(self, answer: PageAnswer) -> None:
        self._answer = answer

    async def send(self, address: str, message: Message) -> str:
        self._answer.replies.append(message)
        return ""

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self._answer.edit = message

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        if toast:
            self._answer.remarks.append(toast)

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        self._answer.form, self._answer.token = form, token
        return True

    async def delete(self, address: str, message_id: str) -> bool:
        return False

    async def thinking(self, address: str) -> None:
        """The browser shows that it waits."""

    async def show_menu(self, address: str, language: str) -> None:
        """Pages have no menu of commands."""

    async def show_home(self, sender: Sender, home: Home) -> None:
        """The page is drawn anew by itself."""

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        raise FileUnusable("pages send no files")
