import asyncio

from adapters.slack import Slack
from core.errors import NotSent
from tests.adapters.inbox import Inbox
from tests.adapters.samples import DONE, TIP, said
from tests.adapters.slack.conftest import built
from tests.adapters.slack.samples import tapped
from tests.servers.slack import Person, SlackServer


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


async def test_a_flood_is_turned_away_and_edits_and_remarks_pass(
    server: SlackServer, ann: Person, dm: str, idle: Slack
) -> None:
    message_id = await idle.send(dm, TIP)
    waiting = [asyncio.create_task(idle.send(dm, TIP)) for _ in range(20)]
    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_EXCEPTION)

    async with asyncio.timeout(1):
        await idle.edit(dm, message_id, DONE)
        await idle.acknowledge(tapped(dm), "Already done")

    faults = [task.exception() for task in done if task.exception()]
    assert faults
    assert all(isinstance(fault, NotSent) and fault.retry_after > 10 for fault in faults)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
