from __future__ import annotations

import pytest
from hypothesis import given

from core.words.commands import MAX_ARGUMENT_LENGTH, Command, parse_command
from tests.core.words.hostile import BOMBS, hostile_text

NAMES = {"tip", "add", "why", "whynot"}


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/tip", Command(name="tip")),
        ("/tip@oo_bot 20 min", Command(name="tip", argument="20 min")),
        ("/ADD Pay  rent\n", Command(name="add", argument="Pay rent")),
        ("  /add\tx", Command(name="add", argument="x")),
        ("/whynot", Command(name="whynot")),
        ("/\u202eadd <!channel>", Command(name="add", argument="<!channel>")),
        ("/add /tip", Command(name="add", argument="/tip")),
    ],
)
def test_a_command_is_understood(typed: str, command: Command) -> None:
    assert parse_command(typed, NAMES) == command


@pytest.mark.parametrize(
    "typed", ["", "/", "tip", "/nope", "/tips", "//tip", "/ tip", "/tip!", "/tip@", "see /tip", "/ａdd x"]
)
def test_other_texts_are_no_commands(typed: str) -> None:
    assert parse_command(typed, NAMES) is None


@given(hostile_text)
def test_an_argument_is_clean_and_short(typed: str) -> None:
    command = parse_command(f"/add {typed}", NAMES)
    assert command is not None
    assert len(command.argument) <= MAX_ARGUMENT_LENGTH
    assert command.argument == command.argument.strip()


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_huge_argument_is_cut(bomb: str) -> None:
    command = parse_command(f"/add {bomb}", NAMES)
    assert command is not None
    assert len(command.argument) <= MAX_ARGUMENT_LENGTH
