"""Messages about accounts that are linked."""

from __future__ import annotations

from bot.screens import texts_link
from bot.screens.link import linked, linked_elsewhere, unlinked, where_data_stays, which_leaves
from bot.screens.markup import say
from core.chat import Channel
from core.integrations.states import connected
from core.people.linking import Linked, LinkOutcome
from core.people.merging import Merged
from core.records import Account, Purpose
from tests.golden.moment import NOW

ENDED = connected("bob", "todoist", NOW, account_id="1", account_name="ann@example.org")
TELEGRAM, SLACK = (
    Account(
        account_id=channel.value,
        person_id="ann",
        channel=channel,
        external_id="1",
        address="1",
        last_seen_at=NOW,
    )
    for channel in (Channel.TELEGRAM, Channel.SLACK)
)

LINKING = {
    "link": say(texts_link.LINK, code="K7QF-2M9X-4TC1Z"),
    "linked": linked(LinkOutcome(result=Linked.JOINED)),
    "linked-histories": linked(
        LinkOutcome(
            result=Linked.JOINED, merged=Merged(ended=(ENDED,), refused=(Purpose.LEARNING, Purpose.TALK))
        )
    ),
    "link-ask": linked(LinkOutcome(result=Linked.ASK, code_hash="0")),
    "linked-elsewhere": linked_elsewhere(Channel.SLACK),
    "unlink-which": which_leaves((TELEGRAM, SLACK), TELEGRAM),
    "unlink-only-one": which_leaves((TELEGRAM,), TELEGRAM),
    "unlink-ask": where_data_stays(SLACK),
    "unlinked-empty": unlinked(Channel.SLACK, copies=False),
    "unlinked-copy": unlinked(Channel.SLACK, copies=True),
}
