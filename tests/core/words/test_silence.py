"""Wishes to be silent, to write again, and to be told or not told of a topic, as people put them."""

from __future__ import annotations

from core.words.intents import (
    AskPlan,
    AskTip,
    Dismiss,
    Mute,
    NotNow,
    Resume,
    SetBrief,
    SetCap,
    SetQuiet,
    SetReview,
    SetTimes,
    Unmute,
    Why,
)
from core.words.replies import reply_phrase
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW
from tests.rows import each_of

SAYINGS = {
    Resume(): (
        "kannst wieder schreiben", "du kannst mir wieder schreiben", "schreib wieder", "Pause beenden",
        "beende die Pause", "die Pause ist vorbei", "you can write me again", "end the pause",
        "cancel my pause",
        "write to me again", "tu peux réécrire", "tu peux m'écrire à nouveau", "fin de la pause",
        "termine la pause", "ya puedes escribir", "termina la pausa", "fin de la pausa",
    ),
    SetQuiet(text="off"): (
        "Ruhezeiten aus", "schalte die Ruhezeiten aus", "keine Ruhezeiten mehr", "turn off quiet hours",
        "quiet hours off", "remove my quiet hours", "no more quiet hours", "désactive les heures calmes",
        "plus d'heures calmes", "desactiva las horas de silencio", "sin horas de silencio",
    ),
    SetTimes(text="9:00"): (
        "nur noch morgens", "schreib mir nur noch morgens", "ab jetzt nur noch morgens", "nur morgens",
        "from now on only mornings", "désormais seulement le matin", "ne m'écris plus que le matin",
        "a partir de ahora solo por la mañana",
    ),
    SetCap(text="3"): (
        "maximal 3 Tipps", "höchstens drei Tipps", "3 Tipps maximal", "stell die Tipps auf 3",
        "set tips to 3",
        "set my tips to 3", "change the limit to 3", "max 3 tips", "at most three tips", "3 tips max",
        "maximum 3 conseils", "3 conseils maximum", "pas plus de 3 conseils", "máximo 3 consejos",
        "3 consejos como máximo", "no más de 3 consejos", "nur noch 3 Tipps am Tag",
    ),
    SetBrief(text="7:00"): (
        "morgens um 7 einen Überblick", "jeden Morgen um 7 den Tagesplan", "die Agenda jeden Morgen um 7",
        "every morning at 7 the agenda", "an overview every morning at 7", "chaque matin à 7h l'agenda",
        "chaque matin à 7h un résumé", "cada mañana a las 7 la agenda", "un resumen cada mañana a las 7",
    ),
    SetReview(text="20:00"): (
        "jeden Abend um 8 ein Rückblick", "abends um 8 einen Rückblick",
        "einen Rückblick jeden Abend um 20 Uhr",
        "schick mir jeden Abend um 8 einen Rückblick", "every evening at 8 a review",
        "send me a review every evening at 8", "a look back every evening at 8",
        "tous les soirs à 20h un bilan",
        "cada noche a las 8 un repaso", "un repaso cada noche a las 20",
    ),
    Mute(topic="work"): ("mute work", "mute the topic work", "Thema work stumm", "ne m'écris plus sur work"),
    Unmute(topic="work"): (
        "unmute work", "stop muting work", "you can write about work again", "Thema work wieder erlauben",
        "schreib wieder über work", "réautorise work", "vuelve a escribirme sobre work",
        "deja de silenciar work",
    ),
    Mute(topic=""): (
        "never show me that again", "don't show me this one again", "never suggest that", "never that again",
        "zeig mir das nie wieder", "den Tipp bitte nicht mehr vorschlagen", "das nie wieder",
        "ne me propose plus ça", "plus jamais ça", "no me muestres eso nunca más", "nunca más ese",
    ),
    Dismiss(): (
        "not that one", "not this tip", "no, not that one", "I don't want to do that", "den nicht",
        "nicht den",
        "das will ich nicht machen", "pas celui-là", "pas ça", "je ne veux pas faire ça", "ese no", "eso no",
        "no quiero hacerlo", "no quiero eso", "ese consejo no",
    ),
    NotNow(): (
        "I don't want to do that today", "i dont want to do it now", "I don't feel like doing that today",
        "das will ich heute nicht machen", "heute will ich das nicht", "je ne veux pas le faire aujourd'hui",
        "no quiero hacerlo hoy", "hoy no quiero hacer eso",
    ),
    Why(): ("warum gerade der", "wieso ausgerechnet das", "why this one", "pourquoi celui-là",
    "por qué justo ese"),
    AskPlan(): (
        "wann kommt der nächste Tipp", "wann bekomme ich den nächsten Tipp", "when is my next tip",
        "when do I get the next tip", "am I paused", "bis wann bin ich pausiert",
        "cuándo termina la pausa", "when will the next tip come", "quand arrive le prochain conseil",
        "cuándo llega el próximo consejo",
    ),
}  # fmt: skip

TIPS = (
    "einen anderen", "lieber was anderes", "den nächsten", "another one", "give me another", "something else",
    "a different one", "un autre", "autre chose", "otro", "otra cosa",
)  # fmt: skip

TO_DOS = (
    "buy a mute for the trumpet", "every evening at 8 review notes", "every morning at 8 agenda meeting",
    "jeden Abend um 8 Medikamente nehmen", "morgens um 7 Überblick Quartalszahlen erstellen",
    "ab jetzt jeden Tag joggen", "nur noch Milch kaufen", "set the table", "set table for 5 tomorrow",
    "max 3 beers", "cancel the pause button order", "renew quiet room booking tomorrow",
    "change it bag battery", "call off the meeting", "chaque matin à 8h promener le chien",
    "cada mañana a las 8 regar las plantas",
)  # fmt: skip


@each_of([(said, intent) for intent, sayings in SAYINGS.items() for said in sayings])
def test_what_is_said_of_silence_and_of_tips(said: str, intent: object) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == intent


@each_of([(said,) for said in TIPS])
def test_another_tip_is_asked_for(said: str) -> None:
    assert isinstance(understand(said, now=NOW, zone=BERLIN), AskTip)


@each_of([(said,) for said in TO_DOS])
def test_what_merely_looks_like_it_changes_no_setting(said: str) -> None:
    assert not isinstance(understand(said, now=NOW, zone=BERLIN), tuple(map(type, SAYINGS)))


@each_of([(said,) for said in SAYINGS[Mute(topic="")]])
def test_in_a_reply_the_topic_is_that_of_the_tip(said: str) -> None:
    assert reply_phrase(said) == Mute(topic="")
