"""Times as people type them every day, in the half of the day and on the day that they mean."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask
from core.words.tasks import TaskDraft
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 11, 0, tzinfo=BERLIN)  # a Monday

NIGHTS = {
    "remind me at 12 tonight to turn off the oven": "turn off the oven 12-01 00:00",
    "tonight at 12:30 call Bob": "call Bob 12-01 00:30",
    "heute Nacht um 12 Taxi": "Taxi 12-01 00:00",
    "heute Nacht um halb eins Taxi": "Taxi 12-01 00:30",
    "heute Abend um 12 Uhr Taxi": "Taxi 12-01 00:00",
    "esta noche a las 12 llamar a mamá": "llamar a mamá 12-01 00:00",
    "ce soir à 12h appeler papa": "appeler papa 12-01 00:00",
    "appeler papa cette nuit à 1h": "appeler papa 12-01 01:00",
    "call mum tomorrow night at 12:30": "call mum 12-02 00:30",
    "dinner friday night at 12": "dinner 12-05 00:00",
    "dinner monday night at 12": "dinner 12-01 00:00",
    "every night at 12 take pills": "take pills 12-01 00:00",
    "every friday night at 12 take pills": "take pills 12-04 23:59",
    "Taxi Freitag nachts um 0:30": "Taxi 12-04 00:30",
    "buy wine tonight at noon": "buy wine 11-30 12:00",
    "lunch tomorrow at 12": "lunch 12-01 12:00",
    "Treffen heute um 12": "Treffen 11-30 12:00",
    "call Bob tonight at 11": "call Bob 11-30 23:00",
    "call Bob this afternoon at 12": "call Bob 11-30 12:00",
    "midnight tonight call Bob": "call Bob 11-30 23:59",
}


def _said(draft: TaskDraft) -> str:
    due = draft.due
    at = f"{due.at:%H:%M}" if due and due.at else ""
    return " ".join(filter(None, (draft.title, f"{due.on:%m-%d}" if due else "", at)))


def drafts(typed: str, now: datetime = NOW) -> tuple[str, ...]:
    found = understand(typed, now=now, zone=BERLIN)
    assert isinstance(found, AddTask)
    return tuple(map(_said, found.drafts))


@pytest.mark.parametrize("typed", NIGHTS)
def test_twelve_at_night_is_midnight(typed: str) -> None:
    assert drafts(typed) == (NIGHTS[typed],)


@pytest.mark.parametrize(
    ("typed", "said"), [("tonight at 2 call Bob", "01"), ("call Bob tonight at 12", "02")]
)
def test_past_midnight_the_night_has_begun(typed: str, said: str) -> None:
    (found,) = drafts(typed, datetime(2026, 12, 1, 0, 10, tzinfo=BERLIN))
    assert found.startswith(f"call Bob 12-{said}")


FOLLOWING = {
    "remind me tomorrow at 5 to call mum and at 6 to cook": ("call mum 12-01 17:00", "cook 12-01 18:00"),
    "remind me tomorrow at 8 to call mum and at 9 to cook": ("call mum 12-01 08:00", "cook 12-01 09:00"),
    "remind me tomorrow at 5 to call mum and remind me at 6 to cook": (
        "call mum 12-01 17:00", "cook 12-01 18:00",
    ),
    "remind me to call dad tomorrow at 5 and remind me at 7": (
        "call dad 12-01 17:00", "call dad 12-01 19:00",
    ),
    "erinnere mich morgen um 5 Mama anzurufen und um 6 zu kochen": (
        "Mama anrufen 12-01 17:00", "kochen 12-01 18:00",
    ),
    "rappelle-moi demain à 17h d'appeler maman et à 18h de cuisiner": (
        "appeler maman 12-01 17:00", "cuisiner 12-01 18:00",
    ),
    "recuérdame mañana a las 5 llamar a mamá y a las 6 cocinar": (
        "llamar a mamá 12-01 17:00", "cocinar 12-01 18:00",
    ),
    "gym friday at 6 and sauna at 7": ("gym 12-04 18:00", "sauna 12-04 19:00"),
    "Sport Freitag um 6 und Sauna um 7": ("Sport 12-04 18:00", "Sauna 12-04 19:00"),
    "gym friday at 6 and wake up at 7": ("gym 12-04 18:00", "wake up 12-04 07:00"),
    "breakfast at 8 and gym at 9": ("breakfast 12-01 08:00", "gym 12-01 09:00"),
    "Frühstück um 8 und Sport um 9": ("Frühstück 12-01 08:00", "Sport 12-01 09:00"),
    "dentist monday at 9 and car tuesday": ("dentist 12-07 09:00", "car 12-08"),
    "dentist monday at 9 and car tuesday at 10": ("dentist 12-07 09:00", "car 12-08 10:00"),
    "dentist friday at 9 and car tuesday": ("dentist 12-04 09:00", "car 12-01"),
    "pay rent at 9 and call Bob at 10": ("pay rent 11-30 21:00", "call Bob 11-30 22:00"),
    "gym at 18:00 and call mum at 10:00": ("gym 11-30 18:00", "call mum 12-01 10:00"),
    "call mum today at 5 and dad tomorrow at 6": ("call mum 11-30 17:00", "call dad 12-01 18:00"),
    "breakfast at 8 and gym friday at 9": ("breakfast 12-04 08:00", "gym 12-04 09:00"),
    "remind me tomorrow at 5 to call mum and today at 6 to cook": (
        "call mum 12-01 17:00", "cook 11-30 18:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("typed", FOLLOWING)
def test_a_later_part_is_on_the_day_of_the_part_before_and_after_its_time(typed: str) -> None:
    assert drafts(typed) == FOLLOWING[typed]


LEADS = {
    "remind me the evening before about the flight on 12 december": "the flight 12-12 -870",
    "remind me the night before the flight on 12 december": "the flight 12-12 -870",
    "remind me the night before the flight on friday at 6am": "the flight 12-04 06:00 -690",
    "remind me the evening before to pack for the flight on 12 december": "pack for the flight 12-12 -870",
    "remind me the day before about the flight on 12 december": "the flight 12-12 -1440",
    "erinnere mich am Abend vorher an den Flug am 12. Dezember": "den Flug 12-12 -870",
    "erinnere mich am Abend vor dem Flug am 12. Dezember": "Flug 12-12 -870",
    "Flug Freitag um 6, erinnere mich am Abend vor dem Flug": "Flug 12-04 06:00 -690",
    "rappelle-moi la veille au soir du vol du 12 décembre": "vol 12-12 -870",
    "rappelle-moi la veille au soir du vol le 12 décembre à 8h": "vol 12-12 08:00 -810",
    "recuérdame la noche anterior el vuelo del 12 de diciembre": "el vuelo 12-12 -870",
    "recuérdame la noche antes del vuelo el 12 de diciembre": "vuelo 12-12 -870",
    "remind me the day before to pay rent on friday": "pay rent 12-04 -1440",
}


@pytest.mark.parametrize("typed", LEADS)
def test_the_evening_before_an_event_is_on_the_day_before(typed: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert [f"{_said(one)} -{one.lead}" for one in found.drafts if one.reminds] == [LEADS[typed]]


def test_an_evening_before_that_is_over_is_said_to_be_past() -> None:
    found = understand("remind me the evening before the flight today at 16:00", now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert found.fault is not None
    assert found.fault.hint == "past"


@pytest.mark.parametrize(
    "typed", ["remind me the evening before the party", "remind me the evening before to pack"]
)
def test_the_evening_before_nothing_known_adds_nothing(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) is None


MINUTES = {
    "réunion lundi 8h moins le quart": "réunion 12-07 07:45",
    "rdv demain 8h et quart": "rdv 12-01 08:15",
    "rdv demain 8h et demie": "rdv 12-01 08:30",
    "rdv demain à 8h et demie": "rdv 12-01 08:30",
    "rdv demain 8h": "rdv 12-01 08:00",
    "dentista el jueves a la 1": "dentista 12-03 13:00",
    "dentista mañana a la 1": "dentista 12-01 13:00",
    "taxi tomorrow 24:00": "taxi 12-01 23:59",
    "Party um 24:00 am 31.12.": "Party 12-31 23:59",
    "study tomorrow 8 hours": "study 12-01",
}


@pytest.mark.parametrize("typed", MINUTES)
def test_no_minutes_are_dropped_and_24_00_ends_the_day(typed: str) -> None:
    assert drafts(typed) == (MINUTES[typed],)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dentiste le 12/3", "dentiste 03-12"),
        ("dentiste le 3/4", "dentiste 04-03"),
        ("dentiste le 12/3 à 9h", "dentiste 03-12 09:00"),
        ("dentista el 12/3", "dentista 03-12"),
        ("dentiste le 12/25", "dentiste 12-25"),
        ("dentist on 12/3", "dentist 12-03"),
    ],
)
def test_the_day_is_before_the_month_after_a_french_or_spanish_article(typed: str, said: str) -> None:
    assert drafts(typed) == (said,)
