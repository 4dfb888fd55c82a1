"""A task list narrowed by typed words: days, marks, words, and what is none of these."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.records import Due, Task
from core.tasks.filters import MAX_FILTER, clean_filter, filtered

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)
"""Wednesday 25 November 2026, 12:00 in Berlin."""


def task(title: str, due: Due | None = None, **fields: object) -> Task:
    return Task(task_id=title, person_id="ann", title=title, created_at=NOW, due=due, **fields)  # type: ignore[arg-type]


def on(day: int, at: time | None = None, month: int = 11, zone: str | None = None) -> Due:
    return Due(on=date(2026, month, day), at=at, zone=zone)


TASKS = [
    task("Taxes", on(20), priority=1, labels=("Work",), project="Office"),
    task("Stand-up", on(25, time(9)), labels=("work", "daily")),
    task("Pay the rent", on(25)),
    task("Dentist", on(25, time(15)), labels=("health",)),
    task("Buy café crème", on(26)),
    task("Football", on(28)),
    task("Report", on(30), priority=2, project="Office"),
    task("Plan the week", None, project="House Rules"),
    task("Renew passport", on(20, month=12)),
    task("Rent a car"),
]

PLACED = [
    task("a", labels=("ideas",)),
    task("b", project="Work", section="Ideas"),
    task("c", project="Work", section="Big Plans"),
    task("d", project="Work / Ideas"),
    task("e", project="Idea Store"),
    task("f", section="Ideas"),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("#ideas", "abf"),
        ("#Work", "bc"),
        ("#work/ideas", "bd"),
        ("#bigplans", "c"),
        ("+work", "bcd"),
        ("+ideas", "bf"),
        ("+Work/Ideas", "b"),
        ("+work/b", "c"),
        ("/ideas", "bf"),
        ("/big", "c"),
        ("#work /ideas", "b"),
        ("ideas", "abdf"),
        ("plans", "c"),
    ],
)
def test_tasks_are_found_by_project_and_section(typed: str, expected: str) -> None:
    found = filtered(PLACED, typed, now=NOW, zone=BERLIN)
    assert "".join(one.title for one in found) == expected


def test_a_day_finds_what_is_due_and_what_has_its_deadline_then() -> None:
    limited = [
        task("a", on(25), deadline=date(2026, 12, 9)),
        task("b", on(9, month=12), deadline=date(2026, 11, 25)),
        task("c", None, deadline=date(2026, 11, 20)),
    ]

    def found(typed: str) -> str:
        return "".join(one.title for one in filtered(limited, typed, now=NOW, zone=BERLIN))

    assert [found(typed) for typed in ("today", "9 december", "overdue", "no date")] == ["ab", "ab", "c", ""]


FILTERS = {
    "": [one.title for one in TASKS],
    "all": [one.title for one in TASKS],
    "alle": [one.title for one in TASKS],
    "today": ["Stand-up", "Pay the rent", "Dentist"],
    "TODAY": ["Stand-up", "Pay the rent", "Dentist"],
    "heute": ["Stand-up", "Pay the rent", "Dentist"],
    "aujourd'hui": ["Stand-up", "Pay the rent", "Dentist"],
    "aujourd’hui": ["Stand-up", "Pay the rent", "Dentist"],
    "due today": ["Stand-up", "Pay the rent", "Dentist"],
    "overdue": ["Taxes", "Stand-up"],
    "überfällig": ["Taxes", "Stand-up"],
    "en retard": ["Taxes", "Stand-up"],
    "tomorrow": ["Buy café crème"],
    "morgen": ["Buy café crème"],
    "demain": ["Buy café crème"],
    "for tomorrow": ["Buy café crème"],
    "week": ["Stand-up", "Pay the rent", "Dentist", "Buy café crème", "Football", "Report"],
    "this week": ["Stand-up", "Pay the rent", "Dentist", "Buy café crème", "Football", "Report"],
    "diese Woche": ["Stand-up", "Pay the rent", "Dentist", "Buy café crème", "Football", "Report"],
    "next week": ["Report"],
    "weekend": ["Football"],
    "am Wochenende": ["Football"],
    "month": [one.title for one in TASKS if one.due and one.due.on >= date(2026, 11, 25)],
    "saturday": ["Football"],
    "am samstag": ["Football"],
    "samedi": ["Football"],
    "20 december": ["Renew passport"],
    "30 nov": ["Report"],
    "no date": ["Plan the week", "Rent a car"],
    "undated": ["Plan the week", "Rent a car"],
    "ohne Datum": ["Plan the week", "Rent a car"],
    "sans date": ["Plan the week", "Rent a car"],
    "#work": ["Taxes", "Stand-up"],
    "#WORK": ["Taxes", "Stand-up"],
    "@work": ["Taxes", "Stand-up"],
    "#work #daily": ["Stand-up"],
    "#nothing": [],
    "+Office": ["Taxes", "Report"],
    "+office": ["Taxes", "Report"],
    "+House": ["Plan the week"],
    "p1": ["Taxes"],
    "P2": ["Report"],
    "p3": [],
    "rent": ["Pay the rent", "Rent a car"],
    "RENT": ["Pay the rent", "Rent a car"],
    "the rent": ["Pay the rent", "Rent a car"],
    "cafe creme": ["Buy café crème"],
    "passprot": ["Renew passport"],
    "office": ["Taxes", "Report"],
    "health": ["Dentist"],
    "rent today": ["Pay the rent"],
    "today rent": ["Pay the rent"],
    "today #health": ["Dentist"],
    "#work overdue p1": ["Taxes"],
    "overdue +Office": ["Taxes"],
    "plan the week": ["Plan the week"],
    "zebra": [],
    "p9": [],
    "#": [],
    "???": [],
}


@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_leaves_what_it_names(text: str) -> None:
    assert [one.title for one in filtered(TASKS, text, now=NOW, zone=BERLIN)] == FILTERS[text]


def test_a_task_in_another_zone_is_due_on_the_readers_day() -> None:
    late = task("Call Tokyo", on(26, time(2), zone="Asia/Tokyo"))

    assert filtered([late], "today", now=NOW, zone=BERLIN) == [late]
    assert filtered([late], "tomorrow", now=NOW, zone=BERLIN) == []


def test_on_a_saturday_the_weekend_is_the_one_at_hand() -> None:
    saturday = NOW + timedelta(days=3)

    assert [one.title for one in filtered(TASKS, "weekend", now=saturday, zone=BERLIN)] == ["Football"]


@pytest.mark.parametrize("text", ["x" * 5000, "\u202e\x00\x1b[31m", "{title} %s", "#" * 300, "🧑‍🚀" * 100])
def test_a_hostile_filter_is_short_and_finds_nothing(text: str) -> None:
    assert len(clean_filter(text)) <= MAX_FILTER
    assert filtered(TASKS, text, now=NOW, zone=BERLIN) == []
