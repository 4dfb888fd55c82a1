"""Today: what is due, the tip that waits, events, what comes by itself.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.screens import agenda as agenda_screen
from bot.screens import texts_tasks
from bot.screens import tips as tips_screen
from bot.screens.agenda_lines import Numbered, agenda_button
from bot.screens.dates import clock
from bot.screens.tasks import details
from bot.web.me.context import visitor_of
from bot.web.me.frame import card, show
from bot.web.page import Answer, Visit
from core.chat import Button, Message
from core.delivery.tip_status import read_status
from core.records import Task, TipKind
from core.scheduling.timezones import zone_of
from core.tasks.agenda import Agenda, is_due_on, stored_agenda
from core.tips.urgency import due_instant

MAX_ROWS = 20
"""Tasks that the page shows; the list has all."""

TIP_AGE = timedelta(days=2)
"""An older tip is none to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task on a page."""

    task: Task
    time: str
    """On the day; empty without one."""
    details: str
    buttons: tuple[Button, ...]


async def today(visit: Visit) -> Answer:
    """The person's day."""
    person, now = visit.whose, visit.deps.clock.now()
    async with visit.deps.store.read() as unit:
        agenda = await stored_agenda(unit, person, now=now, zone=zone_of(person))
    late, due = agenda.overdue[:MAX_ROWS], agenda.due[:MAX_ROWS]
    return show(
        visit,
        "me/today.html",
        "today",
        head=agenda_screen.day_head(agenda),
        late=[row_of(one, agenda, dated=True) for one in late],
        due=[row_of(one, agenda) for one in due],
        more=len(agenda.left) - len(late) - len(due),
        undated=agenda.undated,
        beside=agenda_screen.beside_tasks(agenda),
        tip=card(visit, "tip", await current_tip(visit)),
        knows_zone=person.zone is not None,
        can_ask=visitor_of(visit).account.channel in visit.deps.messengers,
    )


def row_of(task: Task, agenda: Agenda, *, dated: bool = False) -> Row:
    """A task of the day with its buttons. ``dated``: with its date, as that is another day."""
    when, dated = task.due, dated or not is_due_on(task, agenda.day, agenda.zone)
    timed = when is not None and when.at is not None and not dated
    at = due_instant(when, agenda.zone).astimezone(agenda.zone) if when and timed else None
    known = task if dated else replace(task, due=None)
    return Row(
        task=task,
        time=clock(at) if at else "",
        details=details(known, agenda.now, agenda.zone).removeprefix(", "),
        buttons=_buttons(task, agenda),
    )


def _buttons(task: Task, agenda: Agenda) -> tuple[Button, ...]:
    one = Numbered(number=0, task=task)
    labels = {"agenda_done": texts_tasks.DONE, "agenda_tomorrow": texts_tasks.MOVE_BUTTONS["tomorrow"]}
    return tuple(agenda_button(verb, label, one, "day", agenda) for verb, label in labels.items())


async def current_tip(visit: Visit) -> Message | None:
    """The latest tip as it stands, if it is not old."""
    person, now = visit.whose, visit.deps.clock.now()
    async with visit.deps.store.read() as unit:
        tips = await unit.decisions.past_tips(person.person_id, now - TIP_AGE, 5)
        latest = next((one for one in tips if one.kind is not TipKind.LIST), None)
        status = await read_status(unit, latest.decision_id, person) if latest else None
    return tips_screen.after(status, person, now) if status else None
