"""Which German words of a task say that it is in the morning or in the evening.

Tests: tests/core/words/dates/test_occasions.py.
"""

from __future__ import annotations

MORNINGS = (
    r"aufwachen|aufstehen|(?:auf|ge)?weck(?:en|t)?|frühstück(?:en)?|sonnenaufgang"
    r"|^(?:(?:den|meinen) )?wecker(?: stellen)?$"
)
EVENINGS = (
    r"abend(?:essen|brot)|^essen (?:mit|gehen|bei)\b|nachtessen|znacht|kino|\w*konzert"
    r"|(?:geburtstags|haus|garten|grill|silvester|wg-)?party"
    r"|kneipe|disco|theater|oper|drinks|cocktails?|feierabendbier|stammtisch|(?:in (?:die|der)|eine) bar"
    r"|bar mit|bier(?:chen)? (?:mit|trinken)|biere mit|^biere?\b|date mit|kochen für (?!die )\w+"
    r"|für (?!die |den |das )\w+ kochen|pizza(?:abend| essen| mit)|spieleabend|quizabend|weinprobe|karaoke"
    r"|(?:spiel|match) (?:gucken|schauen|ansehen)"
)
EVENING_ORDERS = r"(?:pizzas?|sushi|döner|burger|abendessen) bestellen"
MIDDAYS = r"mittag(?:essen)?"
EARLY_ON_A_DAY = (
    r"(?:am|zum|an den|richtung) flughafen|^flughafen|^(?:(?:mein|der|den|meinen) )?(?:flug|flieger|abflug)"
    r"|^(?:(?:mein|der|den|meinen) )?(?:zug|ice)(?: nach .*)?$"
    r"|(?:zug|ice|flieger) (?:nehmen|kriegen|erwischen)"
)
OTHER_ERRANDS = (
    r"kaufen|besorgen|buchen|bestellen|anrufen|reservieren|abholen|absagen|schreiben|bezahlen|zahlen|planen"
    r"|einladen|fragen|tickets?|karten|tisch|\w*reservierung"
)
