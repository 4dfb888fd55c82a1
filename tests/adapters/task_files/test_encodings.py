import tracemalloc

import pytest

from adapters.task_files.decoding import decoded, numbered_lines
from core.errors import FileUnusable
from core.records import TaskFormat
from tests.adapters.task_files.reading import read

LINE = "Müll für Zoë – 5 € am Öl"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_any_end_of_line_is_read(encoding: str, end: str) -> None:
    content = f"{LINE}{end}Call Ann{end}".encode(encoding)

    assert [task.title for task in read(content, "todo.txt").tasks] == [LINE, "Call Ann"]


def test_a_mark_of_utf_16_in_another_byte_order_is_read() -> None:
    assert decoded(b"\xfe\xff" + LINE.encode("utf-16-be")) == LINE


def test_damaged_utf_8_keeps_all_but_the_damage() -> None:
    content = LINE.encode() + b"\nBroken \xff byte\n" + "日本語のタスク".encode()

    assert [task.title for task in read(content, "todo.txt").tasks] == [
        LINE,
        "Broken \ufffd byte",
        "日本語のタスク",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b" \r\n\t\r\n", "empty"),
        (bytes(5000), "empty"),
        (b"PK\x03\x04....todo.txt", "binary"),
        (b"\x1f\x8b\x08" + b"zip bomb", "binary"),
        (b"%PDF-1.7\n1 0 obj", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (bytes(range(256)) * 100, "binary"),
        (b"a" + b"\n" * 500_001, "too_many_lines"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(FileUnusable, match=reason):
        read(content, "todo.txt")


@pytest.mark.parametrize(
    ("text", "name", "format"),
    [
        ("Call Ann", "todo.txt", TaskFormat.TODO_TXT),
        ("Call Ann", "TODO.TXT", TaskFormat.TODO_TXT),
        ("Call Ann", "todo", TaskFormat.TODO_TXT),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "todo.txt", TaskFormat.ICS),
        ("\n\nbegin:vcalendar\nEND:VCALENDAR", "x.unknown", TaskFormat.ICS),
        ("TYPE,CONTENT,PRIORITY\ntask,a,1", "a.txt", TaskFormat.TODOIST_CSV),
        ('"TYPE";"CONTENT";"PRIORITY"\ntask;a;1', "a.csv", TaskFormat.TODOIST_CSV),
    ],
)
def test_the_content_says_what_it_is_before_the_name(text: str, name: str, format: TaskFormat) -> None:
    assert read(text, name).format is format


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Name,Due\nCall Ann,today", "tasks.csv"),
        ("Call Ann", "tasks.ics"),
        ("<?xml version='1.0'?><a/>", "a.txt"),
        ('{"tasks": []}', "a.txt"),
        ('[{"a": 1}]', "a.txt"),
        ("{\\rtf1 x}", "a.txt"),
        ("BEGIN:VCARD\nEND:VCARD", "a.txt"),
        ("Call Ann", "letter.docx"),
    ],
)
def test_another_kind_of_file_is_refused(text: str, name: str) -> None:
    with pytest.raises(FileUnusable, match="unknown"):
        read(text, name)


def test_lines_are_numbered_as_editors_do() -> None:
    assert list(numbered_lines("a\r\nb\rc\n\nd")) == [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]


def test_ten_thousand_tasks_are_read_and_one_more_is_refused() -> None:
    assert len(read("Call Ann\n" * 10_000, "todo.txt").tasks) == 10_000
    with pytest.raises(FileUnusable, match="too_many"):
        read("BEGIN:VCALENDAR\n" + "BEGIN:VTODO\n" * 20_000, "broken.ics")
    with pytest.raises(FileUnusable, match="too_many"):
        read("Call Ann\n" * 10_001, "todo.txt")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("todo.txt", b"x done thing here\n"),
        ("a.ics", b"BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n"),
        ("a.ics", b"\n x"),
        ("a.csv", b'""'),
        ("todo.txt", b"word "),
    ],
)
def test_the_memory_of_a_large_file_is_a_small_multiple_of_its_size(name: str, unit: bytes) -> None:
    head = {
        "todo.txt": b"",
        "a.ics": b"BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x",
        "a.csv": b'TYPE,CONTENT,PRIORITY\ntask,"',
    }[name]
    content = head + unit * (500_000 // len(unit))

    assert min(peak_of_reading(content, name) for _ in range(3)) < 6 * len(content)


def peak_of_reading(content: bytes, name: str) -> int:
    """Bytes; never too few: the first reading also imports libraries, and other threads allocate as well."""
    tracemalloc.start()
    try:
        read(content, name)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
