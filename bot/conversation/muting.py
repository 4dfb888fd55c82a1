"""``/mute``: the topics that oO never writes about.

Tests: tests/scenarios/test_conversation.py.
"""

from __future__ import annotations

from bot.conversation.callback_result import CallbackResult
from bot.conversation.settings_undo import change_with_undo
from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_settings
from bot.screens.markup import say
from bot.screens.settings import quoted
from bot.screens.topics import muted_words, topic_words, with_stored_names
from bot.screens.weekdays import days_words
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.people.muting import allow, mute, mute_on, unmute
from core.records import Preferences
from core.text import refuse
from core.tips.cooldowns import plain_words
from core.words.muting import split_days
from core.words.topics import topic_in

ALLOW_AGAIN = frozenset({"", "off", "aus", "non", "no"})


async def mute_topic(ctx: UpdateContext, argument: str) -> Message:
    """Mute topics, separated by commas, perhaps on some weekdays; ``off TOPIC`` allows one again; without an
    argument, list them.

    Raises ``BadInput("not_a_topic")`` for an argument without a word.
    """
    first, _, rest = argument.strip().partition(" ")
    if first.lower() in ALLOW_AGAIN:
        return await _unmute(ctx, _topics(rest))
    named, days = split_days(argument)
    return await (mute_on_days(ctx, named, days) if days else _mute_always(ctx, argument))


async def mute_on_days(ctx: UpdateContext, named: str, days: tuple[int, ...]) -> Message:
    """Mute topics, separated by commas, on some weekdays. Raises as ``mute_topic``."""
    topics = _topics(named)
    if not topics:
        raise refuse("not_a_topic", named)
    undo = await change_with_undo(ctx, mute_on(topics, days), what="mute")
    if all(topic in ctx.person.preferences.muted for topic in topics):
        return say(texts_settings.MUTED, undo, topics=quoted(topics))
    return say(texts_settings.MUTED_ON, undo, topics=quoted(topics), days=days_words(days))


async def _mute_always(ctx: UpdateContext, argument: str) -> Message:
    topics = _topics(argument)
    if not topics:
        raise refuse("not_a_topic", argument)
    added = [topic for topic in topics if topic not in ctx.person.preferences.muted]
    for topic in added:
        await ctx.change(mute(topic), what="mute")
    undo = (Button(label=texts.UNDO, verb="unmute", arg=",".join(added)),) if added else ()
    return say(texts_settings.MUTED, undo, topics=quoted(topics))


async def allow_topic(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Allow a topic that is muted on some days."""
    await ctx.change(allow(with_stored_names([action.arg])), what="unmute")
    return CallbackResult(edit=say(texts_settings.UNMUTED, topics=quoted([action.arg])))


async def unmute_topic(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Allow muted topics again."""
    topics = action.arg.split(",")
    for topic in topics:
        await ctx.change(unmute(topic), what="unmute")
    return CallbackResult(edit=say(texts_settings.UNMUTED, topics=quoted(topics)))


def _topics(typed: str) -> list[str]:
    """The topics between the commas, as they are stored."""
    topics = (plain_words(topic_in(one)) for one in typed.split(","))
    return with_stored_names(topic for topic in topics if topic)


async def _unmute(ctx: UpdateContext, topics: list[str]) -> Message:
    """Allow the topics that are muted; list the muted ones if none of these is."""
    chosen = ctx.person.preferences
    allowed = [one for one in chosen.muted_topics if one in topics or topic_in(one) in topics]
    if allowed:
        undo = await change_with_undo(ctx, allow(allowed), what="mute")
        return say(texts_settings.UNMUTED, undo, topics=quoted(allowed))
    if topics and await ctx.has_changed("mute"):
        return say(texts_settings.UNMUTED, topics=quoted(topics))
    return _list(chosen)


def _list(chosen: Preferences) -> Message:
    topics = muted_words(chosen)
    if not topics:
        return say(texts_settings.MUTE_NONE)
    first = topic_words(chosen.muted_topics[0])
    return say(texts_settings.MUTE_LIST, topics=", ".join(topics), first=first)
