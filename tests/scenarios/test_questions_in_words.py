"""Questions about the list and the settings in words, and what oO says where it does something in"
" another way."""

from __future__ import annotations

from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

INVITE = "/invite makes a code with which somebody else can use me. Or is it something to do?"


async def said(ann: Person, text: str) -> list[str]:
    return (await expect_reply(ann, text)).text.splitlines()


async def add(ann: Person, *typed: str) -> None:
    for one in typed:
        await expect_reply(ann, f"/add {one}")


async def test_what_there_is_in_a_span_of_days_and_when_a_task_is(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-30T08:30:00")  # Monday
    await add(ann, "Call grandma friday 17:00", "Wash the car saturday", "Dentist in 9 days")
    assert (await said(ann, "what do i have to do this weekend"))[1:] == ["1. Wash the car, Saturday"]
    assert (await said(ann, "am i free friday afternoon"))[1:] == ["1. 17:00 Call grandma"]
    assert (await said(ann, "when do i have to call grandma"))[1:] == ["1. Call grandma, Friday 17:00"]
    assert (await said(ann, "how many tasks do i have left"))[0] == "3 tasks"
    assert (await said(ann, "when is the party")) == ['No open task fits "party". /tasks shows all of them.']


async def test_settings_are_shown_when_they_are_asked_for(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/mute work")
    assert (await said(ann, "when are my quiet hours"))[0] == "Quiet hours: 22:00–7:00."
    assert (await said(ann, "how many tips do i get")) == ["At most 3 a day. To change it: /cap 2"]
    assert (await said(ann, "what have i muted"))[0] == "I don't write about: work."
    assert (await said(ann, "why didnt you remind me"))[-1] == "No reminder is waiting."
    assert (await said(ann, "unmute work")) == ['I may write about "work" again.']


async def test_a_pause_for_a_weekend_may_be_for_every_one(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-30T08:30:00")  # Monday
    asked = await expect_reply(ann, "pause for the weekend")
    assert asked.text.startswith("I go silent on Saturday, until Mon 7 Dec.")
    then = (await expect_edit_on_tap(ann, asked, "Silent every weekend")).text
    assert then == "Quiet hours: 22:00–7:00, weekends all day."


async def test_whether_something_is_done_and_when(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add pay rent friday")
    await expect_reply(ann, "/add take pills every day")
    asked = await expect_reply(ann, "did I pay the rent?")
    assert asked.text.splitlines()[0] == "Not yet."
    await expect_message_on_tap(ann, asked, "Done 1")
    await said(ann, "done with pills")
    oo.clock.move(days=2)
    assert await said(ann, "have I paid the rent?") == ["Yes, on Sun 22 Nov at 9:00: pay rent."]
    known = await said(ann, "did I take my pills?")
    assert known[0] == "Yes, on Sun 22 Nov at 9:00: take pills."
    assert "take pills" in known[2]  # it repeats, and is open again
    oo.clock.move(days=40)
    [unknown] = await said(ann, "did I pay the rent?")
    assert unknown.startswith("I know of no such task")


async def test_fewer_tips_are_fewer_than_the_times_there_are(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/cap 5")
    await expect_reply(ann, "/times 9:00 18:00")
    assert await said(ann, "less tips") == ["At most 1 a day from now on."]


async def test_a_tip_is_declined_put_off_and_never_wanted_again_in_words(oo: Scene, ann: Person) -> None:
    await add(ann, "Wash the car", "Pay the rent", "Buy soap")
    await expect_reply(ann, "give me a tip")
    assert await said(ann, "not that one") == ["All right, not this one."]
    oo.clock.move(seconds=1)  # of tips of one instant, none is the latest
    await expect_reply(ann, "give me a tip")
    assert await said(ann, "i dont want to do that today") == ["All right, not now."]
    oo.clock.move(seconds=1)
    await expect_reply(ann, "another one")
    assert await said(ann, "never show me that again") == ["All right, not this one."]
    assert len((await oo.person("7")).preferences.muted) == 1


async def test_what_may_be_a_to_do_is_offered_as_one(oo: Scene, ann: Person) -> None:
    answer = await expect_reply(ann, "invite my wife")
    assert answer.text == INVITE
    assert (await expect_edit_on_tap(ann, answer, "Add it")).text == "Added: invite my wife."


async def test_two_tasks_can_not_be_swapped_and_other_things_are_a_to_do(oo: Scene, ann: Person) -> None:
    await add(ann, "Buy milk", "Call dad")
    assert (await said(ann, "swap milk and dad"))[0].startswith("The list goes by date and urgency")
    assert await said(ann, "swap sheets and towels") == ["Added: swap sheets and towels."]


async def test_a_question_is_no_step_of_a_task(oo: Scene, ann: Person) -> None:
    await add(ann, "Taxes")
    await expect_reply(ann, "split the taxes into 3 parts")
    assert (await said(ann, "what do you mean by parts"))[0].startswith("I didn't quite get that.")
    assert (await said(ann, "find the papers"))[-1] == "1. find the papers"
