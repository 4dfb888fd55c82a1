"""Tasks, changes of tasks and recurrences, as people type them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import TaskPatch
from core.words.dates.rrules import with_day, without_day
from core.words.patches import parse_move, parse_patch
from core.words.tasks import MAX_TITLE, next_due, parse_task
from core.words.understand import can_be_added
from tests.fuzz.target import Shape, Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.chat import MOMENTS, checked_record
from tests.fuzz.targets.words_of import encoded, phrasebook_words, typed_texts

# --- Tasks -------------------------------------------------------------------------------------------------


def _tasks(data: bytes) -> None:
    moment, rest = chosen(data, MOMENTS)
    text = text_of(rest)
    added = can_be_added(text, **moment)  # type: ignore[arg-type]
    try:
        draft = parse_task(text, **moment)  # type: ignore[arg-type]
    except BadInput as fault:
        checked_record(fault)
        assert not added
    else:
        assert 0 < len(draft.title) <= MAX_TITLE
        assert 1 <= draft.priority <= 4
        assert draft.minutes is None or draft.minutes > 0
        checked_record(draft, 4000)
    for parse in (parse_patch, parse_move):
        try:
            patch: TaskPatch = parse(text, **moment)  # type: ignore[arg-type]
        except BadInput as fault:
            checked_record(fault)
        else:
            checked_record(patch, 4000)


TASKS = Target(
    name="tasks",
    run=_tasks,
    seeds=lambda: [choice(0, text) for text in typed_texts()[1::4]],
    shape=Shape.WORDS,
    words=phrasebook_words,
    max_bytes=600,
)


# --- Recurrences -------------------------------------------------------------------------------------------


def _recurrences(data: bytes) -> None:
    """Every recurrence that is understood has a next date, which lies ahead."""
    moment, rest = chosen(data, MOMENTS)
    now, zone = moment["now"], moment["zone"]
    assert isinstance(now, datetime)
    assert isinstance(zone, ZoneInfo)
    try:
        draft = parse_task(f"x {text_of(rest)}", now=now, zone=zone)
    except BadInput:
        return
    if draft.repeats is None:
        return
    assert draft.due is not None
    assert with_day(without_day(draft.repeats), draft.due.on)
    for from_done in (False, True):
        due, after = draft.due, now
        for _ in range(3):
            following = next_due(draft.repeats, due, after, zone, from_done=from_done)
            if following is None:
                assert "UNTIL=" in draft.repeats
                break
            assert isinstance(following.on, date)
            assert from_done or following.on > due.on
            due = following


RECURRENCES = Target(
    name="recurrences",
    run=_recurrences,
    seeds=lambda: encoded(
        f"0{text}"
        for text in typed_texts()
        if any(word in text.lower() for word in ("every", "jede", "chaque", "cada"))
    ),
    shape=Shape.WORDS,
    words=phrasebook_words,
    max_bytes=200,
)

TARGETS = by_name(TASKS, RECURRENCES)
