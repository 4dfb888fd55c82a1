"""A language is found by its name in any of the languages that oO speaks, and by its tag."""

from __future__ import annotations

import pytest

from bot.languages.active import speaking
from bot.languages.language import Language
from bot.languages.names import name_of, own_name, tag_named


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("deutsch", "de"),
        ("auf Deutsch", "de"),
        ("in German, please", "de"),
        ("GERMAN", "de"),
        ("DE", "DE"),
        ("de-AT", "de-AT"),
        ("Englisch", "en"),
        ("Französisch", "fr"),
        ("klingon", "tlh"),
        ("Klingonisch", "tlh"),
        ("italian", "it"),
        ("english or klingon", "en"),
        ("xyzzy", None),
        ("", None),
        ("💥", None),
    ],
)
def test_a_language_is_found_by_its_names(typed: str, tag: str | None) -> None:
    assert tag_named(typed) == tag


def test_a_language_is_named_in_its_own_words_and_in_others() -> None:
    assert own_name("de") == "Deutsch"
    assert name_of("de-AT") == "German"
    with speaking(Language(code="de")):
        assert (name_of("en"), name_of("tlh"), name_of("qq")) == ("Englisch", "Klingonisch", "qq")
