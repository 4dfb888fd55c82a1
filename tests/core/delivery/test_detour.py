"""Two ways to a person: what provably did not arrive on one goes to the other, and nothing is shown twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import pytest

from core.chat import Channel
from core.deciding.explain import why_not
from core.delivery.on_request import tip_now
from core.delivery.results import recover_orphans
from core.delivery.send import deliver_waiting
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable
from core.ports import Messengers
from core.records import Account, Delivery, DeliveryState, Request
from core.store import Store
from tests.core.outsiders import Phone
from tests.core.reminders import asked, rings_at
from tests.core.worlds import Scene, account, scene
from tests.core.worlds import compose as compose_tip

NOON = "2027-06-14 12:00"
FINAL = [Unreachable("410"), SendRejected("552 mailbox full"), NotSent("login refused", retry_after=300)]
"""Whatever comes of it on this way, nothing arrived, and nothing arrives soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWays:
    """Ada gets mails, and has a chat as well."""

    here: Scene
    mail: Phone

    async def later(self, **span: float) -> None:
        """Later by this span, whatever waits is tried again."""
        self.here.clock.move(**span)
        await recover_orphans(self.here.deps)
        await deliver_waiting(self.here.deps, compose_tip)

    async def deliveries(self) -> list[Delivery]:
        """Of the latest decision, oldest first."""
        decision = await self.here.latest()
        async with self.here.deps.store.read() as unit:
            found = await unit.deliveries.of(decision.decision_id)
        return sorted(found, key=lambda one: one.reserved_at)

    async def end_mails(self) -> None:
        """She has unsubscribed."""
        async with self.here.deps.store.begin() as unit:
            await unit.people.save_account(replace(mailbox(self.here), reachable=False))

    @property
    def tries(self) -> tuple[int, int]:
        """Of mails, and of messages in the chat."""
        return self.mail.tries, self.here.phone.tries


def mailbox(here: Scene) -> Account:
    place = {"channel": Channel.EMAIL, "external_id": "ada@x.org", "address": "ada@x.org"}
    return replace(account("ada", here.clock.now(), **place), account_id="mail-ada")


async def two_ways(store: Store) -> TwoWays:
    here, mail = scene(store), Phone()
    messengers = Messengers(by_channel={Channel.TELEGRAM: here.phone, Channel.EMAIL: mail})
    here = replace(here, deps=replace(here.deps, messengers=messengers))
    await here.person(preferences={"channel": Channel.EMAIL})
    async with here.deps.store.begin() as unit:
        await unit.people.save_account(mailbox(here))
    return TwoWays(here=here, mail=mail)


@pytest.mark.parametrize("fault", FINAL)
async def test_a_reminder_that_provably_did_not_arrive_comes_on_the_other_account(
    either: Store, fault: SendFailed
) -> None:
    ways = await two_ways(either)
    await asked(ways.here, "Call Ann", NOON)
    ways.mail.faults = [fault]
    await rings_at(ways.here, NOON)
    assert ways.tries == (1, 0)
    await ways.later()
    await ways.later(hours=1)
    assert ways.tries == (1, 1)
    first, second = await ways.deliveries()
    assert (first.account_id, second.account_id) == ("mail-ada", "telegram-ada")
    assert first.state in (DeliveryState.REJECTED, DeliveryState.ABANDONED)
    assert (second.state, second.due_at) == (DeliveryState.SENT, first.due_at)


async def test_a_tip_comes_on_the_other_account_and_counts_once(either: Store) -> None:
    ways = await two_ways(either)
    await ways.here.task("Pay the rent")
    ways.mail.faults = [Unreachable("5.1.1")]
    decision = await ways.here.slot()
    await ways.later(seconds=5)
    assert ways.tries == (1, 1)
    async with ways.here.deps.store.read() as unit:
        start = decision.decided_at
        [sent] = await unit.decisions.proactive_messages("ada", start, ways.here.clock.now())
        assert sent.decided_at == start
    assert await why_not(await ways.here.stored(), ways.here.deps) == ()


async def test_a_greylisted_reminder_is_tried_for_two_minutes_before_the_chat_has_it(either: Store) -> None:
    ways = await two_ways(either)
    await asked(ways.here, "Call Ann", NOON)
    ways.mail.faults = [NotSent("451", retry_after=60)] * 60
    await rings_at(ways.here, NOON)
    for _ in range(60):
        await ways.later(seconds=61)
    assert ways.tries == (2, 1)


async def test_what_may_have_arrived_goes_nowhere_else(either: Store) -> None:
    ways = await two_ways(either)
    await asked(ways.here, "Call Ann", NOON)
    ways.mail.faults = [SendUnknown("no answer")]
    await rings_at(ways.here, NOON)
    for _ in range(3):
        await ways.later(minutes=5)
    assert ways.tries == (1, 0)


async def test_every_account_is_tried_once_and_no_longer(either: Store) -> None:
    ways = await two_ways(either)
    await asked(ways.here, "Call Ann", NOON)
    ways.mail.faults = [SendRejected("5.7.1")]
    ways.here.phone.faults = [SendRejected("400")]
    await rings_at(ways.here, NOON)
    for _ in range(5):
        await ways.later(minutes=1)
    assert ways.tries == (1, 1)


async def test_what_waits_for_mails_that_end_comes_in_the_chat(either: Store) -> None:
    ways = await two_ways(either)
    await asked(ways.here, "Call Ann", NOON)
    ways.mail.faults = [NotSent("451", retry_after=60)]
    await rings_at(ways.here, NOON)
    await ways.end_mails()
    await ways.later(seconds=61)
    await ways.later(seconds=1)
    assert ways.tries == (1, 1)


async def test_what_was_asked_for_in_a_chat_is_answered_there_or_not_at_all(either: Store) -> None:
    ways = await two_ways(either)
    await ways.here.task("Pay the rent")
    ways.here.phone.faults = [SendRejected("400")]
    chat = account("ada", ways.here.clock.now())
    zone = ZoneInfo("Europe/Berlin")
    person = await ways.here.stored()
    await tip_now(person, chat, ways.here.deps, compose_tip, zone=zone, request=Request(), origin="u1")
    await ways.later(seconds=5)
    assert ways.tries == (0, 1)


async def test_with_one_account_a_reminder_is_tried_there_as_long_as_it_takes(either: Store) -> None:
    ways = await two_ways(either)
    await ways.end_mails()
    await asked(ways.here, "Call Ann", NOON)
    ways.here.phone.faults = [NotSent("no network")] * 20
    await rings_at(ways.here, NOON)
    for _ in range(30):
        await ways.later(minutes=2)
    assert ways.tries == (0, 21)
