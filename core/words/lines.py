"""Several tasks in one message, one on each line, and notes on lines of their own.

A list is understood if each line can be a task: lines with bullets, or short bare lines that are no talk. A
first line that only names the list ("Shopping:") is the project of its tasks, their date if it is one
("Tomorrow:"), or nothing if it only says that tasks follow ("todo:"). A line "note: …", or one that is
indented without a bullet, belongs to the task before. Ticked items are left out. Pasted prose is no list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from core.errors import BadInput
from core.text import clean
from core.words.chat_words import CONVERSATION_WORDS
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.details import MAX_NOTES
from core.words.intents import AddTask, ChangeTask, Complete, Intent, RemoveTask
from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of
from core.words.tasks import TaskDraft

MAX_LINES = 50
"""Tasks in one message."""

MAX_TEXT = 20_000
"""Code points of a message in which lines are looked for."""

_MAX_LINE = 400
_MAX_BARE_WORDS = 8
_MAX_HEADING_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that is not empty."""

    text: str
    """Without bullet and number, cleaned."""
    has_bullet: bool
    is_ticked: bool
    is_indented: bool
    note: str | None
    """The text of a note, if the line is one."""


def has_lines(text: str) -> bool:
    """Whether the text has more than one line with words."""
    return len([line for line in text[:MAX_TEXT].splitlines() if line.strip()]) > 1


def tasks_of_lines(
    text: str, tasks_of: Callable[[str], AddTask], intent_of: Callable[[str], Intent | None] | None
) -> AddTask | None:
    """The tasks of a list; None if the text is none, or that is doubtful.

    ``tasks_of`` parses one line as a task; ``intent_of`` says what it means by itself, and is None if the
    person said that tasks follow (``/add``): then bare lines need not look like tasks. Raises
    ``BadInput("too_many_lines")``.
    """
    lines = [_line(line) for line in text[:MAX_TEXT].splitlines() if line.strip()]
    heading = _heading(lines)
    listed = lines[1:] if heading is not None else lines
    body = [line for line in listed if not line.is_ticked]
    items = [line for line in body if not _is_note(line)]
    if not items or _is_note(body[0]) or len(lines) < 2:
        return None
    if intent_of and not _is_list(items, intent_of, is_single_list=len(items) < len(listed)):
        return None
    if len(items) > MAX_LINES:
        raise BadInput("too_many_lines", limit=str(MAX_LINES))
    return _added(body, tasks_of, heading or None)


# --- Lines -------------------------------------------------------------------------------------------------

_BULLET = lazy_pattern(
    r"\s*(?:(?:[-*•‣◦▪–—]|\d{1,3}[.)])\s+)?(?P<box>\[(?P<tick>[ xX✓]?)\]|[☐□◻])\s*(?P<boxed>\S.*)"
    r"|\s*(?:[-*•‣◦▪–—+]|\d{1,3}[.)])\s+(?P<text>\S.*)"
)
_TICKED = re.compile(r"\s*(?:[-*•]\s+)?[☑✅✔]\ufe0f?\s*(?P<text>\S.*)")
_NOTE = lazy_pattern(
    rf"\s*(?:[-*•]\s+)?(?:{one_of(requests.NOTE)})\s?:\s*(?P<note>\S.*)|\s*//\s*(?P<slashes>\S.*)"
)
_INDENT = lazy_pattern(r"(?: {2,}|\t)")


def _line(typed: str) -> _Line:
    found, ticked = _BULLET.fullmatch(typed), _TICKED.fullmatch(typed)
    noted = _NOTE.fullmatch(typed)
    text = typed
    if ticked:
        text = ticked["text"]
    elif found:
        text = found["boxed"] or found["text"]
    return _Line(
        text=clean(text, _MAX_LINE),
        has_bullet=found is not None,
        is_ticked=ticked is not None or bool(found and (found["tick"] or "").strip()),
        is_indented=_INDENT.match(typed) is not None,
        note=clean(noted["note"] or noted["slashes"], MAX_NOTES) if noted else None,
    )


def _is_note(line: _Line) -> bool:
    return line.note is not None or (line.is_indented and not line.has_bullet)


# --- Heading -----------------------------------------------------------------------------------------------

_TASKS_FOLLOW = lazy_phrase(*wishes.TASKS_FOLLOW)


def _heading(lines: list[_Line]) -> str | None:
    """The name of the list in its first line; empty if that only says that tasks follow; None without one."""
    first, others = lines[0], [line for line in lines[1:] if not _is_note(line)]
    if first.has_bullet or not others:
        return None
    name = first.text.rstrip(" :–-")
    if _TASKS_FOLLOW.fullmatch(name):
        return ""
    names_a_list = first.text.endswith(":") or _only_bullets(others)
    is_short = len(name.split()) <= _MAX_HEADING_WORDS and not first.text.endswith((".", "!", "?"))
    return name if names_a_list and is_short and _only_bullets(others) else None


def _only_bullets(lines: Iterable[_Line]) -> bool:
    return all(line.has_bullet or line.is_ticked for line in lines)


# --- Whether it is a list ----------------------------------------------------------------------------------

_ENDS_SENTENCE = (".", "!", "?", ",", ";", ":", "…")
_ADDRESS = lazy_pattern(
    r"[\d\s.,:;/+-]+|\d{4,6}\b.*|.*\b(?:https?://|www\.)\S*|\S+@\S+\.\S+|.*\+?\d[\d /-]{6,}"
)
_GREETINGS = lazy_phrase(rf"(?:{one_of(wishes.LETTER_BEGINS)})\b.*", *wishes.LETTER_LINES)


def _is_list(items: list[_Line], intent_of: Callable[[str], Intent | None], *, is_single_list: bool) -> bool:
    """Whether each line can be a task. One task alone counts only with notes or ticked items."""
    if len(items) == 1 and not is_single_list:
        return False
    if _only_bullets(items):
        return True
    return not any(line.has_bullet for line in items) and _are_bare_tasks(items, intent_of)


def _are_bare_tasks(items: list[_Line], intent_of: Callable[[str], Intent | None]) -> bool:
    """Whether no line is talk or a request. What may be either counts beside a line that is surely a task."""
    found = [intent_of(line.text) for line in items]
    sure = [isinstance(intent, AddTask) for intent in found]
    doubtful = [_is_doubtful(intent) for intent in found]
    plain = [_is_nothing(intent) and _is_plain(line.text) for line, intent in zip(items, found, strict=True)]
    each = all(map(any, zip(sure, doubtful, plain, strict=True)))
    return each and (any(sure) or not any(doubtful)) and (len(items) > 1 or any(sure))


def _is_nothing(intent: Intent | None) -> bool:
    """Whether a line means nothing certain: a deed may be the name of a thing ("Fried rice")."""
    return intent is None or (isinstance(intent, Complete) and bool(intent.deed))


def _is_doubtful(intent: Intent | None) -> bool:
    return isinstance(intent, RemoveTask | ChangeTask) and intent.only_if_it_fits


def _is_plain(text: str) -> bool:
    """A few words that are no talk, sentence, number, address or greeting."""
    words = [word.strip(".,:;!()").replace("’", "'") for word in text.lower().split()]
    is_other = text.endswith(_ENDS_SENTENCE) or _ADDRESS.fullmatch(text) or _GREETINGS.fullmatch(text)
    return not is_other and len(words) <= _MAX_BARE_WORDS and not CONVERSATION_WORDS.intersection(words)


# --- Tasks -------------------------------------------------------------------------------------------------


def _added(body: list[_Line], tasks_of: Callable[[str], AddTask], heading: str | None) -> AddTask | None:
    drafts: list[TaskDraft] = []
    is_dated = heading is not None and whole_time_phrase(sentence_of(tokens_of(heading))) is not None
    for line in body:
        if _is_note(line):
            drafts[-1] = _with_note(drafts[-1], line.note or line.text)
            continue
        added = _on_date(line.text, tasks_of, heading) if is_dated else tasks_of(line.text)
        if added.fault and added.fault.hint != "task_empty":
            return added
        if not added.drafts:
            return None
        drafts.extend(added.drafts)
    project = None if is_dated else heading
    return AddTask(drafts=tuple(_in_project(draft, project) for draft in drafts))


def _on_date(line: str, tasks_of: Callable[[str], AddTask], date: str | None) -> AddTask:
    """The task of a line on the date of the heading, unless it has one of its own."""
    alone, dated = tasks_of(line), tasks_of(f"{line} {date}")
    is_same = [one.title for one in alone.drafts] == [one.title for one in dated.drafts]
    return dated if is_same and not any(one.due for one in alone.drafts) else alone


def _with_note(draft: TaskDraft, note: str) -> TaskDraft:
    notes = f"{draft.notes}\n{note}" if draft.notes else note
    return replace(draft, notes=notes[:MAX_NOTES])


def _in_project(draft: TaskDraft, heading: str | None) -> TaskDraft:
    return replace(draft, project=heading) if heading and not draft.project else draft
