"""Old rows go; what waits stays, and so does what may still be repeated or tapped."""

from __future__ import annotations

from core.chat import Channel, Said, Sender
from core.records import KeptAnswer
from core.store import ButtonTokens, Store
from jobs.prune import prune
from tests.core.outsiders import HandClock
from tests.core.worlds import Scene


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
