"""Each hint that words about tasks can raise has a sentence that its values fill."""

from __future__ import annotations

import pytest

from bot.screens.texts_tasks_words import HINTS
from core.errors import BadInput
from core.words.patches import parse_move, parse_patch
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW


@pytest.mark.parametrize(
    "read",
    [
        lambda: parse_patch("banana", now=NOW, zone=BERLIN),
        lambda: parse_move("banana", now=NOW, zone=BERLIN),
        lambda: understand("- milk\n" * 51, now=NOW, zone=BERLIN),
    ],
)
def test_a_hint_has_a_sentence_that_its_values_fill(read: object) -> None:
    assert callable(read)
    with pytest.raises(BadInput) as raised:
        read()
    said = HINTS[raised.value.hint].format(**raised.value.values)
    assert "{" not in said
    assert "banana" in said or "50" in said
