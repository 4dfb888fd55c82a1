"""Whether the words after a time phrase change its meaning: lists, exceptions, ambiguous zones."""

from __future__ import annotations

import re

from core.words.dates.patterns import NTH, ORDINAL, WEEKDAY, any_of
from core.words.dates.phrases import TimePhrase
from core.words.dates.sentence import Sentence, Token
from core.words.dates.vocabulary import AMBIGUOUS_ZONES, PARTS_OF_DAY
from core.words.phrasebooks.books import times

LIST_WORDS = {"and", "or", "to", "-", "–", "/", "then"}
UNTIL_WORDS = {"until", "till", "until the", "through", "thru"}
_UNSUPPORTED_AFTER_RULE = UNTIL_WORDS | {"from", "starting", "start", "from the"}
EXCEPTION_WORDS = times.words("EXCEPT")
_COUNT_UNITS = times.words("COUNT_WORDS")
_HOUR = re.compile(r"[0-9]{1,2}(?:[:.h][0-9]{2})?(?: ?[ap]m| hours| o'clock| uhr)?")
_LOCAL_TIME = times.words("LOCAL_TIME")
_RULE_ITEM = any_of(ORDINAL, WEEKDAY, *PARTS_OF_DAY)


def next_token(when: TimePhrase, sentence: Sentence, ahead: int = 0) -> Token | None:
    """The token after the phrase, or ``ahead`` tokens further; None past the end."""
    place = when.end + ahead
    return sentence.tokens[place] if place < len(sentence.tokens) else None


def is_continued(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether the next words change its meaning: "at 9 and 21", "every day except sunday", "9am CST"."""
    following, then = next_token(when, sentence), next_token(when, sentence, 1)
    if following is None:
        return False
    if following.word == "or" or (when.after and following.word.isdecimal()):
        return True  # "in an hour or two"
    if when.day and not when.timed and _continues_dates(following, then):
        return True
    if when.every and _continues_rule(following, then):
        return True
    if sentence.tokens[when.end - 1].stops and following.word not in LIST_WORDS:
        return False
    is_zone = following.typed.strip(",.;!?") in AMBIGUOUS_ZONES
    is_zone = is_zone and not (sentence.is_in_capitals and following.word == "at")  # "FRIDAY 5PM AT HOME"
    if when.timed and (is_zone or _is_local_time(following, then)):
        return True
    is_listed = when.timed and following.word in LIST_WORDS and then is not None
    return is_listed and _lists_another_hour(when, sentence)


def _continues_dates(following: Token, then: Token | None) -> bool:
    """Such as "on the 3rd, 4th and 5th"."""
    word = then.word if then and following.word in LIST_WORDS else following.word
    return re.fullmatch(NTH, word) is not None


def _continues_rule(following: Token, then: Token | None) -> bool:
    """Such as "every monday 5 times", "every 1st and 15th", "jeden Morgen und Abend"."""
    if following.word in EXCEPTION_WORDS | _UNSUPPORTED_AFTER_RULE or then is None:
        return following.word in EXCEPTION_WORDS | _UNSUPPORTED_AFTER_RULE
    listed = following.word in LIST_WORDS and re.fullmatch(_RULE_ITEM, then.word) is not None
    return listed or then.word in _COUNT_UNITS


def _is_local_time(following: Token, then: Token | None) -> bool:
    """Such as "3pm London time"."""
    if following.typed.strip(",.;!?") in ("Eastern", "Central", "Mountain", "Pacific"):
        return True
    return following.typed[0].isupper() and then is not None and then.word in _LOCAL_TIME


def _lists_another_hour(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether another hour is listed: "at 9 and 21 to take pills", but not "at 9 and 2 eggs"."""
    hour, after = next_token(when, sentence, 1), next_token(when, sentence, 2)
    if hour is None or not _HOUR.fullmatch(hour.word):
        return hour is not None and hour.word in ("at", "noon", "midnight")
    return (
        after is None
        or hour.stops
        or not hour.word.isdecimal()
        or after.word in ("to", "o'clock", "uhr", "am", "pm")
    )
