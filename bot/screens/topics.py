"""Topics as people read them: those of oO's own templates have a name in every language.

They are stored under their English names, so that a change of the language keeps what is muted.
Tests: tests/scenarios/test_languages.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.screens import texts, texts_settings
from bot.screens.weekdays import days_words
from core.records import Preferences


def topic_words(topic: str) -> str:
    """The topic in the active language; one of the person's or of a language model stays as it is."""
    return texts.TOPICS.get(topic, topic)


def topics_words(topics: Iterable[str]) -> list[str]:
    """Topics as people read them, each once, in the spelling of oO's own."""
    ours = {words.casefold(): words for words in texts.TOPICS.values()}
    read = map(topic_words, topics)
    return list(dict.fromkeys(ours.get(words.casefold(), words) for words in read))


def with_stored_names(topics: Iterable[str]) -> list[str]:
    """Typed topics, with the stored name of each that is one of the templates'."""
    stored = {words.casefold(): topic for topic, words in texts.TOPICS.items()}
    both = [name for topic in topics for name in (topic, stored.get(topic, topic))]
    return list(dict.fromkeys(both))


def muted_words(chosen: Preferences) -> list[str]:
    """What is muted, as people read it: ``rent``, ``work on weekends``."""
    return [*topics_words(chosen.muted), *muted_days_words(chosen)]


def muted_days_words(chosen: Preferences) -> dict[str, str]:
    """What is muted on some days only, as people read it, with its topic: ``work on weekends``, ``work``."""
    return {
        texts_settings.MUTED_DAYS.format(topic=topic_words(one.topic), days=days_words(one.days)): one.topic
        for one in chosen.muted_days
        if one.topic not in chosen.muted
    }
