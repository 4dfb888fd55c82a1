"""What the core needs from the world outside, as protocols. Adapters fulfil them, ``bot/app.py`` joins them.

Storage has rooms of its own, ``core/store/``. Times are aware UTC datetimes throughout.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from core.chat import Channel, Home, Message, Sender, Tapped, Update
from core.model import Place, Task, TaskList

Accept = Callable[[Update], Awaitable[None]]
"""How an adapter hands an update in: when it returns, the update is durable and may be confirmed."""


class Clock(Protocol):
    """The only source of the time."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class RandomSource(Protocol):
    """The only source of randomness: seeds for draws, and names nobody can guess."""

    def seed(self) -> int:
        """A fresh seed in [0, 2**63) for one draw; it is logged with the decision."""
        ...

    def new_id(self) -> str:
        """A fresh unique id for a record."""
        ...

    def secret(self) -> str:
        """128 random bits from the system's source, URL-safe, 22 characters."""
        ...


class Messenger(Protocol):
    """One chat channel's way out. Every method raises only ``core.errors.SendFailed`` and its kinds."""

    async def send(self, address: str, message: Message) -> str:
        """Show ``message`` at ``address``; return the platform's message id.

        Raises ``NotSent`` (safe to repeat), ``SendRejected``/``Unreachable``, or ``SendUnknown`` (never
        repeat).
        """
        ...

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace a message that was sent earlier. An unchanged message is no error."""
        ...

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Tell the platform that the tap arrived, with a short remark if it can show one."""
        ...

    async def ask(self, tap: Tapped, title: str, label: str, token: str) -> bool:
        """Open a form for one line of typed input; it comes back as ``Tapped(token, typed=…)``.

        False when the platform has no forms: then the question is asked in the chat.
        """
        ...

    async def thinking(self, address: str) -> None:
        """Show that an answer is on its way, where the platform can."""
        ...

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Show the person's page, where the platform has one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A language model's answer: its text and the name of the model that wrote it.

    ``thoughts`` is what it thought aloud, where the server keeps that apart.
    """

    text: str
    model: str
    thoughts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a prompt; ``role`` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """Texts as a model's numbers: a vector for each, in their order, all of one length; and its name."""

    vectors: tuple[tuple[float, ...], ...]
    model: str


class LanguageModel(Protocol):
    """A language model behind an alias (``tip-generator``, ``embedder``, ``judge``)."""

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """Ask for JSON by ``schema`` within ``deadline``. Raises ``LanguageModelUnavailable``."""
        ...

    def is_awake(self, alias: str) -> bool:
        """Whether the model answered so lately that it need not be loaded first."""
        ...

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        """``texts`` as vectors of finite numbers within ``deadline``. Raises ``LanguageModelUnavailable``."""
        ...


class TaskProvider(Protocol):
    """A place outside oO where a person's tasks live (Todoist).

    Raises ``SourceUnavailable`` and its kinds; ``SourceRefused`` is for good. Tasks carry ``external_id``;
    ``task_id`` is derived from it.
    """

    async def open_tasks(self, person_id: str) -> TaskList:
        """All open tasks: of a whole list, what is neither among them nor unread is not open."""
        ...

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task where it lives. Completing twice, or one that is gone, is no error.

        Requests with the same id (at most 36 characters) are one request.
        """
        ...

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Open it again, with the due date it had. False if it is gone: that is for good."""
        ...

    async def is_open(self, task: Task) -> bool:
        """Whether the task is open right now."""
        ...


class Gazetteer(Protocol):
    """Places by their names in many languages. A question may take a tenth of a second."""

    def named(self, name: str) -> Sequence[Place]:
        """Places that have exactly this name (folded by ``core.people.places.folded``), the most populous
        first.
        """
        ...

    def alike(self, name: str) -> Sequence[Place]:
        """Large places whose folded name begins like this one, or is spelt much like it, likeliest first."""
        ...

    def zones(self) -> Sequence[str]:
        """Every zone that somebody lives in, the one with the largest city first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGazetteer:
    """Knows no place."""

    def named(self, name: str) -> Sequence[Place]:
        """Nothing."""
        return ()

    def alike(self, name: str) -> Sequence[Place]:
        """Nothing."""
        return ()

    def zones(self) -> Sequence[str]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Messengers:
    """The configured channels."""

    by_channel: Mapping[Channel, Messenger] = field(default_factory=dict)

    def __contains__(self, channel: Channel) -> bool:
        return channel in self.by_channel

    def __getitem__(self, channel: Channel) -> Messenger:
        return self.by_channel[channel]
