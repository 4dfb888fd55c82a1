import asyncio
import logging
import re
import sys
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path

import pytest
from prompt_toolkit.input.posix_pipe import PosixPipeInput

from adapters.terminal.channel import GREETING
from adapters.terminal.words import TerminalWords
from core.chat import Update
from tests.adapters.terminal.desk import BACKSPACE, CTRL_C, UP, chat_window
from tests.adapters.terminal.samples import TIP, said


async def test_the_person_is_greeted_and_then_heard(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("Buy milk 🥛 für Zoë\r")

        await desk.expect_received("Buy milk 🥛 für Zoë")


async def test_a_message_appears_beside_its_bar_with_its_buttons_in_the_toolbar(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        await desk.terminal.send("local", TIP)

        seen = await desk.screen.expect_text("Dismiss")
        assert "│ Pay the rent: two minutes now" in seen
        await desk.screen.expect_text("[1] Done  [2] Snooze  [3] Dismiss")
        desk.type("2\r")
        await desk.expect_received("token-Snooze")


async def test_a_message_leaves_what_is_being_typed_alone(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("Call A")
        await desk.screen.expect_text("Call A")
        await desk.terminal.send("local", TIP)
        await desk.screen.expect_text("Pay the rent")
        await desk.screen.expect_text("Call A")  # drawn again below it
        desk.type("nn\r")

        await desk.expect_received("Call Ann")


async def test_a_number_presses_what_was_on_show_when_it_was_typed(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        await desk.terminal.send("local", said("Added.", "Undo"))
        await desk.screen.expect_text("[1] Undo")
        desk.type("1")
        await desk.screen.expect_text("1")
        await desk.terminal.send("local", TIP)
        await desk.screen.expect_text("[1] Done")
        desk.type("\r")
        await desk.expect_received("token-Undo")
        await desk.screen.expect_text("[1] Done")
        desk.type("1\r")

        await desk.expect_received("token-Undo", "token-Done")


async def test_once_the_line_is_empty_the_new_buttons_count(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("1")
        await desk.screen.expect_text("1")
        await desk.terminal.send("local", TIP)
        await desk.screen.expect_text("[1] Done")
        desk.type(BACKSPACE)
        await desk.screen.expect_text("[1] Done")
        desk.type("1\r")

        await desk.expect_received("token-Done")


async def test_keys_that_ran_ahead_find_the_answer_they_were_for(tmp_path: Path) -> None:
    async def answer(update: Update) -> None:
        await desk.terminal.send("local", said("What now?", f"after {len(desk.backend.received)}"))

    async with chat_window(tmp_path) as desk:
        desk.backend.answer = answer
        desk.type("/tip\r1\r1\r")

        await desk.expect_received("/tip", "token-after 2", "token-after 3")


async def test_a_slow_answer_gives_the_prompt_back_and_appears_above_it(tmp_path: Path) -> None:
    done = asyncio.Event()

    async def answer(update: Update) -> None:
        await desk.terminal.thinking("local")
        await done.wait()
        await desk.terminal.send("local", said("Here it is."))

    async with chat_window(tmp_path) as desk:
        desk.backend.answer = answer
        desk.type("think\r")
        await desk.screen.expect_text(TerminalWords().thinking)
        desk.backend.answer = None
        desk.type("meanwhile\r")
        await desk.expect_received("think", "meanwhile")
        done.set()
        await desk.screen.expect_text("Here it is.")
        await desk.screen.expect_text(TerminalWords().idle)


async def test_pasted_lines_wait_for_enter_and_are_a_message_each(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("\x1b[200~Buy milk\r\nCall Ann\n\n/tasks\n\x1b[201~")
        await desk.screen.expect_text("/tasks")
        assert desk.backend.received == [GREETING]
        desk.type("\r")

        await desk.expect_received("Buy milk", "Call Ann", "/tasks")


async def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.keyboard.send_bytes(b"caf\xff ok\r")

        await desk.expect_received("caf\ufffd ok")


async def test_commands_are_completed_with_their_descriptions(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("/ti")
        seen = await desk.screen.expect_text("When I may write")
        assert "A tip now" in seen
        assert "What I understand" not in seen
        desk.type("\t\r")

        await desk.expect_received("/tip")


async def test_free_text_is_not_completed(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("the tip /t")
        await desk.screen.expect_text("/t")
        desk.type("\t\r")

        await desk.expect_received("the tip /t")


async def test_what_was_typed_comes_back_in_the_next_chat(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("Buy milk\r")
        await desk.expect_received("Buy milk")

    async with chat_window(tmp_path) as later:
        later.type(UP)
        await later.screen.expect_text("Buy milk")
        later.type("\r")
        await later.expect_received("Buy milk")


async def test_ctrl_c_drops_the_line_first_and_leaves_then(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("never mind")
        await desk.screen.expect_text("never mind")
        desk.type(CTRL_C + "yes\r")
        await desk.expect_received("yes")
        await desk.screen.expect_text(TerminalWords().idle)
        desk.type(CTRL_C)


@pytest.mark.parametrize("word", ["/quit", " /exit "])
async def test_a_word_leaves_and_is_not_said(tmp_path: Path, word: str) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type(f"{word}\r")

    assert desk.backend.received == [GREETING]


async def test_messages_and_buttons_fit_the_window_as_it_is_now(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.window.columns = 24
        await desk.terminal.send("local", TIP)

        seen = await desk.screen.expect_text("[3] Dismiss")
        assert "│ Pay the rent: two\r\n│ minutes now, and it\r\n" in seen
        assert "[1] Done  [2] Snooze\r\n│ [3] Dismiss" in seen


async def test_a_blank_line_parts_two_messages_and_none_follows_what_was_typed(tmp_path: Path) -> None:
    async def answer(update: Update) -> None:
        await desk.terminal.send("local", said("one"))
        await desk.terminal.send("local", said("two"))

    async with chat_window(tmp_path) as desk:
        desk.backend.answer = answer
        desk.type("go\r")

        seen = await desk.screen.expect_text("│ two")
        assert "\n│ one\r\n\r\n│ two" in seen
        assert "\r\n\r\n│ one" not in seen


async def test_colours_are_left_out_where_they_are_not_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with chat_window(tmp_path) as desk:
        await desk.terminal.send("local", TIP)
        await desk.screen.expect_text("[1] Done")

    assert not re.findall(r"\x1b\[[0-9;]*\b(3[0-7]|38|9[0-7])\b[0-9;]*m", desk.screen.getvalue())
    assert "\x1b[0;1m" in desk.screen.getvalue()  # bold is no colour


async def test_log_lines_go_above_the_prompt_and_back_to_their_place_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = StringIO()
    monkeypatch.setattr(sys, "__stderr__", errors)
    handler = logging.StreamHandler(errors)
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    async with chat_window(tmp_path) as desk:
        logging.getLogger("test").warning("the model is slow")
        await desk.screen.expect_text("the model is slow")
    logging.getLogger("test").warning("afterwards")

    assert errors.getvalue() == "afterwards\n"


async def test_after_a_deletion_no_earlier_line_comes_back(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("Call Ann\r")
        await desk.expect_received("Call Ann")
        desk.type("Wat")
        await desk.screen.expect_text("Wat")

        desk.backend.knows = False
        await desk.terminal.send("local", said("Everything is deleted."))
        assert (tmp_path / "history").read_bytes() == b""
        desk.backend.knows = True

        desk.type("er plants\r")  # what was being typed is still there
        await desk.expect_received("Call Ann", "Water plants")
        desk.type(UP + UP + UP + "!\r")
        await desk.expect_received("Call Ann", "Water plants", "Water plants!")
        assert "Call Ann" not in (tmp_path / "history").read_text()
        assert (tmp_path / "history").stat().st_mode & 0o777 == 0o600


async def test_a_message_to_somebody_who_is_known_keeps_the_lines(tmp_path: Path) -> None:
    async with chat_window(tmp_path) as desk:
        desk.type("Call Ann\r")
        await desk.expect_received("Call Ann")
        await desk.terminal.send("local", said("Added."))
        desk.type(UP + "a\r")

        await desk.expect_received("Call Ann", "Call Anna")


async def test_keys_pressed_while_a_message_is_printed_are_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered: list[PosixPipeInput] = []
    cooked_mode = PosixPipeInput.cooked_mode

    def noted(keys: PosixPipeInput) -> AbstractContextManager[None]:
        entered.append(keys)
        return cooked_mode(keys)

    monkeypatch.setattr(PosixPipeInput, "cooked_mode", noted)
    async with chat_window(tmp_path) as desk:
        await desk.terminal.send("local", TIP)
        await desk.screen.expect_text("Pay the rent")

    assert entered == [], "in cooked mode a Ctrl-D is lost"
