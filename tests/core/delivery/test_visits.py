"""Pages that wait for what a tap shows."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.screens.markup import say
from core.chat import Channel, Sender, Tapped
from core.delivery.visits import Visits

SENDER = Sender(channel=Channel.EMAIL, external_id="a", address="a")


def tap(visit: str, message: str = "m") -> Tapped:
    return Tapped(
        update_id=visit,
        sender=SENDER,
        received_at=datetime(2026, 11, 29, tzinfo=UTC),
        token="t.0",
        message_id=message,
        callback_id=visit,
    )


def test_an_edit_belongs_to_the_visit_that_was_acknowledged_last() -> None:
    visits = Visits()
    with visits.opened("one") as first, visits.opened("two") as second:
        visits.acknowledge(tap("one"), None)
        visits.edit("m", say("first"))
        visits.acknowledge(tap("two"), None)
        visits.edit("m", say("second"))
        visits.edit("other", say("elsewhere"))
        assert [one.edit and one.edit.text for one in (first, second)] == ["first", "second"]


def test_nothing_is_shown_before_and_after_a_visit() -> None:
    visits = Visits()
    visits.edit("m", say("early"))
    assert visits.show("one", say("early")) == "one"
    with visits.opened("one") as seen:
        visits.acknowledge(tap("one"), "hi")
        assert visits.show("one", say("now")) != visits.show("one", say("and now"))
    visits.edit("m", say("late"))
    visits.acknowledge(tap("one"), "late")
    visits.show("one", say("late"))
    assert (seen.toast, seen.edit, len(seen.replies)) == ("hi", None, 2)
