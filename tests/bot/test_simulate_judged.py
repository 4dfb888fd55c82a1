"""`oo simulate --judge`: a language model plays the people; a cloud only with its key and its switch."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from adapters.llm.cloud import Cloud
from bot.settings import load_settings
from bot.simulate.command import JudgeOptions
from bot.simulate.command import simulate as command
from bot.simulate.judge import Judge
from bot.simulate.report import SimulationReport
from bot.simulate.run import SimulationSpec, simulate
from bot.simulate.terminal_report import print_report
from core.errors import OoError, SettingsError
from tests.bot.judging import Scripted, judge_by, says
from tests.scenarios.conftest import free_port
from tests.scenarios.models import KEY, LITELLM
from tests.servers.llm import LlmServer, Say, failing
from tests.servers.local import nothing
from tests.waiting import WAIT_LIMIT

pytestmark = LITELLM

PLAN = SimulationSpec(people=1, days=4, seed=2)  # in which several tips are sent
REACTIONS = "SELECT kind, reason, reacted_at, decided_at FROM reactions JOIN decisions USING (decision_id)"


@pytest.fixture
async def llm() -> AsyncIterator[LlmServer]:
    async with LlmServer(answer=lambda _request: says(), key=KEY) as server:
        yield server


def reaching(llm: LlmServer) -> dict[str, str]:
    return {"LITELLM_URL": llm.url, "LITELLM_MASTER_KEY": KEY}


# --- A life that is played ---------------------------------------------------------------------------------


async def played(
    folder: Path, judge: Judge
) -> tuple[SimulationReport, list[tuple[str, str | None, int, int]]]:
    """A simulation, and its reactions: kind, reason, when, and when the tip was decided on."""
    file = folder / "kept.db"
    settings = load_settings({}, folder)
    report = await simulate(settings, PLAN, keep=file, on_day=lambda day: None, judge=judge)
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        rows = connection.execute(REACTIONS).fetchall()
    return report, rows


async def test_people_do_what_the_judge_says_when_it_says(tmp_path: Path) -> None:
    report, reactions = await played(tmp_path, judge_by(Scripted(says(minutes=30))))

    assert report.judged is not None
    assert report.judged.rulings == {"done": report.messages}
    assert report.judged.calls == report.messages
    assert report.judged.stood_in == {}
    assert [row[0] for row in reactions] == ["done"] * report.messages
    waited = [timedelta(microseconds=row[2] - row[3]) for row in reactions]
    assert timedelta(minutes=30) in waited
    assert min(waited) >= timedelta(minutes=30)


async def test_they_snooze_dismiss_and_keep_silent(tmp_path: Path) -> None:
    rulings = [says("dismiss", "not_now"), says("snooze"), says("nothing"), says("dismiss", "did_it")]
    report, reactions = await played(tmp_path, judge_by(Scripted(*rulings)))

    assert report.judged is not None
    assert report.messages == sum(report.judged.rulings.values()) >= 4
    assert ("dismiss", "not_now") in {row[:2] for row in reactions}
    assert ("snooze", None) in {row[:2] for row in reactions}
    assert "done" not in {row[0] for row in reactions}


async def test_what_an_oracle_would_have_earned_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, _ = await played(tmp_path, judge_by(Scripted(says(), says("laugh"))))
    print_report(report)

    assert (report.reward, report.weeks, report.knowledge) == (None, (), ())
    assert json.loads(report.as_json())["reward"] is None
    printed = capsys.readouterr().out
    assert "scripted[/x], judge-v1" in printed
    assert "unknown" in printed
    assert "does not make the same report" in printed
    assert "no such reaction" in printed


async def test_what_is_believed_of_a_judges_people_is_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def believed(unit: object, person_id: str, now: object) -> None:
        asked.append(person_id)

    monkeypatch.setattr("bot.simulate.report.posterior_now", believed)
    plan, judge = SimulationSpec(people=1, days=7, seed=1), judge_by(Scripted(says()))
    await simulate(load_settings({}, tmp_path), plan, keep=None, on_day=lambda day: None, judge=judge)

    assert asked == []


async def test_who_stands_in_does_what_they_would_have_done(tmp_path: Path) -> None:
    (tmp_path / "judged").mkdir()
    (tmp_path / "alone").mkdir()
    _, judged = await played(tmp_path / "judged", judge_by(Scripted("no"), max_calls=1))
    file, settings = tmp_path / "alone" / "kept.db", load_settings({}, tmp_path)
    await simulate(settings, PLAN, keep=file, on_day=lambda day: None)

    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        assert judged == connection.execute(REACTIONS).fetchall()
    assert judged


# --- The command -------------------------------------------------------------------------------------------


async def commanded(folder: Path, environ: dict[str, str], *, cloud: bool = False) -> SimulationReport:
    judging = JudgeOptions(cloud=cloud, max_calls=1000)
    return await command(load_settings(environ, folder), PLAN, keep=None, judge=judging)


async def test_the_command_says_beforehand_how_much_will_be_asked(tmp_path: Path, llm: LlmServer) -> None:
    arguments = ("simulate", "--people", "1", "--days", "2", "--judge", "--calls", "50", "--json")
    root = str(Path(__file__).parents[2])
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env={**os.environ, **reaching(llm), "PYTHONPATH": root},
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(WAIT_LIMIT):
        out, said = await running.communicate()

    assert said.decode() == (
        "the LiteLLM gateway at 127.0.0.1 plays the people: about 5 questions (1 people, 2 days, 2.5 messages"
        " a day), 50 at most. The same seed will not make the same report.\n"
    )
    judged = json.loads(out)["judged"]
    assert judged["model"] == "judge"
    assert judged["calls"] == len(llm.requests) == judged["rulings"]["done"] + 1  # the trial


async def test_a_model_that_is_not_there_is_told_before_anybody_lives(tmp_path: Path) -> None:
    with pytest.raises(OoError, match=r"the LiteLLM gateway at 127.0.0.1 does not answer"):
        await commanded(tmp_path, {"LITELLM_URL": f"http://127.0.0.1:{free_port()}"})


async def test_a_model_without_a_judge_is_told(tmp_path: Path) -> None:
    async with LlmServer(models=["tip-generator"]) as server:
        with pytest.raises(OoError, match="has no model for the alias judge"):
            await commanded(tmp_path, {"LITELLM_URL": server.url})


async def test_no_model_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nowhere() -> None:
        return None

    monkeypatch.setattr("adapters.llm.discover_ollama", nowhere)
    with pytest.raises(OoError, match="a judge needs a language model"):
        await commanded(tmp_path, {})


@pytest.mark.parametrize("said", [failing(502), "I am not sure.", nothing, says("laugh")])
async def test_a_model_that_is_no_judge_is_told_before_anybody_lives(
    tmp_path: Path, llm: LlmServer, said: Say
) -> None:
    llm.answer = lambda _request: said
    with pytest.raises(OoError, match="is no judge: "):
        await commanded(tmp_path, reaching(llm))
    assert len(llm.requests) <= 3


# --- A cloud -----------------------------------------------------------------------------------------------


async def test_a_cloud_needs_its_key(tmp_path: Path, llm: LlmServer) -> None:
    with pytest.raises(SettingsError, match="ANTHROPIC_API_KEY"):
        await commanded(tmp_path, reaching(llm), cloud=True)
    assert llm.calls == []


async def test_a_key_alone_leads_to_no_cloud(tmp_path: Path, llm: LlmServer) -> None:
    await commanded(tmp_path, {**reaching(llm), "ANTHROPIC_API_KEY": "sk-unused"})

    assert {call.path for call in llm.calls} == {"/v1/models", "/v1/chat/completions"}
    assert "sk-unused" not in str([call.headers for call in llm.calls])


async def test_with_key_and_switch_a_cloud_plays_the_people(
    tmp_path: Path, llm: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.llm.cloud.Cloud", partial(Cloud, url=llm.url))

    report = await commanded(tmp_path, {"ANTHROPIC_API_KEY": KEY}, cloud=True)

    assert report.judged is not None
    assert report.judged.model == "claude-haiku-4-5-20251001"
    assert report.judged.rulings == {"done": report.messages}
    assert {call.path for call in llm.calls} == {"/v1/messages"}
