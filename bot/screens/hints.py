"""Help with what was typed and can't be used."""

from __future__ import annotations

from bot.screens import texts
from bot.screens.markup import say
from core.chat import Button, Message
from core.errors import BadInput


def refused(fault: BadInput) -> Message:
    """What to do next; where several things may be meant, a button for each."""
    return say(texts.HINTS[fault.hint], *_choices(fault), **fault.values)


def _choices(fault: BadInput) -> list[tuple[Button, ...]]:
    if fault.hint not in ("which_zone", "this_zone", "zone_alike"):
        return []
    return [(Button(label=name, verb="zone", arg=name),) for name in fault.values["names"].split(", ")]
