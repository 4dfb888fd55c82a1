"""Reminders: "remind me tomorrow at 8 to call Ann"; the time may precede the task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.words.dates.phrases import TimePhrase, find_time_phrases
from core.words.dates.sentence import Token, sentence_of, tokens_of
from core.words.dates.vocabulary import TASK_VERBS
from core.words.listed_times import listed_times
from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import joined, lazy_pattern, one_of
from core.words.task_text import infinitive, task_text

_MAX_LISTED_WORDS = 12  # words that may be listed after the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """How a reminder is asked for in one language."""

    code: str
    opening: re.Pattern[str]
    connector: re.Pattern[str]
    """Matches the words between a time and the task: *to*, *daran*, *de*."""
    clause: re.Pattern[str]
    """Matches the end of a connector after which the verb is not in the infinitive."""
    may_put_clause_first: bool
    """Whether a clause of time may stand before the task; elsewhere *de* connects nouns."""
    infinitive_clause: re.Pattern[str]
    """Matches a task that needs no connector: "erinnere mich, Mama anzurufen"."""
    article: re.Pattern[str]
    """Matches an article or possessive at the beginning: "rappelle-moi l'anniversaire demain"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderOpening:
    """A text that begins with "remind me" in some form."""

    rest: str
    """The text after it."""
    language: _Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A parsed reminder."""

    what: str
    """The task; empty if only a time was given."""
    when: str = ""
    """The words of a time before the task."""


def reminder_opening(text: str) -> ReminderOpening | None:
    """The text without "remind me"; None if it does not begin with it."""
    for language in _LANGUAGES:
        if found := language.opening.match(text):
            inside = found.groupdict().get("verb_last")  # "kannst du mich morgen daran erinnern, …"
            rest = text[found.end() :]
            rest = f"{inside}, {rest}" if inside else rest
            return ReminderOpening(rest=rest, language=language)
    return None


def read_reminder(opening: ReminderOpening) -> Reminder | None:
    """The task and its time; None if they are not certain, or the text is a question."""
    begun = opening.rest.lstrip(_PUNCTUATION)
    language = opening.language
    leading = split_leading_time(begun, language.connector) or split_leading_time(
        _FOR.sub("", begun), language.connector
    )
    left = leading.rest if leading else opening.rest
    if leading and language.article.fullmatch(f"{leading.when} "):  # "mon rendez-vous" is not on Monday
        leading, left = None, opening.rest
    if leading and _LIST_CONTINUES.match(left):
        return None  # "at 9 or 10 to …"
    connector = language.connector.match(f"{left} ")
    what = task_text(left[connector.end() if connector else 0 :])
    if connector and language.clause.search(connector[0]):
        what = infinitive(what, language.code)
    if NOT_A_TASK.fullmatch(what) or QUESTION.fullmatch(what):
        return None
    if leading:
        return Reminder(what=what, when=leading.when.lower())
    may_begin = not (language.may_put_clause_first and _TIME_CLAUSE_FIRST.fullmatch(what))
    says_to_do = language.infinitive_clause.fullmatch(left.strip(" .!"))
    is_thing = language.article.match(what) and _has_time(what)
    is_clear = connector or says_to_do or is_thing or (_is_to_do(what) and may_begin)
    return Reminder(what=what) if what and is_clear else None


def uncertain_title(opening: ReminderOpening) -> str:
    """A title for an uncertain reminder: "feed the cat when I get home"."""
    if not opening.language.may_put_clause_first:
        return task_text(opening.rest)
    time_clause_first = _TIME_CLAUSE_FIRST.fullmatch(opening.rest.strip(_PUNCTUATION))
    return (
        f"{task_text(time_clause_first[2])} {time_clause_first[1]}"
        if time_clause_first
        else task_text(opening.rest)
    )


ASKED_FOR = lazy_pattern(rf"(?:{one_of(wishes.ASKED_FOR)})[ -]")
_MARKS = r"[\s,:;–-]*"


def _opening(*patterns: str) -> re.Pattern[str]:
    """One of the patterns at the beginning of a text, up to the end of a word."""
    begins = joined(*patterns)
    return re.compile(rf"(?:{begins})(?!\w|['’]\w)", re.IGNORECASE)


def _connector(*words: str) -> re.Pattern[str]:
    """One of the words, or a mark, between the wish and the task."""
    return re.compile(rf"{_MARKS}(?:(?:{'|'.join(words)})|(?<=[:,;–-])\s*)", re.IGNORECASE)


def _language(code: str) -> _Language:
    book = wishes.books[code]
    return _Language(
        code=code,
        opening=_opening(*book.REMINDERS),
        connector=_connector(*book.CONNECTORS),
        clause=re.compile(book.CLAUSE_CONNECTOR or "(?!)", re.IGNORECASE),
        may_put_clause_first=bool(book.CLAUSE_JOINTS),
        infinitive_clause=re.compile(book.INFINITIVE_CLAUSE or "(?!)", re.IGNORECASE),
        article=re.compile(requests.books[code].ARTICLES or "(?!)", re.IGNORECASE),
    )


_LANGUAGES = tuple(_language(code) for code, book in wishes.books.items() if book.REMINDERS)
_PUNCTUATION = " ,:;–-"
_LIST_CONTINUES = lazy_pattern(rf"[\s,]*(?:{one_of(wishes.LIST_JOINTS)}|&)\b|\s*&")
_TIME_CLAUSE_FIRST = lazy_pattern(
    rf"(?!(?:{one_of(wishes.NO_CLAUSE_FIRST)})\b)(.+?),? (?:{one_of(wishes.CLAUSE_JOINTS)})(.+)"
)
_FOR = lazy_pattern(rf"^(?:{one_of(wishes.FOR_A_TIME)}) ")
_REWRITES = (
    (re.compile(rf"^(?:{one_of(wishes.AROUND)}) (?=\d)", re.IGNORECASE), "at "),
    (re.compile(rf"^(?:{one_of(wishes.SOME_TIME)}) (?=\w)", re.IGNORECASE), ""),
)
_OF = lazy_pattern(one_of(requests.FROM_A_DATE))
_BARE_HOUR = lazy_pattern(rf"^(\d{{1,2}}),? (?={one_of(wishes.AFTER_BARE_HOUR)})")
# Questions to oO, and words that are no task.
QUESTION = lazy_pattern(rf"(?:{one_of(wishes.QUESTION)})\b.*")
NOT_A_TASK = lazy_pattern(
    rf"(?:(?:{one_of(wishes.ABOUT_IT)}) )?(?:{one_of(wishes.NOT_A_TASK)})(?: (?:{one_of(wishes.AFTER_IT)}))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingTime:
    """A text that begins with a time."""

    when: str
    """The words of the time."""
    rest: str
    """The text after them, with the punctuation between the two."""


def split_leading_time(text: str, connector: re.Pattern[str]) -> LeadingTime | None:
    """The time at the beginning of the text and the rest; None if it does not begin with a time.

    ``connector`` has to follow a list of times, so that the list is not cut short.
    """
    for pattern, words in _REWRITES:
        text = pattern.sub(words, text)
    tokens = tokens_of(text)
    phrase = next(find_time_phrases(sentence_of(tokens)), None)
    if phrase is None or phrase.first:
        return None
    return _list_of_times(tokens, phrase, connector) or _with_bare_hour(_split(tokens, phrase.end), phrase)


def _split(tokens: Sequence[Token], end: int) -> LeadingTime:
    typed = " ".join(token.typed for token in tokens[:end])
    when = typed.rstrip(_PUNCTUATION)
    return LeadingTime(
        when=when, rest=" ".join((typed[len(when) :], *(token.typed for token in tokens[end:])))
    )


def _list_of_times(
    tokens: Sequence[Token], phrase: TimePhrase, connector: re.Pattern[str]
) -> LeadingTime | None:
    """The longest list of times that begins with the phrase, if a connector follows it."""
    has_comma = tokens[phrase.end - 1].typed.endswith(",")
    if not has_comma and not _LIST_CONTINUES.match(_split(tokens, phrase.end).rest):
        return None
    for end in range(min(len(tokens), phrase.end + _MAX_LISTED_WORDS), phrase.end, -1):
        leading = _split(tokens, end)
        if listed_times(leading.when) and connector.match(leading.rest):
            return leading
    return None


def _with_bare_hour(leading: LeadingTime, phrase: TimePhrase) -> LeadingTime:
    """With a number as the hour: "tomorrow 8 to call Ann"."""
    hour = _BARE_HOUR.match(leading.rest.lstrip())
    if hour is None or not phrase.dated or phrase.timed:
        return leading
    return LeadingTime(when=f"{leading.when} at {hour[1]}", rest=leading.rest.lstrip()[hour.end() :])


def _has_time(what: str) -> bool:
    """Whether a time is among the words that says when, and not which: "la réunion de vendredi"."""
    tokens = tokens_of(what)
    phrase = next(find_time_phrases(sentence_of(tokens)), None)
    return phrase is not None and not (phrase.first and _OF.fullmatch(tokens[phrase.first - 1].word))


def _is_to_do(what: str) -> bool:
    """Whether the words are clearly a task: with a date or time, or beginning with a verb."""
    tokens = tokens_of(what)
    phrases = [*find_time_phrases(sentence_of(tokens))]
    dated = any(when.dated or when.clock or (when.hour and when.lead == "at") for when in phrases)
    return len(tokens) > 1 and (dated or tokens[0].word in TASK_VERBS)
