"""One update that is being answered: who sent it, and the means to answer.

Tests: tests/scenarios/test_conversation.py, tests/scenarios/test_store_between_writes.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.conversation import kept_answer
from bot.conversation.edits import Edits
from bot.conversation.kept_answer import Answer, name_of
from bot.conversation.question import QUESTION_NOTE, Pending, Question, read_pending
from bot.conversation.redrawing import Redrawing
from bot.languages.active import speak
from bot.languages.language import language_of
from core.chat import Home, Message, Said, Sender, Update
from core.delivery.callbacks import with_button_tokens
from core.delivery.mentions import remember
from core.dependencies import Dependencies
from core.errors import NotSent, SendFailed, StoreUnavailable
from core.people.access import Access
from core.people.consents import set_purpose
from core.people.preferences import Change, change, changed_by
from core.ports import Messenger
from core.records import Account, Person, Purpose, Task, TaskState
from core.store import Unit

log = logging.getLogger(__name__)

MAX_SEND_ATTEMPTS = 4
MIN_SEND_RETRY_SECONDS = 1.0
MAX_SEND_RETRY_SECONDS = 30.0
"""A platform that asks for a longer pause gets no second attempt."""

MAX_REMEMBER_ATTEMPTS = 2

STORE_RETRY_SECONDS = 5.0
"""Pause before a write that failed is tried again."""

T = TypeVar("T")
NotifyDelayed = Callable[[StoreUnavailable], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """How this oO is set up: what people see of it."""

    access: Access = Access.INVITE

    llm: str | None = None
    """Where the language model runs, in words; None without one."""

    todoist: bool = False
    """Whether a Todoist token is configured."""

    connecting_needs: tuple[str, ...] = ()
    """Settings that are missing for people to connect their own Todoist."""

    is_public: bool = False
    """Whether browsers elsewhere reach this oO."""

    programs: bool = False
    """Whether programs can reach oO over HTTP."""

    pages_need: tuple[str, ...] = ("http.pages",)
    """Settings that are missing for people to open their page."""

    root: str = ""
    """Where browsers reach oO, without a slash at the end."""
    deletes_in_backups: bool = True
    """Whether a person who was deleted is deleted again when an older backup is restored."""


@dataclass(slots=True, kw_only=True)
class UpdateContext:
    """An update, its sender, and the means to answer."""

    deps: Dependencies
    deployment: Deployment
    update: Update

    person: Person
    """As stored when the handling began, or after the latest ``change``."""

    account: Account
    edits: Edits = field(default_factory=Edits)
    redrawing: Redrawing | None = None
    """Redraws tips on the person's other accounts."""

    acts_for: str | None = None
    """Names the proposal that is carried out; None: the update itself. See ``origin``."""

    talked: str | None = None
    """The words of this update that went to the language model."""

    afterwards: Message | None = None
    """A message that follows the answer."""

    tip_sent: str | None = None
    """The decision whose tip this update asked for and got."""

    keeps_answer: bool = True
    """Whether the answer may be kept for when this update is handled again; False if it holds a secret."""

    kept: Answer | None = None
    """What is kept already."""

    redrawn: str | None = None
    """The decision whose tip is redrawn elsewhere."""

    has_new_language: bool = False
    """Whether this update changed the language that oO speaks with the person."""

    notify_delayed: NotifyDelayed | None = None
    """Says that the answer waits for the store. None: nobody says so, or it was said."""

    store_retry_seconds: float = STORE_RETRY_SECONDS

    @property
    def sender(self) -> Sender:
        """The sender of the update."""
        return self.update.sender

    @property
    def now(self) -> datetime:
        """The current instant."""
        return self.deps.clock.now()

    @property
    def said_at(self) -> datetime:
        """When the update arrived: "in an hour" and "tomorrow" count from then on, however long the update
        waited, and mean the same when it is handled again.
        """
        return self.update.received_at

    @property
    def zone(self) -> ZoneInfo:
        """The person's zone. Raises ``LookupError`` while it is unknown: callers check that first."""
        if self.person.zone is None:
            raise LookupError("this person's zone is not known")
        return ZoneInfo(self.person.zone)

    @property
    def guard(self) -> timedelta:
        """The time before quiet hours in which no push starts."""
        return self.deps.rules.availability.guard

    @property
    def may_ask_model(self) -> bool:
        """Whether a language model may read what the person writes."""
        return self.deployment.llm is not None and self.person.allows(Purpose.LANGUAGE_MODEL)

    @property
    def origin(self) -> str:
        """A name for this update, or this part of it, that stays the same when it is handled again."""
        return self.acts_for or name_of(self.update)

    async def change(self, make: Change, *, what: str) -> None:
        """Change the person's settings; ``what`` names the setting in the event log."""
        self.person = await change(self.person, self.deps, make, what=what, origin=self.origin)
        self.speak()

    async def has_changed(self, what: str) -> bool:
        """Whether this update, which is handled again, has changed that setting already."""
        async with self.deps.store.read() as unit:
            return await changed_by(unit, self.person.person_id, self.deps, self.origin, what=what)

    async def allow(self, purpose: Purpose, *, granted: bool) -> None:
        """Allow or refuse a purpose, as the person says on this channel."""
        self.person = await set_purpose(
            self.person, self.deps, purpose, granted=granted, channel=self.sender.channel
        )

    def speak(self) -> None:
        """Speak the language of the person from here on."""
        speak(language_of(self.person.on(self.account).preferences.language))

    def is_open(self, task: Task) -> bool:
        """Whether the task waits to be done.

        A task that was completed after this update arrived does not, even if it repeats. Either a tap came
        first, or a stop cut the handling of this very update off.
        """
        done_since = task.done_at is not None and task.done_at > self.update.received_at
        return task.state is TaskState.OPEN and not done_since

    async def is_still_there(self) -> bool:
        """Whether the account still exists: the person may have had everything deleted meanwhile."""
        async with self.deps.store.read() as unit:
            return await unit.people.account(self.sender.channel, self.sender.external_id) is not None

    # --- Sending -------------------------------------------------------------------------------------------

    async def reply(self, message: Message, *, keep: Answer | None = None) -> str:
        """Send ``message`` to where the update came from; returns its platform id.

        A message that provably was not sent is sent again when the platform allows. Raises ``SendFailed``.
        ``keep``: the whole answer, which is kept for when the update is handled again.
        """
        ready = replace(await self._with_tokens(message, keep), thread=self.update.thread)
        message_id = await self._send(ready)
        is_in_chat = self.update.page is None
        if is_in_chat and (ready.subject or ready.tasks or ready.buttons):
            await self._remember(message_id, ready)
        return message_id

    async def _send(self, message: Message) -> str:
        for _ in range(MAX_SEND_ATTEMPTS - 1):
            try:
                return await self._messenger.send(self.account.address, message)
            except NotSent as refused:
                if refused.retry_after > MAX_SEND_RETRY_SECONDS:
                    raise
                await asyncio.sleep(max(refused.retry_after, MIN_SEND_RETRY_SECONDS))
        return await self._messenger.send(self.account.address, message)

    async def _remember(self, message_id: str, message: Message) -> None:
        """Store what the message is about, for later replies to it; nothing for a deleted account.

        A store that keeps failing, which logged its fault, loses this: raising here would send the message
        again. Then the word "undo" would be about an earlier message, so that is tried more than once.
        """
        for _ in range(MAX_REMEMBER_ATTEMPTS):
            with suppress(StoreUnavailable):
                await self._remember_once(message_id, message)
                return

    async def _remember_once(self, message_id: str, message: Message) -> None:
        """``_remember``, in a transaction about whoever the account is by now: they may be linked since."""
        account: Account | None = self.account
        while account:
            async with self.deps.store.begin(account.person_id) as unit:
                stored = await unit.people.account(account.channel, account.external_id)
                if stored and stored.person_id == account.person_id:
                    await remember(unit, stored, message_id, message, at=self.now)
                    return
            account = stored

    async def answered_before(self) -> Answer | None:
        """What this very update was answered with, if it is handled again."""
        async with self.deps.store.read() as unit:
            answer = await kept_answer.find(unit, self.update, self.account)
        if answer:
            self.answers_again(answer)
        return answer

    def answers_again(self, answer: Answer) -> None:
        """Do what followed from the answer besides its words."""
        self.kept, self.has_new_language = answer, answer.has_new_language
        if answer.tip:
            self.redraw_elsewhere(answer.tip)

    async def keep(self, answer: Answer) -> None:
        """Keep what is about to be said, for when this update is handled again."""
        await self._retried(lambda unit: self._keep(unit, answer))
        self.kept = answer

    async def _keep(self, unit: Unit, answer: Answer | None) -> None:
        if answer is None or answer == self.kept or not self.keeps_answer or self.update.page:
            return
        whole = replace(answer, tip=self.redrawn, has_new_language=self.has_new_language)
        await kept_answer.keep(unit, self.update, self.account, whole, self.now)

    async def try_edit(self, message_id: str, message: Message, *, keep: Answer | None = None) -> bool:
        """Replace an earlier message, later if the platform asks to wait. False if it can't be replaced.
        ``keep``: as for ``reply``.
        """
        ready = await self._retried(lambda unit: self._prepare_edit(unit, message_id, message, keep))
        self.kept = keep or self.kept
        try:
            await self.edits.make(self._messenger, self.account.address, message_id, ready)
        except SendFailed as fault:
            log.warning("message not redrawn: %s", type(fault).__name__)
            return False
        return True

    async def _prepare_edit(
        self, unit: Unit, message_id: str, message: Message, keep: Answer | None
    ) -> Message:
        """``message`` with tokens. What it is about is stored with them: one transaction for an edit."""
        ready = message
        if not self.update.page:
            ready = await with_button_tokens(unit, message, self.person, self.deps)
        if await unit.people.account(self.account.channel, self.account.external_id):
            await remember(unit, self.account, message_id, ready, at=self.now)
        await self._keep(unit, keep)
        return ready

    async def edit_or_reply(self, message_id: str, message: Message, *, keep: Answer | None = None) -> None:
        """Replace an earlier message; if it can't be replaced, send a new one. Raises ``SendFailed``."""
        if not await self.try_edit(message_id, message, keep=keep):
            await self.reply(message)

    async def redraw_in_place(self, message: Message) -> None:
        """Show on the page what the message that was tapped there has become."""
        await self._messenger.edit(self.account.address, "", message)

    def redraw_elsewhere(self, decision_id: str) -> None:
        """Begin to redraw the messages that show a tip on the person's other accounts; after an update from
        a page, on all.
        """
        self.redrawn = decision_id
        if self.redrawing:
            here = self.account.account_id if self.update.page is None else None
            self.redrawing.start(decision_id, but=here)

    async def redraw_tip(self, decision_id: str, message: Message) -> None:
        """Replace the messages that show a tip: on this account as ``message``, if they can be replaced, and
        on the others in the background.
        """
        self.redraw_elsewhere(decision_id)
        if self.update.page:
            return
        async with self.deps.store.read() as unit:
            deliveries = await unit.deliveries.of(decision_id)
        for delivery in deliveries:
            if delivery.message_id and delivery.account_id == self.account.account_id:
                await self.try_edit(delivery.message_id, message)

    async def show_home(self, home: Home) -> None:
        """Show the person's page."""
        sections = tuple([await self._with_tokens(section) for section in home.sections])
        await self._messenger.show_home(self.sender, replace(home, sections=sections))

    async def thinking(self) -> None:
        """Show that an answer is on its way."""
        await self._messenger.thinking(self.account.address)

    async def forget_said(self) -> bool:
        """Delete what came with this update, for it holds a secret: from the inbox, and from the chat if that
        is a message and the platform allows it. False if it stays in the chat.
        """
        async with self.deps.store.begin(self.person.person_id) as unit:
            await unit.inbox.forget(self.update)
        if not isinstance(self.update, Said):
            return False
        return await self._messenger.delete(self.account.address, self.update.message_id or "")

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        """The content of a file that the person sent. Raises ``FileUnusable``."""
        return await self._messenger.fetch(reference, max_bytes=max_bytes)

    async def _with_tokens(self, message: Message, keep: Answer | None = None) -> Message:
        if self.update.page:  # a page gives its buttons tokens when they are tapped
            return message
        if not message.buttons:
            if keep and isinstance(self.update, Said):
                await self.keep(keep)
            return message

        async def prepare(unit: Unit) -> Message:
            await self._keep(unit, keep)
            return await with_button_tokens(unit, message, self.person, self.deps)

        return await self._retried(prepare)

    async def _retried(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Do ``work`` in a transaction of its own, again and again while the store fails.

        What the update asked for may be done already: raising here would have the whole update handled again.
        """
        while True:
            try:
                async with self.deps.store.begin(self.person.person_id) as unit:
                    return await work(unit)
            except StoreUnavailable as trouble:
                notify, self.notify_delayed = self.notify_delayed, None  # only once
                if notify:
                    await notify(trouble)
            await asyncio.sleep(self.store_retry_seconds)

    @property
    def _messenger(self) -> Messenger:
        return self.deps.messengers.answering(self.update)

    # --- The question that awaits a typed answer -----------------------------------------------------------

    async def set_question(self, question: Question | None) -> None:
        """Store what the next free text answers; None: it answers nothing.

        A question that this update answers stays its own, for when the update is handled again.
        """

        async def store(unit: Unit) -> None:
            pending = read_pending(await unit.notes.get(self.person.person_id, QUESTION_NOTE))
            note, update = None, name_of(self.update)
            if pending and (pending.question, pending.asked_by) == (question, update):
                note = pending  # asked before, and perhaps answered since
            elif question:
                asked = Pending(question=question, asked_at=self.now, asked_by=update)
                note = pending.asked_next(asked) if pending else asked
            elif pending and pending.asked_by == update:
                note = pending  # it answered another one before it asked this one
            elif pending and pending.answered_by in (None, update):
                note = replace(pending, answered_by=update)
            await unit.notes.put(self.person.person_id, QUESTION_NOTE, note.text if note else None)

        await self._retried(store)

    async def pending_question(self) -> Question | None:
        """The latest question, if it is unanswered and at most ``answer_wait`` old.

        The question for the zone does not expire while the zone is unknown: most else depends on it.
        """
        async with self.deps.store.read() as unit:
            pending = read_pending(await unit.notes.get(self.person.person_id, QUESTION_NOTE))
        question = pending.for_update(name_of(self.update)) if pending else None
        if pending is None or question is None:
            return None
        is_expired = self.now - pending.asked_at > self.deps.rules.answer_wait
        if is_expired and (question.what != "zone" or self.person.zone):
            return None
        return question
