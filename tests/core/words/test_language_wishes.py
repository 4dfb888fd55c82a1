"""A wish for a language has the word that stands for it; other texts have none."""

from __future__ import annotations

import pytest

from core.words.language_wishes import language_wish

WISHES = {
    "speak klingon": "klingon",
    "Speak Klingon please!": "Klingon",
    "can you speak swahili?": "swahili",
    "write to me in Catalan": "Catalan",
    "change the language to basque": "basque",
    "sprich klingonisch": "klingonisch",
    "sprich bitte mit mir klingonisch": "klingonisch",
    "Sprichst du Suaheli?": "Suaheli",
    "schreib mir auf katalanisch": "katalanisch",
    "kannst du auch Baskisch?": "Baskisch",
    "parle klingon": "klingon",
    "tu parles basque ?": "basque",
    "réponds-moi en catalan, s'il te plaît": "catalan",
    "habla klingon": "klingon",
    "¿puedes escribir en catalán?": "catalán",
}


@pytest.mark.parametrize("typed", WISHES)
def test_a_wish_names_the_language(typed: str) -> None:
    assert language_wish(typed) == WISHES[typed]


@pytest.mark.parametrize(
    "typed", ["speak", "speak to Ann about klingon", "learn klingon", "klingon", "", "x" * 10_000, "write it"]
)
def test_other_texts_are_no_wish(typed: str) -> None:
    assert language_wish(typed) is None
