from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, clean_strictly, language_tag, truncate, well_formed, without_hidden
from tests.core.words.hostile import BOMBS, hostile_text

KEPT = [
    "👩‍👩‍👧",
    "👨🏽‍❤️‍💋‍👨🏽",
    "👩🏽‍🚀",
    "🏴‍☠️",
    "🏳️‍🌈",
    "🏳️‍⚧️",
    "👁️‍🗨️",
    "🐻‍❄️",
    "🧑‍🤝‍🧑",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "🇩🇪🇫🇷",
    "1️⃣ #️⃣ *️⃣",
    "می‌خواهم نان بخرم",
    "نامه‌ای به کار‌ها",
    "ක්‍රිකට්",
    "ന്‍",
    "र्‍य क्‌ष",
    "র‍্যাব",
    "*bold* _it_ ~no~ `code` <b>x</b> &amp; [a](b) ||c|| \\n",
]
LOST = [
    ("a\u200cb می\u200c", "ab می"),
    ("می\u200c\u200c\u200dخواهم", "می\u200cخواهم"),
    ("\u200d👩 👩\u200d\u200d👧", "👩 👩\u200d👧"),
    ("Pay\U000e0067\U000e0062\U000e007f 🏴\U000e0067\U000e0062 rent", "Pay 🏴 rent"),
    ("🏴" + "".join(chr(0xE0000 + ord(c)) for c in "payevil") + "\U000e007f", "🏴"),
    ("a\ufe0fb\ufe0e", "ab"),
    ("آ\u202eب\u2067", "آب"),
]


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
        *((text, text) for text in KEPT),
        *LOST,
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
        ("abc🏴󠁧󠁢󠁳󠁣󠁴󠁿d", 8, "abc…"),
        ("abc🏴‍☠️d", 6, "abc…"),
        ("abcd1️⃣xyz", 6, "abcd…"),
        ("abcdक्षि", 7, "abcd…"),
        ("abc👩" + "\u200d👩" * 60, 40, "abc👩" + "\u200d👩" * 17 + "…"),
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
    joined = re.sub("[\u200c\u200d\U000e0030-\U000e007f]", "", cleaned)
    assert {unicodedata.category(character) for character in joined}.isdisjoint(
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


@pytest.mark.parametrize("typed", [*KEPT, *(typed for typed, _ in LOST)])
def test_what_no_person_typed_has_no_character_without_width(typed: str) -> None:
    strict = clean_strictly(typed, 100)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]", strict)
    assert clean_strictly(strict, 100) == strict


@given(hostile_text, st.integers(0, 80))
def test_a_text_is_made_to_fit_and_one_that_fits_stays(typed: str, limit: int) -> None:
    fitted = truncate(typed, limit)
    assert len(fitted) <= limit
    assert fitted == typed or len(typed) > limit


def test_what_is_shown_once_more_keeps_its_spaces_and_lines() -> None:
    assert without_hidden("62\u202f% \u00a0of\n  it") == "62\u202f% \u00a0of\n  it"
    assert without_hidden("a\0b\u202ec\u200bd") == "abcd"
