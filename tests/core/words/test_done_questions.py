"""Questions whether something is done, in four languages; other questions are none of them."""

from __future__ import annotations

from core.words.intents import AskDone
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW
from tests.rows import each_of

ASKED: dict[AskDone, tuple[str, ...]] = {
    AskDone(title="pay the rent"): ("did I pay the rent?", "did i already pay the rent today?"),
    AskDone(title="rent", deed="paid"): (
        "have I paid the rent yet?", "Have I already paid the rent?", "is the rent paid?",
    ),
    AskDone(title="dishes"): ("are the dishes done?", "are the dishes finished yet?"),
    AskDone(title="rent"): ("is the rent done?",),
    AskDone(title="Miete", deed="bezahlt"): (
        "hab ich die Miete schon bezahlt?", "habe ich schon die Miete bezahlt?", "ist die Miete bezahlt?",
    ),
    AskDone(title="Müll"): ("ist der Müll schon erledigt?",),
    AskDone(title="loyer", deed="payé"): (
        "est-ce que j'ai payé le loyer ?", "j'ai déjà payé le loyer ?", "ai-je payé le loyer ?",
        "le loyer est payé ?",
    ),
    AskDone(title="alquiler", deed="pagado"): ("¿he pagado el alquiler?", "¿está pagado el alquiler?"),
}  # fmt: skip


@each_of([(said, asked) for asked, sayings in ASKED.items() for said in sayings])
def test_it_is_asked_whether_something_is_done(said: str, asked: AskDone) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == asked


@each_of(
    (
        "is it raining?", "is the dentist on friday?", "are you there?", "did I miss anything?",
        "have I time?", "did you write today?", "hab ich morgen was vor?", "ist das gut?",
        "I have paid the rent", "rent paid",
        "j'ai payé le loyer", "he pagado el alquiler", "did I get a message?", "x" * 200 + "?",
    )
)  # fmt: skip
def test_other_questions_and_reports_are_none(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), AskDone)
