"""Inbox, handles, events, notes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from core.chat import Channel, Left, OpenedHome, Returned, Sender, Tapped, Update
from core.store import Store
from tests.contracts.store.records import (
    DAY,
    HOUR,
    NOW,
    decision,
    event,
    handle,
    mentioned,
    person,
    said,
    snapshot,
    turn,
)

SPAN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
SLACK = Sender(channel=Channel.SLACK, external_id="T1/U1", address="D1", zone="Asia/Tokyo", trusted=True)


def updates() -> tuple[Update, ...]:
    common: dict[str, Any] = {"sender": SLACK, "received_at": NOW}
    return (
        said("1", text="naïve 🌱 'quoted'\n", edited=True, attachment="sticker"),
        Tapped(update_id="2", token="h1.0", message_id="m", callback_id="q", typed="2h", **common),
        Left(update_id="3", **common),
        Returned(update_id="4", **common),
        OpenedHome(update_id="5", **common),
    )


async def test_updates_wait_in_order_until_they_are_handled(empty: Store) -> None:
    """G4: what was accepted survives a stop."""
    async with empty.begin() as unit:
        ids = [await unit.inbox.put(update) for update in updates()]
    async with empty.begin() as unit:
        waiting = await unit.inbox.waiting()
        assert tuple(one.update for one in waiting) == updates()
        assert [one.inbox_id for one in waiting] == ids
        await unit.inbox.done(waiting[0].inbox_id)
        assert tuple(one.update for one in await unit.inbox.waiting()) == updates()[1:]


async def test_the_span_of_a_waiting_row_is_kept_with_it(store: Store) -> None:
    async with store.begin() as unit:
        await unit.inbox.put(said("traced"), SPAN)
        await unit.inbox.put(said("not traced"))
        await unit.handles.add(handle("h3", traceparent=SPAN))
        spans = {one.update.update_id: one.traceparent for one in await unit.inbox.waiting()}
        assert (spans["traced"], spans["not traced"]) == (SPAN, None)
        kept = await unit.handles.get("h3")
        assert kept is not None
        assert kept.traceparent == SPAN


async def test_a_repeated_update_is_dropped_even_when_it_was_handled(empty: Store) -> None:
    async with empty.begin() as unit:
        inbox_id = await unit.inbox.put(said("1"))
        assert inbox_id is not None
        assert await unit.inbox.put(said("1", text="again")) is None
        await unit.inbox.done(inbox_id)
        assert await unit.inbox.put(said("1")) is None
        assert await unit.inbox.put(said("1", sender=SLACK)) is not None


async def test_of_two_deliveries_of_an_update_one_is_taken(empty: Store) -> None:
    async def put() -> int | None:
        async with empty.begin() as unit:
            return await unit.inbox.put(said("1"))

    taken = await asyncio.gather(put(), put(), put())
    assert sum(one is not None for one in taken) == 1


async def test_pruning_drops_old_handled_updates_only(empty: Store) -> None:
    async with empty.begin() as unit:
        for number, at in enumerate((NOW - DAY, NOW - DAY, NOW)):
            await unit.inbox.put(said(str(number), received_at=at))
        first, _, last = await unit.inbox.waiting()
        await unit.inbox.done(first.inbox_id)
        await unit.inbox.done(last.inbox_id)
        assert await unit.inbox.prune(NOW - HOUR) == 1
        assert await unit.inbox.put(said("0")) is not None
        assert await unit.inbox.put(said("1")) is None
        assert await unit.inbox.put(said("2")) is None


async def test_a_handle_says_what_its_buttons_mean(store: Store) -> None:
    async with store.begin() as unit:
        await unit.handles.add(handle())
        await unit.handles.add(handle("h2", subject=None, actions=()))
        assert await unit.handles.get("h1") == handle()
        assert await unit.handles.get("h2") == handle("h2", subject=None, actions=())
        assert await unit.handles.get("forged") is None


async def test_handles_made_earlier_are_dropped(store: Store) -> None:
    async with store.begin() as unit:
        await unit.handles.add(handle("old", created_at=NOW - HOUR))
        await unit.handles.add(handle("new"))
        assert await unit.handles.prune(NOW) == 1
        assert await unit.handles.get("old") is None
        assert await unit.handles.get("new") == handle("new")


async def test_a_message_says_what_it_was_about(store: Store) -> None:
    tip = mentioned("1", decision_id="d1", thread="1", task_ids=("t", "u"), checksum=7)
    async with store.begin() as unit:
        await unit.decisions.add(decision("d1"), snapshot())
        await unit.messages.put(mentioned("1"))
        await unit.messages.put(tip)
        assert await unit.messages.get("a1", "1") == tip
        assert await unit.messages.get("a1", "2") is None
        assert await unit.messages.get("a2", "1") is None


async def test_the_latest_tip_in_a_thread_is_found(store: Store) -> None:
    later = mentioned("2", thread="root", decision_id="d1", sent_at=NOW)
    async with store.begin() as unit:
        for name in ("d0", "d1", "d3"):
            await unit.decisions.add(decision(name), snapshot())
        await unit.messages.put(mentioned("1", thread="root", decision_id="d0", sent_at=NOW - HOUR))
        await unit.messages.put(later)
        await unit.messages.put(mentioned("3", thread="root", sent_at=NOW + HOUR))
        await unit.messages.put(mentioned("4", thread="other", decision_id="d3", sent_at=NOW + HOUR))
        assert await unit.messages.tip_in("a1", "root") == later
        assert await unit.messages.tip_in("a1", "nowhere") is None
        assert await unit.messages.tip_in("a2", "root") is None


async def test_recent_messages_come_latest_first(store: Store) -> None:
    times = {"1": NOW - HOUR, "9": NOW, "10": NOW, "2": NOW + HOUR, "old": NOW - DAY}
    async with store.begin() as unit:
        for name, at in times.items():
            await unit.messages.put(mentioned(name, sent_at=at))
        found = await unit.messages.recent("a1", NOW - HOUR, 10)
        assert [one.message_id for one in found] == ["2", "10", "9", "1"]
        assert [one.message_id for one in await unit.messages.recent("a1", NOW - HOUR, 2)] == ["2", "10"]
        assert await unit.messages.recent("a2", NOW - HOUR, 10) == ()


async def test_older_messages_are_dropped(store: Store) -> None:
    async with store.begin() as unit:
        await unit.messages.put(mentioned("old", sent_at=NOW - HOUR))
        await unit.messages.put(mentioned("new", sent_at=NOW))
        assert await unit.messages.prune(NOW) == 1
        assert await unit.messages.get("a1", "old") is None
        assert await unit.messages.get("a1", "new") is not None


async def test_events_are_dispatched_in_the_order_of_their_appending(store: Store) -> None:
    full = event("z", data={"n": 1, "f": 1.0, "s": "1", "b": True, "none": None})
    async with store.begin() as unit:
        await unit.events.append(full)
        await unit.events.append(event("a", person_id=None, happened_at=NOW - DAY))
        await unit.events.append(event("m"))
    async with store.begin() as unit:
        assert repr((await unit.events.undispatched(1))[0].data) == repr(full.data)
        assert [one.event_id for one in await unit.events.undispatched(2)] == ["z", "a"]
        await unit.events.dispatched("z", NOW)
        assert [one.event_id for one in await unit.events.undispatched(9)] == ["a", "m"]


async def test_the_log_is_read_by_places_that_grow(store: Store) -> None:
    async with store.begin() as unit:
        assert (await unit.events.last_position(), await unit.events.last_position("ada")) == (0, 0)
        assert dict(await unit.events.heard_since(0)) == {}
        await unit.people.add(person("bob"))
        for name, about in (("a", "ada"), ("b", "bob"), ("c", "ada"), ("d", None), ("e", "bob")):
            await unit.events.append(event(name, person_id=about, traceparent=SPAN if name == "a" else None))
        found = await unit.events.after(0, 9)
        places = {one.event.event_id: one.position for one in found}
        assert [*places] == [*"abcde"]
        assert [*places.values()] == sorted(set(places.values()))
        assert [one.event.traceparent for one in found] == [SPAN, None, None, None, None]

        async def read(after: str, limit: int = 9, person_id: str | None = None) -> str:
            some = await unit.events.after(places[after], limit, person_id=person_id)
            return "".join(one.event.event_id for one in some)

        assert [await read("a"), await read("a", 2), await read("e")] == ["bcde", "bc", ""]
        assert [await read("a", 9, "ada"), await read("a", 1, "bob"), await read("b", 9, "bob")] == [
            "c",
            "b",
            "e",
        ]
        assert await read("a", 9, "nobody") == ""
        assert await unit.events.last_position() == places["e"]
        assert [await unit.events.last_position(who) for who in ("ada", "bob", "eve")] == [
            places["c"], places["e"], 0,
        ]  # fmt: skip
        assert dict(await unit.events.heard_since(0)) == {"ada": places["c"], "bob": places["e"]}
        assert dict(await unit.events.heard_since(-500)) == {"ada": places["c"], "bob": places["e"]}
        assert dict(await unit.events.heard_since(places["c"])) == {"bob": places["e"]}
        assert dict(await unit.events.heard_since(places["e"])) == {}


async def test_a_place_in_the_log_is_given_once(store: Store) -> None:
    async with store.begin() as unit:
        await unit.events.append(event("a"))
        await unit.events.dispatched("a", NOW)
        last = await unit.events.last_position()
        assert await unit.events.prune(NOW + DAY, 9) == 0  # the latest one stays
        await unit.events.append(event("b"))
        assert await unit.events.last_position() > last
        assert await unit.events.prune(NOW + DAY, 9) == 1
        assert [one.event.event_id for one in await unit.events.after(0, 9)] == ["b"]


async def test_events_are_read_on_from_where_a_page_ended(store: Store) -> None:
    async with store.begin() as unit:
        for name in ("c", "a", "b", "d"):
            await unit.events.append(event(name))
        await unit.events.dispatched("a", NOW)
        await unit.events.dispatched("b", NOW)
    async with store.read() as unit:
        assert [one.event_id for one in await unit.events.undispatched(9, after="c")] == ["d"]
        assert [one.event_id for one in await unit.events.undispatched(9, after="a")] == ["d"]
        assert await unit.events.undispatched(9, after="d") == ()
        assert [one.event_id for one in await unit.events.undispatched(9, after="forgotten")] == ["c", "d"]


async def test_a_claimed_event_is_somebody_elses_until_its_time_is_over(store: Store) -> None:
    async with store.begin() as unit:
        await unit.events.append(event("e"))
        await unit.events.append(event("other"))
        assert await unit.events.claim("e", NOW, NOW + HOUR)
        assert not await unit.events.claim("e", NOW + HOUR - DAY.resolution, NOW + DAY)
        assert await unit.events.claim("other", NOW, NOW + HOUR)
        assert [one.event_id for one in await unit.events.undispatched(9)] == ["e", "other"]
    async with store.begin() as unit:
        assert await unit.events.claim("e", NOW + HOUR, NOW + DAY)
        await unit.events.dispatched("e", NOW + HOUR)
        assert not await unit.events.claim("e", NOW + 2 * DAY, NOW + 3 * DAY)
        assert not await unit.events.claim("unknown", NOW, NOW + DAY)


async def test_an_event_waits_until_it_is_dispatched(store: Store) -> None:
    async with store.begin() as unit:
        await unit.events.append(event("e"))
        await unit.events.append(event("other"))
    async with store.begin() as unit:
        assert await unit.events.waiting("e") == event("e")
        await unit.events.dispatched("e", NOW)
    async with store.read() as unit:
        assert await unit.events.waiting("e") is None
        assert await unit.events.waiting("other") == event("other")
        assert await unit.events.waiting("unknown") is None


async def test_a_claim_is_known_without_claiming(store: Store) -> None:
    async with store.begin() as unit:
        await unit.events.append(event("e"))
        await unit.events.append(event("other"))
        assert not await unit.events.is_claimed("e", NOW)
        assert await unit.events.claim("e", NOW, NOW + HOUR)
    async with store.read() as unit:
        assert await unit.events.is_claimed("e", NOW + HOUR - DAY.resolution)
        assert not await unit.events.is_claimed("e", NOW + HOUR)
        assert not await unit.events.is_claimed("other", NOW)
        assert not await unit.events.is_claimed("unknown", NOW)


async def test_of_many_who_claim_an_event_one_gets_it(store: Store) -> None:
    async with store.begin() as unit:
        await unit.events.append(event("e"))

    async def claim() -> bool:
        async with store.begin() as unit:
            return await unit.events.claim("e", NOW, NOW + HOUR)

    assert sorted(await asyncio.gather(claim(), claim(), claim())) == [False, False, True]


async def test_only_ones_own_claim_is_given_back(store: Store) -> None:
    async with store.begin() as unit:
        await unit.events.append(event("e"))
        assert await unit.events.claim("e", NOW, NOW + HOUR)
        await unit.events.release("e", NOW + DAY)
        assert not await unit.events.claim("e", NOW, NOW + HOUR)
        await unit.events.release("e", NOW + HOUR)
        assert await unit.events.claim("e", NOW, NOW + HOUR)


async def test_unsettled_events_of_a_person_wait_or_were_dispatched_recently(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for name in ("early", "late", "waits", "claimed"):
            await unit.events.append(event(name, kind="a"))
        await unit.events.append(event("other kind", kind="b"))
        await unit.events.append(event("bobs", kind="a", person_id="bob"))
        await unit.events.append(event("nobodys", kind="a", person_id=None))
        await unit.events.dispatched("early", NOW - HOUR)
        await unit.events.dispatched("late", NOW)
        assert await unit.events.claim("claimed", NOW, NOW + HOUR)

        async def waiting_or_dispatched_since(*kinds: str) -> set[str]:
            found = await unit.events.waiting_or_dispatched_since("ada", frozenset(kinds), NOW)
            return {one.event_id for one in found}

        assert await waiting_or_dispatched_since("a") == {"late", "waits", "claimed"}
        assert await waiting_or_dispatched_since("a", "b") == {"late", "waits", "claimed", "other kind"}
        assert await waiting_or_dispatched_since("c") == set()


async def test_events_that_name_a_task_are_found_among_many(store: Store) -> None:
    ids = ("rent", "oo-telegram-1.2", "R100%", 'é"q')
    async with store.begin() as unit:
        for task_id in ids:
            await unit.events.append(event(task_id, kind="a", data={"task_id": task_id}))
        for task_id in ids:
            about = ("ada", frozenset({"a"}), NOW - DAY)
            since = await unit.events.since(*about, task_id=task_id)
            waiting = await unit.events.waiting_or_dispatched_since(*about, task_id=task_id)
            for found in (since, waiting):
                assert task_id in [one.data["task_id"] for one in found]
        found = await unit.events.since("ada", frozenset({"a"}), NOW - DAY, task_id="rent")
        assert [one.event_id for one in found] == ["rent"]


async def test_events_about_nobody_are_found_by_kind_newest_first(store: Store) -> None:
    async with store.begin() as unit:
        for name in ("first", "second", "third"):
            await unit.events.append(event(name, kind="a", person_id=None))
        await unit.events.append(event("other kind", kind="b", person_id=None))
        await unit.events.append(event("adas", kind="a"))
        await unit.events.dispatched("second", NOW)
        found = await unit.events.own(frozenset(("a", "c")), 2)
    assert [one.event_id for one in found] == ["third", "second"]


@pytest.mark.parametrize("person_id", [None, "ada"])
async def test_a_note_is_there_until_it_is_taken_away(store: Store, person_id: str | None) -> None:
    async with store.begin() as unit:
        assert await unit.notes.get(person_id, "k") is None
        await unit.notes.put(person_id, "k", "1")
        await unit.notes.put(person_id, "k", "2")
        assert await unit.notes.get(person_id, "k") == "2"
        await unit.notes.put(person_id, "k", None)
        await unit.notes.put(person_id, "k", None)
        assert await unit.notes.get(person_id, "k") is None


async def test_notes_of_different_people_do_not_mix(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        for person_id in (None, "ada", "bob"):
            await unit.notes.put(person_id, "k", f"of {person_id}")
        await unit.notes.put("ada", "k", None)
        assert await unit.notes.get(None, "k") == "of None"
        assert await unit.notes.get("ada", "k") is None
        assert await unit.notes.get("bob", "k") == "of bob"


async def test_turns_are_read_newest_last_and_deleted_by_age_or_person(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        said = [turn("first", NOW), turn("second", NOW), turn("third", NOW + HOUR)]
        await unit.turns.add([*said, turn("CANARY", NOW, person_id="bob")])
    async with store.read() as unit:
        assert await unit.turns.latest("ada", NOW, 9) == tuple(said)
        assert await unit.turns.latest("ada", NOW, 2) == tuple(said[1:])
        assert await unit.turns.latest("ada", NOW + HOUR, 9) == (said[2],)
    async with store.begin() as unit:
        assert await unit.turns.prune(NOW + HOUR) == 3
        assert await unit.turns.latest("ada", NOW, 9) == (said[2],)
        assert await unit.turns.forget("bob") == 0
        assert await unit.turns.forget("ada") == 1
        assert await unit.turns.latest("ada", NOW, 9) == ()


async def test_events_about_a_person_since_an_instant_come_in_their_order(store: Store) -> None:
    async with store.begin() as unit:
        for name, at, kind in (
            ("early", NOW - HOUR, "a"), ("second", NOW, "a"), ("third", NOW, "b"), ("fourth", NOW, "a"),
            ("other kind", NOW, "c"), ("last", NOW + DAY, "a"),
        ):  # fmt: skip
            await unit.events.append(event(name, kind=kind, happened_at=at))
        await unit.events.append(event("nobodys", kind="a", person_id=None))
        await unit.events.dispatched("early", NOW)
        await unit.events.dispatched("fourth", NOW + HOUR)
        found = await unit.events.since("ada", frozenset(("a", "b")), NOW)
        assert [one.event_id for one in found] == ["second", "third", "fourth", "last"]
        assert await unit.events.since("bob", frozenset(("a", "b")), NOW) == ()
