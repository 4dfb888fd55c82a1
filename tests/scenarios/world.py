"""The whole oO in this process, with a manual clock, against local servers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.pace import UNLIMITED, Rate
from bot.app import App
from bot.cli.serve import Running, running
from bot.settings import load_settings
from core.chat import Channel
from core.learning.model_state import deserialize, serialize
from core.people.access import owner_code
from core.records import Decision, Person, Reward, ScoredCandidate, Task
from tests.databases import url_in

# Jobs run only when a test calls them; the policy is greedy except for one draw in a million.
CONFIG = """
jobs:
  {push: 86400, remind: 86400, deliver: 86400, relay: 86400, rewards: 86400, sync: 86400, mail: 86400,
   prune: 86400}
policy: {serve: "epsilon-greedy:epsilon=0.000001"}
"""


class HandClock:
    """A clock that only tests move."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **span: float) -> None:
        """Move forward by the arguments of a timedelta."""
        self._now += timedelta(**span)

    def set(self, moment: str) -> None:
        """Set an ISO instant; without an offset it is UTC."""
        found = datetime.fromisoformat(moment)
        self._now = found if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A running oO and its clock."""

    oo: Running
    clock: HandClock

    @property
    def app(self) -> App:
        return self.oo.app

    async def tick(self, *jobs: str) -> None:
        """Run these jobs now, as the scheduler would; the one that pushes if none is named."""
        for job in jobs or ("push",):
            await self.app.scheduler.run(job)

    async def at(self, moment: str) -> None:
        """Move to an ISO instant (UTC) and push to everybody who is due."""
        self.clock.set(moment)
        await self.tick()

    async def owner_code(self) -> str:
        """The code that ``oo run`` prints for Telegram."""
        code = await owner_code(self.app.deps)
        if code is None:
            raise LookupError("there is an owner already")
        return code

    # --- What is stored ------------------------------------------------------------------------------------

    async def person(self, external_id: str, channel: Channel = Channel.TELEGRAM) -> Person:
        """The person of an account."""
        async with self.app.store.read() as unit:
            account = await unit.people.account(channel, external_id)
            if account is None:
                raise LookupError(f"{channel} knows no {external_id}")
            return await unit.people.get(account.person_id)

    async def decisions(self, person: Person) -> tuple[Decision, ...]:
        """The person's decisions, newest first."""
        async with self.app.store.read() as unit:
            return await unit.decisions.latest(person.person_id, 100)

    async def latest(self, external_id: str) -> Decision:
        """The latest decision for somebody in Telegram."""
        return (await self.decisions(await self.person(external_id)))[0]

    async def candidates(self, person: Person) -> tuple[ScoredCandidate, ...]:
        """The candidates of the latest decision."""
        return (await self.decisions(person))[0].candidates

    async def reward(self, decision: Decision) -> Reward | None:
        """The reward of a decision."""
        async with self.app.store.read() as unit:
            return await unit.reactions.reward(decision.decision_id)

    async def open_tasks(self, person: Person) -> list[Task]:
        """The person's open tasks, oldest first."""
        async with self.app.store.read() as unit:
            return sorted(await unit.tasks.open(person.person_id), key=lambda task: task.created_at)

    async def learned(self, person: Person) -> bytes:
        """The person's learned statistics, serialized."""
        async with self.app.store.read() as unit:
            learned = await unit.learning.read(person.person_id)
        return serialize(deserialize(learned.get(person.person_id)))


@asynccontextmanager
async def scene(folder: Path, now: str, *, config: str = "", **environment: str) -> AsyncIterator[Scene]:
    """oO at ``now`` (ISO, UTC) with the settings in ``environment`` and further lines of ``config``.

    A second scene on the same folder is a restart. Messages are sent without a rate limit.
    """
    async with _scene(folder, now, config, environment, UNLIMITED) as running_scene:
        yield running_scene


@asynccontextmanager
async def paced_scene(folder: Path, now: str, **environment: str) -> AsyncIterator[Scene]:
    """As ``scene``, with the rate limits of the platforms."""
    async with _scene(folder, now, "", environment, None) as running_scene:
        yield running_scene


@asynccontextmanager
async def _scene(
    folder: Path, now: str, config: str, environment: dict[str, str], rate: Rate | None
) -> AsyncIterator[Scene]:
    clock = HandClock(datetime.fromisoformat(now).replace(tzinfo=UTC))
    file = folder / "config.yaml"
    file.write_text(CONFIG + config)
    values = {
        "DATABASE_URL": url_in(folder),
        "OO_HTTP_PORT": "0",
        "OO_CONFIG": str(file),
    }
    settings = load_settings({**values, **environment}, folder)
    async with running(settings, clock=clock, rate=rate) as oo:
        yield Scene(oo=oo, clock=clock)
