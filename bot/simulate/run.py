"""Runs a simulation: the clock jumps from event to event, oO's production code does the rest.

Everything runs sequentially, so that equal seeds give equal logs, including the ids. Jobs are called when
they have something to do, instead of by their scheduler.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, Model, build
from bot.scheduled import jobs, push_everybody
from bot.screens.tips import arriving as tip_screen
from bot.settings import Environment, Settings
from bot.simulate.channel import SimulatedChannel
from bot.simulate.clock import Agenda, SeededRandom, VirtualClock
from bot.simulate.judge import Judge
from bot.simulate.people import create_persona
from bot.simulate.report import SimulationReport, Tally
from bot.simulate.simulated_person import CHANNEL, SimulatedPerson, SimulationContext
from core.delivery.push import push
from core.people.access import Access
from core.records import Decision
from core.store import DuePerson

START = datetime(2027, 3, 1, tzinfo=UTC)
"""A Monday; in Europe the clocks go forward four weeks later."""

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - TemporaryDirectory makes a private folder in it
BYTES_PER_DAY = 150_000
"""An upper bound of what one person's day takes in the database."""

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_FAR = datetime(9000, 1, 1, tzinfo=UTC)

OnDay = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationSpec:
    """The parameters of a simulation."""

    people: int
    days: int
    seed: int
    policy_id: str | None = None
    """The active policy; None: the configured one."""
    prompts: tuple[str, ...] = ()
    """Versions of the prompt by which a language model writes tips; empty: no model writes any."""


async def simulate(
    settings: Settings,
    spec: SimulationSpec,
    *,
    keep: Path | None,
    on_day: OnDay,
    judge: Judge | None = None,
    writer: Model | None = None,
) -> SimulationReport:
    """Run a simulation with the configuration in ``settings``; calls ``on_day`` with the number of each past
    day.

    The database is deleted, or moved to the file ``keep``, which must not exist. ``writer`` writes tips. With
    it or with a ``judge``, equal seeds do not give equal logs.
    """
    with TemporaryDirectory(dir=_fast_folder(spec)) as folder:
        file = Path(folder) / "oo.db"
        report = await _run_on(settings, spec, file, on_day, judge, writer)
        if keep:
            shutil.move(file, keep)
        return report


def _fast_folder(spec: SimulationSpec) -> Path | None:
    """A folder in memory with enough room, since two thirds of the time on disk would be spent on commits.

    None: the default for temporary files.
    """
    needed = spec.people * spec.days * BYTES_PER_DAY
    return IN_MEMORY if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > needed else None


async def _run_on(
    settings: Settings,
    spec: SimulationSpec,
    file: Path,
    on_day: OnDay,
    judge: Judge | None,
    writer: Model | None,
) -> SimulationReport:
    """Simulate ``spec`` on a new database ``file``."""
    clock, channel = VirtualClock(START), SimulatedChannel()
    app = await build(
        _settings_for(settings, spec, file),
        lambda intake, _: {CHANNEL: channel},
        clock=clock,
        random=SeededRandom(spec.seed),
        model=writer,
    )
    try:
        await app.start()
        return await Simulation(app, clock, channel, spec, judge).run(on_day)
    finally:
        await app.pause()
        await app.store.close()  # the writer is closed by whoever opened it


def _settings_for(settings: Settings, spec: SimulationSpec, file: Path) -> Settings:
    config = settings.config
    if spec.policy_id:
        section = config.policy.model_copy(update={"serve": spec.policy_id})
        config = config.model_copy(update={"policy": section})
    if spec.prompts:
        writing = config.llm.model_copy(update={"tip_prompts": spec.prompts})
        config = config.model_copy(update={"llm": writing})
    return settings.model_copy(update={"environment": _environment(file), "config": config})


def _environment(file: Path) -> Environment:
    """An environment without tokens and network, whatever the real one holds."""
    return Environment(database_url=f"sqlite:///{file.absolute()}", oo_access=Access.OPEN)


class Simulation:
    """A running oO and its simulated people."""

    def __init__(
        self,
        app: App,
        clock: VirtualClock,
        channel: SimulatedChannel,
        spec: SimulationSpec,
        judge: Judge | None,
    ) -> None:
        self._clock, self._spec = clock, spec
        self._deps = app.deps
        self._agenda = Agenda()
        self._context = SimulationContext(
            deps=app.deps,
            intake=app.intake,
            channel=channel,
            clock=clock,
            agenda=self._agenda,
            seed=spec.seed,
            judge=judge,
        )
        people = (create_persona(spec.seed, number, spec.days) for number in range(spec.people))
        self._simulated = [SimulatedPerson(persona, self._context) for persona in people]
        self._by_person: dict[str, SimulatedPerson] = {}
        self._seen: dict[str, str] = {}
        everybody = push_everybody(app.deps, app.settings)
        self._jobs = {job.name: job for job in jobs(app.deps, app.settings, everybody)}
        self._expiries: set[datetime] = set()
        self._tally = Tally(app.deps, judge)

    async def run(self, on_day: OnDay) -> SimulationReport:
        """Simulate all days."""
        for number, simulated in enumerate(self._simulated):
            self._agenda.at(
                START + timedelta(minutes=number / len(self._simulated)), partial(self._join, simulated)
            )
        for day in range(self._spec.days):
            await self._run_until(START + (day + 1) * _DAY)
            if (day + 1) % 7 == 0 or day + 1 == self._spec.days:
                await self._tally.week_over(self._by_person)
            on_day(day)
        return await self._tally.report(people=self._spec.people, days=self._spec.days)

    async def _join(self, simulated: SimulatedPerson) -> None:
        await simulated.join()
        self._by_person[simulated.person_id] = simulated

    # --- The clock -----------------------------------------------------------------------------------------

    async def _run_until(self, end: datetime) -> None:
        """Run all events before ``end`` in order; at one instant, oO's pushes come before the agenda."""
        self._agenda.at(end - _HOUR, self._run_daily_jobs)
        while True:
            due = await self._due()
            planned = self._agenda.next()
            if due and due.due_at < end and (planned is None or due.due_at <= planned):
                self._clock.move_to(due.due_at)
                await self._push(due)
            elif planned is not None and planned < end:
                self._clock.move_to(planned)
                await self._agenda.take()()
            else:
                return

    async def _due(self) -> DuePerson | None:
        """The person whose decision point comes next."""
        async with self._deps.store.read() as unit:
            found = await unit.people.due(_FAR, 1)
        return found[0] if found else None

    # --- oO's side -----------------------------------------------------------------------------------------

    async def _push(self, due: DuePerson) -> None:
        """Push to one person as the job does, count the decision, and deliver its tip."""
        await push(due, self._deps, tip_screen)
        async with self._deps.store.read() as unit:
            latest = await unit.decisions.latest(due.person_id, 1)
        if not latest or self._seen.get(due.person_id) == latest[0].decision_id:
            return
        decision = latest[0]
        self._seen[due.person_id] = decision.decision_id
        await self._observe(decision, self._by_person[due.person_id])

    async def _observe(self, decision: Decision, simulated: SimulatedPerson) -> None:
        arrived = self._context.channel.latest(simulated.name).message.subject == decision.decision_id
        self._tally.count(decision, simulated.persona, sent=arrived)
        if arrived and decision.tip and decision.context:
            await simulated.receive_tip(decision.tip, decision.context)
            self._expect_reward()

    def _expect_reward(self) -> None:
        """Schedule the run of the rewards job after the wait time, which rewards silence."""
        every = timedelta(seconds=self._jobs["rewards"].seconds)
        over = self._clock.now() + self._deps.rules.reward_wait
        run = START + ((over - START) // every + 1) * every
        if run not in self._expiries:
            self._expiries.add(run)
            self._agenda.at(run, self._expire)

    async def _expire(self) -> None:
        await self._until_done("rewards")
        await self._jobs["learn"].run()

    async def _run_daily_jobs(self) -> None:
        """Run the other jobs once a day."""
        for name in ("deliver", "recover", "sync", "learn", "prune"):
            await self._jobs[name].run()
        await self._until_done("relay")

    async def _until_done(self, name: str) -> None:
        """Run a job with a limited batch until nothing is left."""
        while await self._jobs[name].run():
            pass
