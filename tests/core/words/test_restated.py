"""A to-do that says nothing but a title and a time of day may be one that is on the list."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.records import TaskPatch
from core.words.intents import AddTask, ChangeTask, NotNow, Snooze
from core.words.restated import restated_time
from core.words.understand import understand
from tests.core.words.changes import said_patch
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)  # a Monday, 9:30
BERLIN = ZoneInfo("Europe/Berlin")


def patch_of(typed: str) -> TaskPatch | None:
    wish = understand(typed, now=NOW, zone=BERLIN)
    draft = wish.draft if isinstance(wish, AddTask) else None
    return restated_time(typed, draft, now=NOW, zone=BERLIN) if draft else None


@each_of(
    (
        ("oma um 15 uhr", "at=15:00"),
        ("bob at 5", "at=17:00 other_half=360"),
        ("sorry, bob at 4pm", "at=16:00"),
        ("call bob at 5pm", "at=17:00"),
        ("dentiste à 16h", "at=16:00"),
        ("dentista a las 16", "at=16:00"),
    )
)
def test_the_time_is_a_change(typed: str, patch: str) -> None:
    found = patch_of(typed)
    assert found
    assert said_patch(found) == patch


@each_of(
    (
        "oma morgen um 15 uhr", "bob friday at 5", "bob tonight", "bob in 2 hours", "bob every day at 5",
        "remind me at 5 to call bob", "add bob at 5pm", "bob at 5pm p1", "buy milk", "bob friday",
    )
)  # fmt: skip
def test_what_says_more_is_a_to_do_of_its_own(typed: str) -> None:
    assert patch_of(typed) is None


# --- A task on the list that is to be done on another day --------------------------------------------------


def planned(typed: str) -> ChangeTask:
    """What is meant if there is such a task, or if one was talked about last."""
    found = understand(typed, now=NOW, zone=BERLIN)
    found = found.otherwise if isinstance(found, Snooze) else found
    assert isinstance(found, ChangeTask), typed
    assert found.only_if_it_fits
    return found


@each_of(
    (
        ("I'll do the first one tomorrow", "the first one", "on=2026-12-01"),
        ("do the first one tomorrow", "the first one", "on=2026-12-01"),
        ("maybe do 2 on sunday", "2", "on=2026-12-06"),
        ("do the dentist tomorrow", "dentist", "on=2026-12-01"),
        ("let me do the taxes on friday", "taxes", "on=2026-12-04"),
        ("ich mache den Zahnarzt morgen", "Zahnarzt", "on=2026-12-01"),
        ("das erste mache ich am Sonntag", "das erste", "on=2026-12-06"),
        ("den Zahnarzt mache ich morgen", "Zahnarzt", "on=2026-12-01"),
        ("je ferai les courses demain", "courses", "on=2026-12-01"),
        ("haré la compra mañana", "compra", "on=2026-12-01"),
        ("I'll do it tomorrow", "", "on=2026-12-01"),
        ("I'd rather do that on friday", "", "on=2026-12-04"),
        ("on fait ça demain", "", "on=2026-12-01"),
        ("lo dejo para mañana", "", "on=2026-12-01"),
        ("mach ich morgen", "", "on=2026-12-01"),
        ("das mache ich lieber am Freitag", "", "on=2026-12-04"),
        ("je le ferai demain", "", "on=2026-12-01"),
        ("lo haré mañana", "", "on=2026-12-01"),
    )
)
def test_a_task_is_planned_for_another_day(typed: str, title: str, patch: str) -> None:
    found = planned(typed)
    assert found.title == title
    assert said_patch(found.patch) == patch


@each_of(("I'll do it tomorrow", "maybe tomorrow", "tomorrow maybe", "vielleicht morgen", "mach ich morgen",
          "peut-être demain", "je le ferai demain", "quizás mañana", "lo haré mañana"))  # fmt: skip
def test_after_a_tip_it_is_snoozed(typed: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, Snooze)
    assert found.until == datetime(2026, 12, 1, 8, tzinfo=UTC)


@each_of(
    (
        "I'll do it later",
        "I'll do it today",
        "mach ich heute noch",
        "je le ferai aujourd'hui",
        "mach ich später",
        "je le ferai plus tard",
        "lo haré luego",
    )
)
def test_without_a_time_it_is_not_now(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == NotNow()


@each_of(("maybe milk", "do the dishes", "do this every day", "make a cake tomorrow"))
def test_other_wishes_are_no_plans(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), ChangeTask | Snooze)
