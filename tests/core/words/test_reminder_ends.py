"""What ends a reminder and leaves its task, in four languages; and what merely looks like it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask, EndReminder, Intent, Mute, ShowSettings
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)


def _understood(text: str) -> Intent | None:
    return understand(text, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("cancel the reminder", ""),
        ("cancel that reminder", ""),
        ("delete my last reminder please", ""),
        ("can you cancel the reminder?", ""),
        ("turn off the reminder", ""),
        ("turn the reminder off", ""),
        ("no reminder", ""),
        ("I don't need a reminder", ""),
        ("i dont need the reminder any more", ""),
        ("cancel the reminder for lunch", "lunch"),
        ("stop the reminder about the rent", "rent"),
        ("delete the dentist reminder", "dentist"),
        ("lösch die Erinnerung", ""),
        ("die Erinnerung löschen", ""),
        ("entferne bitte diese Erinnerung", ""),
        ("schalte die Erinnerung aus", ""),
        ("keine Erinnerung bitte", ""),
        ("kannst du die Erinnerung an den Zahnarzt löschen?", "Zahnarzt"),
        ("lösche die Erinnerung an den Zahnarzt", "Zahnarzt"),
        ("die Zahnarzt-Erinnerung löschen", "Zahnarzt"),
        ("brich die Erinnerung ab", ""),
        ("supprime le rappel", ""),
        ("annule ce rappel", ""),
        ("peux-tu supprimer le rappel ?", ""),
        ("enleve le rappel", ""),
        ("pas de rappel", ""),
        ("supprime le rappel du dentiste", "dentiste"),
        ("annule le rappel pour le loyer", "loyer"),
        ("borra el recordatorio", ""),
        ("cancela ese recordatorio", ""),
        ("puedes quitar el recordatorio?", ""),
        ("ya no quiero el recordatorio", ""),
        ("quita el recordatorio del dentista", "dentista"),
        ("elimina el aviso de la comida", "comida"),
    ],
)
def test_the_end_of_a_reminder_is_no_removal(text: str, title: str) -> None:
    assert _understood(text) == EndReminder(title=title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("dont remind me about lunch", "lunch"),
        ("don't remind me of the rent any more", "rent"),
        ("stop reminding me about the rent", "rent"),
        ("no need to remind me about the rent", "rent"),
        ("don't remind me", ""),
        ("erinner mich nicht mehr an das Mittagessen", "Mittagessen"),
        ("erinnere mich nicht an die Miete", "Miete"),
        ("du brauchst mich nicht an die Miete zu erinnern", "Miete"),
        ("an die Miete musst du mich nicht mehr erinnern", "Miete"),
        ("erinnere mich nicht daran", ""),
        ("ne me rappelle pas le déjeuner", "déjeuner"),
        ("arrête de me rappeler le loyer", "loyer"),
        ("ne me le rappelle pas", ""),
        ("no me recuerdes la comida", "comida"),
        ("deja de recordarme el alquiler", "alquiler"),
        ("no me lo recuerdes", ""),
    ],
)
def test_what_not_to_remind_of_is_a_reminder_if_one_waits(text: str, title: str) -> None:
    asked = _understood(text)
    assert isinstance(asked, EndReminder)
    assert (asked.title, asked.only_if_it_fits) == (title, True)


def test_it_is_a_topic_if_none_waits() -> None:
    asked = _understood("don't remind me about politics")
    assert isinstance(asked, EndReminder)
    assert asked.otherwise == Mute(topic="politics")


@pytest.mark.parametrize(
    "text",
    [
        "write a reminder for Bob", "remind me to cancel the reminder call at 5",
        "Erinnerung an Peter schreiben", "remind me not to call Bob tomorrow at 5",
        "erinnere mich morgen an die Miete", "rappelle-moi de payer le loyer demain",
        "recuérdame pagar el alquiler mañana", "check the reminder app tomorrow",
        "don't forget the rent tomorrow",
    ],
)  # fmt: skip
def test_what_merely_looks_like_it_is_a_task(text: str) -> None:
    assert isinstance(_understood(text), AddTask)


@pytest.mark.parametrize(
    "text",
    ["cancel the reminder for everything",
     "cancel my reminders", "delete all reminders", "lösch alle Erinnerungen", "supprime mes rappels",
     "borra todos los recordatorios"],
)  # fmt: skip
def test_of_several_one_is_chosen(text: str) -> None:
    assert _understood(text) == EndReminder(one_of_all=True)


def test_all_reminders_are_a_setting() -> None:
    assert _understood("turn off my reminders") == ShowSettings()


def test_what_not_to_remind_of_has_to_be_one_thing() -> None:
    assert not isinstance(_understood("don't remind me about everything"), EndReminder)
