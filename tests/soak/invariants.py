"""What must hold after a soak, whatever went wrong. A check returns a sentence for each thing that is broken.

The names in brackets are those of the guarantees: one tip for each slot (G1), unknown results are explained
(G3), quiet hours (G6). Those of taps and rewards (G4, G5) are in ``tap_invariants.py``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.records import DeliveryState, Trigger
from tests.servers.telegram import Message
from tests.soak.evidence import Arrival, Evidence
from tests.soak.ledger import LineKind, titles_in
from tests.soak.participants import CAPS, FIRST_USER, quiet_hours
from tests.soak.tap_invariants import every_tap_has_its_effect, no_tap_counts_twice, rewards_are_counted_once
from tests.soak.todoist_invariants import each_change_reaches_todoist_once

RELAY_SECONDS = 5.0
"""So far may the relay be behind when the last process stops."""
ON_THEIR_OWN = (Trigger.SCHEDULED, Trigger.SNOOZED)


def no_tip_comes_twice(seen: Evidence) -> Iterator[str]:
    """G1: a decision is shown once, and a slot has one decision that is shown."""
    slots: Counter[tuple[str, str]] = Counter()
    for decision_id, arrivals in seen.shown.items():
        decision = seen.decisions[decision_id]
        if len(arrivals) > 1:
            yield f"{decision.trigger} {decision_id} was shown {len(arrivals)} times: {_texts(arrivals)}"
        for slot in (decision.slot, *decision.merged):
            slots[decision.person_id, slot] += slot is not None
    yield from (
        f"slot {slot} of {person} was served {n} times" for (person, slot), n in slots.items() if n > 1
    )


def what_is_stored_as_sent_arrived(seen: Evidence) -> Iterator[str]:
    """``sent`` is true, and whatever arrived is ``sent`` or ``unknown``."""
    ids = {(arrival.message.chat_id, str(arrival.message.message_id)) for arrival in seen.arrivals}
    chats = {row.account_id: int(row.address) for row in seen.rows["accounts"]}
    for row in seen.rows["deliveries"]:
        if row.state is DeliveryState.SENT and (chats[row.account_id], row.message_id) not in ids:
            yield f"delivery {row.delivery_id} is said to be message {row.message_id}, which never arrived"
    for decision_id in seen.shown:
        states = {row.state for row in seen.deliveries.get(decision_id, ())}
        if not states & {DeliveryState.SENT, DeliveryState.UNKNOWN}:
            yield f"{decision_id} was shown, and its deliveries are {sorted(states)}"


def unknown_results_have_a_cause(seen: Evidence) -> Iterator[str]:
    """G3: no more of them than faults; none is left in ``sending``."""
    states = Counter(row.state for row in seen.rows["deliveries"])
    if states[DeliveryState.UNKNOWN] > len(seen.faults.all):
        yield f"{states[DeliveryState.UNKNOWN]} unknown results after {len(seen.faults.all)} faults"
    if states[DeliveryState.SENDING]:
        yield f"{states[DeliveryState.SENDING]} deliveries are still being sent"


def nothing_comes_in_quiet_hours(seen: Evidence) -> Iterator[str]:
    """G6: no tip and no reminder of oO's own accord."""
    for decision_id, arrivals in seen.shown.items():
        decision = seen.decisions[decision_id]
        if decision.trigger not in (*ON_THEIR_OWN, Trigger.REMINDER):
            continue
        for arrival in arrivals:
            person = seen.person_of[arrival.message.chat_id]
            quiet = quiet_hours(arrival.message.chat_id - FIRST_USER)
            local = [one.astimezone(ZoneInfo(person.zone)) for one in arrival.readings]
            if all(is_quiet(one, quiet) for one in local):
                yield f"{decision.trigger} {decision_id} came at {local[-1]:%a %H:%M:%S}, quiet {quiet}"


def is_quiet(at: datetime, quiet: tuple[time, time] | None) -> bool:
    """Whether the wall clock is within these hours, which may span midnight."""
    if quiet is None:
        return False
    start, end = quiet
    now = at.time()
    return start <= now < end if start < end else now >= start or now < end


def the_limit_of_a_day_holds(seen: Evidence) -> Iterator[str]:
    """At most as many scheduled tips arrive on a local day as the person wants."""
    days: Counter[tuple[int, str]] = Counter()
    for decision_id, arrivals in seen.shown.items():
        if seen.decisions[decision_id].trigger is not Trigger.SCHEDULED:
            continue
        for arrival in arrivals:
            chat = arrival.message.chat_id
            zone = ZoneInfo(seen.person_of[chat].zone)
            days[chat, f"{seen.decisions[decision_id].decided_at.astimezone(zone):%F}"] += 1
    for (chat, day), count in days.items():
        cap = CAPS[(chat - FIRST_USER) % len(CAPS)]
        if count > cap:
            yield f"{count} tips for {chat} on {day}, who wants {cap}"


DAY = re.compile(r"\b(?:yesterday|today|tomorrow|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
"""An answer that is given again on another day names the same time in other words."""

NUMBERED = re.compile(r"^\d+\. ", re.MULTILINE)

WAYS_TO_ANSWER = 3
"""What oO says of a reminder depends on the time it is then: that it will ring, that this would be in quiet
hours, or, once it has rung, what was added.
"""


def every_line_is_answered_one_way(seen: Evidence) -> Iterator[str]:
    """A typed line is answered, always with the same, and did once what it asked for."""
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for arrival in seen.arrivals:
        if seen.decision_under(arrival.message) is None and not is_list(arrival.message):
            text = arrival.message.versions[0].content.text
            titles = {*titles_in(text)}
            if len(titles) == 1:  # of several, oO asks which one is meant
                answers[titles.pop()].add(DAY.sub("", text))
    tasks = Counter(row.title for row in seen.rows["tasks"])
    unanswered, cut_off = 0, seen.faults.counted().get("cut off: sendMessage", 0)
    for line in seen.ledger.lines:
        found, made = answers[line.title], tasks[line.title]
        if not found and (unanswered := unanswered + 1) > cut_off:
            yield f"{line.title!r} of {line.user_id}, said at {line.said_at}, was never answered"
        if len(found) > (WAYS_TO_ANSWER if line.kind is LineKind.REMINDER else 1):
            yield f"{line.title!r} was answered in several ways: {sorted(found)}"
        if made != 1:
            yield f"{line.title!r} made {made} tasks"


def every_request_is_decided_once(seen: Evidence) -> Iterator[str]:
    """Whoever asked for a tip got one, or was told that there is none; nobody got two."""
    asked = Counter(update.update_id for update in seen.ledger.requests)
    requested = [row.decision_id for row in seen.decisions.values() if row.trigger is Trigger.REQUESTED]
    decided = Counter(int(decision_id.split("-")[2]) for decision_id in requested)
    inbox = {row.update_id: row for row in seen.rows["inbox"]}
    for update_id in {*asked, *decided}:
        if asked[update_id] != decided[update_id]:
            found = inbox.get(str(update_id))
            state = f"begun again {found.begun_again} times" if found else "not stored"
            yield (
                f"update {update_id} ({state}) asked for {asked[update_id]} tips,"
                f" and {decided[update_id]} were decided"
            )


def is_list(message: Message) -> bool:
    """Whether it numbers several tasks: it rings them, or asks which one of them is meant."""
    return NUMBERED.search(message.versions[0].content.text) is not None


def is_list_of_reminders(message: Message) -> bool:
    """Whether it rings several reminders."""
    return "Done 1" in message.versions[0].labels


def every_reminder_rings_once(seen: Evidence) -> Iterator[str]:
    """A reminder rings once, or the result of its delivery is unknown; it waits only if it must.

    One that was snoozed rings again. Whoever has done the task needs no reminder.
    """
    rung = Counter(_rung_titles(seen))
    under_way = _reminders_under_way(seen)
    tasks = {row.title: row for row in seen.rows["tasks"]}
    waiting = {row.task_id for row in seen.rows["reminders"] if row.next_at and row.next_at > seen.ended_at}
    for line in seen.ledger.lines:
        task = tasks.get(line.title)
        if line.kind is not LineKind.REMINDER or task is None:
            continue
        labels, count = Counter(seen.ledger.labels_about(line.title)), rung[line.title]
        if count > 1 + labels["1 hour"]:
            yield f"{line.title!r} rang {count} times, snoozed {labels['1 hour']} times"
        if not count and not labels["Done"] and task.task_id not in under_way | waiting:
            yield f"{line.title!r} of {line.user_id}, said at {line.said_at}, never rang"


def _rung_titles(seen: Evidence) -> Iterator[str]:
    """What each reminder that arrived named, on further pages as well."""
    titles = {row.task_id: row.title for row in seen.rows["tasks"]}
    for arrival in seen.arrivals:
        decision_id = seen.decision_under(arrival.message)
        if decision_id and seen.decisions[decision_id].trigger is Trigger.REMINDER:
            if "Done" in arrival.message.versions[0].labels or is_list_of_reminders(arrival.message):
                yield from (titles[task_id] for task_id in seen.tasks_of[decision_id] if task_id in titles)
        elif is_list_of_reminders(arrival.message):
            yield from titles_in(arrival.message.versions[0].content.text)


def _reminders_under_way(seen: Evidence) -> set[str]:
    """Ids of the tasks of deliveries whose result is unknown, or that wait until a time that has not come, as
    quiet hours began before they could be sent.
    """
    found = {
        row.decision_id
        for row in seen.rows["deliveries"]
        if row.state is DeliveryState.UNKNOWN
        or (row.state is DeliveryState.RESERVED and row.not_before and row.not_before > seen.ended_at)
    }
    return {task_id for decision_id in found for task_id in seen.tasks_of.get(decision_id, ())}


def the_event_log_is_whole(seen: Evidence) -> Iterator[str]:
    """Positions have no gap; every decision has its event, and every event was looked at by the relay."""
    positions = [row.position for row in seen.rows["events"]]
    if not seen.spec.postgresql and positions != list(range(1, len(positions) + 1)):
        yield f"{len(positions)} events have places from {positions[0]} to {positions[-1]}"
    made = Counter(
        row.data["decision_id"]
        for row in seen.rows["events"]
        if row.kind in ("decision.made", "decision.refused")
    )
    if made != Counter(dict.fromkeys(seen.decisions, 1)):
        yield f"{sum(made.values())} events for {len(seen.decisions)} decisions"
    ended = seen.ended_at - timedelta(seconds=RELAY_SECONDS)
    rows = seen.rows["events"]
    if waiting := sum(row.dispatched_at is None and row.happened_at < ended for row in rows):
        yield f"{waiting} events were never dispatched"


def the_stream_equals_the_log(seen: Evidence) -> Iterator[str]:
    """A consumer that starts at zero finds every event, and learns what the database holds."""
    if seen.replay is None:
        return
    logged = {row.event_id: row.kind for row in seen.rows["events"]}
    if lost := logged.items() - seen.replay.kinds.items():
        yield f"the stream lacks {len(lost)} of {len(logged)} events, such as {min(lost)}"
    if other := seen.replay.kinds.items() - logged.items():
        yield f"the stream holds {len(other)} events that the log lacks, such as {min(other)}"
    if not seen.replay.learned.is_equal:
        yield f"from the stream, the model of {len(seen.replay.learned.different)} people is another one"


def nothing_waits(seen: Evidence) -> Iterator[str]:
    """Every update was handled."""
    if waiting := sum(row.update is not None for row in seen.rows["inbox"]):
        yield f"{waiting} updates are still in the inbox"


def oo_met_no_error(seen: Evidence) -> Iterator[str]:
    """No line of a log says ERROR, and no process ended by itself."""
    yield from seen.log


def _texts(arrivals: Sequence[Arrival]) -> list[str]:
    return [one.message.versions[0].content.text for one in arrivals]


CHECKS: Mapping[str, Callable[[Evidence], Iterator[str]]] = {
    "tips that came twice": no_tip_comes_twice,
    "deliveries with a wrong state": what_is_stored_as_sent_arrived,
    "unknown results without a cause": unknown_results_have_a_cause,
    "messages in quiet hours": nothing_comes_in_quiet_hours,
    "days with too many tips": the_limit_of_a_day_holds,
    "lines without one answer": every_line_is_answered_one_way,
    "requests without one decision": every_request_is_decided_once,
    "reminders lost or twice": every_reminder_rings_once,
    "taps lost": every_tap_has_its_effect,
    "taps counted twice": no_tap_counts_twice,
    "rewards counted wrongly": rewards_are_counted_once,
    "changes lost or twice in Todoist": each_change_reaches_todoist_once,
    "gaps in the event log": the_event_log_is_whole,
    "gaps in the stream": the_stream_equals_the_log,
    "updates never handled": nothing_waits,
    "errors of oO": oo_met_no_error,
}
"""What is counted in the closing table: each must be 0."""
