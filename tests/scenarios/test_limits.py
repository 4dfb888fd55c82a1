"""Bare words about times directly after oO's words about a task are about the task, and no setting."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_reply
from tests.scenarios.test_task_changes import tasks_of
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

LEFT = "I left "


@pytest.fixture(autouse=True)
async def _english(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-30T10:00:00")  # a Monday, 11:00
    await expect_reply(ann, "/language english")


async def talk(ann: Person, said: list[tuple[str, str]]) -> None:
    """Type each line and expect how its answer begins."""
    found = [(line, (await expect_reply(ann, line)).text[: len(answer)]) for line, answer in said]
    assert found == said


async def test_not_before_a_time(ann: Person) -> None:
    said = [
        ("groceries saturday", "Added: groceries, Saturday."),
        ("not before noon", "Moved: groceries, Saturday 12:00."),
        ("courses samedi", "Added: courses, Saturday."),
        ("pas avant midi", "Moved: courses, Saturday 12:00."),
        ("einkauf samstag", "Added: einkauf, Saturday."),
        ("nicht vor 12 Uhr", "Moved: einkauf, Saturday 12:00."),
        ("meeting dienstag", "Added: meeting, tomorrow."),
        ("erst nach 10 Uhr", "Moved: meeting, tomorrow 10:00."),
        ("compras el sábado", "Added: compras, Saturday."),
        ("no antes de las 12", "Moved: compras, Saturday 12:00."),
        ("dentist tomorrow at 10", "Added: dentist, tomorrow 10:00."),
        ("nothing before 9", LEFT),
        ("nothing after 17:00", LEFT),
        ("at 11", "Moved: dentist, tomorrow 11:00."),
        ("only weekdays, not before 9", LEFT),
        ("no messages before 9", "Quiet hours: 22:00–9:00."),
    ]
    await talk(ann, said)


async def test_days(ann: Person) -> None:
    said = [
        ("take pills every day at 8", "Added: take pills, tomorrow 8:00, every day"),
        ("only on weekdays", "Moved: take pills, tomorrow 8:00, every weekday"),
        ("gym every day at 18:00", "Added: gym"),
        ("no weekends", "Moved: gym, today 18:00, every weekday"),
        ("soup every day at 12", "Added: soup"),
        ("except sundays", "Moved: soup, today 12:00, every "),
        ("run every day at 13", "Added: run"),
        ("skip weekends", "Moved: run, today 13:00, every weekday"),
        ("lesen jeden tag um 20 uhr", "Added: lesen"),
        ("nicht am Wochenende", "Moved: lesen, today 20:00, every weekday"),
        ("laufen jeden tag um 19 uhr", "Added: laufen"),
        ("außer sonntags", "Moved: laufen, today 19:00, every "),
        ("marche chaque jour à 19h", "Added: marche"),
        ("pas le dimanche", "Moved: marche, today 19:00, every "),
        ("yoga cada día a las 19", "Added: yoga"),
        ("excepto los domingos", "Moved: yoga, today 19:00, every "),
        ("stretch every day at 21", "Added: stretch"),
        ("sauf le dimanche", "Moved: stretch, today 21:00, every "),
        ("meeting morgen um 15 Uhr", "Added: meeting"),
        ("nur werktags", LEFT),
        ("lunch tomorrow at 12", "Added: lunch"),
        ("not on weekends", LEFT),
        ("review wednesday 14:00", "Added: review"),
        ("only on wednesday", LEFT),
    ]
    await talk(ann, said)


async def test_a_time_to_be_notified(ann: Person) -> None:
    said = [
        ("meeting today at 15:00", "Added: meeting, today 15:00."),
        ("notify me at 2pm", "I'll remind you at 14:00: meeting."),
        ("ping me at 14:30", "I'll remind you at 14:30: meeting."),
        ("text me at 4", "I'll remind you at 16:00: meeting."),
        ("melde dich um 15 Uhr", "I'll remind you at 15:00: meeting."),
        ("escríbeme a las 16", "I'll remind you at 16:00: meeting."),
        ("écris-moi à 17h", "I'll remind you at 17:00: meeting."),
        ("call the dentist tomorrow", "Added"),
        ("only in the morning", "Moved: call the dentist, tomorrow 9:00."),
        ("zahnarzt anrufen morgen", "Added"),
        ("nur vormittags", "Moved: zahnarzt anrufen, tomorrow 9:00."),
        ("call bob tomorrow", "Added"),
        ("only at 3pm", "Moved: call bob, tomorrow 15:00."),
        ("just in the morning", LEFT),
        ("write me at 8 and 17", "I'll write at 8:00 and 17:00."),
        ("call ann tomorrow", "Added"),
        ("write me every day at 8", "I'll write at 8:00."),
        ("call tom tomorrow", "Added"),
        ("send me tips at 9", "I'll write at 9:00."),
        ("call eva tomorrow", "Added"),
        ("only write me in the morning", "I'll write at 9:00."),
    ]
    await talk(ann, said)


async def test_a_task_that_is_joined_has_the_day_of_the_one_before(ann: Person) -> None:
    said = [
        ("call Bob tomorrow at 3", "Added: call Bob, tomorrow 15:00."),
        ("and Anna at 4", "Added: call Anna, tomorrow 16:00."),
        ("and hoovering at 10", "Added: hoovering, tomorrow 10:00."),
        ("and Tom on friday at 4", "Added: Tom, Friday 16:00."),
        ("Mama anrufen morgen um 3", "Added: Mama anrufen, tomorrow 15:00."),
        ("und Papa um 4", "Added: Papa, tomorrow 16:00."),
        ("appeler Paul demain à 15h", "Added: appeler Paul, tomorrow 15:00."),
        ("et Anna à 16h", "Added: appeler Anna, tomorrow 16:00."),
        ("llamar a Luis mañana a las 15", "Added: llamar a Luis, tomorrow 15:00."),
        ("y Ana a las 16", "Added: Ana, tomorrow 16:00."),
        ("and remind me at 4 to leave", "I'll remind you at 16:00: leave."),
        ("gym at 5", "Added: gym, today 17:00."),
    ]
    await talk(ann, said)


async def test_let_me_know(ann: Person) -> None:
    said = [
        ("réunion demain à 15h", "Added"),
        ("let me know at 2pm", "I'll remind you tomorrow at 14:00: réunion"),
        ("remind me at 2pm", "I'll remind you tomorrow at 14:00: réunion"),
        ("préviens-moi à 14h", "I'll remind you tomorrow at 14:00: réunion"),
        ("avertis-moi à 14h", "I'll remind you tomorrow at 14:00: réunion"),
        ("alerte-moi à 14h", "I'll remind you tomorrow at 14:00: réunion"),
        ("avísame a las 16", "I'll remind you at 16:00: réunion"),  # tomorrow that would be too late
        ("gib mir um 13 Uhr Bescheid", "I'll remind you tomorrow at 13:00: réunion"),
        ("sag mir um 13:30 Bescheid", "I'll remind you tomorrow at 13:30: réunion"),
    ]
    await talk(ann, said)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("not before 9", "Quiet hours: "),
        ("only on weekdays", "Quiet hours: "),
        ("write me at 8", "I'll write at 8:00."),
        ("notify me at 2pm", "I'll write at 14:00."),
        ("nur vormittags", "I'll write at 9:00."),
    ],
)
async def test_without_a_task(oo: Scene, ann: Person, line: str, answer: str) -> None:
    await talk(ann, [("call mom tomorrow", "Added"), ("no tips on mondays", "Quiet"), (line, answer)])
    assert len(await tasks_of(oo)) == 1


@pytest.mark.parametrize("line", ["no weekends", "skip weekends", "except sundays", "only on wednesday"])
async def test_what_leaves_out_days_is_no_task_and_no_date(oo: Scene, ann: Person, line: str) -> None:
    said = [
        ("call mom every day", "Added"),
        ("no tips on mondays", "Quiet"),
        (line, "I didn't quite get that."),
    ]
    await talk(ann, said)
    assert [task.repeats for task in await tasks_of(oo)] == ["FREQ=DAILY"]
