"""What ``/remind`` and a language model ask to be reminded of, in the words of a person.

Tests: tests/core/words/test_asked_reminders.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.words.intents import AddTask
from core.words.understand import wished


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
