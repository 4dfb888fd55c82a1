from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.words.text import clean, language_tag, well_formed
from tests.core.words.hostile import BOMBS, hostile_text


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Pay\t the\r\nrent ", "Pay the rent"),
        ("cafe\u0301", "café"),
        ("a\u202eb\u2066c\u200bd\u200ce\ufefff\u00adg", "abcdefg"),
        ("a\x00b\x07c\x9fd", "abcd"),
        ("a\ud83db", "ab"),
        ("👩‍👧 and 🏳️‍🌈", "👩‍👧 and 🏳️‍🌈"),
        ("a\u200db 👩\u200d", "ab 👩"),
        ("👍🏽 ❤️", "👍🏽 ❤️"),
        ("Z" + "\u0301" * 50, "Ź" + "\u0301" * 3),
        ("hi\U000e0041\U000e0042 \ue000\u3164", "hi"),
        ("9\u202fUhr\u00a030", "9 Uhr 30"),
        ("Größe 日本語 العربية हिन्दी", "Größe 日本語 العربية हिन्दी"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_goes_and_the_rest_stays(typed: str, cleaned: str) -> None:
    assert clean(typed, 100) == cleaned


@pytest.mark.parametrize(
    ("typed", "limit", "cut"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abc def", 5, "abc…"),
        ("abc👩‍👧‍👦d", 6, "abc…"),
        ("abcd🇩🇪🇫🇷xyz", 6, "abcd…"),
        ("abcd👍🏽xyz", 6, "abcd…"),
        ("abcdx\u0323\u0307yz", 6, "abcd…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_a_cut_never_splits_what_is_seen_as_one_character(typed: str, limit: int, cut: str) -> None:
    assert clean(typed, limit) == cut


@given(hostile_text, st.integers(0, 80))
def test_clean_text_is_normal_short_visible_and_stays_as_it_is(typed: str, limit: int) -> None:
    cleaned = clean(typed, limit)
    assert len(cleaned) <= limit
    assert unicodedata.is_normalized("NFC", cleaned)
    assert {unicodedata.category(character) for character in cleaned.replace("\u200d", "")}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    assert clean(cleaned, limit) == cleaned


@pytest.mark.parametrize(
    ("received", "stored"),
    [("a\ud83db", "a\ufffdb"), ("\udc4d\ud83d", "\ufffd\ufffd"), ("\ud83d\udc4d", "👍"), ("Zoë", "Zoë")],
)
def test_lone_halves_of_characters_are_replaced(received: str, stored: str) -> None:
    assert well_formed(received) == stored


@pytest.mark.parametrize(
    ("received", "language"),
    [("de", "de"), ("pt-BR", "pt-BR"), ("zh-Hans-CN", "zh-Hans-CN"), ("d", None), ("de_DE", None), (7, None)],
)
def test_a_language_has_the_shape_of_a_tag(received: object, language: str | None) -> None:
    assert language_tag(received) == language


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_huge_text_is_cut_down(bomb: str) -> None:
    assert len(clean(bomb, 300)) <= 300
