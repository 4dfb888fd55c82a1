"""The vocabulary of times, with the normal form of each word; the words are in the phrasebooks.

It covers what people put into a to-do: weekdays, months, parts of the day, units, small numbers, and words
that introduce a date. Words that are read in every sentence are in ``ENGLISH``; those of a language that came
later only in its own sentences (``core/words/dates/own_words.py``). A word with another meaning in another
language (*hier*, *Do*, *an*) is in neither: ``core/words/dates/word_context.py`` decides by its neighbours.
"""

from __future__ import annotations

from datetime import time

from core.words.phrasebooks.books import times

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

ENGLISH: dict[str, str] = {
    spelling: word
    for book in times.books.values()
    for word, spellings in book.SPELLINGS.items()
    for spelling in spellings.split()
}
"""From each spelling, in lower case, to its normal form."""

UNIT_ABBREVIATIONS = {
    "m": "minutes", "min": "minutes", "mins": "minutes", "h": "hours", "hr": "hours", "hrs": "hours",
    "d": "days", "w": "weeks",
}  # fmt: skip
"""Units that follow a number without a space."""

AMBIGUOUS_WEEKDAYS: dict[str, str] = {
    name: day for book in times.books.values() for name, day in book.AMBIGUOUS_WEEKDAYS.items()
}
"""Abbreviations that are also words or names: weekdays only next to a time, a date or another weekday."""

MORNING, EVENING = time(9), time(18, 30)
PARTS_OF_DAY = {"morning": MORNING, "afternoon": time(14), "evening": EVENING, "night": time(21)}

ZONES = {
    "UTC": "UTC", "GMT": "UTC", "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin", "BST": "Europe/London", "EET": "Europe/Athens", "EEST": "Europe/Athens",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York",
    "CDT": "America/Chicago", "MDT": "America/Denver", "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles", "JST": "Asia/Tokyo",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
"""Zones as written after a time, in capitals. *EST* in July means the local time of New York as well."""

_AMBIGUOUS_ZONES = """
    CST IST MST AST SST CT MT AT KST HKT SGT MSK WET WEST ACST AWST HST AKST
"""
AMBIGUOUS_ZONES = frozenset(_AMBIGUOUS_ZONES.split())
"""Abbreviations that are ambiguous or rare: a time with one of them is not read."""

WORDS_BEFORE_NO_DATE = times.words("BEFORE_NO_DATE")
TASK_VERBS = times.words("TASK_VERBS")
VERBS_OF_TITLED_WORKS = times.words("TITLED_WORKS")
VERBS_OF_FEW_TITLED_WORKS = times.words("SELDOM_TITLED_WORKS")
WORDS_BEFORE_A_PERSON = times.words("BEFORE_A_PERSON")
PLANNING_VERBS = times.words("PLANNING")
CHANGE_VERBS = times.words("CHANGE_VERBS")
HEATING_VERBS = times.words("HEATING_VERBS")
PARTICLE_VERBS = times.words("PARTICLE_VERBS")
PERSON_TITLES = times.words("PERSON_TITLES")
LOWER_CASE_TITLES = times.words("TITLES_IN_LOWER_CASE")
NUMBER_LABELS = times.words("NUMBER_LABELS")
VERBS_AFTER_TIME = times.words("VERBS_AFTER_TIME")
WORDS_AFTER_ORDINAL = times.words("AFTER_ORDINAL")
