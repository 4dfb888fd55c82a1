"""Old inbox entries go; what waits stays, and so does what a platform might still repeat."""

from __future__ import annotations

from core.chat import Channel, Said, Sender
from core.store import Store
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
    store, clock = here.world.store, here.clock
    old = [await put(store, said(clock, name)) for name in ("handled", "waiting")]
    clock.move(days=2)
    recent = await put(store, said(clock, "recent"))
    async with store.begin() as unit:
        for inbox_id in (old[0], recent):
            assert inbox_id is not None
            await unit.inbox.done(inbox_id)

    assert await prune(here.world) == 0
    assert await put(store, said(clock, "handled")) is None
    clock.move(days=1, seconds=1)
    assert await prune(here.world) == 1
    assert await prune(here.world) == 0

    async with store.read() as unit:
        assert [one.update.update_id for one in await unit.inbox.waiting()] == ["waiting"]
    assert await put(store, said(clock, "recent")) is None
    assert await put(store, said(clock, "handled")) is not None
