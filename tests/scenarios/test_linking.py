"""One person in Telegram and in Slack: a code joins the two, and what they have there is theirs here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.chat import Channel
from tests.scenarios import slack_talk
from tests.scenarios.conftest import NINE, reaching, with_slack
from tests.scenarios.slack_talk import account
from tests.scenarios.talking import RENT, expect_all_answered, expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene, scene
from tests.servers.slack import Person as SlackPerson
from tests.servers.slack import SlackServer
from tests.servers.telegram import Person, TelegramServer


@pytest.fixture
async def oo(
    tmp_path: Path, telegram: TelegramServer, slack: SlackServer, cached_certificates: None
) -> AsyncIterator[Scene]:
    """oO on both."""
    async with scene(tmp_path, NINE, **reaching(telegram), **with_slack(slack)) as running:
        await slack.expect_connection()
        yield running


@pytest.fixture
def ann_in_slack(slack: SlackServer) -> SlackPerson:
    return slack.user("U1", name="Ann")


async def code_from(ann: Person) -> str:
    """The code that Ann gets in Telegram."""
    shown = (await expect_reply(ann, "/link")).text
    return shown.split("/link ", 1)[1].split()[0]


async def sent(ann_in_slack: SlackPerson, code: str) -> str:
    """What Slack's Ann is told when she sends the code there."""
    await ann_in_slack.slash("/oo", f"link {code}")
    return (await ann_in_slack.expect_message()).text


async def test_a_code_makes_both_accounts_one_person(
    oo: Scene, ann: Person, ann_in_slack: SlackPerson
) -> None:
    await expect_reply(ann, RENT)
    oo.clock.move(minutes=1)

    told = await sent(ann_in_slack, await code_from(ann))

    assert told.startswith("Done. Here and there you are the same person now")
    assert (await ann.expect_message()).text.startswith("Your account on Slack is linked to this one")
    assert await oo.person(account(ann_in_slack), Channel.SLACK) == await oo.person("7")
    assert "Pay rent" in (await slack_talk.expect_reply(ann_in_slack, "tasks")).text
    await oo.at("2026-11-22T12:00:00")
    tip = await ann_in_slack.expect_message()  # heard there last
    assert tip.text.startswith("Pay rent")
    await slack_talk.expect_edit_on_tap(ann_in_slack, tip, "Done")
    assert (await expect_reply(ann, "/tasks")).text.startswith("Nothing on your list")


async def test_who_was_greeted_in_slack_but_has_nothing_there_may_still_be_joined(
    oo: Scene, ann: Person, ann_in_slack: SlackPerson
) -> None:
    await slack_talk.welcomed(ann_in_slack)
    alone = await oo.person(account(ann_in_slack), Channel.SLACK)

    assert (await sent(ann_in_slack, await code_from(ann))).startswith("Done.")

    assert (await oo.person(account(ann_in_slack), Channel.SLACK)).person_id != alone.person_id
    assert await oo.decisions(alone) == ()


async def test_two_histories_become_one(oo: Scene, ann: Person, ann_in_slack: SlackPerson) -> None:
    await expect_reply(ann, RENT)
    await slack_talk.welcomed(ann_in_slack)
    await slack_talk.expect_reply(ann_in_slack, "add Feed the cat tomorrow")
    alone = await oo.person(account(ann_in_slack), Channel.SLACK)

    asked = await sent(ann_in_slack, await code_from(ann))
    assert "Is it your own code?" in asked
    assert "cat" not in (await expect_reply(ann, "/tasks")).text  # nothing is joined before the answer
    question = ann_in_slack.messages[-1]
    await slack_talk.expect_edit_on_tap(ann_in_slack, question, "Yes, become one")
    told = question.text

    assert told.startswith("Done. Here and there you are the same person now")
    assert "The settings are those of the other side" in told
    assert "Your account on Slack is linked to this one" in (await ann.expect_message()).text
    assert alone.person_id != (await oo.person(account(ann_in_slack), Channel.SLACK)).person_id
    for shown in (await slack_talk.expect_reply(ann_in_slack, "tasks"), await expect_reply(ann, "/tasks")):
        assert "Pay rent" in shown.text
        assert "Feed the cat" in shown.text


async def test_forged_used_and_expired_codes_join_nobody(
    oo: Scene, ann: Person, ann_in_slack: SlackPerson, slack: SlackServer
) -> None:
    refusal = "That code doesn't link anything"
    assert (await sent(ann_in_slack, "0000-0000")).startswith(refusal)
    used = await code_from(ann)
    await sent(ann_in_slack, used)
    await ann.expect_message()
    eve = slack.user("U2", name="Eve")
    assert (await sent(eve, used)).startswith(refusal)
    late = await code_from(ann)
    oo.clock.move(minutes=10)
    bob = slack.user("U3", name="Bob")
    assert (await sent(bob, late)).startswith(refusal)

    for stranger in (eve, bob):
        with pytest.raises(LookupError):
            await oo.person(account(stranger), Channel.SLACK)


async def test_a_strangers_guesses_are_answered_once(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    eve = telegram.user(66, "Eve")
    refusal = await expect_reply(eve, "/link 0000-0000")
    for number in range(1, 8):
        await eve.send(f"/link {number:04}-0000")
    await expect_all_answered(oo, telegram)
    assert refusal.text.startswith("That code doesn't link anything")
    assert len(eve.chat.messages) == 2  # one for a wrong code, one for too many of them

    await eve.send(f"/link {await code_from(ann)}")
    await expect_all_answered(oo, telegram)
    with pytest.raises(LookupError):
        await oo.person("66")


async def two_in_one(ann: Person, ann_in_slack: SlackPerson, oo: Scene) -> None:
    """Ann in Telegram and Ann in Slack, who had a history, become one."""
    await expect_reply(ann, RENT)
    await slack_talk.welcomed(ann_in_slack)
    oo.clock.move(minutes=1)
    assert (await sent(ann_in_slack, await code_from(ann))).startswith("Done.")
    await ann.expect_message()


async def test_a_reaction_on_one_channel_edits_the_message_on_the_other(
    oo: Scene, ann: Person, ann_in_slack: SlackPerson
) -> None:
    await two_in_one(ann, ann_in_slack, oo)
    tip = await expect_reply(ann, "/tip")
    assert tip.text.startswith("Pay rent")

    await slack_talk.expect_reply(ann_in_slack, "done")

    await ann.expect_edit(tip)
    assert "Done" in tip.text
    assert (await slack_talk.expect_reply(ann_in_slack, "tasks")).text.startswith("Nothing on your list")


async def test_oo_writes_on_the_channel_that_was_chosen(
    oo: Scene, ann: Person, ann_in_slack: SlackPerson
) -> None:
    await two_in_one(ann, ann_in_slack, oo)
    shown = await slack_talk.expect_reply(ann_in_slack, "prefs")
    assert "Write to me where I answer" in shown.text
    await slack_talk.expect_edit_on_tap(ann_in_slack, shown, "Write on Telegram")
    assert "Write to me on Telegram" in shown.text

    await oo.at("2026-11-22T12:00:00")
    assert (await ann.expect_message()).text.startswith("Pay rent")  # although they were in Slack last


async def test_the_channel_can_be_chosen_in_words(oo: Scene, ann: Person, ann_in_slack: SlackPerson) -> None:
    assert "/link" in (await expect_reply(ann, "send my tips to slack")).text
    await two_in_one(ann, ann_in_slack, oo)
    said = await expect_reply(ann, "send my tips to slack")
    assert said.text == "From now on I write to you on Slack."
    assert (await oo.person("7")).preferences.channel is Channel.SLACK
    await expect_edit_on_tap(ann, said, "Write where I answer")
    assert (await oo.person("7")).preferences.channel is None
    await slack_talk.expect_reply(ann_in_slack, "write to me here")
    assert (await oo.person("7")).preferences.channel is Channel.SLACK


async def test_an_account_leaves_and_both_go_on(oo: Scene, ann: Person, ann_in_slack: SlackPerson) -> None:
    await two_in_one(ann, ann_in_slack, oo)
    asked = await expect_reply(ann, "/unlink")
    await expect_edit_on_tap(ann, asked, "Slack")
    await expect_edit_on_tap(ann, asked, "Separate with a copy")
    assert asked.text.startswith("Done: your account on Slack is separate now.")
    assert (await ann_in_slack.expect_message()).text.startswith("Done: your account on Slack")

    assert await oo.person(account(ann_in_slack), Channel.SLACK) != await oo.person("7")
    await slack_talk.expect_reply(ann_in_slack, "remove Pay rent")
    assert (await slack_talk.expect_reply(ann_in_slack, "tasks")).text.startswith("Nothing on your list")
    assert "Pay rent" in (await expect_reply(ann, "/tasks")).text
    assert "only account" in (await expect_reply(ann, "/unlink")).text
