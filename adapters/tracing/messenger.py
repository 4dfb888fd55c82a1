"""A span for each call of a platform; what is said is not told.

Tests: tests/adapters/tracing/test_otlp.py.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from core.chat import Form, Home, Message, Sender, Tapped
from core.ports import Messenger
from core.ports.tracing import Attribute


class CallTracer(Protocol):
    """Records calls."""

    def call(self, name: str, **attributes: Attribute) -> AbstractContextManager[None]: ...


class TracedMessenger:
    """A channel, seen by the tracer."""

    def __init__(self, messenger: Messenger, channel: str, tracer: CallTracer) -> None:
        self._messenger, self._channel, self._tracer = messenger, channel, tracer

    def _call(self, what: str) -> AbstractContextManager[None]:
        return self._tracer.call(f"{self._channel} {what}", channel=self._channel)

    async def send(self, address: str, message: Message) -> str:
        """As ``Messenger.send``."""
        with self._call("send"):
            return await self._messenger.send(address, message)

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """As ``Messenger.edit``."""
        with self._call("edit"):
            await self._messenger.edit(address, message_id, message)

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """As ``Messenger.acknowledge``."""
        with self._call("acknowledge"):
            await self._messenger.acknowledge(tap, toast)

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """As ``Messenger.ask``."""
        with self._call("ask"):
            return await self._messenger.ask(tap, form, token)

    async def delete(self, address: str, message_id: str) -> bool:
        """As ``Messenger.delete``."""
        with self._call("delete"):
            return await self._messenger.delete(address, message_id)

    async def thinking(self, address: str) -> None:
        """As ``Messenger.thinking``."""
        with self._call("thinking"):
            await self._messenger.thinking(address)

    async def show_menu(self, address: str, language: str) -> None:
        """As ``Messenger.show_menu``."""
        with self._call("show menu"):
            await self._messenger.show_menu(address, language)

    async def show_home(self, sender: Sender, home: Home) -> None:
        """As ``Messenger.show_home``."""
        with self._call("show home"):
            await self._messenger.show_home(sender, home)

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """As ``Messenger.fetch``."""
        with self._call("fetch"):
            return await self._messenger.fetch(reference, max_bytes=max_bytes)
