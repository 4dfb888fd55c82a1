"""Sending a message that takes several pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from core.errors import NotSent, SendUnknown

P = TypeVar("P")


async def send_pages(pages: Iterable[P], send: Callable[[P], Awaitable[str]]) -> str:
    """Send ``pages`` in order; returns the id of the last one, which has the buttons.

    Raises what ``send`` raises. A ``NotSent`` after the first page becomes ``SendUnknown``: part of the
    message was shown, so it must not be sent again.
    """
    message_id = ""
    for number, page in enumerate(pages):
        try:
            message_id = await send(page)
        except NotSent as fault:
            if number == 0:
                raise
            raise SendUnknown("only its first pages were sent") from fault
    return message_id
