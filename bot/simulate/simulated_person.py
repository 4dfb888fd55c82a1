"""What a synthetic person does all day: adds tasks, completes some, travels, and responds to tips."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from bot.intake import Intake
from bot.screens import texts
from bot.simulate.channel import DisplayedMessage, SimulatedChannel
from bot.simulate.clock import Agenda, VirtualClock, quarter, stream
from bot.simulate.judge import Judge
from bot.simulate.people import Persona, Response, draw_tastes
from bot.simulate.synthetic_tasks import SYNTHETIC_TASKS
from core.chat import Channel, Said, Sender, Tapped
from core.dependencies import Dependencies
from core.errors import OoError
from core.records import Context, Task, TipCandidate
from core.scheduling.quiet_hours import instant
from core.scheduling.timezones import zone_by_name
from core.tasks.todo_list import complete_task

CHANNEL = Channel.TELEGRAM
MAX_OPEN_TASKS = 18
"""A person with this many open tasks adds none."""
MAX_FOLLOW_HOURS = 6
"""A tip that is followed without a tap is followed within this time, else it would not count as followed."""

_DUE = ("", "", " today", " tomorrow", " in 3 days", " next week")
_PRIORITY = ("", "", "", " p3", " p2", " p1")
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationContext:
    """What all simulated people share."""

    deps: Dependencies
    intake: Intake
    channel: SimulatedChannel
    clock: VirtualClock
    agenda: Agenda
    seed: int
    judge: Judge | None = None
    """Plays the people; None: their own likelihoods decide."""


class SimulatedPerson:
    """One synthetic person."""

    def __init__(self, persona: Persona, context: SimulationContext) -> None:
        self.persona = persona
        self.person_id = ""
        """Their id in oO; empty until ``join``."""
        self._context = context
        self._random = stream(context.seed, "life", persona.traits.name)
        self._updates = 0
        self._day = 0

    @property
    def name(self) -> str:
        """Their id on the channel."""
        return self.persona.traits.name

    # --- Talking to oO -------------------------------------------------------------------------------------

    async def join(self) -> None:
        """Onboarding: agree, say where they live, set times and quiet hours, add some tasks."""
        await self._say("/start")
        await self._tap(self._context.channel.latest(self.name), "agree")
        await self._say(self.persona.traits.home)
        await self._say(f"/times {self._times()}")
        await self._say(f"/quiet {quarter(self.persona.traits.sleeps)}-{quarter(self.persona.traits.wakes)}")
        async with self._context.deps.store.read() as unit:
            account = await unit.people.account(CHANNEL, self.name)
        if account is None:
            raise OoError(f"{self.name} did not get in")
        self.person_id = account.person_id
        for _ in range(self._random.randint(3, 8)):
            await self._add_task()
        await self._start_day()

    def _times(self) -> str:
        """Three times of the day: after waking up, at midday, in the evening."""
        traits = self.persona.traits
        evening = traits.sleeps + 0.5 if traits.prefers_late_tip else traits.wakes + 11
        return " ".join(map(quarter, (traits.wakes + 1, traits.wakes + 5.5, evening)))

    async def _say(self, text: str) -> None:
        now = self._context.clock.now()
        said = Said(update_id=self._next_update(), sender=self._sender(), received_at=now, text=text)
        await self._submit(said)

    async def _tap(self, displayed: DisplayedMessage, verb: str, arg: str = "") -> None:
        """Tap a button, if the message has it."""
        token = displayed.token(verb, arg)
        if token is None:
            return
        tapped = Tapped(
            update_id=self._next_update(),
            sender=self._sender(),
            received_at=self._context.clock.now(),
            token=token,
            message_id=displayed.message_id,
        )
        await self._submit(tapped)

    async def _submit(self, update: Said | Tapped) -> None:
        """Let oO handle the update. Raises ``OoError`` if oO reports an internal fault."""
        await self._context.intake.accept(update)
        await self._context.intake.wait_until_answered(update.sender)
        if self._context.channel.latest(self.name).message.text == texts.TROUBLE:
            raise OoError("oO stumbled over something that a synthetic person did; the log says over what")

    def _sender(self) -> Sender:
        return Sender(channel=CHANNEL, external_id=self.name, address=self.name)

    def _next_update(self) -> str:
        self._updates += 1
        return f"{self.name}-{self._updates}"

    # --- A day ---------------------------------------------------------------------------------------------

    async def _start_day(self) -> None:
        """Schedule a day: new tasks, completed tasks, travel, and the start of the next day."""
        traits, random = self.persona.traits, self._random
        if self._day == traits.taste_change_day:
            self.persona.tastes = draw_tastes(random)
        self.persona.drift(random)
        self._travel()
        for _ in range(_poisson(random, 1.5)):
            self._schedule(random.uniform(0.2, 14), self._add_task)
        for _ in range(_poisson(random, 0.5)):
            self._schedule(random.uniform(1, 14), self._complete_random_task)
        self._day += 1
        self._context.agenda.at(self._next_wake_up(self._context.clock.now()), self._start_day)

    def _schedule(self, hours: float, act: Callable[[], Awaitable[None]]) -> None:
        self._context.agenda.at(self._context.clock.now() + timedelta(hours=hours), act)

    def _travel(self) -> None:
        """Start or end a trip; the person tells oO the new zone some hours later."""
        trip = self.persona.traits.trip
        if trip is None or self._day not in (trip.start, trip.start + trip.days):
            return
        zone = trip.zone if self._day == trip.start else self.persona.traits.home
        self.persona.zone = zone_by_name(zone)
        self._schedule(self._random.uniform(1, 6), partial(self._say, f"/timezone {zone}"))

    async def _add_task(self) -> None:
        random = self._random
        template, due, priority = (
            random.choice(SYNTHETIC_TASKS),
            random.choice(_DUE),
            random.choice(_PRIORITY),
        )
        if len(await self._open_tasks()) < MAX_OPEN_TASKS:
            await self._say(f"/add {template.title}{due}{priority}")

    async def _complete_random_task(self) -> None:
        """Complete a task of their own accord, without a tap."""
        found = await self._open_tasks()
        if found:
            await self._complete(self._random.choice(found))

    async def _open_tasks(self) -> list[Task]:
        async with self._context.deps.store.read() as unit:
            return sorted(await unit.tasks.open(self.person_id), key=lambda task: task.task_id)

    async def _complete(self, task: Task) -> None:
        async with self._context.deps.store.begin() as unit:
            await complete_task(unit, task, self._context.deps, zone=self.persona.zone)

    # --- Responding to tips --------------------------------------------------------------------------------

    async def receive_tip(self, tip: TipCandidate, context: Context) -> None:
        """A tip has arrived: schedule the response, if any."""
        now = self._context.clock.now()
        displayed = self._context.channel.latest(self.name)
        # A generator per tip, so that different policies get the same response at the same time.
        random = stream(self._context.seed, "answer", self.name, now.isoformat())
        judge = self._context.judge
        ruling = await judge.ruling(self.persona, context, displayed.message) if judge else None
        if ruling is None:
            self._react(tip, context, displayed, random)
        elif ruling.response is not Response.SILENCE:
            self._respond_at(now + ruling.after, ruling.response, displayed, random)
        self.persona.receive_message(now)

    def _react(
        self, tip: TipCandidate, context: Context, displayed: DisplayedMessage, random: Random
    ) -> None:
        """Draw a response from the persona's likelihoods."""
        likely = self.persona.likelihoods(tip, context)
        response = random.choices(tuple(likely), weights=tuple(likely.values()))[0]
        if response is Response.FOLLOWED:
            self._schedule(random.uniform(0.2, MAX_FOLLOW_HOURS), partial(self._follow, tip))
        elif response is not Response.SILENCE:
            hours = self.persona.traits.median_delay_minutes / 60 * math.exp(random.gauss(0, 1.2))
            when = self._context.clock.now() + timedelta(hours=min(hours, 72)) + _MINUTE
            self._respond_at(when, response, displayed, random)

    def _respond_at(
        self, when: datetime, response: Response, displayed: DisplayedMessage, random: Random
    ) -> None:
        responding = partial(self._respond, response, displayed.message_id, random)
        self._context.agenda.at(self._when_awake(when, random), responding)

    def _when_awake(self, when: datetime, random: Random) -> datetime:
        """``when``, or if they sleep then, some time after they wake up."""
        if self.persona.is_awake(when):
            return when
        return self._next_wake_up(when) + timedelta(minutes=random.uniform(1, 60))

    def _next_wake_up(self, moment: datetime) -> datetime:
        zone, wakes = self.persona.zone, self.persona.traits.wakes
        today = moment.astimezone(zone).date()
        mornings = (instant(_at(day, wakes), zone) for day in (today, today + _DAY))
        return next(morning for morning in mornings if morning > moment)

    async def _follow(self, tip: TipCandidate) -> None:
        task = next((one for one in await self._open_tasks() if one.task_id == tip.task_id), None)
        if task:
            await self._complete(task)

    async def _respond(self, response: Response, message_id: str, random: Random) -> None:
        """Tap the buttons for ``response``; in 2 % of cases Done is undone and tapped again."""
        if response is Response.SNOOZE:
            await self._snooze(message_id, random)
        elif response is Response.DONE:
            await self._tap_button(message_id, "done")
            if random.random() < 0.02:
                await self._tap_button(message_id, "undo")
                await self._tap_button(message_id, "done")
        else:
            await self._tap_button(message_id, "dismiss")
            if response is not Response.DISMISS:
                await self._tap_button(message_id, "reason", response.value)

    async def _snooze(self, message_id: str, random: Random) -> None:
        """Choose one of the offered times. If it lies in quiet hours, oO offers others: take the first."""
        await self._tap_button(message_id, "snooze")
        buttons = [one for row in self._context.channel[message_id].message.buttons for one in row]
        moments = [one.arg for one in buttons if one.verb == "until"]
        if moments:
            await self._tap_button(message_id, "until", random.choice(moments))
            await self._tap_button(message_id, "until")

    async def _tap_button(self, message_id: str, verb: str, arg: str = "") -> None:
        await self._tap(self._context.channel[message_id], verb, arg)


def _at(day: date, hours: float) -> datetime:
    """Local time: ``hours`` after midnight of ``day``."""
    return datetime.combine(day, time()) + timedelta(hours=hours)


def _poisson(random: Random, mean: float) -> int:
    """A Poisson-distributed number (Knuth's algorithm)."""
    limit, count, product = math.exp(-mean), 0, random.random()
    while product > limit:
        count, product = count + 1, product * random.random()
    return count
