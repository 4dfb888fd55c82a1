"""Written tips from a real engine: llama.cpp by itself, and behind the real LiteLLM proxy."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.llm import Gateway
from core.errors import LanguageModelUnavailable
from core.llm.answers import parse_answer
from core.tips.prompt import TALK_SCHEMA, TIP_SCHEMA, PromptFile, parse_tips, tip_turns
from tests.core.moments import CONTEXT
from tests.servers.litellm_proxy import LiteLlmProxy
from tests.servers.llama import LlamaServer
from tests.waiting import WAIT_LIMIT

PROMPTS = Path(__file__).parents[3] / "core" / "tips" / "prompts"
LONG = timedelta(seconds=WAIT_LIMIT)
TIP = PromptFile(version="tip-v1", text=(PROMPTS / "tip-v1.md").read_text(encoding="utf-8"))


of_one_engine = pytest.mark.xdist_group("tips of one engine")
"""One worker starts it for all."""


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    with LlamaServer(tmp_path_factory.mktemp("llama")) as server:
        yield server


@of_one_engine
async def test_a_real_engine_obeys_the_schema_of_tips(llama: LlamaServer) -> None:
    model = Gateway(llama.url, "")
    turns = tip_turns(CONTEXT, TIP, 3)
    answer = await model.complete("tip-generator", turns, schema=TIP_SCHEMA, deadline=LONG)
    tips = parse_tips(
        parse_answer(answer.text, TIP_SCHEMA), CONTEXT, model=answer.model, version=TIP.version, count=3
    )
    assert tips
    assert {(one.llm_model, one.prompt_version) for one in tips} == {("tip-generator", "tip-v1")}
    await model.close()


@of_one_engine
async def test_a_real_engine_obeys_the_schema_of_talk(llama: LlamaServer) -> None:
    model = Gateway(llama.url, "")
    turns = tip_turns(CONTEXT, TIP, 3)
    answer = await model.complete("tip-generator", turns, schema=TALK_SCHEMA, deadline=LONG)
    assert json.loads(answer.text).keys() == {"reply", "action"}
    assert "tip-generator" in await model.check()
    await model.close()


# One test for all: every start of the proxy takes eight seconds of work.
async def test_the_real_gateway_serves_until_its_engine_dies(tmp_path: Path) -> None:
    with LlamaServer(tmp_path) as llama, LiteLlmProxy(tmp_path, model_url=llama.url) as proxy:
        model, stranger = Gateway(f"{proxy.url}/", proxy.master_key), Gateway(proxy.url, "sk-guessed")
        assert await model.check() == ("the LiteLLM gateway at 127.0.0.1 has tip-generator, embedder, judge")
        turns = tip_turns(CONTEXT, TIP, 3)
        answer = await model.complete("tip-generator", turns, schema=TIP_SCHEMA, deadline=LONG)
        assert parse_answer(answer.text, TIP_SCHEMA).keys() == {"tips"}
        found = await model.embed("embedder", ["Pay the rent.", "Call Ann."], deadline=LONG)
        assert len({len(vector) for vector in found.vectors}) == 1
        assert len(found.vectors) == 2

        with pytest.raises(LanguageModelUnavailable, match="is the key right"):
            await stranger.check()
        for gateway, alias in ((stranger, "tip-generator"), (model, "gpt-9")):
            with pytest.raises(LanguageModelUnavailable, match=r"^BadRequestError 400$"):
                await gateway.complete(alias, turns, schema=TIP_SCHEMA, deadline=LONG)

        llama.kill()
        with pytest.raises(LanguageModelUnavailable, match=r"^InternalServerError 500$"):
            await model.complete("tip-generator", turns, schema=TIP_SCHEMA, deadline=LONG)
        await model.close()
        await stranger.close()
    assert "litellm" not in {thread.name for thread in threading.enumerate()}
