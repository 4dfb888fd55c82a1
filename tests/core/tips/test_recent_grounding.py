"""What may be said by facts of the day and of earlier tips, and what may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from core.records import (
    AgendaFact,
    AgendaItem,
    DayPart,
    DoneFact,
    Due,
    OutcomeFact,
    SnoozeFact,
    TipKind,
)
from core.tips.facts import known_facts
from tests.core.moments import BERLIN, CONTEXT, NOW, TASKS, parsed, task, tip

TAX = replace(
    task("Tax declaration"), minutes=120, labels=("money",), project="Year 2025",
    repeats="FREQ=WEEKLY;BYDAY=FR", notes="Ask for form 7",
)  # fmt: skip
QUICK = replace(task("Sort mail", Due(on=date(2026, 10, 7))), minutes=90)
RECENT = (
    OutcomeFact(fact_id="h1", tips=5, done=3, dismissed=1, day_part=DayPart.MORNING),
    OutcomeFact(fact_id="h2", tips=8, done=5, dismissed=2, kind=TipKind.TASK),
    OutcomeFact(fact_id="h3", tips=6, done=0, dismissed=6, topic="sport"),
    OutcomeFact(fact_id="h4", tips=7, done=2, dismissed=4, kind=TipKind.ADVICE),
    AgendaFact(
        fact_id="agenda",
        agenda=(AgendaItem(title="Dentist", at=time(15)), AgendaItem(title="Call Ann", at=time(18, 30))),
        due_today=2,
    ),
    DoneFact(fact_id="done", done_titles=("Buy 6 eggs",), done_today=4),
    SnoozeFact(
        fact_id="s1", task_id="bike", snoozed="Fix the bike", back_on=date(2026, 10, 6), back_at=time(16, 45)
    ),
)
FACTS = known_facts((*TASKS, TAX, QUICK), NOW, BERLIN, open_tasks=7, overdue_tasks=1)
KNOWING = replace(CONTEXT, facts=FACTS + RECENT)


def dropped(content: str, *fact_ids: str) -> str | None:
    (candidate,) = parsed(tip(content, fact_ids=list(fact_ids)), context=KNOWING)
    return candidate.dropped


@pytest.mark.parametrize(
    ("content", "fact_ids"),
    [
        ("Water the plants: you did 3 of 5 in the morning.", ["t2", "h1"]),
        ("Water the plants: in the morning you did 3 of the last 5.", ["t2", "h1"]),
        ("Water the plants; you did three out of five in the morning.", ["t2", "h1"]),
        ("Gieß die Pflanzen, morgens hast du 3 von 5 erledigt.", ["t2", "h1"]),
        ("Gieß die Pflanzen, vormittags hast du 3 von den letzten 5 erledigt.", ["t2", "h1"]),
        ("Arrose les plantes : le matin, tu en as fait 3 sur 5.", ["t2", "h1"]),
        ("Water the plants. You did 5 of your last 8.", ["t2", "h2"]),
        ("Water the plants. You dismissed 2 of the last 8.", ["t2", "h2"]),
        ("Water the plants: of sport you dismissed 6 of 6.", ["t2", "h3"]),
        ("Only a task now: of general advice, 2 of 7 tips were done.", ["t2", "h4"]),
        ("The dentist is at 15:00, water the plants before that.", ["t2", "agenda"]),
        ("Call Ann at 18:30, the dentist comes first.", ["agenda"]),
        ("2 things are due today, water the plants first.", ["t2", "agenda"]),
        ("Get ready: Dentist is due today at 15:00.", ["agenda"]),
        ("You finished 4 today, water the plants and rest.", ["t2", "done"]),
        ("Du hast heute schon 4 geschafft, gieß noch die Pflanzen.", ["t2", "done"]),
        ("You got the 6 eggs, now water the plants.", ["t2", "done"]),
        ("Water the plants, the bike comes back tomorrow at 16:45.", ["t2", "s1"]),
        ("Tax declaration: 120 minutes are enough.", ["t5"]),
        ("Begin the tax declaration, it takes 2 hours.", ["t5"]),
        ("Die Steuer dauert 2 Stunden.", ["t5"]),
        ("Sort the mail: 1 hour 30 minutes.", ["t6"]),
        ("Sort the mail in 90 minutes.", ["t6"]),
        ("Ask for form 7.", ["t5"]),
        ("Begin with the project Year 2025.", ["t5"]),
        ("Do the tax declaration as every Friday.", ["t5"]),
        ("1 of 7 tasks is overdue, call Zoë.", ["t3", "load"]),
    ],
)
def test_what_the_facts_support_may_be_said(content: str, fact_ids: list[str]) -> None:
    assert dropped(content, *fact_ids) is None


@pytest.mark.parametrize(
    ("content", "fact_ids"),
    [
        ("Water the plants: you did 4 of 5 in the morning.", ["t2", "h1"]),
        ("Water the plants: you did 5 of 3 in the morning.", ["t2", "h1"]),
        ("Water the plants: you did 3 of 5 in the evening.", ["t2", "h1"]),
        ("Water the plants: you did 3 of 5.", ["t2", "h1"]),
        ("Water the plants: you did 3 of 5 in the morning and evening.", ["t2", "h1"]),
        ("Water the plants: you dismissed 3 of 5 in the morning.", ["t2", "h1"]),
        ("Water the plants: you did not do 3 of 5 in the morning.", ["t2", "h1"]),
        ("Water the plants: you skipped 3 of 5 in the morning.", ["t2", "h1"]),
        ("Gieß die Pflanzen, morgens hast du 3 von 5 nicht erledigt.", ["t2", "h1"]),
        ("Arrose les plantes : le matin, tu n'en as pas fait 3 sur 5.", ["t2", "h1"]),
        ("Water the plants: you did 3 of 5 in the morning.", ["t2"]),
        ("Water the plants: you did 3 of 5 in the morning.", ["t2", "h2"]),
        ("Water the plants: you did 3 of 5 on Monday mornings.", ["t2", "h1"]),
        ("Water the plants: you did 5 of 8 today.", ["t2", "h2"]),
        ("Water the plants: you did 5 of 8 this week.", ["t2", "h2"]),
        ("Water the plants: you do 60 percent in the morning.", ["t2", "h1"]),
        ("Water the plants: you did 5 in the morning.", ["t2", "h1"]),
        ("Water the plants: you did 5 of 9.", ["t2", "now"]),
        ("Do sport, you did 6 of 6.", ["t2", "h3"]),
        ("Do sport, 6 of 6 were done about sport.", ["t2", "h3"]),
        ("Water the plants: 2 of 7 were done.", ["t2", "h4"]),
        ("The dentist is at 16:00.", ["agenda"]),
        ("3 things are due today.", ["agenda"]),
        ("The dentist is at 18:30.", ["agenda"]),
        ("You finished 5 today.", ["done"]),
        ("4 things are due today.", ["agenda", "done"]),
        ("You did 2 today.", ["agenda", "done"]),
        ("You finished 4 this month.", ["done"]),
        ("Buy 7 eggs.", ["done"]),
        ("The bike comes back at 17:45.", ["s1"]),
        ("Tax declaration: 20 minutes are enough.", ["t5"]),
        ("Begin the tax declaration, it takes 3 hours.", ["t5"]),
        ("Sort the mail, it takes 2 hours.", ["t6"]),
        ("7 of 7 tasks are overdue, call Zoë.", ["t3", "load"]),
    ],
)
def test_an_invented_number_is_dropped(content: str, fact_ids: list[str]) -> None:
    assert dropped(content, *fact_ids) == "ungrounded_number"


@pytest.mark.parametrize(
    ("content", "fact_ids"),
    [
        ("The bike comes back on Friday.", ["s1"]),
        ("Fix the bike tomorrow.", ["s1"]),
        ("The tax declaration is due every Friday.", ["t5"]),
        ("The tax declaration comes every Monday.", ["t5"]),
        ("Dentist is overdue.", ["agenda"]),
        ("The eggs are due today.", ["done"]),
    ],
)
def test_an_invented_day_is_dropped(content: str, fact_ids: list[str]) -> None:
    assert dropped(content, *fact_ids) == "ungrounded_date"


@pytest.mark.parametrize(
    ("content", "fact_ids"),
    [("Pay rent.", ["agenda"]), ("Water the plants.", ["h1"]), ("Do the tax declaration.", ["done"])],
)
def test_a_task_that_the_facts_do_not_name_is_dropped(content: str, fact_ids: list[str]) -> None:
    assert dropped(content, *fact_ids) == "ungrounded_task"


def test_a_tip_about_a_snoozed_task_is_about_that_task() -> None:
    (candidate,) = parsed(tip("Fix the bike.", fact_ids=["s1"]), context=KNOWING)
    assert (candidate.dropped, candidate.task_id) == (None, "bike")


def test_what_a_title_says_is_no_outcome() -> None:
    loud = known_facts((task("Ignore this: 9 of 9 done"),), NOW, BERLIN, open_tasks=1, overdue_tasks=0)
    hostile = replace(KNOWING, facts=loud + RECENT)
    (candidate,) = parsed(tip("You did 9 of 10 in the morning.", fact_ids=["t1", "h1"]), context=hostile)
    assert candidate.dropped == "ungrounded_number"
