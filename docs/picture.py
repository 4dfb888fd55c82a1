"""Takes the picture of a real chat that the README shows: ``.venv/bin/python docs/picture.py`` (needs tmux).

A stranger's first minutes in ``oo chat``, acted out in a real window and written to ``docs/chat.svg``. Tips
are drawn, so take another picture if this one shows the less likely tip.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.ansi import AnsiDecoder
from rich.console import Console

HERE = Path(__file__).parent
COLUMNS, ROWS = 90, 43
CHAT = (  # (what to wait for, what to type then)
    ("[1] Agree and start", "1"),
    ("[1] Yes", "1"),
    ("[1] Change times", "Pay rent tomorrow 9am p1"),
    ("Added: Pay rent", "Water the plants"),
    ("Added: Water the plants", "/tip"),
    ("[1] Done", "1"),
    ("Done at", "/why"),
    ("probability", ""),
)
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
FOREIGN_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def tmux(*arguments: str) -> str:
    """Run a command of a tmux server that is ours alone."""
    command = ["tmux", "-L", f"oo-{os.getpid()}", "-f", "/dev/null", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - a command of ours


def open_window(folder: str) -> None:
    """``oo chat`` in a new home, in Berlin."""
    settings = {
        "DATABASE_URL": f"sqlite:///{folder}/oo.db",
        "PYTHONPATH": str(HERE.parent),
        "TZ": "Europe/Berlin",
    }
    variables = [part for name, value in settings.items() for part in ("-e", f"{name}={value}")]
    tmux(
        "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), *variables, f"{sys.executable} -m bot chat"
    )


def screen(words: str) -> str:
    """All that was on the screen, with its colours, once ``words`` have appeared."""
    for _ in range(600):
        if words in tmux("capture-pane", "-p"):
            time.sleep(0.5)  # for the prompt below
            return tmux("capture-pane", "-p", "-e", "-S", "-")
        time.sleep(0.1)
    raise TimeoutError(f"{words!r} did not appear")


def picture(shown: str) -> str:
    """The screen as an SVG that loads nothing from elsewhere."""
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    for row in AnsiDecoder().decode(shown):
        console.print(row, soft_wrap=True)
    svg = console.export_svg(title="oo chat", unique_id="oo")
    return FOREIGN_FONT.sub("", svg).replace("Fira Code, monospace", FONT)


def main() -> None:
    """Act the chat out, and keep what the window shows."""
    with TemporaryDirectory() as folder:
        open_window(folder)
        try:
            for words, typed in CHAT:
                shown = screen(words)
                if typed:
                    tmux("send-keys", "-l", typed)
                    tmux("send-keys", "Enter")
        finally:
            tmux("kill-server")
    (HERE / "chat.svg").write_text(picture(shown), encoding="utf-8")


if __name__ == "__main__":
    main()
