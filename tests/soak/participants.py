"""People who use oO during a soak: they type, tap and take back, and write down what they do.

They know what is on their screen and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, time
from itertools import count, product
from random import Random
from time import monotonic

from core.tasks.todo_list import MAX_OPEN_TASKS
from tests.scenarios.talking import expect_message_on_tap, expect_reply
from tests.servers.telegram import Message, Person, TelegramServer, Update
from tests.servers.todoist import TodoistServer
from tests.soak.clock import SteppedClock
from tests.soak.ledger import Ledger, Line, LineKind, Press

FIRST_USER = 1000
"""The id of the person with number 0; the others follow."""
LETTERS = "bcdfghjklmnpqrstvwxz"
CITIES = ("Reykjavik", "Berlin", "Tokyo", "New York", "Sydney", "Kathmandu", "Lima", "Helsinki")
ZONES = (
    *("Atlantic/Reykjavik", "Europe/Berlin", "Asia/Tokyo", "America/New_York"),
    *("Australia/Sydney", "Asia/Kathmandu", "America/Lima", "Europe/Helsinki"),
)
"""Where these are."""
QUIET = (
    "22:00-7:00",
    "23:30-6:15",
    "21:00-8:00",
    "off",
    "13:00-14:30",
    "0:00-5:00",
    "20:00-9:30",
    "22:00-7:00",
)
CAPS = (1, 3, 2, 20, 5, 2, 12, 4)
SLOT_MINUTES = (5, 35)
PATIENCE_SECONDS = 10.0
"""After so long without an effect, a person taps again; then after twice as long, and so on."""
RECENT = 40
"""Messages of a chat that a person still looks at."""
MAX_UNANSWERED = 4
"""Lines that a person types without an answer."""
MAX_WITHOUT_EFFECT = 30
"""Taps that show no effect yet, after which a person waits."""
MAX_LINES = MAX_OPEN_TASKS - 200
"""Tasks and reminders that a person types, so that the list never becomes full: few of them are done."""
ACT_WEIGHTS = (6, 3, 1, 2)
"""How often people tap, add a task, ask for a reminder and ask for a tip, as weights."""
TODOIST_SHARE = 0.3
"""Of what a person does who has tasks in Todoist."""
NEXT = {
    "Done": ("Undo",),
    "Snooze": ("1 hour", "Back"),
    "1 hour": ("Undo",),
    "Dismiss": ("Not now", "Not this", "Undo"),
    "Not now": ("Undo",),
    "Not this": ("Undo",),
    "Undo": (),
    "Back": (),
}
"""Labels that people tap, and which of them they may tap after that one on the same message."""


def quiet_hours(number: int) -> tuple[time, time] | None:
    """As the person with this number sets them; None: none."""
    typed = QUIET[number % len(QUIET)]
    if typed == "off":
        return None
    start, end = (datetime.strptime(one, "%H:%M").time() for one in typed.split("-"))  # noqa: DTZ007
    return start, end


def new_words() -> Iterator[str]:
    """Words that mean nothing in any language, each once."""
    for length in count(4):
        for letters in product(LETTERS, repeat=length):
            yield "q" + "".join(letters)


class Participant:
    """One person; ``number`` sets their city, quiet hours and limit."""

    def __init__(
        self,
        telegram: TelegramServer,
        number: int,
        *,
        seed: int,
        clock: SteppedClock,
        ledger: Ledger,
        words: Iterator[str],
    ) -> None:
        self.person: Person = telegram.user(FIRST_USER + number, f"P{number}")
        self._telegram = telegram
        self._number = number
        self._random = Random(f"{seed} {number}")
        self._clock = clock
        self._ledger = ledger
        self._words = words
        self.todoist: TodoistServer | None = None
        """Where this person has tasks as well."""
        self._unanswered: dict[str, int] = {}
        """Titles that were typed, and how many messages there were then."""
        self._seen_when_asked = -1
        """How many messages there were when this person asked for a tip the last time."""
        self._lines = 0
        """How many tasks and reminders this person has typed."""

    async def settle_in(self, code: str | None) -> None:
        """Start with oO, before anything goes wrong: agree, and say where they live and when to be asked."""
        greeting = await expect_reply(self.person, f"/start {code}" if code else "/start")
        await expect_message_on_tap(self.person, greeting, "Agree and start")
        mine = self._number % len(CITIES)
        times = " ".join(f"{hour}:{SLOT_MINUTES[self._number % 2]:02d}" for hour in range(24))
        for text in (CITIES[mine], f"/quiet {QUIET[mine]}", f"/cap {CAPS[mine]}", f"/times {times}"):
            await expect_reply(self.person, text)
        for _ in range(3):
            await self._add_task()

    async def live(self, *, every: float) -> None:
        """Do something about every so many seconds, until cancelled."""
        while True:
            await asyncio.sleep(self._random.expovariate(1 / every))
            acts = (self._tap, self._add_task, self._ask_for_reminder, self._ask_for_tip)
            [act] = self._random.choices(acts, ACT_WEIGHTS)
            if self.todoist and self._random.random() < TODOIST_SHARE and not self._waits():
                await self._use_todoist(self.todoist)
                continue
            if act == self._tap or not (self._waits() or self._has_enough(act)):
                await act()

    def _waits(self) -> bool:
        """Whether so much is unanswered that the person would rather wait."""
        messages = self.person.chat.messages
        for title, since in [*self._unanswered.items()]:
            if any(title in message.text for message in messages[since:]):
                del self._unanswered[title]
        return len(self._unanswered) >= MAX_UNANSWERED

    def _has_enough(self, act: Callable[[], Awaitable[None]]) -> bool:
        """Whether that would make the list full."""
        return act != self._ask_for_tip and self._lines >= MAX_LINES

    async def _add_task(self) -> None:
        title = f"Errand {next(self._words)}"
        await self._say(LineKind.TASK, f"/add {title}", title)

    async def _ask_for_reminder(self) -> None:
        title = f"call {next(self._words)}"
        minutes = self._random.randint(1, 40)
        await self._say(LineKind.REMINDER, f"remind me in {minutes} minutes to {title}", title)

    def add_in_todoist(self, todoist: TodoistServer) -> None:
        """Add a task there that is urgent, and may repeat."""
        recurring = self._random.choice(("", "", "every day"))
        today = None if recurring else self._clock.now().date()
        todoist.add(f"Errand {next(self._words)}", recurring=recurring, due=today, priority=4)

    async def _use_todoist(self, todoist: TodoistServer) -> None:
        """Add a task there, or do, move or remove one that oO has named."""
        texts = [message.text for message in self.person.chat.messages]
        there = [one.content for one in todoist.tasks.values() if one.is_active]
        known = [title for title in there if any(title in text for text in texts)]
        title = self._random.choice(known) if known else ""
        how = self._random.random()
        if how < 0.2:
            self.add_in_todoist(todoist)
        elif how < 0.7 or title in ("", *self._ledger.removed):
            await self._do_one_of(known)
        elif how < 0.8:
            self._ledger.removed.append(title)
            await self._send(f"/remove {title}")
        else:
            await self._send(f"/move {title} to {self._random.choice(('tomorrow', 'friday', 'in 3 days'))}")

    async def _do_one_of(self, titles: Sequence[str]) -> None:
        """Tap Done under a message about one of them; if there is none, ask for a tip."""
        for message in reversed(self.person.chat.messages[-RECENT:]):
            is_about = any(title in message.text for title in titles)
            if is_about and "Done" in message.labels and not self._ledger.presses_on(message):
                await self._press(message, "Done")
                return
        await self._ask_for_tip()

    async def _ask_for_tip(self) -> None:
        """Ask, unless nothing at all has come since the last time: oO leaves out what floods it."""
        seen = len(self.person.chat.messages)
        if seen > self._seen_when_asked:
            self._seen_when_asked = seen
            self._ledger.requests.append(await self._send("/tip"))

    async def _say(self, kind: LineKind, text: str, title: str) -> None:
        now = self._clock.now()
        self._lines += 1
        self._unanswered[title] = len(self.person.chat.messages)
        update = await self._send(text)
        self._ledger.lines.append(
            Line(user_id=self.person.user_id, kind=kind, title=title, said_at=now, update=update)
        )

    async def _send(self, text: str) -> Update:
        """Type something; now and then the platform delivers it twice."""
        update = await self.person.send(text)
        if self._random.random() < 0.1:
            self._ledger.repeated_updates += 1
            await self._telegram.redeliver(update)
        return update

    async def _tap(self) -> None:
        """Tap a recent message, or one on which a tap has shown no effect. After many taps without one, the
        person waits: oO leaves out what floods it.
        """
        if self._ledger.without_effect(self.person.user_id) >= MAX_WITHOUT_EFFECT:
            return
        for message in reversed(self.person.chat.messages[-RECENT:]):
            if self._random.random() < 0.5 and (label := self._wanted(message)):
                await self._press(message, label)
                return

    def _wanted(self, message: Message) -> str | None:
        """The button that the person would tap now, if any."""
        if "Errand" not in message.text and "call" not in message.text:
            return None
        presses = self._ledger.presses_on(message)
        if not presses:
            wished = [one for one in ("Done", "Snooze", "Dismiss") if one in message.labels]
            return self._random.choice(wished) if wished else None
        last = presses[-1]
        if len(message.versions) == last.versions:
            waited, times = monotonic() - last.at, sum(one.versions == last.versions for one in presses)
            is_impatient = waited > PATIENCE_SECONDS * times
            return last.label if is_impatient and last.label in message.labels else None
        following = [one for one in NEXT[last.label] if one in message.labels]
        return self._random.choice(following) if following and self._random.random() < 0.5 else None

    async def _press(self, message: Message, label: str) -> None:
        now, versions = monotonic(), len(message.versions)
        tap = await self.person.tap(message, label)
        press = Press(
            user_id=self.person.user_id, message=message, label=label, tap=tap, at=now, versions=versions
        )
        self._ledger.presses.append(press)
        if self._random.random() < 0.1:
            press.arrivals += 1
            self._ledger.repeated_taps += 1
            await self.person.resend(tap)
