"""Words that mean a button of the message shown last: "yes", "no", "next", "back"."""

from __future__ import annotations

import re

from core.text import clean
from core.words.phrasebooks.books import requests, talk
from core.words.phrasebooks.patterns import lazy_phrase
from core.words.replies import is_no_value
from core.words.sayings import FINAL_MARKS

MAX_BUTTON_WORDS = 40  # code points

_AROUND_A_LABEL = requests.words("STOP_WORDS") | talk.words("AROUND_A_LABEL")
_YES = lazy_phrase("[✅✔☑👍]\ufe0f?[\U0001f3fb-\U0001f3ff]?", *talk.REPLY_YES)
_NO = lazy_phrase("[❌✖👎]\ufe0f?[\U0001f3fb-\U0001f3ff]?", *talk.REPLY_NO)
_NEXT_PAGE = lazy_phrase(*talk.NEXT_PAGE)
_PREVIOUS_PAGE = lazy_phrase(*talk.PREVIOUS_PAGE)


def is_yes(text: str) -> bool:
    """Whether the text only agrees: "yes", "ja bitte", "vas-y"."""
    return bool(_YES.fullmatch(_bare(text)))


def is_no(text: str) -> bool:
    """Whether the text only declines: "no", "nein danke", "laisse tomber"."""
    return bool(_NO.fullmatch(_bare(text))) or is_no_value(text)


def is_next_page(text: str) -> bool:
    """Whether the text asks for the next page of a list: "more", "weiter", "suivant"."""
    return bool(_NEXT_PAGE.fullmatch(_bare(text)))


def is_previous_page(text: str) -> bool:
    """Whether the text asks for the page of a list before this one: "back", "zurück"."""
    return bool(_PREVIOUS_PAGE.fullmatch(_bare(text)))


def label_words(text: str) -> list[str]:
    """The words of a label, or of what was typed, for comparison: "send it anyway" is "Send anyway"."""
    said = clean(text, MAX_BUTTON_WORDS).casefold() if len(text) <= MAX_BUTTON_WORDS else ""
    return [word for word in re.findall(r"\w+", said) if word not in _AROUND_A_LABEL]


def _bare(text: str) -> str:
    if len(text) > MAX_BUTTON_WORDS:
        return ""
    said = clean(text, MAX_BUTTON_WORDS)
    return FINAL_MARKS.sub("", said).strip("‹›<>?!. ¿¡") or said
