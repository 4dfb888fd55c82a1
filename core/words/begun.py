"""A wish that does not name the task yet ("set a reminder for 5pm"), and its task, which is named afterwards.

Tests: tests/core/words/test_begun.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.words.drafts import tasks_of_wish
from core.words.intents import AddTask
from core.words.lines import has_lines
from core.words.understand import wished
from core.words.wishes import Wish, wish_in


def named(text: str, begun: AddTask, *, now: datetime, zone: ZoneInfo) -> AddTask:
    """The tasks that ``text`` names for the wish ``begun``, with its time and its reminder.

    What is a wish of its own keeps its own time. Raises ``BadInput("too_many_lines")``.
    """
    found = wished(text, now=now, zone=zone)
    if found.fault:
        return found
    if begun.when and not has_lines(text) and wish_in(text) is None and _needs_time(found, begun):
        wish = Wish(what=text, when=begun.when, kind="reminder" if begun.reminds else "to_do")
        return tasks_of_wish(wish, now=now, zone=zone)
    if not begun.reminds:
        return found
    return replace(found, drafts=tuple(replace(one, reminds=True) for one in found.drafts))


def _needs_time(found: AddTask, begun: AddTask) -> bool:
    """Whether the time of the wish is meant. That of a reminder is: it may be of "the meeting on friday"."""
    return begun.reminds or not any(draft.due for draft in found.drafts)
