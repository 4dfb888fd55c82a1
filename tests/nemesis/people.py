"""People who type, tap, tap twice, snooze, take back and travel; they write down what they do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from core.chat import Channel, Said, Sender, Tapped, Update
from tests.nemesis.platform import Platform, Shown

CITIES = ("Berlin", "New York", "Sydney", "Santiago", "Cairo", "Kathmandu", "Lord Howe Island", "Reykjavik")
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Sydney", "America/Santiago", "Africa/Cairo"),
    *("Asia/Kathmandu", "Australia/Lord_Howe", "Atlantic/Reykjavik"),
)
QUIET = ("22:00-7:00", "23:30-6:15", "21:00-8:00", "off", "13:00-14:30", "0:00-5:00", "1:30-3:30")
TIMES = ("9:00 13:00 18:30", "2:30 9:00 12:00 15:00 20:00", "7:15 8:00 23:45", "6:00 10:00 14:00 18:00 22:00")
CAPS = (3, 5, 2, 10, 1)
RECENT = 10
"""Messages of a chat that a person still looks at."""
WISHES = {"done": 5, "snooze": 3, "until": 6, "dismiss": 3, "reason": 2, "undo": 1, "ring_done": 3}
"""How much people like the buttons."""
TWICE = 0.15
"""The share of taps and lines that are sent or delivered twice."""

Deliver = Callable[[Update], Awaitable[None]]
"""Returns when the platform knows that oO has the update."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A tap."""

    shown: Shown
    verb: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that was typed, with a title that nobody else types."""

    address: str
    title: str
    at: datetime
    rings_at: datetime | None = None
    """None for a task without a reminder."""


class Human:
    """A person, who sees what is on their screen."""

    def __init__(
        self,
        number: int,
        *,
        random: Random,
        platform: Platform,
        deliver: Deliver,
        now: Callable[[], datetime],
    ) -> None:
        self.name = f"h{number}"
        self.presses: list[Press] = []
        self.lines: list[Line] = []
        self.changes: list[datetime] = []
        """When they changed a setting, or took back what may have been one."""
        self._number = number
        self._random = random
        self._platform = platform
        self._deliver = deliver
        self._now = now
        self._updates = 0
        self._words = _words(random)

    async def settle_in(self) -> None:
        """Begin with oO, before anything goes wrong."""
        await self._say("/start")
        await self._until_shown(1)
        await self._tap(self._screen[-1], "agree")
        await self._until_shown(2)
        setting = (
            CITIES[self._number % len(CITIES)],
            f"/quiet {self._random.choice(QUIET)}",
            f"/cap {self._random.choice(CAPS)}",
            f"/times {self._random.choice(TIMES)}",
        )
        for text in setting:
            await self._say(text)
        for _ in range(3):
            await self._add_task()

    async def live(self, every_hours: float) -> None:
        """Do something about every so many hours, until cancelled."""
        acts = {
            self._tap_something: 8,
            self._add_task: 3,
            self._ask_for_reminder: 2,
            self._ask_for_tip: 1,
            self._change_setting: 1,
            self._take_back: 0.5,
        }
        while True:
            await asyncio.sleep(self._random.expovariate(1 / every_hours) * 3600)
            for _ in range(self._random.choice((1, 1, 2, 4))):
                await self._random.choices([*acts], [*acts.values()])[0]()

    def changed_before(self, at: datetime) -> datetime | None:
        """When they last changed a setting before ``at``."""
        return max((one for one in self.changes if one <= at), default=None)

    @property
    def _screen(self) -> list[Shown]:
        return self._platform.by_address.get(self.name, [])

    async def _until_shown(self, count: int) -> None:
        while len(self._screen) < count:  # noqa: ASYNC110 - a person looks again and again
            await asyncio.sleep(1)

    async def _add_task(self) -> None:
        title = f"Errand {next(self._words)}"
        due = self._random.choice(("", "", " today", " tomorrow", " in 3 days", " p1"))
        self.lines.append(Line(address=self.name, title=title, at=self._now()))
        await self._say(f"/add {title}{due}")

    async def _ask_for_reminder(self) -> None:
        title, minutes = f"call {next(self._words)}", self._random.choice((1, 7, 45, 180, 600, 1500))
        now = self._now()
        line = Line(address=self.name, title=title, at=now, rings_at=now + timedelta(minutes=minutes))
        self.lines.append(line)
        await self._say(f"remind me in {minutes} minutes to {title}")

    async def _ask_for_tip(self) -> None:
        await self._say("/tip")

    async def _take_back(self) -> None:
        self.changes.append(self._now())
        await self._say("undo")

    async def _change_setting(self) -> None:
        self.changes.append(self._now())
        random = self._random
        await self._say(
            random.choice(
                (
                    f"/timezone {random.choice(ZONES)}",
                    f"/quiet {random.choice(QUIET)}",
                    f"/times {random.choice(TIMES)}",
                    "/pause 1 day",
                    "/resume",
                )
            )
        )

    async def _tap_something(self) -> None:
        found = [
            (shown, button.verb)
            for shown in self._screen[-RECENT:]
            for button in shown.buttons
            if shown.first.envelope and button.verb in WISHES
        ]
        if found:
            weights = [WISHES[verb] for _, verb in found]
            shown, verb = self._random.choices(found, weights)[0]
            await self._tap(shown, verb)

    async def _tap(self, shown: Shown, verb: str) -> None:
        tokens = [one.token for one in shown.buttons if one.verb == verb]
        token = self._random.choice(tokens)
        self.presses.append(Press(shown=shown, verb=verb, at=self._now()))
        await self._submit(
            lambda update_id: Tapped(
                update_id=update_id,
                sender=self._sender,
                received_at=self._now(),
                token=token,
                message_id=shown.message_id,
                callback_id=update_id,
            ),
            again=self._random.choice(("resent", "repeated")),
        )

    async def _say(self, text: str) -> None:
        await self._submit(
            lambda update_id: Said(
                update_id=update_id, sender=self._sender, received_at=self._now(), text=text
            ),
            again="repeated",
        )

    async def _submit(self, update: Callable[[str], Update], *, again: str) -> None:
        """Send it; now and then twice: delivered again by the platform, or sent again by the app."""
        first = update(self._next_update())
        sending = [self._deliver(first)]
        if self._random.random() < TWICE:
            sending.append(self._deliver(first if again == "repeated" else update(self._next_update())))
        await asyncio.gather(*sending)

    @property
    def _sender(self) -> Sender:
        return Sender(channel=Channel.TELEGRAM, external_id=self.name, address=self.name)

    def _next_update(self) -> str:
        self._updates += 1
        return f"{self.name}-{self._updates}"


def _words(random: Random) -> Iterator[str]:
    """Words that mean nothing in any language, each once."""
    seen: set[str] = set()
    while True:
        word = "q" + "".join(random.choices("bcdfghjklmnpqrstvwxz", k=7))
        if word not in seen:
            seen.add(word)
            yield word
