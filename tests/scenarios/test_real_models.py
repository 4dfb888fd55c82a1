"""Written tips and a judge by a real engine: the real LiteLLM proxy before a llama.cpp with a tiny model."""

from __future__ import annotations

from pathlib import Path

from tests.bot.judging import judge_by
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.models import LITELLM
from tests.scenarios.talking import expect_reply, welcomed
from tests.scenarios.world import scene
from tests.servers.litellm_proxy import LiteLlmProxy
from tests.servers.llama import LlamaServer
from tests.servers.telegram import TelegramServer
from tests.stored import rows_in

pytestmark = LITELLM

LONG = "writing: {deadline_asked_seconds: 30, deadline_scheduled_seconds: 30}\n"


def written(folder: Path) -> list[tuple[str, str, str]]:
    """What the log says of written candidates: decision, prompt version, model."""
    query = "SELECT decision_id, prompt_version, llm_model FROM tip_scores WHERE source = 'llm'"
    return [tuple(row) for row in rows_in(folder, query)]


# One test for all: every start of the proxy takes eight seconds of work.
async def test_a_slot_is_served_with_the_real_gateway_and_without_its_engine(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    with LlamaServer(tmp_path) as llama, LiteLlmProxy(tmp_path, model_url=llama.url) as proxy:
        async with scene(
            tmp_path,
            NINE,
            config=LONG,
            **reaching(telegram),
            LITELLM_URL=proxy.url,
            LITELLM_MASTER_KEY=proxy.master_key,
        ) as oo:
            ann = await welcomed(oo, telegram.user(7, "Ann"))
            await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
            await oo.at("2026-11-22T12:00:00")
            assert (await ann.expect_message()).text.startswith("Pay rent")
            found = written(tmp_path)
            assert found
            assert {row[1:] for row in found} == {("tip-v2", "tip-generator")}

            assert oo.app.model is not None
            judge = judge_by(oo.app.model)
            await judge.try_out(oo.app.deps.clock.now())
            assert judge.summary().calls == 1

            llama.kill()
            await expect_reply(ann, "/add Call Bob today p1")
            await oo.at("2026-11-22T17:30:00")

            assert (await ann.expect_message()).text.startswith("Call Bob")
            assert written(tmp_path) == found
