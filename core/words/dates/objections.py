"""Objections: when a time phrase is not the date of a to-do, although it looks like one.

"Read 1984", "Call Sunday school", "Watch The Day After Tomorrow", "Meet Bob on the 3rd floor", "Call mom re:
Friday", "take pills at 9 and 21".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.words.dates.continuations import EXCEPTION_WORDS, is_continued, next_token
from core.words.dates.days import is_past
from core.words.dates.month_days import DATES, NUMERIC
from core.words.dates.patterns import ORDINAL, WEEKDAY, search_pattern
from core.words.dates.phrases import TimePhrase, find_time_phrases
from core.words.dates.recurrences import is_weekday_range, names_a_day
from core.words.dates.resolve import zone_of
from core.words.dates.sentence import Sentence, Token
from core.words.dates.vocabulary import (
    CHANGE_VERBS,
    HEATING_VERBS,
    LOWER_CASE_TITLES,
    MONTHS,
    NUMBER_LABELS,
    PARTICLE_VERBS,
    PERSON_TITLES,
    PLANNING_VERBS,
    TASK_VERBS,
    VERBS_AFTER_TIME,
    VERBS_OF_FEW_TITLED_WORKS,
    VERBS_OF_TITLED_WORKS,
    WEEKDAYS,
    WORDS_AFTER_ORDINAL,
    WORDS_BEFORE_A_PERSON,
    WORDS_BEFORE_NO_DATE,
)
from core.words.phrasebooks.books import times, wishes
from core.words.phrasebooks.patterns import one_of

_WEEKDAYS_THAT_ARE_WORDS = times.words("WEEKDAY_IS_A_WORD")
_ENGLISH_UNITS = re.compile("(?:Hour|Day|Week|Month|Year|Minute(?=s))s?")  # a German minute is a Minute, too
_NEAR_DAYS = {"today", "tomorrow", "overmorrow"}
_BARE_MONTH_DAY = re.compile(r"(?:the |le )?(?:[0-9]{1,2}(?:st|nd|rd|th)?|first)")
_NUMERIC_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2,4})?|20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_WRITTEN_DATE = re.compile(search_pattern((*NUMERIC, *DATES)))
_UNITS = {"minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months"}
_EVERY_NTH = re.compile(f"every {ORDINAL}")
_VERB_AT_END = re.compile(one_of(times.VERBS_AT_END))
_PLURAL_DAYS = (*(f"{day}s" for day in WEEKDAYS), "weekends", "workdays")
_BARE_DIGITS = re.compile("[0-9]{3,4}|a hour")  # 630, 1815; but "à une heure de Paris"
_COUNTS = re.compile(one_of(times.COUNTED))
_BEFORE_DATES = times.words("DATE_AFTER")
_FIRST_ALONE = tuple(times.FIRST_ALONE)
_STARTING = tuple("|".join(times.STARTING).split("|"))
_PARTICIPLES = re.compile(one_of(times.PARTICIPLES))


def may_be_date(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a time phrase may be the date of the to-do."""
    if when.excepted and not when.dated:  # "every day at 8 take vitamins except sunday"
        return any(other.every for other in find_time_phrases(sentence))
    if any(objects(when, sentence) for objects in _OBJECTIONS):
        return False
    last = when.end == len(sentence.tokens)
    if (when.hour or _BARE_DIGITS.fullmatch(when.clock or "")) and not when.dated and not when.part:
        return last or sentence.tokens[when.end - 1].stops or _is_hour_within(when, sentence)
    if when.every and " " not in when.every and not when.lead and not when.timed:
        return last or _begins_with_its_recurrence(when, sentence)  # but "weekly report"
    if when.lead or when.after or when.every or (when.dated and (when.timed or when.span)):
        return True
    if when.day and when.day.startswith("in "):  # "in two weekends"
        return True
    return not _is_ambiguous_at_end(when, sentence) if last else _is_plain_day_a_date(when, sentence)


def word_before(when: TimePhrase, sentence: Sentence) -> str | None:
    """The word before the phrase (normal form), if there is one."""
    return sentence.tokens[when.first - 1].word if when.first else None


def _lead(when: TimePhrase, sentence: Sentence) -> str:
    """The lead, if the phrase begins with it; else empty."""
    begins = when.lead is not None and sentence.english.startswith(when.lead, sentence.begins[when.first])
    return str(when.lead) if begins else ""


def _belongs_to_previous_word(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether the word before claims it: "the Friday meeting", "Call mom re: Friday", "mail from 3 May"."""
    if not when.first:
        return False
    last_word = sentence.tokens[when.first - 1]
    word = last_word.word.split(" ")[-1]
    if when.lead in ("before", "vor", "after") and word in _UNITS:
        return True  # "30 minutes before 9"
    if not _lead(when, sentence) and (_follows_count(when, sentence) or _follows_label(when, last_word)):
        return True
    if when.lead == "at the" and re.match(f"[0-9]|{WEEKDAY}", when.day or "-"):
        return True  # "du 24 au 31 décembre"
    if (word == "on" and sentence.tokens[0].word in PARTICLE_VERBS) or (word == "by" and when.lead == "at"):
        return False  # "turn it on tomorrow", "stop by at 5"
    after = word == "after" and last_word.typed.islower()  # but "Watch The Morning After tonight"
    return after or word in WORDS_BEFORE_NO_DATE | EXCEPTION_WORDS or re.fullmatch(ORDINAL, word) is not None


def _follows_count(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a count or weekdays precede it: "meds twice daily", "gym mon/wed/fri 18:00"."""
    said = sentence.english[: sentence.begins[when.first] - 1].split(" ")
    if when.every:
        if said[-1].isdecimal() and names_a_day(when.every) and when.every.startswith(_PLURAL_DAYS):
            return True  # "the next two weekends"
        return any(_COUNTS.fullmatch(" ".join(said[-count:])) for count in (1, 2))
    return not when.dated and " " in sentence.tokens[when.first - 1].word and said[-1] in WEEKDAYS


def _follows_label(when: TimePhrase, last_word: Token) -> bool:
    """Whether a label or a title precedes it: "version 3.12.", "chapter 5:30", "Frau Freitag"."""
    said = when.day or when.clock or ""
    is_capital = last_word.typed[0].isupper() or last_word.word in LOWER_CASE_TITLES
    if last_word.word in PERSON_TITLES and is_capital:
        return bool(said)
    return last_word.word in NUMBER_LABELS and re.match("[0-9]{1,2}[.:/]", said) is not None


def _is_a_name(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether it is part of a name: "Around the World in 80 Days", "The Day After Tomorrow"."""
    words = [token.typed for token in sentence.tokens[when.first : when.end]]
    following = next_token(when, sentence)
    if following and _lead(when, sentence) == "at" and when.day in WEEKDAYS and not when.timed:
        return words[-1].istitle() and following.typed.istitle()  # "meet at Friday Harbor"
    if _tell_capitals_nothing(when, sentence):
        return False
    last = when.end == len(sentence.tokens)
    if words[0] in ("Noon", "Midnight") and when.first and not last:
        return True  # "Book Midnight Sun tour"
    if when.after:
        follows = when.first > 0 and not sentence.tokens[when.first - 1].stops
        capital = follows and words[0].istitle() and len(words) > 1
        return capital or _ENGLISH_UNITS.fullmatch(words[-1].rstrip(".,;:!?")) is not None
    if not when.first or not all(word[0].isupper() for word in words):
        return False
    if len(words) > 1 and not when.timed and (not last or words[0] == "The"):
        return True
    return when.day in _NEAR_DAYS and words[-1].istitle() and not last


_MONTHS_THAT_ARE_NAMES = {"april", "june", "august"}


def _is_month_of_a_name(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a month is the first name of an author: "the book by April Lavigne", "song by June Carter"."""
    is_within = when.first > 0 and when.end < len(sentence.tokens)
    is_english = sentence.tokens[when.first].typed.lower() == "by"
    return is_within and is_english and when.day in _MONTHS_THAT_ARE_NAMES and not when.timed


def _is_month_of_an_aim(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a sum is to be reached by the month, little by little: "Save 1000 by december"."""
    before = word_before(when, sentence) or ""
    return before.isdecimal() and when.day in MONTHS and not when.timed


def is_in_a_name(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether the phrase is part of a title that is watched or read: "Watch Freaky Friday"."""
    first, begins = sentence.tokens[0], sentence.tokens[when.first].typed
    if not when.first or first.word not in VERBS_OF_TITLED_WORKS or not begins[0].isupper():
        return False
    if when.first == 1:
        return True
    is_capital = sentence.tokens[when.first - 1].typed[0].isupper()
    return is_capital and not _follows_person(when, sentence) and not _tell_capitals_nothing(when, sentence)


def _follows_person(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a person is named before the phrase: "buy flowers for Mom Sunday", "see Dr Kim Monday"."""
    before = sentence.tokens[max(when.first - 2, 0)]
    return before.word in WORDS_BEFORE_A_PERSON or before.word in PERSON_TITLES


def _ends_a_titled_work(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether the phrase rather stands after a title than in it: "Read Dune By Friday", "See Ann Friday"."""
    if when.hour or re.match("[0-9]", when.clock or "") or _lead(when, sentence) in ("by", "on"):
        return True  # but "Watch High Noon"
    return when.end == len(sentence.tokens) and sentence.tokens[0].word in VERBS_OF_FEW_TITLED_WORKS


_MAX_SMALL_WORD = 3
"""Letters of a word that is written small in a title: "Buy Flowers for Mom"."""


def _tell_capitals_nothing(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether all words have capitals, as a phone may write them: they show no name then.

    "WATCH THE GAME FRIDAY", "Buy Milk Friday"; but "Watch Freaky Friday" is as likely a title as any.
    """
    if sentence.is_in_capitals:
        return True
    first = sentence.tokens[0].word
    if first not in TASK_VERBS | VERBS_OF_TITLED_WORKS:
        return False
    if first in VERBS_OF_TITLED_WORKS and not _ends_a_titled_work(when, sentence):
        return False
    others = [*sentence.tokens[: when.first], *sentence.tokens[when.end :]]
    is_capital = all(one.typed[0].isupper() or len(one.typed) <= _MAX_SMALL_WORD for one in others)
    return len(others) > 1 and others[0].typed[0].isupper() and others[1].typed[0].isupper() and is_capital


def counts_something_else(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a number counts something else than a day: "the 3rd floor"."""
    following = next_token(when, sentence)
    if when.every and following and _EVERY_NTH.fullmatch(when.every) and not when.timed:
        return not _is_verb(following, when, sentence) and following.word not in WORDS_AFTER_ORDINAL
    if not when.day or when.timed or when.every or not _BARE_MONTH_DAY.fullmatch(when.day):
        return False
    if when.day == "first":
        return not sentence.tokens[when.end - 1].typed.lower().startswith(_FIRST_ALONE)
    if when.first == 0 and following is not None and _is_verb_of_a_day(following, when, sentence):
        return False
    stops = sentence.tokens[when.end - 1].stops and not sentence.tokens[when.end - 1].typed.endswith(".")
    return following is not None and not stops and following.word not in WORDS_AFTER_ORDINAL


def _is_verb_of_a_day(following: Token, when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a day of the month is when to do it: "the 24th buy gifts", "am 24. Brot backen"."""
    last, is_on = sentence.tokens[-1], sentence.tokens[0].typed.lower() in _BEFORE_DATES
    is_verb_last = last is not following and _VERB_AT_END.fullmatch(last.typed.rstrip(".!")) is not None
    return following.word in TASK_VERBS or (when.lead == "on" and is_on and is_verb_last)


_LIMITS = ("by", "before", "due", "until", "latest", "on", "le", "vor", "dici")


def is_date_of_a_thing(one: TimePhrase, other: TimePhrase, sentence: Sentence) -> bool:
    """Whether a date names a thing, and the one after it says when: "pay invoice 2026-11-30 by friday"."""
    if (
        _lead(one, sentence) not in ("", "from")
        or not other.day
        or not _lead(other, sentence).startswith(_LIMITS)
    ):
        return False
    begun = (_lead(one, sentence) or word_before(one, sentence) or "").startswith("from")
    if begun and _WRITTEN_DATE.fullmatch(other.day):
        return False  # "Urlaub vom 24.12. bis 31.12."
    is_written = _WRITTEN_DATE.fullmatch(one.day or "-") is not None and not one.timed
    return one.first > 0 and (is_written or _belongs_to_previous_word(one, sentence))


def _is_verb(following: Token, when: TimePhrase, sentence: Sentence) -> bool:
    """Whether the word after the phrase is the verb: "every 1st pay rent", "Miete jeden 1. zahlen"."""
    if sentence.tokens[when.end - 1].typed[-1] in ",;:":
        return True
    last = when.end + 1 == len(sentence.tokens)
    return following.word in TASK_VERBS or (last and _VERB_AT_END.fullmatch(following.typed) is not None)


def _needs_recurrence(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether it begins with "from" or "starting" without a recurrence, or is a range without a day."""
    begun = _lead(when, sentence).startswith(_STARTING)
    is_apart = when.span is not None and not when.dated
    has_its_day = sentence.tokens[0].typed.lower() in _DAYS_FIRST  # "demain réunion de 9h à 11h"
    return (begun and not when.every) or (is_apart and not has_its_day)


def _is_past_event(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether it dates a past event, not the to-do: "Fix the bug found yesterday"."""
    if not (when.ago or is_past(when.day or "-")):
        return False
    typed = sentence.tokens[when.first - 1].typed.lower() if when.first else ""
    lead = _lead(when, sentence)
    if _PARTICIPLES.fullmatch(typed) or (lead and not lead.startswith("due")):
        return True
    following = next_token(when, sentence)
    return following is not None and (when.first > 0 or following.word not in TASK_VERBS)


def _is_subject_matter(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether the to-do is about that time: "Confirm that 3pm friday is ok", "Plan the weekend"."""
    following, first = next_token(when, sentence), sentence.tokens[0].word
    if following is not None and following.word in VERBS_AFTER_TIME:
        return True
    if when.first == 1 and first in PLANNING_VERBS and when.day and not when.lead and not when.timed:
        return True
    degrees = first in HEATING_VERBS and re.fullmatch("[1-5][0-9]{2}", when.clock or "")
    if degrees or (first in CHANGE_VERBS and when.lead == "by" and when.hour):
        return True
    happened = when.first > 1 and _PARTICIPLES.fullmatch(sentence.tokens[when.first - 1].typed) is not None
    return happened and when.lead == "on" and not when.every and first not in ("get", "have")


def _is_untimed_weekday_range(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether it may be five days of one week ("conference mon-fri"): only a time of day makes it weekly."""
    if when.every is None or not is_weekday_range(when.every) or when.timed:
        return False
    return when.first > 0 or not _has_its_time_further_on(when, sentence)


def _has_unknown_zone(when: TimePhrase, sentence: Sentence) -> bool:
    return when.zone is not None and zone_of(when.zone) is None


_OBJECTIONS: tuple[Callable[[TimePhrase, Sentence], bool], ...] = (
    _belongs_to_previous_word,
    _is_a_name,
    _is_month_of_a_name,
    _is_month_of_an_aim,
    is_in_a_name,
    counts_something_else,
    is_continued,
    _needs_recurrence,
    _is_past_event,
    _is_subject_matter,
    _is_untimed_weekday_range,
    _has_unknown_zone,
)


# --- Bare hours within a title -----------------------------------------------------------------------------

_AFTER_AN_HOUR, _BY_AMOUNTS = times.words("AFTER_AN_HOUR"), times.words("VERBS_BY_AN_AMOUNT")


def _is_hour_within(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a bare hour before other words is a time: "meet Anna at 7 in town", "Tom um 5 abholen".

    Only before a place, a person or the verb at the end: not in "look at 5 houses", "Miete um 5 erhöhen".
    """
    following = next_token(when, sentence)
    words = {token.typed.lower().rstrip(".,!") for token in sentence.tokens}
    if following is None or when.lead != "at" or _BY_AMOUNTS & words:
        return False
    then = next_token(when, sentence, 1)
    is_last = then is None or following.stops or then.word.split(" ")[0] in _BEGINS_A_DAY
    is_verb = when.first > 0 and is_last and _VERB_AT_END.fullmatch(following.typed.rstrip(".,!"))
    return following.typed.lower() in _AFTER_AN_HOUR or bool(is_verb) or _begins_with_its_time(when, sentence)


_AT_FIRST = times.words("AT_CLOCK")


def _begins_with_its_time(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a German to-do begins with its time: "um 17 Uhr Anna anrufen", "um 5 einkaufen"."""
    begins = when.first == 0 and when.lead == "at" and sentence.tokens[0].typed.lower() in _AT_FIRST
    if when.hour and when.end + 1 < len(sentence.tokens):
        return False  # "um 3 Ecken denken"
    return begins and _VERB_AT_END.fullmatch(sentence.tokens[-1].typed.rstrip(".!")) is not None


_BEGINS_A_DAY = {"on", "and", *_NEAR_DAYS, *WEEKDAYS}


def is_time_before_title(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a time of day at the beginning belongs to a day further on: "3pm dentist on thursday"."""
    if when.first or when.dated or (when.clock or "").startswith(("noon", "midnight")):
        return False
    is_time = when.hour if when.lead == "at" else when.clock and not _BARE_DIGITS.fullmatch(when.clock)
    objections = (objects for objects in _OBJECTIONS if not when.span or objects is not _needs_recurrence)
    return bool(is_time or when.span) and not any(objects(when, sentence) for objects in objections)


# --- Days without a lead or a time -------------------------------------------------------------------------

_DAYS_ALONE = re.compile(f"{WEEKDAY}|(?:this|next|coming|overnext) (?:{WEEKDAY}|week|weekend|month|year)")
_NEXT = "(?:next|coming|overnext)"
_WHICH = f"(?:this|{_NEXT})"
_SURE_DAYS = re.compile(
    f"{_WHICH}(?: week)?(?: on)? {WEEKDAY}|{WEEKDAY}(?: of)? {_WHICH} week|{_NEXT} (?:week|month)"
    "|(?:the )?(?:end|start|mid|beginning|middle) .+"
)
_DAYS_BEFORE_VERBS = tuple(times.words("DAYS_BEFORE_VERBS"))


def _is_ambiguous_at_end(when: TimePhrase, sentence: Sentence) -> bool:
    """Words at the end that often mean something else: "enjoy the sun", "John 3:16", "1/2"."""
    typed = sentence.tokens[when.first].typed.lower().rstrip(".!")
    if when.clock and not when.day:
        return bool(re.fullmatch(r"\d:\d[1-46-9]", typed))
    return typed in _WEEKDAYS_THAT_ARE_WORDS or bool(re.fullmatch(r"\d+/\d+", typed))


def _is_plain_day_a_date(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a plain day before other words is a date: "tomorrow call mom", "Oma Freitag anrufen"."""
    if when.day in _NEAR_DAYS or sentence.tokens[when.end - 1].stops:
        return bool(when.day)
    following = sentence.tokens[when.end]
    if when.first == 0 and (_is_sure_day(when) or _has_its_time_further_on(when, sentence)):
        return True
    if when.first and _DAYS_ALONE.fullmatch(when.day or "-") and when.end + 1 == len(sentence.tokens):
        if word_before(when, sentence) == "for" and when.day not in WEEKDAYS:
            return False
        is_german = sentence.tokens[when.end - 1].typed.lower().endswith(_DAYS_BEFORE_VERBS)
        return is_german and _VERB_AT_END.fullmatch(following.typed) is not None
    if when.first and re.fullmatch(WEEKDAY, when.day or "-") and _is_before_place(when, sentence):
        return True
    return when.first == 0 and (following.word in TASK_VERBS or _begins_with_its_day(when, sentence))


def _is_sure_day(when: TimePhrase) -> bool:
    """Whether it is no name even before other words: "24.12.", "next week tuesday"; but "Sunday roast"."""
    return any(days.fullmatch(when.day or "-") for days in (_NUMERIC_DATE, _SURE_DAYS))


def _begins_with_its_recurrence(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a to-do begins with its weekdays: "Tuesdays yoga at 7", "werktags Müll rausbringen"."""
    if when.first or not names_a_day(when.every or ""):
        return False
    following, last = sentence.tokens[when.end], sentence.tokens[-1]
    has_verb_last = last is not following and _VERB_AT_END.fullmatch(last.typed.rstrip(".!"))
    is_verb = following.word in TASK_VERBS or _INFINITIVE.fullmatch(following.typed)
    return bool(has_verb_last or is_verb) or _has_its_time_further_on(when, sentence)


def _has_its_time_further_on(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a time of day without a day follows: "from monday to friday walk the dog at 8"."""
    others = (other for other in find_time_phrases(sentence) if other.first >= when.end)
    return any((other.clock or other.hour) and not other.dated for other in others)


_AFTER_A_DAY = times.words("AFTER_A_DAY")


def _is_before_place(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a place or a person follows the day: "lunch friday with Bob", "Oma Freitag in Ulm treffen"."""
    following, then = next_token(when, sentence), next_token(when, sentence, 1)
    return following is not None and then is not None and following.typed.lower() in _AFTER_A_DAY


_DAYS_FIRST = times.words("DAYS_FIRST")
_INFINITIVE = re.compile(one_of(times.INFINITIVE), re.IGNORECASE)


_BEFORE_NOUNS = frozenset(times.words("DAYS_BEFORE_NOUNS"))
_VISITS = re.compile(one_of(wishes.VISITS), re.IGNORECASE)


def _is_before_what_is_on_it(following: Token, day: str) -> bool:
    """Whether a visit follows the day, or a German noun: "tuesday dentist", "Samstag Geburtstag Oma"."""
    is_noun = day in _BEFORE_NOUNS and following.typed[0].isupper()
    return is_noun or _VISITS.fullmatch(following.typed.rstrip(".,!")) is not None


def _begins_with_its_day(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether a to-do begins with its day: "Montag Miete zahlen", "lundi payer le loyer", "mardi pain"."""
    said = [token.typed.lower().rstrip(",.") for token in sentence.tokens[when.first : when.end]]
    day, (following, *_) = said[-1], sentence.tokens[when.end :]
    if not _DAYS_FIRST.isdisjoint((day, said[0])):
        return not following.word.startswith("of")  # "dimanche de Pâques"
    if _is_before_what_is_on_it(following, day):
        return True
    last = sentence.tokens[-1]
    has_verb_last = day.endswith(_DAYS_BEFORE_VERBS) and last is not following
    return has_verb_last and _VERB_AT_END.fullmatch(last.typed.rstrip(".!")) is not None
