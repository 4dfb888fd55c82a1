"""What is reported to be done or off in the words of a title: it is news of an open task, and no to-do."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask, ChangeTask, Complete, Intent, MoveTask, RemoveTask, Several, SkipTask
from core.words.matching import best_match, done_tasks, fitting_tasks
from core.words.parts import done_parts
from core.words.reports import is_report
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)
TASKS = (
    "Pay rent", "Send report", "Laundry", "Dentist", "Cancel the gym", "Gas",
    "Miete zahlen", "Müll rausbringen", "Friseur", "Zahnarzt", "Papa anrufen", "Milch",
    "Payer le loyer", "Sortir les poubelles", "Coiffeur", "Pain",
    "Pagar el alquiler", "Sacar la basura", "Dentista", "Pan",
)  # fmt: skip


def _understood(text: str) -> Intent | None:
    return understand(text, now=NOW, zone=BERLIN)


def _done(text: str) -> list[str]:
    intent = _understood(text)
    assert isinstance(intent, Complete), intent
    return [TASKS[index] for index in done_tasks(intent.title, intent.deed, TASKS)]


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("rent paid", "Pay rent"),
        ("Rent paid!", "Pay rent"),
        ("rent already paid", "Pay rent"),
        ("rent paid today", "Pay rent"),
        ("rent: paid", "Pay rent"),
        ("report sent", "Send report"),
        ("report sent off", "Send report"),
        ("laundry washed", "Laundry"),
        ("gym cancelled", "Cancel the gym"),
        ("miete bezahlt", "Miete zahlen"),
        ("Miete schon überwiesen", "Miete zahlen"),
        ("müll rausgebracht", "Müll rausbringen"),
        ("papa angerufen", "Papa anrufen"),
        ("milch gekauft", "Milch"),
        ("loyer payé", "Payer le loyer"),
        ("loyer déjà réglé", "Payer le loyer"),
        ("poubelles sorties", "Sortir les poubelles"),
        ("pain acheté", "Pain"),
        ("alquiler pagado", "Pagar el alquiler"),
        ("alquiler ya pagado", "Pagar el alquiler"),
        ("basura sacada", "Sacar la basura"),
        ("pan comprado", "Pan"),
    ],
)
def test_a_noun_and_its_participle_complete_the_task(text: str, task: str) -> None:
    assert _done(text) == [task]


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("done rent", "Pay rent"),
        ("Done: rent", "Pay rent"),
        ("erledigt Milch", "Milch"),
        ("fertig: Miete", "Miete zahlen"),
        ("geschafft: Zahnarzt", "Zahnarzt"),
        ("fait: le pain", "Pain"),
        ("terminé : le loyer", "Payer le loyer"),
        ("fini avec le pain", "Pain"),
        ("hecho: el alquiler", "Pagar el alquiler"),
        ("terminada la basura", "Sacar la basura"),
    ],
)
def test_done_before_a_title_completes_the_task(text: str, task: str) -> None:
    intent = _understood(text)
    assert isinstance(intent, Complete), intent
    best = best_match(intent.title, TASKS)
    assert best is not None
    assert TASKS[best] == task


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("dentist cancelled", "Dentist"),
        ("dentist canceled today", "Dentist"),
        ("dentist tomorrow cancelled", "Dentist"),
        ("dentist called off", "Dentist"),
        ("I cancelled the dentist", "Dentist"),
        ("friseur abgesagt", "Friseur"),
        ("zahnarzt morgen abgesagt", "Zahnarzt"),
        ("ich hab den zahnarzt abgesagt", "Zahnarzt"),
        ("Friseur storniert", "Friseur"),
        ("coiffeur annulé", "Coiffeur"),
        ("j'ai annulé le coiffeur", "Coiffeur"),
        ("dentista cancelado", "Dentista"),
        ("he cancelado el dentista", "Dentista"),
    ],
)
def test_what_is_off_is_removed_unless_calling_it_off_was_the_task(text: str, task: str) -> None:
    assert _done(text) == []
    asked = getattr(_understood(text), "otherwise", None)
    assert isinstance(asked, SkipTask)  # of one that repeats, only the next time
    asked = asked.otherwise
    assert isinstance(asked, RemoveTask)
    assert [TASKS[one] for one in fitting_tasks(asked.title, TASKS, typed=asked.typed)] == [task]


@pytest.mark.parametrize("text", ["trash taken out", "bathroom cleaned", "Rechnung bezahlt", "facture payée"])
def test_news_of_what_is_not_on_the_list_is_no_task(text: str) -> None:
    assert is_report(text)
    assert not isinstance(_understood(text), AddTask)


@pytest.mark.parametrize(
    "text",
    [
        "get my car washed", "get documents signed tomorrow", "buy chicken feed", "garden shed friday",
        "call off the meeting", "change it bag battery", "have the suit cleaned by friday",
        "Miete bezahlen", "Arzt besuchen morgen", "morgen Amtsgericht 10 Uhr", "Friseur absagen",
        "Paket zurückgeben", "annuler le coiffeur demain", "payer le loyer", "pagar el alquiler",
        "acheter une prise", "réparer la prise", "préparer la sortie", "une prise", "hacer una llamada",
        "rellenar el impreso", "revisar el pedido", "cancelar la suscripción mañana", "wait for Bob tomorrow",
    ],
)  # fmt: skip
def test_a_to_do_is_no_report(text: str) -> None:
    assert not is_report(text)
    intent = _understood(text)
    assert not isinstance(intent, Complete)
    assert isinstance(intent, AddTask | None) or isinstance(
        getattr(intent, "otherwise", None), AddTask | None
    )


@pytest.mark.parametrize(
    "text", ["rent can wait", "die Miete kann warten", "le loyer peut attendre", "el alquiler puede esperar"]
)
def test_what_can_wait_is_moved_and_no_task(text: str) -> None:
    assert isinstance(_understood(text), MoveTask)
    assert getattr(_understood(text), "otherwise", 0) is None
    assert is_report(text)


@pytest.mark.parametrize(
    "text",
    [
        "rent can wait until friday", "the rent should be on friday", "die Miete kann bis Freitag warten",
        "die Miete soll am Freitag sein", "le loyer peut attendre jusqu'à vendredi",
        "el alquiler puede esperar hasta el viernes",
    ],
)  # fmt: skip
def test_until_when_it_can_wait_is_its_date(text: str) -> None:
    intent = _understood(text)
    assert isinstance(intent, ChangeTask)
    assert intent.only_if_it_fits


@pytest.mark.parametrize(
    "text",
    [
        "i bought the milk and called dad", "rent paid, report sent", "I paid the rent and sent the report",
        "milch gekauft und papa angerufen", "ich hab milch gekauft und papa angerufen",
        "j'ai acheté le pain et payé le loyer", "compré el pan y pagué el alquiler",
        "he comprado el pan y pagado el alquiler",
    ],
)  # fmt: skip
def test_two_deeds_are_two_requests(text: str) -> None:
    intent = _understood(text)
    assert isinstance(intent, Several)
    assert [type(one) for one in intent.asked] == [Complete, Complete]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("rent and gas paid", ["Pay rent", "Gas"]),
        ("paid the rent and the gas", ["Pay rent", "Gas"]),
        ("ich habe die Miete und die Milch bezahlt", ["Miete zahlen", "Milch"]),
        ("rent and chocolate paid", []),
    ],
)
def test_one_deed_may_do_two_tasks(text: str, tasks: list[str]) -> None:
    intent = _understood(text)
    assert isinstance(intent, Complete)
    assert [TASKS[one] for one in done_parts(intent.title, intent.deed, TASKS)] == tasks


@pytest.mark.parametrize(
    "text",
    [
        "milk and dad are both done", "milch und papa sind erledigt", "le pain et le loyer sont faits",
        "el pan y el alquiler están hechos",
    ],
)  # fmt: skip
def test_of_several_that_are_done_only_the_titles_are_left(text: str) -> None:
    intent = _understood(text)
    assert isinstance(intent, Complete)
    assert intent.title.split()[-1] in ("dad", "papa", "loyer", "alquiler")
