"""Texts are embedded in advance, only with permission; no tip waits or fails because of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.bandit.grid import STEPS_PER_UNIT
from core.deciding.embed_texts import MAX_BATCH_SIZE, embed_now, prefetch_embeddings
from core.embeddings.space import PROBES, digest
from core.errors import LanguageModelUnavailable
from core.people.privacy import forget
from core.policies.replay import replay
from core.records import HASHED, Consent, Purpose
from core.store import Store
from core.tips.candidates import Template
from tests.core.embedders import embedding, listener, space_in_use, words
from tests.core.outsiders import Meanings, written
from tests.core.worlds import Scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT

WALK = Template(
    template_id="walk", topic="health", content="You have {open} tasks: walk.", when="x", minutes=9
)


@pytest.fixture
def meanings() -> Meanings:
    return listener()


@pytest.fixture
def there(meanings: Meanings) -> Scene:
    """In memory, with an embedder."""
    return embedding(FakeStore(), meanings)


# --- Ahead -------------------------------------------------------------------------------------------------


async def test_texts_are_embedded_before_they_are_needed_and_only_once(
    either: Store, meanings: Meanings
) -> None:
    here = embedding(either, meanings)
    here = replace(here, deps=replace(here.deps, templates=(WALK,)))
    await here.person()
    await here.task("Pay the rent")

    assert await prefetch_embeddings(here.deps) == 1
    assert meanings.texts == ["Pay the rent", "You have 0 tasks: walk."]
    await here.person("bob")
    await here.task("Call the landlord", "bob")
    assert await prefetch_embeddings(here.deps) == 2
    assert meanings.texts[2:] == ["Call the landlord"]
    asked = len(meanings.asked)
    await prefetch_embeddings(here.deps)
    assert len(meanings.asked) == asked


async def test_a_decision_reads_and_logs_embeddings_and_is_replayed_from_the_log(
    either: Store, meanings: Meanings
) -> None:
    here = embedding(either, meanings)
    await here.person()
    for title in ("Pay the rent", "Call the landlord", "Water the ferns"):
        await here.task(title)
    await prefetch_embeddings(here.deps)
    asked = len(meanings.asked)

    decision = await here.slot()

    assert len(meanings.asked) == asked
    context = decision.context
    assert context is not None
    assert context.wording.space == (await space_in_use(here)).name
    assert set(context.wording.directions) == {
        f"task:oo-{title}" for title in ("Pay the rent", "Call the landlord", "Water the ferns")
    }
    for name, direction in context.wording.directions.items():
        assert words(decision, name) == direction
        assert all(value * STEPS_PER_UNIT == round(value * STEPS_PER_UNIT) for value in direction)
        assert sum(value * value for value in direction) == pytest.approx(1, abs=0.01)
    async with here.deps.store.read() as unit:
        assert replay(draw_of(decision), await unit.decisions.snapshot(draw_of(decision).model_version)).same


async def test_texts_of_people_who_are_not_due_soon_are_not_embedded(
    there: Scene, meanings: Meanings
) -> None:
    there.clock.berlin("2027-06-14 07:30")
    await there.person()
    await there.task("Pay the rent")
    assert await prefetch_embeddings(there.deps) == 0
    there.clock.berlin("2027-06-14 08:01")
    assert await prefetch_embeddings(there.deps) == 1
    assert meanings.texts == ["Pay the rent"]


@pytest.mark.parametrize("fields", [{"allowed": (Purpose.MESSAGES,)}, {"consent": Consent.DECLINED}])
async def test_texts_are_sent_only_with_permission(
    there: Scene, meanings: Meanings, fields: dict[str, Any]
) -> None:
    await there.person(**fields)
    await there.task("Secret")
    await prefetch_embeddings(there.deps)
    there.clock.berlin("2027-06-14 09:00")
    await there.tick()
    assert meanings.asked == []


async def test_after_permission_is_withdrawn_embeddings_are_not_used(
    there: Scene, meanings: Meanings
) -> None:
    await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    await there.allow(Purpose.LANGUAGE_MODEL, granted=False)
    await there.task("Another")

    decision = await there.slot()

    assert meanings.texts == ["Pay the rent"]
    assert words(decision, "task:oo-Pay the rent") == (0, 0, 0)
    assert decision.context
    assert not decision.context.wording.directions


async def test_many_texts_go_in_batches(there: Scene, meanings: Meanings) -> None:
    await there.person()
    templates = tuple(
        replace(WALK, content=f"Advice {chr(number)}.") for number in range(65, 65 + 2 * MAX_BATCH_SIZE)
    )
    sizes: list[int] = []

    async def count() -> None:
        sizes.append(len(meanings.asked) - sum(sizes))

    meanings.meanwhile = count
    await prefetch_embeddings(replace(there.deps, templates=templates))
    assert sizes == [MAX_BATCH_SIZE + len(PROBES)] * 2


@pytest.mark.parametrize("leaves", [True, False])
async def test_nothing_is_stored_if_permission_is_withdrawn_during_the_request(
    there: Scene, meanings: Meanings, leaves: bool
) -> None:
    person = await there.person()
    await there.task("Pay the rent")

    async def meanwhile() -> None:
        if leaves:
            await forget(person, there.deps)
        else:
            await there.allow(Purpose.LANGUAGE_MODEL, granted=False)

    meanings.meanwhile = meanwhile
    await prefetch_embeddings(there.deps)
    async with there.deps.store.read() as unit:
        assert "embeddings" not in await unit.people.everything("ada")


# --- At a decision -----------------------------------------------------------------------------------------


async def test_a_fresh_tip_is_embedded_while_the_model_is_asked_anyway(
    there: Scene, meanings: Meanings
) -> None:
    await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    there.model.tips = (written("Go for a stroll."),)
    await there.task("Water the ferns")

    decision = await there.slot()

    assert meanings.asked[-2:] == ["Go for a stroll.", "Water the ferns"]
    assert any(words(decision, "llm:1"))
    assert any(words(decision, "task:oo-Water the ferns"))


@pytest.mark.parametrize("leaves", [True, False])
async def test_nothing_is_embedded_if_permission_is_withdrawn_while_tips_are_written(
    there: Scene, meanings: Meanings, leaves: bool
) -> None:
    person = await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    asked = len(meanings.asked)
    if leaves:
        await forget(person, there.deps)
    else:
        await there.allow(Purpose.LANGUAGE_MODEL, granted=False)

    await embed_now(person, ["Go for a stroll."], there.deps)

    assert len(meanings.asked) == asked


async def test_a_paraphrase_of_a_recent_tip_is_dropped(either: Store, meanings: Meanings) -> None:
    here = embedding(either, meanings, written("Take a walk outside.", topic="health"))
    await here.person()
    await prefetch_embeddings(replace(here.deps, templates=(WALK,)))
    assert (await here.slot()).tip is not None

    here.model.tips = (written("Go for a stroll.", topic="pause"), written("Sort the ferns.", topic="garden"))
    decision = await here.slot("2027-06-14 13:00")

    dropped = {one.candidate.content: one.candidate.dropped for one in decision.candidates}
    assert dropped["Go for a stroll."] == "same_meaning"
    assert dropped["Sort the ferns."] is None


async def test_an_embedder_that_fails_costs_nothing_but_the_wording(there: Scene, meanings: Meanings) -> None:
    await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    meanings.fault = LanguageModelUnavailable("gone")
    there.model.tips = (written("Go for a stroll."),)

    decision = await there.slot()

    assert decision.tip is not None
    assert words(decision, "llm:1") == (0, 0, 0)
    assert any(words(decision, "task:oo-Pay the rent"))


async def test_an_embedder_that_hangs_does_not_delay_the_tip(there: Scene, meanings: Meanings) -> None:
    there = impatient(there)
    await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    meanings.meanwhile = asyncio.Event().wait
    there.model.tips = (written("Go for a stroll."),)
    async with asyncio.timeout(WAIT_LIMIT):
        decision = await there.slot()
    assert decision.tip is not None
    assert words(decision, "llm:1") == (0, 0, 0)


def impatient(there: Scene) -> Scene:
    """The same scene, where no tip waits for an embedding."""
    rules = there.deps.rules
    writing = replace(rules.writing, deadline_embedding=timedelta(milliseconds=20))
    return replace(there, deps=replace(there.deps, rules=replace(rules, writing=writing)))


async def test_vectors_of_another_model_are_not_used_in_a_decision(there: Scene, meanings: Meanings) -> None:
    await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    meanings.model = "other"
    there.model.tips = (written("Go for a stroll."),)
    assert words(await there.slot(), "llm:1") == (0, 0, 0)


async def test_until_an_embedder_has_answered_texts_are_hashed(there: Scene) -> None:
    await there.person()
    await there.task("Pay the rent")
    there.model.tips = (written("Go for a stroll."),)
    decision = await there.slot()
    assert decision.context is not None
    assert decision.context.wording.space == HASHED
    assert any(words(decision, "llm:1"))


async def test_without_a_model_nothing_is_embedded_in_advance(here: Scene) -> None:
    await here.person()
    assert await prefetch_embeddings(here.deps) == 0


async def test_a_model_that_was_taken_away_leaves_new_texts_without_vectors(
    there: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    ada = await there.person()
    await there.task("Pay the rent")
    await prefetch_embeddings(there.deps)
    await embed_now(ada, ["Go for a stroll."], replace(there.deps, model=None))
    async with there.deps.store.read() as unit:
        space = (await unit.embeddings.space()).name
        assert await unit.embeddings.read("ada", space, [digest("Go for a stroll.")]) == {}
    assert space != HASHED
    assert caplog.records
