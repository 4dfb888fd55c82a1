"""On the way to a screen: what each fault leads to, what is tried again, and what never is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.chat import Message
from core.delivery.reactions import react
from core.delivery.results import recover_orphans
from core.delivery.send import deliver_waiting
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable
from core.records import Decision, DeliveryState, Person, Reason
from core.store import Store
from tests.core.worlds import DONE, Scene, compose, scene


async def tried(here: Scene, *faults: SendFailed | None) -> Decision:
    """The decision of a slot whose first sends end so."""
    await here.person()
    await here.task("Pay the rent")
    here.phone.faults = list(faults)
    return await here.slot()


async def again(here: Scene, **span: float) -> int:
    """The retry job runs again, later by this span."""
    here.clock.move(**span)
    return await deliver_waiting(here.deps, compose)


@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [
        (NotSent("no network"), DeliveryState.RESERVED, "not_sent"),
        (SendRejected("chat not found"), DeliveryState.REJECTED, "rejected"),
        (Unreachable("blocked"), DeliveryState.REJECTED, "unreachable"),
        (SendUnknown("timeout"), DeliveryState.UNKNOWN, "no_clear_answer"),
    ],
)
async def test_each_fault_leads_to_its_state(
    either: Store, fault: SendFailed, state: DeliveryState, reason: str
) -> None:
    here = scene(either)
    decision = await tried(here, fault)
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.reason, delivery.message_id) == (state, reason, None)
    assert (await here.events())[-1].kind == f"delivery.{state.value}"
    assert (await here.events())[-1].data["reason"] == reason


@pytest.mark.parametrize("fault", [SendRejected("no"), Unreachable("blocked"), SendUnknown("timeout")])
async def test_only_what_provably_never_left_is_tried_again(here: Scene, fault: SendFailed) -> None:
    await tried(here, fault)
    assert await again(here, minutes=10) == 0
    await here.tick()
    await recover_orphans(here.deps)
    assert (await again(here, minutes=10), here.phone.tries) == (0, 1)


async def test_what_never_left_is_tried_again_after_a_growing_pause(here: Scene) -> None:
    decision = await tried(here, NotSent("no network"), NotSent("no network"))

    assert await again(here, seconds=1.9) == 0
    assert await again(here, seconds=0.1) == 1
    assert await again(here, seconds=3.9) == 0
    assert await again(here, seconds=0.1) == 1

    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.attempt, here.phone.tries) == (DeliveryState.SENT, 3, 3)
    assert here.phone.lines == ["Pay the rent"]


async def test_a_retry_waits_as_long_as_the_platform_asks(here: Scene) -> None:
    await tried(here, NotSent("too many", retry_after=40))
    assert await again(here, seconds=39) == 0
    assert await again(here, seconds=1) == 1
    assert len(here.phone.shown) == 1


async def test_it_is_tried_so_often_and_then_given_up(here: Scene) -> None:
    decision = await tried(here, *[NotSent("no network")] * 25)
    for _ in range(25):
        await again(here, minutes=1)

    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.reason) == (DeliveryState.ABANDONED, "not_sent")
    assert here.phone.tries == here.deps.rules.delivery.attempts == 20


async def test_attempts_in_a_row_are_one_warning(here: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await tried(here, *[NotSent("no network")] * 6)
    for _ in range(6):
        await again(here, minutes=1)

    assert [one.getMessage().partition(": ")[2] for one in caplog.records] == ["NotSent: no network"]


async def test_a_block_closes_the_account_and_nothing_else_of_it(here: Scene) -> None:
    await tried(here, Unreachable("blocked"))
    async with here.deps.store.read() as unit:
        (account,) = await unit.people.accounts("ada")
    assert (account.reachable, account.address) == (False, "chat-ada")
    assert (await here.slot("2027-06-14 13:00")).silence is Reason.UNREACHABLE


async def test_a_tap_proves_that_an_unknown_delivery_arrived(either: Store) -> None:
    here = scene(either)
    decision = await tried(here, SendUnknown("timeout"))
    await react(decision.decision_id, await here.stored(), here.deps, kind=DONE, message_id="m77")
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.reason, delivery.message_id) == (DeliveryState.SENT, "observed", "m77")


async def test_a_tap_that_overtakes_the_platforms_answer_is_kept(here: Scene) -> None:
    async def taps() -> None:
        decision = await here.latest()
        await react(decision.decision_id, await here.stored(), here.deps, kind=DONE, message_id="m1")

    here.phone.meanwhile = taps
    decision = await tried(here, SendUnknown("timeout"))
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.reason) == (DeliveryState.SENT, "observed")


async def cut_off(here: Scene) -> Decision:
    """A process that ended in the middle of a send."""

    async def fails() -> None:
        raise ZeroDivisionError

    await here.person()
    await here.task("Pay the rent")
    here.phone.meanwhile = fails
    with pytest.raises(ExceptionGroup):
        await here.slot()
    here.phone.meanwhile = None
    return await here.latest()


async def test_an_attempt_that_was_cut_off_becomes_unknown_after_the_lease(either: Store) -> None:
    here = scene(either)
    decision = await cut_off(here)

    here.clock.move(minutes=3)
    assert await recover_orphans(here.deps) == 0
    assert (await here.delivery(decision)).state is DeliveryState.SENDING
    here.clock.move(seconds=1)
    assert await recover_orphans(here.deps) == 1

    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.reason) == (DeliveryState.UNKNOWN, "cut_off")
    assert (await here.kinds())[-1] == "delivery.unknown"
    assert await again(here, minutes=10) == 0
    assert here.phone.tries == 1


async def test_a_late_answer_does_not_undo_the_recovery(here: Scene) -> None:
    async def is_recovered() -> None:
        here.clock.move(minutes=4)
        await recover_orphans(here.deps)

    here.phone.meanwhile = is_recovered
    decision = await tried(here, NotSent("no network"))
    assert (await here.delivery(decision)).state is DeliveryState.UNKNOWN
    assert await again(here, minutes=10) == 0


async def test_somebody_who_leaves_while_a_tip_is_on_its_way_leaves_no_trace(either: Store) -> None:
    here = scene(either)

    async def leaves() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.phone.meanwhile = leaves
    await here.person()
    await here.task("Pay the rent")
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()
    assert await here.decisions() == ()
    assert await here.events() == []


async def test_one_fault_does_not_keep_others_waiting(here: Scene) -> None:
    for name in ("ada", "bob"):
        await here.person(name)
        await here.task(f"Task of {name}", name)
    here.phone.faults = [NotSent("no network"), NotSent("no network")]
    here.clock.berlin("2027-06-14 09:00")
    await here.tick()

    def fails_for_ada(decision: Decision, person: Person) -> Message:
        if person.person_id == "ada":
            raise ZeroDivisionError
        return compose(decision, person)

    here.clock.move(minutes=1)
    with pytest.raises(ExceptionGroup):
        await deliver_waiting(here.deps, fails_for_ada)
    assert here.phone.lines == ["Task of bob"]
    assert (await here.delivery(await here.latest("ada"))).state is DeliveryState.RESERVED


async def test_the_account_as_stored_by_now_is_what_a_block_closes(here: Scene) -> None:
    async def moves() -> None:
        async with here.deps.store.begin() as unit:
            (account,) = await unit.people.accounts("ada")
            await unit.people.save_account(replace(account, language="de"))

    here.phone.meanwhile = moves
    await tried(here, Unreachable("blocked"))
    async with here.deps.store.read() as unit:
        (account,) = await unit.people.accounts("ada")
    assert (account.language, account.reachable) == ("de", False)


async def test_the_pauses_double_up_to_a_minute(here: Scene) -> None:
    decision = await tried(here, *[NotSent("no network")] * 8)
    pauses = []
    for _ in range(8):
        delivery = await here.delivery(decision)
        assert delivery.not_before is not None
        pauses.append((delivery.not_before - here.deps.clock.now()).total_seconds())
        here.clock.move(seconds=pauses[-1])
        await deliver_waiting(here.deps, compose)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]


async def test_a_platform_that_is_down_for_ten_minutes_costs_no_tip(here: Scene) -> None:
    decision = await tried(here, *[NotSent("no network")] * 15)
    for _ in range(20):
        await again(here, minutes=1)
    assert (await here.delivery(decision)).state is DeliveryState.SENT
    assert here.phone.lines == ["Pay the rent"]


async def test_a_delivery_knows_for_when_it_was_planned(either: Store) -> None:
    """From that the operator sees how late tips are sent."""
    here = scene(either)
    person = await here.person()
    await here.task("Pay the rent")
    planned = person.next_due_at
    delivery = await here.delivery(await here.slot())
    assert planned is not None
    assert delivery.due_at == planned
