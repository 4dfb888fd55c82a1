"""A scenario for ``tests/crash_points.py``: the linking of two people is killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from adapters.storage.store import open_store
from core.chat import Channel, Sender
from core.errors import NotFound
from core.learning.model_state import POPULATION
from core.people.linking import link, link_code, link_surely
from core.records import Signal
from core.store import Unit
from tests.core.histories import days, lived
from tests.core.killing import opened
from tests.core.worlds import scene
from tests.databases import url_in

BOB = Sender(channel=Channel.TELEGRAM, external_id="bob", address="chat-bob")


async def prepare(folder: Path) -> None:
    """Ada and Bob have tasks and tips; Bob is about to send Ada's code."""
    store = await open_store(url_in(folder))
    here = scene(store)
    for name in ("ada", "bob"):
        await here.person(name)
        await here.task(f"Feed {name}'s cat", name)
        await lived(store, here.clock.now(), days(1, Signal.DONE, Signal.SILENCE), name)
    (folder / "code").write_text(await link_code(await here.stored(), here.deps))
    await store.close()


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """Bob sends the code."""
    code = (folder / "code").read_text()
    async with opened(folder) as store:
        here = scene(store)
        arm()
        asked = await link(BOB, code, here.deps)
        await link_surely(BOB, asked.code_hash, here.deps)


async def check(folder: Path, finished: bool) -> str:
    """There are two people with all that they had, or one with all of it."""
    async with opened(folder) as store:
        here = scene(store)
        async with store.read() as unit:
            people = await unit.people.ids()
            tasks = [len(await unit.tasks.open(name)) for name in ("ada", "bob")]
            learned = await unit.learning.read("ada", "bob", POPULATION)
            is_one = await _is_gone(unit, "bob")
        assert not (finished and not is_one)
        assert people == (("ada",) if is_one else ("ada", "bob"))
        assert tasks == ([2, 0] if is_one else [1, 1])
        assert set(learned) == {*people, POPULATION}
        for name in people:
            assert await here.model_of(name) == await here.replayed(name)
        assert await here.model_of() == await here.replayed(*people)
    return "one" if is_one else "two"


async def _is_gone(unit: Unit, person_id: str) -> bool:
    try:
        await unit.people.get(person_id)
    except NotFound:
        return True
    return False
