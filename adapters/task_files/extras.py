"""Fields of a task as words like ``due:2026-12-01``, and the marks that keep a title's own words apart.

todo.txt writes them into the line of a task; Todoist's CSV into a comment, for what has no column.

Tests: tests/adapters/task_files/test_todo_txt.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any
from urllib.parse import quote, unquote

from core.records import Due, FileTask

_ENCODED = re.compile(r"[\s%\x00-\x1f\x7f-\x9f]")
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:T(\d\d):(\d\d)(?::\d\d)?)?")
_TIME = re.compile(r"(\d\d?):(\d\d)")
_AMOUNT = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,6})(?:m|min)?)?", re.IGNORECASE)
_REC = re.compile(r"(\+?)(\d{1,3})?([dbwmy])", re.IGNORECASE)
_UNITS = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}
_SIMPLE = re.compile("FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=([0-9]+))?")
_FIXED_DAY = re.compile(";BYMONTHDAY=[0-9]+|;BYMONTH=[0-9]+")
_WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def encoded(text: str) -> str:
    """``text`` without white space, for a word: spaces, line breaks and ``%`` as in a URL."""
    return _ENCODED.sub(lambda found: quote(found[0], safe=""), text)


def decoded_word(word: str) -> str:
    """The text of ``encoded``; a ``%`` that encodes nothing stays."""
    return unquote(word, errors="replace")


def escaped(title: str, is_special: Callable[[str], bool]) -> str:
    """The title with a backslash before each word that would be read as something else."""
    return " ".join(f"\\{word}" if is_special(word.lstrip("\\")) else word for word in title.split(" "))


def unescaped(word: str, is_special: Callable[[str], bool]) -> str | None:
    """A word of the title, if that is what it is: with a backslash, or not special."""
    if not is_special(word.lstrip("\\")):
        return word
    return word[1:] if word.startswith("\\") else None


# --- Reading -----------------------------------------------------------------------------------------------


def parse_date(text: str) -> date | None:
    """``2026-12-01``."""
    found = _DATE.fullmatch(text)
    return _date(found) if found else None


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _parse_due(text: str) -> dict[str, Any] | None:
    found = _DATE.fullmatch(text)
    on = _date(found) if found else None
    if on is None or found is None:
        return None
    at = parse_time(f"{found[4]}:{found[5]}") if found[4] else None
    return {"on": on, "at": at} if at else {"on": on}


def parse_time(text: str) -> time | None:
    """``9:30``."""
    found = _TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def parse_minutes(text: str) -> int | None:
    """``90``, ``90m``, ``1h30m``, ``2h``, ``1d``."""
    found = _AMOUNT.fullmatch(text)
    if not found or not text:
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * 1440 + hours * 60 + minutes


def parse_rec(text: str) -> dict[str, Any] | None:
    """``1w`` repeats a week after it was done, ``+1w`` a week after it was due; ``1b`` on work days."""
    found = _REC.fullmatch(text)
    if not found:
        return None
    amount, unit = int(found[2] or 1), found[3].lower()
    if unit == "b" and amount != 1:
        return None
    rule = _WORKDAYS if unit == "b" else f"FREQ={_UNITS[unit]};INTERVAL={amount}"
    return {"repeats": rule, "repeats_from_done": not found[1] and unit != "b"}


def _one(name: str, parse: Callable[[str], Any]) -> Callable[[str], dict[str, Any] | None]:
    def read(text: str) -> dict[str, Any] | None:
        value = parse(text)
        return None if value is None else {name: value}

    return read


READERS: Mapping[str, Callable[[str], dict[str, Any] | None]] = {
    "due": _parse_due,
    "at": _one("at", parse_time),
    "tz": _one("zone", decoded_word),
    "t": _one("start", parse_date),
    "rec": parse_rec,
    "rrule": _one("rrule", decoded_word),
    "from": lambda text: {"from_done": True} if text == "done" else None,
    "est": _one("minutes", parse_minutes),
    "note": _one("notes", decoded_word),
    "project": _one("project", decoded_word),
    "section": _one("section", decoded_word),
    "deadline": _one("deadline", parse_date),
    "pri": lambda text: {"pri": text.upper()} if re.fullmatch("[A-Za-z]", text) else None,
    "id": _one("id", str),
    "p": _one("p", str),
    "h": lambda text: {"hidden": True} if text == "1" else None,
}
"""By the key of a word: what its value says, as fields; None if the word belongs to the title."""


def read_word(word: str) -> dict[str, Any] | None:
    """The fields that a word ``key:value`` sets; None if it is a word of the title."""
    key, colon, value = word.partition(":")
    reader = READERS.get(key.lower())
    return reader(value) if reader and colon and value else None


def task_fields(found: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a ``FileTask`` for what words said."""
    fields = {
        name: found[name] for name in ("minutes", "notes", "project", "section", "deadline") if name in found
    }
    on = found.get("on") or found.get("start")
    if on:
        fields["due"] = Due(on=on, at=found.get("at"), zone=found.get("zone"))
    if "rrule" in found:
        fields |= {"repeats": found["rrule"], "repeats_from_done": found.get("from_done", False)}
    elif "repeats" in found:
        fields |= {"repeats": found["repeats"], "repeats_from_done": found["repeats_from_done"]}
    return fields


# --- Writing -----------------------------------------------------------------------------------------------


def due_words(due: Due | None) -> list[str]:
    """``due:2026-12-01 at:09:00 tz:Europe/Berlin``."""
    if due is None:
        return []
    words = [f"due:{due.on:%Y-%m-%d}"]
    if due.at:
        words.append(f"at:{due.at:%H:%M}")
    if due.zone:
        words.append(f"tz:{encoded(due.zone)}")
    return words


def further_words(task: FileTask) -> list[str]:
    """``section:Ideas deadline:2026-12-15``."""
    words = [f"section:{encoded(task.section)}"] if task.section else []
    return words + ([f"deadline:{task.deadline:%Y-%m-%d}"] if task.deadline else [])


def repeat_words(task: FileTask) -> list[str]:
    """``rec:+2w`` for what that can say, and ``rrule:…`` where it says too little."""
    if task.repeats is None:
        return []
    simple = simple_rule(task.repeats)
    words = []
    if simple:
        unit = next(unit for unit, name in _UNITS.items() if name == simple[0])
        words.append(f"rec:{'' if task.repeats_from_done else '+'}{simple[1]}{unit}")
    if simple is None or task.repeats != read_back(simple):
        words.append(f"rrule:{encoded(task.repeats)}")
        words += ["from:done"] if task.repeats_from_done else []
    return words


def simple_rule(rule: str) -> tuple[str, int] | None:
    """Frequency and interval of a rule that has nothing else than a fixed day of the month."""
    found = _SIMPLE.fullmatch(_FIXED_DAY.sub("", rule))
    return (found[1], int(found[2] or 1)) if found else None


def read_back(simple: tuple[str, int]) -> str | None:
    """The rule as it is read from ``rec:``; None where reading adds the day of the month."""
    frequency, interval = simple
    if frequency in ("MONTHLY", "YEARLY"):
        return None
    return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")
