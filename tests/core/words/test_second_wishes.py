"""A second wish in one sentence, and how long before its time a reminder is wanted."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import AddTask, Several
from core.words.tasks import TaskDraft
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)  # a Monday

TWO = {
    "i have a job interview on thursday at 10 so remind me the evening before to iron my shirt": (
        "job interview 12-03 10:00", "iron my shirt 12-02 18:30 !",
    ),
    "ich hab donnerstag um 10 ein vorstellungsgespräch erinner mich am abend vorher hemd zu bügeln": (
        "vorstellungsgespräch 12-03 10:00", "hemd bügeln 12-02 18:30 !",
    ),
    "j'ai un entretien jeudi à 10h, rappelle-moi la veille au soir de repasser ma chemise": (
        "entretien 12-03 10:00", "repasser ma chemise 12-02 18:30 !",
    ),
    "tengo una entrevista el jueves a las 10, recuérdame la noche anterior planchar la camisa": (
        "entrevista 12-03 10:00", "planchar la camisa 12-02 18:30 !",
    ),
    "mom's birthday on saturday, remind me the day before to buy flowers": (
        "mom's birthday 12-05", "buy flowers 12-04 !",
    ),
    "mamas geburtstag am samstag erinner mich am tag davor blumen zu kaufen": (
        "mamas geburtstag 12-05", "blumen kaufen 12-04 !",
    ),
    "flight on friday at 6am so please remind me the night before to pack": (
        "flight 12-04 06:00", "pack 12-03 18:30 !",
    ),
    "dinner with anna saturday, remind me that morning to buy wine": (
        "dinner with anna 12-05", "buy wine 12-05 09:00 !",
    ),
    "dentist friday at 3pm and remind me tomorrow to book a taxi": (
        "dentist 12-04 15:00", "book a taxi 12-01 !",
    ),
    "dentiste vendredi à 15h et rappelle-moi demain de réserver un taxi": (
        "dentiste 12-04 15:00", "réserver un taxi 12-01 !",
    ),
    "remind me tomorrow evening to call dad and on friday to pay rent": (
        "call dad 12-01 18:30 !", "pay rent 12-04 !",
    ),
    "remind me to call dad tomorrow and to pay rent on friday": ("call dad 12-01 !", "pay rent 12-04 !"),
    "remind me to call dad tomorrow and remind me to pay rent on friday": (
        "call dad 12-01 !", "pay rent 12-04 !",
    ),
    "remind me to call dad tomorrow and remind me on friday": ("call dad 12-01 !", "call dad 12-04 !"),
    "erinnere mich morgen abend daran papa anzurufen und am freitag die miete zu zahlen": (
        "papa anrufen 12-01 18:30 !", "die miete zahlen 12-04 !",
    ),
    "rappelle-moi demain soir d'appeler papa et vendredi de payer le loyer": (
        "appeler papa 12-01 18:30 !", "payer le loyer 12-04 !",
    ),
    "recuérdame mañana a las 18:00 llamar a papá y el viernes pagar el alquiler": (
        "llamar a papá 12-01 18:00 !", "pagar el alquiler 12-04 !",
    ),
    "my sister's birthday is on december 9, buy a present the day before": (
        "my sister's birthday 12-09", "buy a present 12-08",
    ),
    "Tom's party is on saturday at 8, buy wine the day before": ("Tom's party 12-05 20:00", "buy wine 12-04"),
    "mum's birthday is on 9 december, order flowers two days before": (
        "mum's birthday 12-09", "order flowers 12-07",
    ),
    "flight on friday at 7am, pack the evening before": ("flight 12-04 07:00", "pack 12-03 18:30"),
    "dentist friday 10am, call Ann an hour before": ("dentist 12-04 10:00", "call Ann 12-04 09:00"),
    "exam on thursday, the day before revise chapter 3": ("exam 12-03", "revise chapter 3 12-02"),
    "mamas geburtstag ist am 9. dezember, am tag davor blumen kaufen": (
        "mamas geburtstag 12-09", "blumen kaufen 12-08",
    ),
    "mamas geburtstag ist am 9. dezember, am vortag blumen kaufen": (
        "mamas geburtstag 12-09", "blumen kaufen 12-08",
    ),
    "anniversaire de maman le 9 décembre, acheter des fleurs la veille": (
        "anniversaire de maman 12-09", "acheter des fleurs 12-08",
    ),
    "cumple de mamá el 9 de diciembre, comprar flores el día antes": (
        "cumple de mamá 12-09", "comprar flores 12-08",
    ),
    "morgen früh tierarzt anrufen und um 17 uhr einkaufen": (
        "tierarzt anrufen 12-01 09:00", "einkaufen 12-01 17:00",
    ),
}  # fmt: skip

ONE = {
    "remind me to pay rent on friday the day before": "pay rent 12-04 ! -1440",
    "erinnere mich am freitag die miete zu zahlen einen tag vorher": "die miete zahlen 12-04 ! -1440",
    "rappelle-moi de payer le loyer vendredi la veille": "payer le loyer 12-04 ! -1440",
    "recuérdame pagar el alquiler el viernes un día antes": "pagar el alquiler 12-04 ! -1440",
    "remind me to water the plants tomorrow at 8am an hour before": "water the plants 12-01 08:00 ! -60",
    "i have a dentist appointment friday at 3pm, remind me an hour before": (
        "dentist appointment 12-04 15:00 ! -60"
    ),
    "ich habe freitag um 15 uhr zahnarzt, erinner mich eine stunde vorher": "zahnarzt 12-04 15:00 ! -60",
    "dentiste vendredi à 15h, rappelle-moi une heure avant": "dentiste 12-04 15:00 ! -60",
    "dentista el viernes a las 15:00, recuérdame una hora antes": "dentista 12-04 15:00 ! -60",
    "dentist friday 3pm remind me the evening before": "dentist 12-04 15:00 ! -1230",
    "meeting tomorrow at 10am and remind me 15 minutes before the meeting": "meeting 12-01 10:00 ! -15",
    "i need to finish the report on friday and remind me on thursday": "finish the report 12-04 ! -1440",
    "ich muss freitag die miete zahlen, erinner mich am donnerstag": "die miete zahlen 12-04 ! -1440",
    "je dois payer le loyer vendredi, rappelle-moi jeudi": "payer le loyer 12-04 ! -1440",
    "tengo que pagar el alquiler el viernes, recuérdame el jueves": "pagar el alquiler 12-04 ! -1440",
    "buy milk and remind me tomorrow at 5pm": "buy milk 12-01 17:00 !",
    "meeting tomorrow at 15:00, remind me at 14:00": "meeting 12-01 15:00 ! -60",
    "dentist friday at 9 remind me at 8": "dentist 12-04 09:00 ! -60",
    "zahnarzt freitag um 9, erinnere mich um 8": "zahnarzt 12-04 09:00 ! -60",
    "dentiste vendredi à 9h, rappelle-moi à 8h": "dentiste 12-04 09:00 ! -60",
    "dentista el viernes a las 9, recuérdame a las 8": "dentista 12-04 09:00 ! -60",
    "flight saturday at 6:40, remind me at 4am": "flight 12-05 06:40 ! -160",
    "flight saturday at 6:40, remind me at 22:00": "flight 12-05 06:40 ! -520",
    "dinner friday at 8pm, remind me at 7:30": "dinner 12-04 20:00 ! -30",
    "dinner friday at 8pm, remind me at 5": "dinner 12-04 20:00 ! -180",
    "interview wednesday at 10, remind me in the morning": "interview 12-02 10:00 ! -60",
    "interview wednesday at 10, remind me in the evening": "interview 12-02 10:00 ! -930",
    "interview wednesday at 10, remind me this evening": "interview 12-02 10:00 ! -2370",
    "meeting tomorrow at 15:00, remind me today at 14:00": "meeting 12-01 15:00 ! -1500",
    "pay rent friday, remind me at 8": "pay rent 12-04 08:00 !",
    "dentist today at 5pm, remind me at 4": "dentist 11-30 17:00 ! -60",
    "remind me tomorrow to buy milk and eggs": "buy milk and eggs 12-01 !",
    "remind me tomorrow to call dad and friday night dinner": "call dad and friday night dinner 12-01 !",
    "party today, buy wine the day before": "party buy wine the day before 11-30",
    "remind me to read the book i read the day before": "read the book i read the day before !",
}


def _drafts(typed: str) -> tuple[TaskDraft, ...]:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    return found.drafts


def _said(draft: TaskDraft) -> str:
    words = [draft.title]
    if draft.due:
        words += [f"{draft.due.on:%m-%d}", f"{draft.due.at:%H:%M}" if draft.due.at else ""]
    words += ["!" if draft.reminds else "", f"-{draft.lead}" if draft.lead else ""]
    return " ".join(filter(None, words))


@pytest.mark.parametrize("typed", TWO)
def test_a_second_wish_is_a_task_of_its_own(typed: str) -> None:
    assert tuple(map(_said, _drafts(typed))) == TWO[typed]


@pytest.mark.parametrize("typed", ONE)
def test_a_lead_and_a_time_of_the_reminder_belong_to_the_one_task(typed: str) -> None:
    assert [_said(one) for one in _drafts(typed)] == [ONE[typed]]


@pytest.mark.parametrize(
    "typed",
    [
        "ask bob to remind me the day before", "ask bob on friday to remind me an hour before",
        "tom said remind me an hour before", "i love you, remind me tomorrow",
        "the weather is nice, remind me tomorrow",
        "dentist on friday at 3, remind me the evening before about",
        "gym every monday at 7 so remind me the evening before to pack",
        "remind me tomorrow at 9 and at 10 to call Mum and remind me on friday",
    ],
)  # fmt: skip
def test_what_is_said_to_others_or_without_a_task_adds_nothing(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) is None


def test_a_request_before_a_reminder_stays_one() -> None:
    found = understand("move rent to friday and remind me tomorrow to call Bob", now=NOW, zone=BERLIN)
    assert isinstance(found, Several)


@pytest.mark.parametrize(
    "typed",
    ["interview today at 10, remind me the evening before to iron", "dentist today at 5pm, remind me at 8am"],
)
def test_a_reminder_whose_time_is_over_is_said_to_be_past(typed: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert found.fault is not None
    assert found.fault.hint == "past"
