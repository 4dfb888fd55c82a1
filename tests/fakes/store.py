"""A store in memory that keeps the promises of ``core.store``; ``tests/contracts/store`` holds it to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count

from core.chat import Channel, Tapped, Update
from core.embeddings.space import HASHED_SPACE, Space
from core.learning.model_state import POPULATION
from core.records import (
    ConsentEntry,
    Correction,
    CorrectionState,
    DailySpending,
    Event,
    LoggedEvent,
    Spending,
    TalkTurn,
)
from core.store import FORMER_OO, UNCLAIMED, ButtonTokens, Mentioned, Received
from tests.fakes.calendars import FakeCalendarEvents
from tests.fakes.connecting import FakeConnecting
from tests.fakes.identities import FakeIdentities
from tests.fakes.imports import FakeImports
from tests.fakes.integrations import FakeIntegrations, FakeSecrets
from tests.fakes.leases import FakeLeases
from tests.fakes.mail import FakeMailRequests
from tests.fakes.notifications import FakeNotifications
from tests.fakes.operations import FakeIncidents, FakeOperations
from tests.fakes.paces import FakePaces
from tests.fakes.people import FakeInvitations, FakePeople, FakeTasks
from tests.fakes.push_subscriptions import FakePushSubscriptions
from tests.fakes.reminders import FakeReminders
from tests.fakes.sessions import FakeSessions
from tests.fakes.tables import Tables
from tests.fakes.tips import FakeDecisions, FakeDeliveries, FakeReactions, FakeSnoozes
from tests.fakes.tokens import FakeKeptAnswers, FakeTokens
from tests.fakes.trials import FakeTrials
from tests.fakes.workspaces import FakeWorkspaces

NUMBERS = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped:
    """A scope's statistics; ``person_id`` None: everybody's."""

    person_id: str | None
    statistics: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An update that came in; ``update`` None: handled."""

    inbox_id: int
    channel: Channel
    update_id: str
    received_at: datetime
    external_id: str | None
    update: Update | None
    traceparent: str | None = None
    is_tap: bool = False
    holder: str | None = None
    given_up: bool = False
    begun_again: int = 0
    is_left_out: bool = False

    def received(self) -> Received:
        assert self.update is not None
        return Received(
            inbox_id=self.inbox_id,
            update=self.update,
            traceparent=self.traceparent,
            begun_again=self.begun_again,
            is_left_out=self.is_left_out,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A small fact."""

    person_id: str | None
    key: str
    value: str


class FakeLearning:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def read(self, *scopes: str) -> dict[str, bytes]:
        found: dict[str, Scoped | None] = {scope: self._tables.find("statistics", scope) for scope in scopes}
        return {scope: scoped.statistics for scope, scoped in found.items() if scoped}

    async def people(self, after: str, limit: int) -> tuple[str, ...]:
        scopes = sorted(set(await self.everything()) - {POPULATION})
        return tuple(scope for scope in scopes if scope > after)[:limit]

    async def everything(self) -> dict[str, bytes]:
        return {
            str(scope): scoped.statistics
            for table, scope, scoped in self._tables.everything()
            if table == "statistics"
        }

    async def write(self, statistics: Mapping[str, bytes]) -> None:
        for scope, learned in statistics.items():
            person_id = None if scope == POPULATION else scope
            self._tables.put("statistics", scope, Scoped(person_id=person_id, statistics=learned))

    async def drop(self, scope: str) -> None:
        self._tables.drop("statistics", scope)

    async def clear(self) -> None:
        for table, scope, _ in list(self._tables.everything()):
            if table == "statistics":
                self._tables.drop("statistics", scope)


class FakeConsents:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, entries: Sequence[ConsentEntry]) -> None:
        for entry in entries:
            self._tables.put("consents", next(NUMBERS), entry)

    async def of(self, person_id: str) -> tuple[ConsentEntry, ...]:
        return tuple(self._tables.all("consents", person_id=person_id))


class FakeCorrections:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, correction: Correction) -> None:
        self._tables.put("corrections", correction.correction_id, correction)

    async def get(self, correction_id: str) -> Correction:
        correction: Correction = self._tables.get("corrections", correction_id)
        return correction

    async def of(self, person_id: str) -> tuple[Correction, ...]:
        theirs = self._tables.all("corrections", person_id=person_id)
        standing = [one for one in theirs if one.state is not CorrectionState.WITHDRAWN]
        return tuple(sorted(standing, key=lambda one: (one.given_at, one.correction_id)))

    async def teaching(self) -> tuple[Correction, ...]:
        wrong = [one for one in self._tables.all("corrections", state=CorrectionState.WRONG) if one.count]
        return tuple(sorted(wrong, key=lambda one: (one.given_at, one.correction_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A text's small vector; ``person_id`` None: of one of oO's own."""

    person_id: str | None
    space: str
    digest: str
    vector: tuple[float, ...]
    made_at: datetime


class FakeEmbeddings:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def space(self) -> Space:
        return (await self.spaces())[0]

    async def spaces(self) -> tuple[Space, ...]:
        return self._spaces or (HASHED_SPACE,)

    async def use(self, space: Space) -> None:
        others = [one for one in self._spaces if one.name != space.name]
        self._tables.put("spaces", "latest first", (space, *others))

    @property
    def _spaces(self) -> tuple[Space, ...]:
        return self._tables.find("spaces", "latest first") or ()

    async def read(self, person_id: str, space: str, digests: Sequence[str]) -> dict[str, tuple[float, ...]]:
        kept = self._tables.all("embeddings", space=space)
        theirs = [one for one in kept if one.person_id in (person_id, None)]
        return {one.digest: one.vector for one in theirs if one.digest in digests}

    async def put(
        self, person_id: str | None, space: str, vectors: Mapping[str, tuple[float, ...]], at: datetime
    ) -> None:
        for digest, vector in vectors.items():
            kept = Kept(person_id=person_id, space=space, digest=digest, vector=vector, made_at=at)
            self._tables.put("embeddings", (person_id, space, digest), kept)

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("embeddings") if one.made_at < before]
        for one in old:
            self._tables.drop("embeddings", (one.person_id, one.space, one.digest))
        return len(old)


class FakeHandles:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, handle: ButtonTokens) -> None:
        self._tables.add("handles", handle.handle, handle)

    async def get(self, handle: str) -> ButtonTokens | None:
        found: ButtonTokens | None = self._tables.find("handles", handle)
        return found

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("handles") if one.created_at < before]
        for one in old:
            self._tables.drop("handles", one.handle)
        return len(old)


class FakeMessages:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, message: Mentioned) -> None:
        self._tables.put("messages", (message.account_id, message.message_id), message)

    async def get(self, account_id: str, message_id: str) -> Mentioned | None:
        found: Mentioned | None = self._tables.find("messages", (account_id, message_id))
        return found

    async def tip_in(self, account_id: str, thread: str) -> Mentioned | None:
        within = self._tables.all("messages", account_id=account_id, thread=thread)
        tips = [one for one in within if one.decision_id]
        return max(tips, key=lambda one: (one.sent_at, one.message_id), default=None)

    async def with_buttons(self, account_id: str) -> Mentioned | None:
        found = [one for one in self._tables.all("messages", account_id=account_id) if one.handle is not None]
        return max(found, key=lambda one: (one.sent_at, one.message_id), default=None)

    async def recent(self, account_id: str, since: datetime, limit: int) -> tuple[Mentioned, ...]:
        found = [one for one in self._tables.all("messages", account_id=account_id) if one.sent_at >= since]
        latest = sorted(found, key=lambda one: (one.sent_at, len(one.message_id), one.message_id))
        return tuple(reversed(latest))[:limit]

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("messages") if one.sent_at < before]
        for one in old:
            self._tables.drop("messages", (one.account_id, one.message_id))
        return len(old)


class FakeTurns:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, turns: Sequence[TalkTurn]) -> None:
        for turn in turns:
            self._tables.put("turns", next(NUMBERS), turn)

    async def latest(self, person_id: str, since: datetime, limit: int) -> tuple[TalkTurn, ...]:
        theirs = [one for one in self._tables.all("turns", person_id=person_id) if one.said_at >= since]
        return tuple(sorted(theirs, key=lambda one: one.said_at)[-limit:])

    async def forget(self, person_id: str) -> int:
        return self._drop(lambda one: one.person_id == person_id)

    async def prune(self, before: datetime) -> int:
        return self._drop(lambda one: one.said_at < before)

    def _drop(self, matches: Callable[[TalkTurn], bool]) -> int:
        gone = [key for table, key, one in self._tables.everything() if table == "turns" and matches(one)]
        for key in gone:
            self._tables.drop("turns", key)
        return len(gone)


class FakeInbox:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(
        self, update: Update, traceparent: str | None = None, *, holder: str | None = None
    ) -> int | None:
        channel = update.sender.channel
        if self._tables.all("inbox", channel=channel, update_id=update.update_id):
            return None
        inbox_id = 1 + max((one.inbox_id for one in self._tables.all("inbox")), default=0)
        arrived = Arrived(
            inbox_id=inbox_id,
            channel=channel,
            update_id=update.update_id,
            received_at=update.received_at,
            external_id=update.sender.external_id,
            update=update,
            traceparent=traceparent,
            is_tap=isinstance(update, Tapped),
            holder=holder,
        )
        self._tables.put("inbox", inbox_id, arrived)
        return inbox_id

    def _waiting(self) -> list[Arrived]:
        return [one for one in self._tables.all("inbox") if one.update is not None]

    async def is_behind(self, inbox_id: int) -> bool:
        (this,) = self._tables.all("inbox", inbox_id=inbox_id)
        lane = (this.channel, this.external_id, this.is_tap)
        return any(
            one.inbox_id < inbox_id and one.holder != this.holder
            for one in self._waiting()
            if (one.channel, one.external_id, one.is_tap) == lane
            and not (one.given_up or one.received().is_isolated)
        )

    async def holds(self, inbox_id: int, holder: str) -> bool:
        return bool(self._tables.all("inbox", inbox_id=inbox_id, holder=holder))

    async def take_over(
        self,
        holder: str,
        living: Collection[str],
        channels: Collection[Channel],
        *,
        now: datetime,
        limit: int,
        given_up: bool = False,
    ) -> tuple[Received, ...]:
        def is_abandoned(one: Arrived) -> bool:
            is_wanted = one.channel in channels and (given_up or not one.given_up)
            is_old = one.received_at < now - FORMER_OO
            return is_wanted and (is_old if one.holder is None else one.holder not in living)

        taken = [one for one in self._waiting() if is_abandoned(one)][:limit]
        for one in taken:
            self._tables.put("inbox", one.inbox_id, replace(one, holder=holder, given_up=False))
        return tuple(one.received() for one in taken)

    async def release(self, holder: str) -> int:
        held = [one for one in self._waiting() if one.holder == holder]
        for one in held:
            self._tables.put("inbox", one.inbox_id, replace(one, holder=UNCLAIMED))
        return len(held)

    async def wake(self) -> None:
        """Nobody else looks at these tables."""

    async def give_up(self, inbox_id: int) -> None:
        for one in self._tables.all("inbox", inbox_id=inbox_id):
            self._tables.put("inbox", inbox_id, replace(one, given_up=True, begun_again=0))

    async def leave_out(self, inbox_id: int) -> None:
        for one in self._tables.all("inbox", inbox_id=inbox_id):
            self._tables.put("inbox", inbox_id, replace(one, is_left_out=True))

    async def begin_again(self, inbox_id: int) -> None:
        for one in self._tables.all("inbox", inbox_id=inbox_id):
            self._tables.put("inbox", inbox_id, replace(one, begun_again=one.begun_again + 1))

    async def isolated(self) -> tuple[int, ...]:
        return tuple(one.inbox_id for one in self._waiting() if one.received().is_isolated)

    async def done(self, inbox_id: int) -> None:
        for arrived in self._tables.all("inbox", inbox_id=inbox_id):
            self._tables.put("inbox", inbox_id, replace(arrived, update=None, external_id=None))

    async def has(self, channel: Channel, update_id: str) -> bool:
        return bool(self._tables.all("inbox", channel=channel, update_id=update_id))

    async def forget(self, update: Update) -> None:
        for arrived in self._tables.all("inbox", channel=update.sender.channel, update_id=update.update_id):
            await self.done(arrived.inbox_id)

    async def waiting(self) -> tuple[Received, ...]:
        return tuple(one.received() for one in self._waiting())

    async def prune(self, before: datetime, *, mails_before: datetime | None = None) -> int:
        limits = {Channel.EMAIL: mails_before or before}
        handled = self._tables.all("inbox", update=None)
        over = [one for one in handled if one.received_at < limits.get(one.channel, before)]
        for one in over:
            self._tables.drop("inbox", one.inbox_id)
        return len(over)


def _names(event: Event, task_id: str | None) -> bool:
    return task_id is None or any(task_id in str(value) for value in event.data.values())


class FakeEvents:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def append(self, event: Event) -> None:
        self._tables.add("events", event.event_id, event)
        last = self._tables.find("position", "last") or 0
        self._tables.put("position", "last", last + 1)
        self._tables.put("position", event.event_id, last + 1)

    async def after(
        self, position: int, limit: int, *, person_id: str | None = None
    ) -> tuple[LoggedEvent, ...]:
        logged = (
            LoggedEvent(position=self._tables.find("position", one.event_id), event=one)
            for one in self._tables.all("events")
            if person_id in (None, one.person_id)
        )
        return tuple(one for one in logged if one.position > position)[:limit]

    async def last_position(self, person_id: str | None = None) -> int:
        found = await self.after(0, 1_000_000, person_id=person_id)
        return max((one.position for one in found), default=0)

    async def heard_since(self, position: int) -> Mapping[str, int]:
        found = await self.after(position, 1_000_000)
        return {one.event.person_id: one.position for one in found if one.event.person_id}

    async def undispatched(self, limit: int, *, after: str | None = None) -> tuple[Event, ...]:
        events = self._tables.all("events")
        places = [place for place, one in enumerate(events, start=1) if one.event_id == after]
        waiting = events[places[0] if places else 0 :]
        return tuple(one for one in waiting if not self._tables.find("dispatched", one.event_id))[:limit]

    async def waiting(self, event_id: str) -> Event | None:
        waits = not self._tables.find("dispatched", event_id)
        return self._tables.find("events", event_id) if waits else None

    async def waiting_or_dispatched_since(
        self, person_id: str, kinds: frozenset[str], since: datetime, *, task_id: str | None = None
    ) -> tuple[Event, ...]:
        about = [one for one in self._tables.all("events", person_id=person_id) if one.kind in kinds]
        dispatched = {one.event_id: self._tables.find("dispatched", one.event_id) for one in about}
        found = [one for one in about if (dispatched[one.event_id] or since) >= since]
        return tuple(one for one in found if _names(one, task_id))

    async def since(
        self, person_id: str, kinds: frozenset[str], since: datetime, *, task_id: str | None = None
    ) -> tuple[Event, ...]:
        about = self._tables.all("events", person_id=person_id)
        found = [one for one in about if one.kind in kinds and one.happened_at >= since]
        return tuple(one for one in found if _names(one, task_id))

    async def own(self, kinds: frozenset[str], limit: int) -> tuple[Event, ...]:
        own = [one for one in self._tables.all("events", person_id=None) if one.kind in kinds]
        return tuple(own[::-1][:limit])

    async def claim(self, event_id: str, now: datetime, until: datetime) -> bool:
        waits = self._tables.find("events", event_id) and not self._tables.find("dispatched", event_id)
        claimed = self._tables.find("claimed", event_id)
        if not waits or (claimed and claimed > now):
            return False
        self._tables.put("claimed", event_id, until)
        return True

    async def is_claimed(self, event_id: str, now: datetime) -> bool:
        claimed = self._tables.find("claimed", event_id)
        return bool(claimed and claimed > now)

    async def release(self, event_id: str, until: datetime) -> None:
        if self._tables.find("claimed", event_id) == until:
            self._tables.drop("claimed", event_id)

    async def prune(self, before: datetime, limit: int) -> int:
        old = [one for one in self._tables.all("events")[:-1] if one.person_id][:limit]
        old = [
            one for one in old if one.happened_at < before and self._tables.find("dispatched", one.event_id)
        ]
        for one in old:
            self._tables.drop("events", one.event_id)
        return len(old)

    async def dispatched(self, event_id: str, at: datetime) -> None:
        self._tables.put("dispatched", event_id, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What was spent on a day; ``person_id`` None: by everybody."""

    day: date
    person_id: str | None
    spent: Spending


class FakeSpending:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def of(self, day: date, person_id: str | None) -> Spending:
        total: Total | None = self._tables.find("spending", (day, person_id))
        return total.spent if total else Spending()

    async def days(self, first: date) -> tuple[DailySpending, ...]:
        totals = [one for one in self._tables.all("spending", person_id=None) if one.day >= first]
        return tuple(
            DailySpending(day=one.day, spent=one.spent) for one in sorted(totals, key=lambda one: one.day)
        )

    async def add(self, day: date, person_id: str, spent: Spending) -> None:
        is_stored = self._tables.find("people", person_id) is not None
        for scope in (None, person_id) if is_stored else (None,):
            total = Total(day=day, person_id=scope, spent=(await self.of(day, scope)).plus(spent))
            self._tables.put("spending", (day, scope), total)

    async def prune(self, before: date) -> int:
        old = [one for one in self._tables.all("spending") if one.day < before]
        for one in old:
            self._tables.drop("spending", (one.day, one.person_id))
        return len(old)


class FakeNotes:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, person_id: str | None, key: str) -> str | None:
        note: Note | None = self._tables.find("notes", (person_id, key))
        return note.value if note else None

    async def put(self, person_id: str | None, key: str, value: str | None) -> None:
        if value is None:
            self._tables.drop("notes", (person_id, key))
        else:
            self._tables.put("notes", (person_id, key), Note(person_id=person_id, key=key, value=value))


class FakeUnit:
    """One transaction on a snapshot of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.people = FakePeople(tables)
        self.consents = FakeConsents(tables)
        self.invitations = FakeInvitations(tables)
        self.tasks = FakeTasks(tables)
        self.imports = FakeImports(tables)
        self.connecting = FakeConnecting(tables)
        self.decisions = FakeDecisions(tables)
        self.trials = FakeTrials(tables)
        self.deliveries = FakeDeliveries(tables)
        self.reactions = FakeReactions(tables)
        self.snoozes = FakeSnoozes(tables)
        self.reminders = FakeReminders(tables)
        self.learning = FakeLearning(tables)
        self.corrections = FakeCorrections(tables)
        self.embeddings = FakeEmbeddings(tables)
        self.handles = FakeHandles(tables)
        self.messages = FakeMessages(tables)
        self.turns = FakeTurns(tables)
        self.inbox = FakeInbox(tables)
        self.events = FakeEvents(tables)
        self.spending = FakeSpending(tables)
        self.calendar = FakeCalendarEvents(tables)
        self.integrations = FakeIntegrations(tables)
        self.secrets = FakeSecrets(tables)
        self.workspaces = FakeWorkspaces(tables)
        self.notifications = FakeNotifications(tables)
        self.notes = FakeNotes(tables)
        self.tokens = FakeTokens(tables)
        self.sessions = FakeSessions(tables)
        self.kept_answers = FakeKeptAnswers(tables)
        self.identities = FakeIdentities(tables)
        self.push_subscriptions = FakePushSubscriptions(tables)
        self.mail_requests = FakeMailRequests(tables)
        self.operations = FakeOperations(tables)
        self.incidents = FakeIncidents(tables)
        self.leases = FakeLeases(tables)
        self.paces = FakePaces(tables)


class FakeStore:
    """Writes one at a time, on a copy that replaces the tables at the end of the block."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        async with self._turn:
            tables = self._tables.copy(writable=True)
            yield FakeUnit(tables)
            self._tables = tables

    @asynccontextmanager
    async def read(self) -> AsyncIterator[FakeUnit]:
        yield FakeUnit(self._tables.copy(writable=False))
