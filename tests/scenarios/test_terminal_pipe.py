"""The plain protocol from outside, where it hurts: hostile bytes, and ends that break."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.scenarios.oo import Place, place
from tests.servers.llm import LlmServer
from tests.servers.local import hang
from tests.waiting import WAIT_LIMIT

HOSTILE = [
    b"/add " + b"x" * 100_000,
    b"\x00\x01\x1b[2J\x1b]0;owned\x07",
    b"caf\xe9 \xff\xfe \xed\xa0\xbd",
    "/add \u202etxet desrever\u202c zero\u200bwidth".encode(),
    b"/add <!channel> *bold* <b>markup</b> [bold]",
    b"  \t ",
    b"0",
    b"999",
    "１".encode(),
    b"-1",
    b"/",
    b"/nonsense \xf0\x9f\xa5\x9b",
    b"/snooze\r",
    b"9" * 5000,
    b"/tasks\r",
    b"no newline at the end",
]


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path / "oo")


async def test_hostile_lines_are_answered_in_friendly_words(here: Place) -> None:
    ended = await here.run("chat", typed=b"\n".join([b"/start\n1\n/timezone Berlin", *HOSTILE]))

    assert (ended.code, ended.err) == (0, "")
    assert all(line.isprintable() for line in ended.out.split("\n"))
    assert "There is no button 999." in ended.out
    assert "Something went wrong" not in ended.out
    assert "<!channel> *bold* <b>markup</b> [bold]" in ended.out


async def test_a_reader_that_has_seen_enough_ends_the_chat_in_peace(here: Place) -> None:
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"/start\n")
    await process.stdin.drain()
    first = await process.stdout.readline()
    process.stdout._transport.close()  # type: ignore[attr-defined] # as `head -1` does
    process.stdin.write(b"/help\n/help\n/help\n")
    process.stdin.write_eof()
    _, err = await asyncio.wait_for(process.communicate(), WAIT_LIMIT)

    assert first.startswith(b"Hi, I'm oO.")
    assert (process.returncode, err) == (0, b"")


async def test_an_interrupt_ends_the_chat_while_it_waits_for_a_line(here: Place) -> None:
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"/start\n")
    await process.stdin.drain()
    await process.stdout.readuntil(b"[3] No thanks\n")
    process.send_signal(signal.SIGINT)

    assert await asyncio.wait_for(process.wait(), WAIT_LIMIT) == 130
    assert process.stderr
    assert await process.stderr.read() == b""


async def test_a_request_to_end_ends_the_chat_in_good_order(here: Place) -> None:
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"/start\n")
    await process.stdin.drain()
    await process.stdout.readuntil(b"[3] No thanks\n")
    process.send_signal(signal.SIGTERM)

    assert await asyncio.wait_for(process.wait(), WAIT_LIMIT) == 0
    assert process.stderr
    assert await process.stderr.read() == b""


async def test_an_interrupt_waits_for_no_answer(tmp_path: Path) -> None:
    """The language model takes its time; whoever interrupts does not have to."""
    async with LlmServer() as model:
        model.answer = lambda asked: hang
        await _interrupted(place(tmp_path / "oo", LITELLM_URL=model.url))


async def _interrupted(here: Place) -> None:
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"/start\n1\nBerlin\nwhat is the meaning of all this\n")
    await process.stdin.drain()
    await process.stdout.readuntil(b"[2] Fine\n")
    process.send_signal(signal.SIGINT)

    assert await asyncio.wait_for(process.wait(), WAIT_LIMIT) == 130
    assert process.stderr
    assert b"Traceback" not in await process.stderr.read()


@pytest.mark.parametrize(("typed", "answer"), [("1", "~Pay rent~ Done"), ("9", "There is no button 9.")])
async def test_a_number_after_a_restart_presses_what_is_on_screen(
    here: Place, typed: str, answer: str
) -> None:
    first = await here.run("chat", typed="/start\n1\nBerlin\n/add Pay rent tomorrow 9am p1\n/tip\n/help\n")
    second = await here.run("chat", typed=f"{typed}\n")

    assert "[1] Done  [2] Snooze  [3] Dismiss" in first.out
    assert answer in second.out
    assert (second.code, second.err) == (0, "")


async def test_buttons_that_are_gone_do_not_come_back_with_a_restart(here: Place) -> None:
    """An earlier message's buttons never come back to life, not even then."""
    await here.run("chat", typed="/start\n1\nBerlin\n/add Pay rent\n/add Call Ann\n1\n")
    ended = await here.run("chat", typed="1\n/tasks\n")

    assert "2. " not in ended.out  # Call Ann was taken back, Pay rent was not
    assert "Pay rent" in ended.out


async def test_after_a_deletion_numbers_press_nothing(here: Place) -> None:
    await here.run("chat", typed="/start\n1\nBerlin\n/delete\n1\n")

    assert (await here.run("chat", typed="1\n")).out.startswith("Hi, I'm oO.")
