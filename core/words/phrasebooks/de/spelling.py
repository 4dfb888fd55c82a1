"""German words that are often mistyped.

Tests: tests/core/words/test_spelling.py.
"""

from __future__ import annotations

TIMES = """
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar oktober dezember
    heute morgen übermorgen gestern vormittag mittag nachmittag abend wochenende minuten stunden wochen
    monate täglich wöchentlich monatlich uebermorgen jeden
"""
"""Words that say when."""

REQUESTS = """
    erinnere erinner erinnerung erinnerungen lösche lösch entferne streiche verschiebe verschieb aufgabe
    aufgaben erledigt fertig pausiere pause später zeige abbrechen umbenennen bitte
    rückgängig ändere verwerfen ruhezeiten einstellungen erinnern
"""
"""Words of requests, and such as stand beside them."""

MISSPELLINGS = {
    "donnerstag": "donerstag donnerstg donnertag donnersatg", "mittwoch": "mitwoch mittwoh mittwohc",
    "dienstag": "dinstag diestag dienstg", "samstag": "samsatg", "morgen": "mrogen morgn",
    "übermorgen": "übermorgn uebermorgn", "heute": "heut", "wochenende": "wochende",
    "minuten": "miuten minten", "stunden": "studen", "erinnere": "erinere erinnre erinnenr",
    "erinner": "erinenr erriner", "erinnerung": "erinerung", "lösche": "lösch loesche", "aufgaben": "aufgabn",
    "und": "udn", "mich": "mihc", "was": "wsa", "verschiebe": "verschibe",
}  # fmt: skip
"""Spellings that are farther from the word than a slip of a finger, or too short to be told by one."""

OTHER_WORDS = "gesten monte ziege striche mogen sontag monae sunden augst"
"""Words of their own that a slip makes of another."""

NAMES = ""
