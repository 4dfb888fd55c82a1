"""Old rows go; what waits stays, and so does what may still be repeated or tapped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.storage.store import open_store
from core.chat import Channel, Said, Sender
from core.events import record_event
from core.incidents import end, notice
from core.records import IncidentKind, KeptAnswer
from core.store import ButtonTokens, Store
from jobs.prune import prune
from tests.core.outsiders import HandClock
from tests.core.worlds import Scene, scene


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
