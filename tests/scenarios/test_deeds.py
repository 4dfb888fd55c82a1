"""What somebody says to have done, in Telegram: the task is done if it is on the list; else nothing is."""

from __future__ import annotations

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

DEEDS = {
    "I've paid the rent": "Pay the rent",
    "Die Miete habe ich bezahlt": "Miete bezahlen",
    "j'ai payé le loyer": "Payer le loyer",
    "ya pagué el alquiler": "Pagar el alquiler",
}


async def test_a_deed_is_the_end_of_its_task_and_undone_exactly(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    for task in (*DEEDS.values(), "Call Bob"):
        await expect_reply(ann, f"/add {task}")
    before = await oo.open_tasks(await oo.person("7"))

    for text, title in DEEDS.items():
        said = await expect_reply(ann, text)
        assert said.text.startswith(f"{title} Done"), text
        assert title not in {task.title for task in await oo.open_tasks(await oo.person("7"))}
        await expect_edit_on_tap(ann, said, "Undo")
        assert await oo.open_tasks(await oo.person("7")) == before


async def test_a_deed_that_no_task_waits_for_touches_none(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Pay the rent")
    before = await oo.open_tasks(await oo.person("7"))

    for text in ("I moved the rent", "ich habe die Miete vergessen", "j'ai payé le plombier"):
        await expect_reply(ann, text)
        assert await oo.open_tasks(await oo.person("7")) == before, text


async def test_a_deed_that_two_tasks_may_wait_for_asks_which(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Pay the rent of the flat")
    await expect_reply(ann, "/add Pay the rent of the shed")

    said = await expect_reply(ann, "I've paid the rent")
    assert "Pay the rent of the flat" in said.text
    assert "Pay the rent of the shed" in said.text
    assert len(await oo.open_tasks(await oo.person("7"))) == 2


REPORTS = {
    "rent paid": "Pay the rent",
    "miete bezahlt": "Miete zahlen",
    "loyer payé": "Payer le loyer",
    "alquiler pagado": "Pagar el alquiler",
}
CALLED_OFF = {
    "dentist cancelled": "Dentist",
    "friseur abgesagt": "Friseur",
    "coiffeur annulé": "Coiffeur",
    "médica cancelada": "Médica",
}


async def test_a_report_in_two_words_is_the_end_of_its_task(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    for task in (*REPORTS.values(), *CALLED_OFF.values()):
        await expect_reply(ann, f"/add {task}")
    for text, title in REPORTS.items():
        assert (await expect_reply(ann, text)).text.startswith(f"{title} Done"), text
    for text, title in CALLED_OFF.items():
        assert (await expect_reply(ann, text)).text == f"Removed: {title}.", text
    assert not await oo.open_tasks(await oo.person("7"))


async def test_a_report_of_anything_else_is_not_added_but_offered(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    for text in (*REPORTS, *CALLED_OFF, "trash taken out", "rent can wait", "bread bought and report sent"):
        said = await expect_reply(ann, text)
        assert "Is it something to do?" in said.text, text
        assert not await oo.open_tasks(await oo.person("7")), text


async def test_two_reports_in_one_sentence_end_two_tasks(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    for task in ("Buy milk", "Call dad", "Buy bread"):
        await expect_reply(ann, f"/add {task}")
    said = await expect_reply(ann, "i bought the milk and called dad")
    assert len(await oo.open_tasks(await oo.person("7"))) == 1
    await expect_edit_on_tap(ann, said, "Undo all")
    assert len(await oo.open_tasks(await oo.person("7"))) == 3


async def test_the_verb_decides_which_of_two_like_tasks_is_done(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    for task in ("Rechnung 4711 prüfen", "Rechnung 4711 bezahlen", "Rechnung 4711 überweisen"):
        await expect_reply(ann, f"/add {task}")
    said = await expect_reply(ann, "Rechnung 4711 ist bezahlt")
    assert said.text.startswith("Rechnung 4711 bezahlen Done")
    await expect_edit_on_tap(ann, said, "Undo")

    await expect_reply(ann, "/add Rechnung 4711 bezahlen bei Anna")
    asked = await expect_reply(ann, "Rechnung 4711 ist bezahlt")
    assert "prüfen" not in asked.text
    assert asked.text.count("bezahlen") == 2
