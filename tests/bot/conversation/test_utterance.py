"""A typed text is understood when that is first needed, and once."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.utterance import Utterance
from core.errors import BadInput
from core.words.intents import AddTask, ListTasks

NOW = datetime(2027, 3, 16, 8, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("text", ["my tasks", "was steht an?", "mes tâches"])
def test_a_text_has_its_intent(text: str) -> None:
    assert Utterance(text, now=NOW, zone=BERLIN).intent == ListTasks()


def test_a_text_is_understood_once() -> None:
    utterance = Utterance("remind me tomorrow to call Ann", now=NOW, zone=BERLIN)
    intent = utterance.intent
    assert isinstance(intent, AddTask)
    assert utterance.intent is intent


def test_a_text_that_means_nothing_certain_has_no_intent() -> None:
    assert Utterance("the elephant in the room", now=NOW, zone=BERLIN).intent is None


def test_without_a_zone_nothing_is_certain() -> None:
    assert Utterance("my tasks", now=NOW, zone=None).intent is None


def test_a_time_out_of_range_is_refused_when_the_intent_is_needed() -> None:
    utterance = Utterance("pause until 2020-01-01", now=NOW, zone=BERLIN)
    with pytest.raises(BadInput, match="past"):
        _ = utterance.intent
