"""The page on which a browser subscribes, and what its service worker asks for.

The worker's requests carry no cookie: a ticket, or the secret of the subscription, says whose they are.

Tests: tests/bot/web/push/test_pages.py.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from http import HTTPStatus
from pathlib import Path

from bot.languages.active import active
from bot.screens import texts_push
from bot.screens.dates import at_moment
from bot.screens.tips import zone_of
from bot.web.browsers import browser_name
from bot.web.faults import fault
from bot.web.page import Access, Answer, Page, Visit, see_other
from bot.web.push.tip import TIP
from bot.web.rendering import render
from core.delivery.tickets import tap_with
from core.people.browsers import (
    OfferedSubscription,
    browsers_of,
    read_subscription,
    renew,
    subscribe,
    unsubscribe,
)

PATH = "/me/browsers"
MAX_SUBSCRIPTION = 4_000  # characters

_NOTHING = Answer(status=HTTPStatus.NO_CONTENT, content_type="text/plain; charset=utf-8")


@cache
def _worker() -> bytes:
    return (Path(__file__).parent / "sw.js").read_bytes()


async def worker(visit: Visit) -> Answer:
    """The service worker. It stands at the root, so that it serves all pages."""
    return Answer(body=_worker(), content_type="text/javascript; charset=utf-8")


async def browsers(visit: Visit) -> Answer:
    """Which browsers show tips, and whether this one does."""
    found = await browsers_of(visit.whose, visit.deps)
    now, zone = visit.deps.clock.now(), zone_of(visit.whose)
    rows = [
        {
            "id": one.subscription_id,
            "name": one.browser or texts_push.UNNAMED,
            "since": texts_push.SINCE.format(when=at_moment(one.created_at, now, zone)),
            "last": one.delivered_at and texts_push.LAST.format(when=at_moment(one.delivered_at, now, zone)),
        }
        for one in found
    ]
    known = " ".join(hashlib.sha256(one.endpoint.encode()).hexdigest() for one in found)
    return render(visit, "push/browsers.html", push=texts_push, desk=visit.site.push, rows=rows, known=known)


async def add(visit: Visit) -> Answer:
    """This browser subscribes."""
    offered = _offered(visit)
    if offered is None or visit.site.push is None:
        return fault(visit, HTTPStatus.BAD_REQUEST)
    await subscribe(visit.whose, offered, visit.deps, language=active().tag)
    return _NOTHING


async def turn_off(visit: Visit) -> Answer:
    """This browser, which knows its address, wants no more tips."""
    for one in await browsers_of(visit.whose, visit.deps):
        if one.endpoint == visit.form.get("endpoint"):
            await unsubscribe(visit.whose, one.subscription_id, visit.deps)
    return _NOTHING


async def remove(visit: Visit) -> Answer:
    """A browser of the list, which may be another one."""
    await unsubscribe(visit.whose, visit.form.get("browser", ""), visit.deps)
    return see_other(PATH)


# --- The service worker ------------------------------------------------------------------------------------


async def tap(visit: Visit) -> Answer:
    """A tap on a notification: through the inbox, as a tap in a chat."""
    desk, signer = visit.site.push, visit.deps.signer
    ticket, token = visit.form.get("ticket", ""), visit.form.get("token", "")
    tapped = tap_with(signer, ticket, token, visit.deps.clock.now()) if signer else None
    if desk is None or tapped is None:
        return fault(visit, HTTPStatus.FORBIDDEN)
    await desk.accept(tapped)
    return _NOTHING


async def changed(visit: Visit) -> Answer:
    """The push service gave this browser another address."""
    offered = _offered(visit)
    if offered is None:
        return fault(visit, HTTPStatus.BAD_REQUEST)
    renewed = await renew(visit.form.get("endpoint", ""), visit.form.get("auth", ""), offered, visit.deps)
    return _NOTHING if renewed else fault(visit, HTTPStatus.FORBIDDEN)


def _offered(visit: Visit) -> OfferedSubscription | None:
    text = visit.form.get("subscription", "")
    try:
        offered = json.loads(text) if len(text) <= MAX_SUBSCRIPTION else None
    except (ValueError, RecursionError):
        return None
    return read_subscription(offered, browser_name(visit.request.headers.get("user-agent", "")))


PUSH = (
    Page(method="GET", path="/sw.js", run=worker, access=Access.NOBODY),
    Page(method="GET", path=PATH, run=browsers, access=Access.PERSON),
    Page(method="POST", path=PATH, run=add, access=Access.PERSON),
    Page(method="POST", path=f"{PATH}/off", run=turn_off, access=Access.PERSON),
    Page(method="POST", path=f"{PATH}/remove", run=remove, access=Access.PERSON),
    Page(method="POST", path="/push/tap", run=tap, access=Access.NOBODY, is_signed=True),
    Page(method="POST", path="/push/renew", run=changed, access=Access.NOBODY, is_signed=True),
    *TIP,
)
