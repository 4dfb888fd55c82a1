"""A complete in-process oO for measurements; its messenger only records."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.app import App, Model, build
from bot.cli.loop import freeze_gc
from bot.screens.tips import tip as tip_screen
from bot.settings import load_settings
from core.chat import Channel, Form, Home, Message, Said, Sender, Tapped
from core.deciding.decide import decide
from core.deciding.decision_points import best_account
from core.delivery.callbacks import with_button_tokens
from core.delivery.send import reserve
from core.people.access import recognise
from core.people.consents import AT_THE_START
from core.records import Consent, DeliveryState, Due, Person, Task, Trigger

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def sqlite_in(folder: Path) -> str:
    """The URL of a file in ``folder``."""
    return f"sqlite:///{folder}/oo.db"


new_database: ContextVar[Callable[[Path], str]] = ContextVar("new_database", default=sqlite_in)
"""Makes the database of a measurement that has the given folder; returns its URL."""


class ManualClock:
    """A clock that stands still until ``instant`` is set."""

    def __init__(self) -> None:
        self.instant = NOW

    def now(self) -> datetime:
        return self.instant


@dataclass(slots=True)
class CountingMessenger:
    """A messenger that records messages and times instead of sending."""

    sent: list[Message] = field(default_factory=list)
    sent_at: float = 0.0
    """When the last message was sent, by ``perf_counter``."""
    acknowledged: dict[str, float] = field(default_factory=dict)
    """When each tap was acknowledged, right after its commit, by update id."""

    async def send(self, address: str, message: Message) -> str:
        self.sent.append(message)
        self.sent_at = perf_counter()
        return str(len(self.sent))

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self.sent.append(message)

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        self.acknowledged[tap.update_id] = perf_counter()

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        return False

    async def delete(self, address: str, message_id: str) -> bool:
        return False

    async def thinking(self, address: str) -> None:
        pass

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        raise NotImplementedError

    async def show_menu(self, address: str, language: str) -> None:
        pass

    async def show_home(self, sender: Sender, home: Home) -> None:
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """The running oO with its clock and messenger."""

    app: App
    clock: ManualClock
    messenger: CountingMessenger

    def said(self, who: str, text: str, number: int) -> Said:
        """An update: person ``who`` sends ``text``."""
        return Said(update_id=f"{who}-{number}", sender=sender(who), received_at=self.clock.now(), text=text)


def sender(who: str) -> Sender:
    """The Telegram account of person ``who``."""
    return Sender(channel=Channel.TELEGRAM, external_id=who, address=who)


@asynccontextmanager
async def running_deployment(folder: Path, model: Model | None = None) -> AsyncIterator[Deployment]:
    """oO on a database of ``new_database``, open to anyone, without jobs; ``model`` may use the network."""
    clock, messenger = ManualClock(), CountingMessenger()
    values = {"DATABASE_URL": new_database.get()(folder), "OO_ACCESS": "open"}
    settings = load_settings(values, folder)
    app = await build(settings, lambda intake, _: {Channel.TELEGRAM: messenger}, clock=clock, model=model)
    await app.start()
    freeze_gc()
    try:
        yield Deployment(app=app, clock=clock, messenger=messenger)
    finally:
        await app.pause()
        await app.close()


async def add_person(deployment: Deployment, who: str, *, tasks: int) -> Person:
    """Add a person with consent, in Berlin, with this number of open ``tasks``."""
    await deployment.app.router.handle(deployment.said(who, "/start", 0))
    known = await recognise(sender(who), deployment.app.deps)
    if known is None:
        raise LookupError(f"{who} has no account")
    person = replace(known.person, consent=Consent.AGREED, allowed=AT_THE_START, zone="Europe/Berlin")
    async with deployment.app.store.begin() as unit:
        await unit.people.save(person)
        for number in range(tasks):
            await unit.tasks.put(_task(person, number))
    return person


def _task(person: Person, number: int) -> Task:
    due = Due(on=(NOW + timedelta(days=number % 30 - 5)).date()) if number % 3 else None
    return Task(
        task_id=f"{person.person_id}-{number}",
        person_id=person.person_id,
        title=f"Task number {number}",
        created_at=NOW - timedelta(days=number % 40),
        priority=1 + number % 4,
        due=due,
    )


async def add_history(deployment: Deployment, person: Person, *, decisions: int) -> list[str]:
    """Add a history of sent tips, one an hour; returns the tokens of their Dismiss buttons, oldest first.

    Dismiss always runs the full reaction; a second Done on one task would find it done.
    """
    deps = deployment.app.deps
    tokens = []
    async with deps.store.read() as unit:
        account = best_account(person, await unit.people.accounts(person.person_id), deps)
    if account is None:
        raise LookupError("the person has no reachable account")
    for number in range(decisions):
        deployment.clock.instant = NOW - timedelta(hours=decisions - number)
        decided = await decide(person, deps, trigger=Trigger.REQUESTED, zone=zone_of(person))
        sent = replace(
            reserve(decided.decision, account, deps), state=DeliveryState.SENT, message_id=f"m{number}"
        )
        async with deps.store.begin() as unit:
            await unit.decisions.add(decided.decision, decided.snapshot)
            if decided.decision.tip is None:
                continue
            await unit.deliveries.add(sent)
            message = await with_button_tokens(unit, tip_screen(decided.decision, person), person, deps)
            tokens.append(message.buttons[0][2].token)
    deployment.clock.instant = NOW
    return tokens


def zone_of(person: Person) -> ZoneInfo:
    """The person's time zone."""
    return ZoneInfo(person.zone or "UTC")
