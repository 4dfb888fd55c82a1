"""Tasks on a real CalDAV server: read, changed without losing anything, exact for recurring ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from adapters.calendars.fetch import Fetcher
from adapters.calendars.todos import CalDavAccount, CalDavTasks
from core.errors import SourceDisconnected, SourceRefused, SourceUnavailable
from core.records import CalendarLogin, Due, Task
from tests.servers import local
from tests.servers.caldav import (
    PASSWORD,
    USER,
    CalDavServer,
    Front,
    apache,
    dropping,
    nginx,
    suffixing,
    weakening,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
OFFICE = f"/{USER}/office/"
MULTI = '<d:multistatus xmlns:d="DAV:">{body}</d:multistatus>'
HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//other//EN\n"


def todo(uid: str, *lines: str) -> str:
    body = "\n".join(["BEGIN:VTODO", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VTODO"])
    return f"{HEAD}{body}\nEND:VCALENDAR\n"


def tasks_of(dav: CalDavServer, password: str = PASSWORD) -> CalDavTasks:
    login = CalendarLogin(url=dav.url, login_name=USER, password=password)

    async def account_of(person_id: str) -> CalDavAccount:
        return CalDavAccount(login=login, zone=ZoneInfo("Europe/Berlin"))

    return CalDavTasks(account_of, Fetcher(allow_private=True), lambda: NOW)


async def only(dav: CalDavServer) -> Task:
    (task,) = (await tasks_of(dav).open_tasks("ada")).tasks
    return task


RENT = todo(
    "rent",
    "SUMMARY:Pay\\, the rent",
    "DUE;TZID=Europe/Berlin:20261130T090000",
    "PRIORITY:1",
    "CATEGORIES:home,money",
    "DESCRIPTION:Account 12\\nTwice",
    "ESTIMATED-DURATION:PT20M",
    "X-OTHER-APP:keep me",
    "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nDESCRIPTION:Alarm\nEND:VALARM",
)
DAILY = todo(
    "water", "SUMMARY:Water", "DTSTART;VALUE=DATE:20261128", "DUE;VALUE=DATE:20261128", "RRULE:FREQ=DAILY"
)


async def test_a_task_is_read_with_all_its_fields(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = await only(dav)
    assert (task.title, task.notes, task.labels) == ("Pay, the rent", "Account 12\nTwice", ("home", "money"))
    assert task.due == Due(on=date(2026, 11, 30), at=time(9), zone="Europe/Berlin")
    assert (task.priority, task.minutes, task.project) == (1, 20, "office")
    assert task.external_id == OFFICE + "a.ics"


async def test_closed_tasks_events_and_changed_occurrences_are_left_out(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", todo("a", "SUMMARY:Done", "STATUS:COMPLETED"))
    dav.put(OFFICE + "b.ics", todo("b", "SUMMARY:Cancelled", "STATUS:CANCELLED"))
    dav.put(OFFICE + "c.ics", todo("c", "SUMMARY:Also done", "PERCENT-COMPLETE:100"))
    assert (await tasks_of(dav).open_tasks("ada")).tasks == ()


async def test_a_task_without_a_title_is_unread_not_closed(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", todo("a", "DESCRIPTION:no title"))
    found = await tasks_of(dav).open_tasks("ada")
    assert (found.tasks, len(found.unread), found.whole) == ((), 1, True)


async def test_sub_tasks_know_their_parent(dav: CalDavServer) -> None:
    dav.put(OFFICE + "child.ics", todo("child", "SUMMARY:Child", "RELATED-TO;RELTYPE=PARENT:mother"))
    dav.put(OFFICE + "sister.ics", todo("sister", "SUMMARY:Sister", "RELATED-TO;RELTYPE=SIBLING:child"))
    dav.put(OFFICE + "mother.ics", todo("mother", "SUMMARY:Mother"))
    found = {task.title: task for task in (await tasks_of(dav).open_tasks("ada")).tasks}
    assert found["Child"].parent_id == found["Mother"].task_id
    assert found["Sister"].parent_id is None


async def test_done_undone_and_changed_keep_what_oo_does_not_know(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    tasks, task = tasks_of(dav), await only(dav)
    await tasks.complete(task, request_id="1")
    assert "STATUS:COMPLETED" in (dav.get(OFFICE + "a.ics") or "")
    assert not await tasks.is_open(task)
    assert await tasks.reopen(task, request_id="2")
    changed = replace(task, title="Rent", due=Due(on=date(2026, 12, 24)), labels=(), minutes=None, notes=None)
    assert await tasks.update(changed, ["title", "due", "labels", "minutes", "notes"], request_id="3")
    assert await only(dav) == changed
    text = dav.get(OFFICE + "a.ics") or ""
    assert "X-OTHER-APP:keep me" in text
    assert "BEGIN:VALARM" in text
    assert "SEQUENCE:3" in text


async def test_a_deadline_has_a_property_of_its_own_and_leaves_the_due_date_alone(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    tasks, task = tasks_of(dav), await only(dav)
    limited = replace(task, deadline=date(2026, 12, 31))
    assert await tasks.update(limited, ["deadline"], request_id="1")
    assert "X-OO-DEADLINE:20261231" in (dav.get(OFFICE + "a.ics") or "")
    assert await only(dav) == limited
    moved = replace(limited, due=Due(on=date(2026, 12, 24)))
    assert await tasks.update(moved, ["due"], request_id="2")
    assert await only(dav) == moved
    assert await tasks.update(replace(moved, deadline=None), ["deadline"], request_id="3")
    assert (await only(dav)).deadline is None
    with pytest.raises(SourceRefused):
        await tasks.update(replace(moved, section="Ideas"), ["section"], request_id="4")


async def test_a_time_in_a_zone_comes_with_the_zone(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", todo("a", "SUMMARY:A"))
    task = replace(await only(dav), due=Due(on=date(2026, 12, 24), at=time(9), zone="Asia/Tokyo"))
    await tasks_of(dav).update(task, ["due"], request_id="1")
    text = dav.get(OFFICE + "a.ics") or ""
    assert "TZID:Asia/Tokyo" in text
    assert (await only(dav)).due == task.due


async def test_a_recurring_task_moves_on_once_and_back(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", DAILY)
    tasks, task = tasks_of(dav), await only(dav)
    await tasks.complete(task, request_id="1")
    await tasks.complete(task, request_id="1")  # the answer was lost: the same request again
    moved = await only(dav)
    assert moved.due == Due(on=date(2026, 11, 30))  # the 29th is today; the next one is after it
    assert not await tasks.is_open(task)
    assert await tasks.reopen(task, request_id="2")
    assert await only(dav) == task
    assert await tasks.is_open(task)


async def test_the_last_occurrence_completes_the_task(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", DAILY.replace("FREQ=DAILY", "FREQ=DAILY;UNTIL=20261129"))
    tasks, task = tasks_of(dav), await only(dav)
    await tasks.complete(task, request_id="1")
    assert "STATUS:COMPLETED" in (dav.get(OFFICE + "a.ics") or "")
    assert await tasks.reopen(task, request_id="2")
    assert await only(dav) == task


async def test_a_recurrence_that_can_t_be_read_is_neither_ended_nor_changed(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", DAILY.replace("FREQ=DAILY", "FREQ=HOURLY"))
    tasks, task = tasks_of(dav), await only(dav)
    before = dav.get(OFFICE + "a.ics")
    with pytest.raises(SourceRefused):
        await tasks.complete(task, request_id="1")
    with pytest.raises(SourceRefused):
        await tasks.update(replace(task, title="X"), ["title"], request_id="2")
    assert dav.get(OFFICE + "a.ics") == before


async def test_a_new_recurrence_is_stored(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", todo("a", "SUMMARY:A"))
    task = replace(await only(dav), due=Due(on=date(2026, 12, 1)), repeats="FREQ=WEEKLY;BYDAY=TU")
    await tasks_of(dav).update(task, ["due", "repeats"], request_id="1")
    assert await only(dav) == task


async def test_a_task_that_was_changed_meanwhile_keeps_that_change(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = await only(dav)

    async def meanwhile(request: object) -> object:
        dav.put(OFFICE + "a.ics", RENT.replace("Pay\\, the rent", "Changed elsewhere"))
        return await local.status(412)(request)  # type: ignore[arg-type]

    dav.faults.plan(meanwhile, on="PUT")  # type: ignore[arg-type]
    await tasks_of(dav).complete(task, request_id="1")
    text = dav.get(OFFICE + "a.ics") or ""
    assert "Changed elsewhere" in text
    assert "STATUS:COMPLETED" in text


async def test_a_task_that_changes_again_and_again_is_tried_later(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = await only(dav)
    dav.faults.always(local.status(412), on="PUT")
    with pytest.raises(SourceUnavailable):
        await tasks_of(dav).complete(task, request_id="1")
    assert len(dav.calls_of("PUT")) == 3


async def test_a_removed_task_goes_with_its_sub_tasks_and_comes_back_as_another(dav: CalDavServer) -> None:
    dav.put(OFFICE + "m.ics", todo("mother", "SUMMARY:Mother"))
    dav.put(OFFICE + "c.ics", todo("child", "SUMMARY:Child", "RELATED-TO:mother"))
    dav.put(OFFICE + "g.ics", todo("grandchild", "SUMMARY:Grandchild", "RELATED-TO:child"))
    dav.put(OFFICE + "o.ics", todo("other", "SUMMARY:Other"))
    tasks = tasks_of(dav)
    found = {task.title: task for task in (await tasks.open_tasks("ada")).tasks}
    await tasks.delete(found["Mother"], request_id="1")
    assert (await only(dav)).title == "Other"
    await tasks.delete(found["Mother"], request_id="1")
    mother = await tasks.restore(found["Mother"], request_id="2")
    child = await tasks.restore(found["Child"], request_id="3", parent=mother)
    again = await tasks.restore(found["Child"], request_id="3", parent=mother)
    assert child is not None
    assert mother is not None
    assert again == child
    assert child.external_id != found["Child"].external_id
    after = {task.title: task for task in (await tasks.open_tasks("ada")).tasks}
    assert set(after) == {"Mother", "Child", "Other"}
    assert after["Child"].parent_id == after["Mother"].task_id == mother.task_id


async def test_what_is_gone_is_no_error(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    tasks, task = tasks_of(dav), await only(dav)
    dav.delete(OFFICE + "a.ics")
    await tasks.complete(task, request_id="1")
    await tasks.delete(task, request_id="2")
    assert not await tasks.reopen(task, request_id="3")
    assert not await tasks.update(task, ["title"], request_id="4")
    assert not await tasks.is_open(task)


async def test_another_calendar_is_refused(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    with pytest.raises(SourceRefused):
        await tasks_of(dav).update(replace(await only(dav), project="home"), ["project"], request_id="1")


async def test_a_resource_that_is_too_large_or_broken_is_not_changed(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = await only(dav)
    big = RENT.replace("X-OTHER-APP:keep me", "X-OTHER-APP:" + "x" * (1 << 19))
    dav.faults.always(local.status(200, body=big, content_type="text/calendar"), on="GET")
    with pytest.raises(SourceRefused):
        await tasks_of(dav).complete(task, request_id="1")
    assert dav.calls_of("PUT") == []


@pytest.mark.parametrize("code", [401, 403])
async def test_a_refused_login_is_told_apart_from_a_failing_server(dav: CalDavServer, code: int) -> None:
    with pytest.raises(SourceDisconnected):
        await tasks_of(dav, password="wrong").open_tasks("ada")
    dav.faults.always(local.status(code))
    with pytest.raises(SourceDisconnected):
        await tasks_of(dav).open_tasks("ada")
    dav.faults.clear()
    dav.faults.always(local.status(500))
    with pytest.raises(SourceUnavailable) as failing:
        await tasks_of(dav).open_tasks("ada")
    assert not isinstance(failing.value, SourceDisconnected)


async def test_the_path_of_a_task_never_leads_to_another_server(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = replace(await only(dav), external_id="//evil.example/a.ics")
    assert not await tasks_of(dav).is_open(task)
    assert all(call.headers["Host"].startswith("127.0.0.1") for call in dav.calls)


@pytest.mark.parametrize("code", [403, 405, 507])
async def test_a_calendar_that_is_read_only_refuses_the_change_and_stays_connected(
    dav: CalDavServer, code: int
) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = await only(dav)
    dav.faults.always(local.status(code), on="PUT|DELETE")
    with pytest.raises(SourceRefused):
        await tasks_of(dav).complete(task, request_id="1")
    with pytest.raises(SourceRefused):
        await tasks_of(dav).delete(task, request_id="2")


@pytest.mark.parametrize(
    "fault", [local.garbage, local.nothing, local.status(200, body="<html>Sign in</html>")]
)
async def test_what_is_no_calendar_does_not_mean_that_a_task_is_gone(
    dav: CalDavServer, fault: local.Fault
) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task, tasks = await only(dav), tasks_of(dav)
    dav.faults.always(fault, on="^GET")
    works: list[Callable[[], Awaitable[object]]] = [
        lambda: tasks.complete(task, request_id="1"),
        lambda: tasks.reopen(task, request_id="2"),
        lambda: tasks.update(task, ("title",), request_id="3"),
        lambda: tasks.delete(task, request_id="4"),
        lambda: tasks.restore(task, request_id="5"),
        lambda: tasks.is_open(task),
    ]
    for work in works:
        with pytest.raises(SourceUnavailable, match="something unexpected"):
            await work()
    dav.faults.clear()
    await tasks.complete(task, request_id="1")
    assert "STATUS:COMPLETED" in (dav.get(OFFICE + "a.ics") or "")


# --- Versions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("front", [nginx, apache, weakening, suffixing, dropping])
async def test_whatever_stands_before_the_server_a_task_can_be_changed_and_deleted(
    dav: CalDavServer, front: Front
) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    dav.front = front
    tasks, task = tasks_of(dav), await only(dav)
    await tasks.complete(task, request_id="1")
    assert "STATUS:COMPLETED" in (dav.get(OFFICE + "a.ics") or "")
    assert await tasks.reopen(task, request_id="2")
    assert await tasks.update(replace(task, title="Rent"), ["title"], request_id="3")
    assert "SUMMARY:Rent" in (dav.get(OFFICE + "a.ics") or "")
    await tasks.delete(task, request_id="4")
    assert dav.get(OFFICE + "a.ics") is None


async def test_the_version_of_what_is_to_be_changed_is_that_of_an_unpacked_answer(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = await only(dav)
    await tasks_of(dav).complete(task, request_id="1")
    (read,) = dav.calls_of("^GET")
    assert read.headers["Accept-Encoding"] == "identity"
    (written,) = dav.calls_of("^PUT")
    assert written.headers["If-Match"].startswith('"')


@pytest.mark.parametrize("front", [weakening, suffixing, dropping])
@pytest.mark.parametrize("is_deleted", [False, True])
async def test_what_changes_after_the_version_was_read_is_not_overwritten(
    dav: CalDavServer, front: Front, is_deleted: bool
) -> None:
    """Not even if the version is that of a property, which comes with another answer."""
    dav.put(OFFICE + "a.ics", RENT)
    task, tasks = await only(dav), tasks_of(dav)
    dav.front = front
    elsewhere = RENT.replace("DESCRIPTION:Account 12", "DESCRIPTION:Account 13")

    async def meanwhile(request: web.Request) -> web.StreamResponse:
        dav.put(OFFICE + "a.ics", elsewhere)
        return await dav.answer(request)

    dav.faults.plan(meanwhile, on="^(PUT|DELETE)")
    dav.calls.clear()
    if is_deleted:
        await tasks.delete(task, request_id="1")
        assert dav.get(OFFICE + "a.ics") is None
        assert len(dav.calls_of("^DELETE")) > 1  # the first was refused: it was of an older version
    else:
        await tasks.update(replace(task, title="Rent"), ["title"], request_id="1")
        text = dav.get(OFFICE + "a.ics") or ""
        assert "Account 13" in text
        assert "SUMMARY:Rent" in text


async def test_what_changes_between_its_version_and_its_text_is_not_overwritten(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task = await only(dav)
    dav.front = weakening
    elsewhere = RENT.replace("DESCRIPTION:Account 12", "DESCRIPTION:Account 13")

    async def then_changed(request: web.Request) -> web.StreamResponse:
        answer = await dav.answer(request)
        dav.put(OFFICE + "a.ics", elsewhere)
        return answer

    dav.faults.plan(then_changed, on="^PROPFIND .*a.ics")
    await tasks_of(dav).update(replace(task, title="Rent"), ["title"], request_id="1")
    text = dav.get(OFFICE + "a.ics") or ""
    assert "Account 13" in text
    assert "SUMMARY:Rent" in text


async def test_a_server_that_names_no_versions_is_never_written_blindly(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task, tasks = await only(dav), tasks_of(dav)
    dav.front = dropping
    body = MULTI.format(body="<d:response><d:href>/x</d:href></d:response>")
    dav.faults.always(local.status(207, body=body), on="^PROPFIND .*a.ics")
    dav.calls.clear()
    with pytest.raises(SourceRefused, match="no versions"):
        await tasks.complete(task, request_id="1")
    with pytest.raises(SourceRefused, match="no versions"):
        await tasks.delete(task, request_id="2")
    assert dav.calls_of("^(PUT|DELETE)") == []


async def test_a_server_that_takes_no_version_refuses_the_change_for_good(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task, tasks = await only(dav), tasks_of(dav)
    dav.faults.always(local.status(412), on="^(PUT|DELETE)")
    with pytest.raises(SourceRefused, match="nobody else"):
        await tasks.complete(task, request_id="1")
    with pytest.raises(SourceRefused, match="nobody else"):
        await tasks.delete(task, request_id="2")


async def test_a_task_that_really_changes_again_and_again_is_not_refused(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task, number = await only(dav), count()

    async def meanwhile(request: web.Request) -> web.StreamResponse:
        dav.put(OFFICE + "a.ics", RENT.replace("Account 12", f"Account {next(number)}"))
        return await dav.answer(request)

    dav.faults.always(meanwhile, on="^PUT")
    with pytest.raises(SourceUnavailable) as late:
        await tasks_of(dav).complete(task, request_id="1")
    assert not isinstance(late.value, SourceRefused)


async def test_a_sub_task_that_was_changed_meanwhile_is_read_again_before_it_goes(dav: CalDavServer) -> None:
    dav.put(OFFICE + "m.ics", todo("mother", "SUMMARY:Mother"))
    dav.put(OFFICE + "c.ics", todo("child", "SUMMARY:Child", "RELATED-TO:mother"))
    tasks = tasks_of(dav)
    (mother,) = [one for one in (await tasks.open_tasks("ada")).tasks if one.title == "Mother"]

    async def meanwhile(request: web.Request) -> web.StreamResponse:
        dav.put(OFFICE + "c.ics", todo("child", "SUMMARY:Child", "RELATED-TO:father"))
        return await dav.answer(request)

    dav.faults.plan(meanwhile, on="^DELETE .*c.ics")
    await tasks.delete(mother, request_id="1")
    assert dav.get(OFFICE + "m.ics") is None
    assert "father" in (dav.get(OFFICE + "c.ics") or "")


async def test_a_task_is_only_added_where_there_is_none(dav: CalDavServer) -> None:
    dav.put(OFFICE + "a.ics", RENT)
    task, tasks = await only(dav), tasks_of(dav)
    dav.delete(OFFICE + "a.ics")
    await tasks.restore(task, request_id="1")
    (added,) = dav.calls_of("^PUT")
    assert added.headers["If-None-Match"] == "*"
