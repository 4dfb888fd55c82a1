"""People with many tasks in Telegram: each task can come up, and /why is true of the whole list."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def add(ann: Person, *titles: str) -> None:
    for title in titles:
        await expect_reply(ann, f"/add {title}")


async def test_tasks_behind_twelve_dismissed_ideas_are_offered(oo: Scene, ann: Person) -> None:
    await add(ann, *(f"Idea number {n}" for n in range(12)))
    for _ in range(12):
        tip = await expect_reply(ann, "/tip")
        await expect_edit_on_tap(ann, tip, "Dismiss")
        await expect_edit_on_tap(ann, tip, "Not this")
    await add(ann, "Call Ann", "Renew passport")

    first = await expect_reply(ann, "/tip")
    why = await expect_reply(ann, "/why")

    assert first.text.startswith(("Call Ann", "Renew passport"))
    assert why.text.startswith("At 9:00 you had 14 open tasks")
    assert "Next would have been" in why.text or "as likely" in why.text


async def test_why_counts_what_could_not_be_chosen(oo: Scene, ann: Person) -> None:
    await add(ann, *(f"Idea number {n}" for n in range(3)), "Buy rice")
    await expect_reply(ann, "/mute idea")

    assert (await expect_reply(ann, "/tip")).text.startswith("Buy rice")
    assert (await expect_reply(ann, "/why")).text.endswith(
        "There was nothing else to choose from: 3 tasks about something you muted."
    )
    await expect_reply(ann, "/mute rice")
    oo.clock.set("2026-11-23T22:00:00")  # 23:00 in Berlin, when there is no other advice
    assert (await expect_reply(ann, "/tip")).text == (
        "Nothing on your list may come up right now: 4 tasks about something you muted."
        " /tasks shows all of it."
    )


async def test_a_long_list_is_weighed_in_part_and_why_says_so(oo: Scene, ann: Person) -> None:
    await add(ann, *(f"Errand number {n}" for n in range(60)))
    await expect_reply(ann, "/tip")

    assert (
        "I weighed the 20 most pressing and 12 that I drew from the rest"
        in (await expect_reply(ann, "/why")).text
    )


async def test_what_is_urgent_today_leads_a_year_of_overdue_tasks(oo: Scene, ann: Person) -> None:
    await add(ann, *(f"Errand number {n} today" for n in range(40)))
    oo.clock.move(days=300)
    await add(ann, "Send the contract today p1")
    for _ in range(15):
        tip = await expect_reply(ann, "/tip")
        if tip.text.startswith("Send the contract"):
            break
        oo.clock.move(minutes=1)
    assert tip.text.startswith("Send the contract")


@pytest.mark.parametrize(
    ("forth", "back"),
    [("more", "back"), ("weiter", "zurück"), ("Suivant", "précédent"), ("next ›", "anterior")],
)
async def test_a_page_is_turned_by_the_label_of_its_button(
    oo: Scene, ann: Person, forth: str, back: str
) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add " + "\n".join(f"Errand number {n}" for n in range(12)))
    first = await expect_reply(ann, "/tasks")
    second = await expect_reply(ann, forth)
    assert "Errand number 9" in second.text
    assert "\n9. " in second.text
    assert (await expect_reply(ann, back)).text == first.text


async def test_a_label_is_no_page_without_a_list(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    assert "1. " not in (await expect_reply(ann, "more")).text
