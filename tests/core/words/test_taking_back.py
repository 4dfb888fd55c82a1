"""Words that take back what was done, in four languages; whether it was done, the conversation knows."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask, ChangeTask, Intent, Undo
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)


def _understood(text: str) -> Intent | None:
    return understand(text, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        "undo the last thing", "undo last", "revert", "revert that", "undo what I just did",
        "take back the last change", "mach das letzte rückgängig", "die letzte Änderung rückgängig machen",
        "nimm das zurück", "annule la dernière action", "reviens en arrière", "deshaz lo último",
        "anula la última acción",
    ],
)  # fmt: skip
def test_the_last_thing_is_undone(text: str) -> None:
    assert _understood(text) == Undo()


@pytest.mark.parametrize(
    "text",
    [
        "no i didnt", "wait i didnt", "wait, i didn't", "oops no i didnt", "I haven't done it yet",
        "not done", "it isn't done",
        "undone", "untick it", "doch nicht erledigt", "nein hab ich nicht", "noch nicht fertig",
        "ich hab es doch nicht gemacht", "pas fait", "non je l'ai pas fait", "ce n'est pas fini",
        "no lo hice", "aún no está hecho", "todavía no lo he hecho",
    ],
)  # fmt: skip
def test_a_tick_is_taken_back(text: str) -> None:
    assert _understood(text) == Undo(of="done")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I didn't call Bob", "call Bob"),
        ("no, the rent isn't done yet", "rent"),
        ("die Miete ist doch nicht erledigt", "Miete"),
        ("ich hab Bob noch nicht angerufen", "Bob"),
        ("le loyer n'est pas fait", "loyer"),
        ("el alquiler no está hecho", "alquiler"),
    ],
)
def test_a_tick_is_taken_back_by_its_task(text: str, title: str) -> None:
    asked = _understood(text)
    assert isinstance(asked, Undo)
    assert (asked.of, asked.title) == ("done", title)


@pytest.mark.parametrize(
    "text",
    [
        "put it back", "bring it back", "oops, put it back on my list", "restore it", "hol es zurück",
        "setz es wieder auf die Liste", "stell es wieder her", "remets-le", "remets-la sur la liste",
        "ponlo de vuelta", "vuelve a ponerlo en la lista", "recupéralo",
    ],
)  # fmt: skip
def test_what_is_off_is_brought_back(text: str) -> None:
    assert _understood(text) == Undo(of="off")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("bring back the bike", "bike"),
        ("put the bike back on the list", "bike"),
        ("hol das Fahrrad zurück", "Fahrrad"),
        ("stell das Fahrrad wieder her", "Fahrrad"),
        ("remets le vélo sur la liste", "vélo"),
        ("recupera la bici", "bici"),
    ],
)
def test_what_is_off_is_brought_back_by_its_title(text: str, title: str) -> None:
    asked = _understood(text)
    assert isinstance(asked, Undo)
    assert (asked.of, asked.title) == ("off", title)


@pytest.mark.parametrize(
    "text",
    [
        "that was a mistake", "oops, wrong one", "ups doch nicht", "doch nicht", "aus Versehen",
        "finalement non", "c'était une erreur", "al final no", "me equivoqué",
    ],
)  # fmt: skip
def test_what_was_done_just_now_was_a_mistake(text: str) -> None:
    assert _understood(text) == Undo(of="last")


@pytest.mark.parametrize(
    "text",
    [
        "bring back the drill", "put the milk back in the fridge", "bring back the library books tomorrow",
        "take the parcel back friday",
    ],
)  # fmt: skip
def test_a_to_do_is_one_if_nothing_of_it_is_off(text: str) -> None:
    intent = _understood(text)
    assert isinstance(intent.otherwise if isinstance(intent, Undo) else intent, AddTask)


def test_in_a_list_it_is_a_to_do() -> None:
    intent = _understood("bring back the drill\nbuy milk")
    assert isinstance(intent, AddTask)
    assert len(intent.drafts) == 2


def test_to_move_it_back_is_a_change() -> None:
    assert isinstance(_understood("move it back by a week"), ChangeTask)
