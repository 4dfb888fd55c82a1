"""Requests about tasks that are doubtful, incomplete or twofold: what is asked, done, and left alone."""

from __future__ import annotations

from core.records import Task
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def add(ann: Person, *tasks: str) -> None:
    """Add tasks. The answers are in English, whatever language is typed."""
    await expect_reply(ann, "/language english")
    for task in tasks:
        await expect_reply(ann, f"/add {task}")


async def tasks_of(oo: Scene) -> list[Task]:
    return await oo.open_tasks(await oo.person("7"))


DOUBTFUL = {
    "delete the call bob marley task": "I am not sure which task you mean by",
    "remove call bob marley from my list": "I am not sure which task you mean by",
    "move call bob marley to friday": "I am not sure which task you mean by",
    "rename call bob marley to Marley": "I am not sure which task you mean by",
    "make call bob marley p1": "I am not sure which task you mean by",
    "move the dentist appointment to friday": "I am not sure which task you mean by",
    "verschiebe den Dentist Termin auf Freitag": "I am not sure which task you mean by",
    "lösche die Aufgabe Call Bob Marley": "I am not sure which task you mean by",
    "supprime la tâche call bob marley": "I am not sure which task you mean by",
    "/move dentist appointment friday": "I am not sure which task you mean by",
    "done with call bob marley": "I am not sure which task you mean by",
}


async def test_a_task_that_lacks_some_of_the_words_is_asked_about(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am", "Call Bob", "Buy milk")
    before = await tasks_of(oo)

    for text, answer in DOUBTFUL.items():
        said = await expect_reply(ann, text)
        assert answer in said.text, text
        assert said.labels, text
        assert await tasks_of(oo) == before, text


OVER = {
    "Call Martin": "Call Martina",
    "Errand qbdrl": "Errand qbdrt",
    "Zahnarzt Maier": "Zahnarzt Meier",
}
"""Titles of tasks that are done, and of open ones that are nearly the same."""
ABOUT_ONE = (
    "/remove {}",
    "/move {} friday",
    "/move {} to friday",
    "/edit {} p1",
    "delete the {} task",
    "done with {}",
)


async def test_the_title_of_a_task_that_is_over_is_no_typo_of_another_one(oo: Scene, ann: Person) -> None:
    await add(ann, *OVER)
    for over in OVER:
        await expect_reply(ann, f"done with {over}")
    await add(ann, *OVER.values(), "Buy milk")
    before = await tasks_of(oo)
    for over in OVER:
        for words in ABOUT_ONE:
            said = await expect_reply(ann, words.format(over))
            assert await tasks_of(oo) == before, said.text
    assert (await expect_reply(ann, "/remove Call Martna")).text == "Removed: Call Martina."


async def test_the_title_of_a_task_that_is_over_may_be_a_word_of_another_one(oo: Scene, ann: Person) -> None:
    await add(ann, "Milk")
    await expect_reply(ann, "done with milk")
    await add(ann, "Buy milk")
    assert (await expect_reply(ann, "/remove milk")).text == "Removed: Buy milk."


async def test_a_recurrence_keeps_the_time_of_day_and_without_a_weekday_the_date(
    oo: Scene, ann: Person
) -> None:
    await add(ann, "Dentist tuesday 10am", "Gym every monday 18:00")
    expected = {
        "make dentist weekly": "Moved: Dentist, Tuesday 10:00, every week.",
        "make dentist monthly": "Moved: Dentist, Tuesday 10:00, every month.",
        "repeat dentist every 3 days": "Moved: Dentist, Tuesday 10:00, every 3 days.",
        "repeat dentist every week at 9": "Moved: Dentist, Tuesday 9:00, every week.",
        "/edit dentist daily": "Moved: Dentist, Tuesday 10:00, every day.",
        "gym every tuesday instead": "Moved: Gym, Tuesday 18:00, every Tuesday.",
        "change gym to every weekday": "Moved: Gym, tomorrow 18:00, every weekday.",
        "make gym weekly": "Moved: Gym, tomorrow 18:00, every week.",
        "wiederhole Gym jeden Dienstag": "Moved: Gym, Tuesday 18:00, every Tuesday.",
        "répète gym chaque mardi": "Moved: Gym, Tuesday 18:00, every Tuesday.",
    }
    before = await tasks_of(oo)
    for text, answer in expected.items():
        assert (await expect_reply(ann, text)).text == answer
        await expect_reply(ann, "undo")
        assert await tasks_of(oo) == before


async def test_add_with_several_lines_adds_several_tasks(oo: Scene, ann: Person) -> None:
    said = await expect_reply(ann, "/add buy eggs\n- call Anna tomorrow\n\n\nfix the bike p1")

    assert said.text.splitlines()[1:] == ["1. buy eggs", "2. call Anna, tomorrow", "3. fix the bike, p1"]
    assert [task.title for task in await tasks_of(oo)] == ["buy eggs", "call Anna", "fix the bike"]
    assert (await expect_reply(ann, "/add Call Bob\n")).text == "Added: Call Bob."


NO_DATES = {
    "move dentist to 30 february": "30 february",
    "move dentist to yesterday": "yesterday",
    "reschedule the dentist to 25:00": "25:00",
    "move dentist to friday 25:00": "friday 25:00",
    "move dentist to last friday": "last friday",
    "postpone dentist by -3 days": "-3 days",
    "postpone dentist by 1000000 days": "1000000 days",
    "move dentist to 2300-01-01": "2300-01-01",
    "move it to 31 june": "31 june",
    "/move dentist 30 february": "30 february",
    "/move dentist to 25:00": "25:00",
    "verschiebe den Dentist auf den 30. Februar": "den 30. Februar",
    "verschiebe Dentist auf gestern": "gestern",
    "déplace dentist au 30 février": "30 février",
    "reporte dentist à hier": "hier",
}


async def test_a_move_to_what_is_no_date_changes_nothing_and_asks_when(oo: Scene, ann: Person) -> None:
    await add(ann, "Call Bob", "Dentist tuesday 10am")
    before = await tasks_of(oo)

    for text, typed in NO_DATES.items():
        said = await expect_reply(ann, text)
        assert f'"{typed}" as a date' in said.text, text
        assert said.text.splitlines()[-2:] == ["Dentist", "When?"]
        assert await tasks_of(oo) == before

    await expect_edit_on_tap(ann, said, "Tomorrow")
    assert said.text == "Moved: Dentist, tomorrow 10:00."


async def test_a_move_without_a_date_asks_when(oo: Scene, ann: Person) -> None:
    await add(ann, "Call Bob", "Dentist tuesday 10am")
    before = await tasks_of(oo)
    asks = (
        "postpone dentist",
        "reschedule the dentist",
        "verschiebe den Dentist",
        "reporte dentist",
        "move it",
    )
    for text in asks:
        assert (await expect_reply(ann, text)).text.splitlines() == ["Dentist", "When?"], text
    assert await tasks_of(oo) == before


async def test_a_to_do_that_begins_with_move_is_no_request(oo: Scene, ann: Person) -> None:
    await add(ann, "Move the car friday", "Dentist tuesday 10am", "Car wash")
    before = await tasks_of(oo)
    for text in ("move the car", "move the car to the garage", "move to berlin", "postpone the wedding"):
        assert "When?" not in (await expect_reply(ann, text)).text, text
    assert await tasks_of(oo) == before


async def test_a_request_about_all_tasks_adds_none(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am", "Call Bob")
    before = await tasks_of(oo)
    for text in (
        "move everything to tomorrow", "reschedule all my tasks to monday", "verschieb alles auf morgen",
        "verschiebe alle Aufgaben auf Montag", "déplace tout à demain", "reporte toutes les tâches à lundi",
    ):  # fmt: skip
        await expect_reply(ann, text)
        assert await tasks_of(oo) == before, text
    assert (await expect_reply(ann, "move all boxes to the garage on saturday")).text.startswith("Added:")


async def test_it_is_put_off_in_german_and_french_after_another_task_was_talked_about(ann: Person) -> None:
    await add(ann, "Water the plants today")
    await expect_reply(ann, "/tip")
    assert "comes back" in (await expect_reply(ann, "verschieb es auf morgen")).text
    await add(ann, "Dentist tuesday 10am")
    expected = {
        "verschieb es auf morgen": "Moved: Dentist, tomorrow 10:00.",
        "verschieb das um eine Stunde": "Moved: Dentist, tomorrow 11:00.",
        "reporte-le à vendredi": "Moved: Dentist, Friday 11:00.",
    }
    for text, answer in expected.items():
        assert (await expect_reply(ann, text)).text == answer


async def test_delete_before_a_title_that_begins_with_delete(ann: Person) -> None:
    await add(ann, "Delete old photos", "Call Bob")

    assert (await expect_reply(ann, "delete delete old photos")).text == "Removed: Delete old photos."


async def test_a_repeating_task_is_skipped_once(oo: Scene, ann: Person) -> None:
    await add(ann, "Gym every monday 18:00", "Water plants every 3 days", "Dentist tuesday 10am")
    before = await tasks_of(oo)
    gym = "Moved: Gym, Mon 30 Nov 18:00, every Monday."
    expected = dict.fromkeys(
        (
            "skip gym", "skip the next gym", "let's skip the gym this week", "skip gym tomorrow",
            "überspringe Gym", "lass Gym diese Woche aus",
            "saute le gym", "pas de gym cette semaine",
        ),
        gym,
    )  # fmt: skip
    once = "It is off only this once. To end the whole series, send: /remove Gym"
    expected["Gym fällt morgen aus"] = f"{gym}\n{once}"
    expected["skip water plants today"] = "Moved: Water plants, Wednesday, every 3 days."
    for text, answer in expected.items():
        assert (await expect_reply(ann, text)).text == answer, text
        await expect_reply(ann, "undo")
        assert await tasks_of(oo) == before
    for text in ("skip gym today", "Gym fällt heute aus", "skip dentist", "skip school"):
        assert "Moved" not in (await expect_reply(ann, text)).text, text
    assert [one for one in await tasks_of(oo) if one in before] == before


TWO_CHANGES = {
    "rename dentist to Zahnarzt and move it to friday": "Changed: Dentist is now Zahnarzt, Friday 10:00.",
    "move dentist to friday and make it p1": "Changed: Dentist, Friday 10:00, p1.",
    "make dentist p1, and move it to monday": "Changed: Dentist, tomorrow 10:00, p1.",
    "verschiebe Dentist auf Freitag und mach es dringend": "Changed: Dentist, Friday 10:00, p1.",
    "déplace dentist à vendredi et renomme-le en Dentiste": "Changed: Dentist is now Dentiste, Friday 10:00.",
    "rename dentist to salt and pepper": "Renamed: Dentist is now salt and pepper.",
    "rename dentist to look at it and ask about it": "Renamed: Dentist is now look at it and ask about it.",
}


async def test_two_changes_in_one_sentence_are_made_and_undone_together(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am", "Call Bob")
    before = await tasks_of(oo)
    for text, answer in TWO_CHANGES.items():
        assert (await expect_reply(ann, text)).text == answer, text
        await expect_reply(ann, "undo")
        assert await tasks_of(oo) == before


async def test_a_task_is_not_renamed_to_nothing(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am")
    before = await tasks_of(oo)
    for text in ('rename dentist to ""', 'rename dentist to "', "rename it to «»", '/edit dentist rename ""'):
        assert "Renamed" not in (await expect_reply(ann, text)).text, text
        assert await tasks_of(oo) == before


async def test_what_is_no_value_does_not_become_a_title(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am", "Call Bob")
    before = await tasks_of(oo)
    answers = {
        "what's on today": "Nothing is due today.",
        "was steht heute an?": "Nothing is due today.",
        "thanks": "You're welcome.",
        "how many did I do this week": "Done this week:",
        "cancel": "All right, I left it as it was.",
        "never mind": "All right, I left it as it was.",
        "laisse tomber": "All right, I left it as it was.",
    }
    for text, answer in answers.items():
        for label in ("Title", "Notes", "Labels", "Project"):
            card = await expect_reply(ann, "/edit dentist")
            await expect_edit_on_tap(ann, card, "Edit")
            await expect_message_on_tap(ann, card, label)
            assert (await expect_reply(ann, text)).text.startswith(answer), (label, text)
            assert await tasks_of(oo) == before
    assert (await expect_reply(ann, "buy milk tomorrow")).text == "Added: buy milk, tomorrow."


async def test_words_that_two_tasks_have_ask_which_is_meant(oo: Scene, ann: Person) -> None:
    await add(ann, "Pay rent", "Pay rent for the garage", "Call Bob", "Call Bob", "Report")
    before = await tasks_of(oo)
    asked = (
        "delete rent", "move rent to friday", "delete call bob", "move call bob to friday", "cancel rent",
        "rent takes 10 minutes", "make rent p1", "lösche rent", "supprime rent",
    )  # fmt: skip
    for text in asked:
        said = await expect_reply(ann, text)
        assert said.text.startswith("I am not sure which task you mean by"), text
        assert len(said.labels) == 2
        assert await tasks_of(oo) == before
    assert (await expect_reply(ann, "delete pay rent")).text == "Removed: Pay rent."


async def test_of_many_that_may_be_meant_the_most_pressing_come_first(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    names = ("Ann", "Bob", "Cem", "Dora", "Eve", "Fay", "Gil", "Hal", "Ida")
    await expect_reply(ann, "/add " + "\n".join(f"Call {name}" for name in names))
    await expect_reply(ann, "/add Call the very slow tax office about the bill today")
    for words in ("remove call", "move call to friday", "done with call"):
        asked = await expect_reply(ann, words)
        assert asked.text.splitlines()[1].startswith("1. Call the very slow tax office"), words


TOLD_BY_DATE = {
    "the shift on saturday is cancelled": "Removed: shift.",
    "cancel the shift on saturday": "Removed: shift.",
    "the call with mom on friday is off": "Removed: call mom.",
    "done with the shift on sunday": "shift Done at 9:00.",
    "move the shift on saturday to monday": "Moved: shift, tomorrow 13:00.",
    "move the visit on friday to saturday": "Moved: visit, Saturday.",
    "I won't clean the garage": "Removed: clean the garage.",
    "I can't clean the garage after all": "Removed: clean the garage.",
    "forget the garage": "Removed: clean the garage.",
    "I won't do yoga today": "Moved: yoga, Sun 29 Nov 19:00, every Sunday.",
    "I can't make it to yoga": "Moved: yoga, Sun 29 Nov 19:00, every Sunday.",
    "cancel yoga today": "Moved: yoga, Sun 29 Nov 19:00, every Sunday.",
    "remind me 30 min before my shift on saturday": "I'll remind you on Saturday at 12:30: shift.",
    "skip the stamps": "buy stamps\nWhen?",
    "skip the garage today": "clean the garage\nWhen?",
}


async def test_a_task_is_told_from_others_by_its_date(oo: Scene, ann: Person) -> None:
    await add(
        ann, "shift saturday 1pm", "shift sunday 9am", "call mom friday", "visit friday",
        "clean the garage", "buy stamps", "yoga every sunday at 19:00",
    )  # fmt: skip
    before = await tasks_of(oo)
    for text, answer in TOLD_BY_DATE.items():
        assert (await expect_reply(ann, text)).text.startswith(answer), text
        if "When?" not in answer:
            await expect_reply(ann, "undo")
        assert [task.due for task in await tasks_of(oo)] == [task.due for task in before], text


async def test_what_is_called_off_on_another_day_is_asked_about(oo: Scene, ann: Person) -> None:
    await add(ann, "yoga every wednesday at 19:00")
    before = await tasks_of(oo)
    assert "Remove" in (await expect_reply(ann, "cancel yoga next week")).labels
    assert await tasks_of(oo) == before


CHOSEN = {
    "the first one": "Moved: call Tom, Sun 29 Nov.",
    "the last": "Moved: call Tom's mom, Sun 29 Nov.",
    "2": "Moved: call Tom's mom, Sun 29 Nov.",
    "the one on friday": "Moved: call Tom, Sun 29 Nov.",
    "Tom's mom": "Moved: call Tom's mom, Sun 29 Nov.",
    "move 1": "Moved: call Tom, Sun 29 Nov.",
    "der zweite": "Moved: call Tom's mom, Sun 29 Nov.",
    "la primera": "Moved: call Tom, Sun 29 Nov.",
}


async def test_which_one_is_answered_in_words(oo: Scene, ann: Person) -> None:
    await add(ann, "call Tom friday", "call Tom's mom saturday", "buy milk")
    for text, answer in CHOSEN.items():
        await expect_reply(ann, "move Tom to sunday")
        assert (await expect_reply(ann, text)).text.startswith(answer), text
        await expect_reply(ann, "/language english")
        await expect_reply(ann, "undo")
        await expect_reply(ann, "undo")
        await expect_reply(ann, "/language english")


async def test_which_one_is_over_once_something_else_is_said(oo: Scene, ann: Person) -> None:
    await add(ann, "call Tom friday", "call Tom's mom saturday")
    before = await tasks_of(oo)
    await expect_reply(ann, "move Tom to sunday")
    await expect_reply(ann, "good morning")
    await expect_reply(ann, "the first one")
    assert [task for task in await tasks_of(oo) if task.title.startswith("call")] == before


async def test_a_button_is_pressed_by_what_it_says(ann: Person) -> None:
    await expect_reply(ann, "remind me to feed the cat at 11pm")
    assert (await expect_reply(ann, "yes, send it anyway")).text == "I'll remind you at 23:00: feed the cat."


async def test_nothing_overdue_and_nothing_undated_are_said_so(ann: Person) -> None:
    await add(ann, "buy milk tomorrow")
    assert (await expect_reply(ann, "what's overdue?")).text == "Nothing is overdue."
    assert (await expect_reply(ann, "/tasks no date")).text == "Every task has a date."
