"""``/me``: the way to the person's page in the browser.

Tests: tests/scenarios/test_my_page.py.
"""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.update_context import UpdateContext
from bot.screens import texts_web
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.people.sessions import SIGN_IN_LINK_LASTS, sign_in_link


async def my_page(ctx: UpdateContext, argument: str) -> Message:
    """A button that signs a browser in; without pages, what whoever runs oO has to set."""
    needs = ctx.deployment.pages_need
    if needs:
        return join(say(texts_web.OFF), *(say(texts_web.NEEDS[name]) for name in needs))
    token = await sign_in_link(ctx.person, ctx.account, ctx.deps, asked_at=ctx.said_at)
    url = f"{ctx.deployment.root}/sign-in/{token}"
    lasts = say(texts_web.LINK_LASTS, minutes=SIGN_IN_LINK_LASTS // timedelta(minutes=1))
    return join(say(texts_web.LINK, (Button(label=texts_web.OPEN, verb="open", url=url),)), lasts)
