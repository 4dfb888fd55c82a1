"""A tag of any platform is a language that oO speaks."""

from __future__ import annotations

import pytest

from bot.languages.language import ENGLISH, FOLDER, Language, language_of, spoken, spoken_like, territory_of


@pytest.mark.parametrize(
    ("tag", "code", "territory"),
    [
        ("de", "de", None),
        ("DE", "de", None),
        ("de-AT", "de", "AT"),
        ("de_CH", "de", "CH"),
        ("de-Latn-CH", "de", "CH"),
        ("de-CH-1996", "de", "CH"),
        ("en-us", "en", "US"),
        ("en-001", "en", None),
        ("en", "en", None),
    ],
)
def test_of_a_tag_the_language_and_the_country_count(tag: str, code: str, territory: str | None) -> None:
    assert language_of(tag) == Language(code=code, territory=territory)


@pytest.mark.parametrize(
    "tag", [None, "", "tlh", "den", "d", "-", "de/../de", "../de", "ja-JP", "zh-Hant-TW"]
)
def test_what_oo_does_not_speak_is_english(tag: str | None) -> None:
    assert spoken_like(tag) is None
    assert language_of(tag) == ENGLISH


def test_english_comes_first_and_every_folder_is_a_language() -> None:
    folders = {folder.name for folder in FOLDER.iterdir() if folder.is_dir() and folder.name[0] != "_"}

    assert spoken()[0] == "en"
    assert set(spoken()) == {"en", *folders}


def test_a_tag_is_written_from_its_parts() -> None:
    assert (Language(code="de").tag, Language(code="de", territory="AT").tag) == ("de", "de-AT")
    assert territory_of("ja-JP") == "JP"
