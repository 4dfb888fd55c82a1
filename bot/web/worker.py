"""The service worker of browsers that show tips, and what it sends.

Its requests carry no cookie: a ticket, or the secret of the subscription, says whose they are.

Tests: tests/bot/web/test_worker.py.
"""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path

from bot.web.browsers import browser_name
from bot.web.faults import fault
from bot.web.page import Access, Answer, Page, Visit
from core.delivery.tickets import tap_with
from core.people.browsers import OfferedSubscription, read_subscription, renew

MAX_SUBSCRIPTION = 4_000  # characters

NOTHING = Answer(status=HTTPStatus.NO_CONTENT, content_type="text/plain; charset=utf-8")


@cache
def _script() -> bytes:
    return (Path(__file__).parent / "worker.js").read_bytes()


async def worker(visit: Visit) -> Answer:
    """The service worker. It stands at the root, so that it serves all pages."""
    return Answer(body=_script(), content_type="text/javascript; charset=utf-8")


async def tap(visit: Visit) -> Answer:
    """A tap on a notification: through the inbox, as a tap in a chat."""
    signer, form = visit.deps.signer, visit.form
    now = visit.deps.clock.now()
    tapped = tap_with(signer, form.get("ticket", ""), form.get("token", ""), now) if signer else None
    if tapped is None:
        return fault(visit, HTTPStatus.FORBIDDEN)
    await visit.site.take(tapped)
    return NOTHING


async def changed(visit: Visit) -> Answer:
    """The push service gave this browser another address."""
    offered = offered_by(visit)
    if offered is None:
        return fault(visit, HTTPStatus.BAD_REQUEST)
    renewed = await renew(visit.form.get("endpoint", ""), visit.form.get("auth", ""), offered, visit.deps)
    return NOTHING if renewed else fault(visit, HTTPStatus.FORBIDDEN)


def offered_by(visit: Visit) -> OfferedSubscription | None:
    """The subscription that a browser sent; None if it is none."""
    text = visit.form.get("subscription", "")
    try:
        offered = json.loads(text) if len(text) <= MAX_SUBSCRIPTION else None
    except (ValueError, RecursionError):
        return None
    return read_subscription(offered, browser_name(visit.request.headers.get("user-agent", "")))


WORKER = (
    Page(method="GET", path="/sw.js", run=worker, access=Access.NOBODY),
    Page(method="POST", path="/push/tap", run=tap, access=Access.NOBODY, is_signed=True),
    Page(method="POST", path="/push/renew", run=changed, access=Access.NOBODY, is_signed=True),
)
