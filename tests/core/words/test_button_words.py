"""Words that mean a button of the message shown last."""

from __future__ import annotations

import pytest

from core.words.button_words import is_next_page, is_no, is_previous_page, is_yes


@pytest.mark.parametrize(
    "text", ["yes", "Yes please", "ja", "Ja, bitte!", "klar", "oui", "vas-y", "sí", "hazlo", "ok", "👍"]
)
def test_agrees(text: str) -> None:
    assert is_yes(text)
    assert not is_no(text)


@pytest.mark.parametrize(
    "text", ["no", "nein", "Nein, danke.", "non merci", "laisse tomber", "abbrechen", "❌"]
)
def test_declines(text: str) -> None:
    assert is_no(text)
    assert not is_yes(text)


@pytest.mark.parametrize("text", ["yesterday", "ja morgen", "no milk", "", "thanks", "yes " * 40])
def test_neither(text: str) -> None:
    assert not is_yes(text)
    assert not is_no(text)


@pytest.mark.parametrize("text", ["more", "Weiter", "weiter ›", "suivant", "next page", "siguiente", "mehr"])
def test_the_next_page(text: str) -> None:
    assert is_next_page(text)
    assert not is_previous_page(text)


@pytest.mark.parametrize("text", ["back", "‹ Zurück", "précédent", "anterior"])
def test_the_page_before(text: str) -> None:
    assert is_previous_page(text)
    assert not is_next_page(text)


@pytest.mark.parametrize("text", ["more milk", "weiterbildung", ""])
def test_no_page(text: str) -> None:
    assert not is_next_page(text)
    assert not is_previous_page(text)
