import asyncio
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from adapters.terminal.channel import GREETING
from adapters.terminal.pipe import MAX_LINE_BYTES, PipeTerminal
from core.chat import Document, Home, Message, Tapped, Update, one_field
from core.errors import SendRejected
from tests.adapters.samples import line
from tests.adapters.terminal.backend import Backend
from tests.adapters.terminal.samples import TIP, said


@pytest.fixture
def backend(tmp_path: Path) -> Backend:
    return Backend(tmp_path)


def terminal(backend: Backend, typed: bytes | BinaryIO = b"", target: BinaryIO | None = None) -> PipeTerminal:
    source = BytesIO(typed) if isinstance(typed, bytes) else typed
    return PipeTerminal(
        backend.ports, zone="Europe/Berlin", run_id="run", source=source, target=target or BytesIO()
    )


def printed(pipe: PipeTerminal) -> str:
    target = pipe._target
    assert isinstance(target, BytesIO)
    return target.getvalue().decode()


async def chatted(backend: Backend, typed: bytes, first: Message | None = None) -> PipeTerminal:
    """Everything typed, below ``first`` if that was shown before."""
    pipe = terminal(backend, typed)
    if first:
        await pipe.send("local", first)
    await pipe.run()
    return pipe


# --- What a line means -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1", "1 ", "\t1", "1\r", "01", "001"])
async def test_a_number_presses_that_button(backend: Backend, typed: str) -> None:
    await chatted(backend, f"{typed}\n".encode(), TIP)

    assert backend.received == ["token-Done"]


@pytest.mark.parametrize("typed", ["１", "²", "٣", "1.", "+1", "-1", "1 2", "one", "/1", "1830", "1" * 5000])
async def test_anything_else_is_said(backend: Backend, typed: str) -> None:
    await chatted(backend, f"{typed}\n".encode(), TIP)

    assert backend.received == [typed]


@pytest.mark.parametrize("typed", ["0", "4", "999"])
async def test_a_number_without_a_button_is_pointed_out(backend: Backend, typed: str) -> None:
    pipe = await chatted(backend, f"{typed}\n".encode(), TIP)

    assert backend.received == []
    assert printed(pipe).endswith(f"There is no button {typed}.\n")


async def test_a_number_is_said_where_there_are_no_buttons(backend: Backend) -> None:
    await chatted(backend, b"1\n0\n", said("Hello."))

    assert backend.received == ["1", "0"]


async def test_blank_lines_are_passed_over(backend: Backend) -> None:
    await chatted(backend, "\n  \n\r\n\x0b\u00a0\u3000\nhello\n".encode())

    assert backend.received == ["hello"]


@pytest.mark.parametrize(
    ("typed", "received"),
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
    backend: Backend, typed: bytes, received: str
) -> None:
    await chatted(backend, typed)

    assert backend.received == [received]
    received.encode()


async def test_the_rest_of_an_endless_line_is_passed_over(backend: Backend) -> None:
    await chatted(backend, b"x" * (3 * MAX_LINE_BYTES) + b"\nnext\n" + b"y" * (MAX_LINE_BYTES + 1))

    assert backend.received == ["x" * MAX_LINE_BYTES, "next", "y" * MAX_LINE_BYTES]


async def test_updates_are_numbered_apart_and_come_from_the_person_at_the_terminal(backend: Backend) -> None:
    await chatted(backend, b"a\nb\n")

    first, second = backend.updates
    assert first.update_id != second.update_id
    assert (first.sender.zone, first.sender.trusted) == ("Europe/Berlin", True)


# --- Answers -----------------------------------------------------------------------------------------------


async def test_each_line_is_answered_before_the_next_is_read(backend: Backend) -> None:
    async def slowly(update: Update) -> None:
        await asyncio.sleep(0.01)
        await pipe.send("local", said(f"heard {backend.received[-1]}", f"button {len(backend.received)}"))

    backend.answer = slowly
    pipe = terminal(backend, b"a\n1\n1\n")

    await pipe.run()

    assert backend.received == ["a", "token-button 1", "token-button 2"]


async def test_a_pipe_is_not_spoken_to_first(backend: Backend) -> None:
    await chatted(backend, b"")

    assert backend.received == []


async def test_a_person_at_a_simple_terminal_is_greeted(backend: Backend) -> None:
    class Keyboard(BytesIO):
        def isatty(self) -> bool:
            return True

    await terminal(backend, Keyboard(b"hello\n")).run()

    assert backend.received == [GREETING, "hello"]


async def pressed(backend: Backend, pipe: PipeTerminal) -> Tapped:
    await pipe.submit("1", pipe.active)
    tap = backend.updates[-1]
    assert isinstance(tap, Tapped)
    return tap


async def test_a_remark_on_a_tap_is_printed_and_none_is_not(backend: Backend) -> None:
    pipe = terminal(backend)
    await pipe.send("local", TIP)
    tap = await pressed(backend, pipe)

    await pipe.acknowledge(tap, "Already done at 10:02.")
    before = printed(pipe)
    await pipe.acknowledge(tap, None)

    assert before == printed(pipe)
    assert before.endswith("Already done at 10:02.\n")


async def test_a_question_is_left_to_the_chat(backend: Backend) -> None:
    pipe = terminal(backend)
    await pipe.send("local", TIP)
    tap = await pressed(backend, pipe)

    assert await pipe.ask(tap, one_field("When?", "Your answer"), "token") is False


async def test_what_a_home_page_would_hold_is_shown(backend: Backend) -> None:
    pipe = terminal(backend)

    await pipe.show_home(pipe.sender, Home(sections=(said("Settings", "Change"), said("Next"))))

    assert printed(pipe) == "Settings\n[1] Change\nNext\n"


async def test_a_file_is_saved_for_the_person_alone(backend: Backend, tmp_path: Path) -> None:
    pipe = terminal(backend)
    export = Document(name="oo-export.json", content=b"{}")

    await pipe.send("local", Message(lines=(line("Everything."),), file=export))

    saved = tmp_path / "oo-export.json"
    assert saved.read_bytes() == b"{}"
    assert saved.stat().st_mode & 0o777 == 0o600
    assert printed(pipe) == f"Saved as {saved}\nEverything.\n"


async def test_a_file_that_cannot_be_saved_is_a_failed_send(backend: Backend, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()

    with pytest.raises(SendRejected, match="can't be saved"):
        await terminal(backend).send("local", Message(lines=(), file=Document(name="taken", content=b"{}")))


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


async def test_when_the_reader_leaves_the_chat_ends_in_peace(
    backend: Backend, nobody_reads: BinaryIO
) -> None:
    async def answer(update: Update) -> None:
        await pipe.send("local", TIP)
        await pipe.send("local", TIP)

    backend.answer = answer
    pipe = terminal(backend, b"a\nb\n", nobody_reads)

    await pipe.run()

    assert backend.received == ["a"]


async def test_an_output_that_fails_is_not_passed_over(backend: Backend, full_disk: BinaryIO) -> None:
    pipe = terminal(backend, b"hello\n", full_disk)
    with pytest.raises(SendRejected, match="No space left"):
        await pipe.send("local", TIP)

    with pytest.raises(SendRejected, match="No space left"):
        await pipe.run()
    assert backend.received == []


async def test_waiting_for_a_line_can_be_called_off(backend: Backend, silence: BinaryIO) -> None:
    chat = asyncio.create_task(terminal(backend, silence).run())
    await asyncio.sleep(0)
    chat.cancel()

    with pytest.raises(asyncio.CancelledError):
        await chat
