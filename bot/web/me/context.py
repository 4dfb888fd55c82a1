"""A visit as the functions of the conversation see it: the page shows what they answer, as a chat would.

Tests: tests/bot/web/me/test_pages.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.update_context import UpdateContext
from bot.web.page import Visit
from core.chat import Said, Sender
from core.records import Account, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who is signed in."""

    person: Person
    account: Account


def visitor_of(visit: Visit) -> Visitor:
    """Raises ``LookupError`` if nobody is."""
    account = visit.signed_in.account if visit.signed_in else None
    if account is None:
        raise LookupError("nobody is signed in here")
    return Visitor(person=visit.whose, account=account)


def sender_of(account: Account) -> Sender:
    """Who an update of a page comes from: the account from whose chat they signed in."""
    return Sender(
        channel=account.channel,
        external_id=account.external_id,
        address=account.address,
        language=account.language,
    )


def context_of(visit: Visit) -> UpdateContext:
    """The means to answer, for functions that only read."""
    who = visitor_of(visit)
    update = Said(
        update_id=visit.visit_id,
        sender=sender_of(who.account),
        received_at=visit.deps.clock.now(),
        page=visit.visit_id,
        text="",
    )
    return UpdateContext(
        deps=visit.deps,
        deployment=visit.site.deployment,
        update=update,
        person=who.person,
        account=who.account,
    )
