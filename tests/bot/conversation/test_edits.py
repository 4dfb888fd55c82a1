"""Edits that a platform put off: made later, in turn, the latest state alone."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import pytest

from bot.conversation.edits import Edits
from bot.screens.markup import say
from core.chat import Message
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable

WAIT = 30


class Wall:
    """A messenger whose edits meet with what ``faults`` holds, one after the other."""

    def __init__(self, *faults: SendFailed | None) -> None:
        self.faults = deque(faults)
        self.shown: list[tuple[str, str]] = []
        self.calls = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self.calls += 1
        await self.gate.wait()
        fault = self.faults.popleft() if self.faults else None
        if fault:
            raise fault
        self.shown.append((message_id, message.text))

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"only edits are asked for, not {name}")


def hurried(give_up_after_seconds: float = WAIT) -> Edits:
    return Edits(min_retry_seconds=0.01, max_retry_seconds=0.01, give_up_after_seconds=give_up_after_seconds)


async def expect_that(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT):
        while not condition():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.01)


async def make(made: Edits, wall: Wall, text: str, message_id: str = "1") -> None:
    await made.make(wall, "7", message_id, say(text))  # type: ignore[arg-type]  # it can do no more than edit


async def test_an_edit_that_is_put_off_is_made_later() -> None:
    wall, made = Wall(NotSent("429", retry_after=0.05), NotSent("429", retry_after=0.05)), hurried()

    await make(made, wall, "Done")
    assert wall.shown == []
    await expect_that(lambda: len(wall.shown) == 1)

    assert wall.shown == [("1", "Done")]
    assert made.waiting == {}


async def test_of_several_states_the_latest_is_shown_alone() -> None:
    wall, made = Wall(NotSent("429", retry_after=0.2)), hurried()

    for state in ("Done", "Open", "Snoozed"):
        await make(made, wall, state)
    await make(made, wall, "Another", "2")
    await expect_that(lambda: len(wall.shown) == 2)

    assert wall.shown == [("2", "Another"), ("1", "Snoozed")]


async def test_an_earlier_state_never_comes_last() -> None:
    """Two edits at once: the second waits for the first."""
    wall, made = Wall(), hurried()
    wall.gate.clear()

    first = asyncio.create_task(make(made, wall, "first"))
    await asyncio.sleep(0)
    second = asyncio.create_task(make(made, wall, "second"))
    await asyncio.sleep(0)
    wall.gate.set()
    await asyncio.gather(first, second)

    assert [text for _, text in wall.shown] == ["first", "second"]


async def test_an_edit_that_may_not_have_been_made_is_made_again() -> None:
    wall, made = Wall(SendUnknown("no answer"), NotSent("429"), SendUnknown("no answer")), hurried()

    await make(made, wall, "Done")
    await expect_that(lambda: len(wall.shown) == 1)

    assert wall.shown == [("1", "Done")]
    assert wall.calls == 4
    assert made.waiting == {}


@pytest.mark.parametrize("fault", [SendRejected("gone"), Unreachable("blocked")])
async def test_other_faults_are_the_callers(fault: SendFailed) -> None:
    wall, made = Wall(fault), hurried()

    with pytest.raises(type(fault)):
        await make(made, wall, "Done")
    assert made.waiting == {}


async def test_a_refusal_for_good_ends_the_waiting(caplog: pytest.LogCaptureFixture) -> None:
    wall, made = Wall(NotSent("429", retry_after=0.01), SendRejected("message to edit not found")), hurried()

    await make(made, wall, "secret words")
    await expect_that(lambda: not made.waiting)

    assert "message not redrawn: SendRejected" in caplog.text
    assert "secret words" not in caplog.text


async def test_a_stop_makes_what_may_be_made_and_lets_go_of_the_rest() -> None:
    wall, made = Wall(NotSent("429", retry_after=0.05), NotSent("429", retry_after=3600)), hurried()

    await make(made, wall, "soon", "1")
    await make(made, wall, "in an hour", "2")
    await made.stop(2)

    assert wall.shown == [("1", "soon")]
    assert wall.calls == 3


async def test_what_is_refused_for_an_hour_is_given_up() -> None:
    refusals = [NotSent("429", retry_after=0.02) for _ in range(100)]
    wall, made = Wall(*refusals), hurried(give_up_after_seconds=0.05)

    await make(made, wall, "Done")
    await expect_that(lambda: not made.waiting)

    assert wall.shown == []
    assert wall.calls < 10
