"""Wishes for a to-do in English, German and French: what is to be done, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.words.intents import AddTask, Intent
from core.words.listed_times import MAX_TIMES
from core.words.tasks import TaskDraft
from core.words.understand import can_be_added, understand, wished
from tests.core.words.hostile import BOMBS, hostile_text
from tests.core.words.times import BERLIN, NOW

WISHES = {
    "remind me to go to the dentist tomorrow at 9am": "go to the dentist, 03-17 09:00",
    "remind me to talk to Sam on friday": "talk to Sam, 03-19",
    "I should very much like to visit my sister on Sunday.": "visit my sister, 03-21",
    "I'd really love to see Ann on friday": "see Ann, 03-19",
    "On Christmas Eve I would like to phone Walter": "phone Walter, 12-24",
    "on friday we'd like to visit Ann": "visit Ann, 03-19",
    "am freitag möchte ich Ann besuchen": "Ann besuchen, 03-19",
    "I should call Ann on friday": "call Ann, 03-19",
    "don't forget to go to the pharmacy today": "go to the pharmacy, 03-16",
    "remind me 3 days from now to call the bank": "call the bank, 03-19",
    "remind me 20:00 get milk": "get milk, 03-16 20:00",
    "remind me 8:15 get milk": "get milk, 03-17 08:15",
    "remind me in 45 min: pasta": "pasta, 03-16 12:05",
    "remind me, tomorrow at 8, to call Ann": "call Ann, 03-17 08:00",
    "remind me tomorrow 8 to call Ann": "call Ann, 03-17 08:00",
    "remind me half an hour from now to call Bob": "call Bob, 03-16 11:50",
    "remind me in two hours, take the cake out": "take the cake out, 03-16 13:20",
    "remind me at 6 in the morning to run": "run, 03-17 06:00",
    "remind me around 5 to call Bob": "call Bob, 03-16 17:00",
    "remind me later today to call Bob": "call Bob, 03-16",
    "set a reminder for 4 p.m. today to head home": "head home, 03-16 16:00",
    "add a reminder for friday to call Ann": "call Ann, 03-19",
    "remind me, please, to call Ann tomorrow": "call Ann, 03-17",
    "set a reminder for the dentist tomorrow": "the dentist, 03-17",
    "remindme tomorrow buy milk": "buy milk, 03-17",
    "remind me dentist tomorrow 9am": "dentist, 03-17 09:00",
    "Remind me: dentist friday 3pm": "dentist, 03-19 15:00",
    "REMIND ME TO CALL ANN": "CALL ANN",
    "hey, can you remind me to call Ann tomorrow please?": "call Ann, 03-17",
    "I want you to remind me to drink water": "drink water",
    "remind me tonight to take out the trash": "take out the trash, 03-16 21:00",
    "remind me next week to renew the passport": "renew the passport, 03-22",
    "remind me every friday to send the report": "send the report, 03-19",
    "remind me that I have a dentist appointment tomorrow": "a dentist appointment, 03-17",
    "remind me that I need to call Ann": "call Ann",
    "remind me tomorrow about the meeting on friday": "the meeting on friday, 03-17",
    "remind me tomorrow to prepare for the call at 5": "prepare for the call at 5, 03-17",
    "don’t forget: milk tomorrow": "milk, 03-17",
    "don't let me forget to call Ann": "call Ann",
    "remember to pay the rent": "pay the rent",
    "make sure I pay the rent": "pay the rent",
    "I need to go to the bank": "go to the bank",
    "I have to talk to Sam tomorrow": "talk to Sam, 03-17",
    "I have to think about the offer by friday": "think about the offer, 03-19",
    "I have to be at the airport at 9am tomorrow": "be at the airport, 03-17 09:00",
    "I should really call my bank": "call my bank",
    "need to call mom": "call mom",
    "I've got to buy eggs": "buy eggs",
    "I need to get the taxes done": "get the taxes done",
    "please add read the book": "read the book",
    "add a task: water plants": "water plants",
    "create task call Ann": "call Ann",
    "new task buy milk": "buy milk",
    "todo: buy milk": "buy milk",
    "To do - pay rent": "pay rent",
    "put milk on my list": "milk",
    "can you add milk to my shopping list?": "milk",
    "add to my list: read the book": "read the book",
    "erinnere mich morgen daran, Milch zu kaufen": "Milch kaufen, 03-17",
    "erinner mich in 20 Minuten an die Wäsche": "die Wäsche, 03-16 11:40",
    "erinnere mich bitte um 8 Uhr daran, Anna anzurufen": "Anna anrufen, 03-17 08:00",
    "erinnere mich daran, Milch zu kaufen und Anna anzurufen": "Milch kaufen und Anna anrufen",
    "erinnere mich daran, dass ich morgen Anna anrufen muss": "Anna anrufen, 03-17",
    "erinnere mich am Freitag an den Zahnarzt": "den Zahnarzt, 03-19",
    "erinnere mich um 18 Uhr: Nudeln": "Nudeln, 03-16 18:00",
    "kannst du mich morgen daran erinnern, Milch zu kaufen?": "Milch kaufen, 03-17",
    "stell eine Erinnerung für morgen 8 Uhr: Anna anrufen": "Anna anrufen, 03-17 08:00",
    "vergiss nicht, morgen die Pflanzen zu gießen": "die Pflanzen gießen, 03-17",
    "vergiss nicht, den Müll rauszubringen": "den Müll rausbringen",
    "vergiss nicht, zu Anna zu gehen": "zu Anna gehen",
    "vergiss nicht, etwas hinzufügen zu lassen": "etwas hinzufügen lassen",
    "vergiss die Milch nicht": "die Milch",
    "Vergiss bitte nicht, Milch zu kaufen": "Milch kaufen",
    "ich darf auf keinen Fall vergessen, Anna anzurufen": "Anna anrufen",
    "kannst du mich in einer halben Stunde an die Nudeln erinnern?": "die Nudeln, 03-16 11:50",
    "bitte erinnere mich jeden Abend um 9, die Zähne zu putzen": "die Zähne putzen, 03-16 21:00",
    "kannst du Milch auf die Liste setzen?": "Milch",
    "denk dran, die Tabletten zu nehmen": "die Tabletten nehmen",
    "ich muss noch einkaufen": "einkaufen",
    "ich muss heute noch Anna anrufen": "Anna anrufen, 03-16",
    "ich sollte die Steuer machen": "die Steuer machen",
    "ich muss morgen früh zur Post": "zur Post, 03-17 09:00",
    "Erinnerung morgen 8 Uhr Müll rausbringen": "Müll rausbringen, 03-17 08:00",
    "neue Aufgabe: Rechnung bezahlen": "Rechnung bezahlen",
    "schreib Eier auf meine Einkaufsliste": "Eier",
    "setze bitte Brot auf die Einkaufsliste": "Brot",
    "Milch auf die Liste setzen": "Milch",
    "füge Milch zu meiner Liste hinzu": "Milch",
    "Milch kaufen": "Milch kaufen",
    "rappelle-moi de payer le loyer": "payer le loyer",
    "rappelle-moi demain à 8h d'appeler Paul": "appeler Paul, 03-17 08:00",
    "rappelle-moi, demain à 8h, d’appeler Paul": "appeler Paul, 03-17 08:00",
    "rappelle-moi dans 20 minutes de sortir le gâteau": "sortir le gâteau, 03-16 11:40",
    "rappelle-moi demain : payer le loyer": "payer le loyer, 03-17",
    "rappelle-moi que je dois appeler Paul": "appeler Paul",
    "tu peux me rappeler demain d'appeler Paul ?": "appeler Paul, 03-17",
    "fais-moi penser à acheter du lait": "acheter du lait",
    "rappelle-moi dans une demi-heure d'éteindre le four": "éteindre le four, 03-16 11:50",
    "crée un rappel demain à 9h pour appeler le médecin": "appeler le médecin, 03-17 09:00",
    "il ne faut pas que j'oublie de payer le loyer": "payer le loyer",
    "j'ai besoin d'acheter du lait": "acheter du lait",
    "note d'acheter du pain": "acheter du pain",
    "Rappel : appeler Paul demain": "appeler Paul, 03-17",
    "n'oublie pas de sortir les poubelles": "sortir les poubelles",
    "n'oublie pas qu'il faut payer le loyer demain": "payer le loyer, 03-17",
    "rappelle-moi de ne pas oublier le pain": "le pain",
    "ajoute à ma liste : du lait": "du lait",
    "mets du lait sur ma liste": "du lait",
    "Note the date friday": "Note the date, 03-19",
    "Need for Speed tournament friday": "Need for Speed tournament, 03-19",
    "n'oublie pas le lait, s'il te plaît": "le lait",
    "il faut que je paie le loyer demain": "payer le loyer, 03-17",
    "il faut que j'aille chez le dentiste": "aller chez le dentiste",
    "il faut payer le loyer": "payer le loyer",
    "je dois appeler Paul": "appeler Paul",
    "ajoute du lait à ma liste": "du lait",
    "nouvelle tâche : payer le loyer": "payer le loyer",
    "acheter du lait": "acheter du lait",
    # A time before the wish, ways to be called, and what names a time only.
    "tomorrow at 8 remind me to take out the trash": "take out the trash, 03-17 08:00",
    "in two weeks, please remind me to cancel the trial": "cancel the trial, 03-30",
    "on friday at noon don't let me forget to call Ann": "call Ann, 03-19 12:00",
    "tonight can you remind me to lock the door?": "lock the door, 03-16 21:00",
    "tomorrow I have to go to the bank": "go to the bank, 03-17",
    "morgen muss ich zum Zahnarzt": "zum Zahnarzt, 03-17",
    "am Freitag um 10 muss ich das Auto abholen": "das Auto abholen, 03-19 10:00",
    "morgen um 9 erinnere mich bitte an die Blumen": "die Blumen, 03-17 09:00",
    "demain à 8h rappelle-moi de sortir le chien": "sortir le chien, 03-17 08:00",
    "dans deux heures, rappelle-moi d'éteindre le four": "éteindre le four, 03-16 13:20",
    "demain je dois appeler Paul": "appeler Paul, 03-17",
    "wake me at 7 tomorrow": "wake up, 03-17 07:00",
    "weck mich morgen um 7": "aufwachen, 03-17 07:00",
    "kannst du mich um 16:30 wecken?": "aufwachen, 03-16 16:30",
    "réveille-moi demain à 6h30": "se réveiller, 03-17 06:30",
    "text me at 5 to call Ann": "call Ann, 03-16 17:00",
    "let me know at 5pm to leave": "leave, 03-16 17:00",
    "tell me tomorrow to buy milk": "buy milk, 03-17",
    "alert me in an hour to check the wash": "check the wash, 03-16 12:20",
    "remind us to buy tickets on friday": "buy tickets, 03-19",
    "remind me not to eat before the blood test tomorrow": "don't eat before the blood test, 03-17",
    "make sure I don't forget mum's birthday on friday": "mum's birthday, 03-19",
    "schreib auf: Geschenk für Tom kaufen": "Geschenk für Tom kaufen",
    "schreib dir auf, dass ich morgen Brot kaufen muss": "Brot kaufen, 03-17",
    "denk daran, mich um 18 Uhr an die Wäsche zu erinnern": "die Wäsche, 03-16 18:00",
    "ich möchte morgen um 8 an die Wäsche erinnert werden": "die Wäsche, 03-17 08:00",
    "rappelle-moi dans 45 minutes : le four": "le four, 03-16 12:05",
    "remind me in an hour: Monday": "Monday, 03-16 12:20",
    "remind me 15 minutes before the meeting at 3pm": "the meeting, 03-16 15:00 -15",
    "remind me an hour before my flight tomorrow at 9": "my flight, 03-17 09:00 -60",
    "remind me half an hour before dinner at 19:30": "dinner, 03-16 19:30 -30",
    "remind me 2 days before the exam on friday at 10": "the exam, 03-19 10:00 -2880",
    "remind me the day before the exam on friday": "the exam, 03-19 -1440",
    "remind me a week before the wedding on 24 april": "the wedding, 04-24 -10080",
    "erinnere mich 10 Minuten vor dem Termin um 15 Uhr": "Termin, 03-16 15:00 -10",
    "erinnere mich einen Tag vor der Prüfung am Freitag": "Prüfung, 03-19 -1440",
    "rappelle-moi 15 minutes avant la réunion à 15h": "la réunion, 03-16 15:00 -15",
    "rappelle-moi une heure avant le train demain à 9h": "le train, 03-17 09:00 -60",
    "set an alarm for 6:30": "alarm, 03-17 06:30",
    "set an alarm for 6:30 to take the pills": "take the pills, 03-17 06:30",
    "stell einen Wecker auf 7 Uhr": "Wecker, 03-17 07:00",
    "mets une alarme à 7h": "alarme, 03-17 07:00",
    "timer 20 min": "timer, 03-16 11:40",
    "timer for 2 hours": "timer, 03-16 13:20",
    "start a timer for 3 hours": "timer, 03-16 14:20",
    "stell einen Timer für 1 Stunde": "Timer, 03-16 12:20",
    "Timer auf 20 Minuten stellen": "Timer, 03-16 11:40",
    "minuteur 1 heure": "minuteur, 03-16 12:20",
    "mets un minuteur de 10 minutes": "minuteur, 03-16 11:30",
    "temporizador de 20 minutos": "temporizador, 03-16 11:40",
    "pon un temporizador de 1 hora": "temporizador, 03-16 12:20",
    "reminder call mum at 15:00": "call mum, 03-16 15:00",
    "I'd like to call Ann tomorrow": "call Ann, 03-17",
    "ich möchte morgen Anna anrufen": "Anna anrufen, 03-17",
    "je voudrais appeler Paul demain": "appeler Paul, 03-17",
    "we need to buy milk tomorrow": "buy milk, 03-17",
    "wir müssen morgen Milch kaufen": "Milch kaufen, 03-17",
    "please don't forget to remind me to call Ann tomorrow": "call Ann, 03-17",
    "note: remind me to call Ann": "call Ann",
    "remember: call Ann tomorrow": "call Ann, 03-17",
    "plz remind me tomorrow to call mum": "call mum, 03-17",
    "pourriez-vous me rappeler d'appeler le médecin demain ?": "appeler le médecin, 03-17",
    "pense à me rappeler d'acheter du pain demain": "acheter du pain, 03-17",
    "peux-tu ajouter du lait à ma liste ?": "du lait",
    "tu peux noter d'appeler Paul ?": "appeler Paul",
    "notier mal: Reifen wechseln am Samstag": "Reifen wechseln, 03-20",
    "Hi! Could you remind me tomorrow to call Ann? Thank you so much": "call Ann, 03-17",
}

NO_WISHES = (
    "remind me of you", "remind me of that", "remind me when I get home to feed the cat", "remind me why",
    "remind me until friday to submit", "remind me after lunch to call",
    "remind me at 9 or 10 to call", "remind me every 2 hours to drink", "remind me tomorrow: ",
    "don't forget me", "don't forget about me", "don't forget what I said", "never forget",
    "I need to go", "I have to", "I've got to run", "I should go to bed", "I need to talk to you",
    "I have to say that was great", "I must admit it works", "I should know", "I need to be alone",
    "I need help", "I need sleep", "I have to ask: is this free?", "do I need to pay rent?",
    "I should have called",
    "add me", "put me on the list", "is milk on my list?",
    "erinnere mich an dich", "vergiss mich nicht", "ich muss los", "ich muss jetzt schlafen",
    "ich muss sagen, gut",
    "ich muss dir was sagen", "ich sollte schlafen gehen",
    "je dois partir", "je dois dire que c'est bien", "il faut du lait", "ne m'oublie pas", "n'oublie pas ça",
    "pause jusqu'à la saint-glinglin",
    "today I have to admit it is hard", "tomorrow I must say no", "today I need to rest",
    "tomorrow do I have to work?", "tomorrow what do I have to do?", "morgen kann ich nicht",
    "I want to snooze until tomorrow", "I want to pause until monday", "I'd like to stop today",
    "ich will morgen nicht arbeiten", "ich möchte bis Montag pausieren", "je veux dormir demain",
    "I'd love to see you tomorrow", "I'd like to have a tip tomorrow",
    "on friday I have to tell you something",
    "I want to see my tasks", "I want to know what is due tomorrow", "we need to talk", "ich will nicht mehr",
    "remind me of my tasks", "erinnere mich an meine Aufgaben", "is the rent done? thanks",
    "wake me up before you go", "don't wake me tomorrow",
)  # fmt: skip

BEHIND_ADD = {
    "remind me to go to the dentist tomorrow at 9am": "go to the dentist, 03-17 09:00",
    "Remind me tomorrow to call Ann": "call Ann, 03-17",
    "I need to pay rent": "pay rent",
    "don't forget the milk": "the milk",
    "todo: call Ann": "call Ann",
    "erinnere mich daran, Milch zu kaufen": "Milch kaufen",
    "rappelle-moi de payer": "payer",
    "remind me when I get home to feed the cat": "feed the cat when I get home",
    "remind me at 9 or 10 to call": "call, 03-16 21:00",
    "remind me of what to do": "of what to do",
    "Add salt to the soup": "Add salt to the soup",
    "Put flowers on the table": "Put flowers on the table",
    "Remind Bob to pay": "Remind Bob to pay",
    "Reminder app review": "Reminder app review",
    "Rappel vaccin chien": "Rappel vaccin chien",
    "Reminder: call Ann": "call Ann",
    "Reminder tomorrow 9am dentist": "dentist, 03-17 09:00",
    "Need to Know basis doc": "Need to Know basis doc",
    "Remember the Milk app": "Remember the Milk app",
    "🧺": "🧺",
}

SEVERAL = {
    "remind me every day at 9 and 21 to take pills": ["take pills, 03-17 09:00", "take pills, 03-16 21:00"],
    "remind me to take pills every day at 9 and 21": ["take pills, 03-17 09:00", "take pills, 03-16 21:00"],
    "remind me every day at 9, 13 and 21 to take pills": [
        "take pills, 03-17 09:00", "take pills, 03-16 13:00", "take pills, 03-16 21:00",
    ],
    "ich muss jeden Tag um 9 und 21 Uhr Tabletten nehmen": [
        "Tabletten nehmen, 03-17 09:00", "Tabletten nehmen, 03-16 21:00",
    ],
    "rappelle-moi chaque jour à 9h et 21h de boire": ["boire, 03-17 09:00", "boire, 03-16 21:00"],
    "remind me to stretch at 3pm and 5pm": ["stretch, 03-16 15:00", "stretch, 03-16 17:00"],
    "remind me on monday and thursday to water plants": ["water plants, 03-22", "water plants, 03-18"],
    "remind me to water plants today and tomorrow": ["water plants, 03-16", "water plants, 03-17"],
    "remind me to pay rent at 15:00 and call Bob at 6pm": ["pay rent, 03-16 15:00", "call Bob, 03-16 18:00"],
    "remind me to pay rent tomorrow at 9 and call at 10": ["pay rent, 03-17 09:00", "call, 03-17 10:00"],
    "todo: Post holen um 9 und essen um 10 morgen": ["Post holen, 03-17 09:00", "essen, 03-17 10:00"],
    "I need to buy milk tomorrow and call Ann on friday": ["buy milk, 03-17", "call Ann, 03-19"],
    "I need to buy milk tomorrow and call Ann": ["buy milk and call Ann, 03-17"],
    "remind me to buy milk and eggs at 5": ["buy milk and eggs, 03-16 17:00"],
    "remind me to eat every morning and evening": ["eat, 03-17 09:00", "eat, 03-16 18:30"],
    "remind me tomorrow morning and evening to eat": ["eat, 03-17 09:00", "eat, 03-17 18:30"],
    "remind me at 9am, 1pm and 6pm every weekday to rest": [
        "rest, 03-17 09:00", "rest, 03-16 13:00", "rest, 03-16 18:00",
    ],
    "remind me on the 1st and 15th of every month to pay": ["pay, 04-01", "pay, 04-15"],
    "remind me today at 5 and tomorrow at 6 to call": ["call, 03-16 17:00", "call, 03-17 18:00"],
    "remind me in 10 minutes and in 1 hour to check": ["check, 03-16 11:30", "check, 03-16 12:20"],
    "remind me at 8 and again at 20 to call": ["call, 03-17 08:00", "call, 03-16 20:00"],
    "ich muss die Tabletten jeden Tag um 9 und 21 Uhr nehmen": [
        "die Tabletten nehmen, 03-17 09:00", "die Tabletten nehmen, 03-16 21:00",
    ],
    "rappelle-moi chaque matin et chaque soir de boire": ["boire, 03-17 09:00", "boire, 03-16 18:30"],
    "remind me mondays and thursdays at 9 to run": ["run, 03-18 09:00"],
    "remind me every monday and thursday to run": ["run, 03-18"],
    "todo: meet Ann at 9 and 21 guests": ["meet Ann at 9 and 21 guests"],
    "todo: call Ann monday or tuesday": ["call Ann, 03-22"],
    "todo: watch Black friday and saturday": ["watch Black friday and saturday"],
}  # fmt: skip


def drafts(wish: AddTask) -> tuple[TaskDraft, ...]:
    """The tasks of a wish, as ``/add`` takes them."""
    if wish.fault:
        raise wish.fault
    return wish.drafts


def shown(draft: TaskDraft) -> str:
    """``call Ann, 03-17 08:00``; with a lead: ``call Ann, 03-17 08:00 -15``."""
    if draft.due is None:
        return draft.title
    at = f" {draft.due.at:%H:%M}" if draft.due.at else ""
    lead = f" -{draft.lead}" if draft.lead else ""
    return f"{draft.title}, {draft.due.on:%m-%d}{at}{lead}"


def understood(said: str) -> Intent | None:
    return understand(said, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(("said", "task"), WISHES.items(), ids=WISHES)
def test_a_wish_becomes_what_is_to_be_done(said: str, task: str) -> None:
    wish = understood(said)
    assert isinstance(wish, AddTask)
    assert [shown(draft) for draft in drafts(wish)] == [task]


@pytest.mark.parametrize("said", NO_WISHES)
def test_talk_and_questions_are_no_wishes(said: str) -> None:
    assert not isinstance(understood(said), AddTask)


@pytest.mark.parametrize(("typed", "task"), BEHIND_ADD.items(), ids=BEHIND_ADD)
def test_behind_the_command_the_words_of_a_wish_are_left_out(typed: str, task: str) -> None:
    assert [shown(draft) for draft in drafts(wished(typed, now=NOW, zone=BERLIN))] == [task]


@pytest.mark.parametrize(("said", "tasks"), SEVERAL.items(), ids=SEVERAL)
def test_each_time_in_a_list_becomes_a_task(said: str, tasks: list[str]) -> None:
    wish = understood(said)
    assert isinstance(wish, AddTask)
    assert [shown(draft) for draft in drafts(wish)] == tasks


@pytest.mark.parametrize(
    "said",
    [
        "remind me 5000 years before the meeting at 3pm",
        "remind me 2 days before the meeting today at 3pm",
        "remind me 9999999999 years before the meeting at 3pm",
    ],
)
def test_a_time_ahead_that_is_over_leaves_the_wish_as_it_was_said(said: str) -> None:
    wish = understood(said)
    assert isinstance(wish, AddTask)
    assert [shown(draft)[-5:] for draft in drafts(wish)] == ["15:00"]


@pytest.mark.parametrize(
    "said",
    [
        "remind me",
        "remind me to",
        "add a task",
        "set a reminder for tomorrow",
        "erinnere mich",
        "rappelle-moi",
    ],
)
def test_a_wish_that_only_begins_says_nothing_to_do(said: str) -> None:
    assert wished(said, now=NOW, zone=BERLIN).only_begun


@pytest.mark.parametrize(
    "said", ["urgent", "asap!", "!!!", "p1 tomorrow", "dringend morgen", "tomorrow", "42"]
)
def test_what_would_have_no_title_is_not_offered_as_a_task(said: str) -> None:
    assert not can_be_added(said, now=NOW, zone=BERLIN)


@pytest.mark.parametrize("said", ["the elephant in the room", "I need milk", "well done", "zwei Elefanten"])
def test_what_is_offered_as_a_task_can_be_added(said: str) -> None:
    assert can_be_added(said, now=NOW, zone=BERLIN)
    assert drafts(wished(said, now=NOW, zone=BERLIN))[0].title == said


@given(
    st.sampled_from(["", "remind me ", "erinnere mich daran, ", "rappelle-moi de ", "I need to "]),
    hostile_text,
)
def test_any_wish_is_a_task_or_refused(start: str, typed: str) -> None:
    wish = wished(start + typed, now=NOW, zone=BERLIN)
    assert len(wish.drafts) <= MAX_TIMES
    assert [bool(wish.drafts), wish.fault is not None, wish.only_begun].count(True) == 1
    assert all(draft.title for draft in wish.drafts)


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize(
    "start",
    ["remind me in 2 hours ", "set a reminder for ", "erinnere mich ", "rappelle-moi ", "ich muss ", "put "],
)
def test_a_huge_wish_is_one_task_or_refused(start: str, bomb: str) -> None:
    wish = wished(start + bomb, now=NOW, zone=BERLIN)
    assert wish.fault or wish.only_begun or len(wish.drafts) == 1


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("tomorrow 9am", "task_empty"),
        ("remind me tomorrow at 8 to !!!", "task_empty"),
        ("p1 friday", "task_empty"),
        ("morgen um 9", "task_empty"),
        ("demain à 9h", "task_empty"),
        ("x" * 301, "task_too_long"),
        ("remind me to " + "x" * 301, "task_too_long"),
        ("erinnere mich morgen daran, " + "x" * 301, "task_too_long"),
        ("rappelle-moi demain de " + "x" * 301, "task_too_long"),
        ("add " + "word " * 80, "task_too_long"),
    ],
)
def test_what_is_no_task_says_why(typed: str, hint: str) -> None:
    wish = wished(typed, now=NOW, zone=BERLIN)
    assert wish.fault is not None
    assert wish.fault.hint == hint
    assert wish.drafts == ()
    assert not wish.only_begun


@pytest.mark.parametrize(
    "said",
    [
        "remind me tomorrow about the meeting on friday",
        "remind me every day at 9 and 21 to take pills",
        "pay rent at 9 and call Bob at 10",
        "remind me 15 minutes before the meeting at 3pm",
        "Dentist friday 10am",
        "erinnere mich morgen an die Miete",
        "rappelle-moi demain de payer le loyer",
    ],
)
def test_behind_the_command_a_text_means_the_same_tasks_as_by_itself(said: str) -> None:
    understood_alone = understood(said)
    assert isinstance(understood_alone, AddTask)
    assert wished(said, now=NOW, zone=BERLIN).drafts == understood_alone.drafts


@pytest.mark.parametrize(
    "said",
    [
        "remind me in 20 minutes to drink water",
        "remind me at 15:00 to call Ann",
        "remind me every weekday at 8 to take the pill",
        "can you remind me to call mom at 5?",
        "remind me 15 minutes before the dentist at 3pm",
        "tomorrow at 8 remind me to call Ann",
        "wake me up at 7",
        "set an alarm for 6:30",
        "erinnere mich in 20 Minuten ans Trinken",
        "kannst du mich morgen um 8 daran erinnern, Milch zu kaufen?",
        "rappelle-moi dans 20 minutes de boire",
        "crée un rappel demain à 9h pour appeler le médecin",
    ],
)
def test_a_wish_to_be_reminded_at_a_time_asks_for_a_message(said: str) -> None:
    added = understood(said)
    assert isinstance(added, AddTask)
    assert [draft.reminds for draft in added.drafts] == [True]


@pytest.mark.parametrize(
    "said",
    ["I need to call Ann at 5", "add call Ann at 5", "don't forget to call Ann at 5",
     "Dentist friday 10am", "ich muss um 5 Anna anrufen", "il faut payer le loyer demain"],
)  # fmt: skip
def test_other_wishes_do_not(said: str) -> None:
    added = understood(said)
    assert isinstance(added, AddTask)
    assert [draft.reminds for draft in added.drafts] == [False]


def test_a_wish_to_be_reminded_without_a_time_asks_for_one_too() -> None:
    added = understood("remind me to call Ann")
    assert isinstance(added, AddTask)
    assert [(draft.reminds, draft.due) for draft in added.drafts] == [(True, None)]


def test_a_reminder_keeps_the_details_of_its_task() -> None:
    added = understood("remind me tomorrow at 9 to call Ann, takes 10 minutes #family")
    assert isinstance(added, AddTask)
    assert added.draft is not None
    assert (added.draft.title, added.draft.minutes, added.draft.labels) == ("call Ann", 10, ("family",))
    assert shown(added.draft) == "call Ann, 03-17 09:00"


def test_a_task_with_a_date_of_its_own_keeps_it_in_the_title_without_the_details() -> None:
    added = understood("remind me tomorrow at 9 about the meeting on friday #work")
    assert isinstance(added, AddTask)
    assert added.draft is not None
    assert (shown(added.draft), added.draft.labels) == ("the meeting on friday, 03-17 09:00", ("work",))


@pytest.mark.parametrize("typed", ["add task 3", "Add task 12", "please add task 3"])
def test_a_number_alone_is_no_title(typed: str) -> None:
    added = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(added, AddTask)
    assert [draft.title for draft in added.drafts] == [typed.removeprefix("please ").split(" ", 1)[1]]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("erinnere mich Mama anzurufen", "Mama anrufen"),
        ("erinnere mich, den Müll rauszubringen", "den Müll rausbringen"),
        ("erinnere mich bitte Milch zu kaufen", "Milch kaufen"),
        ("erinnere mich in 10 Minuten die Nudeln abzugießen", "die Nudeln abgießen"),
        ("kannst du mich erinnern, die Miete zu zahlen", "die Miete zahlen"),
    ],
)
def test_german_words_with_zu_need_no_daran_before_them(said: str, title: str) -> None:
    added = understood(said)
    assert isinstance(added, AddTask)
    assert [(draft.title, draft.reminds) for draft in added.drafts] == [(title, True)]


def test_a_reminder_at_a_time_that_never_comes_says_so() -> None:
    wish = wished("remind me at 25:00 to call mum", now=NOW, zone=BERLIN)
    assert (wish.drafts, wish.fault and wish.fault.hint) == ((), "no_time_to_come")


@pytest.mark.parametrize("text", ["\n\n", "-\n-", "\n!\n"])
def test_lines_without_a_task_are_no_list(text: str) -> None:
    assert wished(text, now=NOW, zone=BERLIN).drafts == ()


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("erinnere mich morgen um 8 an den Müll", "den Müll"),
        ("erinnere mich an die Wäsche morgen um 9", "die Wäsche"),
        ("erinnere mich morgen an das Paket", "das Paket"),
        ("erinnere mich um 9 ans Paket", "Paket"),
        ("kannst du mich morgen um 8 an den Müll erinnern?", "den Müll"),
        ("Erinnerung an den Müll morgen um 8", "den Müll"),
        ("erstelle eine Erinnerung an die Steuer morgen um 8", "die Steuer"),
        ("erinnere mich an den Termin mit der Bank morgen um 8", "den Termin mit der Bank"),
        ("erinnere mich an einen Brief an die Bank morgen", "einen Brief an die Bank"),
        ("erinnere mich an meine Tabletten um 9", "meine Tabletten"),
        ("erinnere mich morgen daran, den Müll rauszubringen", "den Müll rausbringen"),
        ("remind me about the bins tomorrow", "the bins"),
        ("rappelle-moi l'anniversaire d'Anne demain à 10h", "l'anniversaire d'Anne"),
        ("rappelle-moi le dentiste demain à 10h", "le dentiste"),
        ("rappelle-moi mon rendez-vous demain à 9h", "mon rendez-vous"),
        ("rappelle-moi les poubelles ce soir", "les poubelles"),
        ("rappelle-moi l'appel avec Paul vendredi à 14h", "l'appel avec Paul"),
        ("rappelle-moi le lundi de sortir les poubelles", "sortir les poubelles"),
        ("recuérdame el cumpleaños de Ana mañana a las 10", "el cumpleaños de Ana"),
    ],
)
def test_a_reminder_of_a_thing_names_it_as_it_was_named(said: str, title: str) -> None:
    wish = understand(said, now=NOW, zone=BERLIN)
    assert isinstance(wish, AddTask)
    assert [(draft.title, draft.reminds) for draft in wish.drafts] == [(title, True)]


@pytest.mark.parametrize(
    "said", ["rappelle-moi le mot de passe", "rappelle-moi la veille", "rappelle-moi le pain"]
)
def test_a_thing_without_a_time_is_no_sure_reminder(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), AddTask)
