import asyncio
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from adapters.terminal.channel import GREETING
from adapters.terminal.pipe import LONGEST_LINE, PipeTerminal
from core.chat import Document, Home, Message, Tapped, Update
from core.errors import SendRejected
from tests.adapters.samples import line
from tests.adapters.terminal.house import House
from tests.adapters.terminal.samples import TIP, said


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def terminal(house: House, typed: bytes | BinaryIO = b"", target: BinaryIO | None = None) -> PipeTerminal:
    source = BytesIO(typed) if isinstance(typed, bytes) else typed
    return PipeTerminal(
        house.ports, zone="Europe/Berlin", run_id="run", source=source, target=target or BytesIO()
    )


def printed(pipe: PipeTerminal) -> str:
    target = pipe._target
    assert isinstance(target, BytesIO)
    return target.getvalue().decode()


async def chatted(house: House, typed: bytes, first: Message | None = None) -> PipeTerminal:
    """Everything typed, below ``first`` if that was shown before."""
    pipe = terminal(house, typed)
    if first:
        await pipe.send("local", first)
    await pipe.run()
    return pipe


# --- What a line means -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1", "1 ", "\t1", "1\r", "01", "001"])
async def test_a_number_presses_that_button(house: House, typed: str) -> None:
    await chatted(house, f"{typed}\n".encode(), TIP)

    assert house.heard == ["token-Done"]


@pytest.mark.parametrize("typed", ["１", "²", "٣", "1.", "+1", "-1", "1 2", "one", "/1", "1830", "1" * 5000])
async def test_anything_else_is_said(house: House, typed: str) -> None:
    await chatted(house, f"{typed}\n".encode(), TIP)

    assert house.heard == [typed]


@pytest.mark.parametrize("typed", ["0", "4", "999"])
async def test_a_number_without_a_button_is_pointed_out(house: House, typed: str) -> None:
    pipe = await chatted(house, f"{typed}\n".encode(), TIP)

    assert house.heard == []
    assert printed(pipe).endswith(f"There is no button {typed}.\n")


async def test_a_number_is_said_where_there_are_no_buttons(house: House) -> None:
    await chatted(house, b"1\n0\n", said("Hello."))

    assert house.heard == ["1", "0"]


async def test_blank_lines_are_passed_over(house: House) -> None:
    await chatted(house, "\n  \n\r\n\x0b\u00a0\u3000\nhello\n".encode())

    assert house.heard == ["hello"]


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        (b"hello", "hello"),
        (b"hello\r\n", "hello"),
        (b"a\x00b\n", "a\x00b"),
        (b"caf\xe9 \xff\n", "caf\ufffd \ufffd"),
        (b"half \xed\xa0\xbd emoji\n", "half \ufffd\ufffd\ufffd emoji"),
        ("\u202eevil\u202c\u200b\n".encode(), "\u202eevil\u202c\u200b"),
        ("\ufeff/start\n".encode(), "\ufeff/start"),
        (b"x" * 100_000 + b"\n", "x" * 100_000),
    ],
)
async def test_hostile_lines_arrive_as_text_that_can_be_stored(
    house: House, typed: bytes, heard: str
) -> None:
    await chatted(house, typed)

    assert house.heard == [heard]
    heard.encode()


async def test_the_rest_of_an_endless_line_is_passed_over(house: House) -> None:
    await chatted(house, b"x" * (3 * LONGEST_LINE) + b"\nnext\n" + b"y" * (LONGEST_LINE + 1))

    assert house.heard == ["x" * LONGEST_LINE, "next", "y" * LONGEST_LINE]


async def test_updates_are_numbered_apart_and_come_from_the_person_at_the_terminal(house: House) -> None:
    await chatted(house, b"a\nb\n")

    first, second = house.updates
    assert first.update_id != second.update_id
    assert (first.sender.zone, first.sender.trusted) == ("Europe/Berlin", True)


# --- Answers -----------------------------------------------------------------------------------------------


async def test_each_line_is_answered_before_the_next_is_read(house: House) -> None:
    async def slowly(update: Update) -> None:
        await asyncio.sleep(0.01)
        await pipe.send("local", said(f"heard {house.heard[-1]}", f"button {len(house.heard)}"))

    house.answer = slowly
    pipe = terminal(house, b"a\n1\n1\n")

    await pipe.run()

    assert house.heard == ["a", "token-button 1", "token-button 2"]


async def test_a_pipe_is_not_spoken_to_first(house: House) -> None:
    await chatted(house, b"")

    assert house.heard == []


async def test_a_person_at_a_simple_terminal_is_greeted(house: House) -> None:
    class Keyboard(BytesIO):
        def isatty(self) -> bool:
            return True

    await terminal(house, Keyboard(b"hello\n")).run()

    assert house.heard == [GREETING, "hello"]


async def pressed(house: House, pipe: PipeTerminal) -> Tapped:
    await pipe.enter("1", pipe.offer)
    tap = house.updates[-1]
    assert isinstance(tap, Tapped)
    return tap


async def test_a_remark_on_a_tap_is_printed_and_none_is_not(house: House) -> None:
    pipe = terminal(house)
    await pipe.send("local", TIP)
    tap = await pressed(house, pipe)

    await pipe.acknowledge(tap, "Already done at 10:02.")
    before = printed(pipe)
    await pipe.acknowledge(tap, None)

    assert before == printed(pipe)
    assert before.endswith("Already done at 10:02.\n")


async def test_a_question_is_left_to_the_chat(house: House) -> None:
    pipe = terminal(house)
    await pipe.send("local", TIP)
    tap = await pressed(house, pipe)

    assert await pipe.ask(tap, "When?", "Your answer", "token") is False


async def test_what_a_home_page_would_hold_is_shown(house: House) -> None:
    pipe = terminal(house)

    await pipe.show_home(pipe.sender, Home(sections=(said("Settings", "Change"), said("Next"))))

    assert printed(pipe) == "Settings\n[1] Change\nNext\n"


async def test_a_file_is_saved_for_the_person_alone(house: House, tmp_path: Path) -> None:
    pipe = terminal(house)
    export = Document(name="oo-export.json", content=b"{}")

    await pipe.send("local", Message(lines=(line("Everything."),), file=export))

    saved = tmp_path / "oo-export.json"
    assert saved.read_bytes() == b"{}"
    assert saved.stat().st_mode & 0o777 == 0o600
    assert printed(pipe) == f"Saved as {saved}\nEverything.\n"


async def test_a_file_that_cannot_be_saved_is_a_failed_send(house: House, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()

    with pytest.raises(SendRejected, match="can't be saved"):
        await terminal(house).send("local", Message(lines=(), file=Document(name="taken", content=b"{}")))


# --- Ends that break ---------------------------------------------------------------------------------------


@pytest.fixture
def nobody_reads() -> Iterator[BinaryIO]:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as target:
        yield target


@pytest.fixture
def full_disk() -> Iterator[BinaryIO]:
    with open("/dev/full", "wb", buffering=0) as target:
        yield target


@pytest.fixture
def silence() -> Iterator[BinaryIO]:
    """An input on which nothing comes and which does not end."""
    reading, writing = os.pipe()
    with open(reading, "rb") as source:
        yield source
        os.close(writing)


async def test_when_the_reader_leaves_the_chat_ends_in_peace(house: House, nobody_reads: BinaryIO) -> None:
    async def answer(update: Update) -> None:
        await pipe.send("local", TIP)
        await pipe.send("local", TIP)

    house.answer = answer
    pipe = terminal(house, b"a\nb\n", nobody_reads)

    await pipe.run()

    assert house.heard == ["a"]


async def test_an_output_that_fails_is_not_passed_over(house: House, full_disk: BinaryIO) -> None:
    pipe = terminal(house, b"hello\n", full_disk)
    with pytest.raises(SendRejected, match="No space left"):
        await pipe.send("local", TIP)

    with pytest.raises(SendRejected, match="No space left"):
        await pipe.run()
    assert house.heard == []


async def test_waiting_for_a_line_can_be_called_off(house: House, silence: BinaryIO) -> None:
    chat = asyncio.create_task(terminal(house, silence).run())
    await asyncio.sleep(0)
    chat.cancel()

    with pytest.raises(asyncio.CancelledError):
        await chat
