"""Requests about the whole list, in four languages; and to-dos, and other data, that merely look like it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask, ChangeAll, ChangeTask, Complete, DeleteData, Intent, RemoveTask
from core.words.named_task import means_both
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)


def _understood(text: str) -> Intent | None:
    return understand(text, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("clear my list", ""),
        ("please empty the list", ""),
        ("delete everything on my list", ""),
        ("delete all tasks", ""),
        ("can you delete all my tasks?", ""),
        ("remove all of the tasks", ""),
        ("delete everything for saturday", "saturday"),
        ("delete today's tasks", "today"),
        ("remove all overdue tasks", "overdue"),
        ("cancel everything tomorrow", "tomorrow"),
        ("alle Aufgaben löschen", ""),
        ("lösche alle meine Aufgaben", ""),
        ("leere meine Liste", ""),
        ("lösch alles von meiner Liste", ""),
        ("lösch alles für Samstag", "Samstag"),
        ("vide ma liste", ""),
        ("supprime toutes les tâches", ""),
        ("efface tout sur ma liste", ""),
        ("borra todas las tareas", ""),
        ("vacía mi lista", ""),
        ("elimina todo de mi lista", ""),
        ("borra todo lo del sábado", "sábado"),
    ],
)
def test_all_tasks_are_removed(text: str, scope: str) -> None:
    assert _understood(text) == ChangeAll(what="remove", scope=scope)


@pytest.mark.parametrize(
    "text",
    [
        "delete everything", "remove everything", "delete all", "erase it all", "lösch alles",
        "alles löschen",
        "supprime tout", "efface tout", "borra todo", "eliminar todo",
    ],
)  # fmt: skip
def test_everything_may_be_the_account_as_well(text: str) -> None:
    assert _understood(text) == ChangeAll(what="remove", may_be_account=True)


@pytest.mark.parametrize(
    "text",
    [
        "delete my account", "delete my data", "delete everything about me",
        "erase everything you know about me",
        "lösche mein Konto", "lösche alles über mich", "alle Daten löschen", "supprime mon compte",
        "efface tout sur moi", "borra mi cuenta", "borra todo sobre mí",
    ],
)  # fmt: skip
def test_the_account_is_named(text: str) -> None:
    assert _understood(text) == DeleteData()


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("mark everything for saturday as done", "saturday"),
        ("mark all tasks as done", ""),
        ("tick off all tasks", ""),
        ("i did everything", ""),
        ("everything is done", ""),
        ("everything done today", ""),
        ("alles erledigt", ""),
        ("hak alles ab", ""),
        ("markiere alle Aufgaben als erledigt", ""),
        ("alles von heute ist erledigt", "heute"),
        ("tout est fait", ""),
        ("j'ai tout fini", ""),
        ("marque toutes les tâches comme faites", ""),
        ("todo está hecho", ""),
        ("marca todas las tareas como hechas", ""),
    ],
)
def test_all_tasks_are_done(text: str, scope: str) -> None:
    assert _understood(text) == ChangeAll(what="complete", scope=scope)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("push everything from today to tomorrow", "today"),
        ("move all tasks to next week", ""),
        ("move everything to tomorrow", ""),
        ("postpone everything by a day", ""),
        ("reschedule all overdue tasks to monday", "overdue"),
        ("verschieb alles auf morgen", ""),
        ("verschieb alles von heute auf morgen", "heute"),
        ("kannst du alle Aufgaben auf nächste Woche verschieben?", ""),
        ("reporte tout à demain", ""),
        ("déplace toutes les tâches d'aujourd'hui à demain", "aujourd'hui"),
        ("mueve todo a mañana", ""),
        ("pasa todas las tareas de hoy al lunes", "hoy"),
    ],
)
def test_all_tasks_are_moved(text: str, scope: str) -> None:
    asked = _understood(text)
    assert isinstance(asked, ChangeAll)
    assert (asked.what, asked.scope) == ("move", scope)
    assert asked.patch


@pytest.mark.parametrize(
    "text",
    [
        "clear the table", "empty the dishwasher", "clean everything for saturday",
        "finish everything by friday", "check the list tomorrow", "move all boxes to the cellar tomorrow",
        "delete all my emails tomorrow", "write my list of guests tomorrow", "alle Fenster putzen",
        "alles einpacken morgen", "tout nettoyer demain", "limpiar todo mañana", "buy both books",
    ],
)  # fmt: skip
def test_what_merely_looks_like_it_is_a_to_do(text: str) -> None:
    intent = _understood(text)
    assert isinstance(getattr(intent, "otherwise", intent), AddTask)


@pytest.mark.parametrize(
    "text",
    [
        "move everything to the cellar", "delete all photos", "lösch alle Fotos", "finish the list",
        "complete my list of guests", "termine ma liste", "beende meine Liste",
    ],
)  # fmt: skip
def test_other_things_are_not_the_list(text: str) -> None:
    asked = _understood(text)
    assert not isinstance(asked, ChangeAll) or asked.title  # those with these words, if there are any


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("delete both", RemoveTask),
        ("both are done", Complete),
        ("i did both of them", Complete),
        ("move both to friday", ChangeTask),
        ("lösch beide", RemoveTask),
        ("beide erledigt", Complete),
        ("supprime les deux", RemoveTask),
        ("borra los dos", RemoveTask),
    ],
)
def test_both_are_the_two_that_were_talked_about(text: str, kind: type) -> None:
    intent = _understood(text)
    assert isinstance(intent, RemoveTask | Complete | ChangeTask)
    assert isinstance(intent, kind)
    assert means_both(intent.title)


@pytest.mark.parametrize("text", ["verschieb den auf freitag", "verschieb die auf freitag"])
def test_a_pronoun_is_no_title(text: str) -> None:
    intent = _understood(text)
    assert isinstance(intent, ChangeTask)
    assert not intent.title


@pytest.mark.parametrize(
    "text",
    [
        "verschiebe alle überfälligen auf morgen", "verschieb alles Überfällige auf morgen",
        "verschiebe alles, was überfällig ist, auf morgen",
        "alle überfälligen Aufgaben auf morgen verschieben",
        "kannst du die überfälligen auf morgen verschieben?", "schieb alles was überfällig ist auf morgen",
        "déplace tout ce qui est en retard à demain", "reporte les tâches en retard à demain",
        "décale toutes celles qui sont en retard à demain",
        "peux-tu reporter tout ce qui est en retard à demain ?",
        "mueve todo lo atrasado a mañana", "pasa todas las atrasadas a mañana",
        "aplaza lo que está vencido a mañana", "move everything overdue to tomorrow",
        "move all overdue to tomorrow", "push the overdue ones to tomorrow",
        "reschedule everything that's overdue to tomorrow",
    ],
)  # fmt: skip
def test_what_is_overdue_is_moved(text: str) -> None:
    asked = _understood(text)
    assert isinstance(asked, ChangeAll)
    assert (asked.what, asked.scope) == ("move", "overdue")
    assert asked.patch is not None


@pytest.mark.parametrize(
    "text",
    [
        "alle überfälligen erledigt", "die überfälligen sind erledigt", "hak alle überfälligen Aufgaben ab",
        "markiere alles Überfällige als erledigt", "tout ce qui est en retard est fait",
        "marque toutes les tâches en retard comme faites", "todo lo atrasado está hecho",
        "marca las tareas vencidas como hechas", "mark the overdue ones as done",
        "everything that is overdue is done",
    ],
)  # fmt: skip
def test_what_is_overdue_is_done(text: str) -> None:
    assert _understood(text) == ChangeAll(what="complete", scope="overdue")


@pytest.mark.parametrize(
    ("text", "what", "title"),
    [
        ("lösche alle Rechnungen", "remove", "Rechnungen"),
        ("alle offenen Rechnungen löschen", "remove", "Rechnungen"),
        ("alle Rechnungen erledigt", "complete", "Rechnungen"),
        ("verschiebe alle Rechnungen auf Freitag", "move", "Rechnungen"),
        ("supprime toutes les factures", "remove", "factures"),
        ("marque tous mes appels comme faits", "complete", "appels"),
        ("reporte toutes les factures à vendredi", "move", "factures"),
        ("borra todas las facturas", "remove", "facturas"),
        ("pasa todas mis facturas al viernes", "move", "facturas"),
        ("delete all invoices", "remove", "invoices"),
        ("remove all of my invoices from today", "remove", "invoices from today"),
        ("mark all the invoices as done", "complete", "invoices"),
        ("move all meetings to friday", "move", "meetings"),
    ],
)
def test_all_tasks_with_a_word(text: str, what: str, title: str) -> None:
    asked = _understood(text)
    assert isinstance(asked, ChangeAll)
    assert (asked.what, asked.title) == (what, title)


@pytest.mark.parametrize(
    "text",
    [
        "alle Fenster putzen", "alle Rechnungen bezahlen", "toutes les factures à payer",
        "payer toutes les factures",
        "pagar todas las facturas", "pay all invoices", "water all plants", "alle Blumen gießen",
        "Überfällige Bücher zurückgeben", "return the overdue books",
    ],
)  # fmt: skip
def test_a_to_do_about_all_of_something_is_no_request(text: str) -> None:
    assert not isinstance(_understood(text), ChangeAll)
