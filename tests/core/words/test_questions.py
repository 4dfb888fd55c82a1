"""Questions about the list, the calendar, reminders and settings."""

from __future__ import annotations

from core.tasks.filters import parse_filter
from core.words.intents import (
    AskDays,
    AskPlan,
    AskStats,
    AskToday,
    AskWhen,
    Intent,
    ListTasks,
    SetCap,
    SetQuiet,
    SetTimes,
    ShowMuted,
    ShowReminders,
    WhyNotReminded,
)
from core.words.questions import read_question
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW
from tests.rows import each_of

TODAY, TOMORROW = AskToday(), AskToday(span="tomorrow")
ASKED: dict[Intent, tuple[str, ...]] = {
    TODAY: (
        "anything else today", "whats left for today", "what's left to do today?", "am I free this afternoon",
        "was ist noch für heute übrig", "hab ich heute noch was", "heute noch was?",
        "autre chose aujourd'hui",
        "algo más para hoy",
    ),
    TOMORROW: (
        "tell me what i have tomorrow", "whats in my calendar tomorrow", "and tomorrow?", "und morgen",
        "et demain ?",
        "¿y mañana?", "how many tasks do I have tomorrow", "was steht morgen in meinem Kalender",
        "sag mir was ich morgen habe", "dis-moi ce que j'ai demain", "dime qué tengo mañana",
    ),
    AskToday(span="monday"): (
        "do i have anything on monday", "what do I have monday", "and monday", "what's planned for monday",
        "is there anything due on monday", "what about monday", "how does my monday look",
        "do I have time monday",
    ),
    AskToday(span="friday afternoon"): ("am i free friday afternoon", "am I busy friday afternoon?"),
    AskToday(span="am freitag"): (
        "hab ich am freitag was", "was habe ich am Freitag vor", "was steht am Freitag an?",
        "bin ich am freitag frei",
        "was muss ich am freitag machen", "wie sieht es am freitag aus",
    ),
    AskToday(span="mittwoch"): ("was steht mittwoch an", "hab ich Mittwoch Zeit", "und Mittwoch?"),
    AskToday(span="lundi"): ("est-ce que j'ai quelque chose lundi", "qu'est-ce que j'ai lundi",
    "je suis libre lundi ?"),
    AskToday(span="el lunes"): ("tengo algo el lunes", "qué tengo el lunes", "¿estoy libre el lunes?",
    "y el lunes"),
    AskDays(filter="this weekend"): ("what do i have to do this weekend", "anything planned this weekend?"),
    AskDays(filter="the weekend"): ("what's on at the weekend", "what do I have for the weekend"),
    AskDays(filter="am wochenende"): ("was muss ich am wochenende machen", "hab ich am Wochenende was vor"),
    AskDays(filter="ce week-end"): ("qu'est-ce que j'ai à faire ce week-end",),
    AskDays(filter="este fin de semana"): ("qué tengo que hacer este fin de semana",),
    AskDays(filter="next week"): ("what do i have next week", "do I have anything next week?",
    "and next week"),
    AskDays(filter="nächste woche"): ("was hab ich nächste Woche", "was steht nächste woche an"),
    AskDays(filter="la semaine prochaine"): ("qu'est-ce que j'ai la semaine prochaine",),
    AskDays(filter="la semana que viene"): ("qué tengo la semana que viene",),
    AskWhen(title="call grandma"): ("when do i have to call grandma", "when should I call grandma"),
    AskWhen(title="dentist"): ("when is the dentist", "when's my dentist?", "what day is the dentist"),
    AskWhen(title="zahnarzt"): ("wann ist der zahnarzt", "wann ist nochmal der zahnarzt"),
    AskWhen(title="oma anrufen"): ("wann muss ich oma anrufen",),
    AskWhen(title="dentiste"): ("c'est quand le dentiste", "quand est le dentiste ?"),
    AskWhen(title="dentista"): ("cuándo es el dentista", "¿a qué hora tengo el dentista?"),
    ListTasks(): (
        "how many tasks do i have left", "how many things are left to do?", "wie viele aufgaben hab ich noch",
        "combien de tâches il me reste", "cuántas tareas me quedan", "zeig mal meine liste",
        "zeig mir bitte mal die Aufgaben",
    ),
    ShowReminders(): (
        "what reminders do i have", "show my reminders", "do I have any reminders",
        "welche erinnerungen hab ich",
        "zeig mal meine Erinnerungen", "woran erinnerst du mich", "quels rappels j'ai",
        "qué recordatorios tengo",
    ),
    WhyNotReminded(): (
        "why didnt you remind me", "why didn't you remind me of the rent", "you forgot to remind me",
        "warum hast du mich nicht erinnert", "du hast mich gestern nicht erinnert",
        "wo bleibt meine Erinnerung",
        "pourquoi tu ne m'as pas rappelé", "por qué no me recordaste",
    ),
    SetQuiet(text=""): (
        "when are my quiet hours", "what are my quiet hours?", "show my quiet hours",
        "wann sind meine ruhezeiten",
        "welche Ruhezeiten hab ich", "quelles sont mes heures calmes", "cuándo son mis horas de silencio",
    ),
    SetCap(text=""): (
        "how many tips do i get", "how often do you write to me?", "wie viele Tipps bekomme ich am Tag",
        "wie oft schreibst du mir", "combien de conseils je reçois", "cuántos consejos recibo al día",
    ),
    SetTimes(text=""): ("at what times do you write", "um wie viel Uhr schreibst du mir",
    "a qué hora me escribes"),
    ShowMuted(): (
        "what have i muted", "which topics are muted", "was hab ich stummgeschaltet", "qué he silenciado",
        "quels sujets j'ai coupés",
    ),
    # as before
    AskPlan(): ("when will you write?",),
    AskStats(): ("how many tasks did I finish this week", "wie viele Aufgaben habe ich geschafft"),
    AskToday(span="week"): ("what do I have this week",),
}  # fmt: skip

NOT_ASKED = (
    "what is the weather tomorrow", "what did i have yesterday", "what do i have to do by friday",
    "when is mother's day", "when is my next appointment", "what about the dentist", "tell me a joke",
    "and do the laundry saturday", "and saturday buy milk", "Monday meeting with Tom", "plan the weekend",
    "plan friday", "schedule monday", "programme la semaine prochaine",
    "how many people did I invite", "anything but that", "remind me why you didn't remind me",
    "remind me when the dentist is", "quiet evening on friday", "call grandma when is the party",
    "Termine am Freitag absagen", "Kalender kaufen am Montag", "et acheter du lait demain",
    "j'ai un rendez-vous demain à 15h", "un rendez-vous demain", "cita mañana", "tengo cita el lunes",
    "something for saturday", "le rendez-vous lundi",
)  # fmt: skip


@each_of([(said, intent) for intent, sayings in ASKED.items() for said in sayings])
def test_what_is_asked_is_understood(said: str, intent: Intent) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == intent


@each_of([(said,) for said in NOT_ASKED])
def test_other_texts_are_no_such_question(said: str) -> None:
    assert read_question(said) is None


@each_of([(intent,) for intent in ASKED if isinstance(intent, AskDays)])
def test_the_list_knows_the_span(intent: AskDays) -> None:
    found = parse_filter(intent.filter, now=NOW, zone=BERLIN)
    assert found.days is not None
    assert not found.words
