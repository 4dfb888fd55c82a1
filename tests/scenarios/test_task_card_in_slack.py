"""A task's card in Slack: one form with all fields, checked by a strict workspace."""

from __future__ import annotations

import pytest

from core.chat import Channel
from core.records import Task
from tests.scenarios.slack_talk import account, expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene
from tests.servers.local import status
from tests.servers.slack import Message, Person, SlackServer


@pytest.fixture
def oo(office: Scene) -> Scene:
    return office


@pytest.fixture
async def ann(oo: Scene, slack: SlackServer) -> Person:
    return await welcomed(slack.user("U1", name="Ann"))


@pytest.fixture
async def card(oo: Scene, ann: Person) -> Message:
    """The card of a task, opened from the list."""
    await expect_reply(ann, "add Dentist tuesday 10am p1")
    return await expect_edit_on_tap(ann, await expect_reply(ann, "tasks"), "1 ›")


async def tasks_of(oo: Scene, ann: Person) -> list[Task]:
    return await oo.open_tasks(await oo.person(account(ann), Channel.SLACK))


async def test_the_list_and_the_card_in_slack(ann: Person, card: Message) -> None:
    assert card.screen() == (
        "*Dentist*\nDue: Tuesday 10:00\nPriority: p1\n[Done] [Move] [Edit] [Remove]\n[Break it down] [‹ List]"
    )
    await expect_edit_on_tap(ann, card, "‹ List")
    assert card.buttons == ["Done 1", "1 ›"]


async def test_a_form_changes_several_fields_at_once(oo: Scene, ann: Person, card: Message) -> None:
    [before] = await tasks_of(oo, ann)
    await ann.tap(card, "Edit")
    form = await ann.expect_view()
    assert "Dentist" in form.screen()
    assert "2026-11-24 10:00" in form.screen()

    await ann.submit_view(
        form,
        {
            "title": "Orthodontist",
            "due": "friday 9am",
            "priority": "p2",
            "minutes": "30 min",
            "labels": "health, phone",
            "project": "House",
            "notes": "<!channel> *x*\nsecond line",
        },
    )
    await ann.expect_edit(card)

    assert card.text.startswith("Changed: Dentist is now Orthodontist, Friday 9:00, p2, 30 minutes, ")
    assert card.buttons == ["Undo", "Open", "‹ List"]
    await expect_edit_on_tap(ann, card, "Undo")
    assert await tasks_of(oo, ann) == [before]


async def test_a_form_sent_as_it_was_changes_nothing(oo: Scene, ann: Person, card: Message) -> None:
    [before] = await tasks_of(oo, ann)
    await ann.tap(card, "Edit")
    form = await ann.expect_view()

    await ann.submit_view(form)
    await ann.expect_edit(card)

    assert card.text == "Dentist is like that already."
    assert await tasks_of(oo, ann) == [before]


async def test_a_form_overwrites_nothing_that_changed_while_it_was_open(
    oo: Scene, ann: Person, card: Message
) -> None:
    await ann.tap(card, "Edit")
    form = await ann.expect_view()
    await expect_reply(ann, "move dentist to friday")
    await expect_reply(ann, "rename dentist to orthodontist")

    await ann.submit_view(form, {"minutes": "30"})
    await ann.expect_edit(card)

    assert card.text == "Changed: orthodontist, 30 minutes."
    [task] = await tasks_of(oo, ann)
    assert task.due is not None
    assert task.due.on.isoformat() == "2026-11-27"


async def test_an_emptied_field_is_cleared(oo: Scene, ann: Person, card: Message) -> None:
    await ann.tap(card, "Edit")
    await ann.submit_view(await ann.expect_view(), {"due": ""})
    await ann.expect_edit(card)

    assert card.text == "Dentist has no date any more."


@pytest.mark.parametrize(
    ("field", "typed", "answer"),
    [
        ("due", "blue", 'I didn\'t get "blue" as a date.'),
        ("minutes", "blue", 'I didn\'t get "blue" as a length of time.'),
        ("title", "x" * 400, "That is too long for a task"),
        ("labels", " ".join(f"l{n}" for n in range(30)), "That is more than 20 labels."),
    ],
)
async def test_nonsense_in_a_form_is_helped_and_changes_nothing(
    oo: Scene, ann: Person, card: Message, field: str, typed: str, answer: str
) -> None:
    [before] = await tasks_of(oo, ann)
    await ann.tap(card, "Edit")

    await ann.submit_view(await ann.expect_view(), {"project": "House", field: typed})

    assert (await ann.expect_message()).text.startswith(answer)
    assert await tasks_of(oo, ann) == [before]


async def test_a_form_about_a_task_that_is_gone_changes_nothing(
    oo: Scene, ann: Person, card: Message
) -> None:
    await ann.tap(card, "Edit")
    form = await ann.expect_view()
    await expect_reply(ann, "delete the dentist task")

    await ann.submit_view(form, {"title": "Orthodontist"})
    await ann.expect_edit(card)

    assert "Nothing on your list" in card.text
    assert await tasks_of(oo, ann) == []


async def test_without_a_form_there_are_buttons(ann: Person, card: Message, slack: SlackServer) -> None:
    slack.faults.plan(status(503), on="views.open")

    await expect_edit_on_tap(ann, card, "Edit")
    assert card.buttons[:5] == ["p1", "p2", "p3", "p4", "Title"]
    await expect_edit_on_tap(ann, card, "p2")

    assert card.text == "Changed: Dentist, p2."


async def test_a_date_is_typed_into_a_form(ann: Person, card: Message) -> None:
    await expect_edit_on_tap(ann, card, "Move")
    await ann.tap(card, "Type a date")
    form = await ann.expect_view()

    await ann.submit_view(form, {"answer": "friday 9am"})
    await ann.expect_edit(card)

    assert card.text == "Moved: Dentist, Friday 9:00."


async def test_words_and_commands_in_slack(oo: Scene, ann: Person, card: Message) -> None:
    [before] = await tasks_of(oo, ann)
    for text, answer in {
        "move dentist to friday": "Moved: Dentist, Friday 10:00.",
        "/oo edit dentist p2 30 min": "Changed: Dentist, p2, 30 minutes.",
        "delete the dentist task": "Removed: Dentist.",
    }.items():
        if text.startswith("/oo "):
            await ann.slash("/oo", text.removeprefix("/oo "))
            said = await ann.expect_message()
        else:
            said = await expect_reply(ann, text)
        assert said.text == answer
        await expect_reply(ann, "undo")
        assert await tasks_of(oo, ann) == [before]


async def test_a_reply_in_the_thread_of_a_card_changes_its_task(ann: Person, card: Message) -> None:
    await expect_reply(ann, "add Call Bob")

    await ann.dm("tomorrow instead", thread=card)

    assert (await ann.expect_message()).text == "Moved: Dentist, tomorrow 10:00."


async def test_eight_tasks_are_shown_with_all_their_buttons(ann: Person, slack: SlackServer) -> None:
    for number in range(20):
        await expect_reply(ann, f"add Errand {number}")

    tasks = await expect_reply(ann, "tasks")

    numbers = range(1, 9)
    assert tasks.buttons == [*(f"Done {n}" for n in numbers), *(f"{n} ›" for n in numbers), "More ›"]
    assert slack.refusals == []
