"""Messages and taps as the rest of oO would hand them over to Telegram."""

from core.chat import Channel, Message, Sender, Span, Style, Tapped
from tests.adapters.inbox import NOW
from tests.adapters.samples import DONE, EXPORT, REASONS, TIP, line, row

SENDER = Sender(channel=Channel.TELEGRAM, external_id="42", address="42")


def tapped(callback_id: str | None) -> Tapped:
    """A tap as the inbox would hand it back."""
    return Tapped(update_id="1", sender=SENDER, received_at=NOW, token="t", callback_id=callback_id)


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
SAMPLES = {
    "tip": TIP,
    "language_model_tip": LANGUAGE_MODEL_TIP,
    "done": DONE,
    "reasons": REASONS,
    "hostile": HOSTILE,
    "export": EXPORT,
}
