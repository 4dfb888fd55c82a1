"""The mirror on a schedule, and the one notice when a connection is lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import NoReturn

import pytest

from core.chat import Line, Message, Span
from core.errors import NotSent, SourceDisconnected
from core.people.preferences import change, pause
from core.records import Consent, Integration, Person, TaskList, TaskSource, TaskState, TokenStatus
from core.scheduling.pauses import without_pauses
from core.scheduling.quiet_hours import FOREVER
from jobs.sync_tasks import sync_tasks
from tests.core.outsiders import Todoist
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore
from tests.jobs.idle import watched


def notice(lost: Integration, person: Person) -> Message:
    return Message(lines=(Line(spans=(Span(text=f"I can't read your {lost.provider} any more."),)),))


async def sync(here: Scene, max_concurrency: int = 8, **later: float) -> int:
    here.clock.move(**(later or {"minutes": 5}))
    return await sync_tasks(here.deps, notice, max_concurrency=max_concurrency)


async def test_every_connected_source_is_read(here: Scene) -> None:
    task = await here.outside_task("Call Ann")
    await here.person("bob")
    assert await sync(here) == 1
    assert await here.stored_task(task) == task
    here.todoist.open.clear()
    await sync(here)
    assert (await here.stored_task(task)).state is TaskState.DONE
    assert here.phone.shown == []


async def test_a_lost_connection_is_told_once(here: Scene) -> None:
    here.todoist.fault = SourceDisconnected("401")
    for _ in range(3):
        await sync(here)
    assert here.phone.lines == ["I can't read your todoist any more."]
    assert here.todoist.asked == 1


async def test_runs_at_the_same_moment_tell_it_once(here: Scene) -> None:
    here.todoist.fault = SourceDisconnected("401")
    await asyncio.gather(*(sync(here) for _ in range(3)))
    assert len(here.phone.shown) == 1


async def test_it_is_told_again_after_it_worked_in_between(here: Scene) -> None:
    here.todoist.fault = SourceDisconnected("401")
    await sync(here)
    async with here.deps.store.begin() as unit:
        status = await unit.integrations.get("ada", TaskSource.TODOIST)
        assert status is not None
        await unit.integrations.put(replace(status, status=TokenStatus.CONNECTED, not_before=None))
    here.todoist.fault = None
    await sync(here)
    here.todoist.fault = SourceDisconnected("401")
    await sync(here)
    assert len(here.phone.shown) == 2


async def test_it_is_told_neither_in_quiet_hours_nor_in_a_pause(here: Scene) -> None:
    here.todoist.fault = SourceDisconnected("401")
    here.clock.berlin("2027-06-14 23:00")
    await sync(here)
    assert here.phone.shown == []
    ada = await change(await here.stored(), here.deps, pause(FOREVER), what="pause")
    here.clock.berlin("2027-06-15 12:00")
    await sync(here)
    assert here.phone.shown == []
    await change(ada, here.deps, without_pauses, what="resume")
    await sync(here)
    assert len(here.phone.shown) == 1


@pytest.mark.parametrize("preferences", [{"cap": 0}, {"cap": 1}])
async def test_neither_cap_nor_spacing_holds_it_up(preferences: dict[str, int]) -> None:
    here = scene(FakeStore(), todoist=True)
    await here.person(preferences=preferences)
    await here.connect()
    await here.task("Pay the rent")
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    tips = preferences["cap"]
    assert len(here.phone.shown) == tips
    here.todoist.fault = SourceDisconnected("401")
    await sync(here)
    assert here.phone.lines[tips:] == ["I can't read your todoist any more."]


async def test_who_pauses_while_the_source_is_asked_is_not_disturbed(here: Scene) -> None:
    async def paused(_: str, *, cursor: str | None = None) -> NoReturn:
        await change(await here.stored(), here.deps, pause(FOREVER), what="pause")
        raise SourceDisconnected("401")

    here.todoist.open_tasks = paused  # type: ignore[method-assign,assignment]  # a slow source
    await sync(here)
    assert here.phone.shown == []


async def test_a_notice_that_fails_is_not_repeated(here: Scene) -> None:
    here.todoist.fault = SourceDisconnected("401")
    here.phone.faults = [NotSent("no network")]
    await sync(here)
    await sync(here)
    assert here.phone.tries == 1


@pytest.mark.parametrize("to", [Consent.ASKED, Consent.DECLINED])
async def test_without_consent_nothing_is_fetched_or_told(here: Scene, to: Consent) -> None:
    await change(await here.stored(), here.deps, lambda person: replace(person, consent=to), what="consent")
    here.todoist.fault = SourceDisconnected("401")
    await sync(here)
    assert (here.todoist.asked, here.phone.tries) == (0, 0)


async def test_one_persons_fault_keeps_nobody_elses_tasks_away(here: Scene) -> None:
    await here.person("bob")
    await here.connect("bob")
    await here.outside_task("Call Ann")
    tell, asked = here.todoist.open_tasks, here.todoist

    async def open_tasks(person_id: str, *, cursor: str | None = None) -> object:
        if person_id == "bob":
            raise ZeroDivisionError
        return await tell(person_id)

    asked.open_tasks = open_tasks  # type: ignore[method-assign,assignment]  # what a fault does
    with pytest.raises(ExceptionGroup):
        await sync(here)
    async with here.deps.store.read() as unit:
        assert len(await unit.tasks.open("ada")) == 1


async def test_who_leaves_during_the_scan_is_no_fault(here: Scene) -> None:
    async def left(_: str, *, cursor: str | None = None) -> TaskList:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("bob")
        return TaskList()

    await here.person("bob")
    await here.connect("bob")
    here.todoist.open_tasks = left  # type: ignore[method-assign,assignment]  # while ada's list is read
    assert await sync(here, max_concurrency=1) == 2
    assert here.phone.shown == []


@pytest.mark.parametrize("state", ["fresh", "told", "paused"])
async def test_nothing_is_written_where_nobody_is_to_be_told(here: Scene, state: str) -> None:
    if state != "fresh":
        here.todoist.fault = SourceDisconnected("401")
    if state == "paused":
        await change(await here.stored(), here.deps, pause(FOREVER), what="pause")
    await sync(here)
    here, store = watched(here)
    await sync(here, minutes=0)
    assert store.begun == 0


async def test_a_source_keeps_nothing_of_people_who_are_not_connected(here: Scene) -> None:
    await here.person("bob")
    await here.connect("bob")
    await sync(here)
    assert here.todoist.known == {"ada", "bob"}
    async with here.deps.store.begin() as unit:
        await unit.integrations.remove("ada", TaskSource.TODOIST)
        await unit.people.forget("bob")
    await sync(here)
    assert here.todoist.known == set()


async def test_a_person_with_two_sources_has_each_read_once(here: Scene) -> None:
    other = Todoist()
    await here.outside_task("Call Ann")
    deps = replace(here.deps, providers={**here.deps.providers, TaskSource.CALDAV: other})
    async with deps.store.begin() as unit:
        known = await unit.integrations.get("ada", TaskSource.TODOIST)
        assert known is not None
        await unit.integrations.put(replace(known, provider=TaskSource.CALDAV))
    here.clock.move(minutes=5)
    assert await sync_tasks(deps, notice) == 2
    assert (here.todoist.asked, other.asked) == (1, 1)
