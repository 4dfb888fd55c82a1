"""The closing table of a soak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.records import DeliveryState, Trigger
from tests.servers.telegram import Message
from tests.soak.evidence import Evidence
from tests.soak.invariants import is_list
from tests.soak.ledger import titles_in
from tests.soak.run import SoakResult

SHOWN_EXAMPLES = 5


def closing_table(result: SoakResult) -> str:
    """What was done, what went wrong, and what was broken, as lines of text."""
    return "\n".join(_lines(result))


def _lines(result: SoakResult) -> Iterator[str]:
    seen, minutes = result.evidence, result.seconds / 60
    yield from _section("Faults", seen.faults.counted())
    yield from _section(
        "Traffic",
        {
            "kills": seen.faults.kills,
            "kills a minute": round(seen.faults.kills / minutes),
            "minutes": round(minutes, 1),
            "lines typed": len(seen.ledger.lines),
            "lines answered again": _answered_again(seen),
            "tips asked for": len(seen.ledger.requests),
            "taps": len(seen.ledger.presses),
            "updates delivered twice": seen.ledger.repeated_updates,
            "taps sent again as new updates": seen.ledger.repeated_taps,
            "messages delivered": len(seen.arrivals),
            "changes asked of Todoist": len(seen.todoist.writes()) if seen.todoist else 0,
            **{f"{trigger.value} shown": _shown(result, trigger) for trigger in Trigger},
            **{f"deliveries {state.value}": _in_state(result, state) for state in DeliveryState},
            "decisions": len(seen.decisions),
            **{f"refused: {reason}": count for reason, count in _refusals(result).items()},
            **{f"rewards for {kind}": count for kind, count in _rewards(result).items()},
            "events": len(seen.rows["events"]),
        },
    )
    yield from _section(
        "Broken (each must be 0)", {name: len(found) for name, found in result.broken.items()}
    )
    for name, found in result.broken.items():
        yield from (f"  {name}: {sentence}" for sentence in found[:SHOWN_EXAMPLES])
    if not result.ok:
        yield f"Repeat it: {result.spec.command()}"


def transcript(result: SoakResult) -> str:
    """What people saw, message by message: to find out what went wrong."""
    lines: list[str] = []
    for arrival in result.evidence.arrivals:
        message, at = arrival.message, f"{arrival.readings[-1]:%d %b %H:%M:%S}"
        lines.append(f"{at}  {message.chat_id}  message {message.message_id}  {_decision(result, message)}")
        lines += [f"    {line}" for line in message.screen().splitlines()]
        lines += [f"    tapped {one.label}" for one in result.evidence.ledger.presses_on(message)]
    return "\n".join(lines)


def _decision(result: SoakResult, message: Message) -> str:
    decision_id = result.evidence.decision_under(message)
    return f"{result.evidence.decisions[decision_id].trigger} {decision_id}" if decision_id else ""


def _section(title: str, figures: dict[str, int] | dict[str, float]) -> Iterator[str]:
    yield title
    yield from (f"  {name:<42}{figure:>10,}" for name, figure in figures.items())


def _shown(result: SoakResult, trigger: Trigger) -> int:
    seen = result.evidence
    return sum(len(found) for one, found in seen.shown.items() if seen.decisions[one].trigger is trigger)


def _answered_again(seen: Evidence) -> int:
    """A text is answered at least once: again if its process was killed before it had noted the answer."""
    said = {line.title for line in seen.ledger.lines}
    answers = Counter(
        title
        for arrival in seen.arrivals
        if seen.decision_under(arrival.message) is None and not is_list(arrival.message)
        for title in titles_in(arrival.message.versions[0].content.text)
    )
    return sum(answers[title] > 1 for title in said)


def _refusals(result: SoakResult) -> dict[str, int]:
    refused = [row.unavailable for row in result.evidence.rows["decisions"] if row.unavailable]
    return dict(sorted(Counter(str(one) for one in refused).items()))


def _rewards(result: SoakResult) -> dict[str, int]:
    return dict(sorted(Counter(row.source.value for row in result.evidence.rows["rewards"]).items()))


def _in_state(result: SoakResult, state: DeliveryState) -> int:
    return sum(row.state is state for row in result.evidence.rows["deliveries"])
