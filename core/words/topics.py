"""The topic that somebody names, as it is muted: "the gym, please" is "gym"."""

from __future__ import annotations

from core.text import clean
from core.words.phrasebooks.books import requests, talk
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_TOPIC = 60
"""Code points."""

_ARTICLE = lazy_pattern(rf"^(?:{one_of(requests.ARTICLES)})(?=\S)")
_FOR_GOOD = lazy_pattern(rf"(?:[ ,]+(?:{one_of(talk.MUTED_FOR_GOOD)}))+$")


def topic_in(words: str) -> str:
    """The topic in lower case, without an article and words like "again"; empty if nothing is left."""
    said = clean(words.lower(), MAX_TOPIC)
    return _FOR_GOOD.sub("", _ARTICLE.sub("", said)).strip(" .!")
