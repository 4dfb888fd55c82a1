"""A few words that nearly name a task: what they surely mean is done, and anything else is asked, not guessed."""

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


# --- What was paid or booked, and is still to come -----------------------------------------------------------

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
