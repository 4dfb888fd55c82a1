"""Reminders of tasks that are on the list, in people's own words."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def titles(oo: Scene) -> list[str]:
    return [task.title for task in await oo.open_tasks(await oo.person("7"))]


@pytest.mark.parametrize(
    ("task", "words", "at"),
    [
        ("Take out the bins", "remind me of the bins at 8pm", "20:00"),
        ("Pay the rent friday", "remind me about the rent at 5pm", "17:00"),
        ("Rent", "remind me of my rent at 17:00", "17:00"),
        ("Müll rausbringen", "erinnere mich an den Müll um 20 Uhr", "20:00"),
        ("Miete überweisen", "erinnere mich an die Miete um 17:30", "17:30"),
        ("Sortir les poubelles", "rappelle-moi les poubelles à 20h", "20:00"),
        ("Payer le loyer", "rappelle-moi le loyer à 17h", "17:00"),
        ("Sacar la basura", "recuérdame la basura a las 20", "20:00"),
        ("Pagar el alquiler", "recuérdame el alquiler hoy a las 17:00", "17:00"),
    ],
)
async def test_the_reminder_is_about_the_task_that_is_there(
    oo: Scene, ann: Person, task: str, words: str, at: str
) -> None:
    await expect_reply(ann, f"/add {task}")
    before = await titles(oo)
    said = await expect_reply(ann, words)
    assert before[0] in said.text
    assert at in said.text
    assert await titles(oo) == before


async def test_it_can_be_taken_back(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay the rent friday")
    said = await expect_reply(ann, "remind me of the rent at 5pm")
    assert "Pay the rent" in (await expect_edit_on_tap(ann, said, "Undo")).text
    async with oo.app.store.read() as unit:
        person = await oo.person("7")
        assert not any(one.next_at for one in await unit.reminders.of_person(person.person_id))
    assert await titles(oo) == ["Pay the rent"]


@pytest.mark.parametrize(
    "words",
    [
        "remind me to call mum at 5pm",
        "remind me of a meeting at 5pm",
        "remind me of the garden at 5pm",
        "erinnere mich um 17 Uhr daran, Mama anzurufen",
        "remind me every day at 5pm of the rent",
    ],
)
async def test_anything_else_is_a_task_of_its_own(oo: Scene, ann: Person, words: str) -> None:
    for task in ("Call mum", "Pay the rent", "Meeting notes"):
        await expect_reply(ann, f"/add {task}")
    await expect_reply(ann, words)
    assert len(await titles(oo)) == 4


@pytest.mark.parametrize(
    "words",
    [
        "remind me of number two at 5pm",
        "remind me about the second one at 5pm",
        "erinnere mich an nummer zwei um 17 uhr",
        "erinnere mich an die zweite um 17 uhr",
        "rappelle-moi le numéro deux à 17h",
        "recuérdame la segunda a las 17",
    ],
)
async def test_a_place_in_the_list_that_was_shown_is_a_task(oo: Scene, ann: Person, words: str) -> None:
    for task in ("Pay the rent tomorrow", "Call mum in 3 days", "Buy milk in 4 days"):
        await expect_reply(ann, f"/add {task}")
    listed = await expect_reply(ann, "/tasks")
    second = next(line for line in listed.text.splitlines() if line.startswith("2."))
    said = await expect_reply(ann, words)
    assert "17:00" in said.text
    assert "Call mum" in second
    assert "Call mum" in said.text
    assert len(await titles(oo)) == 3


async def test_it_rings_once_and_the_date_of_the_task_stays(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay the rent friday")
    (before,) = await oo.open_tasks(await oo.person("7"))
    await expect_reply(ann, "remind me of the rent at 5pm")
    oo.clock.set("2026-11-22T16:00:01")
    await oo.tick("remind", "deliver")
    assert "Pay the rent" in (await ann.expect_message()).text
    (after,) = await oo.open_tasks(await oo.person("7"))
    assert after.due == before.due
    async with oo.app.store.read() as unit:
        known = await unit.reminders.of_tasks([after.task_id])
    assert not any(one.next_at for one in known)


@pytest.mark.parametrize(
    ("task", "words", "when", "rings"),
    [
        ("dentist friday at 9", "remind me at 8", "Friday at 8:00", "2026-11-27T07:00:00"),
        ("zahnarzt freitag um 9", "erinnere mich um 8", "Freitag um 8:00", "2026-11-27T07:00:00"),
        ("interview wednesday at 10", "remind me in the morning", "Wednesday at 9:00", "2026-11-25T08:00:00"),
        ("pay rent friday", "remind me at 8", "Friday at 8:00", "2026-11-27T07:00:00"),
        ("dentist friday at 9", "remind me tomorrow at 8", "tomorrow at 8:00", "2026-11-23T07:00:00"),
        ("dentist friday at 9", "remind me in 2 hours", "11:00", "2026-11-22T10:00:00"),
        ("dentist today at 18:00", "remind me at 5", "17:00", "2026-11-22T16:00:00"),
    ],
)
async def test_a_time_of_day_alone_is_that_before_the_task_of_another_day(
    oo: Scene, ann: Person, task: str, words: str, when: str, rings: str
) -> None:
    await expect_reply(ann, task)
    assert when in (await expect_reply(ann, words)).text
    assert await ringing(oo) == [rings]


async def test_a_task_of_another_day_and_the_time_of_its_reminder_in_one_message(
    oo: Scene, ann: Person
) -> None:
    said = await expect_reply(ann, "dentist friday at 9, remind me at 8")
    assert "Friday at 8:00" in said.text
    assert await ringing(oo) == ["2026-11-27T07:00:00"]


async def ringing(oo: Scene) -> list[str]:
    """When the reminders will ring (UTC)."""
    async with oo.app.store.read() as unit:
        known = await unit.reminders.of_person((await oo.person("7")).person_id)
    return [f"{one.next_at:%Y-%m-%dT%H:%M:%S}" for one in known if one.next_at]


async def test_a_task_may_have_several_reminders(ann: Person) -> None:
    await expect_reply(ann, "/add pay rent friday 9am")
    for text, answer in (
        ("remind me in 20 minutes", "I'll remind you at 9:20: pay rent."),
        ("remind me again in 40 minutes", "I'll remind you at 9:40: pay rent."),
        ("remind me of the rent tomorrow at 8", "I'll remind you tomorrow at 8:00: pay rent."),
    ):
        assert (await expect_reply(ann, text)).text == answer
    listed = (await expect_reply(ann, "/remind")).text
    assert [time in listed for time in ("today 9:20", "today 9:40", "tomorrow 8:00")] == [True] * 3


CORRECTED = {
    "no, at 7pm": "I'll remind you at 19:00: pay rent.",
    "actually at 8pm": "I'll remind you at 20:00: pay rent.",
    "make it 9pm": "I'll remind you at 21:00: pay rent.",
    "7:30pm": "I'll remind you at 19:30: pay rent.",
    "nein, um 19 Uhr": "I'll remind you at 19:00: pay rent.",
    "non, à 19h": "I'll remind you at 19:00: pay rent.",
}


@pytest.mark.parametrize(("text", "answer"), CORRECTED.items())
async def test_a_reminder_that_was_just_promised_is_corrected_and_not_the_task(
    oo: Scene, ann: Person, text: str, answer: str
) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add pay rent friday 9am")
    (before,) = await oo.open_tasks(await oo.person("7"))
    await expect_reply(ann, "remind me of the rent at 6pm")

    assert (await expect_reply(ann, text)).text == answer
    assert await oo.open_tasks(await oo.person("7")) == [before]
    assert "18:00" not in (await expect_reply(ann, "/remind")).text

    await expect_reply(ann, "undo")
    assert "today 18:00: pay rent" in (await expect_reply(ann, "/remind")).text


async def test_after_something_else_words_correct_no_reminder(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add pay rent friday 9am")
    await expect_reply(ann, "remind me of the rent at 6pm")
    await expect_reply(ann, "/add buy milk")
    assert (await expect_reply(ann, "no, at 7pm")).text.startswith("Moved: buy milk, today 19:00.")
    assert "today 18:00: pay rent" in (await expect_reply(ann, "/remind")).text


async def test_reminders_before_a_task_add_up(ann: Person) -> None:
    await expect_reply(ann, "/add dentist thursday 3pm")
    for text, answer in (
        ("remind me a day before", "I'll remind you on Wednesday at 15:00: dentist."),
        ("and also an hour before", "I'll remind you on Thursday at 14:00: dentist."),
        ("remind me of it the evening before", "I'll remind you on Wednesday at 18:30: dentist."),
        ("remind me the day before at 5pm", "I'll remind you on Wednesday at 17:00: dentist."),
        ("remind me the morning of", "I'll remind you on Thursday at 9:00: dentist."),
    ):
        assert (await expect_reply(ann, text)).text == answer
    listed = (await expect_reply(ann, "/remind")).text
    assert [line.partition(". ")[2] for line in listed.splitlines() if line[0].isdigit()] == [
        "Wednesday 15:00: dentist",
        "Wednesday 17:00: dentist",
        "Wednesday 18:30: dentist",
        "Thursday 9:00: dentist",
        "Thursday 14:00: dentist",
    ]


async def test_a_reminder_before_needs_a_time_to_come(ann: Person) -> None:
    await expect_reply(ann, "/add buy bread")
    assert "has no time" in (await expect_reply(ann, "remind me the evening before")).text
    await expect_reply(ann, "/add dentist today 3pm")
    assert "passed" in (await expect_reply(ann, "remind me the evening before")).text
