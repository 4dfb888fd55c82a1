"""Details of a task within its text: estimate, project and notes in words; labels and projects with a mark.

A detail leaves the title. It is taken only where it is surely meant:

- an estimate after *takes*, *dauert*, *prend*, in brackets, after ``~`` or ``ca.``, at the end or before a
  date: "(30 min)". "Read for 30 minutes" keeps its words and has the estimate as well. Beside a date or a
  mark no word has to introduce it: see ``core/words/bare_estimates.py``;
- a label ``#home`` and a project ``+House`` at the edges of the title or after a date, as priorities are;
  ``@errands`` only at the end, and only for the usual contexts, as it may name a person;
- notes after `` // `` or ", note:"; ``core/words/lines.py`` reads notes on lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.words.bare_estimates import bare_estimate
from core.words.dates.phrases import find_time_phrases
from core.words.dates.sentence import Token, sentence_of, tokens_of
from core.words.estimates import minutes_of
from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.quotations import quoted_spans

MAX_NOTES = 500
"""Code points."""

_MAX_AMOUNT_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """A text without the details that were in it."""

    text: str
    minutes: int | None = None
    project: str | None = None
    notes: str | None = None


def read_details(text: str) -> Details:
    """The text without estimate, project and notes. One that holds nothing else is left as it is."""
    found = Details(text=text)
    for read in (_notes, _project, _estimate, _bare_estimate):
        shorter = read(found)
        found = shorter if any(char.isalpha() for char in shorter.text) else found
    return found


# --- Notes and project -------------------------------------------------------------------------------------

_NOTES = lazy_pattern(
    rf"(?P<text>.*?\S)(?:\s+//\s+|\s*[,;.–]\s+(?:{one_of(requests.NOTE)})\s?:\s+)(?P<notes>\S.*)"
)
_PROJECT = lazy_pattern(
    rf"(?P<text>.*\S)[,;]?\s+(?:{one_of(requests.PROJECT_NAMES)})\s?:\s?(?P<name>[^\W\d_][\w/-]{{0,39}})"
)


def _notes(details: Details) -> Details:
    found = _NOTES.fullmatch(details.text) if "//" in details.text or ":" in details.text else None
    if found is None:
        return details
    return replace(details, text=found["text"], notes=found["notes"][:MAX_NOTES])


def _project(details: Details) -> Details:
    found = _PROJECT.fullmatch(details.text) if ":" in details.text else None
    return replace(details, text=found["text"].rstrip(" ,;"), project=found["name"]) if found else details


# --- Estimate ----------------------------------------------------------------------------------------------

_AND = rf"(?:{one_of(requests.AND)})\s+"
_ALONE = one_of(wishes.THAT_ALONE)
_THAT = one_of(wishes.THAT)
_JOINT = rf"(?:(?:[,;:–-]\s+(?:{_AND})?|\s+{_AND})(?:(?:{_THAT})\s+)?|\s+(?:(?:{_ALONE})\s+)?|^)"
_AMOUNT_FOLLOWS = lazy_pattern(
    rf"(?P<takes>{_JOINT}(?:{one_of(wishes.TAKES)})\s+)"
    rf"|(?P<about>\s+(?:[~≈]\s?|(?:{one_of(wishes.CIRCA)})\s+)(?=\w))"
    rf"|(?P<comma>\s*[,;–]\s+(?:{one_of(wishes.ROUGHLY)})\s+(?=\w))"
)
_BRACKETS = lazy_pattern(r"\s*[(\[]\s*(?P<amount>[~≈\w][^()\[\]]{1,24})[)\]]")
_NOT_BEFORE = lazy_pattern(rf"(?:^|\s)(?:{one_of(wishes.NO_ESTIMATE_AFTER)})$")
_AMOUNT_MAY_BE = lazy_pattern(rf"\d|{one_of(wishes.AMOUNT_PARTS)}")


def _estimate(details: Details) -> Details:
    text = details.text
    if _AMOUNT_MAY_BE.search(text) is None:
        return details
    quoted = quoted_spans(text)
    for first, end, minutes in _estimates(text):
        inside = any(start < end and first < stop for start, stop in quoted)
        if not inside and _ends_title(text[end:]):
            left = f"{text[:first].rstrip(' ,;:–-')} {text[end:].lstrip(' ,;')}".strip()
            return replace(details, text=left, minutes=minutes)
    return details


def _estimates(text: str) -> Iterator[tuple[int, int, int]]:
    """Begin, end and minutes of what may be an estimate."""
    for found in _BRACKETS.finditer(text):
        if minutes := minutes_of(found["amount"]):
            yield found.start(), found.end(), minutes
    for found in _AMOUNT_FOLLOWS.finditer(text):
        if not _NOT_BEFORE.search(text[: found.start()].rstrip(" ,;")):
            yield from _amount_from(text, found)


def _amount_from(text: str, found: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    """The longest amount after the words that introduce it."""
    words = list(re.finditer(r"\S+", text[found.end() :]))[:_MAX_AMOUNT_WORDS]
    for last in reversed(words):
        end = found.end() + last.end()
        if minutes := minutes_of(text[found.end() : end]):
            yield found.start(), end, minutes
            return


def _ends_title(rest: str) -> bool:
    """Whether the title is over: nothing, a mark, a date, a label or a priority follows."""
    after = rest.strip(" ,;.!")
    if not after or rest.lstrip(" ")[:1] in ",;" or re.match(r"[#@+]|p[1-4]\b|!|\(|//", after):
        return True
    tokens = tokens_of(after)
    phrase = next(find_time_phrases(sentence_of(tokens)), None)
    return phrase is not None and phrase.first == 0 and (phrase.dated or phrase.timed)


def _bare_estimate(details: Details) -> Details:
    found = None if details.minutes else bare_estimate(details.text, _ACTIVITY_WORDS)
    return replace(details, text=found.text, minutes=found.minutes) if found else details


_ACTIVITY_WORDS = wishes.words("ACTIVITIES")
_LASTS = one_of(wishes.LASTING)
_LASTING = lazy_pattern(
    rf"(?:^|.*\s)(?:{_LASTS})\s+(?P<amount>.+)|\S+(?:\s+\S+)??\s+(?P<bare>\d.*?)(?:\s+(?:{one_of(wishes.LONG)}))?"
)
_FOR_AT_END = lazy_pattern(rf".+\s(?:{_LASTS})\s+(?P<amount>\S+(?:\s\S+){{0,4}})")
_LASTING_FIRST = lazy_pattern(r"(?P<amount>\d+[ -]?\w+) (?P<what>\S+)")


def minutes_of_activity(title: str, *, is_timed: bool = False) -> int | None:
    """The estimate of what is done for a time: "read for 30 minutes", "30 min run". The title stays whole.

    ``is_timed``: the task has a time of day, so "meeting for 2 hours" says how long it is.
    """
    lasting = _FOR_AT_END.fullmatch(title) if is_timed else None
    if lasting and (minutes := minutes_of(lasting["amount"])):
        return minutes
    words = {word.strip(".,") for word in title.lower().split()}
    if not _ACTIVITY_WORDS & words or not any(char.isdigit() for char in title):
        return None
    if first := _LASTING_FIRST.fullmatch(title):
        return minutes_of(first["amount"].replace("-", " "))
    found = _LASTING.fullmatch(title)
    return minutes_of(found["amount"] or found["bare"]) if found else None


# --- Labels and projects with a mark -----------------------------------------------------------------------

_LABEL = re.compile(r"#([^\W\d_][\w/-]{0,39})[.,;]?")
_CONTEXT = re.compile(r"@([^\W\d_][\w/-]{0,39})[.,;]?")
_PLUS = re.compile(r"\+([^\W\d_][\w/-]{0,39})[.,;]?")
_KNOWN_CONTEXTS = wishes.words("CONTEXTS")
_COLOUR_WORDS = lazy_pattern(one_of(wishes.COLOUR_WORDS))
_HEX = lazy_pattern(r"#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})[.,;]?")
_WORDS_BEFORE_A_NAME = wishes.words("WORDS_BEFORE_A_NAME")
_SHOPPING = wishes.words("SHOPPING")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word that is a label or a project."""

    label: str | None = None
    project: str | None = None


def mark_of(place: int, tokens: tuple[Token, ...]) -> Mark | None:
    """The label or project that the token may be, by itself and the words around it; else None."""
    typed = tokens[place].typed
    if typed[0] not in "#@+":
        return None
    before = tokens[place - 1].typed.lower().strip(".,;:") if place else ""
    if before in _WORDS_BEFORE_A_NAME:
        return None
    if found := _LABEL.fullmatch(typed):
        return None if _is_colour(typed, tokens) else Mark(label=found[1])
    if (found := _CONTEXT.fullmatch(typed)) and found[1].lower() in _KNOWN_CONTEXTS:
        return Mark(label=found[1])
    found = _PLUS.fullmatch(typed)
    return Mark(project=found[1]) if found and _may_be_project(found[1], before, place, tokens) else None


def _is_colour(typed: str, tokens: tuple[Token, ...]) -> bool:
    if _HEX.fullmatch(typed) is None:
        return False
    digits = typed[1:].rstrip(".,;")
    is_plain = any(char.isdigit() for char in digits) or len(set(digits.lower())) == 1
    return is_plain or any(_COLOUR_WORDS.fullmatch(token.typed.strip(".,;:")) for token in tokens)


def _may_be_project(name: str, before: str, place: int, tokens: tuple[Token, ...]) -> bool:
    """Not a sum ("90 +VAT") and not a further thing ("buy milk +eggs")."""
    if before[:1].isdigit() or any(token.word in _SHOPPING for token in tokens):
        return False
    return name[0].isupper() or place == 0
