"""Tasks that are added to others, to a day, or because something is needed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.further_tasks import joins_a_time, with_verb_of
from core.words.intents import AddTask
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)  # a Monday

FURTHER = {
    "and hoovering on sunday": "hoovering 12-06", "und paket abholen": "paket abholen",
    "und am sonntag staubsaugen": "staubsaugen 12-06", "et aspirateur dimanche": "aspirateur 12-06",
    "y aspirar el domingo": "aspirar 12-06", "also ironing": "ironing", "and also call mom": "call mom",
    "außerdem bügeln": "bügeln", "auch noch bügeln": "bügeln", "et aussi repassage": "repassage",
    "y también planchar": "planchar", "and remind me tomorrow to call bob": "call bob 12-01",
}  # fmt: skip
TO_A_DAY = {
    "add laundry to saturday": "laundry 12-05", "add laundry to tomorrow": "laundry 12-01",
    "füge wäsche zu samstag hinzu": "wäsche 12-05", "trag mir für samstag putzen ein": "putzen 12-05",
    "trag putzen für samstag ein": "putzen 12-05", "ajoute la lessive à samedi": "la lessive 12-05",
    "añade la colada al sábado": "la colada 12-05", "add subtitles to video": "subtitles to video",
    "add salt to taste": "salt to taste", "add milk to my list": "milk",
}  # fmt: skip
NEEDED = {
    "i need milk": "milk", "we need milk and eggs": "milk and eggs", "i still need batteries": "batteries",
    "brauche noch milch und eier": "milch und eier", "ich brauche milch": "milch",
    "j'ai besoin de piles": "piles", "il me faut du lait": "lait", "necesito leche": "leche",
    "hace falta leche": "leche", "i need milk tomorrow": "milk 12-01",
}  # fmt: skip
NONE = [
    "and you?", "and now", "and then what", "und jetzt", "und tschüss", "also gut", "also ich bin müde",
    "also true", "also i love you", "and bob", "noch nicht", "plus", "et toi", "y ahora",
    "i need sleep", "i need a break", "i need coffee", "i need you", "i need a hug", "ich brauche urlaub",
    "brauche ruhe", "plus d'eau", "plus de lait",
    "j'ai besoin de repos", "il me faut du temps", "necesito dormir", "do i need milk?",
]  # fmt: skip


def _said(typed: str) -> list[str]:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    return [f"{one.title} {one.due.on:%m-%d}" if one.due else one.title for one in found.drafts]


@pytest.mark.parametrize(("typed", "said"), [*FURTHER.items(), *TO_A_DAY.items(), *NEEDED.items()])
def test_a_further_task_is_added_without_the_words_that_join_it(typed: str, said: str) -> None:
    assert _said(typed) == [said]


@pytest.mark.parametrize("typed", NONE)
def test_talk_that_begins_alike_adds_nothing(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), AddTask)


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("and Anna at 4", True), ("und Papa um 4", True), ("et Anna à 16h", True), ("y Ana a las 16", True),
        ("and Anna tomorrow at 4", False), ("and Anna tomorrow", False), ("and Anna", False),
        ("and Anna in 2 hours", False), ("also Anna at 4", False), ("Anna at 4", False),
        ("and gym every day at 4", False),
    ],
)  # fmt: skip
def test_what_joins_only_a_time(text: str, does: bool) -> None:
    assert joins_a_time(text) is does


@pytest.mark.parametrize(
    ("title", "before", "whole"),
    [
        ("Anna", "call Bob", "call Anna"), ("Anna", "Call Bob", "Call Anna"),
        ("Anna", "appeler Paul", "appeler Anna"),
        ("gym", "call Bob", "gym"), ("Anna", "call the dentist", "Anna"), ("Papa", "Mama anrufen", "Papa"),
        ("Anna", "dentist", "Anna"), ("Anna Smith", "call Bob", "Anna Smith"),
        ("Anna", "Zahnarzt Bob", "Anna"),
    ],
)  # fmt: skip
def test_the_verb_is_taken_over_only_for_a_name(title: str, before: str, whole: str) -> None:
    assert with_verb_of(title, before) == whole


LEFT_OUT = {
    "send Eva the slides today and the invoice tomorrow": ["send Eva the slides", "send Eva the invoice"],
    "give Tom the keys monday and the car friday": ["give Tom the keys", "give Tom the car"],
    "clean the garage today and the kitchen tomorrow": ["clean the garage", "clean the kitchen"],
    "book the flight today, the hotel tomorrow and the car friday": [
        "book the flight", "book the hotel", "book the car",
    ],
    "call mom tomorrow and dad on friday": ["call mom", "call dad"],
    "appeler maman demain et papa vendredi": ["appeler maman", "appeler papa"],
    "payer le loyer lundi et la facture vendredi": ["payer le loyer", "payer la facture"],
    "pay rent today and the dentist tomorrow": ["pay rent", "the dentist"],
    "buy milk today and bread tomorrow": ["buy milk", "bread"],
    "clean the garage today and call the dentist tomorrow": ["clean the garage", "call the dentist"],
}  # fmt: skip


@pytest.mark.parametrize(("typed", "titles"), LEFT_OUT.items(), ids=LEFT_OUT)
def test_a_later_part_has_the_words_that_are_left_out(typed: str, titles: list[str]) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert [draft.title for draft in found.drafts] == titles
