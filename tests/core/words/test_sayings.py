"""Roundabout requests are what people say more briefly."""

from __future__ import annotations

from core.words.intents import Greeting
from core.words.sayings import briefly
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW
from tests.rows import each_of


@each_of(
    (
        (
            "hey could you do me a favour and remind me tomorrow at 9 to call Bob",
            "remind me tomorrow at 9 to call Bob",
        ),
        ("Do me a favor: remind me at 5 to leave", "remind me at 5 to leave"),
        ("would you mind reminding me on friday to bring the cake?", "remind me on friday to bring the cake"),
        ("I was wondering if you could remind me to call Mum tomorrow", "remind me to call Mum tomorrow"),
        ("i'd appreciate it if you reminded me to pay rent on friday", "remind me to pay rent on friday"),
        (
            "it would be great if you could remind me about the meeting at 10",
            "remind me about the meeting at 10",
        ),
        ("could you please be so kind and put milk on my list", "put milk on my list"),
        (
            "Hi there, please can you add a task for tomorrow: call the bank",
            "add a task for tomorrow: call the bank",
        ),
        ("um so tomorrow I need to call the bank", "tomorrow I need to call the bank"),
        ("I think I should call Grandma on sunday", "I should call Grandma on sunday"),
        ("would you mind moving the dentist to friday", "can you move the dentist to friday"),
        ("is it possible to remind me tomorrow to call Mum", "remind me tomorrow to call Mum"),
        ("ich wollte fragen, ob du mich morgen an Milch erinnern kannst", "erinnere mich morgen an Milch"),
        (
            "est-ce que vous pourriez me rappeler demain d'appeler maman",
            "rappelle-moi demain d'appeler maman",
        ),
        ("j'aimerais que tu me rappelles demain d'appeler maman", "rappelle-moi demain d'appeler maman"),
        ("quisiera que me recuerdes mañana comprar pan", "recuérdame mañana comprar pan"),
        ("give me a shout at 4 to call Bob", "remind me at 4 to call Bob"),
        ("quick reminder: stamps tomorrow", "reminder: stamps tomorrow"),
        (
            "könntest du so lieb sein und mich morgen an den Kuchen erinnern",
            "erinnere mich morgen an den Kuchen",
        ),
        ("wäre super, wenn du mich um 10 an das Meeting erinnerst", "erinnere mich um 10 an das Meeting"),
        ("tu mir einen Gefallen und erinnere mich morgen an Milch", "erinnere mich morgen an Milch"),
        (
            "ich darf morgen nicht vergessen, den Brief abzuschicken",
            "ich darf nicht vergessen, morgen den Brief abzuschicken",
        ),
        ("ich glaube ich sollte am Sonntag Oma anrufen", "ich sollte am Sonntag Oma anrufen"),
        ("Guten Morgen, erinnere mich morgen an Milch", "erinnere mich morgen an Milch"),
        (
            "est-ce que tu pourrais me rappeler demain d'appeler maman",
            "peux-tu me rappeler demain d'appeler maman",
        ),
        (
            "ça serait bien si tu pouvais me rappeler demain d'appeler maman",
            "rappelle-moi demain d'appeler maman",
        ),
        ("il faut que je pense à acheter du pain demain", "je dois acheter du pain demain"),
        ("Bonjour, rappelle-moi demain d'appeler maman", "rappelle-moi demain d'appeler maman"),
        ("podrías hacerme el favor de recordarme mañana comprar pan", "recuérdame mañana comprar pan"),
        ("sería genial si pudieras recordarme mañana comprar pan", "recuérdame mañana comprar pan"),
        ("tengo que acordarme de comprar pan mañana", "tengo que comprar pan mañana"),
        ("creo que tengo que llamar a mamá mañana", "tengo que llamar a mamá mañana"),
    )
)
def test_a_roundabout_request_is_the_plain_one(typed: str, plain: str) -> None:
    wanted = understand(plain, now=NOW, zone=BERLIN)
    assert wanted is not None
    assert understand(typed, now=NOW, zone=BERLIN) == wanted


@each_of(
    ("I think so", "I think about life", "would you mind", "do me a favour", "wäre super", "creo que sí")
)
def test_without_a_request_nothing_is_asked_for(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) is None


@each_of(("good morning", "hi there", "bonjour", "guten Abend", "hola"))
def test_a_greeting_stays_one(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == Greeting()


def test_other_texts_stay_as_they_are() -> None:
    assert briefly("remind me to do Ann a favour") == "remind me to do Ann a favour"
