"""Lists within one line become tasks of their own; one task with commas stays one."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.words.inline_lists import as_lines
from core.words.intents import AddTask
from core.words.tasks import TaskDraft
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)

LISTS = {
    "1) laundry 2) dishes 3) taxes": ("laundry", "dishes", "taxes"),
    "1. laundry 2. call mum": ("laundry", "call mum"),
    "buy milk, call mom, pay rent": ("buy milk", "call mom", "pay rent"),
    "buy milk, call mom and pay rent, and wash the car": (
        "buy milk",
        "call mom and pay rent",
        "wash the car",
    ),
    "Milch kaufen, Oma anrufen, Müll rausbringen": ("Milch kaufen", "Oma anrufen", "Müll rausbringen"),
    "acheter du pain, appeler maman": ("acheter du pain", "appeler maman"),
    "comprar pan, llamar a mamá": ("comprar pan", "llamar a mamá"),
}


@each_of(list(LISTS.items()), ids=str)
def test_each_item_is_a_task(typed: str, titles: tuple[str, ...]) -> None:
    found = understand(typed, now=NOW, zone=ZoneInfo("Europe/Berlin"))
    assert isinstance(found, AddTask)
    assert tuple(one.title for one in found.drafts) == titles


DATED = {
    "buy milk, call Jim friday, dentist thu 9:30": "buy milk|call Jim 12-04|dentist 12-03 09:30",
    "Acme call tue 3-4pm, Globex call tue 4:30pm, Initech review wed": (
        "Acme call 12-01 15:00|Globex call 12-01 16:30|Initech review 12-02"
    ),
    "pay rent monday, call Bob tuesday, dentist wed 9:30, buy milk": (
        "pay rent 12-07|call Bob 12-01|dentist 12-02 09:30|buy milk"
    ),
    "gym 7am, dentist 9:30, call Jim friday": "gym 12-01 07:00|dentist 12-01 09:30|call Jim 12-04",
    "Milch kaufen, Jana anrufen Freitag, Zahnarzt Do 9:30": (
        "Milch kaufen|Jana anrufen 12-04|Zahnarzt 12-03 09:30"
    ),
    "acheter du lait, appeler Jim vendredi, dentiste jeudi 9h30": (
        "acheter du lait|appeler Jim 12-04|dentiste 12-03 09:30"
    ),
    "laundry monday, groceries tuesday, gym wednesday": "laundry 12-07|groceries 12-08|gym 12-02",
    "review PR, deploy friday, retro mon 10am": "review PR|deploy 12-04|retro 12-07 10:00",
    "buy milk, eggs friday": "buy milk, eggs 12-04",
    "buy milk, eggs and bread friday": "buy milk, eggs and bread 12-04",
    "meeting monday, wednesday and friday": "meeting 12-07|meeting 12-02|meeting 12-04",
    "lunch at 12, gym at 6 and sauna at 8pm friday": ("lunch 12-04 12:00|gym 12-04 18:00|sauna 12-04 20:00"),
}


@each_of(list(DATED.items()), ids=str)
def test_each_item_has_its_own_day(typed: str, tasks: str) -> None:
    found = understand(typed, now=NOW, zone=ZoneInfo("Europe/Berlin"))
    assert isinstance(found, AddTask)
    assert "|".join(map(_in_words, found.drafts)) == tasks


def _in_words(draft: TaskDraft) -> str:
    at = draft.due.at.isoformat("minutes") if draft.due and draft.due.at else ""
    return " ".join(filter(None, (draft.title, f"{draft.due.on:%m-%d}" if draft.due else "", at)))


@each_of(
    ("buy milk, eggs, bread", "milk, eggs, bread", "buy flowers, bring them to mum",
    "call Ann, the plumber", "1. milk",
     "call Bob at 5, he waits", "2) laundry 3) dishes", "version 1.2 and 2.0", "1) one\n2) two",
     "wash, dry, iron")
)  # fmt: skip
def test_what_is_one_task_stays_as_it_was(typed: str) -> None:
    assert as_lines(typed) == typed
