"""The simulation itself: the clock jumps from one moment of work to the next, oO does what it always does.

Everything is done one after the other, so that equal seeds give equal logs, down to the ids. What oO does on
a schedule is called as its clockwork would, when there is something to do.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, build, jobs, push_everybody
from bot.screens.tips import arriving as tip_screen
from bot.settings import Environment, Settings
from bot.simulate.clock import Agenda, SeededRandom, VirtualClock
from bot.simulate.judge import Judge
from bot.simulate.life import CHANNEL, House, Life
from bot.simulate.people import born
from bot.simulate.phones import Phones
from bot.simulate.report import Report, Tally
from core.delivery.push import push
from core.model import Decision
from core.people.access import Access
from core.store import DuePerson

START = datetime(2027, 3, 1, tzinfo=UTC)
"""A Monday; in Europe the clocks go forward four weeks later."""

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own in there, for nobody else
BYTES_PER_DAY = 150_000
"""More than one person's day takes in the database."""

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_FAR = datetime(9000, 1, 1, tzinfo=UTC)

OnDay = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who lives for how long, and the seed of all that happens by chance. ``policy_id``: who serves, if not
    the configured policy.
    """

    people: int
    days: int
    seed: int
    policy_id: str | None = None


async def simulate(
    settings: Settings, plan: Plan, *, keep: Path | None, on_day: OnDay, judge: Judge | None = None
) -> Report:
    """Run a simulation with the tunables of ``settings``; ``on_day`` hears of each day that is over.

    The database is thrown away, unless it is to be kept in the file ``keep``, which must not be there yet.
    With a ``judge`` that plays the people, equal seeds give no equal logs.
    """
    with TemporaryDirectory(dir=_fast_folder(plan)) as folder:
        file = Path(folder) / "oo.db"
        report = await _lived(settings, plan, file, on_day, judge)
        if keep:
            shutil.move(file, keep)
        return report


def _fast_folder(plan: Plan) -> Path | None:
    """A folder in memory, if there is one with room: every commit waits for the disk, two thirds of the time.
    None: where temporary files usually are.
    """
    needed = plan.people * plan.days * BYTES_PER_DAY
    return IN_MEMORY if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > needed else None


async def _lived(settings: Settings, plan: Plan, file: Path, on_day: OnDay, judge: Judge | None) -> Report:
    """What comes of ``plan``, lived through on a fresh database ``file``."""
    clock, phones = VirtualClock(START), Phones()
    app = await build(
        _as_planned(settings, plan, file),
        lambda intake, _: {CHANNEL: phones},
        clock=clock,
        random=SeededRandom(plan.seed),
    )
    try:
        await app.start()
        return await Simulation(app, clock, phones, plan, judge).run(on_day)
    finally:
        await app.pause()
        await app.close()


def _as_planned(settings: Settings, plan: Plan, file: Path) -> Settings:
    config = settings.config
    if plan.policy_id:
        section = config.policy.model_copy(update={"serve": plan.policy_id})
        config = config.model_copy(update={"policy": section})
    return settings.model_copy(update={"environment": _environment(file), "config": config})


def _environment(file: Path) -> Environment:
    """No tokens and no network, whatever this machine's environment holds."""
    return Environment(database_url=f"sqlite:///{file.absolute()}", oo_access=Access.OPEN)


class Simulation:
    """An oO and the people around it."""

    def __init__(
        self, app: App, clock: VirtualClock, phones: Phones, plan: Plan, judge: Judge | None
    ) -> None:
        self._clock, self._plan = clock, plan
        self._deps = app.deps
        self._agenda = Agenda()
        self._house = House(
            deps=app.deps,
            intake=app.intake,
            phones=phones,
            clock=clock,
            agenda=self._agenda,
            seed=plan.seed,
            judge=judge,
        )
        people = (born(plan.seed, number, plan.days) for number in range(plan.people))
        self._lives = [Life(persona, self._house) for persona in people]
        self._by_person: dict[str, Life] = {}
        self._seen: dict[str, str] = {}
        everybody = push_everybody(app.deps, app.settings)
        self._jobs = {job.name: job for job in jobs(app.deps, app.settings, everybody)}
        self._expiries: set[datetime] = set()
        self._tally = Tally(app.deps, judge)

    async def run(self, on_day: OnDay) -> Report:
        """Live through all days; what came of it."""
        for number, life in enumerate(self._lives):
            self._agenda.at(
                START + timedelta(minutes=number / len(self._lives)), partial(self._move_in, life)
            )
        for day in range(self._plan.days):
            await self._live_until(START + (day + 1) * _DAY)
            if (day + 1) % 7 == 0 or day + 1 == self._plan.days:
                await self._tally.week_over(self._by_person)
            on_day(day)
        return await self._tally.report(people=self._plan.people, days=self._plan.days)

    async def _move_in(self, life: Life) -> None:
        await life.move_in()
        self._by_person[life.person_id] = life

    # --- The clock -----------------------------------------------------------------------------------------

    async def _live_until(self, end: datetime) -> None:
        """Everything up to ``end``, in its order; who is due comes before what people do at that instant."""
        self._agenda.at(end - _HOUR, self._keep_house)
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
        """Who is due next: a slot, a snooze that comes back, the end of a wait."""
        async with self._deps.store.read() as unit:
            found = await unit.people.due(_FAR, 1)
        return found[0] if found else None

    # --- What oO does --------------------------------------------------------------------------------------

    async def _push(self, due: DuePerson) -> None:
        """Serve one person, as the job does; see what was decided, and let them hear of it."""
        await push(due, self._deps, tip_screen)
        async with self._deps.store.read() as unit:
            latest = await unit.decisions.latest(due.person_id, 1)
        if not latest or self._seen.get(due.person_id) == latest[0].decision_id:
            return
        decision = latest[0]
        self._seen[due.person_id] = decision.decision_id
        await self._decided(decision, self._by_person[due.person_id])

    async def _decided(self, decision: Decision, life: Life) -> None:
        arrived = self._house.phones.latest(life.name).message.subject == decision.decision_id
        self._tally.decided(decision, life.persona, sent=arrived)
        if arrived and decision.tip and decision.context:
            await life.got_tip(decision.tip, decision.context)
            self._expect_reward()

    def _expect_reward(self) -> None:
        """The wait time ends: the next run of the job gives the reward of silence."""
        every = timedelta(seconds=self._jobs["rewards"].seconds)
        over = self._clock.now() + self._deps.rules.reward_wait
        run = START + ((over - START) // every + 1) * every
        if run not in self._expiries:
            self._expiries.add(run)
            self._agenda.at(run, self._expire)

    async def _expire(self) -> None:
        await self._until_done("rewards")
        await self._jobs["learn"].run()

    async def _keep_house(self) -> None:
        """What the other jobs do in the course of a day."""
        for name in ("deliver", "recover", "sync", "learn", "prune"):
            await self._jobs[name].run()
        await self._until_done("relay")

    async def _until_done(self, name: str) -> None:
        """A job that takes up only so many at once, until nothing is left for it."""
        while await self._jobs[name].run():
            pass
