"""Which buttons a number presses after messages, edits and more messages."""

from io import BytesIO
from pathlib import Path

import pytest

from adapters.terminal.pipe import PipeTerminal
from core.chat import Tapped
from tests.adapters.samples import DONE
from tests.adapters.terminal.backend import Backend
from tests.adapters.terminal.samples import TIP, said


@pytest.fixture
def backend(tmp_path: Path) -> Backend:
    return Backend(tmp_path)


@pytest.fixture
def screen() -> BytesIO:
    return BytesIO()


@pytest.fixture
def pipe(backend: Backend, screen: BytesIO) -> PipeTerminal:
    return PipeTerminal(backend.ports, zone=None, run_id="run", source=BytesIO(), target=screen)


async def pressed(backend: Backend, pipe: PipeTerminal) -> str:
    await pipe.submit("1", pipe.active)
    return backend.received[-1]


async def test_the_newest_message_with_buttons_counts(backend: Backend, pipe: PipeTerminal) -> None:
    await pipe.send("local", TIP)
    await pipe.send("local", said("Added.", "Undo"))
    await pipe.send("local", said("No buttons here."))

    assert await pressed(backend, pipe) == "token-Undo"


async def test_a_press_names_its_message(backend: Backend, pipe: PipeTerminal) -> None:
    message_id = await pipe.send("local", TIP)

    await pressed(backend, pipe)

    assert isinstance(backend.updates[0], Tapped)
    assert backend.updates[0].message_id == message_id


async def test_an_edit_is_shown_below_with_the_buttons_it_has_now(
    backend: Backend, pipe: PipeTerminal, screen: BytesIO
) -> None:
    message_id = await pipe.send("local", TIP)
    await pipe.edit("local", message_id, DONE)

    assert screen.getvalue().decode().endswith("~Pay the rent~ Done at 10:02.\n[1] Undo\n")
    assert await pressed(backend, pipe) == DONE.buttons[0][0].token


async def test_an_edit_brings_an_older_message_back_in_front(backend: Backend, pipe: PipeTerminal) -> None:
    message_id = await pipe.send("local", TIP)
    await pipe.send("local", said("Delete everything?", "Delete everything"))
    await pipe.edit("local", message_id, DONE)

    assert await pressed(backend, pipe) == DONE.buttons[0][0].token


async def test_after_an_edit_without_buttons_a_number_presses_nothing_not_even_further_up(
    backend: Backend, pipe: PipeTerminal
) -> None:
    await pipe.send("local", said("Delete everything?", "Delete everything"))
    message_id = await pipe.send("local", said("Added.", "Undo"))
    await pipe.edit("local", message_id, said("Removed."))

    assert await pressed(backend, pipe) == "1"


async def test_an_edit_without_buttons_leaves_those_of_another_message(
    backend: Backend, pipe: PipeTerminal
) -> None:
    message_id = await pipe.send("local", said("Added.", "Undo"))
    await pipe.send("local", TIP)
    await pipe.edit("local", message_id, said("Removed."))

    assert await pressed(backend, pipe) == "token-Done"
