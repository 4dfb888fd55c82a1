"""Silenced notifications in Slack, from outside."""

from __future__ import annotations

from datetime import UTC, datetime

from core.chat import Channel
from core.records import Purpose, Reason
from tests.scenarios.slack_talk import account, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene
from tests.servers.slack import Person, SlackServer


def at(moment: str) -> float:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


async def allowed(ann: Person) -> Person:
    """``ann`` after onboarding, when she let oO see silenced notifications."""
    await welcomed(ann)
    question = await expect_reply(ann, "/quiet")
    assert "silenced notifications" in question.text
    edited = await expect_edit_on_tap(ann, question, "Yes, wait")
    assert "I wait" in edited.text
    return ann


async def test_a_push_waits_and_says_why(office: Scene, slack: SlackServer) -> None:
    ann = await allowed(slack.user("U1", name="Ann"))
    assert "silenced" not in (await expect_reply(ann, "/quiet")).text, "no message asks twice"
    await expect_reply(ann, "add Pay rent p1")
    ann.silence(at("2026-11-22T11:00"), at("2026-11-22T14:00"))
    await ann.tell_silence()

    plan = await expect_reply(ann, "/plan")
    assert "15:00 instead of 13:00 (notifications silenced until 15:00)" in plan.text
    await office.at("2026-11-22T12:00:30")
    why = await expect_reply(ann, "/whynot")
    assert "you had silenced notifications in Slack until 15:00" in why.text
    assert "15:00" in why.text
    person = await office.person(account(ann), Channel.SLACK)
    assert (await office.decisions(person))[0].silence is Reason.SILENCED

    ann.profile.silenced = None
    await office.at("2026-11-22T14:00:30")
    assert "Pay rent" in (await ann.expect_message()).text


async def test_a_tap_asks_slack_nothing_about_it(office: Scene, slack: SlackServer) -> None:
    ann = await allowed(slack.user("U1", name="Ann"))
    await expect_reply(ann, "add Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, tip, "Done")
    assert slack.calls_of("dnd.info") == []


async def test_without_the_scope_pushes_go_on_and_the_doctor_says_so(
    office: Scene, slack: SlackServer
) -> None:
    slack.workspace.scopes.discard("dnd:read")
    ann = await allowed(slack.user("U1", name="Ann"))
    await expect_reply(ann, "add Pay rent p1")
    await office.at("2026-11-22T12:00:30")
    await ann.expect_message()
    await office.at("2026-11-22T17:30:30")
    await ann.expect_message()
    assert len(slack.calls_of("dnd.info")) == 1
    assert "without dnd:read" in await office.oo.platforms.by_channel[Channel.SLACK].check()
    slack.refusals.clear()


async def test_a_reminder_rings_while_notifications_are_silenced(office: Scene, slack: SlackServer) -> None:
    ann = await allowed(slack.user("U1", name="Ann"))
    await expect_reply(ann, "remind me to call mum at 13:30")
    ann.silence(at("2026-11-22T11:00"), at("2026-11-22T14:00"))
    await ann.tell_silence()
    office.clock.set("2026-11-22T12:30:01")
    await office.tick("remind", "deliver")
    assert "call mum" in (await ann.expect_message()).text.lower()


async def test_privacy_switches_it_off_and_forgets_it(office: Scene, slack: SlackServer) -> None:
    ann = await allowed(slack.user("U1", name="Ann"))
    await office.at("2026-11-22T12:00:30")
    await ann.expect_message()
    person = await office.person(account(ann), Channel.SLACK)
    async with office.app.store.read() as unit:
        assert len(await unit.notifications.of(person.person_id)) == 1
    screen = await expect_reply(ann, "/privacy")
    await expect_edit_on_tap(ann, screen, "Don't ask Slack")
    person = await office.person(account(ann), Channel.SLACK)
    assert not person.allows(Purpose.NOTIFICATIONS)
    async with office.app.store.read() as unit:
        assert await unit.notifications.of(person.person_id) == ()
