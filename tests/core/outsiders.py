"""Everything outside the core, by hand: a clock, chance, a messenger, a language model, a task source."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from core.chat import Form, Home, Message, Sender, Tapped
from core.embeddings.space import PARAPHRASE_PAIRS, PROBES
from core.errors import LanguageModelUnavailable, SendFailed, SourceRefused, SourceUnavailable
from core.ports import Completion, Embedded, Turn
from core.records import Task, TaskList

NOW = datetime(2027, 6, 14, 6, 30, tzinfo=UTC)  # a Monday, 8:30 in Berlin
BERLIN = ZoneInfo("Europe/Berlin")


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def move(self, **span: float) -> None:
        self.time += timedelta(**span)

    def berlin(self, local: str) -> None:
        """Stand at a local time of Berlin: ``2027-06-14 09:00``."""
        self.time = datetime.fromisoformat(local).replace(tzinfo=BERLIN).astimezone(UTC)


class SeededRandom:
    """The same ids, seeds and secrets in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)

    def seed(self) -> int:
        return self._random.getrandbits(63)

    def new_id(self) -> str:
        return f"{self._random.getrandbits(64):016x}"

    def secret(self) -> str:
        return f"{self._random.getrandbits(88):022x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message on somebody's screen."""

    address: str
    message: Message


class Phone:
    """A messenger that keeps what it shows; ``faults`` are raised by the next sends, None lets one through.

    ``meanwhile`` runs while a message is on its way.
    """

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.faults: list[SendFailed | None] = []
        self.tries = 0
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    async def send(self, address: str, message: Message) -> str:
        self.tries += 1
        if self.meanwhile:
            await self.meanwhile()
        await asyncio.sleep(0)
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        self.shown.append(Shown(address=address, message=message))
        return f"m{len(self.shown)}"

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        raise NotImplementedError

    async def acknowledge(self, tap: Tapped, toast: str | None) -> None:
        raise NotImplementedError

    async def ask(self, tap: Tapped, form: Form, token: str) -> bool:
        raise NotImplementedError

    async def delete(self, address: str, message_id: str) -> bool:
        raise NotImplementedError

    async def thinking(self, address: str) -> None:
        raise NotImplementedError

    async def fetch(self, reference: str, *, max_bytes: int) -> bytes:
        raise NotImplementedError

    async def show_menu(self, address: str, language: str) -> None:
        raise NotImplementedError

    async def show_home(self, sender: Sender, home: Home) -> None:
        raise NotImplementedError

    @property
    def lines(self) -> list[str]:
        """The first lines of all messages."""
        return [one.message.lines[0].text for one in self.shown]


class Meanings:
    """An embedder that knows what some words mean: texts with words of one group lie near each other.

    A vector: what all texts share, a number for each group, for each of oO's pairs, and some noise that is
    the text's own. ``turned``: the same model with its numbers in another order is another model.
    """

    def __init__(self, *groups: str, model: str = "meanings", turned: int = 0) -> None:
        self.model = model
        self.turned = turned
        self.fault: LanguageModelUnavailable | None = None
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.asked: list[str] = []
        self._groups = [set(group.split()) for group in groups]

    async def embed(self, texts: Sequence[str]) -> Embedded:
        self.asked += texts
        if self.meanwhile:
            await self.meanwhile()
        if self.fault:
            raise self.fault
        return Embedded(vectors=tuple(map(self._vector, texts)), model=self.model)

    def _vector(self, text: str) -> tuple[float, ...]:
        words = set("".join(char.lower() if char.isalnum() else " " for char in text).split())
        known = [bool(words & group) for group in self._groups] + [text in pair for pair in PARAPHRASE_PAIRS]
        own = Random(text)
        numbers = [1.0, *map(float, known), *(own.uniform(-0.1, 0.1) for _ in range(40))]
        return tuple(numbers[self.turned :] + numbers[: self.turned])

    @property
    def texts(self) -> list[str]:
        """What it was asked besides oO's probes."""
        return [text for text in self.asked if text not in PROBES]


class Writer:
    """A language model: answers with these tips, or raises, after ``meanwhile``."""

    def __init__(self, *tips: dict[str, object]) -> None:
        self.tips = tips
        self.fault: LanguageModelUnavailable | None = None
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.asked: list[Sequence[Turn]] = []
        self.embedder: Meanings | None = None

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        self.asked.append(turns)
        if self.meanwhile:
            await self.meanwhile()
        if self.fault:
            raise self.fault
        return Completion(text=json.dumps({"tips": list(self.tips)}), model="tiny")

    def is_awake(self, alias: str) -> bool:
        return True

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        if self.embedder is None:
            raise LanguageModelUnavailable("no embedder")
        return await self.embedder.embed(texts)


def written(content: str, *fact_ids: str, **fields: object) -> dict[str, object]:
    """A tip as a language model writes it."""
    known = {"content": content, "rationale": "It helps.", "fact_ids": list(fact_ids) or ["load"]}
    return {**known, "minutes": None, "topic": "focus", **fields}


class Todoist:
    """A task source that keeps what it was told; ``fault`` is raised by every call while it is set.

    ``meanwhile`` runs while it lists its tasks, ``on_the_way`` while it is told something,
    ``on_question`` while it is asked about a task. Tasks in ``gone``
    were deleted there; what it is told of those in ``refuses`` it never takes, and says so; of those in
    ``fails``, it answers with an error.
    """

    def __init__(self) -> None:
        self.open: dict[str, Task] = {}
        self.told: list[str] = []
        self.requests: list[str] = []
        self.gone: set[str] = set()
        self.gone_sections: frozenset[str] = frozenset()
        self.refuses: set[str] = set()
        self.fails: set[str] = set()
        self.asked = 0
        self.known: set[str] = set()
        self.fault: SourceUnavailable | None = None
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.on_the_way: Callable[[], Awaitable[object]] | None = None
        self.on_question: Callable[[], Awaitable[object]] | None = None
        self.is_open_there: Callable[[Task], bool] = lambda task: task.task_id in self.open

    def task_id(self, person_id: str, external_id: str) -> str:
        return f"todoist-{person_id}-{external_id}"

    async def open_tasks(self, person_id: str, *, cursor: str | None = None) -> TaskList:
        self.asked += 1
        if self.meanwhile:
            await self.meanwhile()
        self._answer()
        tasks = tuple(task for task in self.open.values() if task.person_id == person_id)
        return TaskList(tasks=tasks, gone_sections=self.gone_sections)

    async def complete(self, task: Task, *, request_id: str) -> None:
        await self._hear(f"complete {task.title}", task, request_id)

    async def reopen(self, task: Task, *, request_id: str) -> bool:
        await self._hear(f"reopen {task.title}", task, request_id)
        return task.task_id not in self.gone

    async def update(self, task: Task, fields: Collection[str], *, request_id: str) -> bool:
        await self._hear(f"update {task.title}: {', '.join(sorted(fields))}", task, request_id)
        known = self.open.get(task.task_id)
        if known:
            self.open[task.task_id] = replace(known, **{name: getattr(task, name) for name in fields})
        return task.task_id not in self.gone

    async def delete(self, task: Task, *, request_id: str) -> None:
        await self._hear(f"delete {task.title}", task, request_id)
        self.open.pop(task.task_id, None)
        self.gone.add(task.task_id)

    async def restore(self, task: Task, *, request_id: str, parent: Task | None = None) -> Task | None:
        below = f" below {parent.external_id}" if parent else ""
        await self._hear(f"restore {task.title}{below}", task, request_id)
        if task.task_id not in self.gone:
            return task
        again = f"{task.external_id} again"
        restored = replace(task, task_id=f"todoist-{again}", external_id=again)
        self.open[restored.task_id] = restored
        return restored

    async def _hear(self, what: str, task: Task, request_id: str) -> None:
        self.requests.append(request_id)
        if self.on_the_way:
            await self.on_the_way()
        self._answer()
        if task.task_id in self.refuses:
            raise SourceRefused("400")
        if task.task_id in self.fails:
            raise SourceUnavailable("500")
        self.told.append(what)

    async def is_open(self, task: Task) -> bool:
        self._answer()
        if self.on_question:
            await self.on_question()
        return self.is_open_there(task)

    def forget_others(self, people: Collection[str]) -> None:
        self.known = set(people)

    def _answer(self) -> None:
        if self.fault:
            raise self.fault
