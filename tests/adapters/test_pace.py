from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.pace import Pace, Paces, Rate, in_turn, seconds
from core.errors import NotSent
from tests.adapters.jumping import JumpingLoop, jumping

NEARLY = 1e-4
ROUNDING = 1e-9
ONE_A_SECOND = Rate(interval=1.0, burst=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message: comes at ``at``, is answered ``answer`` seconds after it left, unless it ``fails`` then or
    is given up ``patience`` seconds after it came; it arrives when ``share`` of its way is over, and so never
    after it was given up.
    """

    at: float = 0.0
    answer: float = 0.0
    share: float = 0.0
    fails: bool = False
    patience: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """From ``at`` on, the event loop does nothing for ``span`` seconds."""

    at: float
    span: float


class Post:
    """Sends letters at all of ``paces``; keeps when each ``left``, and when each ``arrived``."""

    def __init__(self, *paces: Pace) -> None:
        self._paces = paces
        self.left: dict[Letter, float] = {}
        self.arrived: list[float] = []

    async def send(self, letter: Letter) -> None:
        await asyncio.sleep(letter.at)
        async with asyncio.timeout(letter.patience), in_turn(*self._paces):
            self.left[letter] = seconds()
            try:
                await asyncio.sleep(letter.answer)
            finally:
                way = seconds() - self.left[letter]
                self.arrived.append(self.left[letter] + letter.share * way)
            if letter.fails:
                raise ConnectionError

    async def send_all(self, letters: Sequence[Letter], stalls: Sequence[Stall] = ()) -> list[object]:
        """What became of each: None, or why it failed."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, JumpingLoop)
        for stall in stalls:
            loop.call_at(stall.at, loop.stand_still, stall.span)
        return await asyncio.gather(*map(self.send, letters), return_exceptions=True)


def fullest(arrived: Sequence[float], interval: float) -> float:
    """The most that a bucket ever holds which drains one every ``interval`` seconds."""
    level = most = before = 0.0
    for at in sorted(arrived):
        level = max(0.0, level - (at - before) / interval) + 1
        most, before = max(most, level), at
    return most


spans = st.floats(0, 8)
letters_of_all_kinds = st.lists(
    st.builds(
        Letter,
        at=spans,
        answer=spans,
        share=st.floats(0, 1),
        fails=st.booleans(),
        patience=st.none() | spans,
    ),
    max_size=16,
)


@given(
    letters=letters_of_all_kinds,
    stalls=st.lists(st.builds(Stall, at=spans, span=spans), max_size=3),
    interval=st.floats(0.05, 3),
    burst=st.integers(1, 5),
)
def test_a_platform_with_that_burst_and_rate_never_has_to_refuse(
    letters: list[Letter], stalls: list[Stall], interval: float, burst: int
) -> None:
    async def scene() -> tuple[Post, bool]:
        even = Pace(Rate(interval=interval, burst=burst))
        post = Post(even)
        await post.send_all(letters, stalls)
        await asyncio.sleep(len(letters) * interval)
        return post, even.at_rest

    post, at_rest = jumping(scene())

    assert fullest(post.arrived, interval) <= burst + ROUNDING
    assert at_rest


def departures(*letters: Letter, burst: int) -> list[float]:
    """When each left, with one a second."""

    async def scene() -> dict[Letter, float]:
        post = Post(Pace(Rate(interval=1.0, burst=burst)))
        await post.send_all(letters)
        return post.left

    return list(jumping(scene()).values())


def test_a_burst_goes_at_once_and_the_rest_one_by_one() -> None:
    left = departures(*(Letter(share=number / 10) for number in range(6)), burst=3)

    assert left == pytest.approx([0, 0, 0, 1, 2, 3], abs=NEARLY)


def test_rest_gives_back_the_burst_but_no_more() -> None:
    left = departures(
        *(Letter(share=number / 10) for number in range(3)),
        Letter(at=0.5),
        *(Letter(at=1000, share=number / 10) for number in range(4)),
        burst=3,
    )

    assert left == pytest.approx([0, 0, 0, 1, 1000, 1000, 1000, 1001], abs=NEARLY)


def test_the_count_sinks_only_from_the_answer_on() -> None:
    left = departures(Letter(answer=3), Letter(), burst=1)

    assert left == pytest.approx([0, 4], abs=NEARLY)


def test_the_first_to_come_is_the_first_to_go() -> None:
    letters = [Letter(at=number / 10, answer=0.3) for number in range(8)]

    async def scene() -> list[Letter]:
        post = Post(Pace(ONE_A_SECOND))
        await post.send_all(letters)
        return list(post.left)

    assert jumping(scene()) == letters


def test_who_gives_up_waiting_leaves_the_place_to_the_next() -> None:
    left = departures(Letter(), Letter(patience=0.5), Letter(at=0.1), burst=1)

    assert left == pytest.approx([0, 1], abs=NEARLY)


def test_a_flood_is_refused_and_not_piled_up() -> None:
    async def scene() -> tuple[list[object], float]:
        post = Post(Pace(Rate(interval=1.0, burst=4)))
        fates = await post.send_all([Letter(share=number / 1000) for number in range(1000)])
        return fates, max(post.left.values())

    fates, last = jumping(scene())

    refusals = [fate for fate in fates if isinstance(fate, NotSent)]
    assert len(refusals) == 1000 - (4 + ONE_A_SECOND.max_expected_wait)
    assert all(fate.retry_after > ONE_A_SECOND.max_expected_wait for fate in refusals)
    assert last == pytest.approx(ONE_A_SECOND.max_expected_wait, abs=NEARLY)


def test_nobody_waits_for_long_behind_one_that_hangs() -> None:
    async def scene() -> tuple[object, float, object]:
        post = Post(Pace(ONE_A_SECOND))
        hanging = asyncio.create_task(post.send(Letter(answer=30)))
        await asyncio.sleep(0)
        [refusal] = await post.send_all([Letter()])
        waited = seconds()
        await hanging
        [fate] = await post.send_all([Letter()])
        return refusal, waited, fate

    refusal, waited, fate = jumping(scene())

    assert isinstance(refusal, NotSent)
    assert refusal.retry_after > 0
    assert waited == pytest.approx(ONE_A_SECOND.max_wait, abs=NEARLY)
    assert fate is None


def test_all_turns_of_a_message_are_waited_for_within_one_limit() -> None:
    async def scene() -> tuple[object, float, bool]:
        chat, total = Pace(ONE_A_SECOND), Pace(ONE_A_SECOND)
        hanging = [
            asyncio.create_task(Post(chat).send(Letter(answer=ONE_A_SECOND.max_wait - 2))),
            asyncio.create_task(Post(total).send(Letter(answer=60))),
        ]
        await asyncio.sleep(0)
        [refusal] = await Post(chat, total).send_all([Letter()])
        waited = seconds()
        await asyncio.gather(*hanging)
        await asyncio.sleep(1)
        return refusal, waited, chat.at_rest and total.at_rest

    refusal, waited, at_rest = jumping(scene())

    assert isinstance(refusal, NotSent)
    assert waited == pytest.approx(ONE_A_SECOND.max_wait, abs=NEARLY)
    assert at_rest


async def test_conversations_at_rest_are_forgotten_and_busy_ones_are_not() -> None:
    paces = Paces(Rate(interval=60.0, burst=1), max_conversations=10)
    busy, answered = paces.of("busy"), paces.of("answered")
    async with busy.sending():
        async with answered.sending():
            pass

        at_rest = [paces.of(str(number)) for number in range(500)]

        assert paces.of("busy") is busy
        assert paces.of("answered") is answered
        assert paces.of("0") is not at_rest[0]
        assert paces.of("499") is at_rest[499]
