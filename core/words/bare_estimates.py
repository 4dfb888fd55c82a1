"""An estimate in a task without any word for it: "call Bob friday 30 min", "1h dentist tomorrow #health".

It is taken only in a text with a date or a mark, and only beside these or at an edge of the text, as
priorities are. A time of day ("demain 9h") and an amount within the title ("buy a 2h ticket") are none.

Tests: tests/core/words/test_bare_estimates.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.words.dates.phrases import TimePhrase, find_time_phrases
from core.words.dates.sentence import Token, sentence_of, tokens_of
from core.words.estimates import minutes_of
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_TEXT = 400
"""Code points of a text in which such an estimate is looked for."""

_UNIT = one_of(("h", *wishes.ESTIMATE_UNITS))
_MINUTES = one_of(wishes.ESTIMATE_MINUTES)
_NUMBER = r"(?:[~≈]\s?)?\d{1,3}(?:[.,]\d{1,2})?"
_ENDS = r"(?=[,;:.!]?(?:\s|$))"
_AMOUNTS = tuple(
    lazy_pattern(rf"(?<!\S)(?:{amount}){_ENDS}")
    for amount in (
        rf"{_NUMBER}\s?(?:{_UNIT})\s?\d{{1,2}}\s?(?:{_MINUTES})",
        rf"{_NUMBER}h\d{{2}}",
        rf"{_NUMBER}\s?(?:{_UNIT})|{one_of(wishes.ESTIMATES_IN_WORDS)}",
    )
)
_MAX_HOURS = 6
"""Of "1h 30min"; more hours are a time of day."""

_MARK = lazy_pattern(r"(?:[#@+][^\W\d_][\w/-]*|p[1-4]|!{1,3})[.,;]?")
_NO_CLOCK = lazy_pattern(rf"\d*(?:{one_of(wishes.UNITS_OF_NO_CLOCK)})[,;:.!]?")
_NOT_AFTER = wishes.words("NO_ESTIMATE_BESIDE_BEFORE")
_NOT_BEFORE = wishes.words("NO_ESTIMATE_BESIDE_AFTER")
_BEFORE_DATES = wishes.words("BEFORE_DATES")


@dataclass(frozen=True, slots=True, kw_only=True)
class BareEstimate:
    """A text without the amount that was in it."""

    text: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """Tokens that are an amount."""

    first: int
    end: int
    """Index after the last."""
    minutes: int


def bare_estimate(text: str, activities: frozenset[str]) -> BareEstimate | None:
    """The estimate and the rest of the text; None if it has none.

    What one does for a time ("walk 20 minutes tomorrow") keeps its amount: ``activities`` are such words.
    """
    if len(text) > MAX_TEXT or (_AMOUNTS[-1].search(text) is None and _AMOUNTS[1].search(text) is None):
        return None
    tokens = tokens_of(text)
    phrases = [one for one in find_time_phrases(sentence_of(tokens)) if one.dated or one.timed]
    spans = [span for span in _spans(text, tokens) if _is_apart(span, tokens, phrases)]
    for span in spans:
        if _is_estimate(span, tokens, _details(span, tokens, phrases), activities):
            left = " ".join(token.typed for token in (*tokens[: span.first], *tokens[span.end :]))
            return BareEstimate(text=left.strip(" ,;:–-"), minutes=span.minutes)
    return None


def _spans(text: str, tokens: Sequence[Token]) -> list[_Span]:
    """The amounts, those of two parts ("1h 30min") first."""
    spans = []
    for found in (found for pattern in _AMOUNTS for found in pattern.finditer(text)):
        first = len(text[: found.start()].split())
        end, minutes = first + len(found[0].split()), minutes_of(found[0])
        if minutes and " ".join(token.typed for token in tokens[first:end]).startswith(found[0].strip()):
            spans.append(_Span(first=first, end=end, minutes=minutes))
    return spans


def _is_apart(span: _Span, tokens: Sequence[Token], phrases: Sequence[TimePhrase]) -> bool:
    """Whether it is no part of a date. "9 Uhr 30" is one, but not in "9 Uhr 30 min"."""
    for one in phrases:
        if one.first <= span.first < one.end:
            if one.after or one.ago:
                return False
            ends_in_unit = span.end == one.end and _NO_CLOCK.fullmatch(tokens[span.end - 1].typed)
            return span.first > one.first and (bool(ends_in_unit) or _is_cut(span, tokens, one))
    return True


def _is_cut(span: _Span, tokens: Sequence[Token], phrase: TimePhrase) -> bool:
    """Whether only its beginning was taken for a part of the date; "9h" of "9h 30 min" is a time."""
    if span.end <= phrase.end or span.end - span.first != 2:
        return False
    first = tokens[span.first].typed
    return first.isdigit() or (first[0].isdigit() and int(re.split(r"\D", first)[0]) <= _MAX_HOURS)


def _details(span: _Span, tokens: Sequence[Token], phrases: Sequence[TimePhrase]) -> set[int]:
    """The positions of dates and marks."""
    dated = {place for one in phrases for place in range(one.first, one.end)}
    marked = {place for place, token in enumerate(tokens) if _MARK.fullmatch(token.typed)}
    return (dated | marked) - set(range(span.first, span.end))


def _is_estimate(span: _Span, tokens: Sequence[Token], details: set[int], activities: frozenset[str]) -> bool:
    before, after = range(span.first), range(span.end, len(tokens))
    title = [place for place in (*before, *after) if place not in details]
    is_at_edge = all(place in details for place in before) or all(place in details for place in after)
    if not details or not title or not is_at_edge or _is_other_amount(span, tokens, details):
        return False
    is_beside_title = span.first - 1 in title or (not before and span.end in title)
    return not (is_beside_title and any(_bare(tokens[place]) in activities for place in title))


def _is_other_amount(span: _Span, tokens: Sequence[Token], details: set[int]) -> bool:
    before, after = span.first - 1, span.end
    if before >= 0 and _bare(tokens[before]) in _NOT_AFTER:
        return True
    word = _bare(tokens[after]) if after < len(tokens) else ""
    return word in _NOT_BEFORE and (after not in details or word not in _BEFORE_DATES)


def _bare(token: Token) -> str:
    return token.typed.lower().strip(".,;:!")
