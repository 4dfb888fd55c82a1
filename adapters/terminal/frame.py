"""``Message`` -> styled rows beside a bar, for a TTY.

The frame has only a left edge: terminals disagree about the width of emoji, so a right edge would be ragged.

Tests: tests/adapters/terminal/test_render.py.
"""

from __future__ import annotations

from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from adapters.terminal.render import buttons_of, labels, links_of, printable
from core.chat import Button, Line, Message, Style

BAR = "│ "
MIN_COLUMNS, MAX_COLUMNS = 8, 100  # columns of text
STYLES = {
    Style.PLAIN: "",
    Style.BOLD: "bold",
    Style.ITALIC: "italic",
    Style.STRIKE: "strike",
    Style.CODE: "cyan",
}


def render_frame(message: Message, *, columns: int) -> str:
    """The message for a screen of ``columns``, as text with ANSI styles and a newline after each row."""
    width = max(MIN_COLUMNS, min(columns - len(BAR) - 1, MAX_COLUMNS))
    console = _console(width)
    rows = [row for line in message.lines for row in _text(line).wrap(console, width)]
    for row in rows:
        row.rstrip()
    rows += [Text(row, style="cyan") for row in links_of(message)]  # unbroken, so that it can be copied
    rows += [Text(row, style="bold cyan") for row in button_rows(buttons_of(message), columns=width)]
    return _printed([Text.assemble((BAR, "cyan"), row) for row in rows], columns)


def render_remark(text: str, *, columns: int) -> str:
    """A dim line of the terminal itself."""
    return _printed([Text(printable(text), style="dim")], columns)


def button_rows(buttons: tuple[Button, ...], *, columns: int) -> list[str]:
    """``[1] Done  [2] Snooze`` in as few rows as possible; no label is split."""
    rows: list[str] = []
    for label in labels(buttons):
        if rows and cell_len(rows[-1]) + 2 + cell_len(label) <= columns:
            rows[-1] += f"  {label}"
        else:
            rows.append(label)
    return rows


def _text(line: Line) -> Text:
    text = Text(style="dim" if line.small else "")
    for span in line.spans:
        text.append(printable(span.text), style=STYLES[span.style])
    return text


def _console(columns: int) -> Console:
    # prompt_toolkit prints the result and adapts the colours to the terminal.
    return Console(
        file=StringIO(), width=columns, force_terminal=True, color_system="standard", legacy_windows=False
    )


def _printed(rows: list[Text], columns: int) -> str:
    console = _console(columns)
    with console.capture() as captured:
        for row in rows:
            console.print(row, soft_wrap=True)
    return captured.get()
