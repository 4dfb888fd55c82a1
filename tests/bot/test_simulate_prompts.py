"""`oo simulate --prompts`: a language model writes tips for synthetic people, by prompts drawn at random."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import typer

from bot.__main__ import _prompt_versions
from bot.settings import load_settings
from bot.simulate.command import simulate
from bot.simulate.run import SimulationSpec
from core.errors import OoError
from tests.scenarios.models import KEY, LITELLM, tips
from tests.servers.llm import LlmServer

pytestmark = LITELLM

SPEC = SimulationSpec(people=2, days=4, seed=1, prompts=("tip-v1", "tip-v2"))


async def test_each_decision_has_a_prompt_with_its_chance(tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    written = tips({"content": "Begin with something small."})
    async with LlmServer(answer=lambda _request: written, key=KEY) as llm:
        environment = {"LITELLM_URL": llm.url, "LITELLM_MASTER_KEY": KEY}
        await simulate(load_settings(environment, tmp_path), SPEC, keep=kept)
        prompts = {request.messages[0]["content"] for request in llm.requests}
    with closing(sqlite3.connect(kept)) as connection:
        stored = connection.execute("SELECT prompt FROM decisions WHERE action IS NOT NULL").fetchall()
    drawn = [json.loads(prompt) for (prompt,) in stored if prompt]
    assert {one["version"] for one in drawn} == {"tip-v1", "tip-v2"}
    assert {one["chance"] for one in drawn} == {0.5}
    assert len({one["seed"] for one in drawn}) == len(drawn)
    assert len(prompts) == 2


async def test_without_a_model_nothing_is_compared(tmp_path: Path) -> None:
    with pytest.raises(OoError, match="does not answer"):
        await simulate(load_settings({"OLLAMA_URL": "http://127.0.0.1:9"}, tmp_path), SPEC, keep=None)


@pytest.mark.parametrize("typed", ["tip-v9", "tip-v1,", " tip-v2 , poem"])
def test_prompts_that_do_not_exist_or_are_not_kept_are_refused(typed: str) -> None:
    with pytest.raises(typer.BadParameter):
        _prompt_versions(typed, None)


def test_prompts_are_named_with_commas() -> None:
    assert _prompt_versions(" tip-v1, tip-v2", Path("x.db")) == ("tip-v1", "tip-v2")
    assert _prompt_versions("", None) == ()
