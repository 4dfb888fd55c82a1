"""What somebody has done, is asked to be told later, or wants as a file; each in four languages."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask, ChangeTask, Complete, ExportTasks, Intent, MoveTask, Snooze
from core.words.matching import done_tasks
from core.words.understand import understand, wished

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, tzinfo=BERLIN)
TASKS = (
    "Pay the rent", "Call Ann", "Dentist",
    "Miete bezahlen", "Oma anrufen", "Pflanzen gießen", "Strom",
    "Payer le loyer", "Appeler Marie", "Rendre les livres", "Facture",
    "Pagar el alquiler", "Llamar a Ana", "Devolver los libros", "Gas",
)  # fmt: skip


def _understood(text: str) -> Intent | None:
    return understand(text, now=NOW, zone=BERLIN)


def _done(text: str) -> str | None:
    intent = _understood(text)
    assert isinstance(intent, Complete)
    found = done_tasks(intent.title, intent.deed, TASKS)
    return TASKS[found[0]] if len(found) == 1 else None


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("paid the rent", "Pay the rent"),
        ("I've paid the rent", "Pay the rent"),
        ("I already paid the rent", "Pay the rent"),
        ("I paid the rent yesterday", "Pay the rent"),
        ("the rent is paid", "Pay the rent"),
        ("I just called Ann", "Call Ann"),
        ("I have called the dentist", "Dentist"),
        ("Miete ist bezahlt", "Miete bezahlen"),
        ("Die Miete habe ich bezahlt", "Miete bezahlen"),
        ("ich habe die Miete schon bezahlt", "Miete bezahlen"),
        ("hab die Miete überwiesen", "Miete bezahlen"),
        ("Ich habe heute Oma angerufen", "Oma anrufen"),
        ("Oma habe ich gestern angerufen", "Oma anrufen"),
        ("die Pflanzen sind gegossen", "Pflanzen gießen"),
        ("ich habe die Pflanzen gegossen", "Pflanzen gießen"),
        ("Strom ist bezahlt", "Strom"),
        ("j'ai payé le loyer", "Payer le loyer"),
        ("J’ai déjà payé le loyer", "Payer le loyer"),
        ("le loyer est payé", "Payer le loyer"),
        ("j'ai enfin réglé le loyer", "Payer le loyer"),
        ("j'ai appelé Marie hier", "Appeler Marie"),
        ("on a rendu les livres", "Rendre les livres"),
        ("les livres sont rendus", "Rendre les livres"),
        ("j'ai payé la facture", "Facture"),
        ("ya pagué el alquiler", "Pagar el alquiler"),
        ("pagué el alquiler ayer", "Pagar el alquiler"),
        ("ya pague el alquiler", "Pagar el alquiler"),
        ("he pagado el alquiler", "Pagar el alquiler"),
        ("el alquiler ya está pagado", "Pagar el alquiler"),
        ("ya llamé a Ana", "Llamar a Ana"),
        ("he devuelto los libros", "Devolver los libros"),
        ("ya he pagado el gas", "Gas"),
    ],
)
def test_a_deed_completes_the_task_that_it_does(text: str, task: str) -> None:
    assert _done(text) == task


@pytest.mark.parametrize(
    "text",
    [
        "I moved the rent", "I cancelled the dentist", "I missed the dentist", "I called the plumber",
        "ich habe die Miete vergessen", "die Miete ist gestiegen", "Strom ist ausgefallen",
        "j'ai oublié le loyer", "j'ai perdu la facture", "j'ai payé le plombier",
        "he olvidado el alquiler", "ya pagué la luz",
    ],
)  # fmt: skip
def test_any_other_deed_touches_no_task(text: str) -> None:
    intent = _understood(text)
    if intent is not None:
        assert _done(text) is None


def test_each_task_that_a_deed_may_do_is_found() -> None:
    assert done_tasks("rent", "paid", ("Pay the rent", "Call Ann", "Pay the rent of the garage")) == [0, 2]


@pytest.mark.parametrize(
    "text",
    [
        "I'm tired", "ich bin müde", "je suis fatigué", "pague el alquiler", "have I paid the rent?",
        "I haven't paid the rent", "ich habe die Miete noch nicht bezahlt", "je n'ai pas payé le loyer",
        "no he pagado el alquiler", "qué tal estás", "aquí hace frío", "así me gusta",
        "todavía no he pagado el alquiler",
    ],
)  # fmt: skip
def test_talk_and_what_was_not_done_are_no_deed(text: str) -> None:
    assert not isinstance(_understood(text), Complete)


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("export my tasks", "tasks"), ("export all my tasks as csv", "tasks csv"),
        ("please download my todo list", "tasks"), ("can you export the tasks?", "tasks"),
        ("exportiere meine aufgaben", "tasks"), ("Exportiere bitte alle Aufgaben als CSV", "tasks CSV"),
        ("kannst du meine Aufgaben exportieren?", "tasks"), ("meine Aufgaben herunterladen", "tasks"),
        ("lade meine Liste als todo.txt herunter", "tasks todo.txt"),
        ("exporte mes tâches", "tasks"), ("exporter mes tâches en csv", "tasks csv"),
        ("peux-tu exporter toutes mes tâches ?", "tasks"), ("télécharge ma liste", "tasks"),
        ("exporta mis tareas", "tasks"), ("puedes exportar mis tareas en csv", "tasks csv"),
        ("descarga la lista de tareas", "tasks"), ("expórtame", None), ("export the video", None),
        ("exportiere das Video", None), ("save the date", None),
    ],
)  # fmt: skip
def test_the_tasks_are_asked_for_as_a_file(text: str, argument: str | None) -> None:
    intent = _understood(text)
    assert (intent.text if isinstance(intent, ExportTasks) else None) == argument


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("remind me later about the rent", "the rent"),
        ("remind me about the rent later", "the rent"),
        ("erinnere mich später an die Miete", "die Miete"),
        ("erinnere mich an die Miete später", "die Miete"),
        ("erinner mich ein andermal wieder an die Miete", "die Miete"), ("Miete schlummern", "Miete"),
        ("rappelle-moi plus tard de payer le loyer", "payer le loyer"),
        ("rappelle-moi le loyer plus tard", "le loyer"), ("rappelle-moi une autre fois de payer", "payer"),
        ("recuérdame más tarde lo del alquiler", "alquiler"), ("recuérdame el alquiler luego", "el alquiler"),
        ("recuerdame despues pagar el alquiler", "pagar el alquiler"),
    ],
)  # fmt: skip
def test_a_task_is_snoozed_without_a_time(text: str, words: str) -> None:
    intent = _understood(text)
    assert isinstance(intent, MoveTask)
    assert intent.words == words


@pytest.mark.parametrize(
    "text",
    [
        "snooze the rent until friday", "schlummere die Miete bis Freitag", "verschieb die Miete auf Freitag",
        "snooze le loyer à vendredi", "reporte le loyer à vendredi", "snooze el alquiler hasta el viernes",
        "pospón el alquiler hasta el viernes",
    ],
)  # fmt: skip
def test_a_task_is_snoozed_until_a_day(text: str) -> None:
    intent = _understood(text)
    assert isinstance(intent, ChangeTask)
    assert f"{intent.patch.on}" == "2026-11-27"


@pytest.mark.parametrize(
    "text",
    [
        "remind me later", "remind me about it later", "erinnere mich später", "erinnere mich später nochmal",
        "rappelle-moi plus tard", "recuérdame más tarde", "recuérdamelo más tarde",
    ],
)  # fmt: skip
def test_without_a_task_the_tip_is_snoozed(text: str) -> None:
    assert _understood(text) == Snooze()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("take pills every 8 hours", "take pills every 8 hours"),
        ("take pills every hour", "take pills every hour"),
        ("Tabletten alle 8 Stunden", "Tabletten alle 8 Stunden"),
        ("Tabletten jede Stunde", "Tabletten jede Stunde"),
        ("Augentropfen alle 30 Minuten", "Augentropfen alle 30 Minuten"),
        ("comprimés toutes les 8 heures", "comprimés toutes les 8 heures"),
        ("gouttes toutes les 30 minutes", "gouttes toutes les 30 minutes"),
        ("pastillas cada 8 horas", "pastillas cada 8 horas"),
        ("pastillas cada hora", "pastillas cada hora"),
        ("gotas cada 30 minutos", "gotas cada 30 minutos"),
    ],
)
def test_a_recurrence_within_the_day_is_none_in_any_language(text: str, title: str) -> None:
    added = wished(text, now=NOW, zone=BERLIN)
    assert isinstance(added, AddTask)
    assert added.draft is not None
    assert (added.draft.title, added.draft.due, added.draft.repeats) == (title, None, None)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Miete überweisen", "Miete überwiesen"),
        ("Paket abholen", "Paket abgeholt"),
        ("Pfand wegbringen", "Pfand weggebracht"),
        ("Antrag einreichen", "Antrag eingereicht"),
        ("Vertrag unterschreiben", "Vertrag ist unterschrieben"),
        ("Blumen gießen", "Blumen gegossen"),
        ("Katze füttern", "Katze gefüttert"),
        ("Flur saugen", "Flur gesaugt"),
        ("Küche wischen", "Küche gewischt"),
        ("Müll runterbringen", "Müll ist runtergebracht"),
        ("Batterien wegwerfen", "Batterien weggeworfen"),
        ("Auto tanken", "Auto getankt"),
        ("Hecke schneiden", "Hecke geschnitten"),
        ("Rechnung begleichen", "Rechnung beglichen"),
        ("Geld abheben", "Geld abgehoben"),
        ("Tisch reservieren", "Tisch reserviert"),
        ("Dokument hochladen", "Dokument hochgeladen"),
        ("virer le loyer", "loyer viré"),
        ("déposer le dossier", "dossier déposé"),
        ("rendre le livre", "le livre est rendu"),
        ("signer le contrat", "contrat signé"),
        ("arroser les plantes", "plantes arrosées"),
        ("nourrir le chat", "chat nourri"),
        ("étendre le linge", "linge étendu"),
        ("résilier l'abonnement", "abonnement résilié"),
        ("prendre les comprimés", "comprimés pris"),
        ("peindre le mur", "le mur est peint"),
        ("inscrire Léa", "Léa est inscrite"),
        ("écrire les lettres", "lettres écrites"),
        ("transferir el alquiler", "alquiler transferido"),
        ("firmar el contrato", "contrato firmado"),
        ("leer el libro", "el libro está leído"),
        ("imprimir el billete", "billete impreso"),
        ("aspirar el salón", "salón aspirado"),
        ("presentar la solicitud", "solicitud presentada"),
        ("revisar el contrato", "contrato revisado"),
        ("transfer the rent", "rent transferred"),
        ("pick up the parcel", "the parcel is picked up"),
        ("take out the bins", "the bins are taken out"),
        ("charge the phone", "phone charged"),
        ("dust the shelves", "shelves dusted"),
        ("mow the lawn", "the lawn is mown"),
        ("review the contract", "contract reviewed"),
        ("unload the dishwasher", "dishwasher unloaded"),
        ("replace the bulb", "bulb replaced"),
    ],
)
def test_an_everyday_participle_does_its_task(title: str, text: str) -> None:
    said = _understood(text)
    assert isinstance(said, Complete)
    assert done_tasks(said.title, said.deed, (title,)) == [0]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Rechnung 4711 ist bezahlt", "Rechnung 4711 prüfen|Rechnung 4711 überweisen|Rechnung 4711 bezahlen"),
        ("facture 12 payée", "vérifier facture 12|régler facture 12|payer facture 12"),
        ("factura 12 pagada", "revisar factura 12|abonar factura 12|pagar factura 12"),
        ("the dishes are washed", "buy dishes|do the dishes|wash the dishes"),
    ],
)
def test_the_verb_decides_between_tasks_that_differ_by_it(text: str, titles: str) -> None:
    said, known = _understood(text), titles.split("|")
    assert isinstance(said, Complete)
    assert 0 not in done_tasks(said.title, said.deed, known)
    assert done_tasks(said.title, said.deed, known, is_same_verb=True) == [2]


@pytest.mark.parametrize(
    "text",
    [
        "haircut", "hair cut", "Suppe essen", "pan tostado", "paint the wall", "cut the hedge",
        "Handy laden", "Fahrrad reparieren", "le mois passé", "charge the phone", "check the oil",
    ],
)  # fmt: skip
def test_a_thing_or_a_to_do_is_no_deed(text: str) -> None:
    assert not isinstance(_understood(text), Complete)
