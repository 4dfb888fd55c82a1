"""Messages and taps as the rest of oO would hand them over."""

from core.chat import Button, Channel, Document, Line, Message, Sender, Span, Style, Tapped
from tests.adapters.telegram.inbox import NOW

SENDER = Sender(channel=Channel.TELEGRAM, external_id="42", address="42")


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


def tapped(callback_id: str | None) -> Tapped:
    """A tap as the inbox would hand it back."""
    return Tapped(update_id="1", sender=SENDER, received_at=NOW, token="t", callback_id=callback_id)


TIP = Message(
    lines=(
        line(Span(text="Pay the rent", style=Style.BOLD), ": two minutes now, and it was due yesterday."),
    ),
    buttons=(row("Done", "Snooze", "Dismiss"),),
    subject="decision",
)
LANGUAGE_MODEL_TIP = Message(
    lines=(
        line(
            Span(text="Start the report with its ugliest paragraph.", style=Style.BOLD),
            " You have 40 minutes.",
        ),
        line("From the language model, about ", Span(text="Quarterly report", style=Style.BOLD), small=True),
    ),
    buttons=(row("Done", "Snooze", "Dismiss"),),
)
DONE = Message(
    lines=(line(Span(text="Pay the rent", style=Style.STRIKE), " Done at 10:02."),), buttons=(row("Undo"),)
)
REASONS = Message(
    lines=(line("Fine, not this one. Why? It helps me choose."),),
    buttons=(row("Not now", "Not this", "Never about rent", "Did it already"),),
)
HOSTILE = Message(
    lines=(
        line(
            Span(text="</b><a href='tg://user?id=1'>free</a> & <!channel> *x* _y_ `z`", style=Style.BOLD),
            ": &lt;b&gt; @all [l](http://x.example)",
        ),
        line("emoji 👩‍👩‍👧 and a lone \ud83d half", Span(text="<i>", style=Style.CODE), small=True),
    ),
    buttons=(row("<b>Done</b> & dusted " + "very " * 20),),
)
EXPORT = Message(
    lines=(line("Here is everything I keep about you."),),
    file=Document(name="oo-export.json", content=b'{"tasks": []}'),
)
SAMPLES = {
    "tip": TIP,
    "language_model_tip": LANGUAGE_MODEL_TIP,
    "done": DONE,
    "reasons": REASONS,
    "hostile": HOSTILE,
    "export": EXPORT,
}
