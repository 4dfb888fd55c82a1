"""An account leaves: what stays, what is copied, and that nothing counts twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from core.chat import Channel, Sender
from core.delivery.send import recipient_of
from core.people.access import recognise
from core.people.linking import Linked, link, link_code
from core.people.unlinking import unlink
from core.records import Consent, Due, PendingConnection, Person, Purpose, Signal, TaskSource
from core.store import Store
from core.tasks.reminders import remind_of
from tests.contracts.store.records import delivery, mentioned
from tests.core.histories import days, lived
from tests.core.providers import Provider
from tests.core.worlds import DAY, Scene, scene

SLACK = Sender(channel=Channel.SLACK, external_id="T1/U1", address="D1", trusted=True)


@pytest.fixture
async def here(either: Store) -> Scene:
    """Ada is in Telegram and, since a minute, in Slack."""
    here = scene(either)
    ada = await here.person(preferences={"cap": 5, "muted": ("tv",)})
    here.clock.move(minutes=1)
    assert (await link(SLACK, await link_code(ada, here.deps), here.deps)).result is Linked.JOINED
    return here


async def in_slack(here: Scene) -> Person:
    known = await recognise(SLACK, here.deps)
    assert known
    return known.person


async def slack_id(here: Scene) -> str:
    known = await recognise(SLACK, here.deps)
    assert known
    return known.account.account_id


async def left(here: Scene, *, copies: bool) -> Person:
    """Ada's Slack account leaves; returns who it is then."""
    own = await unlink(await here.stored(), await slack_id(here), here.deps, copies=copies)
    assert own
    assert own.person_id == (await in_slack(here)).person_id != "ada"
    return await in_slack(here)


async def test_everything_stays_and_the_account_starts_empty(here: Scene) -> None:
    await here.task("Water the ferns")
    await lived(here.deps.store, here.clock.now(), days(1, Signal.DONE, Signal.SILENCE))
    before = await here.model_of("ada"), await here.model_of()

    own = await left(here, copies=False)

    assert (own.consent, own.allowed, own.zone) == (Consent.ASKED, (), None)
    assert (await here.model_of("ada"), await here.model_of()) == before
    async with here.deps.store.read() as unit:
        assert [task.title for task in await unit.tasks.open("ada")] == ["Water the ferns"]
        assert await unit.tasks.open(own.person_id) == ()
        assert [one.channel for one in await unit.people.accounts("ada")] == [Channel.TELEGRAM]


async def test_a_copy_has_tasks_pieces_reminders_and_settings(here: Scene) -> None:
    due = Due(on=here.clock.now().date() + DAY, at=time(12))
    task = await here.task("Move house", due=due)
    await here.task("Pack books", parent_id=task.task_id)
    await here.task("Rent", source=TaskSource.TODOIST, external_id="1")
    async with here.deps.store.begin() as unit:
        assert await remind_of(unit, task, here.deps)
    await lived(here.deps.store, here.clock.now(), days(1, Signal.DONE, Signal.SILENCE))
    before = await here.model_of()

    own = await left(here, copies=True)

    ada = await here.stored()
    assert own.preferences == ada.preferences
    assert (own.zone, own.allowed) == (ada.zone, ada.allowed)
    assert own.next_due_at
    async with here.deps.store.read() as unit:
        copies = {one.title: one for one in await unit.tasks.open(own.person_id)}
        assert set(copies) == {"Move house", "Pack books"}  # Todoist stays connected to Ada alone
        assert copies["Pack books"].parent_id == copies["Move house"].task_id != task.task_id
        (reminder,) = await unit.reminders.of_person(own.person_id)
        assert reminder.task_id == copies["Move house"].task_id
        assert reminder.next_at
        assert len(await unit.reminders.of_person("ada")) == 1
        log = await unit.consents.of(own.person_id)
    assert {entry.purpose for entry in log if entry.granted} <= set(own.allowed)
    assert await here.model_of() == before  # what was learned counts once
    assert await here.model_of(own.person_id) == await here.model_of("nobody")


async def test_the_test_of_help_is_not_continued_in_the_copy(here: Scene) -> None:
    await here.allow(Purpose.HOLDOUT)
    own = await left(here, copies=True)
    assert Purpose.HOLDOUT not in own.allowed
    assert own.dosage is None
    assert (await here.stored()).allows(Purpose.HOLDOUT)


async def test_messages_of_the_account_are_about_nothing_and_unsent_ones_go_elsewhere(here: Scene) -> None:
    await here.task("Water the ferns")
    await here.slot()
    decision, leaving = await here.latest(), await slack_id(here)
    async with here.deps.store.begin() as unit:
        await unit.messages.put(
            mentioned("tip", account_id=leaving, decision_id=decision.decision_id, person_id="ada")
        )
        for name, message_id in (("shown", "m1"), ("unsent", None)):
            row = delivery(delivery_id=name, decision_id=decision.decision_id, message_id=message_id)
            await unit.deliveries.add(replace(row, account_id=leaving))
    await left(here, copies=False)
    async with here.deps.store.read() as unit:
        assert await unit.messages.get(leaving, "tip") is None
        assert (await unit.deliveries.get("shown")).account_id == leaving
        (other,) = (await recipient_of(unit, "ada")).accounts
        assert (await unit.deliveries.get("unsent")).account_id == other.account_id


async def test_the_only_account_can_not_leave(here: Scene) -> None:
    first = await slack_id(here)
    own = await left(here, copies=False)
    assert await unlink(own, first, here.deps, copies=False) is None
    assert await unlink(await here.stored(), first, here.deps, copies=True) is None  # it left before
    assert await unlink(await here.stored(), "telegram-ada", here.deps, copies=False) is None


async def test_a_chosen_channel_that_left_is_chosen_no_more(here: Scene) -> None:
    ada = await here.stored()
    async with here.deps.store.begin() as unit:
        await unit.people.save(replace(ada, preferences=replace(ada.preferences, channel=Channel.SLACK)))
    await left(here, copies=True)
    assert (await here.stored()).preferences.channel is None
    assert (await in_slack(here)).preferences.channel is None


async def test_who_left_may_be_linked_again_and_nothing_counts_twice(here: Scene) -> None:
    await here.task("Water the ferns")
    await lived(here.deps.store, here.clock.now(), days(1, Signal.DONE, Signal.SILENCE))
    before = await here.model_of()
    await left(here, copies=False)
    again = await link(SLACK, await link_code(await here.stored(), here.deps), here.deps)
    assert again.result is Linked.JOINED
    assert await here.model_of("ada") == await here.replayed("ada")
    assert await here.model_of() == before


async def test_a_link_that_waits_for_a_word_in_the_chat_that_leaves_works_no_more(here: Scene) -> None:
    here = replace(here, deps=replace(here.deps, oauth={TaskSource.TODOIST: Provider()}))
    async with here.deps.store.begin() as unit:
        for name, account_id in (("in Slack", await slack_id(here)), ("in Telegram", "telegram-ada")):
            await unit.connecting.put(
                PendingConnection(
                    state_hash=name,
                    person_id="ada",
                    provider=TaskSource.TODOIST,
                    account_id=account_id,
                    created_at=here.clock.now(),
                )
            )
    own = await left(here, copies=True)
    async with here.deps.store.read() as unit:
        assert [one.state_hash for one in await unit.connecting.of("ada", "todoist")] == ["in Telegram"]
        assert await unit.connecting.of(own.person_id, "todoist") == ()
