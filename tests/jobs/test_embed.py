"""The job that embeds ahead says once what keeps it from working."""

from __future__ import annotations

import pytest

from core.errors import LanguageModelUnavailable
from jobs.embed import Embedding
from tests.core.outsiders import Meanings
from tests.core.worlds import scene
from tests.fakes.store import FakeStore


async def test_trouble_is_said_once_until_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    here = scene(FakeStore(), llm=True)
    here.model.embedder = meanings = Meanings()
    job = Embedding(here.deps)
    await here.person()

    for number, fault in enumerate(("away", "away", "ill", None, "away")):
        await here.task(f"Secret {chr(65 + number)}")
        meanings.fault = LanguageModelUnavailable(fault) if fault else None
        assert await job.run() == (0 if fault else 1)

    said = [record.getMessage() for record in caplog.records if record.name == "jobs.embed"]
    assert said == [f"wordings are not embedded: {word}" for word in ("away", "ill", "away")]
    assert "Secret" not in caplog.text


async def test_without_a_language_model_there_is_nothing_to_do() -> None:
    here = scene(FakeStore())
    await here.person()
    assert await Embedding(here.deps).run() == 0
