"""Memory of the talk: the last turns, for a few hours, with the person's consent.

Tests: tests/scenarios/with_model/test_talk_memory.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.records import Person, Purpose, Speaker, TalkTurn
from core.store import Unit
from core.text import clean

REMEMBERED = timedelta(hours=3)
"""How long a turn is remembered. The job that prunes deletes older ones; until then nothing reads them."""

MAX_TURNS = 12
MAX_TURN_CHARS = 400
MAX_MEMORY_CHARS = 2400
"""Code points of all turns that a prompt holds; the oldest are left out first."""


def remembers(person: Person) -> bool:
    """Whether the person's talk is remembered: only for the language model, which they must allow as well."""
    return person.allows(Purpose.TALK) and person.allows(Purpose.LANGUAGE_MODEL)


async def remember_turns(
    unit: Unit, person_id: str, said: Sequence[tuple[Speaker, str]], *, at: datetime
) -> None:
    """Store what was said, if the person agrees to that as stored now."""
    if not remembers(await unit.people.get(person_id)):
        return
    turns = [
        TalkTurn(person_id=person_id, speaker=speaker, text=text, said_at=at)
        for speaker, typed in said
        if (text := clean(typed, MAX_TURN_CHARS))
    ]
    await unit.turns.add(turns)


async def remembered_turns(unit: Unit, person: Person, now: datetime) -> tuple[TalkTurn, ...]:
    """The last turns, oldest first, as many as a prompt may hold."""
    if not remembers(person):
        return ()
    found = await unit.turns.latest(person.person_id, now - REMEMBERED, MAX_TURNS)
    room = MAX_MEMORY_CHARS
    recent: list[TalkTurn] = []
    for turn in reversed(found):
        room -= len(turn.text)
        if room < 0:
            break
        recent.append(turn)
    return tuple(reversed(recent))
