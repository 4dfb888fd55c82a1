"""Two people become one: everything about both is there, once, and every table has a rule."""

from __future__ import annotations

import pytest

from adapters.storage.joining import RULES, TASK_ID_COLUMNS, person_columns
from adapters.storage.tables import metadata
from core.errors import NotFound
from core.records import Due, KeptAnswer, Reminder, ReminderKind, TaskKey, Trigger
from core.store import AddedTask, Store
from tests.contracts.store.records import (
    DAY,
    NOW,
    decision,
    delivery,
    event,
    handle,
    mentioned,
    person,
    task,
    trial,
)
from tests.contracts.store.test_personal import fill

WITHOUT_RULE = {"people"}
"""The person who joins is deleted last."""


@pytest.fixture
async def store(store: Store) -> Store:
    """Knows everything about Ada and Bob, who is connected to nothing."""
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await fill(unit, "ada", other="bob")
        await fill(unit, "bob", other="ada")
        await unit.integrations.remove("bob", "todoist")
    return store


def test_every_table_about_people_has_a_rule() -> None:
    about_people = {table.name for table in metadata.sorted_tables if person_columns(table)}
    assert about_people - WITHOUT_RULE == set(RULES)


def test_every_column_with_ids_of_tasks_is_known() -> None:
    named = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.c
        if column.name in ("task_id", "task_ids", "parent_id") and table.name != "tasks"
    }
    known = {(table.name, name) for table, names in TASK_ID_COLUMNS.items() for name in names}
    assert named <= known
    assert ("tasks", "parent_id") in known


async def test_everything_about_both_is_about_the_one_who_stays(store: Store) -> None:
    async with store.read() as unit:
        before = {name: await unit.people.everything(name) for name in ("ada", "bob")}
    async with store.begin() as unit:
        await unit.people.join("bob", "ada", {})
    async with store.read() as unit:
        after = await unit.people.everything("ada")
        assert not any((await unit.people.everything("bob")).values())
        with pytest.raises(NotFound):
            await unit.people.get("bob")
        assert {one.account_id for one in await unit.people.accounts("ada")} == {"ada-a", "bob-a"}
        assert await unit.learning.read("bob", "ada") == {"ada": b"ada-statistics"}
        assert [one.key_id for one in await unit.secrets.keys("ada")] == ["ada-key"]
        assert await unit.notes.get("ada", "awaiting") == "ada-note"
        assert set(await unit.embeddings.read("ada", "space", ["ada-digest", "bob-digest"])) == {
            "ada-digest",
            "bob-digest",
        }
        assert (await unit.reactions.reward("bob-d")).person_id == "ada"  # type: ignore[union-attr]
        assert (await unit.handles.get("bob-token")).person_id == "ada"  # type: ignore[union-attr]
    once = {
        "people",
        "notes",
        "statistics",
        "sealed_keys",
        "sealed_secrets",
        "integrations",
        "pending_sign_ins",
    }
    shared = {"invitations", "inbox"}  # an invitation between the two was about both
    for name, rows in before["ada"].items():
        if name not in once | shared:
            assert len(after[name]) == len(rows) + len(before["bob"][name]), name


async def test_two_decisions_for_one_slot_leave_one_for_it(store: Store) -> None:
    slot = {"slot": "2026-05-06T09:30", "trigger": Trigger.SCHEDULED}
    async with store.begin() as unit:
        for name in ("ada", "bob"):
            assert await unit.decisions.add(decision(f"{name}-slot", person_id=name, **slot), None)
        await unit.people.join("bob", "ada", {})
        assert (await unit.decisions.get("ada-slot")).slot == slot["slot"]
        assert (await unit.decisions.get("bob-slot")).slot is None
        assert (await unit.decisions.past_slots("ada", NOW - DAY)).served == {slot["slot"]}


async def test_a_task_gets_its_other_id_wherever_it_is_named(store: Store) -> None:
    old, new = "bob-t", "ada-t2"
    asked = Reminder(
        reminder_id=f"asked-{old}",
        person_id="bob",
        task_id=old,
        due=Due(on=NOW.date()),
        created_at=NOW,
        next_at=NOW,
    )
    async with store.begin() as unit:
        await unit.tasks.put(task("piece", person_id="bob", parent_id=old))
        await unit.reminders.put(asked)
        await unit.imports.put_keys([TaskKey(person_id="bob", key="k", task_id=old, content="c")])
        await unit.trials.add(trial(decision_id="bob-shared", person_id="bob", task_id=old))
        await unit.handles.add(handle("cards", person_id="bob", subject=old, actions=(f"done {old}", "x y")))
        await unit.messages.put(
            mentioned(
                "list",
                person_id="bob",
                task_ids=(old, "other"),
                added=(AddedTask(task_id=old, checksum=1),),
            )
        )
        pieces = {"task_id": old, "pieces": f"{old}\npiece"}
        await unit.events.append(event("told", person_id="bob", data=pieces))

        await unit.people.join("bob", "ada", {old: new})

        assert (await unit.tasks.get(new)).person_id == "ada"
        assert (await unit.tasks.get("piece")).parent_id == new
        assert (await unit.reminders.get(f"asked-{new}")).task_id == new
        assert [key.task_id for key in await unit.imports.keys("ada") if key.key == "k"] == [new]
        assert new in {one.task_id for one in await unit.trials.of("ada")}
        cards = await unit.handles.get("cards")
        assert cards
        assert (cards.subject, cards.actions) == (new, (f"done {new}", "x y"))
        message = await unit.messages.get("a1", "list")
        assert message
        assert message.task_ids == (new, "other")
        assert message.added[0].task_id == new
        (told,) = [one for one in await unit.events.undispatched(99) if one.event_id == "told"]
        assert told.data == {"task_id": new, "pieces": f"{new}\npiece"}
        with pytest.raises(NotFound):
            await unit.tasks.get(old)


async def test_a_task_that_is_there_already_takes_the_place_of_the_other(store: Store) -> None:
    async with store.begin() as unit:
        for name in ("ada", "bob"):
            await unit.reminders.put(
                Reminder(reminder_id=f"asked-{name}-t", person_id=name, task_id=f"{name}-t", created_at=NOW)
            )
        await unit.people.join("bob", "ada", {"bob-t": "ada-t"})
        assert [one.title for one in await unit.tasks.open("ada")] == ["ada's task"]
        found = await unit.reminders.of_tasks(["ada-t", "bob-t"])
        assert [one.reminder_id for one in found] == ["asked-ada-t"]


async def test_daily_messages_of_the_one_who_joins_end(store: Store) -> None:
    async with store.begin() as unit:
        daily = Reminder(
            reminder_id="brief-bob", person_id="bob", kind=ReminderKind.BRIEF, created_at=NOW, next_at=NOW
        )
        await unit.reminders.put(daily)
        await unit.people.join("bob", "ada", {})
        assert await unit.reminders.find("brief-bob") is None


async def test_of_two_rows_with_one_key_the_earlier_stays(store: Store) -> None:
    async with store.begin() as unit:
        for name in ("ada", "bob"):
            answer = KeptAnswer(
                person_id=name, key="k", fingerprint=name, status=200, body=name, answered_at=NOW
            )
            await unit.kept_answers.put(answer)
        await unit.people.join("bob", "ada", {})
        kept = await unit.kept_answers.get("ada", "k")
    assert kept
    assert kept.body == "ada"


async def test_a_delivery_that_was_under_way_stays_with_the_one_person(store: Store) -> None:
    async with store.begin() as unit:
        before = delivery(delivery_id="way", decision_id="bob-d", person_id="bob")
        await unit.deliveries.add(before)
        await unit.people.join("bob", "ada", {})
    async with store.begin() as unit:
        assert await unit.deliveries.move(before, before)
        assert (await unit.deliveries.get("way")).person_id == "ada"
