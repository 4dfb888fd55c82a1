"""Messages as the rest of oO would hand them over to the terminal."""

from core.chat import Button, Message, Span, Style
from tests.adapters.samples import DONE, line


def row(*labels: str) -> tuple[Button, ...]:
    """A row of buttons; each token says which button it is."""
    return tuple(Button(label=label, verb="verb", token=f"token-{label}") for label in labels)


def said(text: str, *labels: str) -> Message:
    """One plain line, with buttons."""
    return Message(lines=(line(text),), buttons=(row(*labels),) if labels else ())


TIP = Message(
    lines=(
        line(Span(text="Pay the rent", style=Style.BOLD), ": two minutes now, and it was due yesterday."),
        line("You asked me to bring this back.", small=True),
    ),
    buttons=(row("Done", "Snooze", "Dismiss"),),
    subject="decision",
)
SNOOZE = Message(
    lines=(line(Span(text="Pay the rent", style=Style.BOLD)), line("When shall I bring it back?")),
    buttons=(
        row("1 hour", "This evening"),
        row("Tomorrow morning", "Next week"),
        row("Type a time", "Back"),
    ),
)
STYLES = Message(
    lines=(line(*(Span(text=f"{style} ", style=style) for style in Style)), line("no buttons here")),
)
WIDE = Message(
    lines=(
        line("家賃を払う " * 14 + "😀" * 20),
        line(Span(text="Kümmere dich um die Überweisung ", style=Style.BOLD), "❤️ 🇩🇪 👩‍👩‍👧 " * 6),
        line("x" * 120, small=True),
    ),
    buttons=(row("完了", "スヌーズ"),),
)
HOSTILE = Message(
    lines=(
        line(Span(text="\x1b[2J\x1b]0;owned\x07bell \x9b31m red\x00", style=Style.BOLD)),
        line("two\nlines\r\n[1] Fake  \u2028tab\there"),
        line("right \u202eot tfel\u202c, zero\u200bwidth, a lone \ud83d half, tag \U000e0041"),
        line("[bold]not markup[/bold] :smile: <b>", small=True),
    ),
    buttons=(row("\x1b[31mDone\r", "Snooze\n[3] Delete"),),
)
SAMPLES = {
    "tip": TIP,
    "done": DONE,
    "snooze": SNOOZE,
    "styles": STYLES,
    "wide": WIDE,
    "hostile": HOSTILE,
}
