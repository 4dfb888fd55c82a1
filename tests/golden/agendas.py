"""The agenda, the two daily messages, the figures of the week, and what follows from the time there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from bot.screens import texts, texts_agenda
from bot.screens.agenda import agenda_of_day, agenda_of_week, brief, dropped, moved, review
from bot.screens.markup import say
from bot.screens.ruled_out import no_tip
from bot.screens.settings import cap_moved, restored
from bot.screens.stats import figures
from core.chat import Button, Message
from core.records import Due, Request, Shortlist, Task, TaskState, Trigger
from core.store import TipCount
from core.tasks.agenda import Agenda, Announced, DoneTask, MovedTask
from core.tasks.stats import Stats, WeekFigures
from tests.golden.moment import ANN, BERLIN, CALL, CONTEXT, NOW, PLANTS, RENT, REPORT, task

TODAY = date(2026, 11, 22)
TAX = task("Tax return <2025>", Due(on=TODAY, at=time(18, 30)), priority=2)
MILK = task("Buy milk", Due(on=TODAY))
GYM = task("Stretch", Due(on=TODAY), repeats="FREQ=DAILY")
PAID = replace(task("Water bill"), state=TaskState.DONE)

FULL = Agenda(
    day=TODAY,
    zone=BERLIN,
    now=NOW,
    overdue=(RENT,),
    due=(TAX, MILK, GYM),
    ahead=(PLANTS, REPORT),
    undated=1,
    done=(DoneTask(task=PAID, at=NOW - timedelta(hours=1)),),
    moved=(MovedTask(task=REPORT, before=Due(on=TODAY)), MovedTask(task=CALL, before=Due(on=TODAY))),
    returning=(Announced(at=NOW + timedelta(hours=4), title="Answer Zoë"),),
    reminders=(Announced(at=NOW + timedelta(hours=2), title="Drink water"),),
)
EMPTY = Agenda(day=TODAY, zone=BERLIN, now=NOW)
THESIS = replace(task("Thesis", Due(on=TODAY + timedelta(days=9), at=time(9))), deadline=TODAY)
FORM = replace(task("Form"), deadline=TODAY + timedelta(days=1))
LIMITED = replace(
    EMPTY,
    overdue=(replace(REPORT, deadline=TODAY - timedelta(days=1)),),
    due=(replace(TAX, deadline=TODAY + timedelta(days=1)), THESIS),
    ahead=(FORM,),
)


def many(count: int) -> tuple[Task, ...]:
    """So many tasks that are due today."""
    return tuple(replace(MILK, task_id=f"milk-{number}", title=f"Task {number}") for number in range(count))


UNDO = (Button(label=texts.UNDO, verb="undo"),)
WEEK = WeekFigures(
    start=date(2026, 11, 16),
    done=(3, 0, 2, 5, 1, 0, 1),
    added=9,
    moved=2,
    tips=TipCount(sent=11, followed=5),
)
QUIET_WEEK = replace(WEEK, done=(0,) * 7, added=0, moved=0, tips=TipCount())
STATS = Stats(today=TODAY, week=WEEK, before=replace(WEEK, done=(8, 0, 0, 0, 0, 0, 0)), open=14, overdue=2)
FEW = Stats(today=date(2026, 11, 16), week=replace(QUIET_WEEK, added=1), before=QUIET_WEEK, open=1, overdue=0)


def too_long(**ruled_out: int) -> Message:
    """Nothing came to somebody who has ten minutes."""
    asked = replace(
        CONTEXT,
        trigger=Trigger.REQUESTED,
        request=Request(minutes=10),
        shortlist=Shortlist(eligible=0, leading=0, ruled_out=ruled_out),
    )
    return no_tip(asked)


def shown(message: Message | None) -> Message:
    """A message that is there."""
    if message is None:
        raise LookupError("there is nothing to say")
    return message


AGENDAS: Mapping[str, Message] = {
    "agenda-deadlines": agenda_of_day(LIMITED),
    "agenda-week-deadlines": agenda_of_week(LIMITED),
    "brief-deadlines": brief(LIMITED, ANN, NOW) or say(""),
    "today": agenda_of_day(FULL),
    "today-one": agenda_of_day(replace(EMPTY, due=(MILK,))),
    "today-none": agenda_of_day(replace(EMPTY, undated=3)),
    "today-all-done": agenda_of_day(replace(EMPTY, done=FULL.done)),
    "today-many": agenda_of_day(replace(EMPTY, overdue=many(300), due=many(200), done=FULL.done * 9)),
    "today-tomorrow": agenda_of_day(replace(EMPTY, day=TODAY + timedelta(days=1), due=(PLANTS,))),
    "today-week": agenda_of_week(FULL),
    "brief": shown(brief(FULL, ANN, NOW)),
    "brief-ahead": shown(brief(replace(EMPTY, ahead=(PLANTS, REPORT)), ANN, NOW)),
    "review": shown(review(FULL, ANN, NOW)),
    "review-nothing-done": shown(review(replace(EMPTY, due=(MILK,)), ANN, NOW)),
    "review-nothing-open": shown(review(replace(EMPTY, done=FULL.done), ANN, NOW)),
    "review-yesterday": shown(
        review(replace(EMPTY, day=TODAY - timedelta(days=1), overdue=(RENT,), done=FULL.done), ANN, NOW)
    ),
    "review-tomorrow": moved(replace(MILK, due=Due(on=TODAY + timedelta(days=1))), UNDO, NOW, BERLIN),
    "review-drop": dropped(MILK, UNDO),
    "stats": figures(STATS),
    "stats-few": figures(FEW),
    "stats-none": figures(replace(FEW, week=QUIET_WEEK, open=0)),
    "tip-too-long": too_long(too_long=4),
    "tip-too-long-and-others": too_long(too_long=1, dismissed=2),
    "cap-less": cap_moved(replace(ANN, preferences=replace(ANN.preferences, cap=2)), NOW, UNDO),
    "cap-more": cap_moved(replace(ANN, preferences=replace(ANN.preferences, cap=4)), NOW, UNDO),
    "cap-least": say(texts_agenda.CAP_LEAST),
    "cap-most": say(texts_agenda.CAP_MOST, cap=20),
    "cap-restored": restored(ANN, "cap"),
}
