"""An oO with a language model that is loaded and says what the test scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.models import KEY
from tests.scenarios.world import Scene, scene
from tests.servers.llm import LlmServer
from tests.servers.telegram import TelegramServer


@pytest.fixture
async def llm() -> AsyncIterator[LlmServer]:
    async with LlmServer(key=KEY) as server:
        yield server


@pytest.fixture
async def oo(
    tmp_path: Path,
    telegram: TelegramServer,
    llm: LlmServer,
    cached_certificates: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Scene]:
    # test_waking.py is about the notice that a model is being loaded
    monkeypatch.setattr("bot.conversation.ask_llm.LOADING_NOTICE_SECONDS", 60.0)
    environment = {**reaching(telegram), "LITELLM_URL": llm.url, "LITELLM_MASTER_KEY": KEY}
    async with scene(tmp_path, NINE, **environment) as running:
        assert running.app.model is not None
        await running.app.model.warm()
        yield running
