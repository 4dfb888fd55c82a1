"""The word undo: the latest of all that can be undone on this account, one after the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.conversation.undo import OF_A_TIP, UNDO
from bot.screens import texts
from bot.screens.agenda import review
from core.tasks.changes import remove_task
from tests.scenarios.intended import expect_screen
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.test_task_files import sent as send_file
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

ROOT = Path(__file__).parents[2]


async def test_undo_goes_back_step_by_step_through_tips_and_tasks(oo: Scene, ann: Person) -> None:
    async def then(text: str) -> str:
        await oo.app.intake.wait_until_answered()
        oo.clock.move(minutes=1)
        return (await expect_reply(ann, text)).text

    await then("/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    await then("done")
    await then("/add Dentist tuesday 10am")
    await then("move dentist to friday")
    await then("/edit dentist p1 30 min")
    await then("/remove dentist")

    assert await then("undo") == "Dentist is on your list again."
    assert await then("undo") == "Undone: Dentist, p4, no estimate."
    assert await then("rückgängig") == "Undone: Dentist, Tuesday 10:00."
    assert await then("undo that") == "Dentist Removed."
    assert await then("annuler") == '"Pay rent" is open again.'
    assert tip.labels == ["Done", "Snooze", "Dismiss"]
    assert await then("undo") == "Pay rent Removed."
    assert await then("undo") == texts.NOTHING_TO_UNDO


async def test_a_tap_counts_like_words(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")
    done = await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    await oo.app.intake.wait_until_answered()

    assert (await expect_reply(ann, "undo")).text == "Pay rent is open again."
    assert done.labels == []


async def test_what_is_older_than_a_day_is_not_undone(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")
    await oo.app.intake.wait_until_answered()
    oo.clock.move(hours=25)

    assert (await expect_reply(ann, "undo")).text == texts.NOTHING_TO_UNDO


async def test_undo_that_comes_too_late_says_why_and_goes_no_further_back(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")
    await expect_reply(ann, "/add Dentist")
    await expect_reply(ann, "/move dentist friday")
    person = await oo.person("7")
    dentist = next(one for one in await oo.open_tasks(person) if one.title == "Dentist")
    await remove_task(dentist.task_id, person, oo.app.deps)

    late = await expect_reply(ann, "undo")

    assert late.text == "Dentist It is no longer open, so I left it as it is."
    assert [one.title for one in await oo.open_tasks(person)] == ["Pay rent"]


async def test_without_anything_there_is_nothing_to_undo(ann: Person) -> None:
    assert (await expect_reply(ann, "undo")).text == texts.NOTHING_TO_UNDO


SETTINGS = {
    "write less": "As before: at most 3 a day.",
    "write more": "As before: at most 3 a day.",
    "/cap 0": "As before: at most 3 a day.",
    "/quiet 21:00-6:00": "As before: quiet hours 22:00–7:00.",
    "mute rent": 'I may write about "rent" again.',
    "schreib mir auf deutsch": "From now on I write to you in English.",
}


async def test_undo_takes_back_the_setting_that_was_changed_last_and_no_task(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Call Bob")
    person = await oo.person("7")
    tasks = await oo.open_tasks(person)
    for text, answer in SETTINGS.items():
        assert (await expect_reply(ann, text)).labels[0] in ("Undo", "Rückgängig"), text
        assert (await expect_reply(ann, "undo")).text == answer, text
        assert (await oo.person("7")).preferences == person.preferences
        assert await oo.open_tasks(person) == tasks
    assert (await expect_reply(ann, "undo")).text == "Call Bob Removed."


def test_the_words_know_every_button_undo() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    verbs = set(re.findall(r'label=texts\.UNDO,\s*verb="(\w+)"', sources))
    assert {"restore", "change_undo", "undo"} <= verbs
    assert verbs - set(UNDO) == {OF_A_TIP}


async def test_a_reminder_and_the_cancelling_of_one_are_undone(ann: Person) -> None:
    await expect_reply(ann, "/add Dentist tomorrow 15:00")
    assert "I'll remind you" in (await expect_reply(ann, "remind me an hour before the dentist")).text
    overview = await expect_reply(ann, "/remind")
    await expect_message_on_tap(ann, overview, "Cancel 1")

    assert (await expect_reply(ann, "undo")).text == "I'll remind you tomorrow at 14:00 again: Dentist."
    assert (await expect_reply(ann, "undo")).text == "I won't remind you of Dentist."
    assert (await expect_reply(ann, "undo")).text == "Dentist Removed."


async def test_what_a_button_of_the_look_back_did_is_undone(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Dentist today 23:00")
    await expect_reply(ann, "/add Pay rent today 22:00")
    said = await expect_screen(oo, ann, review)
    assert said is not None
    await expect_message_on_tap(ann, said, "Tomorrow 2")
    await expect_message_on_tap(ann, said, "Drop 1")

    assert (await expect_reply(ann, "undo")).text == "Pay rent is on your list again."
    assert (await expect_reply(ann, "undo")).text == "Dentist is due today at 23:00, as before."


async def test_a_setting_is_undone(ann: Person) -> None:
    await expect_reply(ann, "/cap 2")
    assert (await expect_reply(ann, "undo")).text == "As before: at most 3 a day."


TAKEN_BACK = {
    "done with the bike": ("no i didnt", "not done", "doch nicht erledigt", "pas fait", "no lo hice"),
    "remove the bike": (
        "put it back",
        "bring back the bike",
        "hol es zurück",
        "remets-le",
        "ponlo de vuelta",
    ),
}


async def test_other_words_take_back_a_completion_or_a_removal(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Fix the bike")
    for act, words in TAKEN_BACK.items():
        for text in (*words, "that was a mistake", "ups doch nicht"):
            await expect_reply(ann, act)
            assert not await oo.open_tasks(await oo.person("7"))
            await expect_reply(ann, text)
            assert await oo.open_tasks(await oo.person("7")), text


async def test_they_take_back_nothing_else(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Fix the bike")
    for text in ("no i didnt", "not done", "put it back", "remets-le", "the bike is not done"):
        assert "Is it something to do?" in (await expect_reply(ann, text)).text, text
        assert len(await oo.open_tasks(await oo.person("7"))) == 1, text


async def test_a_removed_task_comes_back_by_its_name_after_others(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Fix the bike")
    await expect_reply(ann, "remove the bike")
    await expect_reply(ann, "/add Buy milk")
    assert (await expect_reply(ann, "bring back the bike")).text == "Fix the bike is on your list again."
    assert len(await oo.open_tasks(await oo.person("7"))) == 2


async def test_many_tasks_are_not_taken_off_the_list_without_a_question(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add " + "\n".join(f"Errand number {n}" for n in range(6)))
    await expect_reply(ann, "xyzzy?")
    person = await oo.person("7")

    asked = await expect_reply(ann, "undo")
    assert "6 tasks" in asked.text
    assert asked.labels == ["Remove 6 tasks", "No"]
    assert (await expect_reply(ann, "no")).text == texts.NOT_DONE
    assert len(await oo.open_tasks(person)) == 6

    await expect_reply(ann, "undo")
    assert (await expect_reply(ann, "yes")).text == "Removed again: 6 tasks."
    assert not await oo.open_tasks(person)


async def test_an_import_is_not_taken_back_without_a_question(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    content = "\n".join(f"Errand number {n}" for n in range(60)).encode()
    offered = await send_file(ann, content)
    await expect_edit_on_tap(ann, offered, "Add 60")
    await expect_reply(ann, "xyzzy?")

    asked = await expect_reply(ann, "undo")
    assert "60 tasks" in asked.text
    assert len(await oo.open_tasks(await oo.person("7"))) == 60
    await expect_edit_on_tap(ann, asked, "Remove 60 tasks")
    assert asked.text == "Took 60 tasks back."
    assert not await oo.open_tasks(await oo.person("7"))


@pytest.mark.parametrize("words", ["not now", "dismiss"])
async def test_a_tip_that_was_put_off_is_back_and_not_open_again(oo: Scene, ann: Person, words: str) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Pay rent p1")
    for said in ("/tip", words):
        await oo.app.intake.wait_until_answered()
        oo.clock.move(minutes=1)
        await expect_reply(ann, said)
    assert (await expect_reply(ann, "undo")).text == 'The tip "Pay rent" is back.'
