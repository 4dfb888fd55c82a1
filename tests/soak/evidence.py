"""What is known after a soak: the platforms' records, the ledger of the people, the rows of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Table, select

from adapters.storage import tables
from adapters.storage.store import Storage, open_store
from core.learning.from_events import LearnedFromEvents, Parity
from core.learning.public_events import public_events
from tests.servers.telegram import Chat, Message, TelegramServer
from tests.servers.todoist_sync import SyncingTodoist
from tests.soak.clock import SteppedClock
from tests.soak.ledger import Ledger
from tests.soak.nemesis import Faults
from tests.soak.spec import SoakSpec
from tests.soak.streams import Replay

READ = (
    *(tables.people, tables.accounts, tables.tasks, tables.decisions, tables.deliveries, tables.reactions),
    *(tables.rewards, tables.reminders, tables.snoozes, tables.handles, tables.inbox, tables.events),
    *(tables.tip_scores, tables.messages),
)
EVENTS_AT_ONCE = 1000
LONGEST_SEND = timedelta(seconds=20)
"""From the last look at what forbids a message to its arrival: it may wait for its turn."""

Rows = Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message as it arrived on the platform."""

    message: Message
    readings: tuple[datetime, ...]
    """What the clock of the replicas may have shown when the sending began."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything that the checks look at."""

    spec: SoakSpec
    ledger: Ledger
    faults: Faults
    arrivals: Sequence[Arrival]
    """All messages of oO's, in their order."""
    rows: Mapping[str, Rows]
    """By table."""
    learned: Parity
    """The model beside what the events teach."""
    replay: Replay | None
    """What the stream holds; None without one."""
    todoist: SyncingTodoist | None
    """The account of the first person; None without one."""
    ended_at: datetime
    """By the clock of the soak."""
    log: Sequence[str] = field(default_factory=tuple)
    """What replicas logged as errors, and how they ended by themselves."""

    @cached_property
    def decision_of_handle(self) -> Mapping[str, str]:
        """Whose buttons a handle stands for: the decision, if there is one."""
        return {row.handle: row.subject for row in self.rows["handles"] if row.subject}

    @cached_property
    def decision_of_message(self) -> Mapping[tuple[int, str], str]:
        """The decision that a message with this chat and id delivers, as far as oO knows."""
        chats = {row.account_id: int(row.address) for row in self.rows["accounts"]}
        sent = [row for row in self.rows["deliveries"] if row.message_id]
        return {(chats[row.account_id], row.message_id): row.decision_id for row in sent}

    @cached_property
    def decisions(self) -> Mapping[str, Any]:
        """The rows of decisions, by id."""
        return {row.decision_id: row for row in self.rows["decisions"]}

    @cached_property
    def shown(self) -> Mapping[str, Sequence[Arrival]]:
        """The messages that offered to do something about a tip or a reminder, by decision."""
        found: defaultdict[str, list[Arrival]] = defaultdict(list)
        for arrival in self.arrivals:
            first = arrival.message.versions[0]
            buttons = {button.label: button.data for row in first.rows for button in row}
            if "Done" in buttons and (decision := self.decision_under(arrival.message)):
                found[decision].append(arrival)
        return found

    def decision_under(self, message: Message) -> str | None:
        """The decision that the message delivers, or whose buttons were first under it."""
        if known := self.decision_of_message.get((message.chat_id, str(message.message_id))):
            return known
        for button in (button for row in message.versions[0].rows for button in row):
            if button.data and (decision := self.decision_of_handle.get(button.data.partition(".")[0])):
                return decision
        return None

    @cached_property
    def tasks_of(self) -> Mapping[str, Sequence[str]]:
        """Ids of the tasks among which a decision chose, or of which it reminds."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.rows["tip_scores"]:
            if row.task_id:
                found[row.decision_id].append(row.task_id)
        return found

    @cached_property
    def deliveries(self) -> Mapping[str, Rows]:
        """The rows of deliveries, by decision."""
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self.rows["deliveries"]:
            found[row.decision_id].append(row)
        return found

    @cached_property
    def person_of(self) -> Mapping[int, Any]:
        """The rows of people, by their id on the platform."""
        people = {row.person_id: row for row in self.rows["people"]}
        return {int(row.external_id): people[row.person_id] for row in self.rows["accounts"]}


async def read_rows(url: str) -> tuple[dict[str, Rows], Parity]:
    """All rows of the tables that are looked at, and the model compared with the events."""
    storage = await open_store(url)
    try:
        async with storage.read() as unit:
            rows = {table.name: await unit.session.rows(_everything(table)) for table in READ}
        return rows, await _learned(storage)
    finally:
        await storage.close()


def _everything(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


async def _learned(storage: Storage) -> Parity:
    learned, position = LearnedFromEvents(), 0
    async with storage.read() as unit:
        while page := await unit.events.after(position, EVENTS_AT_ONCE):
            for event in await public_events(unit, page):
                learned.add(event)
            position = page[-1].position
        return await learned.compared(unit)


class Observer:
    """Notes each message when it arrives, and what the clock showed meanwhile."""

    def __init__(self, telegram: TelegramServer, clock: SteppedClock, chats: Sequence[Chat]) -> None:
        self.arrivals: list[Arrival] = []
        self._telegram = telegram
        self._clock = clock
        self._chats = chats
        self._seen = [0] * len(chats)

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            for message in await self._telegram.expect_that(self._unseen, within=None):
                readings = tuple(self._clock.readings(LONGEST_SEND))
                self.arrivals.append(Arrival(message=message, readings=readings))

    def _unseen(self) -> list[Message]:
        found: list[Message] = []
        for number, chat in enumerate(self._chats):
            found += chat.messages[self._seen[number] :]
            self._seen[number] = len(chat.messages)
        return found
