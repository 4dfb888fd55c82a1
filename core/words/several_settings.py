"""Several wishes about the schedule in one sentence: "only mornings, max 2 a day".

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from itertools import groupby

from core.words.intents import AddQuiet, Intent, Several
from core.words.phrasebooks.books import requests, schedules
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.schedules import asked_of_schedule

MAX_SETTINGS = 4
"""In one sentence."""

_AND = one_of((*requests.AND, *schedules.OR, *schedules.BUT))
_JOINT = lazy_pattern(rf"\s*[,;.]\s+(?:(?:{_AND}) )?|\s+(?:{_AND})\s+")


def asked_of_schedules(text: str, *, is_polite: bool = False) -> Intent | None:
    """The changes of the schedule that the text asks for; None if a part of it is anything else.

    ``is_polite`` is as of ``asked_of_schedule``.
    """
    if found := asked_of_schedule(text, is_polite=is_polite):
        return found
    parts = _parts(text, MAX_SETTINGS)
    return _together(parts) if parts else None


def _parts(text: str, most: int) -> list[tuple[str, Intent]]:
    """The words and the wish of each part of the text; empty if one is no wish."""
    if most and (found := asked_of_schedule(text)):
        return [(text, found)]
    for joint in _JOINT.finditer(text) if most > 1 else ():
        first, rest = text[: joint.start()], text[joint.end() :]
        if (found := asked_of_schedule(first)) and (others := _parts(rest, most - 1)):
            return [(first, found), *others]
    return []


def _together(parts: list[tuple[str, Intent]]) -> Intent:
    """The wishes in their order; what is quiet in several of them in a row is one wish."""
    asked: list[Intent] = []
    typed: list[str] = []
    for is_quiet, group in groupby(parts, key=lambda part: isinstance(part[1], AddQuiet)):
        words, wishes = zip(*group, strict=True)
        asked += [AddQuiet(text=", ".join(one.text for one in wishes))] if is_quiet else wishes
        typed += [", ".join(words)] if is_quiet else words
    return asked[0] if len(asked) == 1 else Several(asked=tuple(asked), typed=tuple(typed))
