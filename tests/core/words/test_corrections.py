"""What is said to correct the last words: the right date or time, and no title ever."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.words.corrections import without_correcting
from core.words.intents import AddTask, Correct, RemindBefore, Snooze
from core.words.understand import date_alone, understand
from tests.core.words.changes import said_patch
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)  # a Monday, 9:30
BERLIN = ZoneInfo("Europe/Berlin")

CORRECTIONS = {
    "no 5:30": "at=05:30 other_half=360",
    "no, 11": "at=11:00 other_half=360",
    "actually 6": "at=18:00 other_half=360",
    "no, make it 6": "at=18:00 other_half=360",
    "no, move it to friday": "on=2026-12-04",
    "sorry 4pm": "at=16:00",
    "sorry, 4pm please": "at=16:00",
    "oh sorry i meant 4": "at=16:00 other_half=360",
    "no wait, 5pm": "at=17:00",
    "i mean 4pm": "at=16:00",
    "at 4 rather": "at=16:00 other_half=360",
    "4pm, not 3pm": "at=16:00",
    "no, friday": "on=2026-12-04",
    "Nope. Friday at 4pm!": "due=2026-12-04T16:00",
    "friday instead": "on=2026-12-04",
    "friday works better": "on=2026-12-04",
    "i meant friday": "on=2026-12-04",
    "not tomorrow but wednesday": "on=2026-12-02",
    "no, not thursday, friday": "on=2026-12-04",
    "oops wrong day its thursday": "on=2026-12-03",
    "no, every friday": "on=2026-12-04 repeats=FREQ=WEEKLY;BYDAY=FR repeats_from_done=False",
    "wrong day": "",
    "sorry, wrong time": "",
    "doch erst um 9": "at=09:00 other_half=360",
    "lieber um 11": "at=11:00 other_half=360",
    "doch halb 6": "at=17:30 other_half=360",
    "ne, doch 16 uhr": "at=16:00",
    "nein warte, um 5": "at=17:00 other_half=360",
    "nein, freitag": "on=2026-12-04",
    "ich meinte freitag": "on=2026-12-04",
    "doch am donnerstag": "on=2026-12-03",
    "mach 14 uhr draus": "at=14:00",
    "mach daraus freitag": "on=2026-12-04",
    "freitag statt donnerstag": "on=2026-12-04",
    "nicht morgen sondern mittwoch": "on=2026-12-02",
    "falscher tag": "",
    "non, vendredi": "on=2026-12-04",
    "non 17h30": "at=17:30",
    "plutôt à 17h30": "at=17:30",
    "vendredi plutôt": "on=2026-12-04",
    "je voulais dire vendredi": "on=2026-12-04",
    "desole, jeudi": "on=2026-12-03",
    "finalement 18h": "at=18:00",
    "pas demain mais mercredi": "on=2026-12-02",
    "mauvais jour, c'est jeudi": "on=2026-12-03",
    "mauvais jour": "",
    "no, el viernes": "on=2026-12-04",
    "no, a las 5": "at=17:00 other_half=360",
    "perdón, a las 4": "at=16:00 other_half=360",
    "quise decir el viernes": "on=2026-12-04",
    "no mañana sino el miércoles": "on=2026-12-02",
    "me equivoqué de día, es el jueves": "on=2026-12-03",
    "el jueves no, el viernes": "on=2026-12-04",
    "jeudi non, vendredi": "on=2026-12-04",
    "más bien a las 16": "at=16:00",
    "día equivocado": "",
}


@each_of(tuple(CORRECTIONS.items()))
def test_a_correction_says_the_right_date(typed: str, patch: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, Correct), found
    assert sorted(said_patch(found.patch).split()) == sorted(patch.split())


@each_of(("mejor el viernes", "mejor a las 5", "no, mejor mañana"))
def test_what_may_put_a_tip_off_may_correct_a_task(typed: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found.otherwise if isinstance(found, Snooze) else found, Correct)


@each_of(
    (
        "actually 15 minutes before", "no, 15 minutes before", "doch lieber 15 minuten vorher",
        "non 15 minutes avant", "en realidad 15 minutos antes",
    )
)  # fmt: skip
def test_the_lead_of_a_reminder_is_corrected(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == RemindBefore(title="", minutes=15)


ALONE = {
    "wednesday": "on=2026-12-02",
    "friday at 4pm": "due=2026-12-04T16:00",
    "5pm": "at=17:00",
    "every friday": "on=2026-12-04 repeats=FREQ=WEEKLY;BYDAY=FR repeats_from_done=False",
    "wait, tomorrow": "on=2026-12-01",
    "hmm friday": "on=2026-12-04",
    "it's at 4": "at=16:00 other_half=360",
    "16 uhr": "at=16:00",
    "um 16 uhr bitte": "at=16:00",
    "am freitag": "on=2026-12-04",
    "mercredi": "on=2026-12-02",
    "à 16h": "at=16:00",
    "el miércoles": "on=2026-12-02",
    "a las 16": "at=16:00",
}


@each_of(tuple(ALONE.items()))
def test_a_date_alone_is_no_intent_by_itself(typed: str, patch: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) is None
    found = date_alone(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, Correct)
    assert sorted(said_patch(found.patch).split()) == sorted(patch.split())


@each_of(("3", "friday?", "no date", "2 hours later", "the friday report", "ok", "um"))
def test_other_words_are_no_date_alone(typed: str) -> None:
    assert date_alone(typed, now=NOW, zone=BERLIN) is None


OTHERS = (
    "no", "nein", "no 2", "no date", "no deadline", "no friday meeting", "no more tips today",
    "no milk today", "better call saul friday", "actually call mum at 5", "sorry i'm late", "i mean it",
    "not now", "not today", "call off the meeting", "change it bag battery", "make it tomorrow instead",
    "change the date of rent",
    "rather not", "wrong number", "write a correction by friday", "bob at 5 instead", "no, friday?",
    "doch nicht", "lieber nicht", "erst mal kaffee", "doch ins kino am freitag", "falsche adresse melden",
    "eigentlich müde heute", "non merci", "plutôt pas", "pas demain", "en fait appeler marie à 5h",
    "no gracias", "mejor no", "es viernes ya", "no hay leche",
)  # fmt: skip


@each_of(OTHERS)
def test_other_words_correct_nothing(typed: str) -> None:
    try:
        found = understand(typed, now=NOW, zone=BERLIN)
    except BadInput:
        return
    assert not isinstance(found, Correct)


@each_of(
    (
        ("sorry, dentist at 4pm", "dentist"),
        ("nein, zahnarzt um 16 uhr", "zahnarzt"),
        ("non, dentiste à 16h", "dentiste"),
        ("perdón, dentista a las 16", "dentista"),
    )
)
def test_the_words_of_correction_are_no_part_of_a_title(typed: str, title: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    assert [draft.title for draft in found.drafts] == [title]


def test_a_long_text_is_none() -> None:
    assert without_correcting("no, " * 40) == "no, " * 40
    assert understand("no, " * 40, now=NOW, zone=BERLIN) is None


@each_of(
    tuple(
        f"{start}{(word + joint) * 40}"[:79] + end
        for word in (
            "no",
            "sorry",
            "better",
            "mejor",
            "es",
            "ok",
            "not friday",
            "doch lieber",
            "wrong",
            "mach",
        )
        for joint in (" ", ", ", "... ")
        for start, end in (("", "x"), ("x ", "x"), ("", ""))
    )
)
def test_rows_of_words_of_correction_take_no_time(typed: str) -> None:
    """Words that are the same in two languages could each be read in two ways: 2^40 of them in a row."""
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), AddTask)
    assert date_alone(typed, now=NOW, zone=BERLIN) is None
