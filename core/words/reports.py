"""Reports that something is done or off, without a request: "I've paid the rent", "rent paid", "dentist off".

Such words mean an open task that they surely fit; of any other thing they are news, and no to-do.

Tests: tests/core/words/test_reports.py, tests/core/words/test_deeds.py.
"""

from __future__ import annotations

from dataclasses import replace

from core.words import sayings
from core.words.intents import Complete, RemoveTask, SkipTask
from core.words.moves import days_ahead, says_it_waits
from core.words.named_task import split_date
from core.words.phrasebooks.books import requests, talk
from core.words.phrasebooks.patterns import LazyPhrase, lazy_pattern, lazy_phrase, one_of

MAX_TITLE_WORDS = 8

ARTICLE = lazy_pattern(rf"^(?:{one_of(talk.COMPLETED_ARTICLES)})")
_BEGINS_A_TO_DO = lazy_pattern(rf"(?:{one_of(talk.TO_DO_BEGINS)})\b")
_NO_THING = requests.words("STOP_WORDS")
_REPORTS = lazy_phrase(*talk.REPORTS)
_OFF = lazy_phrase(*talk.OFF_DEEDS)


def read_deed(text: str) -> Complete | None:
    """What the text says to be done with something: "I've paid the rent"; None for other texts."""
    return _read(sayings.DEEDS, text)


def read_report(text: str) -> Complete | None:
    """What the text says to be done, or off, though it may look like a title: "rent paid"."""
    bare = sayings.DEEDS_AFTER.sub("", text.rstrip(" .!"))
    if sayings.DEEDS.fullmatch(bare) or _BEGINS_A_TO_DO.match(bare):
        return None
    found = _read(_REPORTS, bare) or _off_on_a_day(bare)
    if found and found.otherwise and (ahead := days_ahead(text[len(bare) :])) is not None:
        found = replace(found, otherwise=replace(found.otherwise, days_ahead=ahead))
    return found if found and not _NO_THING.issuperset(found.title.casefold().split()) else None


def is_report(text: str) -> bool:
    """Whether the text reports something, and is no to-do by its form."""
    return read_report(text) is not None or says_it_waits(text.rstrip(" .!"))


def _read(phrase: LazyPhrase, text: str) -> Complete | None:
    found = phrase.fullmatch(text)
    if found is None:
        return None
    groups = {
        name.rstrip("23456789").rpartition("_")[2]: said for name, said in found.groupdict().items() if said
    }
    title = sayings.DEEDS_AFTER.sub("", ARTICLE.sub("", groups["done"].strip(" :,–-")))
    if not title or sayings.NOT_COMPLETED.search(title) or len(title.split()) > MAX_TITLE_WORDS:
        return None
    return Complete(title=title, deed=groups["deed"], otherwise=_off(title, groups["deed"]))


def _off_on_a_day(text: str) -> Complete | None:
    """What is off, with its day at the end: "dentist cancelled tomorrow"."""
    report, day = split_date(text)
    found = _read(_REPORTS, report) or _read(sayings.DEEDS, report) if day else None
    if found is None or found.otherwise is None:
        return None
    return replace(found, otherwise=_on_day(found.otherwise, day))


def _off(title: str, deed: str) -> SkipTask | None:
    if not _OFF.fullmatch(deed):
        return None
    bare, day = split_date(title)
    typed = f"{deed} {bare}"
    removed = RemoveTask(title=bare, only_if_it_fits=True, typed=typed)
    return _on_day(SkipTask(title=bare, is_off=True, otherwise=removed, typed=typed), day)


def _on_day(asked: SkipTask, day: str) -> SkipTask:
    return replace(asked, days_ahead=days_ahead(day), day=day)
