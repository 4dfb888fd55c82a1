"""Slack from outside: a strict local workspace, and people in their direct message with oO."""

from __future__ import annotations

import pytest

from core.chat import Channel
from core.records import DeliveryState
from tests.scenarios.slack_talk import RENT, account, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene
from tests.servers.local import close, status
from tests.servers.slack import Person, SlackServer, View


@pytest.fixture
def oo(office: Scene) -> Scene:
    return office


@pytest.fixture
async def ann(oo: Scene, slack: SlackServer) -> Person:
    """Ann, who has agreed and lives in Berlin, as Slack knows."""
    return await welcomed(slack.user("U1", name="Ann"))


async def test_the_first_message_is_greeted_and_the_zone_is_known(oo: Scene, slack: SlackServer) -> None:
    ann = slack.user("U1", name="Ann", tz="Europe/Berlin")

    greeting = await expect_reply(ann, "hello")
    assert greeting.text.startswith("Hi, I'm oO.")
    assert greeting.buttons == ["Agree and start", "Details", "No thanks"]
    await ann.tap(greeting, "Agree and start")
    zone = await ann.expect_message()
    assert zone.screen() == "Your time zone looks like *Europe/Berlin*, right?\n[Yes] [Change]"
    await expect_edit_on_tap(ann, zone, "Yes")

    assert "I'll write at 9:00, 13:00 and 18:30" in zone.text
    assert (await ann.expect_edit(greeting)).buttons == []
    assert (await oo.person(account(ann), Channel.SLACK)).zone == "Europe/Berlin"


async def test_another_zone_is_typed_into_a_form(oo: Scene, slack: SlackServer) -> None:
    ann = slack.user("U1", tz="Europe/Berlin")
    await ann.tap(await expect_reply(ann, "hello"), "Agree and start")
    zone = await ann.expect_message()

    await ann.tap(zone, "Change")
    form = await ann.expect_view()
    assert "What city are you in?" in form.screen()
    await ann.submit_view(form, {"answer": "Tokyo"})

    assert "Asia/Tokyo" in (await ann.expect_message()).text
    assert (await oo.person(account(ann), Channel.SLACK)).zone == "Asia/Tokyo"


async def test_somebody_whose_zone_slack_does_not_know_is_asked(oo: Scene, slack: SlackServer) -> None:
    ann = slack.user("U1", tz=None)
    await ann.tap(await expect_reply(ann, "hello"), "Agree and start")

    assert "A city is enough" in (await ann.expect_message()).text
    assert "Europe/Lisbon" in (await expect_reply(ann, "Lisbon")).text


async def test_tip_tap_and_undo(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")
    assert tip.screen() == "*Pay rent*: you marked it urgent.\n[Done] [Snooze] [Dismiss]"

    await expect_edit_on_tap(ann, tip, "Done")
    assert tip.screen() == "~Pay rent~ Done at 9:00.\n[Undo]"
    await expect_edit_on_tap(ann, tip, "Undo")

    assert tip.buttons == ["Done", "Snooze", "Dismiss"]


async def test_the_slash_command_answers_in_the_direct_message(
    oo: Scene, ann: Person, slack: SlackServer
) -> None:
    await ann.slash("/oo", "add Pay rent p1")
    assert (await ann.expect_message()).text == "Added: Pay rent, p1."

    await ann.slash("/oo", "tip", channel=slack.workspace.general)
    tip = await ann.expect_message()

    assert tip.channel == ann.channel.id
    assert tip.buttons == ["Done", "Snooze", "Dismiss"]
    await ann.slash("/oo")
    assert "/tip a tip now" in (await ann.expect_message()).text


async def test_three_deliveries_of_one_tap_are_one_tap(oo: Scene, ann: Person, slack: SlackServer) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")

    delivery = await ann.tap(tip, "Done")
    await slack.redeliver(delivery, times=3)
    await ann.expect_edit(tip)
    await oo.app.intake.wait_until_answered()

    person = await oo.person(account(ann), Channel.SLACK)
    async with oo.app.store.read() as unit:
        assert len((await unit.people.everything(person.person_id))["reactions"]) == 1
    assert len(tip.edits) == 1


async def test_a_second_tap_is_answered_to_the_person_alone(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")
    before = tip.snapshot()
    await expect_edit_on_tap(ann, tip, "Done")

    await ann.tap(before, "Done")
    remark = await ann.expect_message()

    assert remark.text == "Already done at 9:00."
    assert remark.only_for == ann.id


async def test_a_time_is_typed_into_a_form(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")
    await expect_edit_on_tap(ann, tip, "Snooze")

    await ann.tap(tip, "Type a time")
    form = await ann.expect_view()
    await ann.submit_view(form, {"answer": "in 2 hours"})
    await ann.expect_edit(tip)

    assert tip.screen() == "*Pay rent*\nBack today at 11:00.\n[Undo]"


async def test_nonsense_typed_into_a_form_is_helped(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")
    await expect_edit_on_tap(ann, tip, "Snooze")
    await ann.tap(tip, "Type a time")

    await ann.submit_view(await ann.expect_view(), {"answer": "blue"})

    assert (await ann.expect_message()).text.startswith('I didn\'t get "blue".')


async def test_why_it_was_dismissed(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    tip = await expect_reply(ann, "tip")

    await expect_edit_on_tap(ann, tip, "Dismiss")
    assert tip.buttons == ["Not now", "Not this", 'Never about "pay rent"', "Did it already", "Undo"]
    await expect_edit_on_tap(ann, tip, "Not this")

    assert tip.text == "Pay rent Fine, I'll leave this one alone for a while."


# --- Home and settings -------------------------------------------------------------------------------------


async def expect_home_with(slack: SlackServer, ann: Person, words: str) -> View:
    """Somebody's home, once it says ``words``."""

    def found() -> View | None:
        home = slack.home(ann.id)
        return home if home and words in home.screen() else None

    return await slack.expect_that(found)


async def test_the_home_shows_settings_and_the_next_slots(oo: Scene, ann: Person, slack: SlackServer) -> None:
    await ann.open_home()
    home = await slack.expect_that(lambda: slack.home(ann.id))

    shown = home.screen()
    assert "*Times* 9:00, 13:00 and 18:30" in shown
    assert "*Time zone* Europe/Berlin" in shown
    assert "*Today* 13:00 · 18:30" in shown


async def test_settings_change_on_the_home(oo: Scene, ann: Person, slack: SlackServer) -> None:
    await ann.open_home()
    home = await slack.expect_that(lambda: slack.home(ann.id))

    await ann.tap(home, "Fewer a day")
    home = await expect_home_with(slack, ann, "*At most* 2 a day")
    await ann.tap(home, "Change quiet hours")
    form = await ann.expect_view()
    assert "When shall I be quiet?" in form.screen()
    await ann.submit_view(form, {"answer": "21-8"})

    assert (await ann.expect_message()).text == "Quiet hours: 21:00–8:00."
    await expect_home_with(slack, ann, "*Quiet* 21:00–8:00")


async def test_prefs_are_changed_in_forms(oo: Scene, ann: Person) -> None:
    settings = await expect_reply(ann, "prefs")

    await ann.tap(settings, "Change times")
    await ann.submit_view(await ann.expect_view(), {"answer": "8:00 20:00"})

    assert (await ann.expect_message()).text == "I'll write at 8:00 and 20:00."


async def test_the_home_of_a_newcomer_is_the_greeting(oo: Scene, slack: SlackServer) -> None:
    bob = slack.user("U2", name="Bob")

    await bob.open_home()
    home = await slack.expect_that(lambda: slack.home(bob.id))
    assert "Hi, I'm oO." in home.screen()
    await bob.tap(home, "Agree and start")

    assert "Europe/Berlin" in (await bob.expect_message()).text
    await expect_home_with(slack, bob, "*Time zone* Europe/Berlin")


# --- Pushes, and trouble -----------------------------------------------------------------------------------


async def test_a_tip_is_pushed_at_its_slot(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, RENT)
    await oo.at("2026-11-22T12:00:00")

    tip = await ann.expect_message()
    assert tip.text.startswith("Pay rent")
    [decision] = await oo.decisions(await oo.person(account(ann), Channel.SLACK))
    assert tip.metadata == {"event_type": "oo_tip", "event_payload": {"decision_id": decision.decision_id}}
    assert "at 13:00" in (await expect_edit_on_tap(ann, tip, "Done")).text


@pytest.mark.parametrize("late", [True, False])
async def test_a_tip_that_may_have_arrived_is_not_repeated(
    oo: Scene, ann: Person, slack: SlackServer, late: bool
) -> None:
    await expect_reply(ann, RENT)
    before = len(ann.messages)
    slack.faults.plan(close, on="chat.postMessage", late=late)

    for _ in range(3):
        await oo.tick("push", "deliver")
        oo.clock.set("2026-11-22T12:00:00")
    oo.clock.move(minutes=1)
    await oo.tick("deliver")

    [decision] = await oo.decisions(await oo.person(account(ann), Channel.SLACK))
    async with oo.app.store.read() as unit:
        [delivery] = await unit.deliveries.of(decision.decision_id)
    assert delivery.state is DeliveryState.UNKNOWN
    assert len(ann.messages) == before + late


async def test_after_a_failure_of_slack_the_conversation_goes_on(
    oo: Scene, ann: Person, slack: SlackServer
) -> None:
    slack.faults.plan(status(503), on="chat.postMessage")
    await ann.dm("thanks")
    await oo.app.intake.wait_until_answered()

    assert (await expect_reply(ann, "thanks")).text == "You're welcome."


async def test_a_new_connection_is_made_when_slack_asks(oo: Scene, ann: Person, slack: SlackServer) -> None:
    await slack.ask_to_reconnect()
    await slack.expect_connection()

    assert (await expect_reply(ann, "thanks")).text == "You're welcome."


async def test_uninstalled_means_silent(oo: Scene, ann: Person, slack: SlackServer) -> None:
    await expect_reply(ann, RENT)
    await slack.uninstall()
    posted = len(slack.calls_of("chat.postMessage"))

    for moment in ("2026-11-22T12:00:00", "2026-11-22T17:30:00", "2026-11-23T08:00:00"):
        await oo.at(moment)

    assert len(slack.calls_of("chat.postMessage")) <= posted + 1  # by the first refusal oO knows
    slack.refusals.clear()


async def test_the_test_of_whether_tips_help_is_switched_where_it_is_explained(ann: Person) -> None:
    helped = await expect_reply(ann, "helped")
    assert "It is off" in helped.text
    await expect_edit_on_tap(ann, helped, "Test if tips help")

    assert "The test is on" in helped.text
    assert helped.buttons == ["Stop the test"]
    assert "Test of my help on" in (await expect_reply(ann, "prefs")).text


async def test_agenda_and_figures_in_slack(oo: Scene, ann: Person) -> None:
    for text in ("add Buy milk today", "add Call Bob today 23:30"):
        await expect_reply(ann, text)
    said = await expect_reply(ann, "today")
    assert said.text.splitlines() == ["Today: 2 tasks", "1. 23:30 Call Bob", "2. Buy milk"]

    await ann.tap(said, "Done 2")
    assert "Buy milk" in (await ann.expect_message()).text
    assert (await ann.expect_edit(said)).text.splitlines()[0] == "Today: a task"

    figures = await expect_reply(ann, "stats")
    assert figures.text.splitlines()[0] == "Done this week: a task"
    await ann.slash("/oo", "cap 1")
    changed = await ann.expect_message()
    assert (await expect_edit_on_tap(ann, changed, "Undo")).text == "As before: at most 3 a day."
