"""Words by which oO tells that a text is in English (``core/words/languages.py``), and names of languages.

Tests: tests/core/words/test_languages.py.
"""

from __future__ import annotations

TELLING = ""
"""Pronouns, verbs, adverbs and words of time: a title seldom has any."""

JOINING = """
    the a an and or but of to for with without from by at on i you he she we they my your me us our it
    its is are was were be been am do does did have has had can could should would will must not don't
    isn't what when why where who how which this that these those today tomorrow tonight yesterday now
    later every each next last week weeks month months day days morning evening afternoon monday tuesday
    wednesday thursday friday saturday sunday hour hours please remind buy pay send get take delete
    remove about until before after as in so if all any some war hat man no minute minutes change go ton
    son pan sol hast plus mine die once here there then just like want need let let's
"""
"""Articles, prepositions, conjunctions and common verbs: titles and names have them too."""

ENDINGS = ""
"""What may be joined to the end of a word: "samstagmorgen"."""

LANGUAGE_NAMES = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "pl": "polish",
    "tr": "turkish",
    "ru": "russian",
    "uk": "ukrainian",
    "ja": "japanese",
    "zh": "chinese",
    "ar": "arabic",
    "sv": "swedish",
    "da": "danish",
    "cs": "czech",
}
"""By their IETF tags, in lower case."""
