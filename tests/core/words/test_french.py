"""Everyday French, as people type it on a phone: dates in any order, news, questions, settings."""

from __future__ import annotations

from core.words.understand import understand
from tests.core.words.reported import NOW
from tests.core.words.spanish import BERLIN, Saying, said, sayings
from tests.rows import each_of

_ACCENTS = str.maketrans("àâçèéêëîïôùûÀÉÊ", "aaceeeeiiouuAEE")


@each_of(sayings("french_talk"), ids=lambda row: row.typed)
def test_a_french_message_is_understood(row: Saying) -> None:
    assert said(understand(row.typed, now=NOW, zone=BERLIN)) == row.wanted


@each_of(sayings("french_talk"), ids=lambda row: row.typed)
def test_capitals_and_missing_accents_change_nothing(row: Saying) -> None:
    plain = row.typed.translate(_ACCENTS)
    intent = understand(plain[0].upper() + plain[1:], now=NOW, zone=BERLIN)
    assert said(intent).translate(_ACCENTS).casefold() == row.wanted.translate(_ACCENTS).casefold()
