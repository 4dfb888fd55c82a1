"""Which buttons a number presses after messages, edits and more messages."""

from io import BytesIO
from pathlib import Path

import pytest

from adapters.terminal.pipe import PipeTerminal
from core.chat import Tapped
from tests.adapters.samples import DONE
from tests.adapters.terminal.house import House
from tests.adapters.terminal.samples import TIP, said


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def screen() -> BytesIO:
    return BytesIO()


@pytest.fixture
def pipe(house: House, screen: BytesIO) -> PipeTerminal:
    return PipeTerminal(house.ports, zone=None, run_id="run", source=BytesIO(), target=screen)


async def pressed(house: House, pipe: PipeTerminal) -> str:
    await pipe.enter("1", pipe.offer)
    return house.heard[-1]


async def test_the_newest_message_with_buttons_counts(house: House, pipe: PipeTerminal) -> None:
    await pipe.send("local", TIP)
    await pipe.send("local", said("Added.", "Undo"))
    await pipe.send("local", said("No buttons here."))

    assert await pressed(house, pipe) == "token-Undo"


async def test_a_press_names_its_message(house: House, pipe: PipeTerminal) -> None:
    message_id = await pipe.send("local", TIP)

    await pressed(house, pipe)

    assert isinstance(house.updates[0], Tapped)
    assert house.updates[0].message_id == message_id


async def test_an_edit_is_shown_below_with_the_buttons_it_has_now(
    house: House, pipe: PipeTerminal, screen: BytesIO
) -> None:
    message_id = await pipe.send("local", TIP)
    await pipe.edit("local", message_id, DONE)

    assert screen.getvalue().decode().endswith("~Pay the rent~ Done at 10:02.\n[1] Undo\n")
    assert await pressed(house, pipe) == DONE.buttons[0][0].token


async def test_an_edit_brings_an_older_message_back_in_front(house: House, pipe: PipeTerminal) -> None:
    message_id = await pipe.send("local", TIP)
    await pipe.send("local", said("Delete everything?", "Delete everything"))
    await pipe.edit("local", message_id, DONE)

    assert await pressed(house, pipe) == DONE.buttons[0][0].token


async def test_after_an_edit_without_buttons_a_number_presses_nothing_not_even_further_up(
    house: House, pipe: PipeTerminal
) -> None:
    await pipe.send("local", said("Delete everything?", "Delete everything"))
    message_id = await pipe.send("local", said("Added.", "Undo"))
    await pipe.edit("local", message_id, said("Removed."))

    assert await pressed(house, pipe) == "1"


async def test_an_edit_without_buttons_leaves_those_of_another_message(
    house: House, pipe: PipeTerminal
) -> None:
    message_id = await pipe.send("local", said("Added.", "Undo"))
    await pipe.send("local", TIP)
    await pipe.edit("local", message_id, said("Removed."))

    assert await pressed(house, pipe) == "token-Done"
