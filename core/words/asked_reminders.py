"""What ``/remind`` and a language model ask to be reminded of, in the words of a person.

Tests: tests/core/words/test_asked_reminders.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import Due
from core.scheduling.quiet_hours import wall_clock
from core.words.dates.moments import parse_moment
from core.words.intents import AddTask
from core.words.tasks import parse_task
from core.words.understand import wished
from core.words.wishes import wish_in


def reminder_wish(text: str, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """The tasks that "me in 20 minutes to drink water" means, each with a reminder.

    "me" may be left out, and "remind me" repeated. Raises ``BadInput("too_many_lines")``.
    """
    plain = wished(text, now=now, zone=zone)
    is_asked = plain.only_begun or any(draft.reminds for draft in plain.drafts)
    wish = plain if is_asked else _after_remind(text, plain, now, zone)
    return replace(wish, drafts=tuple(replace(draft, reminds=True) for draft in wish.drafts))


def _after_remind(text: str, plain: AddTask, now: datetime, zone: ZoneInfo) -> AddTask:
    """What the text means after "remind", or as it is (``plain``) if English words in front confuse it."""
    names_me = f"{text} ".casefold().startswith(("me ", "us "))
    wish = wished(f"remind {text}" if names_me else f"remind me {text}", now=now, zone=zone)
    is_clear = names_me or all(draft.title in text for draft in wish.drafts)
    return wish if is_clear else plain


def is_to_do(text: str) -> bool:
    """Whether the argument of ``/remind`` surely names a to-do, if no time: "to call mum"."""
    names_me = text.casefold().startswith(("me ", "us "))
    wish = wish_in(f"remind {text}" if names_me else f"remind me {text}")
    return wish is not None and bool(wish.what)


# --- The time alone ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTime:
    """The time of a reminder."""

    due: Due
    repeats: str | None = None
    """A recurrence rule, as in ``Task``."""


def asked_time(text: str, *, now: datetime, zone: ZoneInfo) -> AskedTime:
    """The time that was typed by itself: "in 20 minutes", "tomorrow", "every weekday at 8".

    Raises ``BadInput``: ``not_a_moment``, ``past``, ``too_far``.
    """
    try:
        draft = parse_task(f"{_TITLE} {text}", now=now, zone=zone)
    except BadInput:
        draft = None
    if draft and draft.title == _TITLE and draft.due and draft.repeats:
        return AskedTime(due=draft.due, repeats=draft.repeats)
    moment = parse_moment(text, now=now, zone=zone)
    return at_instant(moment, zone)


def at_instant(moment: datetime, zone: ZoneInfo) -> AskedTime:
    """The time at an instant, to the minute, and never before it."""
    local = wall_clock(moment + timedelta(seconds=59), zone)
    return AskedTime(due=Due(on=local.date(), at=local.time().replace(second=0, microsecond=0)))


_TITLE = "x"
