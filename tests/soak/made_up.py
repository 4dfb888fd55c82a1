"""A soak that was made up: all went well in it, until a test breaks something.

Tests: tests/soak/test_invariants.py.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from core.learning.from_events import Parity
from core.records import DeliveryState, ReactionKind, Signal, TaskSource, Trigger
from tests.servers.telegram import Button, Message, Tap, Update
from tests.servers.telegram.content import Formatted, Version
from tests.servers.todoist_sync import SyncingTodoist
from tests.soak.evidence import READ, Arrival, Evidence
from tests.soak.invariants import CHECKS
from tests.soak.ledger import Ledger, Line, LineKind, Press
from tests.soak.nemesis import Faults
from tests.soak.spec import SoakSpec
from tests.soak.streams import Replay

USER = 1000
"""Who wants one tip a day, and quiet from 22:00 to 7:00."""
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
NIGHT = NOON.replace(hour=23)


class MadeUp:
    """A soak in which a person typed one line, and got a tip and did it, and all of it went well."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[Any]] = defaultdict(list, {table.name: [] for table in READ})
        self.rows["people"].append(SimpleNamespace(person_id="p", zone="UTC"))
        self.rows["accounts"].append(
            SimpleNamespace(account_id="a", person_id="p", external_id=str(USER), address=str(USER))
        )
        self.ledger, self.arrivals = Ledger(), list[Arrival]()
        self.learned = Parity(people=1, rewards=1, different=(), other_features=0)
        self.replay: Replay | None = None
        self.todoist: SyncingTodoist | None = None
        self.say("Errand qbbbb")
        self.tip("t1", "Errand qbbbb")
        self.press("t1", "Done")
        self.react("t1", ReactionKind.DONE)

    def message(self, text: str, *labels: str, handle: str = "", at: datetime = NOON) -> Message:
        buttons = tuple(Button(label=label, data=f"{handle}.{n}") for n, label in enumerate(labels))
        shown = Version(content=Formatted(text=text), source=text, rows=(buttons,), date=at)
        message = Message(message_id=len(self.arrivals) + 1, chat_id=USER, versions=[shown])
        self.arrivals.append(Arrival(message=message, readings=(at,)))
        return message

    def say(self, title: str) -> None:
        line = Line(
            user_id=USER, kind=LineKind.TASK, title=title, said_at=NOON, update=Update(update_id=1, body={})
        )
        self.ledger.lines.append(line)
        self.rows["tasks"].append(
            SimpleNamespace(task_id=title, title=title, source=TaskSource.OO, external_id=None)
        )
        self.message(f"Added: {title}.")

    def tip(
        self, decision_id: str, text: str, *, trigger: Trigger = Trigger.SCHEDULED, at: datetime = NOON
    ) -> None:
        slot = f"slot of {decision_id}" if trigger is Trigger.SCHEDULED else None
        self.rows["decisions"].append(
            SimpleNamespace(
                decision_id=decision_id, person_id="p", trigger=trigger, slot=slot, merged=(), decided_at=at
            )
        )
        self.event("decision.made", decision_id)
        self.rows["handles"].append(SimpleNamespace(handle=decision_id, subject=decision_id))
        message = self.message(text, "Done", "Snooze", "Dismiss", handle=decision_id, at=at)
        self.rows["deliveries"].append(
            SimpleNamespace(
                delivery_id=f"d {decision_id}",
                decision_id=decision_id,
                account_id="a",
                state=DeliveryState.SENT,
                message_id=str(message.message_id),
            )
        )

    def shown(self, decision_id: str) -> Message:
        return next(one.message for one in self.arrivals if self._handle(one.message) == decision_id)

    def _handle(self, message: Message) -> str | None:
        data = [button.data for row in message.rows for button in row if button.data]
        return data[0].partition(".")[0] if data else None

    def press(self, decision_id: str, label: str) -> None:
        message = self.shown(decision_id)
        tap = Tap(query_id="q", update=Update(update_id=2, body={}), tapped_at=0)
        self.ledger.presses.append(
            Press(user_id=USER, message=message, label=label, tap=tap, at=0, versions=1)
        )
        message.versions.append(message.versions[0])

    def react(self, decision_id: str, kind: ReactionKind) -> None:
        self.rows["reactions"].append(SimpleNamespace(decision_id=decision_id, kind=kind, undone_at=None))
        self.rows["rewards"].append(SimpleNamespace(decision_id=decision_id, source=Signal.DONE, value=1.0))
        self.event("reaction.taken", decision_id, reaction=kind.value)
        self.event("reward.given", decision_id, signal="done", value=1.0)

    def event(self, kind: str, decision_id: str, **data: object) -> None:
        position, data = len(self.rows["events"]) + 1, {"decision_id": decision_id, **data}
        self.rows["events"].append(
            SimpleNamespace(
                event_id=f"e{position}",
                position=position,
                kind=kind,
                data=data,
                dispatched_at=NOON,
                happened_at=NOON,
            )
        )

    def broken(self) -> set[str]:
        """The checks that found something."""
        evidence = Evidence(
            spec=SoakSpec(),
            ledger=self.ledger,
            faults=Faults(),
            arrivals=self.arrivals,
            rows=self.rows,
            learned=self.learned,
            replay=self.replay,
            todoist=self.todoist,
            ended_at=NOON + timedelta(days=1),
        )
        return {name for name, check in CHECKS.items() if list(check(evidence))}
