"""What the core needs from outside, as protocols. Adapters implement them, ``bot/app.py`` connects them.

Storage has a package of its own, ``core/store/``. All times are aware datetimes in UTC.

Tests: tests/core/deciding/test_llm_tips.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.chat import Channel, Form, Home, Message, Sender, Tapped, Update
from core.errors import FileUnusable
from core.records import (
    CalendarCopy,
    CalendarLogin,
    CalendarProvider,
    FeedVersion,
    FileTask,
    Place,
    Task,
    TaskFile,
    TaskFormat,
    TaskList,
)

Accept = Callable[[Update], Awaitable[None]]
"""Called by an adapter with an update. When it returns, the update is stored and may be confirmed."""


class Clock(Protocol):
    """The only source of the time."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class RandomSource(Protocol):
    """The only source of randomness."""

    def seed(self) -> int:
        """A new seed in [0, 2**63) for one draw. It is logged with the decision."""
        ...

    def new_id(self) -> str:
        """A new unique id for a record."""
        ...

    def secret(self) -> str:
        """128 bits from the system's secure source as 22 URL-safe characters."""
        ...


class Messenger(Protocol):
    """Sends to one chat channel. Every method raises only subclasses of ``core.errors.SendFailed``."""

    async def send(self, address: str, message: Message) -> str:
        """Send ``message`` to ``address``; returns the platform's message id.

        Raises ``NotSent`` (may be repeated), ``SendRejected``, ``Unreachable``, or ``SendUnknown`` (must not
        be repeated).
        """
        ...

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Replace an earlier message. An unchanged message is no error."""
        ...

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        """Confirm a tap to the platform, with a short remark if it can show one."""
        ...

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        """Open a form. Its content arrives as ``Tapped(token, typed=…)``, of several fields as ``filled=…``.

        False if the platform has no forms. Then the question is asked in the chat.
        """
        ...

    async def delete(self, address: str, message_id: str) -> bool:
        """Delete a message that the person sent, and what the platform's client remembers of it.

        False where that can't be done. It raises nothing.
        """
        ...

    async def thinking(self, address: str) -> None:
        """Show that oO is preparing an answer, where the platform can."""
        ...

    async def show_menu(self, address: str, language: str) -> None:
        """Show the menu of commands in the language with that code, where the platform can for one person.

        A failure is ignored: the menu stays as it was.
        """
        ...

    async def show_home(self, sender: Sender, home: Home) -> None:
        """Show the person's page, where the platform has one."""
        ...

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """The content of a file that somebody sent. Raises ``FileUnusable``, also for a larger file.

        A larger file is never held in memory.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A language model's answer."""

    text: str
    model: str
    """Name of the model that wrote it."""
    thoughts: str = ""
    """Its reasoning, if the server returns that separately."""
    input_tokens: int | None = None
    """Tokens of the prompt, as the server counted them; None if it does not say."""
    output_tokens: int | None = None
    """Tokens of the answer, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a prompt."""

    role: str
    """``system``, ``user`` or ``assistant``."""
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """Embeddings of some texts."""

    vectors: tuple[tuple[float, ...], ...]
    """One for each text, in their order; all of the same length."""
    model: str
    """Name of the model."""
    input_tokens: int | None = None
    """Tokens of the texts, as the server counted them; None if it does not say."""


class LanguageModel(Protocol):
    """A language model behind an alias (``tip-generator``, ``embedder``, ``judge``)."""

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """Ask for JSON that follows ``schema``, within ``deadline``. Raises ``LanguageModelUnavailable``."""
        ...

    def is_awake(self, alias: str) -> bool:
        """Whether the model answered recently, so that it need not be loaded first."""
        ...

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        """Embed ``texts`` as finite vectors within ``deadline``. Raises ``LanguageModelUnavailable``."""
        ...


class TaskProvider(Protocol):
    """An outside source of a person's tasks (Todoist).

    Raises ``SourceUnavailable`` and its subclasses; ``SourceRefused`` is permanent. Tasks have an
    ``external_id``, from which ``task_id`` is derived.
    """

    def task_id(self, person_id: str, external_id: str) -> str:
        """The id of the person's task with that ``external_id``."""
        ...

    async def open_tasks(self, person_id: str, *, cursor: str | None = None) -> TaskList:
        """All open tasks, or only what has changed since ``cursor``, which an earlier list came with.

        In a whole list, a task that is neither listed nor unread is not open.
        """
        ...

    async def complete(self, task: Task, *, request_id: str) -> None:
        """Complete the task at its source. It is no error if the task is completed or gone there.

        Requests with the same id (at most 36 characters) count as one request.
        """
        ...

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        """Reopen the task with its earlier due date. False if it is permanently gone."""
        ...

    async def update(self, task: Task, fields: Collection[str], *, request_id: str) -> bool:
        """Give the task's ``fields`` the values that they have in ``task``. False if it is gone.

        A recurring task that is moved keeps its recurrence. ``SourceRefused`` if the source cannot store one
        of the values.
        """
        ...

    async def delete(self, task: Task, *, request_id: str) -> None:
        """Delete the task and its sub-tasks. It is no error if it is gone."""
        ...

    async def restore(self, task: Task, *, request_id: str, parent: Task | None = None) -> Task | None:
        """Make sure that the source has the task: as it is now if it is still there; else it is added again
        with all that ``task`` holds, below ``parent`` if given, under another ``external_id`` and
        ``task_id``. None if the source does not say under which.
        """
        ...

    async def is_open(self, task: Task) -> bool:
        """Whether the task is open at its source now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a provider gives for a person's consent (OAuth 2)."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    """For the next access token; None if this one never ends, or can't be renewed."""
    lasts: timedelta | None = None
    """How long the access token works from now on; None: unknown, or for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideAccount:
    """A person's account at a provider."""

    account_id: str
    name: str
    """How the provider calls it; cleaned."""


class OAuthClient(Protocol):
    """A provider that people connect by OAuth 2.

    Raises ``SourceUnavailable`` and its subclasses; ``SourceRefused`` for a code, or credentials, that the
    provider does not accept.
    """

    def authorize_url(self, state: str) -> str:
        """The address at which the person is asked for consent."""
        ...

    async def exchange(self, code: str, state: str) -> Grant:
        """The tokens for a code that the provider sent back with ``state``."""
        ...

    async def refresh(self, refresh_token: str) -> Grant:
        """Other tokens. Raises ``SourceDisconnected`` if the person must connect again."""
        ...

    async def revoke(self, access_token: str) -> None:
        """End the access. An unknown token is no error."""
        ...

    async def account(self, access_token: str) -> OutsideAccount:
        """Whose account it is."""
        ...


class Cipher(Protocol):
    """Authenticated encryption with associated data. Keys are 32 bytes."""

    def new_key(self) -> bytes:
        """A random key."""
        ...

    def encrypt(self, key: bytes, plaintext: bytes, associated: bytes) -> bytes:
        """The ciphertext, other bytes at each call. ``associated`` is authenticated and not contained."""
        ...

    def decrypt(self, key: bytes, ciphertext: bytes, associated: bytes) -> bytes:
        """The plaintext. Raises ``VaultDamaged`` unless all three are those of the encryption."""
        ...


class BusyTimes(Protocol):
    """Calendars outside oO, which are only read. Raises ``SourceUnavailable`` and its subclasses."""

    async def read(
        self,
        provider: CalendarProvider,
        login: CalendarLogin,
        *,
        start: datetime,
        end: datetime,
        zone: ZoneInfo,
        titles: bool,
        known: FeedVersion | None = None,
    ) -> CalendarCopy | None:
        """The occurrences between ``start`` and ``end``, with their titles if ``titles``.

        ``zone`` is that of the person. None if nothing has changed since ``known``.
        """
        ...


class TaskFiles(Protocol):
    """Formats of task files. Both methods compute for seconds if a file is large: call them in a thread."""

    def read(self, content: bytes, *, name: str, now: datetime, zone: ZoneInfo) -> TaskFile:
        """The tasks in a file. Raises ``FileUnusable`` if it is no file of tasks.

        ``name`` is a hint for the format. ``now`` and ``zone`` are those of the person, for dates in words.
        A task that can't be read costs no other task.
        """
        ...

    def write(self, tasks: Sequence[FileTask], format: TaskFormat, *, now: datetime) -> bytes:
        """A file with these tasks. ``read`` gives them back, except for what ``read`` would clean."""
        ...


class NoTaskFiles:
    """No format at all."""

    def read(self, content: bytes, *, name: str, now: datetime, zone: ZoneInfo) -> TaskFile:
        """Raises ``FileUnusable``."""
        raise FileUnusable("unknown")

    def write(self, tasks: Sequence[FileTask], format: TaskFormat, *, now: datetime) -> bytes:
        """Raises ``FileUnusable``."""
        raise FileUnusable("unknown")


class Gazetteer(Protocol):
    """Places by their names in many languages. A lookup may take 100 ms."""

    def named(self, name: str) -> Sequence[Place]:
        """Places with exactly this name, folded by ``core.people.places.folded``, largest first."""
        ...

    def alike(self, name: str) -> Sequence[Place]:
        """Large places whose folded name starts with this one or is spelt like it, the likeliest first."""
        ...

    def zones(self) -> Sequence[str]:
        """Every inhabited zone, ordered by the size of its largest city, descending."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGazetteer:
    """A gazetteer without places."""

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
