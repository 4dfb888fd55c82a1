"""The answer to the latest text and to the latest tap of an account, kept as long as either may be handled
again: if the process ends before the update is marked as handled, the person gets the same answer again.

A second look at what the first handling has changed would say something else: that there is no such task, or
nothing to undo. It is kept in the transaction that the answer's buttons need anyway; of a text without
buttons, in one of its own. What a process that ends before that has changed is found by the name of the
update, or by comparing with what is stored.

Tests: tests/bot/conversation/test_handled_twice.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter, ValidationError

from core.chat import Message, Update
from core.records import SAID, Account, KeptAnswer
from core.store import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said to an update. Each part may be missing."""

    reply: Message | None = None
    edit: Message | None = None
    edited: str | None = None
    """The message that ``edit`` replaces; None: the one that was tapped."""
    toast: str | None = None
    tip: str | None = None
    """The decision whose messages on other accounts are redrawn."""
    has_new_language: bool = False

    @property
    def can_be_kept(self) -> bool:
        """Files are made again, and a link is a secret, of which only a hash is stored."""
        said = [one for one in (self.reply, self.edit) if one]
        has_link = any(button.url for one in said for row in one.buttons for button in row)
        return not has_link and not any(one.file for one in said)


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def name_of(update: Update) -> str:
    """A name for an update that stays the same when it is handled again after a restart.

    It includes the instant of arrival: a platform may restart its count of updates.
    """
    received = update.received_at.timestamp()
    return f"{update.sender.channel.value}-{update.update_id}-{received:.6f}"


async def keep(unit: Unit, update: Update, account: Account, answer: Answer, at: datetime) -> None:
    """Keep an answer in place of the one before it in the update's lane; nothing for a deleted account."""
    stored = await unit.people.account(account.channel, account.external_id)
    if stored is None or not answer.can_be_kept:
        return
    await unit.kept_answers.put(
        KeptAnswer(
            person_id=stored.person_id,
            key=_key(update, account),
            fingerprint=name_of(update),
            status=SAID,
            body=_adapter().dump_json(answer, exclude_defaults=True).decode(),
            answered_at=at,
        )
    )


async def find(unit: Unit, update: Update, account: Account) -> Answer | None:
    """What was answered to that very update before; None also if another version of oO said it in a way that
    this one does not know.
    """
    row = await unit.kept_answers.get(account.person_id, _key(update, account))
    if row is None or row.fingerprint != name_of(update):
        return None
    try:
        return _adapter().validate_json(row.body)
    except ValidationError:
        return None


def _key(update: Update, account: Account) -> str:
    """No request of a program has such a key: it has a space."""
    return f"{update.kind} {account.account_id}"
