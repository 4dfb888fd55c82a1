"""The many forms in which people say when oO may write, and what only looks like one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.words.intents import (
    AddQuiet,
    Intent,
    SetBrief,
    SetCap,
    SetQuiet,
    SetReview,
    SetTimes,
    SetTimezone,
    Several,
)
from core.words.settings import parse_quiet
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
_WORKDAYS = "monday tuesday wednesday thursday friday"
OFFICE = f"saturday sunday all day, {_WORKDAYS} 0:00-9:00, {_WORKDAYS} 17:00-24:00"

ASKED: dict[Intent, tuple[str, ...]] = {
    SetTimes(text="9:00"): (
        "mornings only", "mornings only please", "hit me up at 9", "hit me up around 9 every day",
        "schreiben Sie mir bitte nur morgens", "melden Sie sich bitte um 9", "solo por la manana",
        "por la mañana solamente", "escribame solo por la mañana",
    ),
    SetTimes(text="19:00"): (
        "evenings only", "i'd prefer tips in the evening", "i prefer evenings",
        "i'd rather get messages in the evening", "ich will nachrichten nur abends",
        "j'aimerais les messages le soir", "solo por la noche",
    ),
    SetQuiet(text=OFFICE): (
        "weekdays 9-17 only", "only 9 to 17 on weekdays", "mon-fri 9-17 only",
        "weekdays between 9 and 17 only", "write me weekdays between 9 and 5", "werktags nur 9-17 uhr",
        "werktags nur zwischen 9 und 17 uhr",
    ),
    AddQuiet(text="saturday sunday all day"): (
        "weekdays only", "no tips on saturday and sunday", "weekends off", "weekends off please",
        "samstags und sonntags nicht", "am wochenende nicht", "am wochenende bitte ruhe",
        "am wochenende will ich meine ruhe", "bitte schreiben Sie mir nicht am Wochenende",
        "pas de messages le samedi et le dimanche", "laisse-moi tranquille le week-end",
        "los fines de semana no", "entre semana solo",
    ),
    AddQuiet(text="21:00-24:00"): (
        "stop at 9pm", "stop after 9pm", "stop messaging after 9", "no later than 9pm please",
        "stop bugging me after 9pm", "stop at 21:00", "keine msgs nach 21 uhr",
        "ab 21 uhr nicht mehr schreiben", "ab 21 uhr nichts mehr", "ab 21 uhr bitte nichts mehr",
        "nach 21 uhr nicht mehr", "nach 21 uhr bitte nichts mehr", "nach 21 uhr ist schluss",
        "um 21 uhr ist schluss", "schluss um 21 uhr", "bitte ab 21 uhr ruhe", "ruhe ab 21 uhr",
        "plus de message apres 21h", "arrête à 21h", "arrete de m'écrire après 21h",
        "tranquille après 21h", "no me escribas despues de las 9 de la noche",
        "deja de escribirme a las 9 de la noche",
    ),
    AddQuiet(text="weekdays 9:00-17:00"): (
        "not while I'm at work", "not while im at work", "dont write me while i'm at work",
        "not during work hours", "nicht während der arbeit", "nicht während der arbeitszeit",
        "nicht wenn ich arbeite", "nicht in der arbeit", "nicht auf arbeit", "pas pendant le travail",
        "pas quand je travaille", "pas pendant que je travaille", "pas quand je suis au travail",
        "no en horario de trabajo", "no mientras trabajo", "no cuando estoy trabajando",
        "no durante el trabajo",
    ),
    SetQuiet(text="22:00-20:00"): (
        "from 8 to 10 in the evening please",
    ),
    AddQuiet(text="tuesday thursday saturday sunday all day"): (
        "every other day is enough", "alle zwei tage reicht", "jeden zweiten tag reicht",
        "un jour sur deux suffit", "cada dos días es suficiente",
    ),
    AddQuiet(text="0:00-10:00"): (
        "dont text me b4 10", "dont bug me before 10", "erst ab 10", "erst ab 10 uhr bitte",
        "à partir de 10h", "a partir de las 10", "solo a partir de las 10",
    ),
    AddQuiet(text="22:00-24:00"): (
        "no msgs after 10pm", "do not disturb me after 10", "stören sie mich nicht nach 22 uhr",
        "ne me derange pas apres 22h", "silence après 22h", "nada despues de las 10 de la noche",
        "silencio después de las 22",
    ),
    AddQuiet(text="0:00-9:00"): (
        "no msg b4 9", "don't wake me before 9", "erst nach 9", "melden sie sich nicht vor 9",
        "n'écrivez pas avant 9h", "no me escriba antes de las 9",
    ),
    AddQuiet(text="22:00-7:00"): (
        "leave me alone at night", "nachts bitte nicht", "nachts nichts", "nachts ruhe",
        "ne me dérangez pas la nuit", "laisse moi tranquille la nuit", "ne pas déranger la nuit",
        "no me moleste por la noche", "no molestar por la noche",
    ),
    AddQuiet(text="20:00-24:00"): (
        "leave me alone after 8pm", "schreiben sie mir nicht nach 20 uhr",
        "laissez-moi tranquille après 20h",
    ),
    AddQuiet(text="sunday all day"): (
        "no sundays", "sundays never", "on sundays nothing please", "sonntags nie", "sonntags nicht",
        "sonntags bitte nicht", "le dimanche jamais", "le dimanche rien", "no me escriba los domingos",
        "los domingos no", "los domingos nunca", "los domingos nada", "los domingos no me escribas",
    ),
    AddQuiet(text="saturday sunday 0:00-10:00"): (
        "on weekends not before 10", "at weekends only after 10", "weekends only after 10",
        "on weekends only from 10", "am wochenende erst ab 10", "am Wochenende nicht vor 10",
        "le week-end pas avant 10h", "le week-end seulement après 10h", "le week-end à partir de 10h",
        "los fines de semana no antes de las 10", "los fines de semana solo a partir de las 10",
    ),
    AddQuiet(text="0:00-9:00, 21:00-24:00"): (
        "not before 9 and not after 9pm", "nicht vor 9 und nicht nach 21 uhr",
        "pas avant 9h et pas après 21h", "no antes de las 9 y no después de las 21",
    ),
    SetCap(text="1"): (
        "once a day please", "nur eine nachricht am tag", "un seul par jour", "un solo mensaje al día",
    ),
    SetCap(text="2"): (
        "limit 2 a day", "limit yourself to 2 a day", "i only want 2 tips a day", "2 max par jour",
    ),
    AddQuiet(text="0:00-18:00"): (
        "only write after 6pm", "only after 18", "write me after 6pm only", "write me only after 6",
    ),
    AddQuiet(text="12:00-24:00"): (
        "only write before noon",
    ),
    SetQuiet(text="17:00-9:00"): (
        "between 9 and 5 only", "9 to 5 only", "9-17 only", "only 9-17", "only 9am-5pm",
        "entre las 9 y las 5 solo",
    ),
    SetQuiet(text="22-7"): (
        "dnd 22-7",
    ),
    AddQuiet(text="12:00-14:00"): (
        "no messages between 12 and 14", "no messages from 12 to 2pm", "no tips during lunch",
        "keine tipps zwischen 12 und 14 uhr", "nicht zwischen 12 und 14 uhr", "pas entre 12h et 14h",
        "pas de messages entre 12h et 14h", "no entre las 12 y las 14",
    ),
    AddQuiet(text="9:00-17:00"): (
        "don't write me from 9 to 5",
    ),
    AddQuiet(text="monday tuesday wednesday thursday friday 9:00-17:00"): (
        "don't write me between 9 and 17 on weekdays",
    ),
    AddQuiet(text="12:00-13:00"): (
        "not between 12 and 1",
    ),
    AddQuiet(text="9:00-12:00"): (
        "not from 9 to 12",
    ),
    SetBrief(text="7:00"): (
        "every morning at 7 send me my agenda", "schicken sie mir jeden morgen um 7 die agenda",
        "envoyez-moi l'agenda chaque matin à 7h", "chaque matin à 7h envoie-moi l'agenda",
        "mándeme la agenda cada mañana a las 7", "cada mañana a las 7 mándame la agenda",
    ),
    SetBrief(text="off"): (
        "no daily brief please", "no daily brief", "i don't want the daily brief",
        "i don't want the daily brief anymore", "daily brief off", "brief off", "agenda aus",
        "tagesplan aus", "pas d'agenda", "no quiero la agenda",
    ),
    SetReview(text="off"): (
        "review off", "no evening review", "rückblick aus", "kein rückblick mehr",
    ),
    SetBrief(text="8:00"): (
        "move my brief to 8", "change the brief to 8",
    ),
    SetTimes(text="8:00"): (
        "schreiben sie mir um 8 uhr", "können Sie mir um 8 Uhr schreiben?",
        "könnten sie mir bitte um 8 schreiben", "peux tu m'ecrire a 8h", "escríbame a las 8",
        "escríbame a las 8 por favor", "podrías escribirme a las ocho", "mándeme los consejos a las 8",
    ),
    SetTimes(text="8:30"): (
        "schreib mir um halb 9",
    ),
    SetTimes(text="8:00, 19:00"): (
        "schreib mir morgens um 8 und abends um 7",
    ),
    AddQuiet(text="0:00-9:00, saturday sunday all day"): (
        "nicht vor 9, nicht am wochenende",
    ),
    SetQuiet(text="de 22h à 7h"): (
        "ne pas déranger de 22h à 7h",
    ),
    SetTimes(text="8:00, 18:00"): (
        "envíeme los mensajes a las 8 y a las 18",
    ),
    SetQuiet(text="de 22 a 7"): (
        "no molestar de 22 a 7",
    ),
    AddQuiet(text="14:00-16:00"): (
        "no me escribas entre las 14 y las 16",
    ),
}  # fmt: skip


@each_of([(typed, intent) for intent, texts in ASKED.items() for typed in texts])
def test_the_forms_of_a_wish_mean_the_same(typed: str, intent: Intent) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == intent


def test_what_is_quiet_can_be_set() -> None:
    for intent in ASKED:
        if isinstance(intent, AddQuiet | SetQuiet):
            assert parse_quiet(intent.text)


TOGETHER: dict[tuple[Intent, ...], tuple[str, ...]] = {
    (SetTimes(text="9:00"), SetCap(text="2")): (
        "only mornings, max 2 a day",
        "nur morgens, max 2 am tag",
        "seulement le matin, 2 par jour maximum",
        "solo por la mañana, máximo 2 al día",
    ),
    (SetTimes(text="8:00"), AddQuiet(text="21:00-24:00")): ("write me at 8 and not after 9pm",),
    (SetCap(text="2"), AddQuiet(text="0:00-9:00")): (
        "max 2 a day and not before 9",
        "max 2 a day, not before 9",
        "max 2 am tag und nicht vor 9",
        "max 2 par jour et pas avant 9h",
        "máximo 2 al día y no antes de las 9",
    ),
}


@each_of([(typed, asked) for asked, texts in TOGETHER.items() for typed in texts])
def test_several_settings_in_one_sentence_are_all_understood(typed: str, asked: tuple[Intent, ...]) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, Several)
    assert found.asked == asked


@each_of(
    [
        ("je suis en réunion", None),
        ("je suis en vacances", None),
        ("je suis en vacances à Rome", "Rome"),
        ("ich bin in München unterwegs", "München"),
        ("bin gerade in London", "London"),
        ("i am based in Paris", "Paris"),
    ]
)
def test_a_place_is_where_the_person_is(typed: str, place: str | None) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert (found.place if isinstance(found, SetTimezone) else None) == place
