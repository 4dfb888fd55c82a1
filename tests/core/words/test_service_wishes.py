"""Wishes that oO fulfils in another way, and to-dos that look like them."""

from __future__ import annotations

from core.words.intents import AskService, ExportTasks, SwapTasks
from core.words.requests import read_request
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW
from tests.rows import each_of

WISHES = {
    "invite": (
        "invite my wife", "invite a friend", "can I invite somebody?", "meine Frau einladen",
        "lade einen Freund ein",
        "invite ma femme", "invita a mi mujer",
    ),
    "print": ("print my list", "print out my tasks", "Liste drucken", "druck meine Liste aus",
    "imprime ma liste", "imprime mi lista"),
    "share": (
        "share my list with tom", "send my list to Tom", "teile meine Liste mit Tom",
        "schick meine Liste an Tom",
        "partage ma liste avec Tom", "comparte mi lista con Tom",
    ),
    "sort": (
        "sort by date", "sort my list by priority", "nach Datum sortieren", "sortiere meine Liste",
        "trie par date",
        "ordena mis tareas por fecha",
    ),
}  # fmt: skip

ALL_DATA = (
    "export my data", "download all my data", "give me my data", "Daten exportieren",
    "exportiere meine Daten",
    "exporte mes données", "exporta mis datos",
)  # fmt: skip

SWAPS = {
    "swap milk and dad": ("milk", "dad"),
    "tausche Milch und Papa": ("Milch", "Papa"),
    "échange le lait et papa": ("le lait", "papa"),
    "intercambia la leche y papá": ("la leche", "papá"),
}

TO_DOS = (
    "show my tasks to do", "zeige meine Aufgaben sortiert", "montre mes tâches à faire",
    "invite friends", "invite my wife to dinner on friday", "print the tickets", "print the guest list",
    "share the photos with tom", "sort the laundry", "sort the papers by date tomorrow", "swap the tires",
    "Fahrkarten drucken", "Reifen wechseln", "Wäsche sortieren", "export the report as pdf",
    "Daten vom Handy sichern am Freitag", "imprimer les billets", "imprimir los billetes",
)  # fmt: skip


@each_of([(said, what) for what, sayings in WISHES.items() for said in sayings])
def test_what_oo_is_asked_to_do_with_the_list(said: str, what: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(found, AskService)
    assert (found.what, found.typed) == (what, said.rstrip("?"))


@each_of([(said,) for said in ALL_DATA])
def test_all_data_are_exported(said: str) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == ExportTasks(text="")


@each_of(list(SWAPS.items()))
def test_two_tasks_are_to_be_swapped(said: str, both: tuple[str, str]) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(found, SwapTasks)
    assert (found.first, found.second) == both


@each_of([(said,) for said in TO_DOS])
def test_a_to_do_is_no_such_wish(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), AskService | SwapTasks | ExportTasks)


@each_of(
    (
        ("what should i do now i have 15 min", 15), ("what now i only have 20 minutes", 20),
        ("was soll ich jetzt machen ich habe 10 minuten", 10), ("que dois-je faire j'ai 15 minutes", 15),
        ("qué hago tengo 15 minutos", 15),
    )
)  # fmt: skip
def test_the_time_that_there_is_needs_no_mark_before_it(said: str, minutes: int) -> None:
    found = read_request(said, now=NOW, zone=BERLIN)
    assert found is not None
    assert found.minutes == minutes
