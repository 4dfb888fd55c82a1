"""What oO has just confirmed is corrected in a few words: the date of a task, a reminder, a setting.

A task that is named with another time is moved, too, instead of being added again.
"""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_reply
from tests.scenarios.test_task_changes import tasks_of
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

WHICH = "Which task do you mean?"


@pytest.fixture(autouse=True)
async def _english(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-30T08:30:00")  # a Monday, 9:30
    await expect_reply(ann, "/language english")


async def talk(ann: Person, said: dict[str, str]) -> None:
    """Type each line and expect how its answer begins."""
    for line, answer in said.items():
        assert (await expect_reply(ann, line)).text.startswith(answer), line


async def test_the_task_that_was_just_added_is_corrected(oo: Scene, ann: Person) -> None:
    said = {
        "remind me at 5 to leave": "I'll remind you at 17:00: leave.",
        "no 5:30": "Moved: leave, today 17:30.",
        "actually 6": "Moved: leave, today 18:00.",
        "dentist tomorrow 3pm": "Added: dentist, tomorrow 15:00.",
        "sorry 4pm": "Moved: dentist, tomorrow 16:00.",
        "no, friday": "Moved: dentist, Friday 16:00.",
        "at 5 rather": "Moved: dentist, Friday 17:00.",
        "not friday but wednesday": "Moved: dentist, Wednesday 17:00.",
        "oops wrong day its thursday": "Moved: dentist, Thursday 17:00.",
        "wrong day": "dentist\nWhen?",
        "lunch with amy tomorrow at 12": "Added: lunch with amy, tomorrow 12:00.",
        "wednesday": "Moved: lunch with amy, Wednesday 12:00.",
        "at 1": "Moved: lunch with amy, Wednesday 13:00.",
    }
    await talk(ann, said)
    assert sorted(task.title for task in await tasks_of(oo)) == ["dentist", "leave", "lunch with amy"]


async def test_in_each_language(oo: Scene, ann: Person) -> None:
    said = {
        "zahnarzt morgen früh": "Added: zahnarzt, tomorrow 9:00.",
        "doch erst um 11": "Moved: zahnarzt, tomorrow 11:00.",
        "mach 14 uhr draus": "Moved: zahnarzt, tomorrow 14:00.",
        "16 uhr": "Moved: zahnarzt, tomorrow 16:00.",
        "ich meinte freitag": "Moved: zahnarzt, Friday 16:00.",
        "doch halb 6": "Moved: zahnarzt, Friday 17:30.",
        "dentiste demain à 15h": "Added: dentiste, tomorrow 15:00.",
        "non, vendredi": "Moved: dentiste, Friday 15:00.",
        "plutôt à 17h30": "Moved: dentiste, Friday 17:30.",
        "à 16h": "Moved: dentiste, Friday 16:00.",
        "cena con eva el viernes a las 9": "Added: cena con eva, Friday 21:00.",
        "mejor a las 8": "Moved: cena con eva, Friday 20:00.",
        "no, el jueves": "Moved: cena con eva, Thursday 20:00.",
    }
    await talk(ann, said)
    assert len(await tasks_of(oo)) == 3


async def test_the_lead_of_a_reminder_is_corrected(ann: Person) -> None:
    said = {
        "team lunch tomorrow 1pm": "Added: team lunch, tomorrow 13:00.",
        "remind me 30 minutes before it": "I'll remind you tomorrow at 12:30: team lunch.",
        "actually 15 minutes before": "I'll remind you tomorrow at 12:45: team lunch.",
        "20 minutes before": "I'll remind you tomorrow at 12:40: team lunch.",
    }
    await talk(ann, said)


async def test_the_time_of_a_reminder_is_said_in_words_of_correction(ann: Person) -> None:
    await expect_reply(ann, "remind me to call Bob")
    await talk(
        ann, {"sorry, at 5": "I'll remind you at 17:00: call Bob.", "no, 6": "Moved: call Bob, today 18:00."}
    )


async def test_a_word_that_takes_all_back_is_no_task(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "actually never mind")
    assert await tasks_of(oo) == []


async def test_the_setting_that_was_just_changed_is_corrected(oo: Scene, ann: Person) -> None:
    said = {
        "buy milk": "Added: buy milk.",
        "max 2 tips a day pls": "At most 2 a day from now on.",
        "actually make it 3": "At most 3 a day from now on.",
        "no, 4": "At most 4 a day from now on.",
        "make it 5": "At most 5 a day from now on.",
        "daily plan at 8:00": "From now on I'll send the plan of your day every day at 8:00",
        "no, 8:30am": "From now on I'll send the plan of your day every day at 8:30",
        "sorry, friday": "I didn't quite get that.",
    }
    await talk(ann, said)
    assert [(task.title, task.due) for task in await tasks_of(oo)] == [("buy milk", None)]


async def test_without_a_single_task_oo_asks(oo: Scene, ann: Person) -> None:
    await talk(ann, {"no, friday": WHICH, "buy milk": "Added: buy milk.", "done with buy milk": "buy milk"})
    await talk(ann, {"sorry 4pm": WHICH, "milk tomorrow, bread friday": "Added 2 tasks"})
    before = await tasks_of(oo)
    await talk(ann, {"no, saturday": WHICH, "actually 6": WHICH})
    assert await tasks_of(oo) == before


async def test_a_date_alone_is_about_a_task_only_directly_after_it(oo: Scene, ann: Person) -> None:
    await talk(ann, {"friday": "I didn't quite get that", "buy milk": "Added: buy milk."})
    await talk(ann, {"blubb": "I'm good", "friday": "I didn't quite get that"})
    await talk(ann, {"buy bread": "Added: buy bread."})
    await oo.app.intake.wait_until_answered()
    oo.clock.set("2026-11-30T09:00:00")
    await talk(ann, {"friday": "I didn't quite get that"})
    assert {task.due for task in await tasks_of(oo)} == {None}


async def test_about_a_tip_the_words_put_it_off(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent tomorrow")
    assert "Pay rent" in (await expect_reply(ann, "/tip")).text
    before = await tasks_of(oo)
    await expect_reply(ann, "no, friday")
    assert await tasks_of(oo) == before


RESTATED = {
    "zahnarzt mittwoch 14 uhr": "Added: zahnarzt, Wednesday 14:00.",
    "zahnarzt auf 15 uhr": "Moved: zahnarzt, Wednesday 15:00.",
    "der zahnarzt ist um 16 uhr": "Moved: zahnarzt, Wednesday 16:00.",
    "zahnarzt ist am freitag": "Moved: zahnarzt, Friday 16:00.",
    "fahrrad reparieren samstag": "Added: fahrrad reparieren, Saturday.",
    "fahrrad erst am sonntag": "Moved: fahrrad reparieren, Sunday.",
    "einkaufen morgen, oma sonntag anrufen": "Added 2 tasks",
    "oma um 15 uhr": "Moved: oma anrufen, Sunday 15:00.",
    "call bob friday at 10": "Added: call bob, Friday 10:00.",
    "bob at 5": "Moved: call bob, Friday 17:00.",
    "bob is on thursday": "Moved: call bob, Thursday 17:00.",
    "bob not until saturday": "Moved: call bob, Saturday 17:00.",
    "le coiffeur vendredi à 10h": "Added: le coiffeur, Friday 10:00.",
    "le coiffeur est à 16h": "Moved: le coiffeur, Friday 16:00.",
    "le coiffeur est jeudi": "Moved: le coiffeur, Thursday 16:00.",
    "peluquero el viernes a las 10": "Added: peluquero, Friday 10:00.",
    "el peluquero es a las 16": "Moved: peluquero, Friday 16:00.",
    "el peluquero es el jueves": "Moved: peluquero, Thursday 16:00.",
}


async def test_a_task_that_is_named_with_another_time_is_moved(oo: Scene, ann: Person) -> None:
    await talk(ann, RESTATED)
    assert len(await tasks_of(oo)) == sum("Added" in answer for answer in RESTATED.values()) + 1


async def test_what_may_be_another_task_is_added(oo: Scene, ann: Person) -> None:
    said = {
        "gym every monday 6pm": "Added: gym, today 18:00, every Monday.",
        "gym at 5": "Added: gym, today 17:00.",
        "call bob friday at 10": "Added: call bob, Friday 10:00.",
        "call bob wednesday at 5": "Added: call bob, Wednesday 17:00.",
        "bobsleigh at 5": "Added: bobsleigh, today 17:00.",
        "call off the meeting": "Added: call off the meeting.",
        "remind me at 5 to call bob": "I'll remind you at 17:00: call bob.",
    }
    await talk(ann, said)
    assert len(await tasks_of(oo)) == len(said)
