"""How long before its time a task is announced: ``15 minutes before``, ``eine Stunde vorher``, ``off``."""

from __future__ import annotations

from dataclasses import dataclass

from core.text import clean
from core.words.dates.amounts import read_amount
from core.words.intents import RemindBefore, SetLead
from core.words.lead_times import DAY_BEFORE
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of
from core.words.settings import is_off

MAX_LEAD = 7 * 24 * 60
"""Minutes."""

MAX_TEXT = 300  # code points
_MAX_LENGTH = 60
_OF_EACH = rf"(?: (?:{one_of(wishes.LEAD_OF_EACH)})? ?(?:{one_of(wishes.LEAD_TASKS)}))?"
_BEFORE = lazy_pattern(rf"\s*(?:(?:{one_of(wishes.LEAD_BEFORE)}){_OF_EACH})\s*")
_ME = one_of(wishes.LEAD_FOR_ME)
_FIRST = lazy_pattern(rf"^(?:{_ME})\s+|^(?:{one_of(wishes.LEAD_ALWAYS)})\s+")
_AT_THE_TIME = lazy_pattern(one_of(wishes.AT_THE_TIME))
_OF_ALL = lazy_phrase(*wishes.LEAD_OF_ALL)
_NONE_OF_ALL = lazy_phrase(*wishes.NO_LEAD_OF_ALL)
_PLAIN_MINUTES = lazy_pattern(r"\d{1,4}")


_BEFORE_TASK = lazy_pattern(rf"(?:(?:{_ME}) )?(.+?) (?:{one_of(wishes.BEFORE)}) (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A lead that a person set."""

    minutes: int | None
    """None: no reminder but those that are asked for."""


def parse_lead(text: str) -> Lead | None:
    """The lead that the whole text means; None if it means something else, or more than a week."""
    typed = clean(text, _MAX_LENGTH).replace("’", "'").rstrip(".! ")
    if is_off(typed):
        return Lead(minutes=None)
    bare = _FIRST.sub("", typed)
    if DAY_BEFORE.fullmatch(bare):
        return _lead(24 * 60)
    bare = _without_before(bare)
    if _AT_THE_TIME.fullmatch(bare):
        return Lead(minutes=0)
    if _PLAIN_MINUTES.fullmatch(bare):
        return _lead(int(bare))
    amount = read_amount(bare)
    if amount is None or amount.months:
        return None
    return _lead(amount.days * 24 * 60 + amount.whole_minutes)


def read_lead_of_all(text: str) -> SetLead | None:
    """The lead of all tasks: "remind me of everything 10 minutes before"; None for other texts.

    Its text may be an amount that is too long.
    """
    if len(text) > MAX_TEXT:
        return None
    for phrase, lead in ((_NONE_OF_ALL, "off"), (_OF_ALL, "")):
        if found := phrase.fullmatch(text):
            wanted = next(filter(None, found.groups()), "")
            is_one = not wanted or parse_lead(wanted) or read_amount(_without_before(wanted))
            return SetLead(text=lead or wanted) if is_one else None
    return None


def parse_lead_of_task(text: str) -> RemindBefore | None:
    """``half an hour before the dentist``; None for other texts."""
    found = _BEFORE_TASK.fullmatch(clean(text, MAX_TEXT).rstrip(".! "))
    lead = parse_lead(found[1]) if found else None
    if found is None or lead is None or lead.minutes is None:
        return None
    return RemindBefore(minutes=lead.minutes, title=found[2])


def _without_before(lead: str) -> str:
    found = _BEFORE.search(lead)
    return lead[: found.start()].strip() if found and found.end() == len(lead) else lead


def _lead(minutes: int) -> Lead | None:
    return Lead(minutes=minutes) if 0 <= minutes <= MAX_LEAD else None
