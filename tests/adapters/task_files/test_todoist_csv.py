import csv
import io
from datetime import date, time
from typing import Any

import pytest

from core.errors import FileUnusable
from core.records import Due, FileTask, TaskFormat
from tests.adapters.task_files.drafts import NOW
from tests.adapters.task_files.reading import FORMATS, read, said

HEADER = (
    "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,"
    "DURATION_UNIT,DEADLINE,DEADLINE_LANG\n"
)
FIRST = date(2026, 12, 1)

# Templates as Todoist exports them, in English and in German.
ENGLISH = (
    "\ufeff" + HEADER + "meta,view_style=list,,,,,,,,,,,,\n"
    "task,Book the venue @calls,Ask for the big room,1,1,Ann (12345),,tomorrow at 9am,en,Europe/Berlin,"
    "30,minute,,\n"
    "task,Compare prices,,4,2,Ann (12345),,,,,None,None,,\n"
    "note,The list is in the drive,,,,Ann (12345),,,,,,,,\n"
    ",,,,,,,,,,,,,\n"
    "section,Catering,,,,,,,,,,,,\n"
    "task,Order food,,2,1,Ann (12345),,every 2 weeks,en,Europe/Berlin,,,2026-12-24,en\n"
)
GERMAN = (
    HEADER + 'task,Wohnung putzen @zuhause,"Bad\nKüche",3,1,Anna (1),,jeden Montag um 18 Uhr,de,'
    "Europe/Berlin,1,day,,\n"
    "task,Müll,,4,1,Anna (1),,übermorgen,de,Europe/Berlin,,,,\n"
    "task,Blumen gießen,,4,1,Anna (1),,alle! 3 Tage,de,Europe/Berlin,,,,\n"
)


def row(**cells: str) -> str:
    columns = HEADER.strip().split(",")
    out = io.StringIO()
    csv.writer(out).writerow([{"TYPE": "task", "CONTENT": "Task", **cells}.get(name, "") for name in columns])
    return HEADER + out.getvalue()


def test_a_template_in_english_is_read() -> None:
    venue, prices, food = read(ENGLISH, "party.csv").tasks

    assert (venue.title, venue.labels, venue.notes) == ("Book the venue", ("calls",), "Ask for the big room")
    assert (venue.priority, venue.minutes) == (1, 30)
    assert venue.due == Due(on=date(2026, 11, 30), at=time(9), zone="Europe/Berlin")
    assert (prices.title, prices.parent, prices.notes) == ("Compare prices", 0, "The list is in the drive")
    assert (food.project, food.priority, food.repeats) == ("Catering", 2, "FREQ=WEEKLY;INTERVAL=2")
    assert food.due


def test_a_template_in_german_is_read() -> None:
    clean, bins, plants = read(GERMAN, "haushalt.csv").tasks

    assert (clean.title, clean.notes, clean.minutes) == ("Wohnung putzen", "Bad\nKüche", 1440)
    assert clean.due == Due(on=date(2026, 11, 30), at=time(18), zone="Europe/Berlin")
    assert clean.repeats == "FREQ=WEEKLY;BYDAY=MO"
    assert bins.due == Due(on=FIRST)
    assert (plants.repeats, plants.repeats_from_done) == ("FREQ=DAILY;INTERVAL=3", True)


DATES: dict[tuple[str, str], dict[str, Any]] = {
    ("2026-12-01", "en"): {"due": Due(on=FIRST)},
    ("2026-12-01", "ja"): {"due": Due(on=FIRST)},
    ("2026-12-01 9:30", ""): {"due": Due(on=FIRST, at=time(9, 30))},
    ("2026-12-01T09:30:00.000000Z", "en"): {"due": Due(on=FIRST, at=time(9, 30), zone="UTC")},
    ("1 Dec", "en"): {"due": Due(on=FIRST)},
    ("demain", "fr"): {"due": Due(on=date(2026, 11, 30))},
    ("tous les jours", "fr"): {"due": Due(on=date(2026, 11, 29)), "repeats": "FREQ=DAILY"},
    ("every! week", "en"): {"repeats": "FREQ=WEEKLY", "repeats_from_done": True},
    ("every month starting 2026-12-01", "en"): {
        "due": Due(on=FIRST),
        "repeats": "FREQ=MONTHLY;BYMONTHDAY=1",
    },
    ("mañana", "es"): {"notes": "mañana"},
    ("tomorrow", "es"): {"notes": "tomorrow"},
    ("when the cows come home", "en"): {"notes": "when the cows come home"},
    ("no date", "en"): {},
    ("2026-99-99", "en"): {"notes": "2026-99-99"},
    ("every fri, sat", "en"): {"repeats": "FREQ=WEEKLY;BYDAY=FR,SA"},
    ("every other fri, sat", "en"): {"notes": "every other fri, sat"},
    ("every 14 jan, 14 apr", "en"): {"notes": "every 14 jan, 14 apr"},
}


@pytest.mark.parametrize(("words", "language"), DATES)
def test_a_date_is_read_in_words_that_oo_knows_and_else_kept_in_the_notes(words: str, language: str) -> None:
    [task] = read(row(DATE=words, DATE_LANG=language), "a.csv").tasks

    assert DATES[words, language].items() <= said(task).items()
    if "due" not in DATES[words, language] and "repeats" not in DATES[words, language]:
        assert said(task) == DATES[words, language]


def test_a_deadline_is_kept_apart_from_the_date() -> None:
    [alone] = read(row(DEADLINE="2026-12-01"), "a.csv").tasks
    assert (alone.due, alone.deadline) == (None, FIRST)
    [both] = read(row(DATE="2026-12-02", DEADLINE="2026-12-01"), "a.csv").tasks
    assert (both.due, both.deadline) == (Due(on=date(2026, 12, 2)), FIRST)
    [odd] = read(row(DEADLINE="when the cows come home", DEADLINE_LANG="en"), "a.csv").tasks
    assert (odd.deadline, odd.notes) == (None, "when the cows come home")


def test_a_section_of_a_file_without_a_project_may_name_both() -> None:
    content = HEADER + "section,Work / Ideas,,,\ntask,One,,4,1\nsection,/ Someday,,,\ntask,Two,,4,1\n"

    assert [(task.project, task.section) for task in read(content, "tasks.csv").tasks] == [
        ("Work", "Ideas"), (None, "Someday"),
    ]  # fmt: skip


def test_sections_are_headings_that_todoist_reads_too() -> None:
    tasks = (
        FileTask(title="One", project="Work", section="Ideas", deadline=FIRST),
        FileTask(title="Two", project="Work"),
        FileTask(title="Three", project="A / B"),
    )
    content = FORMATS.write(tasks, TaskFormat.TODOIST_CSV, now=NOW)

    rows = list(csv.DictReader(io.StringIO(content.decode().removeprefix("\ufeff"))))
    assert [one["CONTENT"] for one in rows if one["TYPE"] == "section"] == ["A / B", "Work", "Work / Ideas"]
    assert [one["DEADLINE"] for one in rows if one["CONTENT"] == "One"] == ["2026-12-01"]
    found = {one.title: (one.project, one.section) for one in read(content, "a.csv").tasks}
    assert found == {"One": ("Work", "Ideas"), "Two": ("Work", None), "Three": ("A / B", None)}


def test_a_backup_names_its_project() -> None:
    content = HEADER + "task,One,,4,1\nsection,Later,,,\ntask,Two,,4,1\n"

    assert [(task.project, task.section) for task in read(content, "Work [2203306141].csv").tasks] == [
        ("Work", None), ("Work", "Later"),
    ]  # fmt: skip
    assert [task.project for task in read(content, "Work.csv").tasks] == [None, "Later"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_columns_may_be_separated_otherwise_and_in_another_order(delimiter: str) -> None:
    content = "PRIORITY,TYPE,INDENT,CONTENT\r1,task,1,Call Ann\r".replace(",", delimiter)

    [task] = read(content, "a.csv").tasks

    assert (task.title, task.priority) == ("Call Ann", 1)


def test_an_odd_row_costs_that_row_only_and_is_named() -> None:
    content = (
        HEADER + "task,One,,4,1,,,,,,,,,\n"
        'task,"never closed,,4,1,,,,,,,,,\n'
        "task,Two,,4,2,,,,,,,,,\n"
        "reminder,what,,4,1,,,,,,,,,\n"
        "task,,,4,1,,,,,,,,,\n"
        "task,shifted, by a comma,x,4,1,,,,,,,,\n"
        'task,"Three ""quoted""\nstill three",,4,3,,,,,,,,,\n'
        'task,5" screws,,4,1,,,,,,,,,\n'
        "task,short\n"
        'task,"the end'
    )
    file = read(content, "a.csv")

    assert [(task.title, task.parent) for task in file.tasks] == [
        ("One", None), ("Two", 0), ('Three "quoted" still three', None), ('5" screws', None), ("short", None),
    ]  # fmt: skip
    assert file.unreadable == (3, 5, 6, 7, 12)


def test_levels_that_are_skipped_or_nonsense_do_no_harm() -> None:
    rows = ("One,,4,1", "Deep,,4,4", "Less,,4,3", "Zero,,4,0", "Huge,,4,99999", "Words,,4,")
    file = read(HEADER + "".join(f"task,{one}\n" for one in rows), "a.csv")

    assert [task.parent for task in file.tasks] == [None, 0, 0, None, 3, None]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-2", "@SUM(A1)", "'=1", "''@a", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula_and_the_title_comes_back(title: str) -> None:
    content = FORMATS.write(
        (FileTask(title=title, notes=title, project=title),), TaskFormat.TODOIST_CSV, now=NOW
    )

    cells = [cell for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    [task] = read(content, "a.csv").tasks
    assert (task.title, task.notes, task.project) == (title, title, title)


def test_a_cell_of_any_length_costs_no_other_row() -> None:
    for length in (99_999, 131_072, 131_073, 400_000):
        for long in (
            f"task,{'a' * length},,4,1",
            f'task,"{"a, " * (length // 3)}",,4,1',
            f"task,b,{'a' * length},4,1",
        ):
            file = read(f"{HEADER}task,One,,4,1\n{long}\ntask,Two,,4,1\n", "a.csv")
            titles = [task.title for task in file.tasks]
            assert (titles[0], titles[-1]) == ("One", "Two")
            assert len(file.tasks) + len(file.unreadable) == 3


def test_a_header_with_a_cell_of_any_length_is_no_reason_to_stop() -> None:
    with pytest.raises(FileUnusable):
        read("TYPE," + " " * 400_000 + ",CONTENT,PRIORITY\ntask,a,1", "a.csv")
    assert read("TYPE,CONTENT,PRIORITY," + "a" * 400_000 + "\ntask,a,1", "a.csv").tasks == ()
