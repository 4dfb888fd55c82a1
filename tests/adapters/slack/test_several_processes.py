"""Several processes, each with a socket of its own: Slack spreads what happens among them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack import Slack
from core.chat import Update
from tests.adapters.inbox import Inbox
from tests.adapters.slack.conftest import COMMANDS, built
from tests.servers.slack import Person, SlackServer
from tests.waiting import WAIT_LIMIT


class Shared(Inbox):
    """What one of the processes stores in the inbox of all."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self.inbox = inbox
        self.taken = 0

    async def accept(self, update: Update) -> None:
        """Refuse it here, or store it there."""
        self.refused += self.refuse is not None
        if self.refuse:
            raise self.refuse
        await self.inbox.accept(update)
        self.taken += 1


@pytest.fixture
def processes(inbox: Inbox) -> tuple[Shared, Shared]:
    return Shared(inbox), Shared(inbox)


@pytest.fixture
async def both(server: SlackServer, processes: tuple[Shared, Shared]) -> AsyncIterator[tuple[Slack, Slack]]:
    one, other = built(server, processes[0]), built(server, processes[1])
    for number, slack in enumerate((one, other), start=1):
        await slack.start(COMMANDS)
        await server.expect_connection(sockets=number)
    yield one, other
    for slack in (one, other):
        await slack.stop()


async def test_each_receives_a_part_and_together_everything_once(
    both: tuple[Slack, Slack], processes: tuple[Shared, Shared], ann: Person, inbox: Inbox
) -> None:
    deliveries = await asyncio.gather(*(ann.dm(f"message {number}") for number in range(6)))
    assert all(one.acknowledged for one in deliveries)
    assert len(await inbox.expect_updates(count=6)) == 6
    assert inbox.repeats == 0
    assert min(process.taken for process in processes) >= 1


async def test_what_one_did_not_store_is_repeated_on_the_socket_of_another(
    server: SlackServer, both: tuple[Slack, Slack], processes: tuple[Shared, Shared], ann: Person
) -> None:
    processes[0].refuse = OSError("disk full")
    server.ack_within = 0.2
    said = [await ann.dm(f"message {number}") for number in range(2)]
    await server.expect_that(lambda: processes[1].taken == 2)
    server.ack_within = WAIT_LIMIT
    await server.expect_that(lambda: all(one.acknowledged for one in said))
    assert processes[0].refused >= 1


async def test_what_was_stored_and_not_confirmed_is_known_by_its_id_on_another_socket(
    server: SlackServer,
    both: tuple[Slack, Slack],
    processes: tuple[Shared, Shared],
    ann: Person,
    inbox: Inbox,
) -> None:
    await ann.dm("hello")
    await inbox.expect_updates(count=1)
    await server.redeliver(server.deliveries[-1], times=2)
    await inbox.expect_updates(repeats=2)
    assert [process.taken for process in processes] in ([1, 2], [2, 1])


async def test_whoever_stops_leaves_everything_to_the_others_and_can_still_answer(
    server: SlackServer,
    both: tuple[Slack, Slack],
    processes: tuple[Shared, Shared],
    ann: Person,
    inbox: Inbox,
) -> None:
    await both[0].drain()
    await server.expect_that(lambda: len(server.sockets.sockets) == 1)
    before = processes[0].taken
    for number in range(3):
        assert (await ann.dm(f"message {number}")).acknowledged
    assert len(await inbox.expect_updates(count=3)) == 3
    assert processes[0].taken == before
    await both[0]._api.write("chat.postMessage", channel=ann.channel.id, text="an answer")
    assert (await ann.expect_message()).text == "an answer"
