"""The one way in which a page does something: an update goes through the durable inbox, and the page waits
for what is answered.

Tests: tests/bot/web/me/test_acting.py, tests/scenarios/test_mail.py.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from bot.conversation.page_answers import PageAnswer
from bot.web.page import Visit
from core.chat import Update

ANSWER_TIMEOUT = timedelta(seconds=10)
"""How long a page waits. What takes longer is done all the same."""


async def answer_to(update: Update, visit: Visit) -> PageAnswer | None:
    """Commit an update whose ``page`` is this visit, and wait for the answer, which may not be whole; None if
    the update came before. Raises ``StoreUnavailable``.
    """
    answers = visit.site.answers
    answer = answers.expect(visit.visit_id)
    try:
        if not await visit.site.take(update):
            return None
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_TIMEOUT.total_seconds()):
                await answer.over.wait()
    finally:
        answers.drop(visit.visit_id)
    return answer
