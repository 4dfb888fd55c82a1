"""What people say to oO in passing, from dialogues in everyday English and German."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.records import Request, TaskPatch
from core.words.intents import (
    AddQuiet,
    AddTask,
    AskTip,
    AskToday,
    AskWhen,
    BreakDown,
    ChangeTask,
    Complete,
    Intent,
    ListTasks,
    NotNow,
    Pause,
    PauseLater,
    RemindBefore,
    RemoveTask,
    Resume,
    SetTimes,
    Snooze,
    TimesADay,
    Why,
    WhyNot,
    WriteLess,
)
from core.words.small_talk import is_small_talk
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)  # a Monday, 11:00
BERLIN = ZoneInfo("Europe/Berlin")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


SAID: dict[Intent, tuple[str, ...]] = {
    WhyNot(): (
        "warum hast du mir heute nichts geschickt?", "warum kam heute nichts?",
        "wieso schreibst du mir nicht?",
        "warum kein Tipp heute?", "weshalb habe ich nichts von dir gehört", "why no tip today?",
        "why haven't you sent me anything today?", "how come you never write?",
        "why didn't I get a message this morning?", "why are you so quiet today?",
    ),
    Why(): ("warum hast du mir das geschickt?", "why did you send me that?", "why did you message me?"),
    WriteLess(): ("stop nagging me", "nerv nicht so", "du nervst"),
    NotNow(): (
        "not today anymore", "sorry, can't talk now", "heute nicht mehr", "heute schaff ich nichts mehr",
        "hab gerade keine Zeit", "passt gerade nicht",
    ),
    Snooze(until=local("2026-11-30 12:00")): (
        "again in an hour", "in an hour again", "in einer Stunde nochmal", "nochmal in einer Stunde",
    ),
    AddQuiet(text="0:00-10:00"): ("schreib mir morgens nicht vor 10", "schreib mir nicht vor 10 Uhr morgens"),
    AddQuiet(text="21:00-24:00"): (
        "schreib mir abends nicht nach 9", "abends bitte nicht nach 21 Uhr schreiben",
    ),
    SetTimes(text="9:00"): ("schreib mir lieber um 9", "write to me at 9 rather"),
    PauseLater(start=local("2026-12-04 00:00"), until=local("2026-12-10 00:00")): (
        "ich bin von Freitag bis Mittwoch im Urlaub", "ich bin ab Freitag bis nächsten Mittwoch im Urlaub",
        "I'm on vacation from friday to wednesday",
    ),
    PauseLater(start=local("2026-12-12 00:00"), until=local("2026-12-14 00:00")): (
        "pause next weekend", "Pause nächstes Wochenende",
    ),
    PauseLater(start=local("2026-12-01 00:00"), until=local("2027-01-01 00:00")): ("pause next month",),
    PauseLater(start=local("2026-12-01 14:00"), until=local("2026-12-01 18:00")): (
        "pause tomorrow afternoon", "Pause morgen Nachmittag",
    ),
    PauseLater(start=local("2026-12-01 00:00"), until=local("2026-12-01 12:00")): (
        "be quiet tomorrow morning",
    ),
    PauseLater(start=local("2026-12-04 18:30"), until=local("2026-12-05 00:00")): ("pause friday evening",),
    PauseLater(start=local("2026-12-20 00:00"), until=local("2026-12-28 00:00")): (
        "ich bin vom 20. bis 27. Dezember im Urlaub", "vom 20. bis 27. Dezember bin ich weg",
    ),
    Pause(until=local("2026-12-05 00:00")): (  # it is Monday
        "I'm off from monday to friday", "I'm off from today to friday",
        "ich bin von heute bis Freitag im Urlaub", "I'm on vacation from 28 november to 4 december",
    ),
    PauseLater(start=local("2026-12-04 00:00"), until=local("2026-12-07 00:00")): (
        "I'm away friday through sunday", "pause friday to sunday",
    ),
    PauseLater(start=local("2026-12-07 00:00"), until=local("2026-12-14 00:00")): (
        "bin nächste Woche im Urlaub", "ich hab nächste Woche Urlaub", "nächste Woche bin ich verreist",
    ),
    Pause(until=local("2026-11-30 15:00")): (
        "in a meeting until 3", "I'm driving until 3pm", "ich bin bis 15 Uhr in einer Besprechung",
        "bin im Meeting bis 15 Uhr",
    ),
    Resume(): (
        "sag die Pause ab", "bin wieder zuhause", "bin aus dem Urlaub zurück", "I'm back home",
        "I'm back from vacation",
    ),
    AskTip(request=Request()): (
        "where should I start?", "give me something small", "was als nächstes?", "womit soll ich anfangen?",
        "gib mir was Kleines",
    ),
    AskTip(request=Request(minutes=10)): ("I only have 10 minutes", "hab nur 10 Minuten Zeit"),
    AskTip(request=Request(minutes=15)): ("what can I do in 15 minutes?", "was geht in 15 Minuten?"),
    ListTasks(): ("show me everything", "zeig mir alles"),
    ListTasks(filter="overdue"): ("what did I forget?", "was hab ich vergessen?"),
    ListTasks(filter="Rome"): ("show everything about Rome", "all tasks about Rome"),
    ListTasks(filter="Rom"): ("zeig alles zu Rom", "alle Aufgaben zu Rom"),
    AskToday(span="tomorrow"): ("what's my day like tomorrow?", "show me tomorrow", "zeig mir morgen"),
    AskWhen(title="dentist"): ("when is my next dentist appointment?", "when do I have the dentist next?"),
    AskWhen(title="Zahnarzt"): ("wann hab ich das nächste Mal Zahnarzt?", "wann hab ich Zahnarzt?"),
    Complete(): ("habs gemacht", "hab ich schon erledigt", "ist erledigt"),
    BreakDown(title="taxes"): (
        "help me with the taxes", "I'm stuck on the taxes", "how do I start with the taxes?",
    ),
    BreakDown(title="Steuer"): (
        "hilf mir bei der Steuer", "ich komm mit der Steuer nicht weiter", "wie fange ich mit der Steuer an?",
    ),
    RemindBefore(title="dentist", minutes=24 * 60): (
        "remind me about the dentist a day before", "remind me a day before about the dentist",
    ),
    RemindBefore(title="Zahnarzt", minutes=24 * 60): (
        "erinner mich einen Tag vorher an den Zahnarzt", "erinner mich an den Zahnarzt einen Tag vorher",
    ),
    TimesADay(title="meds", count=3): ("meds 3x a day", "meds every 8 hours"),
    TimesADay(title="Tabletten", count=3): ("Tabletten alle 8 Stunden", "Tabletten 3x täglich"),
}  # fmt: skip


@each_of([(said, intent) for intent, sayings in SAID.items() for said in sayings])
def test_it_is_understood(said: str, intent: Intent) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == intent


WISHES = (
    ("morgen hab ich um 10 Zahnarzt", "Zahnarzt", "2026-12-01T10:00"),
    ("morgen muss ich um 10 zum Zahnarzt", "zum Zahnarzt", "2026-12-01T10:00"),
    ("ich darf morgen den Termin nicht vergessen", "den Termin", "2026-12-01"),
    ("Müll nicht vergessen!", "Müll", ""),
    ("Lisa zurückrufen bitte nicht vergessen", "Lisa zurückrufen", ""),
    ("bitte merken: Lisa zurückrufen", "Lisa zurückrufen", ""),
    ("add eggs too", "eggs", ""),
    ("füge auch Eier hinzu", "Eier", ""),
    ("ajoute aussi du lait", "du lait", ""),
    ("añade leche también", "leche", ""),
    ("oh and call Bob tomorrow", "call Bob", "2026-12-01"),
    ("ach und Lisa morgen anrufen", "Lisa anrufen", "2026-12-01"),
)


@each_of(WISHES)
def test_a_wish_has_its_title_and_its_time(said: str, title: str, due: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    draft = found.draft
    assert draft
    day = [] if draft.due is None else [draft.due.on.isoformat()]
    clock = [draft.due.at.isoformat("minutes")] if draft.due and draft.due.at else []
    assert (draft.title, "T".join([*day, *clock])) == (title, due)


FITTING: dict[tuple[str, TaskPatch | type[RemoveTask]], tuple[str, ...]] = {
    ("Zahnarzt", TaskPatch(on=date(2026, 12, 4))): (
        "Zahnarzt ist doch am Freitag", "der Zahnarzt ist jetzt am Freitag",
        "den Zahnarzt mach ich lieber Freitag",
    ),
    ("Treffen mit Jan", TaskPatch(on=date(2026, 12, 7))): (
        "Treffen mit Jan verschoben auf Montag", "das Treffen mit Jan wurde auf Montag verschoben",
    ),
    ("dentist", TaskPatch(on=date(2026, 12, 4))): (
        "the dentist is on friday after all", "dentist is actually on friday", "the dentist is now on friday",
    ),
    ("Steuer", TaskPatch(on=date(2027, 1, 1))): ("Steuer ist erst nächstes Jahr fällig",),
    ("taxes", TaskPatch(priority=1)): ("taxes are urgent", "high priority for taxes"),
    ("Steuer", TaskPatch(priority=1)): ("Steuer ist dringend", "hohe Priorität für Steuer"),
    ("Keller", TaskPatch(priority=4)): ("Keller hat keine Eile", "Keller eilt nicht"),
    ("hairdresser", RemoveTask): ("I don't need the hairdresser anymore",),
    ("Friseur", RemoveTask): ("Friseur brauch ich nicht mehr", "ich brauche den Friseur nicht mehr"),
    ("dentist", TaskPatch(title="dermatologist")): ("dentist is now called dermatologist",),
    ("Zahnarzt", TaskPatch(title="Hautarzt")): (
        "Zahnarzt heißt jetzt Hautarzt", "ändere Zahnarzt in Hautarzt",
    ),
}  # fmt: skip


@each_of([(said, *fitting) for fitting, sayings in FITTING.items() for said in sayings])
def test_it_is_meant_if_a_task_fits(said: str, title: str, meant: TaskPatch | type[RemoveTask]) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(found, ChangeTask | RemoveTask)
    assert (found.title, found.only_if_it_fits) == (title, True)
    if isinstance(meant, TaskPatch):
        assert isinstance(found, ChangeTask)
        assert found.patch == meant
    else:
        assert isinstance(found, meant)


def test_an_apostrophe_is_no_verb_of_the_new_task() -> None:
    found = understand("sunday brunch at Eva's at 11", now=NOW, zone=BERLIN)
    assert isinstance(found, ChangeTask)
    assert isinstance(found.otherwise, AddTask)
    assert found.otherwise.draft
    assert found.otherwise.draft.title == "brunch at Eva's"


def test_if_none_fits_the_new_task_has_no_words_of_talk() -> None:
    found = understand("dentist is actually on friday", now=NOW, zone=BERLIN)
    assert isinstance(found, ChangeTask)
    assert isinstance(found.otherwise, AddTask)
    assert found.otherwise.draft
    assert found.otherwise.draft.title == "dentist"


@each_of(
    (
        "sorry, wrong chat",
        "that wasn't for you",
        "that's it for today",
        "falscher Chat",
        "alles fertig für heute",
    )
)
def test_it_needs_no_answer(said: str) -> None:
    assert is_small_talk(said)
    assert understand(said, now=NOW, zone=BERLIN) is None


@each_of(
    (
        "I'm at the dentist on friday", "help me with something", "why did you write this?",
        "show must go on",
        "Sunday roast", "I need help anymore",
    )
)  # fmt: skip
def test_neighbours_mean_none_of_it(said: str) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert not isinstance(found, AskToday | BreakDown | ChangeTask | Pause | PauseLater | RemoveTask | WhyNot)
