"""The browsers in which tips appear: a browser is added on this page, by itself.

Tests: tests/bot/web/me/test_browsers.py.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from bot.languages.active import active
from bot.screens import texts_push
from bot.screens.dates import at_moment
from bot.web.faults import fault
from bot.web.me.frame import show
from bot.web.page import Answer, Visit, see_other
from bot.web.worker import NOTHING, offered_by
from core.people.browsers import browsers_of, subscribe, unsubscribe
from core.scheduling.timezones import zone_of

PATH = "/me/browsers"


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
    return show(
        visit,
        "me/browsers.html",
        "settings",
        push=texts_push,
        key=visit.site.push_key,
        rows=rows,
        known=" ".join(hashlib.sha256(one.endpoint.encode()).hexdigest() for one in found),
    )


async def add(visit: Visit) -> Answer:
    """This browser subscribes."""
    offered = offered_by(visit)
    if offered is None or visit.site.push_key is None:
        return fault(visit, HTTPStatus.BAD_REQUEST)
    await subscribe(visit.whose, offered, visit.deps, language=active().tag)
    return NOTHING


async def turn_off(visit: Visit) -> Answer:
    """This browser, which knows its address, wants no more tips."""
    for one in await browsers_of(visit.whose, visit.deps):
        if one.endpoint == visit.form.get("endpoint"):
            await unsubscribe(visit.whose, one.subscription_id, visit.deps)
    return NOTHING


async def remove(visit: Visit) -> Answer:
    """A browser of the list, which may be another one."""
    await unsubscribe(visit.whose, visit.form.get("browser", ""), visit.deps)
    return see_other(PATH)
