"""A few words that nearly name a task: what they surely mean is done, anything else is not guessed."""

from __future__ import annotations

import pytest

from core.records import Task
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def tasks_after(oo: Scene, ann: Person, *tasks: str) -> list[Task]:
    """The open tasks once these were typed. The answers are in English, whatever language is typed."""
    await expect_reply(ann, "/language english")
    for task in tasks:
        await expect_reply(ann, task)
    return await oo.open_tasks(await oo.person("7"))


# --- What was paid or booked, and is still to come ---------------------------------------------------------

PREPARED = {
    "flight 12 december 6:40": "flight booked",
    "dentist tomorrow 10am": "dentist paid",
    "restaurant saturday 20:00": "restaurant booked",
    "hotel on 12 december": "hotel booked",
    "piano lesson every tuesday at 16:00": "piano lesson paid",
    "Konzert am Freitag 20 Uhr": "Konzert bezahlt",
    "Hotel am 12.12.": "Hotel gebucht",
    "coiffeur vendredi à 15h": "coiffeur payé",
    "vol le 12 décembre à 6h40": "j'ai réservé le vol",
    "vuelo el 12 de diciembre a las 6:40": "vuelo pagado",
    "hotel el 12 de diciembre": "ya he reservado el hotel",
}
FULFILLED = {
    "pay rent friday": "rent paid",
    "pay rent friday at 18:00": "rent paid",
    "book flight friday 9:00": "flight booked",
    "rent friday": "rent paid",
    "add gas": "gas paid",
    "Miete zahlen am Freitag um 18 Uhr": "Miete bezahlt",
    "Flug buchen am Freitag": "Flug gebucht",
    "payer le loyer vendredi à 18h": "loyer payé",
    "pagar el alquiler el viernes a las 18:00": "alquiler pagado",
}


@pytest.mark.parametrize(("task", "report"), PREPARED.items())
async def test_what_is_prepared_is_not_over(oo: Scene, ann: Person, task: str, report: str) -> None:
    before = await tasks_after(oo, ann, task)
    assert len(before) == 1
    said = await expect_reply(ann, report)
    assert "I am not sure" in said.text
    assert await oo.open_tasks(await oo.person("7")) == before
    await expect_edit_on_tap(ann, said, "Done 1")
    assert await oo.open_tasks(await oo.person("7")) != before


@pytest.mark.parametrize(("task", "report"), FULFILLED.items())
async def test_what_was_to_be_done_is_over(oo: Scene, ann: Person, task: str, report: str) -> None:
    assert len(await tasks_after(oo, ann, task)) == 1
    assert " Done" in (await expect_reply(ann, report)).text
    assert not await oo.open_tasks(await oo.person("7"))


# --- The beginning of another word -------------------------------------------------------------------------

BEGINNINGS = {
    "Hausarzt am Donnerstag 9 Uhr": "Haus geputzt",
    "Steuererklärung bis 20.12.": "Steuer bezahlt",
    "Milchreis kochen am Freitag": "entferne Milch",
    "Autohaus anrufen": "Auto um 15 Uhr",
    "Zahnarzttermin am Freitag": "Zahnarzt abgesagt",
    "rental car on friday 9:00": "rent at 5",
    "bookkeeper call friday 10:00": "cancel book",
    "milkshake recipe friday": "milk done",
    "portefeuille à réparer vendredi": "porte réparée",
    "chaton vétérinaire jeudi à 9h": "enlève chat",
    "cochecito de Leo el viernes": "quita coche",
}
FORMS = {
    "pay taxes friday": "remove tax",
    "water the plants friday": "done with plant",
    "Rechnungen sortieren am Freitag": "lösche Rechnung",
    "call the dentist friday": "remove dentists",
    "acheter des pommes vendredi": "supprime pomme",
    "comprar flores el viernes": "borra flor",
}


@pytest.mark.parametrize(("task", "text"), BEGINNINGS.items())
async def test_the_beginning_of_a_word_is_not_that_word(oo: Scene, ann: Person, task: str, text: str) -> None:
    (before,) = await tasks_after(oo, ann, task)
    await expect_reply(ann, text)
    assert before in await oo.open_tasks(await oo.person("7"))


@pytest.mark.parametrize(("task", "text"), FORMS.items())
async def test_another_form_of_a_word_is_that_word(oo: Scene, ann: Person, task: str, text: str) -> None:
    assert len(await tasks_after(oo, ann, task)) == 1
    await expect_reply(ann, text)
    assert not await oo.open_tasks(await oo.person("7"))


async def test_the_beginning_of_a_word_finds_it_in_the_list(oo: Scene, ann: Person) -> None:
    await tasks_after(oo, ann, "milkshake recipe friday", "call Bob")
    said = await expect_reply(ann, "/tasks milk")
    assert "milkshake" in said.text
    assert "Bob" not in said.text
    assert "milkshake" in (await expect_reply(ann, "/remove milk")).text
    assert len(await oo.open_tasks(await oo.person("7"))) == 2


# --- A repeating task that is off --------------------------------------------------------------------------

OFF_ONCE = {
    "standup every weekday at 9:00": "standup cancelled",
    "stand-up every weekday at 9:00": "stand-up cancelled tomorrow",
    "retro every weekday at 9:00": "retro tomorrow cancelled",
    "yoga every monday at 18:00": "yoga is cancelled",
    "pilates every monday at 18:00": "pilates off today",
    "ballet every tuesday at 18:00": "the ballet is off tomorrow",
    "zumba every monday at 18:00": "zumba cancelled today",
    "judo every monday at 18:00": "I cancelled the judo",
    "Yoga jeden Montag 18 Uhr": "Yoga fällt aus",
    "Pilates jeden Montag 18 Uhr": "Pilates abgesagt",
    "Sport jeden Montag 18 Uhr": "Sport fällt heute aus",
    "Judo jeden Montag 18 Uhr": "Judo ist abgesagt",
    "Chor jeden Dienstag 18 Uhr": "Chor fällt morgen aus",
    "yoga tous les lundis à 18h": "yoga annulé",
    "piano tous les lundis à 18h": "le piano est annulé",
    "danse tous les mardis à 18h": "danse annulée demain",
    "clase de inglés todos los lunes a las 18:00": "clase de inglés cancelada",
    "yoga todos los lunes a las 18:00": "yoga se canceló",
    "clase de baile todos los martes a las 18:00": "clase de baile cancelada mañana",
}
OFF_ON_ANOTHER_DAY = {
    "standup every weekday at 9:00": "standup cancelled on friday",
    "yoga every tuesday at 18:00": "yoga cancelled today",
    "pilates every tuesday at 18:00": "pilates off today",
    "Sport jeden Dienstag 18 Uhr": "Sport fällt heute aus",
    "Yoga jeden Dienstag 18 Uhr": "Yoga am Freitag abgesagt",
    "yoga tous les mardis à 18h": "yoga annulé vendredi",
    "yoga todos los martes a las 18:00": "yoga cancelado el viernes",
}
OFF_FOR_GOOD = {
    "dentist tomorrow 10:00": "dentist cancelled",
    "doctor tomorrow 10:00": "doctor cancelled tomorrow",
    "Zahnarzt morgen 10 Uhr": "Zahnarzt fällt aus",
    "dentista mañana a las 10:00": "el dentista está cancelado",
    "concert on friday 20:00": "the concert is cancelled",
    "Friseur morgen 10 Uhr": "Friseur abgesagt",
}
NO_NEWS = ("take a day off tomorrow", "turn the heating off today", "switch off the router tomorrow")


@pytest.mark.parametrize(("task", "text"), OFF_ONCE.items())
async def test_what_repeats_is_off_once(oo: Scene, ann: Person, task: str, text: str) -> None:
    await oo.at("2026-11-30T10:00")
    (before,) = await tasks_after(oo, ann, task)
    said = await expect_reply(ann, text)
    assert said.text.startswith("Moved: "), said.text
    assert f"To end the whole series, send: /remove {before.title}" in said.text
    (after,) = await oo.open_tasks(await oo.person("7"))
    assert after.repeats == before.repeats
    assert after.due
    assert before.due
    assert after.due.on > before.due.on
    await expect_edit_on_tap(ann, said, "Undo")
    assert await oo.open_tasks(await oo.person("7")) == [before]
    await expect_reply(ann, f"/remove {before.title}")
    assert not await oo.open_tasks(await oo.person("7"))


@pytest.mark.parametrize(("task", "text"), OFF_ON_ANOTHER_DAY.items())
async def test_a_later_time_that_is_off_is_asked_about(oo: Scene, ann: Person, task: str, text: str) -> None:
    await oo.at("2026-11-30T10:00")
    before = await tasks_after(oo, ann, task)
    said = await expect_reply(ann, text)
    assert {"Move", "Remove"} <= {*said.labels}, said.text
    assert await oo.open_tasks(await oo.person("7")) == before


@pytest.mark.parametrize(("task", "text"), OFF_FOR_GOOD.items())
async def test_what_is_once_and_off_is_removed(oo: Scene, ann: Person, task: str, text: str) -> None:
    await oo.at("2026-11-30T10:00")
    assert len(await tasks_after(oo, ann, task)) == 1
    assert (await expect_reply(ann, text)).text.startswith("Removed: ")


@pytest.mark.parametrize("text", NO_NEWS)
async def test_a_to_do_that_ends_with_off_is_no_news(oo: Scene, ann: Person, text: str) -> None:
    await oo.at("2026-11-30T10:00")
    assert len(await tasks_after(oo, ann, "yoga every monday at 18:00", text)) == 2


# --- Another time ------------------------------------------------------------------------------------------

ANOTHER = {
    "mum dentist on thursday 9:00": "dentist 15:00",
    "dinner Bob on thursday 19:00": "dinner 20:00",
    "report review wednesday 14:00": "report 17:00",
    "train to Berlin on thursday 9:00": "train 17:30",
    "Zahnarzt Mama am Donnerstag 9 Uhr": "Zahnarzt um 15 Uhr",
    "dîner Paul jeudi à 19h": "dîner à 20h",
    "comida con Ana el sábado": "comida 14:00",
}
THE_SAME = {
    "dentist on thursday 9:00": "dentist 15:00",
    "the dentist on friday 9:00": "dentist 15:00",
    "call bob friday at 10": "bob at 5",
    "dinner Bob today 19:00": "dinner 20:00",
    "Zahnarzt am Donnerstag 9 Uhr": "Zahnarzt um 15 Uhr",
    "Oma anrufen am Donnerstag 9 Uhr": "Oma um 15 Uhr",
    "appeler Marie jeudi à 19h": "Marie à 20h",
    "llamar a Ana el sábado a las 10:00": "Ana a las 14:00",
}


@pytest.mark.parametrize(("task", "text"), ANOTHER.items())
async def test_a_time_of_something_else_moves_no_task(oo: Scene, ann: Person, task: str, text: str) -> None:
    await oo.at("2026-11-30T10:00")
    (before,) = await tasks_after(oo, ann, task)
    assert (await expect_reply(ann, text)).text.startswith("Added: ")
    after = await oo.open_tasks(await oo.person("7"))
    assert before in after
    assert len(after) == 2


@pytest.mark.parametrize(("task", "text"), THE_SAME.items())
async def test_another_time_of_a_task_moves_it(oo: Scene, ann: Person, task: str, text: str) -> None:
    await oo.at("2026-11-30T10:00")
    await tasks_after(oo, ann, task)
    assert (await expect_reply(ann, text)).text.startswith("Moved: ")
    assert len(await oo.open_tasks(await oo.person("7"))) == 1
