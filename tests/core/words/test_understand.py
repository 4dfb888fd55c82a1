from __future__ import annotations

import time as seconds
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given

from core.errors import BadInput
from core.records import Request
from core.words.intents import (
    AddQuiet,
    AddTask,
    AskHelped,
    AskPlan,
    AskStats,
    AskTip,
    AskToday,
    Complete,
    Dismiss,
    EndReminder,
    Greeting,
    Help,
    Intent,
    ListTasks,
    Mute,
    NotNow,
    Pause,
    Resume,
    SetQuiet,
    Snooze,
    Thanks,
    Undo,
    Why,
    WhyNot,
)
from core.words.pause_end import silent_until
from core.words.tasks import parse_task
from core.words.understand import is_question, may_be_task, understand
from tests.core.words.hostile import BOMBS, HUGE_TEXT_SECONDS, answered, hostile_text
from tests.core.words.times import BERLIN, NOW, berlin


def tip(minutes: int | None = None, energy: str | None = None) -> AskTip:
    assert energy in {None, "low", "high"}
    return AskTip(request=Request(minutes=minutes, energy=energy))  # type: ignore[arg-type]  # energy is one of two words


def task(typed: str) -> AddTask:
    """What ``/add`` makes of the words that remain without those of the wish."""
    return AddTask(drafts=(parse_task(typed, now=NOW, zone=BERLIN),))


def reminder(typed: str) -> AddTask:
    """The same, with the wish for a message at that time."""
    return AddTask(drafts=tuple(replace(draft, reminds=True) for draft in task(typed).drafts))


def pause(until: str) -> Pause:
    return Pause(until=berlin(f"2027-{until}"))


SAYINGS: dict[str, Intent] = {
    # tips
    "what should I do now?": tip(),
    "What should I do?": tip(),
    "hey, what should I do next": tip(),
    "I have 20 minutes and low energy": tip(20, "low"),
    "I've got half an hour, I'm tired": tip(30, "low"),
    "i only have 10 min. what now?": tip(10),
    "what can I do in 15 minutes?": tip(15),
    "What should I do next? I feel energetic": tip(None, "high"),
    "give me a tip, I have an hour": tip(60),
    "20 min, low energy": tip(20, "low"),
    "another tip please": tip(),
    "tip": tip(),
    "I'm bored": tip(),
    "I need a tip": tip(),
    "I have 20 minutes": tip(20),
    "I have an hour and a half and low energy": tip(90, "low"),
    "ich habe anderthalb Stunden": tip(90),
    "j'ai une heure et demie": tip(90),
    "j'ai 20 minutes, je suis fatigué": tip(20, "low"),
    "que dois-je faire ?": tip(),
    "was soll ich tun?": tip(),
    "Was soll ich jetzt machen? Ich habe 20 Minuten": tip(20),
    # tasks
    "remind me to call mom tomorrow": reminder("call mom tomorrow"),
    "can you remind me to call mom at 5?": reminder("call mom at 5"),
    "remind me tomorrow at 9 to call mom": reminder("call mom tomorrow at 9"),
    "remind me in 2 hours to take the cake out": reminder("take the cake out in 2 hours"),
    "hey oO, remind me to stretch every day at 3pm, thanks!": reminder("stretch every day at 3pm"),
    "I need to pay rent tomorrow": task("pay rent tomorrow"),
    "I have to buy milk": task("buy milk"),
    "todo: pay rent !!": task("pay rent !!"),
    "add buy milk to my list": task("buy milk"),
    "Add task buy milk friday": task("buy milk friday"),
    "add milk please": task("milk"),
    "Don’t forget Anna’s gift": task("Anna’s gift"),
    "Dentist friday 10am": task("Dentist friday 10am"),
    "water plants every monday 8am": task("water plants every monday 8am"),
    "Buy milk": task("Buy milk"),
    "erinnere mich an die Miete": reminder("die Miete"),
    "erinnere mich morgen an die Miete": reminder("die Miete morgen"),
    "ich muss noch einkaufen": task("einkaufen"),
    "my tasks": ListTasks(),
    "what's on my list?": ListTasks(),
    "remind me what I have today": AskToday(),
    "rappelle-moi ce que j'ai à faire": ListTasks(),
    "mes tâches": ListTasks(),
    "What do I have to do today?": AskToday(),
    "zeig mir meine Aufgaben": ListTasks(),
    "done with the rent": Complete(title="rent"),
    "I finished the report!": Complete(title="report"),
    "I did the dishes": Complete(title="dishes"),
    "rent done": Complete(title="rent"),
    "The report is finished": Complete(title="report"),
    "mark rent as done": Complete(title="rent"),
    "Miete erledigt": Complete(title="Miete"),
    "j'ai fini le rapport": Complete(title="rapport"),
    "le loyer est fait": Complete(title="loyer"),
    "c'est fait": Complete(),
    "done!": Complete(),
    "I did it": Complete(),
    # silence
    "pause": Pause(),
    "leave me alone": Pause(),
    "stop": Pause(),
    "pause until monday": pause("03-22 00:00"),
    "leave me alone until monday": pause("03-22 00:00"),
    "pause 3 days": pause("03-19 11:20"),
    "be quiet for 2 hours": pause("03-16 13:20"),
    "no tips today": pause("03-17 00:00"),
    "I'm on vacation until 3 May": pause("05-03 00:00"),
    "lass mich in Ruhe bis Montag": pause("03-22 00:00"),
    "resume": Resume(),
    "I'm back": Resume(),
    "be quiet from 22 to 7": SetQuiet(text="from 22 to 7"),
    "quiet hours mon-fri 9-12": AddQuiet(text="monday tuesday wednesday thursday friday 9:00-12:00"),
    "quiet from 2 to 4pm": AddQuiet(text="14:00-16:00"),
    "be quiet from 1 to 2": AddQuiet(text="13:00-14:00"),
    "silence from 9 to 5": AddQuiet(text="9:00-17:00"),
    "quiet from 2 to 4 on saturdays": AddQuiet(text="saturday 14:00-16:00"),
    "quiet from 1am to 8am": SetQuiet(text="from 1am to 8am"),
    "quiet hours 0-7": SetQuiet(text="0-7"),
    "quiet mon-fri 9-12, 22-7": SetQuiet(text="mon-fri 9-12, 22-7"),
    "Ruhe von 13 bis 14 Uhr": AddQuiet(text="13:00-14:00"),
    "silence de 12h à 13h": AddQuiet(text="12:00-13:00"),
    "silencio de 14 a 16": AddQuiet(text="14:00-16:00"),
    "don't write between 22 and 7": SetQuiet(text="between 22 and 7"),
    "quiet hours from 25 to 7": SetQuiet(text="from 25 to 7"),
    "Ruhe von 22 bis 7": SetQuiet(text="von 22 bis 7"),
    "be quiet all day on weekends": AddQuiet(text="all day on weekends"),
    "Ruhe am Wochenende ganztägig": AddQuiet(text="am Wochenende ganztägig"),
    "ne m'écris pas entre 22h et 7h": SetQuiet(text="entre 22h et 7h"),
    "heures calmes de 22h à 7h": SetQuiet(text="de 22h à 7h"),
    "mute Cooking": Mute(topic="cooking"),
    "no more tips about work": Mute(topic="work"),
    "never about rent": Mute(topic="rent"),
    "stop reminding me about the gym": EndReminder(
        title="gym", only_if_it_fits=True, otherwise=Mute(topic="gym")
    ),
    "not now": NotNow(),
    "thanks, later": NotNow(),
    "I'm busy": NotNow(),
    "später": NotNow(),
    # the words on a tip's buttons
    "undo": Undo(),
    "Undo that, please": Undo(),
    "take it back": Undo(),
    "rückgängig": Undo(),
    "dismiss": Dismiss(),
    "skip this one": Dismiss(),
    "snooze": Snooze(),
    "remind me later": Snooze(),
    "Erinnere mich später": Snooze(),
    "snooze 2 hours": Snooze(until=berlin("2027-03-16 13:20")),
    "snooze it until tomorrow": Snooze(until=berlin("2027-03-17 09:00")),
    "remind me again at 18:30": Snooze(until=berlin("2027-03-16 18:30")),
    "remind me in 2 hours": Snooze(until=berlin("2027-03-16 13:20")),
    "erinnere mich morgen": Snooze(until=berlin("2027-03-17 09:00")),
    "erinnere mich morgen daran": Snooze(until=berlin("2027-03-17 09:00")),
    "erinnere mich in einer Stunde nochmal": Snooze(until=berlin("2027-03-16 12:20")),
    "verschieb auf morgen": Snooze(until=berlin("2027-03-17 09:00")),
    "remind me of this tomorrow": Snooze(until=berlin("2027-03-17 09:00")),
    "remind me in 2 hours about it": Snooze(until=berlin("2027-03-16 13:20")),
    "rappelle-moi demain": Snooze(until=berlin("2027-03-17 09:00")),
    "reporte à demain": Snooze(until=berlin("2027-03-17 09:00")),
    "rappelle-moi plus tard": Snooze(),
    "pas maintenant": NotNow(),
    "annule": Undo(),
    "snooze for 1h30m": Snooze(until=berlin("2027-03-16 12:50")),
    "snooze for an hour and a half": Snooze(until=berlin("2027-03-16 12:50")),
    "snooze until half past 4": Snooze(until=berlin("2027-03-16 16:30")),
    "snooze bis halb fünf": Snooze(until=berlin("2027-03-16 16:30")),
    "snooze bis morgen früh": Snooze(until=berlin("2027-03-17 09:00")),
    "snooze to monday": Snooze(until=berlin("2027-03-22 09:00")),
    "reporte jusqu'à 16h30": Snooze(until=berlin("2027-03-16 16:30")),
    "reporte d'une heure": Snooze(until=berlin("2027-03-16 12:20")),
    "rappelle-moi dans 20 minutes": Snooze(until=berlin("2027-03-16 11:40")),
    "verschieb um anderthalb Stunden": Snooze(until=berlin("2027-03-16 12:50")),
    "pause eine Woche": pause("03-23 11:20"),
    "pause une semaine": pause("03-23 11:20"),
    "pause for 2 weeks and 3 days": pause("04-02 11:20"),
    "pause bis Ende des Monats": pause("04-01 00:00"),
    "pause until the end of the week": pause("03-22 00:00"),
    "pause jusqu'à la fin du mois": pause("04-01 00:00"),
    "pause until the end of march": pause("04-01 00:00"),
    "pause until the end of the day": pause("03-17 00:00"),
    "pause until next month": pause("04-01 00:00"),
    "pause until after the weekend": pause("03-22 00:00"),
    "pause jusqu'à lundi": pause("03-22 00:00"),
    "pause pendant 2 semaines": pause("03-30 11:20"),
    "pause this week": pause("03-22 00:00"),
    "pause cette semaine": pause("03-22 00:00"),
    "pause until further notice": Pause(),
    "ne m'écris plus jusqu'à demain": pause("03-17 00:00"),
    # talk
    "Thanks! 🙏": Thanks(),
    "thank you so much": Thanks(),
    "danke": Thanks(),
    "hi": Greeting(),
    "Hello oO!": Greeting(),
    "help": Help(),
    "what can you do?": Help(),
    "why?": Why(),
    "Why did you send this?": Why(),
    "why not?": WhyNot(),
    "why didn't you write?": WhyNot(),
    "do your tips help?": AskHelped(),
    "Are you even helpful?": AskHelped(),
    "hilfst du mir?": AskHelped(),
    "plan": AskPlan(),
    "when will you write?": AskPlan(),
}

UNCLEAR = (
    "tell me a joke", "tell me in one sentence what oO is", "let me in on the secret",
    "tell me on friday what to do",
    "Slept badly yesterday", "Mal dormi hier", "Gestern schlecht geschlafen", "Great party last friday",
    "", "?!", "lol", "ok", "yes", "👍", "I love you", "how are you?", "I'm tired", "20 min", "I have a dog",
    "I have 20 minutes of footage to edit", "what's the weather tomorrow?", "well done",
    "I did my best", "I'm done for today", "nothing done", "I need to go",
    "I need to know what you think", "I should have called", "see you tomorrow", "talk tomorrow", "tomorrow",
    "until tomorrow", "tomorrow is my birthday", "is the dentist on friday?", "friday works", "Good friday",
    "it was great on friday", "pause the music", "be quiet until the cows come home",
    "never about this", "snooze the alarm clock", "remind me of you",
    "undo the knot", "au fait", "no tips never",
    "should I call mom tomorrow?", "Hello Kitty gift friday",
)  # fmt: skip


@pytest.mark.parametrize(("said", "intent"), SAYINGS.items(), ids=SAYINGS)
def test_what_is_certain_is_understood(said: str, intent: Intent) -> None:
    found = understand(said, now=NOW, zone=BERLIN)
    assert (replace(found, otherwise=None) if isinstance(found, Snooze) else found) == intent


@pytest.mark.parametrize(
    "said", ["next week", "for next week", "nächste Woche", "über nächste Woche", "la semaine prochaine"]
)
def test_a_silence_over_next_week_lasts_until_it_is_over(said: str) -> None:
    now = berlin("2027-03-16 11:20")
    assert silent_until(said, now=now, zone=BERLIN) == berlin("2027-03-29 00:00")
    assert silent_until("until next week", now=now, zone=BERLIN) == berlin("2027-03-22 00:00")


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("for tomorrow", "2027-03-18 00:00"),
        ("für morgen", "2027-03-18 00:00"),
        ("tomorrow", "2027-03-17 00:00"),
        ("until after christmas", "2027-12-26 00:00"),
        ("bis nach Weihnachten", "2027-12-26 00:00"),
        ("until after friday", "2027-03-20 00:00"),
        ("jusqu'après vendredi", "2027-03-20 00:00"),
        ("until after tomorrow at 15:00", "2027-03-17 15:00"),
    ],
)
def test_a_silence_over_a_day_lasts_until_it_is_over(said: str, until: str) -> None:
    assert silent_until(said, now=berlin("2027-03-16 11:20"), zone=BERLIN) == berlin(until)


@pytest.mark.parametrize(
    "said", ["ask me again tomorrow", "schlummern bis morgen", "show me this again tomorrow"]
)
def test_other_words_for_a_snooze_are_understood(said: str) -> None:
    now = berlin("2027-03-16 11:20")
    assert understand(said, now=now, zone=BERLIN) == Snooze(until=berlin("2027-03-17 09:00"))


@pytest.mark.parametrize("said", UNCLEAR)
def test_what_is_not_certain_is_left_to_others(said: str) -> None:
    assert understand(said, now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("pause until 2020-01-01", "past"),
        ("pause for 3 years", "too_far"),
        ("snooze until 2020-01-01", "past"),
        ("snooze for 3 years", "too_far"),
    ],
)
def test_a_silence_that_cannot_be_is_refused(said: str, hint: str) -> None:
    with pytest.raises(BadInput, match=hint):
        understand(said, now=NOW, zone=BERLIN)


def test_on_the_last_day_of_a_month_its_end_is_the_next_midnight() -> None:
    now = berlin("2027-04-30 12:00")
    assert silent_until("until the end of the month", now=now, zone=BERLIN) == berlin("2027-05-01 00:00")


@pytest.mark.parametrize("said", ["the elephant in the room", "5 apples", "B12", "undo the knot"])
def test_what_is_unclear_may_be_a_task(said: str) -> None:
    assert may_be_task(said)


@pytest.mark.parametrize(
    "said", ["", "-1", "42", "18:30", "9am", "?!", "👍", "tomorrow", "monday 8am", "in 2 hours"]
)
def test_a_number_or_a_moment_alone_is_no_task(said: str) -> None:
    assert not may_be_task(said)


@given(hostile_text)
def test_any_text_is_understood_or_not(said: str) -> None:
    intent = answered(lambda: understand(said, now=NOW, zone=BERLIN))
    match intent:
        case BadInput():
            assert intent.hint in {"past", "too_far"}
        case AddTask():
            assert not intent.only_begun
        case SetQuiet(text=text):
            assert text
        case Pause(until=datetime() as until) | Snooze(until=datetime() as until):
            assert until > NOW
        case AskTip(request=Request(minutes=int() as minutes)):
            assert 0 < minutes <= 600


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize(
    "start", ["", "remind me ", "snooze ", "done ", "be quiet ", "what should I do in ", "add "]
)
def test_a_huge_text_is_answered_at_once(start: str, bomb: str) -> None:
    begun = seconds.thread_time()
    answered(lambda: understand(start + bomb, now=NOW, zone=BERLIN))
    assert seconds.thread_time() - begun < HUGE_TEXT_SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "undo all", "undo everything", "take it all back", "alle rückgängig", "mach alles rückgängig",
        "alles rückgängig machen", "tout annuler", "annule tout", "annule ça", "deshacer todo", "deshaz todo",
    ],
)  # fmt: skip
def test_the_button_below_several_changes_can_be_typed(text: str) -> None:
    assert understand(text, now=NOW, zone=BERLIN) == Undo()


@pytest.mark.parametrize(
    "text",
    [
        "how is my week going", "wie läuft diese woche?", "wie lief meine woche", "comment va ma semaine ?",
        "comment s'est passée la semaine", "¿cómo va la semana?",
    ],
)  # fmt: skip
def test_a_week_is_asked_about_in_passing(text: str) -> None:
    assert understand(text, now=NOW, zone=BERLIN) == AskStats()


@pytest.mark.parametrize(
    "text",
    [
        "nerv mich nicht bis morgen", "stör mich bis morgen nicht", "schreib mir bitte nicht bis morgen",
        "ne me dérange pas jusqu'à demain", "arrête de m'écrire jusqu'à demain",
        "no me molestes hasta mañana",
    ],
)  # fmt: skip
def test_who_will_not_be_disturbed_for_a_time_says_so(text: str) -> None:
    intent = understand(text, now=NOW, zone=BERLIN)
    assert isinstance(intent, Pause)
    assert intent.until is not None


@pytest.mark.parametrize("text", ["nerve Anna nicht", "störe den Chef nicht", "ne dérange pas Paul"])
def test_whoever_else_is_not_to_be_disturbed_is_no_pause(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), Pause)


@pytest.mark.parametrize(
    "text",
    [
        "vacuum the stairs", "mow the lawn", "faire les courses", "faire la vaisselle", "vider les poubelles",
        "arroser les plantes", "hacer la compra", "hacer la cama", "fregar los platos", "barrer el patio",
    ],
)  # fmt: skip
def test_a_chore_needs_no_date(text: str) -> None:
    intent = understand(text, now=NOW, zone=BERLIN)
    assert isinstance(intent, AddTask)
    assert intent.drafts[0].title == text


@pytest.mark.parametrize(
    "text", ["faire quoi ?", "hacer qué", "¿qué hacer?", "que faire ?", "what to feed it"]
)
def test_a_question_about_what_to_do_is_no_chore(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), AddTask)


@pytest.mark.parametrize(("text", "asks"), [("this one?", True), ("what is it", True), ("buy milk", False)])
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str, asks: bool) -> None:
    assert is_question(text) is asks


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("mute gym", "gym"), ("mute the news", "news"), ("mute topic phone at 8", "phone at 8"),
        ("silencia el gimnasio", "gimnasio"),
    ],
)  # fmt: skip
def test_a_topic_is_muted(typed: str, topic: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == Mute(topic=topic)


@pytest.mark.parametrize("typed", ["mute phone at 8", "mute the tv at noon", "silencia el móvil a las 8"])
def test_what_is_muted_at_a_time_is_no_topic(typed: str) -> None:
    assert isinstance(understand(typed, now=NOW, zone=BERLIN), AddTask)
