"""To-dos without words that ask for one: a date or a chore makes them, whatever details stand around it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.records import Due
from core.words.intents import AddTask
from core.words.plain_tasks import plain_task
from core.words.tasks import TaskDraft, without_bullet

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)  # a Sunday
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 12, 4)

TASKS = {
    "Zahnarzt am Freitag um 10:30": TaskDraft(title="Zahnarzt", due=Due(on=FRIDAY, at=time(10, 30))),
    "Oma besuchen am Freitag": TaskDraft(title="Oma besuchen", due=Due(on=FRIDAY)),
    "Steuererklärung bis Freitag fertig machen, dauert 2 Stunden": TaskDraft(
        title="Steuererklärung fertig machen", due=Due(on=FRIDAY), minutes=120
    ),
    "Bericht bis 4. Dezember": TaskDraft(title="Bericht", due=Due(on=FRIDAY)),
    "Milch kaufen #einkauf": TaskDraft(title="Milch kaufen", labels=("einkauf",)),
    "Milch kaufen p1": TaskDraft(title="Milch kaufen", priority=1),
    "Milch kaufen (10 min)": TaskDraft(title="Milch kaufen", minutes=10),
    "Fenster putzen, dauert eine halbe Stunde": TaskDraft(title="Fenster putzen", minutes=30),
    "Hausaufgaben machen": TaskDraft(title="Hausaufgaben machen"),
    "buy milk #shopping ~10 min": TaskDraft(title="buy milk", labels=("shopping",), minutes=10),
    "acheter du lait #courses": TaskDraft(title="acheter du lait", labels=("courses",)),
    "- Brot kaufen": TaskDraft(title="Brot kaufen"),
    "* call mum": TaskDraft(title="call mum"),
    "• the garden shed": TaskDraft(title="the garden shed"),
    "[ ] passport photos": TaskDraft(title="passport photos"),
    "- [ ] Pässe abholen": TaskDraft(title="Pässe abholen"),
}


@pytest.mark.parametrize("typed", TASKS)
def test_a_to_do_is_one_with_its_details(typed: str) -> None:
    assert plain_task(typed, now=NOW, zone=BERLIN) == AddTask(drafts=(TASKS[typed],))


@pytest.mark.parametrize(
    "typed",
    [
        "am Freitag", "bis Freitag", "ok bis Freitag", "dann bis Freitag", "ich bin am Freitag weg",
        "I am tired on friday", "am I late", "wir sehen uns am Freitag", "bis dann am Freitag",
        "- and then you said so", "not until friday", "maybe on friday", "was soll ich machen",
        "ciao bis Freitag", "Tschüss bis Freitag",
    ],
)  # fmt: skip
def test_talk_is_no_to_do_though_it_names_a_day(typed: str) -> None:
    assert plain_task(typed, now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize("typed", ["-5 degrees", "-", "*bold*", "+49 170 call back", "[x] done", "#1 fan"])
def test_only_a_mark_before_a_space_is_a_bullet(typed: str) -> None:
    assert without_bullet(typed) == (typed, False)
