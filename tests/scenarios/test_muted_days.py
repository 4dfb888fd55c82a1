"""Topics that are left out on some days of the week: "no work on weekends"."""

from __future__ import annotations

import pytest

from core.records import MutedDays
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

FRIDAY, SATURDAY, SUNDAY, MONDAY = "2026-12-04", "2026-12-05", "2026-12-06", "2026-12-07"


async def tip_at(oo: Scene, ann: Person, moment: str) -> str:
    """The text of what comes by itself at that moment, in UTC; empty if nothing does."""
    before = len(ann.chat.messages)
    await oo.at(moment)
    await oo.tick()
    return "".join(one.text for one in ann.chat.messages[before:])


async def test_work_rests_on_the_weekend_and_comes_back_on_monday(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-12-03T09:00:00")  # Thursday, 10:00 in Berlin
    await expect_reply(ann, "/add Write the report for work today p1")
    await expect_reply(ann, "/times 12:00")
    said = await expect_reply(ann, "no work tasks on weekends")
    assert said.screen() == 'I won\'t write about "work" on weekends.\n[Undo]'

    came = {day: await tip_at(oo, ann, f"{day}T11:00:00") for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)}

    assert [day for day, tip in came.items() if "report" in tip] == [FRIDAY, MONDAY]


async def test_the_day_is_that_of_the_persons_clock(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-12-04T23:30:00")  # Saturday in Berlin, still Friday in London
    await expect_reply(ann, "/add Write the report for work today p1")
    await expect_reply(ann, "/mute work on saturdays")
    assert "report" not in (await expect_reply(ann, "/tip")).text
    await expect_reply(ann, "/timezone London")
    assert "report" in (await expect_reply(ann, "/tip")).text


async def test_it_is_listed_and_allowed_again(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/mute rent")
    await expect_reply(ann, "/mute work, Sport on mondays and fridays")
    listed = (await expect_reply(ann, "what have i muted")).text
    assert listed.startswith(
        "I don't write about: rent, sport on Mondays and Fridays, work on Mondays and Fridays."
    )
    assert "Muted rent, sport on Mondays and Fridays, work on" in (await expect_reply(ann, "/prefs")).text

    allowed = await expect_reply(ann, "you can write about work again")
    assert allowed.text == 'I may write about "work" again.'
    assert (await oo.person("7")).preferences.muted_days == (MutedDays(topic="sport", days=(0, 4)),)
    await expect_edit_on_tap(ann, allowed, "Undo")
    assert len((await oo.person("7")).preferences.muted_days) == 2


async def test_undo_leaves_the_days_of_before(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/mute work on saturdays")
    more = await expect_reply(ann, "nothing about work on sundays")
    assert (await oo.person("7")).preferences.muted_days == (MutedDays(topic="work", days=(5, 6)),)
    await expect_edit_on_tap(ann, more, "Undo")
    assert (await oo.person("7")).preferences.muted_days == (MutedDays(topic="work", days=(5,)),)
    assert (await expect_reply(ann, "/mute work on saturdays")).labels == []


async def test_never_about_a_topic_and_its_undo_leave_the_days(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/mute work on saturdays")
    always = await expect_reply(ann, "/mute work")
    assert (await expect_reply(ann, "/mute work on sundays")).text == 'I won\'t write about "work".'
    await expect_edit_on_tap(ann, always, "Undo")
    assert "work on weekends" in (await expect_reply(ann, "/mute")).text


@pytest.mark.parametrize(
    ("language", "said", "answer", "listed"),
    [
        (
            "de",
            "am Wochenende nichts von der Arbeit",
            "Zu „arbeit“ schreibe ich am Wochenende nichts mehr.",
            "arbeit am Wochenende",
        ),
        (
            "fr",
            "pas de travail le dimanche",
            "Je n'écrirai pas sur « travail » le dimanche.",
            "travail le dimanche",
        ),
        (
            "es",
            "nada de trabajo los fines de semana",
            "No escribiré sobre «trabajo» los fines de semana.",
            "trabajo los fines de semana",
        ),
    ],
)
async def test_in_other_languages(
    oo: Scene, ann: Person, language: str, said: str, answer: str, listed: str
) -> None:
    await expect_reply(ann, f"/language {language}")
    assert (await expect_reply(ann, said)).text.replace("\u202f", " ").replace("\xa0", " ") == answer
    assert listed in (await expect_reply(ann, "/mute")).text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/mute on weekends", "topic"),
        ("nothing about work tomorrow", "I can't leave a topic out for a single day. Always: /mute work."),
    ],
)
async def test_what_can_not_be_is_said(oo: Scene, ann: Person, typed: str, answer: str) -> None:
    assert answer in (await expect_reply(ann, typed)).text
    assert (await oo.person("7")).preferences.muted_days == ()
