"""Several requests in one message: one answer says all of it, and one undo takes all back."""

from __future__ import annotations

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.test_task_changes import add, tasks_of
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

TASKS = ("Dentist tuesday 10am", "Pay rent tomorrow", "Buy bread and butter", "Call Bob", "Gym every monday")
BOTH_REMOVED = "Removed: Dentist.\nRemoved: Pay rent."
BOTH_DONE = "Dentist Done at 9:00.\nPay rent Done at 9:00."
BOTH_MOVED = "Moved: Dentist, Friday 10:00.\nMoved: Pay rent, Friday."
REQUESTS = {
    "delete dentist\nmove rent to friday\nadd milk": (
        "Removed: Dentist.\nMoved: Pay rent, Friday.\nAdded: milk."
    ),
    "delete dentist and rent": BOTH_REMOVED,
    "delete the dentist and the rent please": BOTH_REMOVED,
    "remove both dentist and rent": BOTH_REMOVED,
    "remove dentist, rent and bread and butter": f"{BOTH_REMOVED}\nRemoved: Buy bread and butter.",
    "done with dentist and rent": BOTH_DONE,
    "dentist and rent are done": BOTH_DONE,
    "move dentist and rent to friday": BOTH_MOVED,
    "move dentist to friday and rent to thursday": (
        "Moved: Dentist, Friday 10:00.\nMoved: Pay rent, Thursday."
    ),
    "make dentist and rent p1": "Changed: Dentist, p1.\nChanged: Pay rent, p1.",
    "delete the dentist, move rent to friday and add milk": (
        "Removed: Dentist.\nMoved: Pay rent, Friday.\nAdded: milk."
    ),
    "done with the dentist\nremind me tomorrow at 8 to call Ann": (
        "Dentist Done at 9:00.\nI'll remind you tomorrow at 8:00: call Ann."
    ),
    "lösche Dentist und Rent": BOTH_REMOVED,
    "verschiebe Dentist und Rent auf Freitag": BOTH_MOVED,
    "fertig mit Dentist und Rent": BOTH_DONE,
    "supprime dentist et rent": BOTH_REMOVED,
    "déplace dentist et rent à vendredi": BOTH_MOVED,
    "j'ai fini dentist et rent": BOTH_DONE,
    "borra dentist y rent": BOTH_REMOVED,
    "mueve dentist y rent al viernes": BOTH_MOVED,
    "he terminado dentist y rent": BOTH_DONE,
}


async def prepared(ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await add(ann, *TASKS)


async def test_several_requests_are_confirmed_together_and_undone_together(oo: Scene, ann: Person) -> None:
    await prepared(ann)
    before = await tasks_of(oo)

    for text, answer in REQUESTS.items():
        said = await expect_reply(ann, text)
        assert said.text == answer, text
        await expect_edit_on_tap(ann, said, said.labels[-1])
        assert said.labels == []
        assert await tasks_of(oo) == before, text


async def test_the_word_undo_takes_all_of_it_back_once(oo: Scene, ann: Person) -> None:
    await prepared(ann)
    before = await tasks_of(oo)

    said = await expect_reply(ann, "delete dentist and rent")
    assert said.labels == ["Undo all"]
    assert (await expect_reply(ann, "undo")).text == (
        "Dentist is on your list again.\nPay rent is on your list again."
    )
    assert await tasks_of(oo) == before
    assert (await expect_reply(ann, "undo")).text.startswith("Gym Removed.")


async def test_a_title_with_an_and_in_it_is_one_task(oo: Scene, ann: Person) -> None:
    await prepared(ann)

    assert (await expect_reply(ann, "buy salt and pepper")).text == "Added: buy salt and pepper."
    assert (
        await expect_reply(ann, "done with bread and butter")
    ).text == "Buy bread and butter Done at 9:00."
    assert (await expect_reply(ann, "delete salt and pepper")).text == "Removed: buy salt and pepper."


async def test_to_dos_that_look_like_requests_stay_to_dos(oo: Scene, ann: Person) -> None:
    await prepared(ann)

    assert (await expect_reply(ann, "delete old photos\nadd milk")).text.startswith("Added 2 tasks:")
    assert (await expect_reply(ann, "call Ann and delete the dentist photos tomorrow")).text.startswith(
        "Added:"
    )
    assert len(await tasks_of(oo)) == len(TASKS) + 3


async def test_what_fits_no_task_is_left_and_said_while_the_rest_is_done(oo: Scene, ann: Person) -> None:
    await prepared(ann)

    said = await expect_reply(ann, "delete dentist\ndelete the boat\nmove rent to friday")
    assert said.text == (
        'Removed: Dentist.\nNo open task fits "delete the boat", so I left that.\nMoved: Pay rent, Friday.'
    )
    said = await expect_reply(ann, "move bob to friday\nmove bob to 30 february")
    assert said.text.startswith("Moved: Call Bob, Friday.\n")
    await expect_reply(ann, "undo")
    assert [task.title for task in await tasks_of(oo) if task.due is None] == [
        "Buy bread and butter",
        "Call Bob",
    ]


async def test_a_part_that_may_mean_two_tasks_is_asked_about(oo: Scene, ann: Person) -> None:
    await prepared(ann)
    await add(ann, "Call Bobby", "Call Bob Marley")

    said = await expect_reply(ann, "delete dentist\ndelete the call task")
    assert said.text.startswith("Removed: Dentist.\n")
    assert said.labels[-1] == "Undo"
    assert "Remove 2" in said.labels


async def test_the_reminder_before_an_event_is_promised_beside_it(ann: Person) -> None:
    said = await expect_reply(
        ann, "interview on thursday at 10:00, remind me the evening before to iron my shirt"
    )
    assert said.text.startswith("Added 2 tasks:")
    assert "2: I'll remind you on Wednesday at 18:30." in said.text
