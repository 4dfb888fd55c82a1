"""A small world that is the same for every input: what one input changed is gone before the next."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from core.chat import Channel, Form, Home, Message, Sender, Tapped
from core.errors import FileUnusable
from core.ports import Messengers
from tests.core.outsiders import Phone, SeededRandom, Shown
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore

T = TypeVar("T")

RUNNER = asyncio.Runner()
"""For all that is asynchronous in a target."""
atexit.register(RUNNER.close)


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``."""
    return RUNNER.run(work)


class Screen(Phone):
    """A messenger that can do everything, and keeps what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.has_forms = False

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self.shown.append(Shown(address=address, message=message))

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        pass

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        self.forms += [form] if self.has_forms else []
        return self.has_forms

    async def delete(self, address: str, message_id: str) -> bool:
        return True

    async def thinking(self, address: str) -> None:
        pass

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        raise FileUnusable("unreachable")

    async def show_menu(self, address: str, language: str) -> None:
        pass

    async def show_home(self, sender: Sender, home: Home) -> None:
        self.shown += [Shown(address=sender.address, message=one) for one in home.sections]


class SameWorld:
    """A world on a store in memory, and the way back to how it was."""

    def __init__(self) -> None:
        self.store = FakeStore()
        world, self.chat = scene(self.store, llm=False), Screen()
        messengers = Messengers(by_channel={Channel.TELEGRAM: self.chat})
        self.scene: Scene = replace(world, deps=replace(world.deps, messengers=messengers), phone=self.chat)
        self._kept = self.store._tables

    def keep(self) -> None:
        """Come back to here."""
        self._kept = self.store._tables

    def reset(self) -> None:
        """As it was when it was kept."""
        self.store._tables = self._kept
        random = self.scene.deps.random
        assert isinstance(random, SeededRandom)
        random._random.seed(7)
        self.chat.shown.clear()
        self.chat.forms.clear()
