"""What must hold of taps and rewards after a soak.

The names in brackets are those of the guarantees: one reward for each tip (G4), the model
equals its log (G5).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from core.records import ReactionKind, Signal, Trigger
from tests.servers.telegram import Message
from tests.soak.evidence import Evidence
from tests.soak.ledger import Press, titles_in


def every_tap_has_its_effect(seen: Evidence) -> Iterator[str]:
    """G4: what stands in the end is what the person tapped last; a tip that was done has the reward of it."""
    standing = {row.decision_id: row.kind for row in seen.rows["reactions"] if row.undone_at is None}
    rewards = {row.decision_id: row for row in seen.rows["rewards"]}
    not_redrawn, cut_off = 0, seen.faults.counted().get("cut off: editMessageText", 0)
    for message, presses in _by_message(seen.ledger.presses):
        decision_id, labels = seen.decision_under(message), [press.label for press in presses]
        if decision_id is None or _is_also_tapped_elsewhere(seen, message, presses):
            continue
        found, possible = standing.get(decision_id), standing_after(labels)
        if found not in possible:
            yield f"{decision_id}: after {labels}, {found} stands"
        if not message.edits and (not_redrawn := not_redrawn + 1) > cut_off:
            yield f"{decision_id}: after {labels}, the message still shows {message.text!r}"
        is_ring = seen.decisions[decision_id].trigger is Trigger.REMINDER
        if found is ReactionKind.DONE and not is_ring and decision_id not in rewards:
            yield f"{decision_id}: {labels} has no reward"


def _by_message(presses: Sequence[Press]) -> Iterator[tuple[Message, list[Press]]]:
    found: defaultdict[int, list[Press]] = defaultdict(list)
    for press in presses:
        found[press.message.message_id].append(press)
    yield from ((one[0].message, one) for one in found.values())


def _is_also_tapped_elsewhere(seen: Evidence, message: Message, presses: Sequence[Press]) -> bool:
    """Whether what it names was removed, or tapped on another message as well: that settles its task, and
    thereby it.
    """
    titles = titles_in(message.versions[0].content.text)
    tapped = seen.ledger.labels_about
    return any(len(tapped(title)) > len(presses) or title in seen.ledger.removed for title in titles)


def standing_after(labels: Sequence[str]) -> set[ReactionKind | None]:
    """The reactions that may stand after these taps on one message, in their order.

    A tap on a time does nothing once that has passed.
    """
    standing: set[ReactionKind | None] = {None}
    for label in labels:
        if label == "Done":
            standing = {ReactionKind.DONE}
        elif label == "1 hour":
            standing = {*standing, ReactionKind.SNOOZE}
        elif label in ("Dismiss", "Not now", "Not this"):
            standing = {ReactionKind.DISMISS}
        elif label == "Undo":
            standing = {None}
    return standing


KINDS = {
    ReactionKind.DONE: {"Done"},
    ReactionKind.SNOOZE: {"1 hour"},
    ReactionKind.DISMISS: {"Dismiss", "Not now", "Not this"},
}
"""The buttons of each reaction."""
WITHOUT_TAP = {Signal.DONE_ELSEWHERE, Signal.SILENCE}


def no_tap_counts_twice(seen: Evidence) -> Iterator[str]:
    """G4: a tip has no more reactions than taps, and one reward for each reaction."""
    taps, taken, rewards = _taps(seen), _reactions_taken(seen), _rewards_for_taps(seen)
    reactions = Counter[str]()
    for (decision_id, kind), count in taken.items():
        if count > taps[decision_id, kind]:
            yield f"{decision_id}: {taps[decision_id, kind]} taps, and {count} times {kind}"
        if seen.decisions[decision_id].trigger is not Trigger.REMINDER:
            reactions[decision_id] += count
    for decision_id in {*reactions, *rewards}:
        if reactions[decision_id] != rewards[decision_id]:
            yield f"{decision_id}: {rewards[decision_id]} rewards for {reactions[decision_id]} reactions"


def _taps(seen: Evidence) -> Counter[tuple[str, ReactionKind]]:
    found: Counter[tuple[str, ReactionKind]] = Counter()
    for press in seen.ledger.presses:
        decision_id = seen.decision_under(press.message)
        for kind, labels in KINDS.items():
            if decision_id and press.label in labels:
                found[decision_id, kind] += press.arrivals
    return found


def _reactions_taken(seen: Evidence) -> Counter[tuple[str, ReactionKind]]:
    taken = [row.data for row in seen.rows["events"] if row.kind == "reaction.taken"]
    return Counter((one["decision_id"], ReactionKind(one["reaction"])) for one in taken)


def _rewards_for_taps(seen: Evidence) -> Counter[str]:
    given = [row.data for row in seen.rows["events"] if row.kind == "reward.given"]
    return Counter(one["decision_id"] for one in given if one["signal"] not in WITHOUT_TAP)


def rewards_are_counted_once(seen: Evidence) -> Iterator[str]:
    """G5: the model is what the events teach, bit for bit; so is each reward."""
    if not seen.learned.is_equal:
        yield f"the model of {len(seen.learned.different)} people is not what their events teach"
    given: dict[str, tuple[str, float]] = {}
    for row in seen.rows["events"]:
        if row.kind == "reward.given":
            given[row.data["decision_id"]] = row.data["signal"], row.data["value"]
        elif row.kind == "reward.retracted":
            given.pop(row.data["decision_id"], None)
    stored = {row.decision_id: (row.source.value, row.value) for row in seen.rows["rewards"]}
    for decision_id in {*given, *stored}:
        by_events, found = given.get(decision_id), stored.get(decision_id)
        if by_events != found:
            yield f"{decision_id}: {by_events} by the events, {found} stored"
