"""A small world for use cases, and what a test wants to know of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from core.bandit.population import Population
from core.bandit.statistics import Statistics
from core.chat import Button, Channel, Line, Message, Span
from core.deciding.decision_points import LEASE, reschedule
from core.delivery.push import DueDecisionPoint, find_due_point, push_due
from core.dependencies import Dependencies, Rules
from core.learning.model_state import (
    POPULATION,
    Observation,
    deserialize,
    deserialize_population,
    serialize,
    with_observation,
)
from core.learning.update import observed_features
from core.people.consents import AT_THE_START, agree, decline, set_purpose
from core.policies.catalog import policy_of
from core.policies.features import DIMENSION
from core.ports import Messengers
from core.records import (
    Account,
    Consent,
    Decision,
    Delivery,
    DismissReason,
    Event,
    Integration,
    Person,
    Preferences,
    Purpose,
    ReactionKind,
    Reward,
    Task,
    TaskSource,
    TokenStatus,
)
from core.store import DuePerson, Store
from core.tips.prompt import PromptFile, Prompts
from tests.core.outsiders import NOW, HandClock, Phone, SeededRandom, Todoist, Writer
from tests.waiting import WAIT_LIMIT

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PROMPT = PromptFile(version="test-1", text="{count}")


def compose(decision: Decision, person: Person) -> Message:
    """A tip as the plainest message."""
    line = Line(spans=(Span(text=decision.tip.content if decision.tip else ""),))
    buttons = (Button(label="Done", verb="done"), Button(label="Dismiss", verb="dismiss", arg="it"))
    return Message(lines=(line,), buttons=(buttons,), subject=decision.decision_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A world and the fakes in it."""

    deps: Dependencies
    clock: HandClock
    phone: Phone
    model: Writer = field(default_factory=Writer)
    todoist: Todoist = field(default_factory=Todoist)

    # --- Who and what there is -----------------------------------------------------------------------------

    async def person(self, name: str = "ada", *, preferences: Any = None, **fields: Any) -> Person:
        """Somebody in Berlin who agreed, can be reached on Telegram and has a next decision point."""
        usual = {"consent": Consent.AGREED, "allowed": AT_THE_START, "zone": "Europe/Berlin"}
        person = Person(
            person_id=name,
            created_at=self.clock.now(),
            preferences=replace(Preferences(), **(preferences or {})),
            **{**usual, **fields},
        )
        async with self.deps.store.begin() as unit:
            await unit.people.add(person)
            await unit.people.save_account(account(name, self.clock.now()))
            return await reschedule(unit, person, self.deps)

    async def task(self, title: str, person_id: str = "ada", **fields: Any) -> Task:
        """An open task of oO's own."""
        task = Task(
            task_id=f"oo-{title}",
            person_id=person_id,
            title=title,
            created_at=self.clock.now() - 3 * DAY,
            **fields,
        )
        async with self.deps.store.begin() as unit:
            await unit.tasks.put(task)
        return task

    async def outside_task(self, title: str, person_id: str = "ada", **fields: Any) -> Task:
        """An open task in Todoist, not mirrored yet."""
        task = Task(
            task_id=f"todoist-{title}",
            external_id=title,
            person_id=person_id,
            title=title,
            created_at=NOW - 3 * DAY,
            source=TaskSource.TODOIST,
            **fields,
        )
        self.todoist.open[task.task_id] = task
        return task

    async def connect(self, person_id: str = "ada") -> None:
        """Todoist is connected."""
        status = Integration(
            person_id=person_id,
            provider=TaskSource.TODOIST,
            status=TokenStatus.CONNECTED,
            changed_at=self.clock.now(),
            by_operator=True,
        )
        async with self.deps.store.begin() as unit:
            await unit.integrations.put(status)

    async def allow(self, purpose: Purpose, *, granted: bool = True, person_id: str = "ada") -> Person:
        """The person allows a purpose, or refuses it."""
        person = await self.stored(person_id)
        return await set_purpose(person, self.deps, purpose, granted=granted, channel=Channel.TELEGRAM)

    async def agree(self, person_id: str = "ada") -> Person:
        return await agree(await self.stored(person_id), self.deps, channel=Channel.TELEGRAM)

    async def decline(self, person_id: str = "ada") -> Person:
        return await decline(await self.stored(person_id), self.deps, channel=Channel.TELEGRAM)

    # --- What happens --------------------------------------------------------------------------------------

    async def tick(self) -> int:
        """What is due now is served."""
        return await push_due(self.deps, compose)

    async def slot(self, local: str = "2027-06-14 09:00") -> Decision:
        """The decision of the slot at a local time of Berlin."""
        self.clock.berlin(local)
        await self.tick()
        return await self.latest()

    # --- What is stored ------------------------------------------------------------------------------------

    async def stored(self, person_id: str = "ada") -> Person:
        async with self.deps.store.read() as unit:
            return await unit.people.get(person_id)

    async def stored_task(self, task: Task) -> Task:
        async with self.deps.store.read() as unit:
            return await unit.tasks.get(task.task_id)

    async def decisions(self, person_id: str = "ada") -> tuple[Decision, ...]:
        """Newest first."""
        async with self.deps.store.read() as unit:
            return await unit.decisions.latest(person_id, 1000)

    async def latest(self, person_id: str = "ada") -> Decision:
        return (await self.decisions(person_id))[0]

    async def delivery(self, decision: Decision) -> Delivery:
        async with self.deps.store.read() as unit:
            (delivery,) = await unit.deliveries.of(decision.decision_id)
        return delivery

    async def events(self) -> list[Event]:
        async with self.deps.store.read() as unit:
            return list(await unit.events.undispatched(10_000))

    async def kinds(self) -> list[str]:
        return [event.kind for event in await self.events()]

    async def reward(self, decision: Decision) -> Reward | None:
        async with self.deps.store.read() as unit:
            return await unit.reactions.reward(decision.decision_id)

    async def model_of(self, scope: str = POPULATION) -> bytes:
        """What was learned in a scope; nothing learned is what an empty model holds. Of everybody: the sum of
        what each of them taught, when what is stored of all is made of just that.
        """
        async with self.deps.store.read() as unit:
            stored = dict(await unit.learning.everything())
        if scope != POPULATION:
            return stored.get(scope) or serialize(deserialize(None))
        population = deserialize_population(stored.pop(POPULATION, None), self.clock.now())
        people = [deserialize(stored[name]) for name in sorted(stored)]
        empty = Population.empty(population.prior, population.variances, population.step)
        again = replace(empty, refit_at=population.refit_at).joined(people)
        assert again.to_bytes() == population.to_bytes()
        return serialize(_summed(people))

    async def replayed(self, *people: str) -> bytes:
        """The model that the stored rewards of these people make."""
        statistics = deserialize(None)
        for person_id in people:
            for decision in await self.decisions(person_id):
                reward = await self.reward(decision)
                features = observed_features(decision, reward.source) if reward and reward.learned else None
                if reward and features:
                    taught = Observation(features=features, reward=reward.value, at=reward.given_at)
                    statistics = with_observation(statistics, taught)
        return serialize(statistics)


def _summed(people: list[Statistics]) -> Statistics:
    a, b = np.zeros((DIMENSION, DIMENSION)), np.zeros(DIMENSION)
    return Statistics(
        count=sum(one.count for one in people),
        weight=float(sum(one.weight for one in people)),
        a=sum((one.a for one in people), a),
        b=sum((one.b for one in people), b),
        c=float(sum(one.c for one in people)),
    )


async def claimed(due: DuePerson, deps: Dependencies) -> DueDecisionPoint | None:
    """What is due for somebody whom a process has claimed and may not serve to the end."""
    async with deps.store.begin(due.person_id) as unit:
        if not await unit.people.claim(due, deps.clock.now() + LEASE):
            return None
    return await find_due_point(due, deps)


def account(person_id: str, now: datetime, **fields: Any) -> Account:
    """A place on Telegram."""
    usual = {"channel": Channel.TELEGRAM, "external_id": person_id, "address": f"chat-{person_id}"}
    return Account(
        account_id=f"telegram-{person_id}", person_id=person_id, last_seen_at=now, **{**usual, **fields}
    )


def scene(store: Store, *, llm: bool = False, todoist: bool = False, **rules: Any) -> Scene:
    """A world on ``store``. Its policy takes what scores best, so that a test can tell what is chosen.

    Sources have ``WAIT_LIMIT`` to answer: in the product's few seconds a busy machine may not finish what a
    test does meanwhile.
    """
    rules = {"sync_deadline": timedelta(seconds=WAIT_LIMIT), **rules}
    clock, phone, model, source = HandClock(), Phone(), Writer(), Todoist()
    deps = Dependencies(
        clock=clock,
        random=SeededRandom(),
        store=store,
        messengers=Messengers(by_channel={Channel.TELEGRAM: phone}),
        policy=policy_of("epsilon-greedy:epsilon=1e-9"),
        shadows=(policy_of("uniform"),),
        prompts=Prompts(tips=(PROMPT,), talk=PROMPT, correction=PROMPT),
        model=model if llm else None,
        providers={TaskSource.TODOIST: source} if todoist else {},
        granted=frozenset({TaskSource.TODOIST} if todoist else ()),
        rules=replace(Rules(), **rules),
    )
    return Scene(deps=deps, clock=clock, phone=phone, model=model, todoist=source)


DONE, SNOOZE, DISMISS = ReactionKind
NOT_NOW, NOT_THIS, NEVER_TOPIC, DID_IT = DismissReason
