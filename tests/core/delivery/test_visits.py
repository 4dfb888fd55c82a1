"""What a tap on a page shows comes back to that page, and to none other."""

from __future__ import annotations

from core.chat import Channel, Message, Sender, Tapped, one_field
from core.delivery.visits import Visits
from tests.core.outsiders import NOW

HELLO = Message(lines=())
FORM = one_field("When?", "Time")


def tap(visit_id: str, message_id: str = "m1") -> Tapped:
    sender = Sender(channel=Channel.WEB, external_id="ada", address="ada")
    return Tapped(
        update_id=visit_id,
        sender=sender,
        received_at=NOW,
        token="h.0",
        callback_id=visit_id,
        message_id=message_id,
    )


def test_answers_come_to_the_visit_of_their_tap() -> None:
    visits = Visits()
    with visits.opened("one") as one, visits.opened("two") as two:
        assert visits.show("one", HELLO) != visits.show("one", HELLO)
        visits.acknowledge(tap("two"), "Noted.")
        visits.edit("m1", HELLO)
        visits.edit("m2", HELLO)
        assert visits.ask(tap("one"), FORM, "h.9")
    assert (one.replies, one.edit, one.form, one.form_token) == ([HELLO, HELLO], None, FORM, "h.9")
    assert (two.replies, two.edit, two.toast, two.form) == ([], HELLO, "Noted.", None)


def test_after_a_visit_nothing_is_shown_any_more() -> None:
    visits = Visits()
    with visits.opened("one") as one:
        visits.acknowledge(tap("one"), None)
    assert visits.show("one", HELLO) == "one"
    visits.edit("m1", HELLO)
    visits.acknowledge(tap("one"), "Noted.")
    assert not visits.ask(tap("one"), FORM, "h.9")
    assert (one.replies, one.edit, one.toast, one.form) == ([], None, None, None)
