"""Words by which oO tells that a text is in German (``core/words/languages.py``), and names of languages.

Tests: tests/core/words/test_languages.py.
"""

from __future__ import annotations

TELLING = """
    ich du wir ihr mir mich dir dich uns mein meine meinen meinem meiner dein deine deinen deiner nicht
    nichts kein keine keinen bitte habe hast haben bin bist ist sind kann kannst können könntest muss
    musst müssen soll sollst sollte will willst wollen möchte möchtest werde wird würde würdest wurde
    warum wann wieso welche welcher welches heute morgen übermorgen gestern vorgestern jetzt später immer
    wieder schon noch zuerst danach vielleicht erinnere erinner lösche lösch streiche verschiebe
    verschieb ändere ändern schreib schreibe zeig zeige mach mache jeden jede jedes täglich wöchentlich
    monatlich nächste nächsten nächster nächstes nächstem montag dienstag mittwoch donnerstag freitag
    samstag sonntag montags dienstags mittwochs donnerstags freitags samstags sonntags uhr stunde stunden
    woche wochen monat monats monate tage tagen abends morgens mittags nachmittag nachmittags vormittag
    dauert ungefähr etwa erledigt fertig danke dass weil wenn doch auch nur steht liegt gibt heut abend
    früh mittag vormittags samstagmorgen sonntagmorgen täglichen halbe halben anderthalb eineinhalb
    entferne entfern vergiss setz setze stell stelle markiere verlege lege leg sag löschen verschieben
    kommenden kommende viertel jahresende januar februar märz juni juli oktober dezember wochenende jahr
    jahre jahres tag minuten minute monatsende
"""
"""Pronouns, verbs, adverbs and words of time: a title seldom has any."""

JOINING = """
    der das dem den des ein eine einen einem einer und oder aber im ins am zum zur vom beim mit ohne für
    auf bis von vor nach über unter bei seit aus gegen durch wie wer wo als um ab alle allen allem diese
    diesen dieser dieses diesem anrufen kaufen bezahlen zahlen abholen machen gehen schreiben schicken
    gießen bringen putzen lesen abgeben holen buchen besuchen planen kochen schauen sortieren prüfen
    melden die in an was so hallo viel viele müde wohne zu wenig
"""
"""Articles, prepositions, conjunctions and common verbs: titles and names have them too."""

ENDINGS = r"(?<=tag|och)(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)s?$"
LANGUAGE_NAMES = {
    "en": "englisch",
    "de": "deutsch",
    "fr": "französisch franzoesisch",
    "es": "spanisch",
    "it": "italienisch",
    "pt": "portugiesisch",
    "nl": "niederländisch holländisch",
    "pl": "polnisch",
    "tr": "türkisch",
    "ru": "russisch",
    "uk": "ukrainisch",
    "ja": "japanisch",
    "zh": "chinesisch",
    "ar": "arabisch",
    "sv": "schwedisch",
    "da": "dänisch",
    "cs": "tschechisch",
}
"""By their IETF tags, in lower case."""
