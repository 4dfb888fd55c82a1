"""One update being answered: who it is from, and how to answer them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.conversation.edits import Edits
from core.chat import Home, Message, Sender, Update
from core.delivery.callbacks import addressed
from core.delivery.mentions import remember
from core.dependencies import Dependencies
from core.errors import NotSent, StoreUnavailable
from core.model import Account, Person, Task, TaskState
from core.people.access import Access
from core.people.preferences import Change, change
from core.ports import Messenger
from core.store import Unit

AWAITING = "awaiting"
TRIES = 4
RETRY_AFTER = 1.0
LONGEST_WAIT = 30.0
STORE_PAUSE = 5.0
"""Seconds before a write that the store did not take is tried again."""

T = TypeVar("T")
Delayed = Callable[[StoreUnavailable], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What this oO is set up with, as far as people are told."""

    access: Access = Access.INVITE
    llm: str | None = None
    todoist: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something oO asked and awaits a typed answer to: ``what`` (zone, times, quiet, snooze), and about
    what.
    """

    what: str
    subject: str | None = None
    message_id: str | None = None


@dataclass(slots=True, kw_only=True)
class UpdateContext:
    """A person's update, and the means to answer. ``person`` is as stored when the visit began, or later;
    ``tip_sent`` is the decision that it asked for, if it did. ``delayed`` says that the answer waits for the
    store.
    """

    deps: Dependencies
    deployment: Deployment
    update: Update
    person: Person
    account: Account
    edits: Edits = field(default_factory=Edits)
    tip_sent: str | None = None
    delayed: Delayed | None = None

    @property
    def sender(self) -> Sender:
        """Where the update came from."""
        return self.update.sender

    @property
    def now(self) -> datetime:
        """The current instant."""
        return self.deps.clock.now()

    @property
    def zone(self) -> ZoneInfo:
        """The person's zone; callers make sure that it is known."""
        if self.person.zone is None:
            raise LookupError("this person's zone is not known")
        return ZoneInfo(self.person.zone)

    @property
    def guard(self) -> timedelta:
        """How long before quiet hours nothing starts."""
        return self.deps.rules.availability.guard

    @property
    def origin(self) -> str:
        """A name for this update, the same when it is handled once more after a stop.

        Platforms may count from the start again one day: the moment keeps two updates apart.
        """
        received = self.update.received_at.timestamp()
        return f"{self.sender.channel.value}-{self.update.update_id}-{received:.6f}"

    async def change(self, make: Change, *, what: str) -> None:
        """Change what the person has set."""
        self.person = await change(self.person, self.deps, make, what=what)

    async def reply(self, message: Message) -> str:
        """Send ``message`` to where the update came from; returns its platform id.

        What provably never left is tried again when the platform allows. Raises ``SendFailed``.
        """
        ready = replace(await self.addressed(message), thread=self.update.thread)
        message_id = await self._sent(ready)
        if ready.subject or ready.tasks or ready.buttons:
            await self._remember(message_id, ready)
        return message_id

    async def _sent(self, message: Message) -> str:
        for _ in range(TRIES - 1):
            try:
                return await self._messenger.send(self.account.address, message)
            except NotSent as refused:
                if refused.retry_after > LONGEST_WAIT:
                    raise
                await asyncio.sleep(max(refused.retry_after, RETRY_AFTER))
        return await self._messenger.send(self.account.address, message)

    async def _remember(self, message_id: str, message: Message) -> None:
        """Keep what the message is about: somebody may reply to it. Those who left leave nothing.

        A store in trouble, which has said so in the log, makes it unknown: to fail here would send the
        message once more.
        """
        with suppress(StoreUnavailable):
            async with self.deps.store.begin() as unit:
                if await unit.people.account(self.account.channel, self.account.external_id):
                    await remember(unit, self.account, message_id, message, at=self.now)

    async def edit(self, message_id: str, message: Message) -> None:
        """Replace an earlier message, later if the platform asks to wait. Raises ``SendFailed``."""
        ready = await self.addressed(message)
        await self.edits.make(self._messenger, self.account.address, message_id, ready)
        await self._remember(message_id, ready)

    async def redraw(self, decision_id: str, message: Message) -> None:
        """Bring the message of a tip up to date where it was shown on this account."""
        async with self.deps.store.read() as unit:
            deliveries = await unit.deliveries.of(decision_id)
        for delivery in deliveries:
            if delivery.message_id and delivery.account_id == self.account.account_id:
                await self.edit(delivery.message_id, message)

    async def show_home(self, home: Home) -> None:
        """Show the person's page."""
        sections = tuple([await self.addressed(section) for section in home.sections])
        await self._messenger.show_home(self.sender, replace(home, sections=sections))

    async def addressed(self, message: Message) -> Message:
        """``message`` with live buttons."""
        if not message.buttons:
            return message
        return await self._at_last(lambda unit: addressed(unit, message, self.person, self.deps))

    async def _at_last(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Do ``work`` in a transaction of its own, however long the store fails.

        What the update asked for may be done by now: to give up here would have it handled, and done, again.
        """
        while True:
            try:
                async with self.deps.store.begin() as unit:
                    return await work(unit)
            except StoreUnavailable as trouble:
                delayed, self.delayed = self.delayed, None  # it is said once
                if delayed:
                    await delayed(trouble)
            await asyncio.sleep(STORE_PAUSE)

    def is_open(self, task: Task) -> bool:
        """Whether the task waits to be done. One that was completed after the update came does not, even if
        it repeats: a tap was faster, or this very update, whose handling was cut off.
        """
        done_since = task.done_at is not None and task.done_at > self.update.received_at
        return task.state is TaskState.OPEN and not done_since

    async def is_still_there(self) -> bool:
        """Whether the person has not had everything about them deleted meanwhile."""
        async with self.deps.store.read() as unit:
            return await unit.people.account(self.sender.channel, self.sender.external_id) is not None

    async def thinking(self) -> None:
        """Show that an answer is on its way."""
        await self._messenger.thinking(self.account.address)

    @property
    def _messenger(self) -> Messenger:
        return self.deps.messengers[self.sender.channel]

    # --- Questions that await a typed answer ---------------------------------------------------------------

    async def ask(self, question: Question | None) -> None:
        """Remember what the next free text answers; None: nothing."""
        text = None
        if question:
            asked_at = self.now.isoformat()
            text = json.dumps([question.what, question.subject, question.message_id, asked_at])
        await self._at_last(lambda unit: unit.notes.put(self.person.person_id, AWAITING, text))

    async def asked(self) -> Question | None:
        """What was asked last, not yet answered, and not too long ago.

        Where somebody lives stays the question until it is known: without that, nothing else makes sense.
        """
        async with self.deps.store.read() as unit:
            text = await unit.notes.get(self.person.person_id, AWAITING)
        if text is None:
            return None
        what, subject, message_id, asked_at = json.loads(text)
        is_over = self.now - datetime.fromisoformat(asked_at) > self.deps.rules.answer_wait
        if is_over and (what != "zone" or self.person.zone):
            return None
        return Question(what=what, subject=subject, message_id=message_id)
