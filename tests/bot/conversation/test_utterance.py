"""A typed text is understood when that is first needed, and once."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import utterance as module
from bot.conversation.utterance import Utterance
from core.errors import BadInput
from core.words.intents import ListTasks
from core.words.understand import understand

NOW = datetime(2027, 3, 16, 8, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were understood."""
    texts: list[str] = []

    def noting(text: str, *, now: datetime, zone: ZoneInfo) -> object:
        texts.append(text)
        return understand(text, now=now, zone=zone)

    monkeypatch.setattr(module, "understand", noting)
    return texts


def test_a_text_is_understood_once(read: list[str]) -> None:
    said = Utterance("my tasks", now=NOW, zone=BERLIN)
    assert read == []
    assert said.intent == ListTasks()
    assert said.intent == ListTasks()
    assert read == ["my tasks"]


def test_a_text_that_means_nothing_certain_is_not_read_twice_either(read: list[str]) -> None:
    said = Utterance("the elephant in the room", now=NOW, zone=BERLIN)
    assert said.intent is None
    assert said.intent is None
    assert len(read) == 1


def test_without_a_zone_nothing_is_certain() -> None:
    assert Utterance("my tasks", now=NOW, zone=None).intent is None


def test_a_moment_that_cannot_be_is_refused() -> None:
    with pytest.raises(BadInput, match="past"):
        _ = Utterance("pause until 2020-01-01", now=NOW, zone=BERLIN).intent
