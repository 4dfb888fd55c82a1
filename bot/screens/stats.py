"""The figures of the week, beside those of the week before. They are facts, and nobody is praised or blamed.

Tests: tests/golden/test_screens.py, tests/scenarios/test_stats.py.
"""

from __future__ import annotations

from datetime import timedelta

from bot.screens import texts_agenda
from bot.screens.dates import counted, weekday
from bot.screens.markup import join, say
from core.chat import Message
from core.tasks.stats import Stats, WeekFigures


def figures(stats: Stats) -> Message:
    """The week so far, and the whole week before if anything happened in it."""
    week = stats.week
    if _is_empty(week) and _is_empty(stats.before) and not stats.open:
        return say(texts_agenda.STATS_NONE)
    tips = [say(texts_agenda.STATS_TIPS, followed=week.tips.followed, sent=week.tips.sent)]
    return join(*_done(stats), _tasks(stats), *(tips if week.tips.sent else []), *_before(stats.before))


def _is_empty(week: WeekFigures) -> bool:
    return not (sum(week.done) or week.added or week.moved or week.tips.sent)


def _done(stats: Stats) -> list[Message]:
    total = sum(stats.week.done)
    if not total:
        return [say(texts_agenda.STATS_DONE_NONE)]
    head = say(texts_agenda.STATS_DONE, tasks=counted(total, "task"))
    return [head, say(texts_agenda.STATS_DAYS, days=_days(stats))]


def _days(stats: Stats) -> str:
    """``Mon 3 · Tue 0 · Wed 5``, up to today."""
    passed = (stats.today - stats.week.start).days + 1
    return " · ".join(
        texts_agenda.STATS_DAY.format(day=weekday(stats.week.start + timedelta(days=number)), count=count)
        for number, count in enumerate(stats.week.done[:passed])
    )


def _tasks(stats: Stats) -> Message:
    sentence = texts_agenda.STATS_TASKS_LATE if stats.overdue else texts_agenda.STATS_TASKS
    week = stats.week
    return say(sentence, added=week.added, moved=week.moved, open=stats.open, late=stats.overdue)


def _before(week: WeekFigures) -> list[Message]:
    if _is_empty(week):
        return []
    sentence = texts_agenda.STATS_BEFORE_TIPS if week.tips.sent else texts_agenda.STATS_BEFORE
    return [
        say(
            sentence,
            done=sum(week.done),
            added=week.added,
            moved=week.moved,
            followed=week.tips.followed,
            sent=week.tips.sent,
        )
    ]
