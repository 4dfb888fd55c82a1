"""A world in which an update is handled once, or twice: as after a kill before it was marked as handled.

Tests: tests/bot/conversation/test_handled_twice.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from adapters.task_files import TaskFileFormats
from bot.conversation.question import QUESTION_NOTE
from bot.conversation.router import Router
from bot.conversation.update_context import Deployment
from core.chat import AttachedFile, Button, Channel, Message, Said, Sender, Tapped
from core.delivery.callbacks import with_button_tokens
from core.delivery.remind import ring_due
from core.dependencies import Dependencies
from core.ports import Messengers
from core.records import Due, Task, TaskSource
from tests.bot.conversation.twice_rows import Row
from tests.core.histories import lived, two_sided
from tests.core.outsiders import NOW
from tests.core.reminders import BELL, asked
from tests.core.worlds import Scene, scene
from tests.fakes.cipher import open_vault
from tests.fakes.store import FakeStore, FakeUnit
from tests.fuzz.targets.worlds import Screen

ADA = "ada"
TODAY, JULY = date(2027, 6, 14), date(2027, 7, 1)
FILE = b"Buy stamps due:2027-06-18\nWash the car\n"

EVENING = Due(on=TODAY, at=time(20))
TASKS = (
    Task(task_id="rent", person_id=ADA, title="Pay the rent", created_at=NOW, due=Due(on=TODAY), priority=1),
    Task(task_id="mail", person_id=ADA, title="Pay the mail order", created_at=NOW, due=Due(on=JULY)),
    Task(task_id="boat", person_id=ADA, title="Call Zoe about the boat", created_at=NOW),
    Task(
        task_id="plants",
        person_id=ADA,
        title="Water the plants",
        created_at=NOW,
        due=EVENING,
        repeats="FREQ=DAILY",
    ),
)

SHOWN_AGAIN = frozenset({"handles", "messages", "inbox", "kept_answers"})
"""Tables of what was shown: what is said again is shown again."""
LATER = re.compile(
    r'"(?:statistics|over|created_at|[a-z]+_id)": "[^"]*"|2027-06-14T06:[34]\d:\d\d(?:\.\d+)?(?:\+00:00|Z)'
)
"""Ids and instants that differ when something is done some seconds later."""
EVENT_ID = re.compile(r'"event_id": "[^"]*"')


class Died(BaseException):
    """The process ends here."""


class Life:
    """Ends after some commits and messages."""

    def __init__(self) -> None:
        self.left: int | None = None

    def step(self) -> None:
        """A commit was made, or something has arrived at the platform."""
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                raise Died


class MortalStore(FakeStore):
    """A store whose process may end after a commit."""

    def __init__(self, life: Life) -> None:
        super().__init__()
        self._life = life

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        async with super().begin(*people) as unit:
            yield unit
        self._life.step()


class Chat(Screen):
    """Keeps what it shows, each with its id, and the toasts."""

    def __init__(self, life: Life) -> None:
        super().__init__()
        self.said: list[tuple[str, Message]] = []
        self.toasts: list[str] = []
        self._life = life

    async def send(self, address: str, message: Message) -> str:
        message_id = f"m{len(self.said)}"
        await self.edit(address, message_id, message)
        return message_id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self.said.append((message_id, message))
        self._life.step()

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        self.toasts += [toast] if toast else []
        self._life.step()

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        return FILE


Stored = Mapping[str, list[str]]
"""All rows about Ada, as sorted texts, by table."""


class Todoist:
    """As far as a link leads there."""

    def authorize_url(self, state: str) -> str:
        return f"https://todoist.example/{state}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was stored and said."""

    before: Stored
    after: Stored
    answers: list[list[str]]
    """For each time that the update was handled, what was said: texts with labels of buttons, and toasts."""
    question: str | None
    """The question that was pending before."""


def roughly(stored: Stored) -> Stored:
    """Without what tells when, and under what id, something was done."""
    return {name: sorted(LATER.sub("", row) for row in rows) for name, rows in stored.items()}


@dataclass(slots=True, kw_only=True)
class World:
    """Ada's."""

    scene: Scene
    chat: Chat
    life: Life
    language: str
    router: Router
    number: int = 0
    heard: int = 0

    async def do(self, step: str) -> None:
        """Handle a step."""
        if step == "LIVED":
            await lived(self.scene.deps.store, self.scene.clock.now(), two_sided(), ADA)
        elif step == "RUNG":
            for name in ("Ann", "Bob"):
                await asked(self.scene, name, "2027-06-14 08:40")
            self.scene.clock.berlin("2027-06-14 08:40")
            await ring_due(self.scene.deps, BELL)
        else:
            await self.handle(await self.update(step))

    async def handle(self, update: Said | Tapped) -> None:
        """Handle an update, two seconds later."""
        self.scene.clock.move(seconds=2)
        await self.router.handle(update)

    async def update(self, step: str) -> Said | Tapped:
        """A text; ``RE text``, in reply to the latest message; ``FILE``; ``TAP verb [part of the argument]``;
        ``MADE verb argument``, on a button that is made for it, under a tip if that is ``MADE_ON_TIP``; with
        ``TYPED text`` as in a form.
        """
        self.number += 1
        kind, _, rest = step.partition(" ")
        about: dict[str, Any] = {
            "update_id": str(self.number),
            "sender": self.sender,
            "received_at": self.scene.clock.now(),
        }
        if kind in ("TAP", "MADE", "MADE_ON_TIP"):
            wanted, _, typed = rest.partition(" TYPED ")
            message_id, token = await self._button(kind, wanted)
            return Tapped(**about, token=token, message_id=message_id, typed=typed or None)
        about["message_id"] = f"u{self.number}"
        if kind == "FILE":
            file = AttachedFile(reference="f", name="tasks.txt")
            return Said(**about, text="", files=(file,), attachment="file")
        if kind == "RE":
            return Said(**about, text=rest, reply_to=self.chat.said[-1][0])
        return Said(**about, text=step)

    async def _button(self, kind: str, wanted: str) -> tuple[str, str]:
        """Message and token of a button."""
        verb, _, arg = wanted.partition(" ")
        if kind != "TAP":
            return await self._made(verb, arg, is_on_tip=kind == "MADE_ON_TIP")
        for message_id, message in reversed(self.chat.said):
            for button in (one for row in message.buttons for one in row):
                if button.verb == verb and arg in button.arg:
                    return message_id, button.token
        raise LookupError(f"no button {wanted}: {self.chat.said[-1][1].text}")

    async def _made(self, verb: str, arg: str, *, is_on_tip: bool) -> tuple[str, str]:
        tip = None
        if is_on_tip or "{tip}" in arg:
            decision = await self.scene.latest()
            tasks = decision.context.tasks if decision.context else ()
            tip = decision.decision_id
            arg = arg.replace("{tip}", tip).replace("{task}", tasks[0].task_id if tasks else "")
        button = Button(label=verb, verb=verb, arg=arg)
        message = Message(lines=(), buttons=((button,),), subject=tip if is_on_tip else None)
        async with self.scene.deps.store.begin(ADA) as unit:
            person = await unit.people.get(ADA)
            ready = await with_button_tokens(unit, message, person, self.scene.deps)
        return await self.chat.send("chat-ada", ready), ready.buttons[0][0].token

    @property
    def sender(self) -> Sender:
        return Sender(channel=Channel.TELEGRAM, external_id=ADA, address="chat-ada", language=self.language)

    async def stored(self) -> Stored:
        """All rows about Ada but for what was shown, and what was learned from her and from everybody."""
        async with self.scene.deps.store.read() as unit:
            found = await unit.people.everything(ADA)
            learned = await unit.learning.everything()
        rows = {name: sorted(map(_plain, of)) for name, of in found.items() if name not in SHOWN_AGAIN and of}
        return {
            **rows,
            "statistics": [f'"statistics": "{scope} {learned[scope]!r}"' for scope in sorted(learned)],
        }

    async def question(self) -> str | None:
        """What is asked, and waits for an answer."""
        async with self.scene.deps.store.read() as unit:
            note = await unit.notes.get(ADA, QUESTION_NOTE)
        what, *_, answered_by = json.loads(note or "[null, null]")
        return what if answered_by is None else None

    def new(self) -> list[str]:
        """What was said since this was asked last."""
        said = [*(_words(message) for _, message in self.chat.said[self.heard :]), *self.chat.toasts]
        self.heard = len(self.chat.said)
        self.chat.toasts.clear()
        return said


def _plain(row: Mapping[str, Any]) -> str:
    return EVENT_ID.sub("", json.dumps(row, sort_keys=True, default=str))


def _words(message: Message) -> str:
    """The words of a message, and the labels of its buttons."""
    return " | ".join([message.text, *(button.label for row in message.buttons for button in row)])


async def _world(language: str) -> World:
    """Monday morning in Berlin; Ada has some tasks."""
    life = Life()
    here, chat = scene(MortalStore(life)), Chat(life)
    messengers = Messengers(by_channel={Channel.TELEGRAM: chat})
    oauth: dict[TaskSource, Any] = {TaskSource.TODOIST: Todoist()}
    deps = replace(here.deps, messengers=messengers, task_files=TaskFileFormats(), vault=open_vault())
    here = replace(here, deps=replace(deps, oauth=oauth))
    await here.person(ADA, owner=True)
    async with here.deps.store.begin(ADA) as unit:
        for task in TASKS:
            await unit.tasks.put(task)
    return World(scene=here, chat=chat, life=life, language=language, router=_router(here.deps))


def _router(deps: Dependencies) -> Router:
    deployment = Deployment(programs=True, pages_need=(), root="https://oo.example", is_public=True)
    return Router(deps, deployment)


async def outcome(row: Row, *, times: int, dies: int | None = None, between: str = "") -> Outcome:
    """What comes of ``row`` handled so many times. The process ends in the first time, after so many commits
    and messages; None: after all of them. ``between``: a step before the last time; handled once, after it.
    """
    here = await _world(row.language)
    for step in row.before:
        await here.do(step)
    question, stored = await here.question(), await here.stored()
    update, answers = await here.update(row.act), []
    here.new()
    for number in range(times):
        here.life.left = dies if number == 0 else None
        try:
            await here.handle(update)
        except Died:
            here.router = _router(here.scene.deps)
        here.life.left = None
        answers.append(here.new())
        if between and number == 0:
            await here.do(between)
            here.new()
    await here.router.stop(1)
    return Outcome(before=stored, after=await here.stored(), answers=answers, question=question)
