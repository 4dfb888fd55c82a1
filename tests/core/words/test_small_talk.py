"""What people type in their first week, in four languages: to-dos are taken, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.words.intents import AddTask, ChangeTask, Intent, Undo
from core.words.plain_tasks import first_task
from core.words.small_talk import is_short_answer, is_small_talk
from core.words.understand import can_be_added, understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)  # a Monday
BERLIN = ZoneInfo("Europe/Berlin")
_HERE = Path(__file__).parent


def _typed(name: str) -> tuple[str, ...]:
    lines = (_HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t")[0] for line in lines if not line.startswith("#"))


def _taken(typed: str) -> Intent | None:
    """What is understood while somebody has few tasks."""
    found = understand(typed, now=NOW, zone=BERLIN)
    if isinstance(found, Undo) and found.title:  # "bring back the drill", though nothing was removed
        found = found.otherwise
    if found is None and can_be_added(typed, now=NOW, zone=BERLIN):
        return first_task(typed, now=NOW, zone=BERLIN)
    return found


@each_of(_typed("no_tasks"))
def test_what_is_no_to_do_is_never_stored_as_one(typed: str) -> None:
    assert not isinstance(_taken(typed), AddTask)


@each_of(_typed("first_tasks"))
def test_a_to_do_is_taken_while_there_are_few_tasks(typed: str) -> None:
    found = _without_open_tasks(_taken(typed))
    assert isinstance(found, AddTask)
    assert found.drafts


def _without_open_tasks(found: Intent | None) -> Intent | None:
    """What words mean that would move a task if there were one: "the exam is on friday"."""
    return found.otherwise if isinstance(found, ChangeTask) and found.only_if_it_fits else found


@each_of(
    ("holaaa", "NOOOO", "hahahahaha", "jajajajaja", "lol 😂", "Super!!!", "merci 🙏 beaucoup", "qwerty",
    "mude",
     "so so tired", "just testing", "rough day", "fuck off", "idiot!", "blah blah", "tell me a joke please")
)  # fmt: skip
def test_small_talk_is_known_however_it_is_written(typed: str) -> None:
    assert is_small_talk(typed)


@each_of(
    ("test the smoke alarm", "good shoes for hiking", "stop by the bakery", "super glue", "alles aufräumen",
     "nice dress for wedding", "interesting book from library", "bien ranger la cave", "Bad", "trash",
     "more coffee",
     "etwas Brot kaufen", "Test schreiben", "talk to Tom", "seguro del coche", "🙂", "", "7")
)  # fmt: skip
def test_what_may_be_a_task_is_no_small_talk(typed: str) -> None:
    assert not is_small_talk(typed)


@each_of(
    ("ok", "Yes!", "no thanks", "okay cool", "bye", "sorry", "don't know", "never mind", "nein danke",
     "tschüss",
    "weiß nicht",
     "d'accord", "👍", "❤️ 😂", "à demain", "je sais pas", "vale", "hasta luego", "lo siento")
)  # fmt: skip
def test_a_short_answer_is_told_from_other_small_talk(typed: str) -> None:
    assert is_short_answer(typed)
    assert not is_short_answer("tell me a joke")


@each_of(
    (
        ("I have a dentist appointment tomorrow at 3", "dentist appointment"),
        ("I've got a meeting at 4pm tomorrow", "meeting"),
        ("the exam is on friday", "exam"),
        ("my mom's birthday is on saturday", "my mom's birthday"),
        ("tomorrow I have to work", "work"),
        ("tomorrow I have an exam", "exam"),
        ("set an alarm for 7", "alarm"),
        ("set a timer for 10 minutes", "timer"),
        ("um remind me uh to call John at five pm", "call John"),
        ("ich habe morgen um 15 Uhr einen Zahnarzttermin", "Zahnarzttermin"),
        ("am Freitag habe ich eine Prüfung", "Prüfung"),
        ("Oma hat am Samstag Geburtstag", "Oma Geburtstag"),
        ("stell einen Wecker auf 7", "Wecker"),
        ("morgen muss ich arbeiten", "arbeiten"),
        ("j'ai un rendez-vous demain à 15h", "rendez-vous"),
        ("l'anniversaire de maman est samedi", "anniversaire de maman"),
        ("mañana tengo un examen", "examen"),
        ("el cumpleaños de mamá es el sábado", "cumpleaños de mamá"),
    )
)
def test_what_somebody_has_at_a_time_is_a_task_then(typed: str, title: str) -> None:
    found = _without_open_tasks(understand(typed, now=NOW, zone=BERLIN))
    assert isinstance(found, AddTask)
    assert found.drafts[0].title == title
    assert found.drafts[0].due is not None
