"""Reminders: "remind me tomorrow at 8 to call Ann"; the time may precede the task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.words.dates.phrases import TimePhrase, find_time_phrases
from core.words.dates.sentence import Token, sentence_of, tokens_of
from core.words.dates.vocabulary import TASK_VERBS
from core.words.listed_times import listed_times
from core.words.phrasebooks.es import wishes as es
from core.words.sayings import joined
from core.words.task_text import spanish_infinitive, task_text

_MAX_LISTED_WORDS = 12  # words that may be listed after the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderOpening:
    """A text that begins with "remind me" in some form."""

    rest: str
    """The text after it."""
    connector: re.Pattern[str]
    """Matches the words between a time and the task: *to*, *daran*, *de*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A parsed reminder."""

    what: str
    """The task; empty if only a time was given."""
    when: str = ""
    """The words of a time before the task."""


def reminder_opening(text: str) -> ReminderOpening | None:
    """The text without "remind me"; None if it does not begin with it."""
    for opening, connector in _REMINDERS:
        if found := opening.match(text):
            inside = found.groupdict().get("verb_last")  # "kannst du mich morgen daran erinnern, …"
            rest = text[found.end() :]
            return ReminderOpening(rest=f"{inside}, {rest}" if inside else rest, connector=connector)
    return None


def read_reminder(opening: ReminderOpening) -> Reminder | None:
    """The task and its time; None if they are not certain, or the text is a question."""
    begun = opening.rest.lstrip(_PUNCTUATION)
    leading = split_leading_time(begun, opening.connector) or split_leading_time(
        _FOR.sub("", begun), opening.connector
    )
    left = leading.rest if leading else opening.rest
    if leading and _LIST_CONTINUES.match(left):
        return None  # "at 9 or 10 to …"
    connector = opening.connector.match(f"{left} ")
    what = task_text(left[connector.end() if connector else 0 :])
    if connector and opening.connector is _SPANISH_CONNECTOR and _QUE.search(connector[0]):
        what = spanish_infinitive(what)
    if NOT_A_TASK.fullmatch(what) or QUESTION.fullmatch(what):
        return None
    if leading:
        return Reminder(what=what, when=leading.when.lower())
    may_begin = opening.connector is _SPANISH_CONNECTOR or not _TIME_CLAUSE_FIRST.fullmatch(what)
    is_clear = connector or _TO_GERMAN.fullmatch(left.strip(" .!")) or (_is_to_do(what) and may_begin)
    return Reminder(what=what) if what and is_clear else None


def uncertain_title(opening: ReminderOpening) -> str:
    """A title for an uncertain reminder: "feed the cat when I get home"."""
    if opening.connector is _SPANISH_CONNECTOR:  # "de" is no connector of a clause, but of nouns
        return task_text(opening.rest)
    time_clause_first = _TIME_CLAUSE_FIRST.fullmatch(opening.rest.strip(_PUNCTUATION))
    return (
        f"{task_text(time_clause_first[2])} {time_clause_first[1]}"
        if time_clause_first
        else task_text(opening.rest)
    )


ASKED_FOR = re.compile(
    r"(?:can|could|will|would|kannst|könntest|würdest|peux|pourrais|tu|pouvez|pourriez|est-ce que"
    rf"|{es.ASKED_FOR})[ -]",
    re.IGNORECASE,
)
_PLEASE = r"(?:please |pls |plz |kindly )?"
REQUEST = (
    rf"(?:(?:can|could|will|would) (?:you|u) {_PLEASE}"
    rf"|i(?: want|'d like| would like| need) you to {_PLEASE})?"
)
_MARKS = r"[\s,:;–-]*"
# The noun alone begins a wish only before a mark, a time or a connector: not in "Reminder app review".
_BEFORE_TIME_OR_CONNECTOR = (
    r"(?=\s*[:,–-]|\s+(?:\d|to|about|of|that|for|at|on|in|every|today|tonight|tomorrow"
    r"|an|daran|für|um|am|jeden|heute|morgen|de|à|le|pour|chaque|dans|demain|ce soir)\b| d['’])"
)
_A_REMINDER = r"(?:a |an |another |one |new |quick )*(?:reminder|alarm)s?(?: for me)?"


def _opening(*patterns: str) -> re.Pattern[str]:
    """One of the patterns at the beginning of a text, up to the end of a word."""
    begins = joined(*patterns)
    return re.compile(rf"(?:{begins})(?!\w|['’]\w)", re.IGNORECASE)


def _connector(*words: str) -> re.Pattern[str]:
    """One of the words, or a mark, between the wish and the task."""
    return re.compile(rf"{_MARKS}(?:(?:{'|'.join(words)})|(?<=[:,;–-])\s*)", re.IGNORECASE)


_SPANISH_CONNECTOR, _QUE = _connector(*es.CONNECTORS), re.compile(r"que[\s,:]*$", re.IGNORECASE)
_REMINDERS = (
    (
        _opening(
            rf"{REQUEST}(?:remind ?(?:me|us)|(?:ping|nudge|alert|notify|buzz) me)(?: again| please| also)?",
            rf"{REQUEST}(?:text|message|tell|let) (?:me|us)(?: know)?"
            r"(?= (?:at|in|on|by|tomorrow|tonight|today|every|this|next)\b)",
            rf"{REQUEST}(?:set|create|make|add|schedule|put|give)(?: me)?(?: up| in)? {_A_REMINDER}",
            r"i (?:want|need|would like) (?:to be reminded|a reminder)",
            rf"(?:new |another )?reminder{_BEFORE_TIME_OR_CONNECTOR}",
        ),
        _connector(r"(?:to|about|of|that|for(?: me)?(?: to)?)[\s,:]+", r"(?=not to\s)"),
    ),
    (
        _opening(
            r"erinner(?:e|t|st du|n sie)? (?:mich|uns)(?: bitte)?(?: mal)?(?: noch ?mal)?",
            r"(?:(?:(?:kannst|könntest|würdest|willst|magst) du|denke? (?:bitte )?(?:daran|dran),?"
            r"|vergiss nicht,?) (?:mich|uns)|ich (?:möchte|will|würde gerne?)) (?:bitte )?"
            r"(?:(?P<verb_last>.+?) )?(?:zu )?erinner(?:n|t werden)",
            r"(?:erstelle?|stelle?|mache?|setze?|lege?)(?: mir)? (?:einen? )?(?:neuen? )?"
            r"(?:erinnerung(?: an)?|wecker(?: auf)?)",
            rf"(?:neue )?erinnerung{_BEFORE_TIME_OR_CONNECTOR}",
        ),
        _connector(r"(?:daran|dran|ans?|für|dass(?= ich)|zu[rm]?)[\s,:]+"),
    ),
    (
        _opening(
            r"rappel(?:le|les|lez|er)[- ](?:moi|nous)|fai(?:s|tes)[- ](?:moi|nous) penser",
            r"(?:peux[- ]tu|tu peux|pourrais[- ]tu|tu pourrais|(?:pouvez|pourriez)[- ]vous"
            r"|est-ce que tu peux|(?:pense|n'oublie pas) (?:à|de))"
            r" me (?:rappeler|faire penser)|je (?:voudrais|veux|souhaite) que tu me rappelles",
            r"(?:mets|crée|ajoute|programme|mettre|créer)(?:[- ]moi)? (?:une? )?(?:nouveau |nouvelle )?"
            r"(?:rappel|alarme)(?: pour)?"
            rf"|(?:nouveau )?rappel{_BEFORE_TIME_OR_CONNECTOR}",
        ),
        _connector(r"(?:de|du|à|au|que|pour)[\s,:]+", "(?:d|qu)['’]"),
    ),
    (_opening(*es.REMINDERS), _SPANISH_CONNECTOR),
)
_PUNCTUATION = " ,:;–-"
_LIST_CONTINUES = re.compile(r"[\s,]*(?:and|or|und|oder|et|ou|y|&)\b|\s*&", re.IGNORECASE)
_TIME_CLAUSE_FIRST = re.compile(
    r"(?!(?:to|about|of|that|an|daran|de|que)\b)(.+?),? (?:to |daran,? |de |(?=d['’]))(.+)", re.IGNORECASE
)
_TO_GERMAN = re.compile(r"(?:\S+ )+(?:(?:\w+zu|zu )[a-zäöüß]+n)", re.IGNORECASE)
"""Words with "zu": they need no "daran" before them ("erinnere mich, Mama anzurufen")."""

_FOR = re.compile(r"^(?:for|für|pour) ", re.IGNORECASE)
_REWRITES = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"^(?:around|gegen|vers) (?=\d)", "at "),
        (r"^(?:some ?time|later|später|plus tard) (?=\w)", ""),
    )
)
_BARE_HOUR = re.compile(r"^(\d{1,2}),? (?=(?:to|about|that|daran|an|de|à) |d['’])", re.IGNORECASE)
# Questions to oO, and words that are no task.
QUESTION = re.compile(
    r"(?:what|when|where|who|whom|whose|why|how|which|whether|if"
    r"|was|wann|wo|wer|wen|warum|wieso|wie|welche[rsnm]?|ob|wenn"
    r"|que|qui|quoi|quand|où|pourquoi|comment|quel(?:le)?s?|ce qu['’e]|si"
    rf"|{es.QUESTION})\b.*",
    re.IGNORECASE,
)
NOT_A_TASK = re.compile(
    r"(?:(?:about|of|to|for|an|à|de) )?(?:it|this|that|them|me|you|us|him|her|myself|yourself|something"
    r"|anything|everything|nothing|later|again|es|das|dies|mich|dich|uns|etwas|was|alles|später"
    r"|daran|dran|ça|cela|moi|toi|nous|quelque chose|tout|plus tard"
    rf"|{es.NOT_A_TASK})"
    r"(?: (?:one|tip|again|later|please|wieder|encore))?",
    re.IGNORECASE,
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


def _is_to_do(what: str) -> bool:
    """Whether the words are clearly a task: with a date or time, or beginning with a verb."""
    tokens = tokens_of(what)
    dated = any(when.dated or when.clock for when in find_time_phrases(sentence_of(tokens)))
    return len(tokens) > 1 and (dated or tokens[0].word in TASK_VERBS)
