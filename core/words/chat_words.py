"""Words that tell a to-do from conversation.

Tests: tests/core/words/test_understand.py.
"""

from __future__ import annotations

from core.words.phrasebooks.es import talk as es

# Words of conversation: a sentence with one of them is no to-do, even if it names a day.
_TALK = """
    i i'm im i'll i've i'd me you your you're he he's she she's it it's its we we're we'd they they're us
    this that
    is are was were am been has had will would could should not don't didn't isn't
    what when where who why how which
    yes yeah yep no nope ok okay sure maybe perhaps probably then instead again too also sounds works great
    perfect thanks thank hi hello hey bye ciao tschüss tschüs servus see talk let's lets until till
    ich du wir er sie es ist sind war bin hat haben kann nicht nein ja wer was wann wo wie warum bis dann gern
    je j'ai tu il elle nous vous c'est est suis sont pas non oui qui quoi quand où comment pourquoi
    jusqu'à jusqu'au remind snooze pause erinnere erinner verschiebe rappelle-moi reporte
"""
CONVERSATION_WORDS = frozenset((_TALK + es.CONVERSATION).split())

# Verbs that make a short sentence a to-do even without a date; German ones come last.
_CHORES = """
    book buy call clean collect email fetch fix install order pay phone pick prepare renew repair return sell
    ship submit visit wash water
"""
_CHORES_IN_FRENCH = """
    acheter appeler commander envoyer laver nettoyer payer préparer ranger rappeler rendre
    réparer réserver sortir
"""
_CHORES_LAST = """
    abgeben abholen abmelden anmelden anrufen aufräumen ausfüllen beantragen besorgen bestellen bezahlen
    buchen drucken einkaufen erledigen gießen kaufen kündigen machen putzen rausbringen reparieren
    saugen schicken schreiben vereinbaren verlängern vorbereiten waschen zahlen zurückbringen überweisen
"""
FRENCH_CHORE_VERBS = frozenset(_CHORES_IN_FRENCH.split())
CHORE_VERBS = frozenset((_CHORES + es.CHORES).split()) | FRENCH_CHORE_VERBS
CHORE_VERBS_AT_END = frozenset(_CHORES_LAST.split())
NOT_CONVERSATION_IN_FRENCH = frozenset(("du", "es"))  # "acheter du lait"
