"""Topics that are muted, always or on some weekdays: "nothing about rent", "no work on weekends"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.records import WEEKDAYS
from core.text import refuse
from core.words import sayings
from core.words.dates.normal_form import normalize
from core.words.intents import Mute
from core.words.named_task import split_date
from core.words.phrasebooks.books import schedules
from core.words.phrasebooks.patterns import only_group
from core.words.schedule_times import days_in, first_group, is_habit
from core.words.settings import names_days
from core.words.topics import topic_in

_MAX_DAYS_WORDS = 6
_WEEKS = schedules.words("WEEKS")
_NO_TOPIC = ("", "it", "this", "that", "me", "you")


def read_mute(words: str) -> Mute | None:
    """The topic that the words mute; None if they mute none. Raises ``BadInput("muted_sometimes")`` if it is
    to be so on a single day.
    """
    rest, days = split_days(words) if sayings.MUTING.search(words) else (words, ())
    if days:
        return _on_days(rest, days)
    found = sayings.MUTE.fullmatch(words)
    topic = topic_in(only_group(found)) if found else ""
    if topic in _NO_TOPIC:
        return None
    name, day = split_date(topic)
    if day and (days_in(day) or normalize(day) in ("today", "tomorrow")):
        raise refuse("muted_sometimes", name)
    return Mute(topic=topic)


def _on_days(words: str, days: tuple[int, ...]) -> Mute | None:
    """What the words, from which the weekdays are gone, mute on these or on all others."""
    other = sayings.MUTE_ON_OTHER_DAYS.fullmatch(words)
    found = other or sayings.MUTE.fullmatch(words) or sayings.MUTE_ON_DAYS.fullmatch(words)
    topic = topic_in(sayings.MUTED_KINDS.sub("", first_group(found).strip())) if found else ""
    if topic in _NO_TOPIC or sayings.MUTED_KINDS.fullmatch(f" {topic}"):
        return None
    return Mute(topic=topic, days=tuple(day for day in WEEKDAYS if day not in days) if other else days)


def split_days(words: str) -> tuple[str, tuple[int, ...]]:
    """The words without the weekdays that come again and again, and those: "work on weekends" is "work" with
    Saturday and Sunday. Without such days, the second is empty.
    """
    parts = words.split()
    for start, end in _spans_of_days(parts):
        said = " ".join(parts[start:end]).strip(" ,.!").lower()
        if days := days_in(said):
            rest = " ".join((*parts[:start], *parts[end:]))
            return (rest.strip(" ,"), tuple(sorted(days))) if _come_again(said, days) else (words, ())
    return words, ()


def _come_again(said: str, days: frozenset[int]) -> bool:
    """Whether the days are meant again and again: "fridays"; not "friday", nor Spanish "martes" alone."""
    is_named = " " in said or len(days) > 1 or days_in(said.removesuffix("s")) == days
    return is_named and is_habit(said)


def _spans_of_days(parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where days may be named, the longest first: they end with a weekday, or with "week"."""
    ends = [at for at, word in enumerate(parts, start=1) if _ends_days(word.strip(" ,.!").lower())]
    for length in range(_MAX_DAYS_WORDS, 0, -1):
        yield from ((end - length, end) for end in reversed(ends) if end >= length)


def _ends_days(word: str) -> bool:
    return names_days(word) or word in _WEEKS
