"""Words that name a task by what it is about."""

from __future__ import annotations

import pytest

from core.words.named_task import may_name_task


@pytest.mark.parametrize("words", ["the bins", "den Müll", "my rent"])
def test_with_an_article_words_may_name_a_task(words: str) -> None:
    assert may_name_task(words)


@pytest.mark.parametrize("words", ["", " ", "take out", "bins"])
def test_without_an_article_or_a_noun_they_do_not(words: str) -> None:
    assert not may_name_task(words)
