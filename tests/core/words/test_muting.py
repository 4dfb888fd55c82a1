"""Topics that are muted on some days of the week, in four languages."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.words.intents import AddQuiet, Intent, Mute
from core.words.muting import split_days
from core.words.understand import understand
from tests.rows import each_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)
WEEKEND, WEEKDAYS = (5, 6), (0, 1, 2, 3, 4)


def understood(said: str) -> Intent | None:
    found = understand(said, now=NOW, zone=BERLIN)
    return found if isinstance(found, Mute) else getattr(found, "otherwise", None) or found


SAYINGS: dict[Intent, tuple[str, ...]] = {
    Mute(topic="work", days=WEEKEND): (
        "no work tasks on weekends",
        "no work on the weekend please",
        "don't send me work stuff on the weekend",
        "nothing about work on saturdays and sundays",
        "never write me about work on weekends",
        "on weekends I don't want to hear about work",
        "at the weekend no work stuff",
        "leave work out on weekends",
        "mute work on weekends",
        "dont show me any work-related tasks on weekends",
        "work stuff only on weekdays",
        "only work tips on weekdays",
        "only write to me about work on weekdays",
    ),
    Mute(topic="garage", days=WEEKDAYS): ("never suggest the garage on weekdays",),
    Mute(topic="work", days=(6,)): ("don't remind me of work on sundays", "no work every sunday"),
    Mute(topic="work", days=(0, 2, 4)): ("nothing about work on mondays, wednesdays and fridays",),
    Mute(topic="arbeit", days=WEEKEND): (
        "am Wochenende nichts von der Arbeit",
        "keine Arbeit am Wochenende",
        "keine Arbeitssachen am Wochenende",
        "schick mir am Wochenende nichts zur Arbeit",
        "Arbeitsthemen nur werktags",
        "über Arbeit nur werktags",
        "ich will am Wochenende nichts von der Arbeit hören",
    ),
    Mute(topic="haushalt", days=(6,)): ("sonntags nichts über Haushalt", "jeden Sonntag kein Haushalt"),
    Mute(topic="arbeit", days=(5,)): ("erinnere mich samstags nicht an die Arbeit",),
    Mute(topic="travail", days=WEEKEND): (
        "pas de travail le week-end",
        "rien sur le travail le week-end",
        "pas de tâches de travail le samedi et le dimanche",
        "le travail seulement en semaine",
    ),
    Mute(topic="travail", days=(6,)): ("ne me parle pas du travail le dimanche",),
    Mute(topic="trabajo", days=WEEKEND): (
        "nada de trabajo los fines de semana",
        "nada de tareas de trabajo los sábados y domingos",
        "cosas de trabajo solo entre semana",
    ),
    Mute(topic="trabajo", days=(6,)): ("no me hables de trabajo los domingos",),
    AddQuiet(text="saturday sunday all day"): ("no tips on weekends", "keine Tipps am Wochenende"),
    AddQuiet(text="friday all day"): ("no messages on fridays", "freitags keine Nachrichten"),
    Mute(topic="taxes"): ("nothing about taxes",),
}


@each_of([(said, intent) for intent, sayings in SAYINGS.items() for said in sayings])
def test_a_topic_is_muted_on_days_of_the_week(said: str, intent: Intent) -> None:
    assert understood(said) == intent


@pytest.mark.parametrize(
    "said",
    [
        "don't forget the milk on weekends",
        "gym only on weekends",
        "remind me of household chores only on weekends",
        "no sugar tomorrow",
        "buy nothing on sundays",
        "Sport nur am Wochenende",
        "martes no puedo",
        "no puedo el miércoles",
        "no work on friday",
    ],
)
def test_other_sentences_with_days_mute_nothing(said: str) -> None:
    assert not isinstance(understood(said), Mute)


@pytest.mark.parametrize(
    "said",
    ["nothing about work tomorrow", "never suggest the garage on friday", "nichts mehr über Arbeit heute"],
)
def test_a_topic_can_not_be_muted_on_a_single_day(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        understand(said, now=NOW, zone=BERLIN)
    assert refused.value.hint == "muted_sometimes"
    assert refused.value.values["value"] in ("work", "garage", "arbeit")


@pytest.mark.parametrize(
    ("words", "rest", "days"),
    [
        ("work on weekends", "work", WEEKEND),
        ("on weekends", "", WEEKEND),
        ("work, sport on mondays and fridays", "work, sport", (0, 4)),
        ("Arbeit, Sport samstags", "Arbeit, Sport", (5,)),
        ("black friday", "black friday", ()),
        ("trabajo los martes", "trabajo", (1,)),
        ("trabajo martes", "trabajo martes", ()),
        ("trabajo el miércoles", "trabajo el miércoles", ()),
        ("Arbeit an Wochenenden", "Arbeit", WEEKEND),
        ("work on friday", "work on friday", ()),
        ("work", "work", ()),
        ("", "", ()),
        ("no , work !", "no , work !", ()),
    ],
)
def test_days_of_the_week_are_told_from_the_topic(words: str, rest: str, days: tuple[int, ...]) -> None:
    assert split_days(words) == (rest, days)
