"""Several lines in one message: several tasks, their notes, and what is no list."""

from __future__ import annotations

import time as seconds

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.words.intents import AddTask, Several
from core.words.lines import MAX_LINES
from core.words.understand import understand, wished
from tests.core.words.hostile import BOMBS, HUGE_TEXT_SECONDS, answered, hostile_text
from tests.core.words.times import BERLIN, NOW

LISTS: dict[str, list[str]] = {
    "- call mom\n- buy milk tomorrow\n- pay rent p1": ["call mom", "buy milk, 03-17", "pay rent, p1"],
    "* call mom\n* buy milk": ["call mom", "buy milk"],
    "• call mom\n• buy milk": ["call mom", "buy milk"],
    "– call mom\n– buy milk": ["call mom", "buy milk"],
    "1. call mom\n2. buy milk": ["call mom", "buy milk"],
    "1) call mom\n2) buy milk\n10) pay": ["call mom", "buy milk", "pay"],
    "[ ] call mom\n[ ] buy milk": ["call mom", "buy milk"],
    "- [ ] call mom\n- [x] buy milk": ["call mom"],
    "☐ call mom\n☑ buy milk\n☐ pay rent": ["call mom", "pay rent"],
    "call mom\nbuy milk tomorrow": ["call mom", "buy milk, 03-17"],
    "call mom\n\n\nbuy milk\n": ["call mom", "buy milk"],
    "milk\neggs\nbread": ["milk", "eggs", "bread"],
    "buy milk\ncancel gym membership": ["buy milk", "cancel gym membership"],
    "Milch kaufen\nZahnarzt morgen 10 Uhr": ["Milch kaufen", "Zahnarzt, 03-17 10:00"],
    "acheter du lait\nappeler Paul demain": ["acheter du lait", "appeler Paul, 03-17"],
    "todo:\n- milk\n- eggs": ["milk", "eggs"],
    "Aufgaben:\n- Milch\n- Eier": ["Milch", "Eier"],
    "à faire :\n- lait\n- œufs": ["lait", "œufs"],
    "please add these:\nmilk\neggs": ["milk", "eggs"],
    "remind me to\n- call mom\n- pay rent tomorrow": ["call mom", "pay rent, 03-17"],
    "remind me to call mom tomorrow\nremind me to pay rent": ["call mom, 03-17", "pay rent"],
    "Tomorrow:\n- milk\n- call mom friday": ["milk, 03-17", "call mom, 03-19"],
    "Friday\n- milk\n- pay rent p1": ["milk, 03-19", "pay rent, 03-19, p1"],
    "Morgen:\n- Milch\n- Eier": ["Milch, 03-17", "Eier, 03-17"],
    "Demain :\n- lait\n- œufs": ["lait, 03-17", "œufs, 03-17"],
    "Shopping:\n- milk\n- eggs": ["milk, +Shopping", "eggs, +Shopping"],
    "Trip\n- passport\n- tickets +Work": ["passport, +Trip", "tickets, +Work"],
    "- dentist friday 10am (30 min)\n- taxes #home": ["dentist, 03-19 10:00, 30 min", "taxes, #home"],
    "dentist friday 10am\nnote: bring the x-ray": ["dentist, 03-19 10:00 // bring the x-ray"],
    "dentist friday 10am\n  bring the x-ray\n  ask for a date": [
        "dentist, 03-19 10:00 // bring the x-ray\nask for a date"
    ],
    "- dentist\n  bring the x-ray\n- buy milk": ["dentist // bring the x-ray", "buy milk"],
    "- Zahnarzt\nNotiz: Röntgenbild\n- Milch kaufen": ["Zahnarzt // Röntgenbild", "Milch kaufen"],
}


def shown(added: AddTask) -> list[str]:
    return [_shown(draft) for draft in added.drafts]


def _shown(draft: object) -> str:
    from core.words.tasks import TaskDraft

    assert isinstance(draft, TaskDraft)
    due = draft.due
    parts = (
        draft.title,
        f"{due.on:%m-%d}{f' {due.at:%H:%M}' if due.at else ''}" if due else "",
        f"p{draft.priority}" if draft.priority < 4 else "",
        f"{draft.minutes} min" if draft.minutes else "",
        *(f"#{label}" for label in draft.labels),
        f"+{draft.project}" if draft.project else "",
    )
    return ", ".join(part for part in parts if part) + (f" // {draft.notes}" if draft.notes else "")


@pytest.mark.parametrize("typed", LISTS)
def test_each_line_is_a_task(typed: str) -> None:
    intent = understand(typed, now=NOW, zone=BERLIN)
    if isinstance(intent, Several):  # a line may be a request, if it fits an open task
        intent = intent.otherwise
    assert isinstance(intent, AddTask)
    assert shown(intent) == LISTS[typed]


@pytest.mark.parametrize("typed", LISTS)
def test_behind_the_command_a_list_means_the_same(typed: str) -> None:
    assert shown(wished(typed, now=NOW, zone=BERLIN)) == LISTS[typed]


NO_LISTS = (
    "1\n2\n3",
    "12:30\n14:00",
    "hi\nhow are you",
    "Dear Bob,\nthank you for the letter.\nBest regards",
    "Main street 5\n12345 Berlin",
    "Roses are red\nviolets are blue",
    "I have been thinking about this for a long time.\nIt is not easy.",
    "The report was finished last week and everybody was happy\nNow the customers want more of the same",
    "- friday\n- monday",
    "here is what we said in the meeting today:\n- nothing\n- more",
    "delete the dentist\nmove rent to friday",
    "write less\nthanks",
    "what should I do?\nI have 10 minutes",
    "dentist\n- bring x-ray",
    "Anna Meier\nanna@example.com\n+49 30 123456",
    "ok\nthanks",
    "- [x] call mom\n- [x] buy milk",
    "Hallo Anna,\nwie geht es dir?\nLiebe Grüße",
    "- call mom\nhow are you",
)


ADDED = {
    "add buy eggs\ncall anna": ["buy eggs", "call anna"],
    "add buy eggs\nadd call anna tomorrow": ["buy eggs", "call anna, 03-17"],
    "- add milk to my list\n- eggs": ["milk", "eggs"],
    "ajoute du lait\nappelle Paul": ["du lait", "appelle Paul"],
}


@pytest.mark.parametrize("typed", ADDED)
def test_add_before_a_line_is_no_part_of_its_title(typed: str) -> None:
    intent = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(intent, AddTask)
    assert shown(intent) == ADDED[typed]


@pytest.mark.parametrize("typed", NO_LISTS)
def test_other_lines_are_no_list(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), AddTask)


def test_long_prose_is_no_list_however_many_lines_it_has() -> None:
    sentence = "This is a sentence of a text that somebody pasted, number"
    prose = "\n".join(f"{sentence} {number}." for number in range(80))
    assert understand(prose, now=NOW, zone=BERLIN) is None


def test_as_many_lines_as_allowed_are_added_and_more_are_refused() -> None:
    lines = [f"- task number {number}x" for number in range(MAX_LINES)]
    added = understand("\n".join(lines), now=NOW, zone=BERLIN)
    assert isinstance(added, AddTask)
    assert len(added.drafts) == MAX_LINES
    for read in (understand, wished):
        with pytest.raises(BadInput) as raised:
            read("\n".join([*lines, "- one more"]), now=NOW, zone=BERLIN)
        assert (raised.value.hint, raised.value.values) == ("too_many_lines", {"limit": str(MAX_LINES)})


def test_behind_the_command_bare_lines_need_not_look_like_tasks() -> None:
    assert shown(wished("Anna is my friend\nBob is not", now=NOW, zone=BERLIN)) == [
        "Anna is my friend",
        "Bob is not",
    ]


@given(lines=st.lists(hostile_text, min_size=2, max_size=6))
def test_no_text_breaks_it(lines: list[str]) -> None:
    found = answered(lambda: understand("\n".join(lines), now=NOW, zone=BERLIN))
    assert not isinstance(found, BadInput) or found.hint in {
        "past",
        "too_far",
        "task_too_long",
        "too_many_lines",
    }


@pytest.mark.parametrize("name", BOMBS)
def test_huge_lists_are_read_quickly(name: str) -> None:
    begun = seconds.thread_time()
    answered(lambda: understand(f"- {BOMBS[name][:3000]}\n" * 40, now=NOW, zone=BERLIN))
    assert seconds.thread_time() - begun < HUGE_TEXT_SECONDS
