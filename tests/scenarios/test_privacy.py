"""What a person allows, in the chat: each purpose off and on again, and what follows at once."""

from __future__ import annotations

import pytest

from bot.screens import texts_privacy
from core.records import Purpose
from core.store import ButtonTokens
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Person, TelegramServer

ALWAYS_SHOWN = [one for one in Purpose if one not in (Purpose.TALK, Purpose.NOTIFICATIONS)]
"""The memory of talks is shown where there is a language model to talk to, silenced notifications where a
platform tells of them.
"""


@pytest.mark.parametrize("purpose", ALWAYS_SHOWN)
async def test_each_purpose_is_one_tap_away_and_says_what_is_lost(
    oo: Scene, ann: Person, purpose: Purpose
) -> None:
    was_on = (await oo.person("7")).allows(purpose)
    shown = await expect_reply(ann, "/privacy")
    labels = texts_privacy.SWITCH_OFF if was_on else texts_privacy.SWITCH_ON
    states = texts_privacy.PURPOSE_ON, texts_privacy.PURPOSE_OFF
    assert states[not was_on][purpose] in shown.text

    await expect_edit_on_tap(ann, shown, labels[purpose])
    assert (await oo.person("7")).allows(purpose) is not was_on
    assert states[was_on][purpose] in shown.text

    back = texts_privacy.SWITCH_ON if was_on else texts_privacy.SWITCH_OFF
    await expect_edit_on_tap(ann, shown, back[purpose])
    assert (await oo.person("7")).allows(purpose) is was_on
    async with oo.app.store.read() as unit:
        log = await unit.consents.of((await oo.person("7")).person_id)
    assert [one.granted for one in log if one.purpose is purpose][-2:] == [not was_on, was_on]
    assert {one.channel for one in log} == {"telegram"}


async def test_without_messages_oo_answers_and_never_begins(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    await expect_reply(ann, "/add Pay rent today p1")
    await expect_reply(ann, "remind me at 10:30 to call Ann")
    shown = await expect_reply(ann, "/privacy")
    await expect_edit_on_tap(ann, shown, "Stop messages")
    before = len(ann.chat.messages)

    for moment in ("2026-11-22T09:30:00", "2026-11-22T12:00:00", "2026-11-22T17:30:00"):
        await oo.at(moment)
        await oo.tick("remind", "deliver")
    await expect_all_answered(oo, telegram)
    assert len(ann.chat.messages) == before

    assert "Done" in (await expect_reply(ann, "/tip")).labels
    for asked in ("/plan", "/whynot"):
        assert (await expect_reply(ann, asked)).text == texts_privacy.MESSAGES_OFF
    assert texts_privacy.MESSAGES_OFF in (await expect_reply(ann, "remind me at 20:00 to call Bob")).text
    await expect_edit_on_tap(ann, shown, "Allow messages")
    assert (await expect_reply(ann, "/plan")).text != texts_privacy.MESSAGES_OFF


async def test_what_was_learned_is_kept_or_erased_as_the_person_says(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent today p1")
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, tip, "Done")
    taught = await oo.learned(await oo.person("7"))

    shown = await expect_reply(ann, "/privacy")
    assert texts_privacy.ERASE_LEARNED not in shown.labels
    await expect_edit_on_tap(ann, shown, "Stop learning")
    assert "is kept, but not used" in shown.text
    assert await oo.learned(await oo.person("7")) == taught

    asked = await expect_message_on_tap(ann, shown, texts_privacy.ERASE_LEARNED)
    assert (await expect_edit_on_tap(ann, asked, "Keep it")).text == texts_privacy.ERASE_KEPT
    assert await oo.learned(await oo.person("7")) == taught
    asked = await expect_message_on_tap(ann, shown, texts_privacy.ERASE_LEARNED)
    await expect_edit_on_tap(ann, asked, texts_privacy.ERASE_LEARNED)
    assert asked.text == texts_privacy.ERASED
    assert await oo.learned(await oo.person("7")) != taught
    assert texts_privacy.ERASE_LEARNED not in (await expect_reply(ann, "/privacy")).labels


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("use_llm", Purpose.LANGUAGE_MODEL),
        ("learn", Purpose.LEARNING),
        ("hold_out", Purpose.HOLDOUT),
        ("remember_talk", Purpose.TALK),
    ],
)
async def test_a_switch_of_a_message_from_before_the_purposes_still_switches(
    oo: Scene, ann: Person, telegram: TelegramServer, name: str, purpose: Purpose
) -> None:
    """Messages in a chat keep their buttons; what they mean is stored under the older names."""
    shown = await expect_reply(ann, "/prefs")
    await expect_all_answered(oo, telegram)
    person = await oo.person("7")
    old = ButtonTokens(
        handle=f"old-{name}",
        person_id=person.person_id,
        subject=None,
        actions=(f"toggle {name} off", f"toggle {name} on"),
        created_at=person.created_at,
    )
    async with oo.app.store.begin() as unit:
        await unit.handles.add(old)
    for number, wanted in ((1, True), (0, False), (0, False), (1, True)):
        await ann.forge(shown, f"old-{name}.{number}")
        await expect_all_answered(oo, telegram)
        assert (await oo.person("7")).allows(purpose) is wanted
    assert "Times 9:00" in shown.text


async def test_whoever_withdraws_everything_is_still_answered(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    await expect_reply(ann, "/add Pay rent today p1")
    await expect_reply(ann, "/add Call Bob")
    await expect_edit_on_tap(ann, await expect_reply(ann, "/tip"), "Done")
    taught = await oo.learned(await oo.person("7"))
    shown = await expect_reply(ann, "/privacy")
    for purpose in ("messages", "language_model", "learning", "population"):
        await expect_edit_on_tap(ann, shown, texts_privacy.SWITCH_OFF[purpose])
    assert (await oo.person("7")).allowed == ()

    tip = await expect_reply(ann, "/tip")
    assert tip.text.startswith("Call Bob")
    assert "open task" in (await expect_reply(ann, "/why")).text
    assert "Learning is off" in (await expect_reply(ann, "/learned")).text
    assert "Done this week: a task" in (await expect_reply(ann, "/stats")).text
    assert "Call Bob Done" in (await expect_edit_on_tap(ann, tip, "Done")).text
    assert "Done this week: 2 tasks" in (await expect_reply(ann, "/stats")).text
    assert (await expect_reply(ann, "/plan")).text == texts_privacy.MESSAGES_OFF
    await oo.tick("push", "remind", "deliver", "rewards", "learn", "embed")
    await expect_all_answered(oo, telegram)
    assert await oo.learned(await oo.person("7")) == taught
