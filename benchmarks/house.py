"""A furnished oO for measurements: one person with tasks and a past, a messenger that only counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.app import App, Model, build
from bot.cli.loop import freeze_gc
from bot.screens.tips import tip as tip_screen
from bot.settings import load_settings
from core.chat import Channel, Home, Message, Said, Sender, Tapped
from core.deciding.decide import decide
from core.deciding.decision_points import best_account
from core.delivery.callbacks import addressed
from core.delivery.send import reserve
from core.model import Consent, DeliveryState, Due, Person, Task, Trigger
from core.people.access import recognise

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class SteadyClock:
    """Moves only when told."""

    def __init__(self) -> None:
        self.instant = NOW

    def now(self) -> datetime:
        return self.instant


@dataclass(slots=True)
class Counter:
    """A messenger that keeps the messages, when the last one was sent, and when each tap was acknowledged:
    right after its commit.
    """

    sent: list[Message] = field(default_factory=list)
    sent_at: float = 0.0
    acknowledged: dict[str, float] = field(default_factory=dict)

    async def send(self, address: str, message: Message) -> str:
        self.sent.append(message)
        self.sent_at = perf_counter()
        return str(len(self.sent))

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self.sent.append(message)

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        self.acknowledged[tap.update_id] = perf_counter()

    async def ask(self, tap: Tapped, title: str, label: str, token: str) -> bool:
        return False

    async def thinking(self, address: str) -> None:
        pass

    async def show_home(self, sender: Sender, home: Home) -> None:
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The furnished oO."""

    app: App
    clock: SteadyClock
    messenger: Counter

    def said(self, who: str, text: str, number: int) -> Said:
        """Person ``who`` writes ``text``."""
        return Said(update_id=f"{who}-{number}", sender=sender(who), received_at=self.clock.now(), text=text)


def sender(who: str) -> Sender:
    """A person on Telegram."""
    return Sender(channel=Channel.TELEGRAM, external_id=who, address=who)


@asynccontextmanager
async def furnished(folder: Path, model: Model | None = None) -> AsyncIterator[House]:
    """oO on a fresh SQLite file in ``folder``, open to anyone, without jobs or network but that of
    ``model``.
    """
    clock, messenger = SteadyClock(), Counter()
    values = {"DATABASE_URL": f"sqlite:///{folder}/oo.db", "OO_ACCESS": "open"}
    settings = load_settings(values, folder)
    app = await build(settings, lambda intake, _: {Channel.TELEGRAM: messenger}, clock=clock, model=model)
    await app.start()
    freeze_gc()
    try:
        yield House(app=app, clock=clock, messenger=messenger)
    finally:
        await app.pause()
        await app.close()


async def move_in(house: House, who: str, *, tasks: int) -> Person:
    """A person who agreed, lives in Berlin, and has so many open tasks."""
    await house.app.router.handle(house.said(who, "/start", 0))
    known = await recognise(sender(who), house.app.deps)
    if known is None:
        raise LookupError(f"{who} did not get in")
    person = replace(known.person, consent=Consent.AGREED, zone="Europe/Berlin")
    async with house.app.store.begin() as unit:
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


async def live_through(house: House, person: Person, *, decisions: int) -> list[str]:
    """A past of so many sent tips; returns the tokens of their Dismiss buttons, oldest first.

    Dismiss always takes the whole way; a second Done on one task would find it done.
    """
    deps = house.app.deps
    tokens = []
    async with deps.store.read() as unit:
        account = best_account(await unit.people.accounts(person.person_id), deps)
    if account is None:
        raise LookupError("nobody can be reached")
    for number in range(decisions):
        house.clock.instant = NOW - timedelta(hours=decisions - number)
        decided = await decide(person, deps, trigger=Trigger.REQUESTED, zone=zone_of(person))
        sent = replace(
            reserve(decided.decision, account, deps), state=DeliveryState.SENT, message_id=f"m{number}"
        )
        async with deps.store.begin() as unit:
            await unit.decisions.add(decided.decision, decided.snapshot)
            if decided.decision.tip is None:
                continue
            await unit.deliveries.add(sent)
            message = await addressed(unit, tip_screen(decided.decision, person), person, deps)
            tokens.append(message.buttons[0][2].token)
    house.clock.instant = NOW
    return tokens


def zone_of(person: Person) -> ZoneInfo:
    """Where somebody lives who moved in."""
    return ZoneInfo(person.zone or "UTC")
