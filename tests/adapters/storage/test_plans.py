"""Queries go by index, so that they cost the same after years. Trap: a partial index is silently left unused
when the query's words don't imply its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage.store import Storage, open_store
from core.chat import Channel
from core.records import DeliveryState
from core.store import DuePerson
from tests.adapters.storage.plans import plans
from tests.contracts.store.records import DAY, NOW, decision, delivery, person, refusal, reward


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with storage.begin() as unit:
        await unit.people.add(person())
        await unit.decisions.add(decision(), None)
    yield storage
    await storage.close()


async def test_the_due_scan_reads_its_index_and_nothing_else(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.people.due(NOW, 100)
    assert steps == ["SEARCH people USING COVERING INDEX people_due (next_due_at<?)"]


async def test_the_scan_for_reminders_reads_an_index_of_those_that_wait(
    storage: Storage, tmp_path: Path
) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.reminders.due(NOW, 100)
    assert steps == ["SEARCH reminders USING COVERING INDEX reminders_due (next_at<?)"]
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.reminders.waiting("ada", NOW)
            await unit.reminders.of_tasks(["t1"])
            await unit.reminders.of_person("ada")
            await unit.reminders.after_snooze("d1")
    assert _scans(steps) == []


async def test_one_of_a_million_people_is_found_by_an_index_of_just_those(
    storage: Storage, tmp_path: Path
) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.people.owner()
            await unit.operations.started_at()
            await unit.people.unreachable_on(Channel.EMAIL)
            await unit.integrations.counts()
            await unit.integrations.providers()
    assert [step for step in steps if "TEMP B-TREE" not in step] == [
        "SCAN people USING INDEX people_owner",
        "SEARCH people USING COVERING INDEX people_created",
        "SEARCH accounts USING INDEX accounts_unreachable (channel=?)",
        "SCAN integrations USING COVERING INDEX integrations_status",
        "SCAN integrations USING COVERING INDEX integrations_status",
    ]


async def test_what_is_pruned_is_found_by_its_age(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.begin() as unit:
            await unit.handles.prune(NOW)
            await unit.inbox.prune(NOW)
            await unit.messages.prune(NOW)
            await unit.turns.prune(NOW)
            await unit.embeddings.prune(NOW)
            await unit.kept_answers.prune(NOW, said_before=NOW)
            await unit.connecting.prune(NOW)
            await unit.identities.prune(NOW)
            await unit.sessions.prune(NOW, links_before=NOW)
    assert [step for step in steps if step.startswith("SCAN")] == []


async def test_past_tips_touch_only_what_they_return(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.decisions.past_tips("ada", NOW - DAY, 50)
    assert "SEARCH decisions USING INDEX decisions_tips (person_id=? AND decided_at>?)" in steps
    assert _scans(steps) == []
    # The one sort is among the few reactions of one tip; sorting the tips would read them all first.
    assert [step for step in steps if "TEMP B-TREE" in step] == ["USE TEMP B-TREE FOR ORDER BY"]
    assert steps.index("USE TEMP B-TREE FOR ORDER BY") > steps.index("CORRELATED SCALAR SUBQUERY 2")


async def test_whether_a_tip_is_the_newest_is_one_look_into_the_index_of_tips(
    storage: Storage, tmp_path: Path
) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.decisions.stored_tip("d1")
    later = [step for step in steps if " later " in step]
    assert [step.split(" INDEX ")[1] for step in later] == ["decisions_tips (person_id=? AND decided_at>?)"]
    assert _scans(steps) == []


async def test_unrewarded_decisions_come_from_an_index_of_just_those(
    storage: Storage, tmp_path: Path
) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.decisions.unrewarded(NOW, 100)
        async with storage.begin() as unit:
            await unit.deliveries.unmarked(NOW, 100)
            await unit.deliveries.mark_rewarded(["ada"], NOW)
    by_index = "SEARCH deliveries USING INDEX deliveries_unrewarded (state=? AND reserved_at<?)"
    assert steps.count(by_index) == 3
    assert _scans(steps) == []


async def test_only_people_with_something_to_mark_are_named(storage: Storage) -> None:
    async with storage.begin() as unit:
        await unit.deliveries.add(delivery())
        assert await unit.deliveries.unmarked(NOW + DAY, 100) == frozenset()
        await unit.reactions.put_reward(reward())
        assert await unit.deliveries.unmarked(NOW + DAY, 100) == {"ada"}
        assert await unit.deliveries.unmarked(NOW - DAY, 100) == frozenset()
        await unit.deliveries.mark_rewarded(["bob"], NOW + DAY)
        assert await unit.deliveries.unmarked(NOW + DAY, 100) == {"ada"}
        await unit.deliveries.mark_rewarded(["ada"], NOW + DAY)
        assert await unit.deliveries.unmarked(NOW + DAY, 100) == frozenset()


async def test_a_rewarded_decision_leaves_that_index(storage: Storage, tmp_path: Path) -> None:
    async with storage.begin() as unit:
        await unit.deliveries.add(delivery())
        await unit.reactions.put_reward(reward())
        await unit.deliveries.mark_rewarded(["ada"], NOW + DAY)
    with closing(sqlite3.connect(tmp_path / "oo.db")) as connection:
        waiting = "SELECT count(*) FROM deliveries WHERE rewarded_at IS NULL"
        assert connection.execute(waiting).fetchone() == (0,)


async def test_the_outbox_is_read_without_what_was_dispatched(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.events.undispatched(9)
    assert steps[0] == "SEARCH events USING INDEX events_waiting (position>?)"
    assert _scans(steps) == []


async def test_what_was_promoted_is_read_by_index(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.notes.get(None, "policy")
            await unit.events.own(frozenset(("policy.promoted",)), 9)
    assert steps[0].startswith("SEARCH notes USING INDEX")
    assert steps[1] == "SEARCH events USING INDEX events_person (person_id=?)"


async def test_the_inbox_is_read_without_what_was_handled(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.inbox.waiting()
    assert steps == ["SCAN inbox USING INDEX inbox_waiting"]


async def test_everyday_reads_never_scan_a_table(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.read() as unit:
            await unit.people.account(Channel.SLACK, "x")
            await unit.people.known(Channel.SLACK, "x")
            await unit.people.accounts("ada")
            await unit.tasks.open("ada")
            await unit.tasks.has_over("ada", "Pay rent")
            await unit.tasks.mirrored("ada", "todoist", NOW)
            assert await unit.decisions.latest("ada", 10)
            await unit.decisions.past_slots("ada", NOW)
            await unit.decisions.proactive_messages("ada", NOW, NOW)
            await unit.trials.of("ada")
            await unit.trials.held_out("ada", NOW)
            await unit.deliveries.of("d")
            await unit.deliveries.due(NOW, 9)
            await unit.deliveries.in_state(DeliveryState.SENDING, 9)
            await unit.reactions.reward("d")
            await unit.reactions.tally("ada", NOW, 9)
            await unit.reactions.rewarded("ada", NOW, 9)
            await unit.corrections.of("ada")
            await unit.snoozes.of("d")
            await unit.snoozes.waiting("ada")
            await unit.learning.read("ada")
            await unit.handles.get("h")
            await unit.messages.get("a", "m")
            await unit.messages.tip_in("a", "t")
            await unit.events.waiting_or_dispatched_since(
                "ada", frozenset({"task.completed", "task.reopened"}), NOW
            )
            await unit.integrations.get("ada", "todoist")
            await unit.notes.get("ada", "k")
            await unit.notes.get(None, "k")
    assert len(steps) >= 20
    assert _scans(steps) == ["SCAN shown"]  # the tips of a tally, found by an index


async def test_everyday_writes_never_scan_a_table(storage: Storage, tmp_path: Path) -> None:
    reserved = delivery(state=DeliveryState.RESERVED)
    with plans(tmp_path / "oo.db") as steps:
        async with storage.begin() as unit:
            await unit.people.claim(DuePerson(person_id="ada", due_at=NOW), NOW)
            await unit.decisions.add(refusal("d", slot="s"), None)
            await unit.deliveries.move(reserved, reserved)
            await unit.trials.done("t", NOW)
            await unit.trials.undone("t", NOW)
            await unit.reactions.drop_reward("d")
            await unit.events.claim("e", NOW, NOW)
            await unit.events.release("e", NOW)
            await unit.events.dispatched("e", NOW)
            await unit.inbox.done(1)
            await unit.notes.put("ada", "k", None)
    assert len(steps) >= 6
    assert _scans(steps) == []


async def test_forgetting_scans_only_the_few_invitations(storage: Storage, tmp_path: Path) -> None:
    with plans(tmp_path / "oo.db") as steps:
        async with storage.begin() as unit:
            await unit.people.forget("ada")
    assert set(_scans(steps)) <= {
        "SCAN invitations",
        "SCAN inbox USING INDEX inbox_waiting",
        "SCAN snapshots",
    }


def _scans(steps: list[str]) -> list[str]:
    return [step for step in steps if step.startswith("SCAN")]
