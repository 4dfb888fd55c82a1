"""What oO says when accounts are linked.

Tests: tests/scenarios/test_linking.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.screens import texts_connections, texts_link, texts_mail, texts_privacy
from bot.screens.dates import listed
from bot.screens.markup import join, say
from core.chat import Button, Channel, Message
from core.people.linking import Linked, LinkOutcome
from core.people.merging import Merged
from core.records import Account, Integration, Person


def linked(outcome: LinkOutcome | None) -> Message:
    """The answer to a code; None: it was not checked."""
    if outcome is None:
        return say(texts_link.LINK_TOO_OFTEN)
    if outcome.result is Linked.ASK:
        sure = Button(label=texts_link.LINK_JOIN, verb="link_join", arg=outcome.code_hash)
        return say(texts_link.LINK_ASK, (sure, Button(label=texts_link.LINK_LEAVE, verb="link_leave")))
    if outcome.result is not Linked.JOINED:
        return say(texts_link.LINKED[outcome.result.value])
    said = [say(texts_link.LINKED["joined"])]
    if outcome.merged:
        said.append(say(texts_link.SETTINGS_THERE))
        said += _given_up(outcome.merged)
    chosen = outcome.person.preferences.channel if outcome.person else None
    return join(*said, _where_now(chosen))


def _where_now(chosen: Channel | None) -> Message:
    if chosen is Channel.EMAIL:
        return say(texts_mail.WHERE_MAIL)
    return say(texts_link.WHERE_CHOSEN, channel=_name(chosen)) if chosen else say(texts_link.WHERE)


def _name(channel: Channel) -> str:
    return texts_link.CHANNELS[channel.value]


def _given_up(merged: Merged) -> list[Message]:
    """What one side had and the person no longer has."""
    said = [_ended(one) for one in merged.ended]
    if merged.refused:
        names = [texts_privacy.PURPOSE_NAMES[one] for one in merged.refused]
        said.append(say(texts_link.REFUSED, purposes=listed(names)))
    return said


def _ended(integration: Integration) -> Message:
    provider = integration.provider
    name = texts_connections.CONNECTION_NAMES.get(provider, provider)
    sentence = texts_link.ENDED_OF if integration.account_name else texts_link.ENDED
    return say(sentence, name=name, account=integration.account_name or "")


def linked_elsewhere(channel: Channel) -> Message:
    """What the accounts are told that the person had before."""
    return say(texts_link.LINKED_ELSEWHERE, channel=_name(channel))


# --- Where oO writes ---------------------------------------------------------------------------------------


def where(person: Person, accounts: Sequence[Account]) -> Message | None:
    """The line of /prefs that says where oO writes, with buttons; None if there is one channel only."""
    usable = {one.channel for one in accounts if one.reachable or one.channel.is_chat}
    channels = [channel for channel in Channel if channel in usable]
    if len(channels) < 2:
        return None
    chosen = person.preferences.channel
    shown = texts_link.WHERE_I_ANSWER
    if chosen in channels:
        shown = _writes(chosen)
    others = [
        Button(label=_write(one), verb="write_on", arg=one.value) for one in channels if one is not chosen
    ]
    if chosen:
        others.append(Button(label=texts_link.WRITE_WHERE_I_ANSWER, verb="write_on"))
    return say(texts_link.PREFS_WHERE, tuple(others), where=shown)


def writes_from_now(channel: Channel) -> Message:
    """Where oO writes from now on, with a button that leaves it to where the person answers."""
    back = Button(label=texts_link.WRITE_WHERE_I_ANSWER, verb="write_on")
    return say(texts_link.WRITES_FROM_NOW, (back,), channel=_name(channel))


def not_on(channel: Channel) -> Message:
    """The person has no account on that channel."""
    return say(texts_link.NOT_ON, channel=_name(channel))


def _writes(channel: Channel) -> str:
    by_mail = channel is Channel.EMAIL
    return texts_mail.WRITES_BY_MAIL if by_mail else texts_link.WRITES_ON.format(channel=_name(channel))


def _write(channel: Channel) -> str:
    by_mail = channel is Channel.EMAIL
    return texts_mail.WRITE_BY_MAIL if by_mail else texts_link.WRITE_ON.format(channel=_name(channel))


# --- Unlinking ---------------------------------------------------------------------------------------------


def which_leaves(accounts: Sequence[Account], here: Account) -> Message:
    """Ask which account leaves."""
    if len(accounts) < 2:
        return say(texts_link.UNLINK_ONLY_ONE)
    buttons = [
        (Button(label=label, verb="unlink", arg=account_id),)
        for account_id, label in _labels(accounts, here).items()
    ]
    return say(texts_link.UNLINK_WHICH, *buttons, (_keep(),))


def _labels(accounts: Sequence[Account], here: Account) -> dict[str, str]:
    """What tells the accounts apart, by their id: the channel, with a number if it has several."""
    labels: dict[str, str] = {}
    for channel in Channel:
        theirs = sorted(one.account_id for one in accounts if one.channel is channel)
        for number, account_id in enumerate(theirs, 1):
            name = _name(channel) if len(theirs) == 1 else f"{_name(channel)} {number}"
            is_here = account_id == here.account_id
            labels[account_id] = texts_link.UNLINK_HERE.format(channel=name) if is_here else name
    return labels


def where_data_stays(leaving: Account) -> Message:
    """Ask with what the account leaves; the answer confirms."""
    return say(
        texts_link.UNLINK_ASK,
        (Button(label=texts_link.UNLINK_EMPTY, verb="unlink_empty", arg=leaving.account_id),),
        (Button(label=texts_link.UNLINK_COPY, verb="unlink_copy", arg=leaving.account_id),),
        (_keep(),),
        channel=_name(leaving.channel),
    )


def _keep() -> Button:
    return Button(label=texts_link.UNLINK_KEEP, verb="unlink_keep")


def unlinked(channel: Channel, *, copies: bool) -> Message:
    """What has happened, for the accounts that stay and the one that left."""
    stays = texts_link.UNLINKED_COPY if copies else texts_link.UNLINKED_EMPTY
    return join(say(texts_link.UNLINKED, channel=_name(channel)), say(stays))
