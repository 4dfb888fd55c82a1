"""The topic that somebody names, without what is no part of it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import Mute
from core.words.topics import topic_in
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("the gym", "gym"),
        ("The Report again", "report"),
        ("my taxes any more, please", "taxes"),
        ("die Steuern nie wieder", "steuern"),
        ("le loyer, s'il te plaît", "loyer"),
        ("el alquiler nunca más", "alquiler"),
        ("theatre", "theatre"),
        ("ella", "ella"),
        ("again", "again"),
        ("", ""),
    ],
)
def test_a_topic_is_named_without_article_and_emphasis(words: str, topic: str) -> None:
    assert topic_in(words) == topic


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("don't remind me of the report again", "report"),
        ("stop asking me about the garage", "garage"),
        ("stop bugging me with taxes", "taxes"),
        ("never suggest the garage", "garage"),
        ("don't suggest yoga any more", "yoga"),
        ("hör auf, mich nach der Steuer zu fragen", "steuer"),
        ("schlag mir nie wieder Yoga vor", "yoga"),
        ("arrête de me parler de yoga", "yoga"),
        ("ne me propose plus le ménage", "ménage"),
        ("deja de preguntarme por el garaje", "garaje"),
        ("no me sugieras más yoga", "yoga"),
    ],
)
def test_a_topic_is_muted(said: str, topic: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    mute = found if isinstance(found, Mute) else getattr(found, "otherwise", None)
    assert mute == Mute(topic=topic)
