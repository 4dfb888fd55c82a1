import asyncio
from dataclasses import replace

from adapters.slack import RATE
from core.errors import NotSent
from tests.adapters.inbox import Inbox
from tests.adapters.samples import DONE, TIP, said
from tests.adapters.slack.conftest import built, expect_that
from tests.adapters.slack.samples import tapped
from tests.servers.local import hang
from tests.servers.slack import Person, SlackServer
from tests.waiting import WAIT_LIMIT


async def test_slack_never_has_to_ask_for_patience(strict: SlackServer, inbox: Inbox) -> None:
    slack = built(strict, inbox)
    people = [strict.user(f"U{number}") for number in range(10)]
    sends = [slack.send(person.channel.id, said(str(turn))) for turn in range(3) for person in people]
    try:
        await asyncio.gather(*sends, *(slack.send(people[0].channel.id, said("more")) for _ in range(3)))
    finally:
        await slack.stop()

    assert [len(person.messages) for person in people] == [6] + [3] * 9
    assert strict.refusals == []


async def test_messages_without_an_answer_count_until_they_are_given_up(
    server: SlackServer, ann: Person, inbox: Inbox
) -> None:
    server.faults.plan(hang, on="chat.postMessage", times=RATE.burst)
    slack = built(server, inbox, rate=replace(RATE, interval=0.01))
    try:
        hanging = [asyncio.create_task(slack.send(ann.channel.id, TIP)) for _ in range(RATE.burst)]
        last = asyncio.create_task(slack.send(ann.channel.id, TIP))
        await expect_that(lambda: len(server.calls_of("chat.postMessage")) == RATE.burst)
        await asyncio.sleep(0.1)
        assert len(server.calls_of("chat.postMessage")) == RATE.burst

        for task in hanging:
            task.cancel()
        message_id = await last
    finally:
        await slack.stop()

    assert message_id == ann.messages[-1].ts


async def test_a_flood_is_turned_away_and_edits_and_remarks_pass(
    server: SlackServer, ann: Person, dm: str, inbox: Inbox
) -> None:
    slow = replace(
        RATE, interval=10 * WAIT_LIMIT, max_expected_wait=30 * WAIT_LIMIT, max_wait=100 * WAIT_LIMIT
    )
    slack = built(server, inbox, rate=slow)
    message_id = await slack.send(dm, TIP)
    waiting = [asyncio.create_task(slack.send(dm, TIP)) for _ in range(20)]
    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_EXCEPTION)

    async with asyncio.timeout(WAIT_LIMIT):
        await slack.edit(dm, message_id, DONE)
        await slack.acknowledge(tapped(dm), "Already done")

    faults = [task.exception() for task in done if task.exception()]
    assert faults
    assert all(isinstance(fault, NotSent) and fault.retry_after > slow.max_expected_wait for fault in faults)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await slack.stop()
