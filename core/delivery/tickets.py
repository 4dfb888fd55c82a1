"""Taps on notifications. A notification outlives the session of the page it belongs to, so each carries a
ticket: a signed text that says whose it is. With the token of one of its buttons it is a tap, once.

Tests: tests/core/delivery/test_tickets.py.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

from core.chat import Channel, Sender, Tapped
from core.delivery.callbacks import MAX_TOKEN_LENGTH
from core.signing import Signer

TICKET_LASTS = timedelta(days=2)
"""Shorter than handled updates are kept, so that a ticket that was used is known. Later taps are made on the
page.
"""

MAX_TICKET = 400  # characters
PURPOSE = "web push tap"


def ticket(signer: Signer, address: str, message_id: str, now: datetime) -> str:
    """For a notification, on an account of ``Channel.WEB``."""
    content = [address, message_id, int((now + TICKET_LASTS).timestamp())]
    return signer.sign(PURPOSE, json.dumps(content, separators=(",", ":")).encode())


def tap_with(signer: Signer, ticket: str, token: str, now: datetime) -> Tapped | None:
    """The tap on the button with that token; None if the ticket is none, or has ended.

    Its id follows from both, so the inbox takes it once. ``token`` may be forged, like that of any tap.
    """
    signed = signer.verify(PURPOSE, ticket) if len(ticket) <= MAX_TICKET else None
    if signed is None or not 0 < len(token) <= MAX_TOKEN_LENGTH:
        return None
    address, message_id, ends_at = json.loads(signed)
    if datetime.fromtimestamp(ends_at, UTC) <= now:
        return None
    return Tapped(
        update_id=hashlib.sha256(f"{ticket} {token}".encode(errors="replace")).hexdigest(),
        sender=Sender(channel=Channel.WEB, external_id=address, address=address),
        received_at=now,
        token=token,
        message_id=message_id,
    )
