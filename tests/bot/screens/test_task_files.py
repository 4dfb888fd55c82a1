"""What people read about files of tasks."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.task_files import format_named
from bot.screens import texts_files as texts
from bot.screens.task_files import added, file_fault, offered, undone, which_format
from core.errors import FileUnusable
from core.records import Due, FileTask, TaskFormat
from core.tasks.imports import ImportOffer, ImportResult

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
DUE = Due(on=date(2026, 11, 30), at=time(9))


def offer(*titles: str, **fields: Any) -> ImportOffer:
    usual: dict[str, Any] = {"known": 0, "changed": 0, "no_room": 0, "left_out": 0, "unreadable": ()}
    new = tuple(FileTask(title=title, due=DUE if title == "Rent" else None) for title in titles)
    return ImportOffer(import_id="i", new=new, **(usual | fields))


def lines(found: ImportOffer) -> list[str]:
    return offered(found, NOW, BERLIN).text.splitlines()


def test_one_and_many_are_said_as_such() -> None:
    one = offer("Rent", known=1, changed=1, no_room=1, left_out=1, unreadable=(3,))
    many = offer(*"abcdefgh", known=2, changed=2, no_room=2, left_out=2, unreadable=tuple(range(1, 9)))

    assert lines(one) == [
        "One new task in this file:",
        "· Rent (tomorrow 9:00)",
        "One I know already.",
        "One of these differs from the last time; I keep mine.",
        "One is done, cancelled or hidden: left out.",
        "One more does not fit: a list holds 2000 open tasks.",
        "One line I could not read: 3.",
    ]
    assert lines(many) == [
        "8 new tasks in this file:",
        *(f"· {letter}" for letter in "abcde"),
        "· and 3 more",
        "2 I know already.",
        "2 of these differ from the last time; I keep mine.",
        "2 are done, cancelled or hidden: left out.",
        "2 more do not fit: a list holds 2000 open tasks.",
        "8 lines I could not read: 1, 2, 3, 4, 5, …",
    ]
    assert lines(offer(*"abcdef"))[-1] == "· and one more"
    assert lines(offer("a", unreadable=(14, 90)))[-1] == "2 lines I could not read: 14, 90."


def test_without_news_there_is_nothing_to_tap() -> None:
    for found, words in (
        (offer(known=3), texts.IMPORT_NOTHING_NEW),
        (offer(left_out=3), texts.IMPORT_NO_TASKS),
        (offer(no_room=3), texts.IMPORT_FULL),
    ):
        message = offered(found, NOW, BERLIN)
        assert message.lines[0].text == words
        assert message.buttons == ()


def test_a_hostile_title_is_one_short_line() -> None:
    shown = lines(offer("**bold** {new} _x_ " + "y" * 300))

    assert shown[1].startswith("· **bold** {new} _x_ yyy")
    assert len(shown[1]) < 90
    assert len(shown) == 2


def test_what_was_added_has_one_undo_and_nothing_has_none() -> None:
    labels = [
        [button.label for row in added(result).buttons for button in row] for result in results(0, 1, 7)
    ]

    assert labels == [[], ["Undo"], ["Undo"]]
    assert [added(result).text for result in results(1, 7)] == ["Added one task.", "Added 7 tasks."]
    assert undone(ImportResult(import_id="i", tasks=0, kept=2)).text.splitlines() == [
        "Took 0 tasks back.", "2 were done or removed before, and stay so.",
    ]  # fmt: skip


def results(*numbers: int) -> list[ImportResult]:
    return [ImportResult(import_id="i", tasks=number) for number in numbers]


@pytest.mark.parametrize("reason", texts.FILE_FAULTS)
def test_every_fault_of_a_file_is_a_whole_sentence(reason: str) -> None:
    said = file_fault(FileUnusable(reason, name="a\nb\u202e.txt"))

    assert said.endswith(".")
    assert "{" not in said
    assert "\n" not in said


def test_every_format_has_its_button_and_its_names() -> None:
    [row] = which_format().buttons
    assert [TaskFormat(button.arg) for button in row] == list(TaskFormat)
    for format in TaskFormat:
        assert format_named(format.value) is format
        assert format_named(texts.FORMAT_LABELS[format.value]) is format
    assert format_named("as todo.txt") is TaskFormat.TODO_TXT
    assert format_named("xls") is None
    assert format_named("") is None


def test_sentences_are_whole_and_have_named_places_only() -> None:
    for name, sentence in vars(texts).items():
        if name.isupper() and isinstance(sentence, str):
            assert all(field != "" for _, field, _, _ in string.Formatter().parse(sentence)), name
