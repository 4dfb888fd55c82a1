"""What earlier decisions tell the next one: tips that were shown, slots that were served, pushes."""

from __future__ import annotations

from typing import Any

from core.records import (
    DeliveryState,
    DismissReason,
    PastTip,
    ReactionKind,
    Reason,
    Refusal,
    TipKind,
    TipSource,
    Trigger,
)
from core.store import PastSlots, Store
from tests.contracts.store.records import DAY, HOUR, NOW, decision, reaction, refusal, serve


async def test_past_tips_are_those_that_may_have_been_shown(store: Store) -> None:
    async with store.begin() as unit:
        for number, state in enumerate(DeliveryState):
            await serve(unit, state.value, NOW + number * HOUR, state)
        await unit.decisions.add(decision("undelivered"), None)
        await unit.decisions.add(decision("silent", action="c0"), None)
        await unit.decisions.add(refusal("refused"), None)
        past = await unit.decisions.past_tips("ada", NOW - DAY, 10)
    assert [one.decision_id for one in past] == ["unknown", "sent", "sending"]


async def test_past_tips_are_the_newest_since_then(store: Store) -> None:
    async with store.begin() as unit:
        for number in range(5):
            await serve(unit, f"d{number}", NOW + number * HOUR)
        past = await unit.decisions.past_tips("ada", NOW + 2 * HOUR, 10)
        assert [one.decision_id for one in past] == ["d4", "d3", "d2"]
        assert [one.decision_id for one in await unit.decisions.past_tips("ada", NOW, 1)] == ["d4"]
        assert await unit.decisions.past_tips("bob", NOW, 10) == ()


async def test_a_past_tip_has_the_reaction_to_it(store: Store) -> None:
    snoozed = {"kind": ReactionKind.SNOOZE}
    async with store.begin() as unit:
        for number, name in enumerate(("none", "undone", "snoozed", "dismissed")):
            await serve(unit, name, NOW + number * HOUR)
        await unit.reactions.add(reaction("r1", decision_id="undone", undone_at=NOW))
        await unit.reactions.add(reaction("r2", decision_id="snoozed", **snoozed))
        await unit.reactions.add(reaction("r3", decision_id="snoozed", reacted_at=NOW + 5 * HOUR, **snoozed))
        await unit.reactions.add(
            reaction("r4", decision_id="dismissed", kind=ReactionKind.DISMISS, reason=DismissReason.NOT_THIS)
        )
        await unit.reactions.add(
            reaction("r5", decision_id="dismissed", reacted_at=NOW + 5 * HOUR, **snoozed)
        )
        dismissed, later, undone, none = await unit.decisions.past_tips("ada", NOW, 10)
    assert none.reaction is undone.reaction is None
    assert later.reacted_at == NOW + 5 * HOUR
    assert dismissed == PastTip(
        decision_id="dismissed",
        decided_at=NOW + 3 * HOUR,
        kind=TipKind.TASK,
        source=TipSource.TASKS,
        task_id="t1",
        topic="garden",
        content="Water the ferns now?",
        reaction=ReactionKind.DISMISS,
        reason=DismissReason.NOT_THIS,
        reacted_at=NOW + HOUR,
    )


async def test_served_slots_are_those_without_a_refusal(store: Store) -> None:
    async with store.begin() as unit:
        await unit.decisions.add(decision("d1", slot="old", decided_at=NOW - DAY), None)
        await unit.decisions.add(decision("d2", slot="tip", merged=("later", "latest")), None)
        await unit.decisions.add(decision("d3", slot="silence", action="c0"), None)
        await unit.decisions.add(refusal("d4", slot="refused", merged=("too",)), None)
        await unit.decisions.add(decision("d5", slot=None), None)
        past = await unit.decisions.past_slots("ada", NOW)
        assert past.served == {"tip", "later", "latest", "silence"}
        nobodys = PastSlots(served=frozenset(), refused={}, held_back={})
        assert await unit.decisions.past_slots("bob", NOW) == nobodys
        assert (await unit.decisions.get("d2")).merged == ("later", "latest")


async def test_slots_are_held_back_until_the_end_of_quiet_hours_or_a_meeting(store: Store) -> None:
    quiet: dict[str, Any] = {"reason": Reason.QUIET}
    later, hours = NOW + DAY, NOW + HOUR
    async with store.begin() as unit:
        await unit.decisions.add(refusal("d2", slot="twice", decided_at=hours, **quiet), None)
        await unit.decisions.add(
            refusal("d1", slot="twice", merged=("and",), until=later + HOUR, **quiet), None
        )
        meeting = refusal("d7", slot="met", decided_at=hours, reason=Reason.MEETING)
        await unit.decisions.add(meeting, None)
        await unit.decisions.add(refusal("d3", slot="old", decided_at=NOW - HOUR, **quiet), None)
        await unit.decisions.add(refusal("d4", slot="paused"), None)
        await unit.decisions.add(refusal("d5", slot=None, **quiet), None)
        await unit.decisions.add(refusal("d6", slot="endless", until=None, **quiet), None)
        assert (await unit.decisions.past_slots("ada", NOW)).held_back == {
            "twice": Refusal(reason=Reason.QUIET, until=later),
            "and": Refusal(reason=Reason.QUIET, until=later + HOUR),
            "met": Refusal(reason=Reason.MEETING, until=later),
        }


async def test_slots_are_known_by_when_they_were_last_refused(store: Store) -> None:
    async with store.begin() as unit:
        await unit.decisions.add(refusal("d2", slot="twice", decided_at=NOW + HOUR), None)
        await unit.decisions.add(refusal("d1", slot="twice", merged=("and",), reason=Reason.QUIET), None)
        await unit.decisions.add(refusal("d3", slot="old", decided_at=NOW - HOUR), None)
        await unit.decisions.add(refusal("d4", slot=None), None)
        await unit.decisions.add(decision("d5", slot="served"), None)
        past = await unit.decisions.past_slots("ada", NOW)
        assert past.refused == {"twice": NOW + HOUR, "and": NOW}


async def test_proactive_messages_between_two_times(store: Store) -> None:
    async with store.begin() as unit:
        await serve(unit, "snoozed", NOW + HOUR, trigger=Trigger.SNOOZED)
        await serve(unit, "scheduled", NOW, state=DeliveryState.UNKNOWN)
        await serve(unit, "requested", NOW, trigger=Trigger.REQUESTED)
        await serve(unit, "reserved", NOW, state=DeliveryState.RESERVED)
        await serve(unit, "before", NOW - HOUR)
        await serve(unit, "after", NOW + 2 * HOUR)
        await serve(unit, "rung", NOW + HOUR / 2, trigger=Trigger.REMINDER)
        between = await unit.decisions.proactive_messages("ada", NOW, NOW + 2 * HOUR)
    assert [(one.decided_at, one.trigger) for one in between] == [
        (NOW, Trigger.SCHEDULED),
        (NOW + HOUR / 2, Trigger.REMINDER),
        (NOW + HOUR, Trigger.SNOOZED),
    ]
