"""Work in the background thread may block; it ends when it is cancelled, and with the thread."""

import asyncio
import threading

import pytest

from adapters.llm.background_loop import BackgroundLoop
from tests.waiting import WAIT_LIMIT


async def nothing_more() -> None:
    """What most work leaves to be done at the end."""


async def test_work_in_the_background_does_not_block_this_loop() -> None:
    background, go = BackgroundLoop("test", nothing_more), threading.Event()

    async def block() -> str:
        assert go.wait(WAIT_LIMIT)
        return threading.current_thread().name

    waiting = asyncio.create_task(background.run(block()))
    await asyncio.sleep(0.01)  # that this returns is the point: over there nothing moves
    assert not waiting.done()
    go.set()
    assert await waiting == "test"
    await background.close()


async def test_errors_come_back() -> None:
    background = BackgroundLoop("test", nothing_more)

    async def fail() -> None:
        raise LookupError("over there")

    with pytest.raises(LookupError, match="over there"):
        await background.run(fail())
    await background.close()


async def test_what_still_runs_is_cancelled_at_the_end() -> None:
    background, began, ended = BackgroundLoop("test", nothing_more), threading.Event(), threading.Event()

    async def hang() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(background.run(hang()))
    assert await asyncio.to_thread(began.wait, WAIT_LIMIT)
    await background.close()
    assert ended.is_set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert "test" not in {thread.name for thread in threading.enumerate()}


async def test_an_unhandled_error_is_logged_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    background = BackgroundLoop("test", nothing_more)

    async def leave_behind() -> None:
        asyncio.get_running_loop().call_soon(_fail)

    def _fail() -> None:
        raise ValueError("the prompt: CANARY")

    await background.run(leave_behind())
    await background.close()
    assert "left behind by a library: ValueError" in caplog.text
    assert "CANARY" not in caplog.text


async def test_the_last_work_runs_once_in_the_thread() -> None:
    done: list[str] = []

    async def last() -> None:
        done.append(threading.current_thread().name)

    background = BackgroundLoop("test", last)
    await background.run(nothing_more())
    await background.close()
    await background.close()
    assert done == ["test"]


async def test_closing_what_never_ran_is_nothing() -> None:
    await BackgroundLoop("test", nothing_more).close()
