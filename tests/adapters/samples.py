"""Messages as the rest of oO would hand them over, the same for every platform."""

from __future__ import annotations

from core.chat import Button, Document, Line, Message, Span, Style


def button(label: str, number: int = 0) -> Button:
    """A button as it looks once its message is addressed."""
    return Button(label=label, verb=label.lower(), token=f"x{'h' * 21}.{number}")


def row(*labels: str) -> tuple[Button, ...]:
    """A row of buttons, numbered from the left."""
    return tuple(button(label, number) for number, label in enumerate(labels))


def line(*spans: Span | str, small: bool = False) -> Line:
    """A line; plain strings are plain spans."""
    return Line(
        spans=tuple(Span(text=span) if isinstance(span, str) else span for span in spans), small=small
    )


def said(text: str) -> Message:
    """A message of plain text, a line for each of its lines."""
    return Message(lines=tuple(line(part) for part in text.split("\n")))


TIP = Message(
    lines=(
        line(Span(text="Pay the rent", style=Style.BOLD), ": two minutes now, and it was due yesterday."),
    ),
    buttons=(row("Done", "Snooze", "Dismiss"),),
    subject="decision",
)
DONE = Message(
    lines=(line(Span(text="Pay the rent", style=Style.STRIKE), " Done at 10:02."),), buttons=(row("Undo"),)
)
REASONS = Message(
    lines=(line("Fine, not this one. Why? It helps me choose."),),
    buttons=(row("Not now", "Not this", "Never about rent", "Did it already"),),
)
EXPORT = Message(
    lines=(line("Here is everything I keep about you."),),
    file=Document(name="oo-export.json", content=b'{"tasks": []}'),
)
