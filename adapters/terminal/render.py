"""``Message`` -> plain text. Control characters are removed, as they could repaint the screen."""

from __future__ import annotations

from core.chat import Button, Line, Message, Span, Style
from core.text import JOINING_CHARACTERS, without_invisible


def render_plain(message: Message) -> str:
    """The text, then all buttons on one line as ``[1] Done  [2] Snooze``."""
    rows = [_line(line) for line in message.lines]
    rows += links_of(message)
    if buttons := buttons_of(message):
        rows.append("  ".join(labels(buttons)))
    return "\n".join(rows)


def buttons_of(message: Message) -> tuple[Button, ...]:
    """All buttons that can be pressed, in reading order."""
    return tuple(button for row in message.buttons for button in row if button.url is None)


def links_of(message: Message) -> list[str]:
    """``Open Todoist: https://…`` for each button that opens a page."""
    buttons = (button for row in message.buttons for button in row)
    return [f"{printable(one.label)}: {printable(one.url)}" for one in buttons if one.url]


def labels(buttons: tuple[Button, ...]) -> list[str]:
    """``[1] Done`` for each button."""
    return [f"[{number}] {printable(button.label)}" for number, button in enumerate(buttons, start=1)]


def _line(line: Line) -> str:
    text = "".join(_span(span) for span in line.spans)
    return f"  {text}" if line.small else text


def _span(span: Span) -> str:
    text = printable(span.text)
    return f"~{text}~" if span.style is Style.STRIKE else text


def printable(text: str) -> str:
    """``text`` on one line without control, bidi and other invisible characters and lone surrogates.

    Joiners between emoji or letters are kept.
    """
    return "".join(_shown(char) for char in without_invisible(text))


def _shown(char: str) -> str:
    if char.isprintable() or JOINING_CHARACTERS.match(char):
        return char
    return " " if char.isspace() else ""
