"""What oO says when accounts are linked.

Tests: tests/scenarios/test_linking.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.screens import texts_calendar, texts_link, texts_privacy
from bot.screens.connections import NAMES
from bot.screens.dates import listed
from bot.screens.markup import join, say
from core.chat import Channel, Message
from core.people.linking import Linked, LinkOutcome
from core.people.merging import Merged
from core.records import Integration


def linked(outcome: LinkOutcome) -> Message:
    """The answer to a code."""
    if outcome.result is not Linked.JOINED:
        return say(texts_link.LINKED[outcome.result.value])
    said = [say(texts_link.LINKED["joined"])]
    if outcome.merged:
        said.append(say(texts_link.SETTINGS_THERE))
        said += _given_up(outcome.merged)
    return join(*said, say(texts_link.WHERE))


def _given_up(merged: Merged) -> list[Message]:
    """What one side had and the person no longer has."""
    said = [_ended(one) for one in merged.ended]
    if merged.refused:
        names = [texts_privacy.PURPOSE_NAMES[one] for one in merged.refused]
        said.append(say(texts_link.REFUSED, purposes=listed(names)))
    return said


def _ended(integration: Integration) -> Message:
    provider = integration.provider
    name = NAMES.get(provider) or texts_calendar.CALENDAR_NAMES.get(provider, provider)
    sentence = texts_link.ENDED_OF if integration.account_name else texts_link.ENDED
    return say(sentence, name=name, account=integration.account_name or "")


def linked_elsewhere(channel: Channel) -> Message:
    """What the accounts are told that the person had before."""
    return say(texts_link.LINKED_ELSEWHERE, channel=texts_link.CHANNELS[channel.value])
