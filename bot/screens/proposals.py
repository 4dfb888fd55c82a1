"""Offers of actions that a language model proposed: a question for one, a list for several.

Tests: tests/scenarios/with_model/test_proposals.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bot.screens import texts, texts_talk
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A checked action."""

    name: str
    argument: str = ""
    """For tasks the id; for changes also the patch as JSON."""
    sentence: str = ""
    """The key of its sentences."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The values in its sentences."""
    origin: str = ""
    """Names this proposal, so that carrying it out twice adds a task once."""
    offered_at: str = ""
    """ISO instant: what "tomorrow" counts from, also when it is tapped a day later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a button of the list means."""

    offered: tuple[Proposal, ...]
    """Everything that is still in the list."""
    chosen: int | None
    """Index of the action to carry out; None: all."""


def question(one: Proposal) -> Message:
    """Ask whether a single action shall be carried out."""
    asked = texts_talk.LLM_ACTION.get(one.sentence) or texts.LLM_ACTION[one.sentence]
    action = f"{one.name} {one.argument}".strip()
    buttons = (Button(label=texts.YES, verb="confirm", arg=action), Button(label=texts.NO, verb="leave"))
    return say(asked, buttons, **one.values)


def choices(offered: Sequence[Proposal]) -> Message:
    """A list of actions, each with a button, and one for all."""
    lines = [
        say(texts_talk.PROPOSED_ITEM[one.sentence], number=number, **one.values)
        for number, one in enumerate(offered, start=1)
    ]
    each = tuple(
        Button(
            label=texts_talk.PROPOSED_DO.format(number=place + 1), verb="propose", arg=_code(offered, place)
        )
        for place in range(len(offered))
    )
    rest = (
        Button(label=texts_talk.PROPOSED_ALL, verb="propose", arg=_code(offered, None)),
        Button(label=texts_talk.PROPOSED_NONE, verb="leave"),
    )
    listed = join(say(texts_talk.PROPOSED), *lines)
    return Message(lines=listed.lines, buttons=(each, rest))


def _code(offered: Sequence[Proposal], chosen: int | None) -> str:
    return json.dumps({"offered": [asdict(one) for one in offered], "chosen": chosen}, ensure_ascii=False)


def choice_of(code: str) -> Choice:
    """What a button of ``choices`` carries. Raises ``NotFound`` for what no release of oO wrote."""
    try:
        stored = json.loads(code)
        offered = tuple(Proposal(**one) for one in stored["offered"])
        return Choice(offered=offered, chosen=stored["chosen"])
    except (ValueError, TypeError, LookupError) as fault:
        raise NotFound("no list of proposals") from fault
