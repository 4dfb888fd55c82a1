"""Messages as the rest of oO would hand them over."""

from dataclasses import replace

from core.chat import Button, Channel, Document, Home, Line, Message, Sender, Span, Style, Tapped
from tests.adapters.slack.inbox import NOW

SENDER = Sender(channel=Channel.SLACK, external_id="T00000001/U1", address="")


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


def tapped(address: str, trigger: str | None = None) -> Tapped:
    """A tap on a message at ``address``."""
    sender = replace(SENDER, address=address)
    return Tapped(update_id="1", sender=sender, received_at=NOW, token="t", callback_id=trigger)


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
        line('From the language model, about "Quarterly report".', small=True),
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
            Span(text="<!channel> *x* _y_ ~z~ ``` & <b>", style=Style.BOLD),
            ": <@U1> &lt;b&gt; <https://evil.example|rent> :tada:",
        ),
        line(
            "_small_ <!here> and a lone \ud83d half, 👩‍👩‍👧", Span(text="`<i>`", style=Style.CODE), small=True
        ),
    ),
    buttons=(row("*Done* <!channel> & dusted " + "very " * 20),),
)
STYLES = Message(
    lines=(
        line(*(Span(text=style.value, style=style) for style in Style)),
        line(),
        line("and plain again"),
    )
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
    "styles": STYLES,
    "export": EXPORT,
}
HOME = Home(
    sections=(
        Message(
            lines=(
                line(Span(text="Your settings", style=Style.BOLD)),
                line("I write at 9:00, 13:00 and 18:30, never between 22:00 and 7:00."),
            ),
            buttons=(row("Change times", "Change quiet hours"), row("Fewer", "More")),
        ),
        Message(lines=(line("Today 18:30 · Tomorrow 9:00, 13:00, 18:30"), line("Europe/Berlin", small=True))),
    )
)
