"""Pauses that begin at once, and those that are to begin later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from core.errors import BadInput
from core.words.intents import AddQuiet, CallOffPause, Pause, PauseLater
from core.words.later_pauses import pause_on, read_pause
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW, berlin
from tests.rows import each_of

WEEKEND = PauseLater(start=berlin("2027-03-20 00:00"), until=berlin("2027-03-22 00:00"), is_weekend=True)
NEXT_WEEK = PauseLater(start=berlin("2027-03-22 00:00"), until=berlin("2027-03-29 00:00"))
TOMORROW = PauseLater(start=berlin("2027-03-17 00:00"), until=berlin("2027-03-18 00:00"))
FRIDAY = PauseLater(start=berlin("2027-03-19 00:00"), until=berlin("2027-03-20 00:00"))
FROM_FRIDAY = PauseLater(start=berlin("2027-03-19 00:00"))
FRIDAY_TO_SUNDAY = PauseLater(start=berlin("2027-03-19 00:00"), until=berlin("2027-03-22 00:00"))
TWO_WEEKS = PauseLater(start=berlin("2027-12-20 00:00"), until=berlin("2028-01-03 00:00"))
END_OF_TODAY, UNTIL_FRIDAY = Pause(until=berlin("2027-03-17 00:00")), Pause(until=berlin("2027-03-19 00:00"))
END_OF_WEEK = Pause(until=berlin("2027-03-22 00:00"))
WEEKENDS = AddQuiet(text="saturday sunday all day")

LATER = {
    **dict.fromkeys(
        (
            "pause for the weekend", "pause over the weekend", "Pause this weekend", "no tips this weekend",
            "be quiet on the weekend", "stay silent over the weekend, please",
            "i'm away this weekend", "pause am Wochenende", "mach am Wochenende Pause",
            "mach übers Wochenende eine Pause",
            "dieses Wochenende keine Tipps", "pausiere am Wochenende", "pause ce week-end",
            "pause pendant le week-end",
            "pas de conseils ce week-end", "pausa el fin de semana", "pausa este finde",
            "este fin de semana sin consejos", "sin consejos este fin de semana",
        ),
        WEEKEND,
    ),
    **dict.fromkeys(
        (
            "pause next week", "I'm away next week", "pause nächste Woche", "mach nächste Woche Pause",
            "nächste Woche keine Tipps", "pause la semaine prochaine", "pausa la semana que viene",
        ),
        NEXT_WEEK,
    ),
    **dict.fromkeys(
        (
            "pause tomorrow", "no tips tomorrow", "pause for tomorrow", "morgen keine Tipps",
            "mach morgen Pause",
            "demain pas de conseils", "pas de conseils demain", "mañana sin consejos", "pausa mañana",
        ),
        TOMORROW,
    ),
    **dict.fromkeys(
        (
            "pause on friday", "be quiet on friday", "pause am Freitag", "mach am Freitag Pause",
            "pause vendredi", "fais une pause vendredi", "pausa el viernes",
        ),
        FRIDAY,
    ),
    **dict.fromkeys(
        ("pause from friday", "pause ab Freitag", "pause à partir de vendredi", "pausa desde el viernes"),
        FROM_FRIDAY,
    ),
    **dict.fromkeys(
        (
            "pause from friday to sunday", "pausiere von Freitag bis Sonntag",
            "pause du vendredi au dimanche",
        ),
        FRIDAY_TO_SUNDAY,
    ),
    "pause from friday until monday": FRIDAY_TO_SUNDAY,
    **dict.fromkeys(
        (
            "pause for two weeks from dec 20", "I'm off for two weeks from dec 20",
            "I'm away for 2 weeks starting december 20",
            "I'm on holiday for two weeks from the 20th of december",
            "pause for a fortnight from 20 december", "pause from dec 20 for two weeks",
            "I'll be away for two weeks from december 20",
            "I'm off from dec 20 for two weeks", "pause ab 20. Dezember für zwei Wochen",
            "pause à partir du 20 décembre pendant deux semaines",
            "pause zwei Wochen ab 20. Dezember", "pause deux semaines à partir du 20 décembre",
        ),
        TWO_WEEKS,
    ),
    "pause for 3 days from friday": FRIDAY_TO_SUNDAY,
}  # fmt: skip
AT_ONCE = {
    **dict.fromkeys(
        (
            "no tips today", "today no tips", "heute keine Tipps", "keine Tipps heute",
            "heute bitte keine Tipps mehr",
            "mach heute Pause", "stumm bis morgen", "bis morgen keine Tipps", "silent until tomorrow",
            "mute until tomorrow",
            "stay quiet until tomorrow", "aujourd'hui pas de conseils", "pas de conseils aujourd'hui",
            "muet jusqu'à demain", "mets-toi en pause jusqu'à demain", "hoy sin consejos",
            "hoy no quiero consejos",
            "sin consejos hoy", "silencio hasta mañana", "until tomorrow no tips",
        ),
        END_OF_TODAY,
    ),
    **dict.fromkeys(
        ("pause until friday", "pausiere bis Freitag", "mach bis Freitag Pause", "pause jusqu'à vendredi",
        "pausa hasta el viernes"),
        UNTIL_FRIDAY,
    ),
    **dict.fromkeys(
        ("pausiere bis Ende der Woche", "pause this week", "pause until the end of the weekend",
        "pausa esta semana"),
        END_OF_WEEK,
    ),
    **dict.fromkeys(("stumm", "mute", "mute everything", "alles stumm", "mach Pause", "pausiere",
    "be silent", "muet", "haz una pausa"), Pause()),
    **dict.fromkeys(
        ("no tips at the weekend", "keine Tipps am Wochenende", "pas de conseils le week-end"), WEEKENDS
    ),
}  # fmt: skip


@each_of(list((LATER | AT_ONCE).items()))
def test_when_a_pause_begins(said: str, intent: object) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == intent


def read(text: str, now: datetime, *, day_is_end: bool = False) -> Pause | PauseLater:
    return read_pause(text, now=now, zone=BERLIN, day_is_end=day_is_end)


def test_a_weekend_that_has_begun_is_paused_at_once() -> None:
    for local in ("2027-03-19 18:00", "2027-03-20 10:00", "2027-03-21 23:00"):
        assert read("for the weekend", berlin(local)) == END_OF_WEEK
    assert read("for the weekend", berlin("2027-03-19 12:00")) == WEEKEND


def test_behind_the_command_a_day_is_the_end() -> None:
    assert read("friday", NOW, day_is_end=True) == UNTIL_FRIDAY
    assert read("on friday", NOW, day_is_end=True) == FRIDAY
    assert read("for the weekend", NOW, day_is_end=True) == WEEKEND


@each_of(
    (
        "para mañana comprar pan", "para el lunes llamar a mamá", "silence le téléphone vendredi",
        "pause the subscription on friday", "call off the meeting", "Pause der Kinder filmen am Freitag",
        "mach am Wochenende Kuchen", "stumm geschalteten Fernseher reparieren am Freitag",
    )
)  # fmt: skip
def test_a_to_do_is_no_pause(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), Pause | PauseLater)


@each_of((("on 2020-01-01", "past"), ("on 1 january 2040", "too_far")))
def test_a_day_out_of_range_is_refused(said: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read(said, NOW)


ONCE_OR_WEEKLY = {
    **dict.fromkeys(
        (
            "no messages from friday to sunday", "leave me alone from friday to sunday",
            "don't text me friday to sunday", "no tips from friday through sunday, please",
            "keine Nachrichten von Freitag bis Sonntag", "von Freitag bis Sonntag bitte keine Nachrichten",
            "lass mich von Freitag bis Sonntag in Ruhe", "schreib mir nicht von Freitag bis Sonntag",
            "pas de messages de vendredi à dimanche", "laisse-moi tranquille du vendredi au dimanche",
            "aucun message de vendredi à dimanche", "de vendredi à dimanche pas de messages",
        ),
        ("friday saturday sunday all day", FRIDAY_TO_SUNDAY),
    ),
    **dict.fromkeys(
        (
            "leave me alone on friday", "no messages on friday", "don't write me on friday",
            "stop messaging me on friday", "keine Nachrichten am Freitag", "lass mich am Freitag in Ruhe",
            "schreib mir am Freitag nicht", "pas de messages vendredi", "laisse-moi tranquille vendredi",
            "ne m'écris pas vendredi", "no me escribas el viernes", "déjame en paz el viernes",
            "no quiero mensajes el viernes",
        ),
        ("friday all day", FRIDAY),
    ),
}  # fmt: skip


@each_of(list(ONCE_OR_WEEKLY.items()))
def test_days_that_are_said_once_are_a_pause(said: str, meant: tuple[str, PauseLater]) -> None:
    weekly, once = meant
    assert understand(said, now=NOW, zone=BERLIN) == replace(once, weekly=weekly)


@each_of(
    (
        "no messages on fridays", "no messages every friday", "leave me alone on fridays",
        "never write me on friday", "freitags keine Nachrichten", "jeden Freitag keine Nachrichten",
        "schreib mir nie am Freitag", "pas de messages le vendredi", "pas de messages tous les vendredis",
        "ne m'écris jamais le vendredi", "sin mensajes los viernes", "sin mensajes cada viernes",
    )
)  # fmt: skip
def test_days_that_come_again_are_quiet_every_week(said: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert found == AddQuiet(text="friday all day")
    assert isinstance(found, AddQuiet)
    assert not found.once


@each_of(
    (
        ("no messages on sunday", "on sunday"), ("keine Tipps am Sonntag", "am sonntag"),
        ("keine Nachrichten am Wochenende", "am wochenende"), ("no tips at the weekend", "at the weekend"),
        ("sin mensajes el fin de semana", "el fin de semana"),
    )
)  # fmt: skip
def test_of_the_weekend_every_one_is_meant_and_the_other_meaning_is_kept(said: str, days: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(found, AddQuiet)
    assert found.once == days
    assert isinstance(pause_on(days, now=NOW, zone=BERLIN), PauseLater)


@each_of(("no messages mon-fri", "keine Nachrichten Mo-Fr", "no messages on friday and saturday"))
def test_days_as_settings_are_written_are_quiet_every_week(said: str) -> None:
    assert isinstance(understand(said, now=NOW, zone=BERLIN), AddQuiet)


@each_of(("no messages this friday", "diesen Freitag keine Nachrichten", "pas de messages ce vendredi"))
def test_this_friday_is_one_day(said: str) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == FRIDAY


def test_a_span_between_days_may_begin_when_the_clocks_go_forward() -> None:
    found = pause_on("between saturday and sunday", now=berlin("2027-03-25 10:00"), zone=BERLIN)
    assert found == PauseLater(start=berlin("2027-03-27 00:00"), until=berlin("2027-03-29 00:00"))


@each_of(
    (
        ("pausiere vom 20.12. bis 27.12.", "2027-12-20 00:00", "2027-12-28 00:00"),
        ("keine Tipps vom 20.12. bis zum 27.12.", "2027-12-20 00:00", "2027-12-28 00:00"),
        ("keine Tipps vom 20. bis 27. Dezember", "2027-12-20 00:00", "2027-12-28 00:00"),
    )
)
def test_a_date_at_the_end_of_a_text_keeps_its_mark(said: str, start: str, until: str) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == PauseLater(start=berlin(start), until=berlin(until))


@each_of(
    (
        "cancel the vacation", "cancel my holiday", "my vacation got cancelled", "vacation cancelled",
        "the trip is off", "forget the vacation", "call the holiday off", "no vacation after all",
        "I'm not going on vacation after all", "I’m not away after all", "we're staying home after all",
        "Urlaub abgesagt", "der Urlaub ist abgesagt", "mein Urlaub fällt aus", "sag den Urlaub ab",
        "doch kein Urlaub", "Urlaub gestrichen", "ich fahre doch nicht in Urlaub",
        "wir fahren doch nicht weg",
        "ich bin doch nicht im Urlaub", "ich verreise doch nicht", "ich bleibe doch zu Hause",
        "annule mes vacances", "annule les vacances", "vacances annulées", "mes vacances sont annulées",
        "je ne pars plus en vacances", "je ne pars pas en vacances finalement", "finalement pas de vacances",
        "pas de vacances finalement", "je ne suis plus en vacances", "finalement je reste à la maison",
        "cancela las vacaciones", "cancela mis vacaciones", "vacaciones canceladas",
        "se cancelaron las vacaciones", "mis vacaciones se cancelaron", "al final no me voy de vacaciones",
        "ya no me voy de vacaciones", "al final no estoy de vacaciones", "mis vacaciones están canceladas",
        "al final me quedo en casa",
    )
)  # fmt: skip
def test_a_vacation_that_does_not_take_place(said: str) -> None:
    assert isinstance(understand(said, now=NOW, zone=BERLIN), CallOffPause)


@each_of(
    (
        "cancel the vacation rental", "is the vacation cancelled?", "cancel the meeting", "plan the vacation",
        "Urlaub absagen lassen", "Ferienwohnung stornieren", "sag den Termin ab", "annule le rendez-vous",
        "préparer les vacances", "cancela la reunión", "planear las vacaciones", "I'm not going to the gym",
        "ich gehe doch nicht",
    )
)  # fmt: skip
def test_what_else_is_called_off_is_no_pause(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), CallOffPause)
