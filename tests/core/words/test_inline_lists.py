"""Lists within one line become tasks of their own; one task with commas stays one."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.words.inline_lists import as_lines
from core.words.intents import AddTask
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


@each_of(
    ("buy milk, eggs, bread", "milk, eggs, bread", "buy flowers, bring them to mum",
    "call Ann, the plumber", "1. milk",
     "call Bob at 5, he waits", "2) laundry 3) dishes", "version 1.2 and 2.0", "1) one\n2) two",
     "wash, dry, iron")
)  # fmt: skip
def test_what_is_one_task_stays_as_it_was(typed: str) -> None:
    assert as_lines(typed) == typed
