"""oO whole and in this process, with a clock that is moved by hand, against local servers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.serve import Running, running
from bot.settings import load_settings


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **span: float) -> None:
        """Move on by a timedelta's arguments."""
        self._now += timedelta(**span)

    def set(self, moment: str) -> None:
        """Stand at an ISO instant; without an offset it is UTC."""
        found = datetime.fromisoformat(moment)
        self._now = found if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A running oO and its clock."""

    oo: Running
    clock: HandClock

    async def tick(self, job: str = "push") -> None:
        """Run one job now, as the scheduler would."""
        await self.oo.app.clockwork.run(job)

    async def owner_code(self) -> str:
        """The code that ``oo run`` prints for Telegram."""
        from core.access import owner_code
        from core.chat import Channel

        code = await owner_code(self.oo.app.world, Channel.TELEGRAM)
        if code is None:
            raise LookupError("there is an owner already")
        return code


@asynccontextmanager
async def scene(folder: Path, now: str, **environment: str) -> AsyncIterator[Scene]:
    """oO at ``now`` (ISO, UTC) with the settings of ``environment``; jobs run only when told to."""
    clock = HandClock(datetime.fromisoformat(now).replace(tzinfo=UTC))
    quiet = folder / "config.yaml"
    quiet.write_text("jobs: {push: 86400, deliver: 86400, relay: 86400, rewards: 86400, sync: 86400}\n")
    values = {
        "DATABASE_URL": f"sqlite:///{folder}/oo.db",
        "OO_HTTP_PORT": "0",
        "OO_CONFIG": str(quiet),
        "OLLAMA_URL": "",
    }
    settings = load_settings({**values, **environment}, folder)
    async with running(settings, clock=clock) as oo:
        yield Scene(oo=oo, clock=clock)
