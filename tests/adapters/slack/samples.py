"""Messages and taps as the rest of oO would hand them over to Slack."""

from dataclasses import replace

from core.chat import Channel, Home, Message, Sender, Span, Style, Tapped
from tests.adapters.inbox import NOW
from tests.adapters.samples import DONE, EXPORT, REASONS, TIP, line, row

SENDER = Sender(channel=Channel.SLACK, external_id="T00000001/U1", address="")


def tapped(address: str, trigger: str | None = None) -> Tapped:
    """A tap on a message at ``address``."""
    sender = replace(SENDER, address=address)
    return Tapped(update_id="1", sender=sender, received_at=NOW, token="t", callback_id=trigger)


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
