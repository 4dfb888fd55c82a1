"""Why open tasks could not be chosen, in words.

Tests: tests/golden/test_screens.py, tests/scenarios/test_time_there_is.py.
"""

from __future__ import annotations

from bot.screens import texts, texts_agenda, texts_pieces, texts_why
from bot.screens.dates import counted, listed
from bot.screens.markup import say
from core.chat import Message
from core.records import Context
from core.tips.cooldowns import TOO_LONG


def no_tip(context: Context | None) -> Message:
    """Says why there is no tip for a person who asked: rules exclude the open tasks, or none is open."""
    shortlist = context.shortlist if context else None
    if context and shortlist and not shortlist.eligible and set(shortlist.ruled_out) == {TOO_LONG}:
        return say(texts_agenda.NO_TIP_TOO_LONG, minutes=counted(context.minutes_there or 0, "minute"))
    exclusions = ruled_out(context)
    return say(texts.NO_TIP_RULED_OUT, ruled_out=exclusions) if exclusions else say(texts.NO_TIP)


def ruled_out(context: Context | None) -> str:
    """Why open tasks could not be chosen, with their number; empty if all could."""
    counts = context.shortlist.ruled_out if context and context.shortlist else {}
    sentences = {**texts_why.RULED_OUT, **texts_pieces.RULED_OUT, TOO_LONG: texts_agenda.RULED_OUT_TOO_LONG}
    minutes = counted(context.minutes_there or 0, "minute") if context else ""
    known = [
        sentences[reason].format(tasks=counted(counts[reason], "task"), minutes=minutes)
        for reason in sentences
        if reason in counts
    ]
    return listed(known) if known else ""


def too_long_words(context: Context | None) -> str:
    """How many of the open tasks take longer than the person had; empty if none does."""
    count = context.shortlist.ruled_out.get(TOO_LONG, 0) if context and context.shortlist else 0
    if not count:
        return ""
    sentence = texts_agenda.KNEW_TOO_LONG_ONE if count == 1 else texts_agenda.KNEW_TOO_LONG
    return sentence.format(count=count)
