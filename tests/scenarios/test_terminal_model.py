"""Language models as they are, at the terminal: they think by themselves, load slowly, and write bad JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.screens import texts
from tests.scenarios.models import reply, tips
from tests.scenarios.oo import Place, place, place_from_scratch
from tests.servers.llm import ChatRequest, LlmServer, Say, message
from tests.waiting import WAIT_LIMIT

pytestmark = pytest.mark.xdist_group("models at the terminal")  # one worker imports litellm for all

READY = "/start\n1\n/timezone Berlin\n/add Write the report\n"
ELEPHANTS = "what do you think about elephants, and why do they never forget anything at all?\n"


@pytest.fixture
async def ollama() -> AsyncIterator[LlmServer]:
    async with LlmServer(models=["llama3.2:3b"]) as server:
        yield server


@pytest.fixture
def here(tmp_path: Path, ollama: LlmServer) -> Place:
    return place(tmp_path / "oo", OLLAMA_URL=ollama.url)


def thinking(answer: str) -> Say:
    """What a thinking model says within its tokens: nothing."""
    return message("", finish="length", thinking=f"The user wants to know. {answer} or so, but")


async def test_a_thinking_model_that_has_to_be_loaded_answers_in_the_end(
    tmp_path: Path, ollama: LlmServer
) -> None:
    here = place_from_scratch(tmp_path / "oo", OLLAMA_URL=ollama.url)
    loaded = asyncio.Event()

    async def slowly(_request: web.Request) -> web.StreamResponse:
        await loaded.wait()
        body = {"role": "assistant", "content": reply("They remember the way to water.")}
        return web.json_response({"model": "llama3.2:3b", "message": body, "done": True, "eval_count": 1})

    def answer(asked: ChatRequest) -> Say:
        return slowly if asked.body.get("think") is False else thinking(reply("A draft."))

    ollama.answer = answer
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write((READY + ELEPHANTS).encode())
    async with asyncio.timeout(WAIT_LIMIT):
        await process.stdout.readuntil(texts.WAKING.encode() + b"\n")
        loaded.set()
        assert await process.stdout.readline() == b"They remember the way to water.\n"
        process.stdin.write_eof()
        _, err = await process.communicate()

    assert (process.returncode, err) == (0, b"")


REPLY = reply("They are big.")
SHAPES: list[Say] = [
    REPLY.replace("}", ",}"),
    f"```json\n{REPLY}\n```\n{{more}}",
    f"<think>Maybe {reply('a draft')}</think>\n{REPLY}",
    f"Sure!\n{REPLY}\nAnything else?",
    REPLY[:-1],
    json.dumps({"name": "answer", "arguments": json.loads(REPLY)}),
    json.dumps({"tool_calls": [{"function": {"name": "answer", "arguments": REPLY}}]}),
    message("", tool_calls=[{"function": {"name": "answer", "arguments": json.loads(REPLY)}}]),
    message("", thinking=f"So I say: {REPLY}"),
    str(json.loads(REPLY)),
    json.dumps(REPLY),
    f"[{REPLY}]",
]


async def test_whatever_form_an_answer_has_the_person_reads_the_answer(
    here: Place, ollama: LlmServer
) -> None:
    ollama.script(*SHAPES)
    ended = await here.run("chat", typed=READY + ELEPHANTS * len(SHAPES))

    assert ended.code == 0, ended.err
    assert ended.out.count("They are big.\n") == len(SHAPES)
    assert "didn't quite get that" not in ended.out
    assert len(ollama.requests) == len(SHAPES)


async def test_a_tip_in_a_bad_form_is_a_tip_and_an_invented_one_is_not(
    here: Place, ollama: LlmServer
) -> None:
    good: dict[str, object] = {"content": "Open the report and write its first line.", "fact_ids": ["t1"]}
    invented: dict[str, object] = {"content": "Hand the report in by Friday.", "fact_ids": ["t1"]}
    bad = tips(invented, good).replace("}", ",}").replace("Open the", "Open\nthe")
    ollama.answer = lambda _asked: bad[: bad.rindex("]")]
    lines = "/tip\n3\n1\n" * 6
    ended = await here.run("chat", typed=READY + ELEPHANTS + lines)

    assert ended.code == 0, ended.err
    assert "Open the report and write its first line." in ended.out
    assert "Friday" not in ended.out


async def test_thoughts_without_an_end_are_told_to_the_operator(here: Place, ollama: LlmServer) -> None:
    ollama.answer = lambda _asked: thinking("SECRET")
    ended = await here.run("chat", typed=READY + ELEPHANTS * 2)
    looked = await here.run("doctor")

    assert ended.out.count("I didn't quite get that.") == 2
    log = (here.folder / "data" / "chat.log").read_text()
    assert log.count("tokens on thinking") == 1
    assert "SECRET" not in log + ended.err + ended.out
    assert "NO  answers: it spent all its tokens on thinking" in looked.out


async def test_the_doctor_tries_the_model(here: Place, ollama: LlmServer) -> None:
    ollama.script('{"ready": true,}', message('{"ready": true}', thinking="Hm."), "Ready!")
    said = [(await here.run("doctor")).out for _ in range(3)]

    assert "ok  answers: llama3.2:3b answers in JSON, the first time after" in said[0]
    assert "thinks" not in said[0]
    assert "thinks before it answers although it is told not to" in said[1]
    assert "NO  answers: llama3.2:3b answers, but not in JSON" in said[2]
