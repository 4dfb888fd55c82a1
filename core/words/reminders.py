"""Reminders: "remind me tomorrow at 8 to call Ann"; the time may come before what is to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.words.dates.phrases import When, whens
from core.words.dates.sentence import Token, sentence_of, tokens_of
from core.words.dates.vocabulary import DEEDS
from core.words.deeds import deed
from core.words.sayings import saying
from core.words.several import listed_times

_LONGEST_LIST = 12  # words that may be listed after the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What follows "remind me", and what may stand between a time and what is to be done."""

    rest: str
    connector: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What is to be done, empty when only a time was said; ``when``: the words for a time before it."""

    what: str
    when: str = ""


def opened(text: str) -> Opened | None:
    """The text without "remind me"; None where it does not begin so."""
    for opening, connector in _REMINDERS:
        if found := opening.match(text):
            inside = found.groupdict().get("verb_last")  # "kannst du mich morgen daran erinnern, …"
            rest = text[found.end() :]
            return Opened(rest=f"{inside}, {rest}" if inside else rest, connector=connector)
    return None


def read_reminder(said: Opened) -> Reminder | None:
    """What is to be done, and when; None when that is not certain, or oO was asked something."""
    begun = said.rest.lstrip(_STOPS)
    led = led_by_time(begun, said.connector) or led_by_time(_FOR.sub("", begun), said.connector)
    left = led.rest if led else said.rest
    if led and _LISTS.match(left):
        return None  # "at 9 or 10 to …"
    joint = said.connector.match(f"{left} ")
    what = deed(left[joint.end() if joint else 0 :])
    if NOTHING.fullmatch(what) or ASKS.fullmatch(what):
        return None
    if led:
        return Reminder(what=what, when=led.when.lower())
    is_clear = joint or (_is_to_do(what) and not _TURNED.fullmatch(what))
    return Reminder(what=what) if what and is_clear else None


def doubtful(said: Opened) -> str:
    """A title for what is not certain: "feed the cat when I get home"."""
    turned = _TURNED.fullmatch(said.rest.strip(_STOPS))
    return f"{deed(turned[2])} {turned[1]}" if turned else deed(said.rest)


ASKED_FOR = re.compile(
    r"(?:can|could|will|would|kannst|könntest|würdest|peux|pourrais|tu|pouvez|pourriez|est-ce que)[ -]",
    re.IGNORECASE,
)
_PLEASE = r"(?:please |pls |plz |kindly )?"
REQUEST = (
    rf"(?:(?:can|could|will|would) (?:you|u) {_PLEASE}"
    rf"|i(?: want|'d like| would like| need) you to {_PLEASE})?"
)
_MARKS = r"[\s,:;–-]*"
# The mere noun opens a wish before a mark, a time or what stands between: not in "Reminder app review".
_FOLLOWED = (
    r"(?=\s*[:,–-]|\s+(?:\d|to|about|of|that|for|at|on|in|every|today|tonight|tomorrow"
    r"|an|daran|für|um|am|jeden|heute|morgen|de|à|le|pour|chaque|dans|demain|ce soir)\b| d['’])"
)
_A_REMINDER = r"(?:a |an |another |one |new |quick )*(?:reminder|alarm)s?(?: for me)?"


def _opening(*patterns: str) -> re.Pattern[str]:
    """What a text begins with: one of the patterns and the end of a word."""
    return re.compile(rf"(?:{saying(*patterns).pattern})(?!\w|['’]\w)", re.IGNORECASE)


def _connector(*words: str) -> re.Pattern[str]:
    """One of the words, or a mark, between the wish and what is to be done."""
    return re.compile(rf"{_MARKS}(?:(?:{'|'.join(words)})|(?<=[:,;–-])\s*)", re.IGNORECASE)


_REMINDERS = (
    (
        _opening(
            rf"{REQUEST}(?:remind ?(?:me|us)|(?:ping|nudge|alert|notify|buzz) me)(?: again| please| also)?",
            rf"{REQUEST}(?:text|message|tell|let) (?:me|us)(?: know)?"
            r"(?= (?:at|in|on|by|tomorrow|tonight|today|every|this|next)\b)",
            rf"{REQUEST}(?:set|create|make|add|schedule|put|give)(?: me)?(?: up| in)? {_A_REMINDER}",
            r"i (?:want|need|would like) (?:to be reminded|a reminder)",
            rf"(?:new |another )?reminder{_FOLLOWED}",
        ),
        _connector(r"(?:to|about|of|that|for(?: me)?(?: to)?)[\s,:]+", r"(?=not to\s)"),
    ),
    (
        _opening(
            r"erinner(?:e|t|st du|n sie)? (?:mich|uns)(?: bitte)?(?: mal)?(?: noch ?mal)?",
            r"(?:(?:(?:kannst|könntest|würdest|willst|magst) du|denke? (?:bitte )?(?:daran|dran),?"
            r"|vergiss nicht,?) (?:mich|uns)|ich (?:möchte|will|würde gerne?)) (?:bitte )?"
            r"(?P<verb_last>.+?) (?:zu )?erinner(?:n|t werden)",
            r"(?:erstelle?|stelle?|mache?|setze?|lege?)(?: mir)? (?:einen? )?(?:neuen? )?"
            r"(?:erinnerung(?: an)?|wecker(?: auf)?)",
            rf"(?:neue )?erinnerung{_FOLLOWED}",
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
            rf"|(?:nouveau )?rappel{_FOLLOWED}",
        ),
        _connector(r"(?:de|du|à|au|que|pour)[\s,:]+", "(?:d|qu)['’]"),
    ),
)
_STOPS = " ,:;–-"
_LISTS = re.compile(r"[\s,]*(?:and|or|und|oder|et|ou|&)\b|\s*&", re.IGNORECASE)
_TURNED = re.compile(
    r"(?!(?:to|about|of|that|an|daran|de|que)\b)(.+?),? (?:to |daran,? |de |(?=d['’]))(.+)", re.IGNORECASE
)
_FOR = re.compile(r"^(?:for|für|pour) ", re.IGNORECASE)
_REWRITES = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"^(?:around|gegen|vers) (?=\d)", "at "),
        (r"^(?:some ?time|later|später|plus tard) (?=\w)", ""),
    )
)
_BARE_HOUR = re.compile(r"^(\d{1,2}),? (?=(?:to|about|that|daran|an|de|à) |d['’])", re.IGNORECASE)
# A question to oO, or nothing that could be done.
ASKS = re.compile(
    r"(?:what|when|where|who|whom|whose|why|how|which|whether|if"
    r"|was|wann|wo|wer|wen|warum|wieso|wie|welche[rsnm]?|ob|wenn"
    r"|que|qui|quoi|quand|où|pourquoi|comment|quel(?:le)?s?|ce qu['’e]|si)\b.*",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"(?:(?:about|of|to|for|an|à|de) )?(?:it|this|that|them|me|you|us|him|her|myself|yourself|something"
    r"|anything|everything|nothing|later|again|es|das|dies|mich|dich|uns|etwas|was|alles|später"
    r"|daran|dran|ça|cela|moi|toi|nous|quelque chose|tout|plus tard)"
    r"(?: (?:one|tip|again|later|please|wieder|encore))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """A time at the beginning, and the rest with the mark that stood between them."""

    when: str
    rest: str


def led_by_time(text: str, connector: re.Pattern[str]) -> Led | None:
    """The time that the text begins with, and what follows; ``connector`` may stand between the two."""
    for pattern, words in _REWRITES:
        text = pattern.sub(words, text)
    tokens = tokens_of(text)
    run = next(whens(sentence_of(tokens)), None)
    if run is None or run.first:
        return None
    return _list_of_times(tokens, run, connector) or _with_hour(_split(tokens, run.end), run)


def _split(tokens: Sequence[Token], end: int) -> Led:
    typed = " ".join(token.typed for token in tokens[:end])
    when = typed.rstrip(_STOPS)
    return Led(when=when, rest=" ".join((typed[len(when) :], *(token.typed for token in tokens[end:]))))


def _list_of_times(tokens: Sequence[Token], run: When, connector: re.Pattern[str]) -> Led | None:
    """The longest list of times that begins with the run, if what is to be done follows it."""
    if not _LISTS.match(_split(tokens, run.end).rest) and not tokens[run.end - 1].typed.endswith(","):
        return None
    for end in range(min(len(tokens), run.end + _LONGEST_LIST), run.end, -1):
        led = _split(tokens, end)
        if listed_times(led.when) and connector.match(led.rest):
            return led
    return None


def _with_hour(led: Led, run: When) -> Led:
    """… with a bare hour: "tomorrow 8 to call Ann"."""
    hour = _BARE_HOUR.match(led.rest.lstrip())
    if hour is None or not run.dated or run.timed:
        return led
    return Led(when=f"{led.when} at {hour[1]}", rest=led.rest.lstrip()[hour.end() :])


def _is_to_do(what: str) -> bool:
    """Whether the words say by themselves that something is to be done, and when or what."""
    tokens = tokens_of(what)
    dated = any(when.dated or when.clock for when in whens(sentence_of(tokens)))
    return len(tokens) > 1 and (dated or tokens[0].word in DEEDS)
