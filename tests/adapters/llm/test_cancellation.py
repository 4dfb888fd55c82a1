"""Whenever a call is cancelled, nothing is left behind: no coroutine that nobody awaits, no late request."""

import asyncio
import gc
import subprocess
import sys
import warnings
from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.llm import Gateway, Ollama
from adapters.llm.cancellation import CancellableCalls, mark_sent
from core.errors import LanguageModelUnavailable
from tests.adapters.llm.conftest import ANSWER, ask
from tests.servers.llm import LlmServer

Model = Gateway | Ollama


async def _cancelled(work: Awaitable[object], after_steps: int) -> None:
    waiting = asyncio.ensure_future(work)
    for _ in range(after_steps):
        await asyncio.sleep(0.001)
    waiting.cancel()
    with suppress(asyncio.CancelledError, LanguageModelUnavailable):
        await waiting


async def test_calls_cancelled_at_any_moment_leave_no_warning(server: LlmServer, model: Model) -> None:
    server.embed = lambda request: [[1.0]] * len(request.texts)
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        for steps in (0, 1, 2, 3, 5, 8, 13, 21, 34):
            await _cancelled(ask(model), steps)
            await _cancelled(model.embed("judge", ["x"], deadline=timedelta(seconds=20)), steps)
        assert (await ask(model)).text == ANSWER
        await _cancelled(ask(model), 1)
        await model.close()
        gc.collect()
    assert [one for one in complaints if "never awaited" in str(one.message)] == []


async def test_a_call_that_is_closed_at_once_leaves_no_warning(server: LlmServer, model: Model) -> None:
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        await ask(model)
        waiting = [asyncio.ensure_future(ask(model)) for _ in range(2)]
        await asyncio.sleep(0)
        await model.close()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        gc.collect()
    assert [type(one) for one in outcomes] == [asyncio.CancelledError] * 2
    assert [one for one in complaints if "never awaited" in str(one.message)] == []


PROGRAM = """
import asyncio, sys
from datetime import timedelta
from adapters.llm import Gateway, Ollama
from core.errors import LanguageModelUnavailable

async def main(kind, url):
    model = Gateway(url, "k") if kind == "gateway" else Ollama(url, models={"tip-generator": "tip-generator"})
    try:
        await model.complete("tip-generator", [], schema={}, deadline=timedelta(seconds=0.05))
    except LanguageModelUnavailable as late:
        print(late)
    if sys.argv[3] == "stays":
        await model.warm()  # by then litellm is imported, and the call goes on
    await model.close()

asyncio.run(main(sys.argv[1], sys.argv[2]))
"""


@pytest.mark.parametrize("kind", ["gateway", "ollama"])
@pytest.mark.parametrize("then", ["stays", "leaves"])
async def test_a_first_call_that_came_too_late_ends_quietly(server: LlmServer, kind: str, then: str) -> None:
    # litellm is imported during the call: the deadline passes before that ends.
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-W", "always", "-c", PROGRAM, kind, server.url, then],
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "no answer within 0.1 s\n")
    assert "never awaited" not in ended.stderr
    assert server.requests == []


async def test_a_call_cancelled_before_its_request_is_sent_never_sends_it() -> None:
    calls, go, left = CancellableCalls(), asyncio.Event(), []

    async def call() -> None:
        await go.wait()
        mark_sent()
        left.append("request")

    waiting = asyncio.ensure_future(calls.run(call()))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go.set()
    await calls.close()
    assert left == []


async def test_a_call_cancelled_after_that_ends_at_once() -> None:
    calls, ended = CancellableCalls(), []

    async def call() -> None:
        mark_sent()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("request")

    waiting = asyncio.ensure_future(calls.run(call()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await calls.close()
    assert ended == ["request"]


async def test_results_and_errors_come_through() -> None:
    calls = CancellableCalls()

    async def call(fault: Exception | None) -> str:
        mark_sent()
        if fault:
            raise fault
        return "an answer"

    assert await calls.run(call(None)) == "an answer"
    with pytest.raises(LookupError):
        await calls.run(call(LookupError()))
    await calls.close()


def test_a_request_outside_of_a_call_needs_no_record_of_it() -> None:
    mark_sent()


LEAVES_WHILE_IMPORTING = """
import asyncio, sys, time
from datetime import timedelta

class Slow:  # the slowest part of an import on a busy machine
    def find_spec(self, name, path=None, target=None):
        if name == "litellm.main":
            print("importing", flush=True)
            time.sleep(4)
            print("imported", flush=True)

sys.meta_path.insert(0, Slow())

from adapters.llm import Gateway
from core.errors import LanguageModelUnavailable

async def main():
    model = Gateway(sys.argv[1], "k")
    try:
        await model.complete("tip-generator", [], schema={}, deadline=timedelta(seconds=2))
    except LanguageModelUnavailable:
        pass
    await model.close()
    print("closed", flush=True)

asyncio.run(main())
"""


async def test_a_process_does_not_end_in_the_middle_of_an_import(server: LlmServer) -> None:
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", LEAVES_WHILE_IMPORTING, server.url],
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (ended.returncode, ended.stdout.split()) == (0, ["importing", "imported", "closed"])
