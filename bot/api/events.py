"""Events as a stream that stays open: server-sent events, as browsers and other clients read them.

Each has its place in the log as ``id``, its kind as ``event`` and JSON as ``data``. A client that comes back
says in ``Last-Event-ID`` which one it got last.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from bot.api.event_feed import EventFeed
from bot.api.operation import Call, Header, Operation, Result
from bot.api.problems import Kind, Problem
from core.people.tokens import Caller
from core.records import PublicEvent, Scope

EVENT_STREAM = "text/event-stream"
RETRY_MILLISECONDS = 3000
OPENING = f"retry: {RETRY_MILLISECONDS}\n: oO\n\n".encode()
HEARTBEAT = b": \n\n"

LAST_EVENT_ID = Header(
    name="Last-Event-ID",
    meaning="The `id` of the last event that the client got; 0: every event that is stored",
    pattern=r"[0-9]{1,18}",
)


async def _follow(call: Call) -> Result:
    after = call.headers.get(LAST_EVENT_ID.name.lower())
    if call.feed is None:
        raise Problem(Kind.NOT_FOUND)
    feed, caller = call.feed, call.caller
    position = await feed.position(caller, int(after) if after else None)
    return Result(stream=lambda: _parts(feed, caller, position))


async def _parts(feed: EventFeed, caller: Caller, position: int) -> AsyncGenerator[bytes]:
    """The stream. What is empty is a comment, so that both sides know that the other is there."""
    is_open = False
    async with aclosing(feed.batches(caller, position)) as batches:
        async for events in batches:
            yield b"".join(map(frame, events)) if events else HEARTBEAT if is_open else OPENING
            is_open = True


def frame(event: PublicEvent) -> bytes:
    """An event as lines. JSON is one line, and a kind is a code, so neither can end the event early."""
    data = json.dumps(event.as_dict(), separators=(",", ":"))
    return f"id: {event.position}\nevent: {event.kind}\ndata: {data}\n\n".encode()


EVENTS = (
    Operation(
        name="follow_events", method="GET", path="/v1/events", scope=Scope.EVENTS_READ, run=_follow,
        summary="What happens, as server-sent events: ids, codes and figures, no texts", answer=str,
        media_type=EVENT_STREAM, takes=(LAST_EVENT_ID,), problems=(Kind.BAD_REQUEST,),
    ),
)  # fmt: skip
