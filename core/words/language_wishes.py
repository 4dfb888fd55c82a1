"""A wish for a language of any name: ``speak klingon``, ``sprich bitte klingonisch``.

The languages that people often ask for are in ``core/words/asks.py``. Whether the word is the name of a
language is for the caller to find out.
Tests: tests/core/words/test_language_wishes.py.
"""

from __future__ import annotations

from core.text import clean
from core.words.sayings import POLITE_END, POLITE_START, lazy_phrase

_NAME = r"([^\W\d_]{4,})"

_WISH = lazy_phrase(
    r"(?:please )?(?:(?:can|could|do|would|will) (?:you|u) )?(?:please |also )?"
    rf"(?:speak|talk|write|answer|reply|respond|text|understand)(?: to)?(?: me)?(?: back)?(?: in)? {_NAME}",
    rf"(?:switch|change)(?: (?:the|your|my) language)? (?:to|into) {_NAME}",
    rf"(?:(?:kannst|könntest|würdest) du )?(?:schreibe?|antworte?|sprich|rede?|spreche?|sprichst du|kannst"
    rf" du)(?: (?:bitte|mit mir|mir|zu mir|auch|jetzt))*(?: (?:auf|in))? {_NAME}"
    r"(?: (?:mit mir|sprechen|schreiben))?",
    rf"(?:kannst|könntest|würdest) du(?: (?:bitte|mit mir|mir|auch))*(?: (?:auf|in))? {_NAME}"
    r" (?:sprechen|schreiben|antworten|reden)",
    r"(?:(?:peux|pourrais)-tu |tu peux )?(?:me )?(?:parle[rz]?|tu parles|parles-tu|écris|écrire|réponds"
    rf"|répondre)(?:-moi)?(?: aussi)?(?: en)? {_NAME}(?: avec moi)?",
    r"(?:¿ ?)?(?:puedes |podrías )?(?:habla[rs]?|háblame|escribe|escríbeme|escribir(?:me)?|responde|contesta)"
    rf"(?: en)? {_NAME}",
)

MAX_READ = 100
"""Code points of a text that are read."""


def language_wish(text: str) -> str | None:
    """The word that stands where a language is wished for; None if the text is no such wish."""
    if len(text) > MAX_READ:
        return None
    bare = POLITE_END.sub("", POLITE_START.sub("", clean(text, MAX_READ).rstrip(" .!?")))
    found = _WISH.fullmatch(bare.strip(" .,!?"))
    return next(filter(None, found.groups())) if found else None
