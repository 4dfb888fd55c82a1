"""The end of a reminder in words, in Telegram: the task stays, and Undo brings the reminder back."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def titles(oo: Scene) -> list[str]:
    return sorted(task.title for task in await oo.open_tasks(await oo.person("7")))


async def ringing(oo: Scene) -> list[str | None]:
    async with oo.app.store.read() as unit:
        person = await oo.person("7")
        return [one.task_id for one in await unit.reminders.of_person(person.person_id) if one.next_at]


@pytest.mark.parametrize(
    ("task", "reminder", "words"),
    [
        ("Team lunch tomorrow 1pm", "remind me 30 minutes before", "cancel the reminder"),
        ("Team lunch tomorrow 1pm", "remind me 30 minutes before", "dont remind me about lunch"),
        ("Team lunch tomorrow 1pm", "remind me 30 minutes before", "delete the lunch reminder"),
        ("Teammeeting morgen 13 Uhr", "erinner mich 30 min vorher", "lösch die erinnerung"),
        ("Teammeeting morgen 13 Uhr", "erinner mich 30 min vorher", "erinner mich nicht ans Teammeeting"),
        ("Déjeuner demain 13h", "rappelle-moi 30 minutes avant", "supprime le rappel"),
        ("Comida mañana a las 13", "recuérdame 30 minutos antes", "borra el recordatorio"),
    ],
)
async def test_only_the_reminder_ends(oo: Scene, ann: Person, task: str, reminder: str, words: str) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, f"/add {task}")
    before = await titles(oo)
    await expect_reply(ann, reminder)
    rings = await ringing(oo)
    assert rings

    said = await expect_reply(ann, words)
    assert "stays on your list" in said.text
    assert not await ringing(oo)
    assert await titles(oo) == before

    await expect_edit_on_tap(ann, said, "Undo")
    assert await ringing(oo) == rings


async def test_of_a_task_that_is_there_for_its_reminder_the_task_can_be_removed_too(
    oo: Scene, ann: Person
) -> None:
    await expect_reply(ann, "remind me at 17:00 to leave")
    said = await expect_reply(ann, "cancel the reminder")
    assert not await ringing(oo)
    assert (await expect_edit_on_tap(ann, said, "Remove the task")).text == "Removed: leave."


async def test_the_only_reminder_is_meant_though_another_task_came_after_it(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 17:00 to leave")
    await expect_reply(ann, "/add Buy milk")
    assert (await expect_reply(ann, "cancel that reminder")).text.startswith("I won't remind you of leave.")
    assert await titles(oo) == ["Buy milk", "leave"]


async def test_of_several_the_person_chooses(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 17:00 to leave")
    await expect_reply(ann, "remind me at 18:00 to eat")
    await expect_reply(ann, "/add Buy milk")
    said = await expect_reply(ann, "cancel the reminder")
    assert "leave" in said.text
    assert "eat" in said.text
    assert len(await ringing(oo)) == 2


async def test_all_of_them_are_shown_with_a_button_each(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 17:00 to leave")
    said = await expect_reply(ann, "cancel all my reminders")
    assert said.labels == ["Cancel 1"]
    assert await ringing(oo)


async def test_without_a_reminder_nothing_ends(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Buy milk")
    assert "No reminder is waiting." in (await expect_reply(ann, "cancel the reminder")).text
    assert "no reminder of Buy milk" in (await expect_reply(ann, "delete the milk reminder")).text
    assert await titles(oo) == ["Buy milk"]


async def test_what_waits_nowhere_is_a_topic(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 17:00 to leave")
    assert "politics" in (await expect_reply(ann, "don't remind me about politics")).text
    assert await ringing(oo)
