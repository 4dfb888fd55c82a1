"""Days off as people tell them, what happens on a day, deadlines by a month, and what is over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.records import Delay, TaskPatch
from core.words.intents import AddTask, AskDays, AskToday, ChangeTask, Complete, Pause, PauseLater
from core.words.matching import done_tasks
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)  # a Monday, 11:00
BERLIN = ZoneInfo("Europe/Berlin")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


PAUSES = {
    PauseLater(start=local("2026-12-04 00:00"), until=local("2026-12-05 00:00")): (
        "out of office friday", "ooo friday", "I'll be ooo on friday", "off friday", "I've got friday off",
        "friday off", "day off on friday", "friday is my day off", "not working friday",
        "I don't work on friday", "hab am Freitag frei", "ich habe Freitag frei", "freitag frei",
        "Freitag hab ich frei", "frei am Freitag", "ich hab mir Freitag freigenommen",
        "am Freitag nicht im Büro", "ich arbeite am Freitag nicht", "ooo Freitag",
        "je suis en congé vendredi", "congé vendredi", "j'ai congé vendredi",
        "je ne travaille pas vendredi", "vendredi je suis en congé", "absent du bureau vendredi",
        "tengo el viernes libre", "estoy fuera de la oficina el viernes", "día libre el viernes",
        "no trabajo el viernes", "me tomo el viernes libre",
    ),
    PauseLater(start=local("2026-12-03 00:00"), until=local("2026-12-05 00:00")): (
        "I'm off on thursday and friday", "out of office thursday and friday", "thursday and friday off",
        "hab Donnerstag und Freitag frei", "am Donnerstag und Freitag habe ich frei",
        "je suis en congé jeudi et vendredi", "je ne travaille pas le jeudi et le vendredi",
        "no trabajo el jueves y el viernes", "tengo jueves y viernes libre",
    ),
    PauseLater(start=local("2026-12-07 00:00")): (
        "vacation from monday", "Urlaub ab Montag", "vacances à partir de lundi", "vacaciones desde el lunes",
    ),
    PauseLater(start=local("2026-12-07 00:00"), until=local("2026-12-14 00:00")): (
        "I'm off next week", "vacation next week", "ich hab nächste Woche frei", "Urlaub nächste Woche",
        "vacances la semaine prochaine", "vacaciones la semana que viene",
    ),
}  # fmt: skip


@each_of([(said, pause) for pause, sayings in PAUSES.items() for said in sayings])
def test_days_off_are_a_pause(said: str, pause: PauseLater) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == pause


@each_of(
    (
        "ask for a day off friday", "book a day off", "take friday off", "request friday off",
        "Freitag frei nehmen", "Urlaub beantragen Freitag", "habe ich Freitag frei?",
        "demander un congé vendredi", "pedir el viernes libre", "I'm off to the shop", "leave on friday",
        "I'm off thursday and saturday", "hab Montag und Freitag frei",
    )
)  # fmt: skip
def test_to_dos_about_days_off_are_no_pause(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), Pause | PauseLater)


EVENTS = (
    ("Mama hat Donnerstag Geburtstag", "Mama Geburtstag", "2026-12-03"),
    ("am Donnerstag hat Mama Geburtstag", "Mama Geburtstag", "2026-12-03"),
    ("Lisa hat Geburtstag am 3. März", "Lisa Geburtstag", "2027-03-03"),
    ("Mom's birthday is on thursday", "Mom's birthday", "2026-12-03"),
    ("thursday is mom's birthday", "mom's birthday", "2026-12-03"),
    ("C'est l'anniversaire de maman jeudi", "anniversaire de maman", "2026-12-03"),
    ("jeudi c'est l'anniversaire de maman", "anniversaire de maman", "2026-12-03"),
    ("es el cumpleaños de mamá el jueves", "cumpleaños de mamá", "2026-12-03"),
    ("am Donnerstag kommt der Handwerker", "Handwerker kommt", "2026-12-03"),
    ("Donnerstag kommt der Handwerker um 10", "Handwerker kommt", "2026-12-03T10:00"),
    ("der Handwerker kommt am Donnerstag", "Handwerker kommt", "2026-12-03"),
    ("jeudi vient le plombier à 10h", "le plombier vient", "2026-12-03T10:00"),
    ("el jueves viene el fontanero", "el fontanero viene", "2026-12-03"),
    ("the plumber is coming on thursday", "plumber is coming", "2026-12-03"),
    ("tomorrow I have to call mom at 10", "call mom", "2026-12-01T10:00"),
    ("morgen hab ich Zahnarzt um 10", "Zahnarzt", "2026-12-01T10:00"),
    ("taxes by march", "taxes", "2027-03-01"),
    ("Steuer bis März", "Steuer", "2027-03-01"),
    ("bis März die Steuer machen", "die Steuer machen", "2027-03-01"),
    ("impôts d'ici mars", "impôts", "2027-03-01"),
    ("impuestos para marzo", "impuestos", "2027-03-01"),
    ("taxes by march 2028", "taxes", "2028-03-01"),
    ("taxes by the end of march", "taxes", "2027-03-31"),
)


@each_of(EVENTS)
def test_a_day_is_no_part_of_the_title(said: str, title: str, due: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert found.draft
    assert found.draft.due
    clock = [found.draft.due.at.isoformat("minutes")] if found.draft.due.at else []
    assert (found.draft.title, "T".join([found.draft.due.on.isoformat(), *clock])) == (title, due)


@each_of(("wann hat Mama Geburtstag", "I'm coming on friday", "es kommt am Freitag", "was kommt morgen"))
def test_talk_about_a_day_adds_nothing(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), AddTask)


def test_a_month_may_be_a_name() -> None:
    assert not isinstance(understand("concert by april lavigne", now=NOW, zone=BERLIN), AddTask)


DONE = (
    ("war bei der Post", "zur Post gehen"), ("ich war beim Zahnarzt", "Zahnarzt"),
    ("Müll ist draußen", "Müll rausbringen"), ("Küche ist sauber", "Küche putzen"),
    ("the trash is out", "Take out the trash"), ("went to the post office", "Go to the post office"),
    ("milk is bought", "Buy milk"), ("la poubelle est dehors", "Sortir la poubelle"),
    ("j'étais chez le dentiste", "Dentiste"), ("la basura está fuera", "Sacar la basura"),
    ("la cocina está limpia", "Limpiar la cocina"),
)  # fmt: skip


@each_of(DONE)
def test_where_somebody_was_and_how_things_are_completes_a_task(said: str, task: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(found, Complete)
    assert done_tasks(found.title, found.deed, [task, "Call Bob"]) == [0]


@each_of(("he is out", "I'm out", "war nicht bei der Post", "I wasn't at the dentist", "ich war müde"))
def test_other_news_complete_nothing(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), Complete)


def test_milk_that_is_used_up_is_not_bought() -> None:
    assert done_tasks("milk", "out", ["Buy milk"]) == []


EARLIER = (
    ("avance le dentiste d'une heure", "dentiste"),
    ("adelanta el dentista una hora", "dentista"),
    ("zieh den Zahnarzt eine Stunde vor", "Zahnarzt"),
    ("bring the dentist forward an hour", "dentist"),
)


@each_of(EARLIER)
def test_a_date_is_brought_forward(said: str, title: str) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == ChangeTask(
        title=title, patch=TaskPatch(delay=Delay(minutes=-60))
    )


def test_a_date_is_brought_forward_to_a_day() -> None:
    found = understand("move the dentist up to friday", now=NOW, zone=BERLIN)
    assert isinstance(found, ChangeTask)
    assert found.patch == TaskPatch(on=date(2026, 12, 4))


@each_of(
    (
        ("zeig mir was diese Woche ansteht", AskToday(span="diese woche")),
        ("show me what's coming up this week", AskToday(span="this week")),
        ("montre-moi ce qui est prévu cette semaine", AskToday(span="cette semaine")),
        ("muéstrame lo que está previsto esta semana", AskToday(span="esta semana")),
        ("show me what's planned for next week", AskDays(filter="next week")),
        ("show me friday", AskToday(span="friday")),
    )
)
def test_what_is_ahead_is_shown(said: str, intent: AskToday | AskDays) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == intent
