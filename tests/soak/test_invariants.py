"""What each check of a soak finds: in a small soak that was made up, one thing is broken at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from core.learning.from_events import Parity
from core.records import DeliveryState, Due, TaskSource, TaskState, Trigger
from tests.rows import each_of
from tests.servers.local import Call
from tests.servers.telegram import Update
from tests.servers.todoist_sync import SyncingTodoist
from tests.servers.todoist_tasks import TodoistTask
from tests.soak.clock import SteppedClock
from tests.soak.invariants import CHECKS
from tests.soak.ledger import LineKind
from tests.soak.made_up import NIGHT, NOON, MadeUp
from tests.soak.nemesis import seconds_to_quiet_hours
from tests.soak.participants import CAPS, quiet_hours
from tests.soak.streams import Replay


def test_where_all_went_well_no_check_finds_anything() -> None:
    assert MadeUp().broken() == set()
    soak = MadeUp()
    todoist, task, _ = with_todoist(soak)
    soak.event("task.completed", "", task_id="of todoist")
    for _ in range(2):
        asked_for(todoist, f"tasks/{task.id}/close", soak.rows["events"][-1].event_id)
    assert soak.broken() == set()


def shown_again(soak: MadeUp) -> None:
    soak.message("Errand qbbbb", "Done", handle="t1")


def same_slot_again(soak: MadeUp) -> None:
    soak.tip("t2", "Errand qbbbb")
    soak.rows["decisions"][-1].slot = soak.rows["decisions"][0].slot


def tip_at_night(soak: MadeUp) -> None:
    soak.tip("t2", "Errand qbbbb", at=NIGHT)


def reminder_at_night(soak: MadeUp) -> None:
    soak.tip("t2", "call qbbbc", trigger=Trigger.REMINDER, at=NIGHT)


def more_than_the_cap(soak: MadeUp) -> None:
    for number in range(CAPS[0]):
        soak.tip(f"more {number}", "Errand qbbbb")


def never_arrived(soak: MadeUp) -> None:
    soak.rows["deliveries"][0].message_id = "999"


def arrived_though_abandoned(soak: MadeUp) -> None:
    soak.rows["deliveries"][0].state = DeliveryState.ABANDONED
    soak.rows["deliveries"][0].message_id = None


def unknown_without_fault(soak: MadeUp) -> None:
    soak.rows["deliveries"][0].state = DeliveryState.UNKNOWN


def never_answered(soak: MadeUp) -> None:
    soak.say("Errand qbbbd")
    soak.arrivals.pop()


def added_twice(soak: MadeUp) -> None:
    soak.rows["tasks"].append(soak.rows["tasks"][0])


def answered_otherwise(soak: MadeUp) -> None:
    soak.message("There is no task Errand qbbbb.")


def request_forgotten(soak: MadeUp) -> None:
    soak.ledger.requests.append(Update(update_id=7, body={}))


def request_decided_twice(soak: MadeUp) -> None:
    soak.ledger.requests.append(Update(update_id=7, body={}))
    for decision_id in ("asked-telegram-7-1.0", "asked-telegram-7-2.0"):
        soak.tip(decision_id, "Errand qbbbb", trigger=Trigger.REQUESTED)


def reminder_rings_twice(soak: MadeUp) -> None:
    _reminder(soak, rings=2)


def reminder_is_lost(soak: MadeUp) -> None:
    _reminder(soak, rings=0)


def _reminder(soak: MadeUp, *, rings: int) -> None:
    soak.say("call qbbbc")
    soak.ledger.lines[-1].kind = LineKind.REMINDER
    for number in range(rings):
        soak.tip(f"r{number}", "call qbbbc", trigger=Trigger.REMINDER)
        soak.rows["tip_scores"].append(SimpleNamespace(decision_id=f"r{number}", task_id="call qbbbc"))


def reminder_waits(soak: MadeUp, until: datetime = NOON) -> None:
    """It could not be sent at once. The soak ends a day after ``NOON``."""
    _reminder(soak, rings=1)
    soak.arrivals.pop()
    soak.rows["deliveries"][-1].state = DeliveryState.RESERVED
    soak.rows["deliveries"][-1].not_before = until


def tap_is_lost(soak: MadeUp) -> None:
    soak.rows["reactions"].clear()


def tap_is_taken_back_by_nobody(soak: MadeUp) -> None:
    soak.rows["reactions"][0].undone_at = NOON


def tap_without_reward(soak: MadeUp) -> None:
    soak.rows["rewards"].clear()


def message_still_shows_the_tip(soak: MadeUp) -> None:
    del soak.shown("t1").versions[1:]


def tap_counts_twice(soak: MadeUp) -> None:
    soak.event("reaction.taken", "t1", reaction="done")
    soak.event("reward.given", "t1", signal="done", value=1.0)


def reward_twice_for_a_tap(soak: MadeUp) -> None:
    soak.event("reward.given", "t1", signal="done", value=1.0)


def model_differs(soak: MadeUp) -> None:
    soak.learned = Parity(people=1, rewards=1, different=("p",), other_features=0)


def reward_of_another_value(soak: MadeUp) -> None:
    soak.rows["rewards"][0].value = 0.5


def gap_in_the_log(soak: MadeUp) -> None:
    soak.rows["events"][-1].position += 1


def decision_without_event(soak: MadeUp) -> None:
    soak.tip("t2", "Errand qbbbb")
    soak.rows["events"].pop()


def event_never_dispatched(soak: MadeUp) -> None:
    soak.rows["events"][0].dispatched_at = None


def stream_lacks_an_event(soak: MadeUp) -> None:
    kinds = {row.event_id: row.kind for row in soak.rows["events"][1:]}
    soak.replay = Replay(kinds=kinds, learned=soak.learned)


def stream_holds_another_event(soak: MadeUp) -> None:
    kinds = {row.event_id: row.kind for row in soak.rows["events"]} | {"e99": "tip.sent"}
    soak.replay = Replay(kinds=kinds, learned=soak.learned)


def stream_teaches_something_else(soak: MadeUp) -> None:
    model_differs(soak)
    kinds = {row.event_id: row.kind for row in soak.rows["events"]}
    soak.replay = Replay(kinds=kinds, learned=soak.learned)


def with_todoist(soak: MadeUp) -> tuple[SyncingTodoist, TodoistTask, SimpleNamespace]:
    """One task there, of which oO has a copy."""
    soak.todoist = todoist = SyncingTodoist(token="t", clock=lambda: NOON)
    task = todoist.add("Errand qbbbz", due=NOON.date())
    row = SimpleNamespace(
        task_id="of todoist",
        title=task.content,
        source=TaskSource.TODOIST,
        external_id=task.id,
        state=TaskState.OPEN,
        due=Due(on=NOON.date()),
    )
    soak.rows["tasks"].append(row)
    return todoist, task, row


def asked_for(todoist: SyncingTodoist, path: str, request_id: str) -> None:
    headers = {"X-Request-Id": request_id}
    todoist.calls.append(Call(method="POST", path=f"/api/v1/{path}", query={}, headers=headers, body=b""))


def done_here_only(soak: MadeUp) -> None:
    with_todoist(soak)[2].state = TaskState.DONE


def never_told(soak: MadeUp) -> None:
    with_todoist(soak)
    soak.event("task.completed", "", task_id="of todoist")


def moved_here_only(soak: MadeUp) -> None:
    with_todoist(soak)[2].due = Due(on=NIGHT.date() + timedelta(days=1))


def removed_nowhere(soak: MadeUp) -> None:
    with_todoist(soak)
    soak.ledger.removed.append("Errand qbbbz")


def never_copied(soak: MadeUp) -> None:
    with_todoist(soak)[0].add("Errand qbbby")


def asked_without_cause(soak: MadeUp) -> None:
    todoist, task, _ = with_todoist(soak)
    asked_for(todoist, f"tasks/{task.id}/close", "whatever")


def two_requests_of_one_id(soak: MadeUp) -> None:
    todoist, task, _ = with_todoist(soak)
    soak.event("task.completed", "", task_id="of todoist")
    for what in ("close", "reopen"):
        asked_for(todoist, f"tasks/{task.id}/{what}", soak.rows["events"][-1].event_id)


def closed_twice_for_one_tap(soak: MadeUp) -> None:
    todoist, task, _ = with_todoist(soak)
    for kind in ("task.completed", "task.changed"):
        soak.event(kind, "", task_id="of todoist")
        asked_for(todoist, f"tasks/{task.id}/close", soak.rows["events"][-1].event_id)


def update_waits(soak: MadeUp) -> None:
    soak.rows["inbox"].append(SimpleNamespace(update_id="9", begun_again=0, update={}))


BREAKS: list[tuple[Callable[[MadeUp], None], str]] = [
    (shown_again, "tips that came twice"),
    (same_slot_again, "tips that came twice"),
    (tip_at_night, "messages in quiet hours"),
    (reminder_at_night, "messages in quiet hours"),
    (more_than_the_cap, "days with too many tips"),
    (never_arrived, "deliveries with a wrong state"),
    (arrived_though_abandoned, "deliveries with a wrong state"),
    (unknown_without_fault, "unknown results without a cause"),
    (never_answered, "lines without one answer"),
    (added_twice, "lines without one answer"),
    (answered_otherwise, "lines without one answer"),
    (request_forgotten, "requests without one decision"),
    (request_decided_twice, "requests without one decision"),
    (reminder_rings_twice, "reminders lost or twice"),
    (reminder_is_lost, "reminders lost or twice"),
    (reminder_waits, "reminders lost or twice"),
    (tap_is_lost, "taps lost"),
    (tap_is_taken_back_by_nobody, "taps lost"),
    (tap_without_reward, "taps lost"),
    (message_still_shows_the_tip, "taps lost"),
    (tap_counts_twice, "taps counted twice"),
    (reward_twice_for_a_tap, "taps counted twice"),
    (model_differs, "rewards counted wrongly"),
    (reward_of_another_value, "rewards counted wrongly"),
    (gap_in_the_log, "gaps in the event log"),
    (decision_without_event, "gaps in the event log"),
    (event_never_dispatched, "gaps in the event log"),
    (stream_lacks_an_event, "gaps in the stream"),
    (stream_holds_another_event, "gaps in the stream"),
    (stream_teaches_something_else, "gaps in the stream"),
    *(
        (one, "changes lost or twice in Todoist")
        for one in (
            *(
                never_told,
                done_here_only,
                moved_here_only,
                removed_nowhere,
                never_copied,
                asked_without_cause,
            ),
            *(asked_without_cause, two_requests_of_one_id, closed_twice_for_one_tap),
        )
    ),
    (update_waits, "updates never handled"),
]


@each_of(BREAKS, ids=lambda row: f"{row[0].__name__}: {row[1]}")
def test_what_is_broken_is_found(break_it: Callable[[MadeUp], None], check: str) -> None:
    soak = MadeUp()
    break_it(soak)
    assert check in soak.broken()


def test_each_check_has_a_break_but_the_one_that_quotes_logs() -> None:
    assert {check for _, check in BREAKS} == {*CHECKS} - {"errors of oO"}


def test_a_question_that_names_a_task_answers_no_line() -> None:
    soak = MadeUp()
    soak.message("Which one shall I move?\n1. Errand qbbbb\n2. Errand qbbbc")
    assert soak.broken() == set()


def test_a_reminder_may_wait_for_the_end_of_quiet_hours() -> None:
    soak = MadeUp()
    reminder_waits(soak, until=NOON + timedelta(days=2))
    assert "reminders lost or twice" not in soak.broken()


def test_the_quiet_hours_are_those_that_the_person_set() -> None:
    assert quiet_hours(0) is not None
    assert quiet_hours(3) is None


def test_what_began_after_an_unseen_step_saw_nothing_of_the_time_before_it(tmp_path: Path) -> None:
    clock, within = SteppedClock(tmp_path / "clock"), timedelta(hours=1)
    began = clock.now()
    assert (began.hour, began.minute) == (12, 0)

    def readings() -> list[int]:
        return [round((one - began).total_seconds() / 3600) for one in clock.readings(within)]

    clock.step(3600)
    assert readings() == [0, 1]
    clock.step(3600, unseen=True)
    assert readings() == [2]
    clock.step(-3600)
    assert readings() == [2, 1]


def test_somebodys_quiet_hours_begin_where_they_live() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert seconds_to_quiet_hours(noon, 1) == 10 * 3600
    assert seconds_to_quiet_hours(noon + timedelta(hours=11), 2) == 23 * 3600
    assert seconds_to_quiet_hours(noon + timedelta(hours=11), 3) == 13 * 3600
