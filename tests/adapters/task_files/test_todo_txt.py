from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.records import Due, FileTask, TaskFormat
from tests.adapters.task_files.drafts import NOW
from tests.adapters.task_files.reading import FORMATS, read, said
from tests.rows import each_of

FIRST = Due(on=date(2026, 12, 1))

# Lines as the documentation of todo.txt, Simpletask, topydo, sleek and QTodoTxt has them.
LINES: dict[str, tuple[str, dict[str, Any]]] = {
    "(A) Thank Mom for the meatballs @phone": (
        "Thank Mom for the meatballs",
        {"priority": 1, "labels": ("phone",)},
    ),
    "(B) Schedule Goodwill pickup +GarageSale @phone": (
        "Schedule Goodwill pickup",
        {"priority": 2, "project": "GarageSale", "labels": ("phone",)},
    ),
    "Post signs around the neighborhood +GarageSale": (
        "Post signs around the neighborhood",
        {"project": "GarageSale"},
    ),
    "@GroceryStore Eskimo pies": ("Eskimo pies", {"labels": ("GroceryStore",)}),
    "(C) 2011-03-02 Call Mom": ("Call Mom", {"priority": 3, "created_at": datetime(2011, 3, 2, tzinfo=UTC)}),
    "2011-03-02 Document task format": (
        "Document task format",
        {"created_at": datetime(2011, 3, 2, tzinfo=UTC)},
    ),
    "(Z) Some day": ("Some day", {}),
    "Really gotta call Mom (A) @phone @someday": (
        "Really gotta call Mom (A)",
        {"labels": ("phone", "someday")},
    ),
    "(b) Get back to the boss": ("(b) Get back to the boss", {}),
    "(B)->Submit TPS report": ("(B)->Submit TPS report", {}),
    "Email SoAndSo at soandso@example.com": ("Email SoAndSo at soandso@example.com", {}),
    "Learn how to add 2+2": ("Learn how to add 2+2", {}),
    "xylophone lesson": ("xylophone lesson", {}),
    "X 2012-01-01 Make resolutions": ("X 2012-01-01 Make resolutions", {}),
    "Pay the rent due:2026-12-01 rec:+1m": (
        "Pay the rent",
        {"due": FIRST, "repeats": "FREQ=MONTHLY;BYMONTHDAY=1"},
    ),
    "Water plants due:2026-12-01 rec:3d": (
        "Water plants",
        {"due": FIRST, "repeats": "FREQ=DAILY;INTERVAL=3", "repeats_from_done": True},
    ),
    "Stand-up due:2026-12-01 rec:1b": (
        "Stand-up",
        {"due": FIRST, "repeats": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
    ),
    "Odd due:2026-12-01 rec:3b": ("Odd rec:3b", {"due": FIRST}),
    "No date rec:1w": ("No date", {}),
    "Renew t:2026-12-01": ("Renew", {"due": FIRST}),
    "Renew t:2026-11-01 due:2026-12-01": ("Renew", {"due": FIRST}),
    "Meet due:2026-12-01 at:9:30 tz:Europe/London": (
        "Meet",
        {"due": Due(on=FIRST.on, at=time(9, 30), zone="Europe/London")},
    ),
    "Meet due:2026-12-01T09:30": ("Meet", {"due": Due(on=FIRST.on, at=time(9, 30))}),
    "Bad dates due:2026-13-41 due:tomorrow": ("Bad dates due:2026-13-41 due:tomorrow", {}),
    "Long one est:1h30m note:see%20page%2012": ("Long one", {"minutes": 90, "notes": "see page 12"}),
    "Open with pri:B": ("Open with", {"priority": 2}),
    "See http://example.com/a?b=c:d and ratio 16:9": ("See http://example.com/a?b=c:d and ratio 16:9", {}),
    "+only +marks @here": ("only marks here", {"project": "only", "labels": ("here", "marks")}),
    "Müll rausbringen +Haushalt @zuhause due:2026-12-01": (
        "Müll rausbringen",
        {"project": "Haushalt", "labels": ("zuhause",), "due": FIRST},
    ),
    "\\@home is a word and \\+1 too": ("@home is a word and +1 too", {}),
    r"\\server\share stays": (r"\\server\share stays", {}),
    "tab\there\tand there": ("tab here and there", {}),
    "\u202eevil\u202c title\x07": ("evil title", {}),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_its_rules_say(line: str) -> None:
    title, fields = LINES[line]

    [task] = read(line, "todo.txt").tasks

    assert task.title == title
    assert said(task) == fields


@pytest.mark.parametrize(
    "line",
    [
        "x 2011-03-03 Call Mom",
        "x Call Mom",
        "x (A) Pay rent",
        "x",
        "x 2011-03-02 2011-03-01 Review +Site",
        "L h:1",
    ],
)
def test_what_is_done_or_hidden_is_left_out_and_counted(line: str) -> None:
    file = read(f"Call Ann\n{line}\n", "todo.txt")

    assert ([task.title for task in file.tasks], file.left_out) == (["Call Ann"], 1)


def test_pieces_find_their_task_wherever_it_stands() -> None:
    file = read("Outline p:7\nReport id:7\nSources p:7\nLost p:9\nx Done id:8\nOf done p:8\n", "todo.txt")

    assert [(task.title, task.parent) for task in file.tasks] == [
        ("Outline", 1), ("Report", None), ("Sources", 1), ("Lost", None), ("Of done", None),
    ]  # fmt: skip


def test_an_odd_line_costs_that_line_only_and_is_named() -> None:
    lines = ["Call Ann", "\x01\u200b", "@", "(A)", "...", "Buy milk", "----", "🧺"]

    file = read("\r\n".join(lines), "todo.txt")

    assert [task.title for task in file.tasks] == ["Call Ann", "Buy milk", "🧺"]
    assert file.unreadable == (2, 3, 4, 5, 7)


def test_a_title_that_is_too_long_stands_in_the_notes_as_a_whole() -> None:
    words = "word " * 100

    [task] = read(words, "todo.txt").tasks

    assert len(task.title) <= 300
    assert task.title.endswith("…")
    assert task.notes == words.strip()


def test_what_is_written_is_what_other_programs_read() -> None:
    file = read(
        "(A) 2026-11-01 Pay +home due:2026-12-01 rec:+1m\nReport id:x\nOutline p:x @a%20b est:2h\n", "t.txt"
    )

    assert FORMATS.write(file.tasks, TaskFormat.TODO_TXT, now=NOW).decode().splitlines() == [
        "(A) 2026-11-01 Pay +home due:2026-12-01 rec:+1m rrule:FREQ=MONTHLY;BYMONTHDAY=1",
        "Report id:2",
        "Outline @a%20b est:120m p:2",
    ]


@each_of(
    [
        "[ ] Buy milk", "[] x", "[[ x", '{"a": 1}', "{ x", "<b>x</b>", "<!x", "GIF89a", "BZhang anrufen",
        "Rar! x", "%PDF-1 lesen", "7z entpacken", "Type,content,priority", '"TYPE";CONTENT;PRIORITY',
        "type; content; priority",
        "content,type,priority", "date;type;content;priority", "SQLite format 3", "BEGIN:VCARD",
        "begin:vtodo x",
        "{\\rtf1 x", "\\[ ] x", "\\\\<b>", "PK x", "MZ x", "x done", "(A) x", "2026-11-25 x",
    ]
)  # fmt: skip
def test_a_file_that_begins_with_any_title_is_read_again(title: str) -> None:
    written = FORMATS.write((FileTask(title=title),), TaskFormat.TODO_TXT, now=NOW)
    file = FORMATS.read(written, name="todo.txt", now=NOW, zone=ZoneInfo("Europe/Berlin"))
    assert file.format is TaskFormat.TODO_TXT
    assert [task.title for task in file.tasks] == [title]
