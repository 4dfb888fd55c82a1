"""Several requests in one message."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask, Several
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)  # a Sunday, 9:00 in Berlin

LINES = {
    "delete dentist\nmove rent to friday\nadd milk": "RemoveTask ChangeTask AddTask",
    "delete dentist\n\nthe rent is done": "RemoveTask Complete",
    "Hi\ndelete dentist\nmove rent to friday\nthanks!": "RemoveTask ChangeTask",
    "done with the dentist\nremind me tomorrow at 8 to call Ann": "Complete AddTask",
    "rename dentist to orthodontist\nmake rent p1\nskip the gym": "ChangeTask ChangeTask SkipTask",
    "delete 3\ndone 2": "RemoveTask Complete",
    "lösche Zahnarzt\nverschiebe die Miete auf Freitag": "RemoveTask ChangeTask",
    "lösche Zahnarzt\nfüge Milch hinzu": "RemoveTask AddTask",
    "supprime le dentiste\ndéplace le loyer à vendredi\najoute du lait": "RemoveTask ChangeTask AddTask",
    "borra el dentista\nmueve el alquiler al viernes\nañade leche": "RemoveTask ChangeTask AddTask",
}
SENTENCES = {
    "delete the dentist and move rent to friday": "RemoveTask ChangeTask",
    "delete the dentist, move rent to friday and add milk": "RemoveTask ChangeTask AddTask",
    "move dentist to friday and rent to monday": "ChangeTask ChangeTask",
    "make dentist p1 and rent p2": "ChangeTask ChangeTask",
    "move rent to friday; delete the dentist": "ChangeTask RemoveTask",
    "move rent to friday, then delete the dentist": "ChangeTask RemoveTask",
    "lösche Zahnarzt und verschiebe die Miete auf Freitag": "RemoveTask ChangeTask",
    "verschiebe Zahnarzt auf Freitag und die Miete auf Montag": "ChangeTask ChangeTask",
    "supprime le dentiste et déplace le loyer à vendredi": "RemoveTask ChangeTask",
    "borra el dentista y mueve el alquiler al viernes": "RemoveTask ChangeTask",
    "delete the dentist and also add milk": "RemoveTask AddTask",
    "lösche zahnarzt; anschließend verschiebe die miete auf freitag": "RemoveTask ChangeTask",
    "lösche den zahnarzt, außerdem füge milch hinzu": "RemoveTask AddTask",
    "supprime le dentiste et ensuite déplace le loyer à vendredi": "RemoveTask ChangeTask",
    "borra el dentista y además añade leche": "RemoveTask AddTask",
    "stamps done, garage tomorrow": "Complete ChangeTask",
    "dentist done and rent on friday": "Complete ChangeTask",
    "Briefmarken erledigt, Garage morgen": "Complete ChangeTask",
    "dentiste fait, garage demain": "Complete ChangeTask",
    "garage tomorrow, stamps done": "ChangeTask Complete",
    "Garage morgen, Briefmarken erledigt": "ChangeTask Complete",
}


def kinds(intent: object) -> str:
    assert isinstance(intent, Several)
    return " ".join(type(one).__name__ for one in intent.asked)


@pytest.mark.parametrize("typed", LINES)
def test_each_line_is_a_request(typed: str) -> None:
    intent = understand(typed, now=NOW, zone=BERLIN)
    assert kinds(intent) == LINES[typed]
    assert isinstance(intent, Several)
    assert not intent.is_sentence


@pytest.mark.parametrize("typed", SENTENCES)
def test_a_sentence_may_join_requests(typed: str) -> None:
    intent = understand(typed, now=NOW, zone=BERLIN)
    assert kinds(intent) == SENTENCES[typed]
    assert isinstance(intent, Several)
    assert intent.is_sentence


@pytest.mark.parametrize(
    "typed",
    [
        "buy bread and butter", "call Bob and delete the photos tomorrow", "buy milk and call Ann",
        "delete bread and butter", "delete the dentist and the rent", "move dentist and rent to friday",
        "done with dentist and rent", "write the report and send it to Ann by friday",
        "rename dentist to call Ann and Bob", "rename dentist to orthodontist and move it to friday",
        "Brot und Butter kaufen", "acheter du pain et du beurre", "comprar pan y mantequilla",
        "milk\neggs", "call Ann tomorrow\npay rent friday", "delete the dentist\nhow are you doing today",
        "Dear Bob,\nplease cancel the meeting.\nI will call you tomorrow.\nRegards",
    ],
)  # fmt: skip
def test_one_request_or_to_do_stays_one(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), Several)


def test_what_may_be_a_list_of_to_dos_keeps_that_reading() -> None:
    intent = understand("delete old photos\nadd milk", now=NOW, zone=BERLIN)
    assert isinstance(intent, Several)
    assert isinstance(intent.otherwise, AddTask)
    assert [draft.title for draft in intent.otherwise.drafts] == ["delete old photos", "milk"]
