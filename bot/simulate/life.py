"""What a synthetic person does all day: gets up, notes tasks, does some, travels, and answers oO."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from bot.intake import Intake
from bot.screens import texts
from bot.simulate.chores import CHORES
from bot.simulate.clock import Agenda, VirtualClock, quarter, stream
from bot.simulate.judge import Judge
from bot.simulate.people import Answer, Persona, some_tastes
from bot.simulate.phones import Phones, Shown
from core.chat import Channel, Said, Sender, Tapped
from core.dependencies import Dependencies
from core.errors import OoError
from core.model import Context, Task, TipCandidate
from core.scheduling.quiet_hours import instant
from core.scheduling.timezones import known_zone
from core.tasks.todo_list import complete_task

CHANNEL = Channel.TELEGRAM
SELDOM = 18
"""With so many open tasks nobody notes another."""
SOON = 6
"""Who follows a tip without a word does so within so many hours: later, nobody could tell why."""

_DUE = ("", "", " today", " tomorrow", " in 3 days", " next week")
_PRIORITY = ("", "", "", " p3", " p2", " p1")
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the synthetic people live in: oO, and time. ``judge``: who plays them, if not they themselves."""

    deps: Dependencies
    intake: Intake
    phones: Phones
    clock: VirtualClock
    agenda: Agenda
    seed: int
    judge: Judge | None = None


class Life:
    """One synthetic person's doings. ``person_id`` is who they are to oO, once they are in."""

    def __init__(self, persona: Persona, house: House) -> None:
        self.persona = persona
        self.person_id = ""
        self._house = house
        self._random = stream(house.seed, "life", persona.nature.name)
        self._updates = 0
        self._day = 0

    @property
    def name(self) -> str:
        """What the channel calls them."""
        return self.persona.nature.name

    # --- What they do to oO --------------------------------------------------------------------------------

    async def move_in(self) -> None:
        """Get to know oO: agree, say where they live, choose times that suit them, note some tasks."""
        await self._say("/start")
        await self._tap(self._house.phones.latest(self.name), "agree")
        await self._say(self.persona.nature.home)
        await self._say(f"/times {self._times()}")
        await self._say(f"/quiet {quarter(self.persona.nature.sleeps)}-{quarter(self.persona.nature.wakes)}")
        async with self._house.deps.store.read() as unit:
            account = await unit.people.account(CHANNEL, self.name)
        if account is None:
            raise OoError(f"{self.name} did not get in")
        self.person_id = account.person_id
        for _ in range(self._random.randint(3, 8)):
            await self._note_task()
        await self._get_up()

    def _times(self) -> str:
        """Three moments of the day: after getting up, at midday, in the evening."""
        nature = self.persona.nature
        evening = nature.sleeps + 0.5 if nature.late else nature.wakes + 11
        return " ".join(map(quarter, (nature.wakes + 1, nature.wakes + 5.5, evening)))

    async def _say(self, text: str) -> None:
        now = self._house.clock.now()
        said = Said(update_id=self._next_update(), sender=self._sender(), received_at=now, text=text)
        await self._hand_in(said)

    async def _tap(self, shown: Shown, verb: str, arg: str = "") -> None:
        """Press a button, if it is there."""
        token = shown.token(verb, arg)
        if token is None:
            return
        tapped = Tapped(
            update_id=self._next_update(),
            sender=self._sender(),
            received_at=self._house.clock.now(),
            token=token,
            message_id=shown.message_id,
        )
        await self._hand_in(tapped)

    async def _hand_in(self, update: Said | Tapped) -> None:
        """Let oO answer, and make sure that it did not stumble."""
        await self._house.intake.accept(update)
        await self._house.intake.settled(update.sender)
        if self._house.phones.latest(self.name).message.text == texts.TROUBLE:
            raise OoError("oO stumbled over something that a synthetic person did; the log says over what")

    def _sender(self) -> Sender:
        return Sender(channel=CHANNEL, external_id=self.name, address=self.name)

    def _next_update(self) -> str:
        self._updates += 1
        return f"{self.name}-{self._updates}"

    # --- What they do all day ------------------------------------------------------------------------------

    async def _get_up(self) -> None:
        """Begin a day: it brings tasks, some get done, and the next one begins when they wake up again."""
        nature, random = self.persona.nature, self._random
        if self._day == nature.upheaval:
            self.persona.tastes = some_tastes(random)
        self.persona.drift(random)
        self._travel()
        for _ in range(_poisson(random, 1.5)):
            self._later(random.uniform(0.2, 14), self._note_task)
        for _ in range(_poisson(random, 0.5)):
            self._later(random.uniform(1, 14), self._do_a_task)
        self._day += 1
        self._house.agenda.at(self._wakes_after(self._house.clock.now()), self._get_up)

    def _later(self, hours: float, act: Callable[[], Awaitable[None]]) -> None:
        self._house.agenda.at(self._house.clock.now() + timedelta(hours=hours), act)

    def _travel(self) -> None:
        """Set out or come home; oO hears of it some hours later."""
        trip = self.persona.nature.trip
        if trip is None or self._day not in (trip.start, trip.start + trip.days):
            return
        zone = trip.zone if self._day == trip.start else self.persona.nature.home
        self.persona.zone = known_zone(zone)
        self._later(self._random.uniform(1, 6), partial(self._say, f"/timezone {zone}"))

    async def _note_task(self) -> None:
        random = self._random
        chore, due, priority = random.choice(CHORES), random.choice(_DUE), random.choice(_PRIORITY)
        if len(await self._open_tasks()) < SELDOM:
            await self._say(f"/add {chore.title}{due}{priority}")

    async def _do_a_task(self) -> None:
        """Do something of their own accord, without telling oO by a button."""
        found = await self._open_tasks()
        if found:
            await self._complete(self._random.choice(found))

    async def _open_tasks(self) -> list[Task]:
        async with self._house.deps.store.read() as unit:
            return sorted(await unit.tasks.open(self.person_id), key=lambda task: task.task_id)

    async def _complete(self, task: Task) -> None:
        async with self._house.deps.store.begin() as unit:
            await complete_task(unit, task, self._house.deps, zone=self.persona.zone)

    # --- How they answer -----------------------------------------------------------------------------------

    async def got_tip(self, tip: TipCandidate, context: Context) -> None:
        """A tip is on their phone: they will answer it at some time, or not."""
        now = self._house.clock.now()
        shown = self._house.phones.latest(self.name)
        # Its own stream: what one policy sends changes no answer to what another would send then.
        random = stream(self._house.seed, "answer", self.name, now.isoformat())
        judge = self._house.judge
        ruling = await judge.ruling(self.persona, context, shown.message) if judge else None
        if ruling is None:
            self._react(tip, context, shown, random)
        elif ruling.answer is not Answer.SILENCE:
            self._answer_at(now + ruling.after, ruling.answer, shown, random)
        self.persona.got_message(now)

    def _react(self, tip: TipCandidate, context: Context, shown: Shown, random: Random) -> None:
        """What they do by themselves: each answer is as likely as their nature makes it."""
        likely = self.persona.likelihoods(tip, context)
        answer = random.choices(tuple(likely), weights=tuple(likely.values()))[0]
        if answer is Answer.FOLLOWED:
            self._later(random.uniform(0.2, SOON), partial(self._follow, tip))
        elif answer is not Answer.SILENCE:
            hours = self.persona.nature.delay / 60 * math.exp(random.gauss(0, 1.2))
            when = self._house.clock.now() + timedelta(hours=min(hours, 72)) + _MINUTE
            self._answer_at(when, answer, shown, random)

    def _answer_at(self, when: datetime, answer: Answer, shown: Shown, random: Random) -> None:
        answering = partial(self._answer, answer, shown.message_id, random)
        self._house.agenda.at(self._once_up(when, random), answering)

    def _once_up(self, when: datetime, random: Random) -> datetime:
        """That moment; some time in the morning, if they sleep then."""
        if self.persona.is_awake(when):
            return when
        return self._wakes_after(when) + timedelta(minutes=random.uniform(1, 60))

    def _wakes_after(self, moment: datetime) -> datetime:
        zone, wakes = self.persona.zone, self.persona.nature.wakes
        today = moment.astimezone(zone).date()
        mornings = (instant(_at(day, wakes), zone) for day in (today, today + _DAY))
        return next(morning for morning in mornings if morning > moment)

    async def _follow(self, tip: TipCandidate) -> None:
        task = next((one for one in await self._open_tasks() if one.task_id == tip.task_id), None)
        if task:
            await self._complete(task)

    async def _answer(self, answer: Answer, message_id: str, random: Random) -> None:
        """Press what stands for ``answer``; now and then Done is a slip, taken back and pressed again."""
        if answer is Answer.SNOOZE:
            await self._snooze(message_id, random)
        elif answer is Answer.DONE:
            await self._press(message_id, "done")
            if random.random() < 0.02:
                await self._press(message_id, "undo")
                await self._press(message_id, "done")
        else:
            await self._press(message_id, "dismiss")
            if answer is not Answer.DISMISS:
                await self._press(message_id, "reason", answer.value)

    async def _snooze(self, message_id: str, random: Random) -> None:
        """Choose one of the offered times; of those offered instead of one in quiet hours, the first."""
        await self._press(message_id, "snooze")
        buttons = [one for row in self._house.phones[message_id].message.buttons for one in row]
        moments = [one.arg for one in buttons if one.verb == "until"]
        if moments:
            await self._press(message_id, "until", random.choice(moments))
            await self._press(message_id, "until")

    async def _press(self, message_id: str, verb: str, arg: str = "") -> None:
        await self._tap(self._house.phones[message_id], verb, arg)


def _at(day: date, hours: float) -> datetime:
    """The wall clock of ``day`` at so many hours."""
    return datetime.combine(day, time()) + timedelta(hours=hours)


def _poisson(random: Random, mean: float) -> int:
    """How many of something that happens ``mean`` times a day on average (Knuth)."""
    limit, count, product = math.exp(-mean), 0, random.random()
    while product > limit:
        count, product = count + 1, product * random.random()
    return count
