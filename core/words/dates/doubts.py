"""What speaks against words being the date of a to-do, however much they look like one.

"Read 1984", "Call Sunday school", "Watch The Day After Tomorrow", "Meet Bob on the 3rd floor", "Call mom re:
Friday", "take pills at 9 and 21".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.words.dates.days import is_past
from core.words.dates.phrases import When
from core.words.dates.recurrences import is_span
from core.words.dates.resolve import zone_of
from core.words.dates.sentence import Sentence, Token
from core.words.dates.shapes import NTH, ORDINAL, WEEKDAY, any_of
from core.words.dates.vocabulary import (
    AFTER_NTH,
    CHANGING,
    CLAIMING,
    DEEDS,
    HEATING,
    LABELS,
    NAMING,
    PARTS_OF_DAY,
    PLANNING,
    TELLING,
    TITLES,
    TURNING,
    UNCLEAR_ZONES,
    WEEKDAYS,
)

LISTING = {"and", "or", "to", "-", "–", "/", "then"}
_ALSO_WORDS = {"sun", "sat", "wed", "mer", "jeu"}
_ENGLISH_UNITS = re.compile("(?:Hour|Day|Week|Month|Year|Minute(?=s))s?")  # a German minute is a Minute, too
_NEAR_DAYS = {"today", "tomorrow", "overmorrow"}
_NTH_ALONE = re.compile(r"(?:the |le )?(?:[0-9]{1,2}(?:st|nd|rd|th)?|first)")
_IN_FIGURES = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2,4})?|20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
UNTIL = {"until", "till", "until the", "through", "thru"}
_NOT_READ = UNTIL | {"from", "starting", "start", "from the"}
_UNITS = {"minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months"}
_EXCEPT = {"except", "but", "excluding", "without", "außer", "ausser", "sauf"}
_TIMES = {"times", "time", "mal", "fois", "x"}
_AN_HOUR = re.compile(r"[0-9]{1,2}(?:[:.h][0-9]{2})?(?: ?[ap]m| hours| o'clock| uhr)?")
_NTH_EVERY = re.compile(f"every {ORDINAL}")
_GERMAN_VERB = re.compile("[a-zäöüß]+(?:en|ern|eln)")
_FIGURES = re.compile("[0-9]{3,4}|a hour")  # 630, 1815; but "à une heure de Paris"
_SO_OFTEN = re.compile(r"twice|thrice|\w*(?:ein|zwei|drei|vier|fünf)mal|[0-9]+ ?-?(?:x|mal|times?|fois)")
_IN_RULE = any_of(ORDINAL, WEEKDAY, *PARTS_OF_DAY)
_PARTICIPLES = re.compile(
    r"\w{2,}[^e]ed|sent|found|bought|made|got|taken|given|seen|met|said|left|came|did|was|were|had|lost|wrote|began"
    r"|ge\w+(?:t|en)|kam|war|hatte|\w+(?:é|ée|és|ées)|reçue?s?|vue?s?"
)


def may_be_date(when: When, sentence: Sentence) -> bool:
    """Whether words that look like a time may be one where they stand."""
    if any(speaks_against(when, sentence) for speaks_against in _AGAINST):
        return False
    last = when.end == len(sentence.tokens)
    if (when.hour or _FIGURES.fullmatch(when.clock or "")) and not when.dated and not when.part:
        return last or sentence.tokens[when.end - 1].stops
    if when.every and " " not in when.every and not when.lead and not when.timed:
        return last  # "weekly report"
    if when.lead or when.after or when.every or (when.dated and when.timed):
        return True
    return not _is_doubtful(when, sentence) if last else _stands_alone(when, sentence)


def before(when: When, sentence: Sentence) -> str | None:
    """The word before a run, if there is one."""
    return sentence.tokens[when.first - 1].word if when.first else None


def _lead(when: When, sentence: Sentence) -> str:
    """The words that introduce the run, if it begins with them."""
    begins = when.lead is not None and sentence.english.startswith(when.lead, sentence.begins[when.first])
    return str(when.lead) if begins else ""


def _next(when: When, sentence: Sentence, ahead: int = 0) -> Token | None:
    place = when.end + ahead
    return sentence.tokens[place] if place < len(sentence.tokens) else None


def _is_claimed(when: When, sentence: Sentence) -> bool:
    """By the word before: "the Friday meeting", "Call mom re: Friday", "mail from 3 May"."""
    if not when.first:
        return False
    last_word = sentence.tokens[when.first - 1]
    word = last_word.word.split(" ")[-1]
    if when.lead in ("before", "vor", "after") and word in _UNITS:
        return True  # "30 minutes before 9"
    if not _lead(when, sentence) and (_is_counted(when, sentence) or _is_labelled(when, last_word)):
        return True
    if when.lead == "at the" and re.match(f"[0-9]|{WEEKDAY}", when.day or "-"):
        return True  # "du 24 au 31 décembre"
    if (word == "on" and sentence.tokens[0].word in TURNING) or (word == "by" and when.lead == "at"):
        return False  # "turn it on tomorrow", "stop by at 5"
    after = word == "after" and last_word.typed.islower()  # but "Watch The Morning After tonight"
    return after or word in CLAIMING | _EXCEPT or re.fullmatch(ORDINAL, word) is not None


def _is_counted(when: When, sentence: Sentence) -> bool:
    """Such as "meds twice daily", "gym mon/wed/fri 18:00"."""
    said = sentence.english[: sentence.begins[when.first] - 1].split(" ")
    if when.every:
        return any(_SO_OFTEN.fullmatch(" ".join(said[-count:])) for count in (1, 2))
    return not when.dated and " " in sentence.tokens[when.first - 1].word and said[-1] in WEEKDAYS


def _is_labelled(when: When, last_word: Token) -> bool:
    """Such as "version 3.12.", "chapter 5:30", "Frau Freitag"."""
    said = when.day or when.clock or ""
    if last_word.word in TITLES and last_word.typed[0].isupper():
        return bool(said)
    return last_word.word in LABELS and re.match("[0-9]{1,2}[.:/]", said) is not None


def _is_a_name(when: When, sentence: Sentence) -> bool:
    """Names of things: "Around the World in 80 Days", "The Day After Tomorrow"."""
    words = [token.typed for token in sentence.tokens[when.first : when.end]]
    following = _next(when, sentence)
    if following and _lead(when, sentence) == "at" and when.day in WEEKDAYS and not when.timed:
        return words[-1].istitle() and following.typed.istitle()  # "meet at Friday Harbor"
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


def is_in_a_name(when: When, sentence: Sentence) -> bool:
    """What is watched or read has a name: "Watch Freaky Friday", "Watch Yesterday"."""
    first, begins = sentence.tokens[0], sentence.tokens[when.first].typed
    if not when.first or first.word not in NAMING or not begins[0].isupper():
        return False
    return when.first == 1 or sentence.tokens[when.first - 1].typed[0].isupper()


def counts_something_else(when: When, sentence: Sentence) -> bool:
    """As in "the 3rd floor": a bare number of a day is one only where nothing is counted."""
    following = _next(when, sentence)
    if when.every and following and _NTH_EVERY.fullmatch(when.every) and not when.timed:
        return not _is_verb(following, when, sentence) and following.word not in AFTER_NTH
    if not when.day or when.timed or when.every or not _NTH_ALONE.fullmatch(when.day):
        return False
    if when.day == "first":
        return not sentence.tokens[when.end - 1].typed.lower().startswith("erst")
    if when.first == 0 and following is not None and following.word in DEEDS:
        return False
    stops = sentence.tokens[when.end - 1].stops and not sentence.tokens[when.end - 1].typed.endswith(".")
    return following is not None and not stops and following.word not in AFTER_NTH


def _is_verb(following: Token, when: When, sentence: Sentence) -> bool:
    """Whether a run is followed by what is to be done: "every 1st pay rent", "Miete jeden 1. zahlen"."""
    if sentence.tokens[when.end - 1].typed[-1] in ",;:":
        return True
    last = when.end + 1 == len(sentence.tokens)
    return following.word in DEEDS or (last and _GERMAN_VERB.fullmatch(following.typed) is not None)


def _says_more(when: When, sentence: Sentence) -> bool:
    """Whether the next words change what is said: "at 9 and 21", "every day except sunday", "9am CST"."""
    following, then = _next(when, sentence), _next(when, sentence, 1)
    if following is None:
        return False
    if following.word == "or" or (when.after and following.word.isdecimal()):
        return True  # "in an hour or two"
    if when.day and not when.timed and _goes_on(following, then):
        return True
    if when.every and _adds_to_rule(following, then):
        return True
    if sentence.tokens[when.end - 1].stops and following.word not in LISTING:
        return False
    if when.timed and (following.typed.strip(",.;!?") in UNCLEAR_ZONES or _is_local_time(following, then)):
        return True
    return when.timed and following.word in LISTING and then is not None and _is_an_hour(when, sentence)


def _goes_on(following: Token, then: Token | None) -> bool:
    """Such as "on the 3rd, 4th and 5th"."""
    word = then.word if then and following.word in LISTING else following.word
    return re.fullmatch(NTH, word) is not None


def _adds_to_rule(following: Token, then: Token | None) -> bool:
    """Such as "every monday 5 times", "every 1st and 15th", "jeden Morgen und Abend"."""
    if following.word in _EXCEPT | _NOT_READ or then is None:
        return following.word in _EXCEPT | _NOT_READ
    listed = following.word in LISTING and re.fullmatch(_IN_RULE, then.word) is not None
    return listed or then.word in _TIMES


def _is_local_time(following: Token, then: Token | None) -> bool:
    """Such as "3pm London time"."""
    if following.typed.strip(",.;!?") in ("Eastern", "Central", "Mountain", "Pacific"):
        return True
    return following.typed[0].isupper() and then is not None and then.word in ("time", "zeit")


def _is_an_hour(when: When, sentence: Sentence) -> bool:
    """Whether another hour is listed: "at 9 and 21 to take pills", but not "at 9 and 2 eggs"."""
    hour, after = _next(when, sentence, 1), _next(when, sentence, 2)
    if hour is None or not _AN_HOUR.fullmatch(hour.word):
        return hour is not None and hour.word in ("at", "noon", "midnight")
    return (
        after is None
        or hour.stops
        or not hour.word.isdecimal()
        or after.word in ("to", "o'clock", "uhr", "am", "pm")
    )


def _lacks_rule(when: When, sentence: Sentence) -> bool:
    """Whether it begins with "from" or "starting", which make a date of a recurrence only."""
    begun = _lead(when, sentence).startswith(("from", "start", "at partir"))
    return (begun and not when.every) or (when.span is not None and not when.dated)


def _is_over(when: When, sentence: Sentence) -> bool:
    """What was done yesterday is not due then: "Fix the bug found yesterday", "Watch Yesterday"."""
    if not (when.ago or is_past(when.day or "-")):
        return False
    typed = sentence.tokens[when.first - 1].typed.lower() if when.first else ""
    lead = _lead(when, sentence)
    if _PARTICIPLES.fullmatch(typed) or (lead and not lead.startswith("due")):
        return True
    following = _next(when, sentence)
    return following is not None and (when.first > 0 or following.word not in DEEDS)


def _is_talked_of(when: When, sentence: Sentence) -> bool:
    """As in "Confirm that 3pm friday is ok", "Plan the weekend", "Reduce by 5", "photos taken on friday"."""
    following, first = _next(when, sentence), sentence.tokens[0].word
    if following is not None and following.word in TELLING:
        return True
    if when.first == 1 and first in PLANNING and when.day and not when.lead and not when.timed:
        return True
    degrees = first in HEATING and re.fullmatch("[1-5][0-9]{2}", when.clock or "")
    if degrees or (first in CHANGING and when.lead == "by" and when.hour):
        return True
    happened = when.first > 1 and _PARTICIPLES.fullmatch(sentence.tokens[when.first - 1].typed) is not None
    return happened and when.lead == "on" and not when.every and first not in ("get", "have")


def _is_mere_span(when: When, sentence: Sentence) -> bool:
    """A "conference mon-fri" may be five days or every week: only with a time is it surely the latter."""
    return when.every is not None and is_span(when.every) and not when.timed


def _names_no_zone(when: When, sentence: Sentence) -> bool:
    return when.zone is not None and zone_of(when.zone) is None


_AGAINST: tuple[Callable[[When, Sentence], bool], ...] = (
    _is_claimed, _is_a_name, is_in_a_name, counts_something_else, _says_more, _lacks_rule, _is_over,
    _is_talked_of,
    _is_mere_span, _names_no_zone,
)  # fmt: skip


_GERMAN_DAYS = re.compile(f"{WEEKDAY}|(?:this|next|coming|overnext) (?:{WEEKDAY}|week|weekend|month|year)")
_GERMAN_ENDS = ("tag", "woch", "abend", "woche", "wochenende", "monat", "jahr")

# --- What stands alone -------------------------------------------------------------------------------------


def _is_doubtful(when: When, sentence: Sentence) -> bool:
    """Words at the end that mean something else at least as often: "enjoy the sun", "John 3:16", "1/2"."""
    typed = sentence.tokens[when.first].typed.lower().rstrip(".!")
    if when.clock and not when.day:
        return bool(re.fullmatch(r"\d:\d[1-46-9]", typed))
    return typed in _ALSO_WORDS or bool(re.fullmatch(r"\d+/\d+", typed))


def _stands_alone(when: When, sentence: Sentence) -> bool:
    """Whether a bare day is a date before the end: "tomorrow call mom", "Oma Freitag anrufen"."""
    if when.day in _NEAR_DAYS or sentence.tokens[when.end - 1].stops:
        return bool(when.day)
    following = sentence.tokens[when.end]
    if when.first == 0 and _IN_FIGURES.fullmatch(when.day or "-"):
        return True
    if when.first and _GERMAN_DAYS.fullmatch(when.day or "-") and when.end + 1 == len(sentence.tokens):
        if before(when, sentence) == "for" and when.day not in WEEKDAYS:
            return False
        is_german = sentence.tokens[when.end - 1].typed.lower().endswith(_GERMAN_ENDS)
        return is_german and _GERMAN_VERB.fullmatch(following.typed) is not None
    return when.first == 0 and following.word in DEEDS
