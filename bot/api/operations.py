"""All operations of the API, in the order of its documentation."""

from __future__ import annotations

import json
from functools import cache

from bot.api.choice import CHOICE
from bot.api.decisions import DECISIONS
from bot.api.events import EVENTS
from bot.api.openapi import document
from bot.api.operation import Call, Operation, Result
from bot.api.person import PERSON
from bot.api.preferences import PREFERENCES
from bot.api.reminders import REMINDERS
from bot.api.tasks import TASKS
from bot.api.tips import TIPS


async def _describe(call: Call) -> Result:
    return Result(content=openapi_json().encode())


OPERATIONS: tuple[Operation, ...] = (
    *TIPS,
    *CHOICE,
    *DECISIONS,
    *TASKS,
    *REMINDERS,
    *EVENTS,
    *PREFERENCES,
    *PERSON,
    Operation(
        name="describe", method="GET", path="/v1/openapi.json", scope=None, run=_describe,
        summary="This document", answer=dict, needs_consent=False,
    ),
)  # fmt: skip


@cache
def openapi_json() -> str:
    """The OpenAPI document as it is served and committed."""
    return json.dumps(document(OPERATIONS), indent=2, ensure_ascii=False) + "\n"
