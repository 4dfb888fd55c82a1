"""Three ``oo run`` on one PostgreSQL: people are answered once, in order, whatever becomes of one."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.scenarios import slack_talk
from tests.scenarios.conftest import reaching, with_slack
from tests.scenarios.replicas import Replicas, replicas
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.servers import postgres
from tests.servers.slack import SlackServer
from tests.servers.telegram import Message, Person, TelegramServer
from tests.waiting import WAIT_LIMIT

CONFIG = """
jobs: {push: 0.5, deliver: 0.5, relay: 0.5}
availability: {spacing_minutes: 0}
policy: {serve: "epsilon-greedy:epsilon=0.000001"}
"""
SECRET = "webhook_secret-1"
EVERYBODY_IS_DUE = """
DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('oO', 0));
    UPDATE people SET next_due_at = {now} WHERE zone = 'Atlantic/Reykjavik';
END $$
"""


class House:
    """The replicas and the people, and what is in the database."""

    def __init__(self, oo: Replicas, database: str, people: list[Person]) -> None:
        self.oo = oo
        self.people = people
        self._database = database

    def rows(self, query: str) -> list[Any]:
        return postgres.server().execute(query, database=self._database)

    async def everybody(self, *texts: str) -> list[Message]:
        """Send texts one after the other; the answers to the last one."""
        return [await self._answer(person, texts) for person in self.people]

    async def _answer(self, person: Person, texts: tuple[str, ...]) -> Message:
        for text in texts:
            answer = await expect_reply(person, text)
        return answer

    async def expect_handled(self) -> None:
        """Wait until nothing is in the inbox. A text that was answered is answered again if its process is
        killed before it has noted that, which is so on one machine as well.
        """
        async with asyncio.timeout(WAIT_LIMIT):
            while self.rows('SELECT FROM inbox WHERE "update" IS NOT NULL'):  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.05)

    async def tap(self, tips: list[Message], label: str = "Done") -> None:
        """Everybody taps at once; wait until all see what came of it."""
        pairs = zip(self.people, tips, strict=True)
        await asyncio.gather(*(expect_edit_on_tap(person, tip, label) for person, tip in pairs))


async def admitted(person: Person) -> Person:
    greeting = await expect_reply(person, "/start")
    await expect_message_on_tap(person, greeting, "Agree and start")
    await expect_reply(person, "Reykjavik")
    await expect_reply(person, "/quiet off")
    return person


async def test_with_one_killed_and_one_frozen_every_tap_counts_once_and_no_tip_comes_twice(
    tmp_path: Path,
) -> None:
    url = postgres.new_database(migrated=True)
    async with TelegramServer(flood=None) as telegram, SlackServer(post_burst=1000) as slack:
        environment = {
            **reaching(telegram),
            **with_slack(slack),
            "OO_ACCESS": "open",
            "TELEGRAM_WEBHOOK_URL": "{front}/telegram/webhook",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
        }
        async with replicas(tmp_path, url, CONFIG, environment) as oo:
            people = [await admitted(telegram.user(number, f"P{number}")) for number in (7, 8, 9)]
            house = House(oo, url.split("@/")[1].split("?")[0], people)
            await slack.expect_connection()
            bob = await slack_talk.welcomed(slack.user("U2", name="Bob"))
            await slack_talk.expect_reply(bob, "add Feed the cat p1")
            in_slack = await slack_talk.expect_reply(bob, "tip")
            tips = [await house.everybody(f"/add Errand {number} p1", "/tip") for number in range(4)]

            oo.running[0].oo.freeze()
            await house.tap(tips[0])
            await house.everybody("/add while one stands still p1", "/tasks")
            oo.running[0].oo.thaw()
            await house.expect_handled()

            await asyncio.gather(*(p.tap(tip, "Done") for p, tip in zip(people, tips[1], strict=True)))
            oo.running[1].oo.kill()
            await asyncio.gather(*(p.expect_edit(tip) for p, tip in zip(people, tips[1], strict=True)))
            await house.tap(tips[2])
            await slack_talk.expect_edit_on_tap(bob, in_slack, "Done")

            sent = [len(person.chat.messages) for person in people]
            slot = f"{datetime.fromtimestamp(time.time(), UTC):%H:%M}"
            await house.everybody(f"/times {slot}")
            house.rows(EVERYBODY_IS_DUE.format(now=time.time_ns() // 1000))
            pushed = [await person.expect_message() for person in people]
            await house.tap(pushed)
            await house.everybody("/tasks")
            await house.expect_handled()
            assert [len(person.chat.messages) for person in people] == [one + 3 for one in sent]

            assert {tuple(tip.labels) for some in (*tips[:3], pushed) for tip in some} == {("Undo",)}
            assert {tip.labels[0] for tip in tips[3]} == {"Done"}
            assert [tuple(row) for row in house.rows("SELECT count(*), sum(value) FROM rewards")] == [
                (13, 13)
            ]
            states = house.rows("SELECT state, count(*) AS times FROM deliveries GROUP BY state")
            assert {row["state"]: row["times"] for row in states} == {"sent": 16}
            assert slack.refusals == []
