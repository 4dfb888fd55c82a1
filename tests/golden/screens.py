"""What a message looks like on each channel, as one text. ``python -m tests.golden.screens`` writes all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.slack.render import render_message as slack_pages
from adapters.telegram.render import render_message as telegram_pages
from adapters.terminal.render import render_plain
from core.chat import Message
from tests.golden.messages import MESSAGES
from tests.servers.slack.screen import of_blocks
from tests.servers.telegram.content import Button
from tests.servers.telegram.html import parse_html
from tests.servers.telegram.screen import screen

FOLDER = Path(__file__).parent / "screens"


def golden(message: Message) -> str:
    """The message on a terminal, in Telegram and in Slack."""
    ready = with_tokens(message)
    shown = {"terminal": render_plain(ready), "telegram": _telegram(ready), "slack": _slack(ready)}
    return "\n\n".join(f"--- {channel}\n{text}" for channel, text in shown.items()) + "\n"


def with_tokens(message: Message) -> Message:
    """The message as if its buttons were known to the store."""
    rows = tuple(
        tuple(replace(button, token=f"{row}.{place}") for place, button in enumerate(buttons))
        for row, buttons in enumerate(message.buttons)
    )
    return replace(message, buttons=rows)


def _telegram(message: Message) -> str:
    [page] = telegram_pages(message)
    rows = page.keyboard.inline_keyboard if page.keyboard else ()
    buttons = tuple(tuple(Button(label=one.text, data=str(one.callback_data)) for one in row) for row in rows)
    return screen(parse_html(page.html), buttons)


def _slack(message: Message) -> str:
    [page] = slack_pages(message)
    blocks: list[dict[str, Any]] = page.blocks
    return of_blocks(blocks)


def write() -> None:
    """Make the files anew; what changed is for a person to judge."""
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.glob("*.txt"):
        file.unlink()
    for name, message in MESSAGES.items():
        (FOLDER / f"{name}.txt").write_text(golden(message), encoding="utf-8")


if __name__ == "__main__":
    write()
