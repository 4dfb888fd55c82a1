"""The rows of Todoist's CSV: one that is broken costs no other, and no cell is a formula.

Tests: tests/adapters/task_files/test_todoist_csv.py.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from adapters.task_files.decoding import numbered_lines
from adapters.task_files.detect import has_todoist_header

MAX_CELL = 100_000
"""Code points in a cell that are read."""

_CLOSING = re.compile(r'(?:[^"]++|"")*+"')
_ROW_BEGINS = re.compile(r"(task|section|note|meta)[,;\t]")
_ROW_IN_NOTES = re.compile(r"^(task|section|note|meta)(?=[,;\t])", re.MULTILINE)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

Row = Mapping[str, str]
"""The cells of a row by column."""


def csv_rows(text: str) -> Iterator[tuple[int, Row | None]]:
    """The rows below the header by column, with the number of the line at which each starts.

    None for a row that does not end, as a quotation mark in it was never closed, or that has a cell of more
    characters than the library reads.
    """
    delimiter = _delimiter(text)
    columns: list[str] = []
    for number, record in _records(text, delimiter):
        cells = _cells(record, delimiter) if record is not None else None
        if not columns:
            names = [cell.strip().upper() for cell in cells or ()]
            columns = names if {"TYPE", "CONTENT", "PRIORITY"} <= set(names) else []
        elif cells is None:
            yield number, None
        elif any(cells):
            values = (_unguarded(cell[:MAX_CELL].strip(" ")) for cell in cells)
            yield number, dict(zip(columns, values, strict=False))


def _cells(record: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return None


def _records(text: str, delimiter: str) -> Iterator[tuple[int, str | None]]:
    """The records of a CSV with the number of their first line; None for one that does not end.

    A line that begins as a row of Todoist's does is a new record, even where a quotation mark is open.
    """
    begun, is_open = 1, False
    lines: list[str] = []
    for number, line in numbered_lines(text):
        if is_open and _ROW_BEGINS.match(line):
            yield begun, None
            lines, is_open = [], False
        begun = begun if lines else number
        lines.append(line)
        is_open = _leaves_open(line, delimiter, is_open=is_open)
        if not is_open:
            yield begun, "\n".join(lines)
            lines = []
    if lines:
        yield begun, None


def _leaves_open(line: str, delimiter: str, *, is_open: bool) -> bool:
    """Whether a quoted cell goes on after the line. ``is_open``: it begins within one."""
    at = 0
    while True:
        if not is_open and line.startswith('"', at):
            is_open, at = True, at + 1
        if is_open:
            end = _closing(line, at)
            if end is None:
                return True
            is_open, at = False, end
        found = line.find(delimiter, at)
        if found < 0:
            return False
        at = found + 1


def _closing(line: str, at: int) -> int | None:
    """The index after the quotation mark that closes a cell; a doubled one does not."""
    found = _CLOSING.match(line, at)
    return found.end() if found else None


def _delimiter(text: str) -> str:
    """What separates the columns of the header: a comma, in some countries a semicolon, or a tab."""
    header = next((line for line in text[:20_000].splitlines() if has_todoist_header(line)), "")
    return max(",;\t", key=header.count)


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from reading it as a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """A cell that no spreadsheet reads as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def without_row_begins(notes: str) -> str:
    """Notes in which no line begins as a row does: the space before it is dropped in reading."""
    return _ROW_IN_NOTES.sub(r" \1", notes)
