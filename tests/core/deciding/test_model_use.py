"""The language model for one person: allowed, within the budget, and counted (G10, G20)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.llm import litellm_model
from core.deciding.decide import decide
from core.deciding.llm_tips import ask_model
from core.deciding.model_use import (
    MAX_OUTPUT_TOKENS,
    SPENT_NOTE,
    TOKENS_PER_TURN,
    UNTOLD,
    model_for,
    take_spent_notice,
)
from core.dependencies import BudgetRules, Dependencies, Price
from core.errors import AnswerLost, BudgetSpent, LanguageModelUnavailable, NotAsked, StoreUnavailable
from core.ports import Completion, Embedded, LanguageModel, Turn
from core.records import MICROS, Purpose, Spending, Trigger
from core.store import Store
from core.tips.prompt import PromptFile
from tests.core.meanwhile import Meanwhile
from tests.core.outsiders import BERLIN
from tests.core.worlds import DAY, Scene, scene
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT

SOON = timedelta(seconds=9)
QUESTION = [Turn(role="user", content="hello")]
MOST = 2 * (len("hello") + TOKENS_PER_TURN) + MAX_OUTPUT_TOKENS
"""The most tokens that an answer to ``QUESTION`` can cost."""


async def spent_today(deps: Dependencies) -> Spending:
    """What everybody's calls cost today, reservations included."""
    async with deps.store.read() as unit:
        return await unit.spending.of(deps.clock.now().date(), None)


class Meter:
    """Answers when it is let, and states what that cost."""

    def __init__(self, *, read: int | None = 100, written: int | None = 20) -> None:
        self.read, self.written = read, written
        self.asked = 0
        self.fault: Exception | None = None
        self.questions: asyncio.Queue[str] = asyncio.Queue()
        self.open = asyncio.Event()
        self.open.set()

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        self.asked += 1
        self.questions.put_nowait(alias)
        await self.open.wait()
        if self.fault:
            raise self.fault
        return Completion(text="{}", model="m", input_tokens=self.read, output_tokens=self.written)

    def is_awake(self, alias: str) -> bool:
        return True

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        self.asked += 1
        return Embedded(vectors=((1.0,),) * len(texts), model="e", input_tokens=self.read)


def metered(store: Store, meter: Meter, **budget: object) -> Scene:
    here = scene(store)
    rules = replace(here.deps.rules, budget=BudgetRules(**budget))  # type: ignore[arg-type]
    return replace(here, deps=replace(here.deps, model=meter, rules=rules))


def model_of(here: Scene, name: str = "ada") -> LanguageModel:
    model = model_for(name, here.deps)
    assert model is not None
    return model


async def ask(here: Scene, name: str = "ada") -> Completion:
    return await model_of(here, name).complete("tip-generator", QUESTION, schema={}, deadline=SOON)


async def test_a_call_is_counted_for_its_person_and_for_everybody(either: Store) -> None:
    here = metered(either, Meter(), prices={"tip-generator": Price(input=2.0, output=8.0)})
    await here.person()
    await here.person("bob")
    await ask(here)
    await ask(here)
    await ask(here, "bob")
    each = Spending(calls=1, tokens=120, micros=2 * 100 + 8 * 20)
    today = here.clock.now().date()
    async with either.read() as unit:
        assert await unit.spending.of(today, "ada") == each.plus(each)
        assert await unit.spending.of(today, "bob") == each
    assert await spent_today(here.deps) == each.plus(each).plus(each)


@pytest.mark.parametrize(
    "limit",
    [Spending(calls=2), Spending(tokens=150), Spending(micros=300)],
    ids=["calls", "tokens", "money"],
)
@pytest.mark.parametrize("whose", ["in_all", "per_person"])
async def test_a_spent_budget_ends_the_calls_until_tomorrow(limit: Spending, whose: str) -> None:
    meter = Meter()
    prices = {"tip-generator": Price(input=1.0, output=5.0)}
    here = metered(FakeStore(), meter, prices=prices, **{whose: limit})
    await here.person()
    await ask(here)
    await ask(here)
    with pytest.raises(BudgetSpent):
        await ask(here)
    assert meter.asked == 2
    here.clock.move(days=1)
    await ask(here)


async def test_one_persons_budget_is_not_anothers() -> None:
    here = metered(FakeStore(), Meter(), per_person=Spending(calls=1))
    await here.person()
    await here.person("bob")
    await ask(here)
    await ask(here, "bob")
    with pytest.raises(BudgetSpent):
        await ask(here)


async def test_without_limits_nothing_is_refused() -> None:
    here = metered(FakeStore(), Meter())
    await here.person()
    for _ in range(20):
        await ask(here)


@pytest.mark.parametrize("calls", [1, 3, 40])
async def test_calls_at_once_exceed_the_budget_by_less_than_one_call(on_disk: Store, calls: int) -> None:
    """G20. All calls are under way at the same time, and each costs the most that it can."""
    meter = Meter(read=MOST - MAX_OUTPUT_TOKENS, written=MAX_OUTPUT_TOKENS)
    limit = MOST + 1
    here = metered(on_disk, meter, in_all=Spending(tokens=limit))
    await here.person()
    meter.open.clear()
    tasks = [asyncio.create_task(ask(here)) for _ in range(calls)]
    async with asyncio.timeout(WAIT_LIMIT):
        for _ in range(min(calls, 2)):
            await meter.questions.get()
    meter.open.set()
    await asyncio.wait(tasks)
    results = [task.exception() for task in tasks]
    assert all(one is None or isinstance(one, BudgetSpent) for one in results)
    assert meter.asked == results.count(None) == min(calls, 2)
    assert (await spent_today(here.deps)).tokens < limit + MOST


@given(
    costs=st.lists(st.tuples(st.integers(1, MOST), st.booleans()), min_size=1, max_size=12),
    limit=st.integers(1, 3 * MOST),
)
@settings(max_examples=40, deadline=None)
def test_whatever_calls_cost_the_budget_holds(costs: list[tuple[int, bool]], limit: int) -> None:
    async def run() -> None:
        meter = Meter()
        here = metered(FakeStore(), meter, in_all=Spending(tokens=limit))
        await here.person()
        for cost, fails in costs:
            meter.read, meter.written = cost, 0
            meter.fault = LanguageModelUnavailable("no") if fails else None
            before = (await spent_today(here.deps)).tokens
            try:
                await ask(here)
            except BudgetSpent:
                assert before >= limit
            except LanguageModelUnavailable:
                assert fails
            else:
                assert before < limit
        assert (await spent_today(here.deps)).tokens < limit + MOST

    asyncio.run(run())


@pytest.mark.parametrize(
    ("fault", "cost"),
    [
        (LanguageModelUnavailable("InternalServerError 500"), Spending(calls=1, failures=1)),
        (NotAsked("left alone after failures in a row"), Spending()),
        (AnswerLost("no answer within 2.0 s"), Spending(calls=1, tokens=MOST, failures=1)),
    ],
)
async def test_a_failed_call_costs_what_the_server_may_have_done(
    fault: LanguageModelUnavailable, cost: Spending
) -> None:
    meter = Meter()
    meter.fault = fault
    here = metered(FakeStore(), meter)
    await here.person()
    with pytest.raises(type(fault)):
        await ask(here)
    assert await spent_today(here.deps) == cost


async def test_answers_that_are_always_late_spend_the_budget() -> None:
    """G20: else whoever makes a model think for too long makes it work without end."""
    meter = Meter()
    meter.fault = AnswerLost("no answer within 2.0 s")
    here = metered(FakeStore(), meter, in_all=Spending(tokens=2 * MOST))
    await here.person()
    for _ in range(4):
        with pytest.raises(LanguageModelUnavailable):
            await ask(here)
    assert meter.asked == 2


async def test_a_call_that_is_cancelled_keeps_its_reservation() -> None:
    meter = Meter()
    meter.open.clear()
    here = metered(FakeStore(), meter)
    await here.person()
    asking = asyncio.create_task(ask(here))
    async with asyncio.timeout(WAIT_LIMIT):
        await meter.questions.get()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await spent_today(here.deps) == Spending(calls=1, tokens=MOST)


async def test_a_server_that_counts_no_tokens_is_counted_by_bytes() -> None:
    here = metered(FakeStore(), Meter(read=None, written=None))
    await here.person()
    await ask(here)
    read = len("hello") + TOKENS_PER_TURN
    assert await spent_today(here.deps) == Spending(calls=1, tokens=read + len("{}"))


async def test_embeddings_count_too() -> None:
    here = metered(FakeStore(), Meter(), in_all=Spending(calls=1))
    await here.person()
    model = model_of(here)
    await model.embed("embedder", ["a", "b"], deadline=SOON)
    assert await spent_today(here.deps) == Spending(calls=1, tokens=100)
    with pytest.raises(BudgetSpent):
        await model.embed("embedder", ["c"], deadline=SOON)


@pytest.mark.parametrize("leaves", [False, True])
async def test_nobody_is_asked_about_whoever_does_not_allow_it(leaves: bool) -> None:
    """G10: as stored at the last moment, whatever the caller knows."""
    meter = Meter()
    here = metered(FakeStore(), meter)
    await here.person()
    model = model_of(here)
    if leaves:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")
    else:
        await here.allow(Purpose.LANGUAGE_MODEL, granted=False)
    with pytest.raises(LanguageModelUnavailable):
        await model.complete("tip-generator", QUESTION, schema={}, deadline=SOON)
    with pytest.raises(LanguageModelUnavailable):
        await model.embed("embedder", ["a"], deadline=SOON)
    assert meter.asked == 0
    assert await spent_today(here.deps) == Spending()


async def test_a_withdrawal_between_two_calls_for_one_answer_stops_the_second() -> None:
    """The first answer is no JSON, so the model would be asked again."""

    class Withdrawing(Meter):
        async def complete(self, *args: Any, **rest: Any) -> Completion:
            self.asked += 1
            await here.allow(Purpose.LANGUAGE_MODEL, granted=False)
            return Completion(text="no JSON", model="m")

    meter = Withdrawing()
    here = metered(FakeStore(), meter)
    await here.person()
    prompts = replace(here.deps.prompts, correction=PromptFile(version="test", text="No: {fault}"))
    deps = replace(here.deps, model=model_of(here), prompts=prompts)
    with pytest.raises(LanguageModelUnavailable, match="does not allow"):
        await ask_model(deps, "tip-generator", QUESTION, schema={}, deadline=SOON)
    assert meter.asked == 1


async def test_who_leaves_takes_their_spending_along_but_not_out_of_the_total(either: Store) -> None:
    here = metered(either, Meter())
    await here.person()
    await ask(here)
    async with either.begin() as unit:
        await unit.people.forget("ada")
        assert await unit.spending.of(here.clock.now().date(), "ada") == Spending()
        await unit.spending.add(here.clock.now().date(), "ada", Spending(calls=1))
    assert (await spent_today(here.deps)).calls == 2


async def test_a_slot_is_served_without_the_model_when_the_budget_is_spent() -> None:
    meter = Meter()
    here = metered(FakeStore(), meter, in_all=Spending(calls=1))
    person = await here.person()
    await here.task("Pay the rent")
    await ask(here)
    decided = await decide(person, here.deps, trigger=Trigger.REQUESTED, zone=BERLIN)
    assert decided.decision.tip is not None
    assert meter.asked == 1


async def test_the_owner_is_told_once_a_day(either: Store) -> None:
    here = metered(either, Meter(), in_all=Spending(calls=1))
    await here.person()
    assert not await take_spent_notice(here.deps)
    await ask(here)
    for _ in range(3):
        with pytest.raises(BudgetSpent):
            await ask(here)
    assert await take_spent_notice(here.deps)
    assert not await take_spent_notice(here.deps)
    with pytest.raises(BudgetSpent):
        await ask(here)
    assert not await take_spent_notice(here.deps)

    here.clock.move(days=1)
    assert not await take_spent_notice(here.deps)
    await ask(here)
    with pytest.raises(BudgetSpent):
        await ask(here)
    assert await take_spent_notice(here.deps)


async def test_old_days_are_pruned(either: Store) -> None:
    here = metered(either, Meter())
    await here.person()
    await ask(here)
    today = here.clock.now().date()
    async with either.begin() as unit:
        assert await unit.spending.prune(today) == 0
        assert await unit.spending.prune(today + DAY) == 2


def test_the_reservation_knows_what_the_adapter_lets_a_model_write() -> None:
    written = litellm_model.MAX_TOKENS + litellm_model.MAX_TOKENS_WITH_THINKING
    assert written == MAX_OUTPUT_TOKENS


def test_money_is_counted_in_millionths() -> None:
    assert Spending(micros=MICROS).reaches(Spending(micros=MICROS))
    assert not Spending(micros=MICROS - 1).reaches(Spending(micros=MICROS))
    assert not Spending(calls=10**9).reaches(Spending())


class Down(FakeStore):
    """A database that is down from the given transaction on."""

    def __init__(self, *, after: int = 0) -> None:
        super().__init__()
        self.left = after

    def begin(self, *people: str) -> Any:
        self.left -= 1
        if self.left < 0:
            raise StoreUnavailable("it is down")
        return super().begin(*people)


async def test_a_model_whose_use_can_not_be_recorded_is_not_asked() -> None:
    meter = Meter()
    here = scene(Down(after=1))
    await here.person()
    used = model_for("ada", replace(here.deps, model=meter))
    assert used is not None
    with pytest.raises(NotAsked, match="can't be recorded"):
        await used.complete("tips", QUESTION, schema={}, deadline=SOON)
    assert meter.asked == 0


async def test_an_answer_counts_when_what_it_cost_can_not_be_stored(caplog: pytest.LogCaptureFixture) -> None:
    here = scene(Down(after=2))
    await here.person()
    used = model_for("ada", replace(here.deps, model=Meter()))
    assert used is not None
    assert await used.complete("tips", QUESTION, schema={}, deadline=SOON)
    assert "its maximum counts" in caplog.text
    assert (await spent_today(here.deps)).calls == 1


async def test_two_processes_tell_the_owner_once(here: Scene) -> None:
    async with here.deps.store.begin() as unit:
        await unit.notes.put(None, SPENT_NOTE, f"{here.clock.now().date().isoformat()} {UNTOLD}")
    told = await asyncio.gather(take_spent_notice(here.deps), take_spent_notice(here.deps))
    assert sorted(told) == [False, True]


async def test_the_owner_is_not_told_again_if_another_process_was_quicker(here: Scene) -> None:
    async with here.deps.store.begin() as unit:
        await unit.notes.put(None, SPENT_NOTE, f"{here.clock.now().date().isoformat()} {UNTOLD}")
    told: list[bool] = []

    async def quicker() -> None:
        told.append(await take_spent_notice(here.deps))

    meanwhile = Meanwhile(here.deps.store, quicker, after="read")
    told.append(await take_spent_notice(replace(here.deps, store=meanwhile)))
    assert told == [True, False]


def test_a_model_whose_use_is_counted_is_awake_when_it_is() -> None:
    here = scene(FakeStore(), llm=True)
    used = model_for("ada", here.deps)
    assert used is not None
    assert used.is_awake("tips") is here.model.is_awake("tips")
