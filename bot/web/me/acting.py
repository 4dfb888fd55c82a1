"""What is done on a page goes the way of a chat: as a tap or a command through the durable inbox. The page
waits for the answer and shows it.

A button on a page carries its meaning, signed for its person. It gets a token like every button only when it
is tapped, so that looking at a page stores nothing.

Tests: tests/bot/web/me/test_acting.py.
"""

from __future__ import annotations

import hashlib
import json

from bot.conversation.page_answers import PageAnswer
from bot.screens import texts_me
from bot.web.answers import answer_to
from bot.web.me.context import sender_of, visitor_of
from bot.web.page import Visit
from core.chat import TYPED, Button, Message, Said, Tapped, Update
from core.delivery.callbacks import with_button_tokens
from core.errors import NotFound

COMMANDS = frozenset(
    {"add", "times", "quiet", "cap", "timezone", "language", "remind", "brief", "review", "tip", "connect"}
)
"""Commands that forms of pages send."""

SCOPES = frozenset({"read", "write", "all"})
"""Words for what a new token is good for."""

FIELD_PREFIX, BEFORE_PREFIX = "field-", "before-"
"""Names of the fields of a form that oO asked to fill in, and of what they held before."""

_PURPOSE = "button"


def signed_button(visit: Visit, button: Button, subject: str | None = None) -> str:
    """What a form sends for a button. ``subject``: the decision that its message is about."""
    meaning = [visit.whose.person_id, button.verb, button.arg, button.label, subject]
    return visit.signer.sign(_PURPOSE, json.dumps(meaning, ensure_ascii=False).encode())


async def tap(visit: Visit) -> PageAnswer | None:
    """Tap the button that the form names, and wait for the answer; None if that form came before.

    Raises ``NotFound`` for a button that is not this person's.
    """
    return await _tap(visit, visit.form.get("token") or await _token(visit))


async def make_token(visit: Visit) -> PageAnswer | None:
    """Tap the button that makes a token for programs, with the name and scope of the form."""
    scope, name = visit.form.get("scope", ""), visit.form.get("name", "")
    if scope not in SCOPES:
        raise NotFound("no such scope")
    button = Button(label=name, verb="token_make", arg=f"{scope} {name}")
    return await _tap(visit, await _stored(visit, button, None))


async def _tap(visit: Visit, token: str) -> PageAnswer | None:
    typed, filled = _filled(visit)
    parts = [value for name, value in sorted(visit.form.items()) if name not in ("csrf", "back")]
    update = Tapped(
        update_id=_update_id(visit, *parts),
        sender=sender_of(visitor_of(visit).account),
        received_at=visit.deps.clock.now(),
        page=visit.visit_id,
        token=token,
        typed=typed,
        filled=filled,
    )
    return await _answer(visit, update)


async def _token(visit: Visit) -> str:
    payload = visit.signer.verify(_PURPOSE, visit.form.get("act", ""))
    person_id, verb, arg, label, subject = json.loads(payload) if payload else (None, "", "", "", None)
    if person_id != visit.whose.person_id:
        raise NotFound("no button of this person")
    return await _stored(visit, Button(label=label, verb=verb, arg=arg), subject)


async def _stored(visit: Visit, button: Button, subject: str | None) -> str:
    """The token of a button from now on."""
    message = Message(lines=(), buttons=((button,),), subject=subject)
    async with visit.deps.store.begin(visit.whose.person_id) as unit:
        ready = await with_button_tokens(unit, message, visit.whose, visit.deps)
    return ready.buttons[0][0].token


def _filled(visit: Visit) -> tuple[str | None, dict[str, str] | None]:
    """What was typed into a form of one field, or what was changed in one of several."""
    found = {
        name.removeprefix(FIELD_PREFIX): value.replace("\r\n", "\n")
        for name, value in visit.form.items()
        if name.startswith(FIELD_PREFIX)
    }
    if not found:
        return None, None
    if found.keys() == {TYPED}:
        return found[TYPED], None
    before = {name: visit.form.get(f"{BEFORE_PREFIX}{name}", "").replace("\r\n", "\n") for name in found}
    return None, {name: value for name, value in found.items() if value != before[name]}


async def say(visit: Visit) -> PageAnswer | None:
    """Send the command that the form names, and wait for the answer; None if that form came before.

    Raises ``NotFound`` for a command that no page sends.
    """
    command = visit.form.get("command", "")
    if command not in COMMANDS:
        raise NotFound("no such form")
    text = _without(f"/{command}", visit.form.get("text", "").replace("\r\n", "\n"))
    update = Said(
        update_id=_update_id(visit, command, text),
        sender=sender_of(visitor_of(visit).account),
        received_at=visit.deps.clock.now(),
        page=visit.visit_id,
        text=f"/{command} {text}".strip(),
    )
    return await _answer(visit, update)


def _without(command: str, text: str) -> str:
    """``text`` without the command before it: hints are worded for the chat, so people type it."""
    words = text.split(maxsplit=1)
    return "".join(words[1:]) if words and words[0].lower() == command else text


def _update_id(visit: Visit, *parts: str) -> str:
    """The same for a form that is sent twice."""
    whole = json.dumps([visit.form.get("once", ""), *parts])
    return f"page-{hashlib.sha256(whole.encode(errors='replace')).hexdigest()[:32]}"


async def _answer(visit: Visit, update: Update) -> PageAnswer | None:
    answer = await answer_to(update, visit)
    if answer and not answer.is_whole:
        answer.remarks.append(texts_me.LATER)
    return answer
