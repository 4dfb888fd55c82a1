"""A ticket says whose notification was tapped; nobody else can make one, and it ends."""

from __future__ import annotations

from datetime import timedelta

from core.chat import Channel
from core.delivery.tickets import TICKET_LASTS, tap_with, ticket
from core.signing import Signer
from core.vault import vault_key
from tests.core.outsiders import NOW
from tests.rows import each_of

SIGNER = Signer([vault_key(b"k" * 32)])
TICKET = ticket(SIGNER, "ada-in-browsers", "m1", NOW)


def test_a_ticket_and_a_token_make_a_tap_of_that_person_on_that_message() -> None:
    tap = tap_with(SIGNER, TICKET, "handle.0", NOW)
    assert tap
    assert (tap.sender.channel, tap.sender.external_id) == (Channel.WEB, "ada-in-browsers")
    assert (tap.sender.address, tap.message_id, tap.token) == ("ada-in-browsers", "m1", "handle.0")


def test_the_same_tap_has_the_same_id_and_another_another() -> None:
    def id_of(ticket: str, token: str) -> str:
        tap = tap_with(SIGNER, ticket, token, NOW)
        assert tap
        return tap.update_id

    other = ticket(SIGNER, "ada-in-browsers", "m2", NOW)
    assert id_of(TICKET, "handle.0") == id_of(TICKET, "handle.0")
    assert len({id_of(TICKET, "handle.0"), id_of(TICKET, "handle.1"), id_of(other, "handle.0")}) == 3


def test_a_ticket_ends() -> None:
    assert tap_with(SIGNER, TICKET, "handle.0", NOW + TICKET_LASTS - timedelta(seconds=1))
    assert tap_with(SIGNER, TICKET, "handle.0", NOW + TICKET_LASTS) is None


@each_of(
    [
        ("", "handle.0"),
        ("x", "handle.0"),
        (TICKET[:-1], "handle.0"),
        (f"{TICKET}x", "handle.0"),
        (f" {TICKET}", "handle.0"),
        ("é" * 100, "handle.0"),
        (TICKET * 50, "handle.0"),
        (SIGNER.sign("a session", b'["ada","m1",9999999999]'), "handle.0"),
        (Signer([vault_key(b"x" * 32)]).sign("web push tap", b'["ada","m1",9999999999]'), "handle.0"),
        (TICKET, ""),
        (TICKET, "x" * 65),
    ]
)
def test_anything_else_is_no_tap(text: str, token: str) -> None:
    assert tap_with(SIGNER, text, token, NOW) is None
