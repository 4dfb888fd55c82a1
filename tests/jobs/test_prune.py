"""Old rows go; what waits stays, and so does what may still be repeated or tapped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.storage.store import Storage, open_store
from bot.screens.why import why as why_screen
from core.chat import Channel, Said, Sender
from core.deciding import explain
from core.dependencies import Dependencies
from core.events import record_event
from core.incidents import end, notice
from core.policies.replay import replay
from core.records import IncidentKind, KeptAnswer, PendingSignIn, SignInGoal, Task
from core.store import ButtonTokens, Store
from jobs.prune import prune
from tests.core.outsiders import HandClock
from tests.core.worlds import Scene, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore


def said(clock: HandClock, update_id: str) -> Said:
    sender = Sender(channel=Channel.TELEGRAM, external_id="ada", address="chat-ada")
    return Said(update_id=update_id, sender=sender, received_at=clock.now(), text="hello")


async def put(store: Store, update: Said) -> int | None:
    async with store.begin() as unit:
        return await unit.inbox.put(update)


async def test_handled_updates_are_dropped_when_nobody_repeats_them_any_more(here: Scene) -> None:
    store, clock = here.deps.store, here.clock
    old = [await put(store, said(clock, name)) for name in ("handled", "waiting")]
    clock.move(days=2)
    recent = await put(store, said(clock, "recent"))
    async with store.begin() as unit:
        for inbox_id in (old[0], recent):
            assert inbox_id is not None
            await unit.inbox.done(inbox_id)

    assert await prune(here.deps) == 0
    assert await put(store, said(clock, "handled")) is None
    clock.move(days=1, seconds=1)
    assert await prune(here.deps) == 1
    assert await prune(here.deps) == 0

    async with store.read() as unit:
        assert [one.update.update_id for one in await unit.inbox.waiting()] == ["waiting"]
    assert await put(store, said(clock, "recent")) is None
    assert await put(store, said(clock, "handled")) is not None


async def test_vectors_last_longer_than_what_is_remembered(here: Scene) -> None:
    store, clock = here.deps.store, here.clock
    async with store.begin() as unit:
        await unit.embeddings.put(None, "space", {"digest": (1.0,)}, clock.now())
    clock.move(days=90)
    assert await prune(here.deps) == 0
    clock.move(seconds=1)
    assert await prune(here.deps) == 1
    async with store.read() as unit:
        assert await unit.embeddings.read("ada", "space", ["digest"]) == {}


async def test_a_request_of_the_api_can_be_repeated_for_a_day(here: Scene) -> None:
    store, clock = here.deps.store, here.clock

    kept = KeptAnswer(
        person_id="ada", key="k", fingerprint="f", status=200, body="{}", answered_at=clock.now()
    )
    async with store.begin() as unit:
        await unit.kept_answers.put(kept)
    clock.move(days=1)
    assert await prune(here.deps) == 0
    clock.move(seconds=1)
    assert await prune(here.deps) == 1
    async with store.read() as unit:
        assert await unit.kept_answers.get("ada", "k") is None


async def test_a_sign_in_that_nobody_ended_is_forgotten_after_ten_minutes(here: Scene) -> None:
    begun = PendingSignIn(
        state_hash="s", browser_hash="b", goal=SignInGoal.PERSON, created_at=here.clock.now()
    )
    async with here.deps.store.begin() as unit:
        await unit.identities.begin(begun)
    here.clock.move(minutes=10)
    assert await prune(here.deps) == 0
    here.clock.move(seconds=1)
    assert await prune(here.deps) == 1


async def test_buttons_work_for_half_a_year(here: Scene) -> None:
    store, clock = here.deps.store, here.clock
    handle = ButtonTokens(
        handle="h", person_id="ada", subject=None, actions=("done",), created_at=clock.now()
    )
    async with store.begin() as unit:
        await unit.handles.add(handle)

    clock.move(days=180)
    assert await prune(here.deps) == 0
    async with store.read() as unit:
        assert await unit.handles.get("h") == handle

    clock.move(seconds=1)
    assert await prune(here.deps) == 1
    async with store.read() as unit:
        assert await unit.handles.get("h") is None


async def test_old_events_go_in_batches_and_those_that_wait_or_are_nobodys_stay(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.prune.BATCH_SIZE", 2)
    either = await open_store(database_url)
    here = scene(either)
    await here.person()
    async with either.begin() as unit:
        for number in range(5):
            await record_event(unit, here.deps, "person.changed", "ada", what=str(number))
        await record_event(unit, here.deps, "policy.promoted", None)
        for event in await unit.events.undispatched(4):
            await unit.events.dispatched(event.event_id, here.clock.now())
    here.clock.move(days=800)
    assert await prune(here.deps) == 0
    here.clock.move(seconds=1)
    assert await prune(here.deps) == 4
    assert await prune(here.deps) == 0
    async with either.read() as unit:
        assert len(await unit.events.undispatched(9)) == 2
    await either.close()


async def test_the_operator_says_how_long_things_are_kept(here: Scene) -> None:
    async with here.deps.store.begin() as unit:
        await unit.embeddings.put(None, "space", {"digest": (1.0,)}, here.clock.now())
    kept = replace(here.deps.rules.retention, vectors=timedelta(days=2), events=timedelta())
    deps = replace(here.deps, rules=replace(here.deps.rules, retention=kept))
    here.clock.move(days=2)
    assert await prune(deps) == 0
    here.clock.move(seconds=1)
    assert await prune(deps) == 1


# --- Texts of decisions ------------------------------------------------------------------------------------


@pytest.fixture(params=["memory", "disk"])
async def both(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Scene]:
    """Ada with one task, in either store."""
    store = FakeStore() if request.param == "memory" else await open_store(database_url)
    found = scene(store)
    await found.person()
    task = Task(task_id="t1", person_id="ada", title=SECRET_TITLE, created_at=found.clock.now())
    async with store.begin() as unit:
        await unit.tasks.put(task)
    yield found
    if isinstance(store, Storage):
        await store.close()


SECRET_TITLE = "Zanzibar itinerary"


def keeping_texts_for(here: Scene, days: int | None) -> Dependencies:
    kept = timedelta(days=days) if days else None
    retention = replace(here.deps.rules.retention, decision_texts=kept)
    return replace(here.deps, rules=replace(here.deps.rules, retention=retention))


async def test_texts_of_old_decisions_are_erased_and_what_was_learned_from_stays(both: Scene) -> None:
    old = await both.slot("2027-06-14 09:00")
    both.clock.move(days=61)
    recent = await both.slot("2027-08-15 09:00")
    async with both.deps.store.read() as unit:
        draws_before = await unit.decisions.rewarded_draws("", 100)

    await prune(keeping_texts_for(both, None))
    async with both.deps.store.read() as unit:
        assert await unit.decisions.get(old.decision_id) == old

    await prune(keeping_texts_for(both, 60))
    async with both.deps.store.read() as unit:
        kept = await unit.decisions.get(old.decision_id)
        assert await unit.decisions.get(recent.decision_id) == recent
        assert await unit.decisions.rewarded_draws("", 100) == draws_before
        snapshot = await unit.decisions.snapshot(draw_of(kept).model_version)
    assert SECRET_TITLE in repr(old)
    assert SECRET_TITLE not in repr(replace(kept, decision_id=""))
    assert kept.context is not None
    assert kept.context.texts_erased
    before, after = draw_of(old), draw_of(kept)
    assert [(one.features, one.probability, one.score) for one in after.candidates] == [
        (one.features, one.probability, one.score) for one in before.candidates
    ]
    assert (after.action, after.propensity, after.seed) == (before.action, before.propensity, before.seed)
    assert "erased" in replay(after, snapshot).differences[0]


async def test_erasing_goes_on_where_it_ended(both: Scene) -> None:
    deps = keeping_texts_for(both, 60)
    decisions = []
    for day in ("14", "15", "16"):
        decisions.append(await both.slot(f"2027-06-{day} 09:00"))
        both.clock.move(minutes=1)
    for days, erased in ((58.5, 1), (1, 2), (0, 2), (2, 3)):
        both.clock.move(days=days)
        await prune(deps)
        async with both.deps.store.read() as unit:
            found = [await unit.decisions.get(one.decision_id) for one in decisions]
        assert sum(bool(one.context and one.context.texts_erased) for one in found) == erased


async def test_why_of_a_decision_without_texts_says_so(both: Scene) -> None:
    old = await both.slot("2027-06-14 09:00")
    both.clock.move(days=61)
    await prune(keeping_texts_for(both, 60))
    found = await explain.why(await both.stored(), both.deps, old.decision_id)
    assert found is not None
    said = why_screen(found, await both.stored(), both.clock.now())
    assert "words of that tip are gone" in said.text
    assert SECRET_TITLE not in said.text


async def test_incidents_go_ninety_days_after_their_end_and_open_ones_stay(here: Scene) -> None:
    clock = here.clock
    async with here.deps.store.begin() as unit:
        for subject in ("over", "open"):
            await notice(unit, IncidentKind.WORKSPACE_REMOVED, clock.now(), subject)
        await end(unit, IncidentKind.WORKSPACE_REMOVED, clock.now(), "over")
    clock.move(days=90)
    assert await prune(here.deps) == 0
    clock.move(seconds=1)
    assert await prune(here.deps) == 1
    async with here.deps.store.read() as unit:
        assert [one.subject for one in await unit.incidents.all_open()] == ["open"]


async def test_leases_go_thirty_days_after_they_were_over(here: Scene) -> None:
    clock = here.clock
    async with here.deps.store.begin() as unit:
        lease = await unit.leases.take("poll telegram", "a", now=clock.now(), seconds=10)
    clock.move(days=30, seconds=10)
    assert await prune(here.deps) == 0
    clock.move(seconds=1)
    assert await prune(here.deps) == 1
    async with here.deps.store.begin() as unit:
        assert lease is not None
        assert not await unit.leases.holds(lease)
