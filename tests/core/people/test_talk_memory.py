"""What is remembered of a talk: only with both agreements, and no more than a prompt may hold."""

from __future__ import annotations

import pytest

from core.people.consents import AT_THE_START
from core.people.talk_memory import (
    MAX_MEMORY_CHARS,
    MAX_TURN_CHARS,
    remember_turns,
    remembered_turns,
    remembers,
)
from core.records import Purpose, Speaker
from core.store import Store
from tests.core.worlds import DAY, Scene, scene

BOTH = (*AT_THE_START, Purpose.TALK, Purpose.LANGUAGE_MODEL)


async def said(here: Scene, *texts: str) -> None:
    async with here.deps.store.begin("ada") as unit:
        turns = [(Speaker.PERSON, text) for text in texts]
        await remember_turns(unit, "ada", turns, at=here.clock.now())
    here.clock.move(seconds=1)


async def remembered(here: Scene) -> list[str]:
    person = await here.stored()
    async with here.deps.store.read() as unit:
        return [one.text for one in await remembered_turns(unit, person, here.clock.now())]


async def test_a_talk_is_remembered_in_its_order(either: Store) -> None:
    here = scene(either)
    await here.person(allowed=BOTH)
    await said(here, "hello", "  ", "who are you?")
    await said(here, "buy\x00 milk")
    assert await remembered(here) == ["hello", "who are you?", "buy milk"]


@pytest.mark.parametrize("missing", [Purpose.TALK, Purpose.LANGUAGE_MODEL])
async def test_without_one_of_the_two_agreements_nothing_is_stored_or_used(
    here: Scene, missing: Purpose
) -> None:
    allowed = tuple(one for one in BOTH if one is not missing)
    person = await here.person(allowed=allowed)
    assert not remembers(person)
    await said(here, "hello")
    await here.allow(missing)
    assert await remembered(here) == []
    await said(here, "hello again")
    await here.allow(missing, granted=False)
    assert await remembered(here) == []


async def test_the_oldest_turns_are_left_out_of_a_full_prompt(here: Scene) -> None:
    await here.person(allowed=BOTH)
    long = MAX_MEMORY_CHARS // MAX_TURN_CHARS
    await said(here, "oldest", *["x" * (MAX_TURN_CHARS + 1)] * long)
    assert await remembered(here) == ["x" * (MAX_TURN_CHARS - 1) + "…"] * long


async def test_a_talk_of_long_ago_is_forgotten(here: Scene) -> None:
    await here.person(allowed=BOTH)
    await said(here, "hello")
    here.clock.time += 60 * DAY
    assert await remembered(here) == []
