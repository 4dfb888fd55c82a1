"""What the messages of a conversation are about: a reply to one is about that, too."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime

from core.chat import Message, Said
from core.model import Account
from core.store import Mentioned, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What somebody replies to: a tip, or tasks in the order they were named, or a message of which nothing
    is known. ``message`` is what is kept of it.
    """

    decision_id: str | None = None
    task_ids: tuple[str, ...] = ()
    message: Mentioned | None = None


async def remember(unit: Unit, account: Account, message_id: str, message: Message, *, at: datetime) -> None:
    """Keep what a sent message is about. An edit that says nothing of it leaves that as it was."""
    handle = next((button.token.partition(".")[0] for row in message.buttons for button in row), None)
    before = await unit.messages.get(account.account_id, message_id)
    if before is None and not (message.subject or message.tasks or handle):
        return
    if before and before.handle is not None:
        handle = handle or ""
    kept = before or _mentioned(account, message_id, at)
    await unit.messages.put(
        replace(
            kept,
            sent_at=at,
            thread=message.thread or kept.thread,
            decision_id=message.subject or kept.decision_id,
            task_ids=message.tasks or kept.task_ids,
            handle=handle,
        )
    )


async def remember_said(
    unit: Unit, account: Account, said: Said, answer: Message | None, *, tip: str | None = None
) -> None:
    """Keep what a person's message led to, and a checksum of its words, if its platform names it. ``tip`` is
    the decision that it asked for.
    """
    if said.message_id is None:
        return
    before = await unit.messages.get(account.account_id, said.message_id)
    kept = before or _mentioned(account, said.message_id, said.received_at)
    tasks = answer.tasks if answer and len(answer.tasks) == 1 else ()
    await unit.messages.put(
        replace(
            kept,
            thread=said.thread,
            decision_id=tip or kept.decision_id,
            task_ids=tasks or kept.task_ids,
            checksum=checksum(said.text),
        )
    )


async def is_unchanged(unit: Unit, account: Account, said: Said) -> bool:
    """Whether an edit left the words as they were: platforms tell of a link's preview, too."""
    before = await unit.messages.get(account.account_id, said.message_id) if said.message_id else None
    return before is not None and before.checksum == checksum(said.text)


def checksum(text: str) -> int:
    """16 bits: one changed text in 65,536 is taken for the same, and no text can be told from them."""
    return zlib.crc32(text.encode(errors="replace")) & 0xFFFF


async def replied_to(unit: Unit, account: Account, said: Said) -> About | None:
    """What the message replies to; None if it is no reply. In a thread, that is the latest tip in it.

    Only messages of this very account are found, so nothing is known of an id that somebody made up.
    """
    if said.reply_to is None:
        return None
    latest = await unit.messages.tip_in(account.account_id, said.thread) if said.thread else None
    found = latest or await unit.messages.get(account.account_id, said.reply_to)
    if found is None:
        return About()
    return About(decision_id=found.decision_id, task_ids=found.task_ids, message=found)


def _mentioned(account: Account, message_id: str, at: datetime) -> Mentioned:
    return Mentioned(
        account_id=account.account_id, message_id=message_id, person_id=account.person_id, sent_at=at
    )
