"""Templates are translated, and stay the same templates."""

from __future__ import annotations

import pytest

from bot.languages.for_core import SpokenLanguages
from bot.languages.language import SOURCE, spoken
from bot.screens import texts
from core.dependencies import EnglishOnly


@pytest.mark.parametrize("code", [code for code in spoken() if code != SOURCE])
def test_of_a_template_only_the_content_is_translated(code: str) -> None:
    translated = SpokenLanguages().translated(texts.TEMPLATES, code)

    for one, english in zip(translated, texts.TEMPLATES, strict=True):
        assert one.content != english.content
        assert (one.template_id, one.topic, one.when) == (english.template_id, english.topic, english.when)


@pytest.mark.parametrize("tag", [None, "en", "en-US", "tlh"])
def test_everybody_else_gets_the_english_ones(tag: str | None) -> None:
    assert SpokenLanguages().translated(texts.TEMPLATES, tag) == texts.TEMPLATES
    assert SpokenLanguages().english_name(tag) is None
    assert EnglishOnly().translated(texts.TEMPLATES, tag) == texts.TEMPLATES
    assert EnglishOnly().english_name(tag) is None


def test_a_language_model_reads_the_english_name() -> None:
    names = [SpokenLanguages().english_name(tag) for tag in ("de", "fr-CA", "es")]
    assert names == ["German", "French", "Spanish"]
