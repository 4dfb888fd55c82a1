"""Buttons carry opaque tokens. What a token means is stored, and only its own person can use it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count

from core.chat import Button, Message
from core.dependencies import Dependencies
from core.records import Person
from core.store import ButtonTokens, Unit

MAX_TOKEN_LENGTH = 64
_NUMBER = re.compile(r"0|[1-9][0-9]*")
"""Written as it was issued: another spelling would be the same tap once more, under another id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAction:
    """What a tap means."""

    person_id: str
    verb: str
    arg: str
    subject: str | None
    """Id of the decision that the message is about, if any."""
    traceparent: str | None = None
    """The span in which the message was made; None without traces."""


async def with_button_tokens(unit: Unit, message: Message, person: Person, deps: Dependencies) -> Message:
    """``message`` with a token on every button. Stores one row, which says what they mean."""
    if not message.buttons:
        return message
    handle = deps.random.secret()
    actions = tuple(f"{button.verb} {button.arg}".strip() for row in message.buttons for button in row)
    await unit.handles.add(
        ButtonTokens(
            handle=handle,
            person_id=person.person_id,
            subject=message.subject,
            actions=actions,
            created_at=deps.clock.now(),
            labels=tuple(button.label for row in message.buttons for button in row),
            traceparent=deps.tracer.traceparent,
        )
    )
    return replace(message, buttons=_with_tokens(message.buttons, handle))


def _with_tokens(rows: tuple[tuple[Button, ...], ...], handle: str) -> tuple[tuple[Button, ...], ...]:
    numbers = count()
    return tuple(tuple(replace(button, token=f"{handle}.{next(numbers)}") for button in row) for row in rows)


def handle_of(token: str) -> str:
    """The name of the row of buttons to which the token belongs."""
    return token.partition(".")[0]


async def resolve_token(unit: Unit, token: str, person: Person) -> CallbackAction | None:
    """What the button with that token means. None if the token is forged, unknown or another person's."""
    name, _, number = token.partition(".")
    if len(token) > MAX_TOKEN_LENGTH or not token.isascii() or not _NUMBER.fullmatch(number):
        return None
    handle = await unit.handles.get(name)
    if handle is None or handle.person_id != person.person_id or int(number) >= len(handle.actions):
        return None
    verb, _, arg = handle.actions[int(number)].partition(" ")
    return CallbackAction(
        person_id=handle.person_id,
        verb=verb,
        arg=arg,
        subject=handle.subject,
        traceparent=handle.traceparent,
    )
