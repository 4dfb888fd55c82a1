"""What the messages of a conversation are about: a reply to a message is about the same.

Tests: tests/scenarios/test_replies.py.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime

from core.chat import Message, Said
from core.records import Account
from core.store import AddedTask, Mentioned, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySubject:
    """What a reply is about: a tip or tasks. All fields are empty if nothing is known of the message."""

    decision_id: str | None = None
    task_ids: tuple[str, ...] = ()
    """In the order in which the message names them."""
    message: Mentioned | None = None


async def remember(unit: Unit, account: Account, message_id: str, message: Message, *, at: datetime) -> None:
    """Store what a sent message is about. An edit that is about nothing keeps the earlier subject."""
    handle = next((button.token.partition(".")[0] for row in message.buttons for button in row), None)
    before = await unit.messages.get(account.account_id, message_id)
    if before is None and not (message.subject or message.tasks or handle):
        return
    if before and before.handle is not None:
        handle = handle or ""
    row = before or _mentioned(account, message_id, at)
    await unit.messages.put(
        replace(
            row,
            sent_at=at,
            thread=message.thread or row.thread,
            decision_id=message.subject or row.decision_id,
            task_ids=message.tasks or row.task_ids,
            handle=handle,
        )
    )


async def remember_said(
    unit: Unit,
    account: Account,
    said: Said,
    answer: Message | None,
    *,
    tip: str | None = None,
    added: tuple[AddedTask, ...] = (),
) -> None:
    """Store what a person's message led to, and a checksum of its words, if the message has an id.

    ``tip`` is the id of the decision that it asked for, ``added`` the tasks that it added.
    """
    if said.message_id is None:
        return
    before = await unit.messages.get(account.account_id, said.message_id)
    row = before or _mentioned(account, said.message_id, said.received_at)
    tasks = answer.tasks if answer and len(answer.tasks) == 1 else ()
    await unit.messages.put(
        replace(
            row,
            thread=said.thread,
            decision_id=tip or row.decision_id,
            task_ids=tasks or row.task_ids,
            checksum=checksum(said.text),
            added=added or row.added,
        )
    )


async def is_unchanged(unit: Unit, account: Account, said: Said) -> bool:
    """Whether an edit left the words as they were: platforms also report that a link got its preview."""
    before = await unit.messages.get(account.account_id, said.message_id) if said.message_id else None
    return before is not None and before.checksum == checksum(said.text)


def checksum(text: str) -> int:
    """16 bits of a text. One changed text in 65,536 is taken for unchanged; no text can be recovered."""
    return zlib.crc32(text.encode(errors="replace")) & 0xFFFF


async def replied_to(unit: Unit, account: Account, said: Said) -> ReplySubject | None:
    """What the message replies to; None if it is no reply. In a thread, it is the latest tip of the thread.

    Only messages of this account are looked up, so nothing is known of a forged id.
    """
    if said.reply_to is None:
        return None
    latest = await unit.messages.tip_in(account.account_id, said.thread) if said.thread else None
    found = latest or await unit.messages.get(account.account_id, said.reply_to)
    if found is None:
        return ReplySubject()
    return ReplySubject(decision_id=found.decision_id, task_ids=found.task_ids, message=found)


def _mentioned(account: Account, message_id: str, at: datetime) -> Mentioned:
    return Mentioned(
        account_id=account.account_id, message_id=message_id, person_id=account.person_id, sent_at=at
    )
