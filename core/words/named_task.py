"""The task that a request is about, by the words that name it: "the dentist task" is "dentist".

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.numbered import places_in
from core.words.phrasebooks.es import requests as es
from core.words.sayings import lazy_phrase

MAX_WORDS = 14
"""Words by which people name a task. Longer texts are something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTask:
    """A task as somebody names it."""

    title: str
    """Words of its title, for ``best_match``; empty: the task that was talked about last."""

    is_surely_a_task: bool = False
    """Whether the words say that they mean a task: "the dentist task", "it"."""


def listed_task(words: str) -> NamedTask | None:
    """As ``named_task``; the words may also be places in a list ("3", "the second one"), then the title is
    these words. "Both" before two tasks is left out.
    """
    said = _BOTH.sub("", _PLEASE.sub("", words.strip(_MARKS)).strip(_MARKS))
    return NamedTask(title=said) if places_in(said) else named_task(said)


def named_task(words: str) -> NamedTask | None:
    """The task that the words name; None if they name something indefinite or no single task."""
    said = _PLEASE.sub("", words.strip(_MARKS)).strip(_MARKS)
    if _IT.fullmatch(said):
        return NamedTask(title="", is_surely_a_task=True)
    if quoted := _QUOTED.fullmatch(said):
        return NamedTask(title=quoted[1].strip(_MARKS), is_surely_a_task=True)
    named = _TASK_NAMED.fullmatch(said)
    title = next(group for group in named.groups() if group) if named else said
    title = _ARTICLE.sub("", title.strip(_MARKS))
    if quoted := _QUOTED.fullmatch(title):
        title = quoted[1].strip(_MARKS)
    title = _without_old_date(title)
    is_one = (
        title
        and not _BEFORE_DATE.fullmatch(title)
        and not _NUMBER.fullmatch(title)
        and len(title.split()) <= MAX_WORDS
        and not _NO_SINGLE_TASK.match(said)
    )
    return NamedTask(title=title, is_surely_a_task=named is not None) if is_one else None


def _without_old_date(title: str) -> str:
    """ "dentist" for "dentist from monday": the date that it had."""
    found = _FROM.fullmatch(title)
    return found[1] if found and whole_time_phrase(sentence_of(tokens_of(found[2]))) else title


_MARKS = " ,;:–-"
# "dentist to last" is no title: "move dentist to last friday".
_BEFORE_DATE = re.compile(
    r".+ (?:to|until|till|by|auf|bis|um|à|au|al?|para)(?: (?:the|last|past|den|die|letzten?|el|la))*",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"^(?:please|bitte|mal|por favor) |,? (?:please|bitte|mal|por favor|porfa)$", re.IGNORECASE
)
_BOTH = re.compile(
    r"^(?:both(?: of)?|sowohl|à la fois|tanto) (?=.+ (?:and|als auch|et|como) )", re.IGNORECASE
)
_FROM = re.compile(r"(.+) (?:from|von|vom|del?|du) (.+)", re.IGNORECASE)
# A place in a list, which only the conversation knows.
_NUMBER = re.compile(
    r"(?:number |no\.? |nr\.? |nummer |numéro )?\d+"
    r"|(?:the )?(?:first|second|third|fourth|fifth|last)(?: one)?"
    r"|(?:erste|zweite|dritte|vierte|letzte)[ns]?|(?:premier|première|deuxième|troisième|dernier|dernière)",
    re.IGNORECASE,
)
_TASK = r"(?:task|to-?do(?: item)?|todo|reminder|item|entry|one|thing)"
_AUFGABE = r"(?:aufgabe|erinnerung|eintrag|to-?do|task)"
_TACHE = r"(?:tâche|rappel|entrée|to-?do)"  # "la tache" is a stain
_IT = lazy_phrase(
    r"it|this|that|(?:this|that|the|my) (?:last |latest )?(?:task|to-?do|one|reminder|item)",
    r"es|das|ihn|sie|dies(?:e[nsr]?)?|die(?:se)? (?:letzte )?(?:aufgabe|erinnerung)|das to-?do",
    r"le|la|l'|ça|cela|celui-(?:ci|là)|celle-(?:ci|là)|(?:cette|la) (?:dernière )?tâche|ce rappel",
    *es.IT,
)
_TASK_NAMED = lazy_phrase(
    rf"(?:the|my|this|that) (.+?)['’\"”]? {_TASK}",
    r"(?:the |my )?(?:task|to-?do|reminder)(?: called| named| about| for| to)?:? (?!to\b|for\b)(.+)",
    r"(.+?) (?:task|to-?do|reminder)",
    rf"(?:die |meine |den )?{_AUFGABE}(?: namens)?:? (.+)|(?:die |den |das |meine )(.+?)[- ]{_AUFGABE}",
    rf"(?:la |ma |le |mon )?{_TACHE}(?: appelée?)?(?: ?:| d[eu](?= )| d['’](?=\w))? ?(.+)",
    *es.TASK_NAMED,
)
_QUOTED = re.compile(r"[\"“„«'‘]\s*([^\"“”„«»]+?)\s*[\"”“»'’]")
_ARTICLE = re.compile(
    r"^(?:the |my |that |this |der |die |das |den |dem |meine?[nm]? |diese?[nms]? |le |la |les |l['’]"
    r"|mon |ma "
    rf"|mes |ce |cet |cette {es.ARTICLES})",
    re.IGNORECASE,
)
# "a file", "everything", "all tasks", "my account": no single task that is on the list.
_NO_SINGLE_TASK = re.compile(
    r"(?:an?|some|any|another|ein|eine|einen|noch|un|une|des|all|every|everything|each|these|those|them"
    r"|both|alle|alles"
    r"|jede\w*|tous|toutes|tout|i|he|she|we|they|you|me|us|him|her|myself|yourself|ich|er|wir|mich|dich"
    r"|mir|dir|uns|ihr|je|tu|il"
    rf"|elle|nous|moi|toi{es.SEVERAL}{es.ALL_OF}"
    r"|(?:(?:my|the|your|all|meine?n?|deine?n?|die|das|den|mon|ma|mes|le|les|toutes?|tous) )*"
    r"(?:account|data|profile|history|everything|tasks|list|lists|to-?dos|reminders|messages?|conto"
    r"|konto|daten"
    r"|profil|aufgaben|liste|erinnerungen|nachrichten|compte|données|tâches|taches|rappels|historique))$"
    r"|(?:an?|some|any|another|ein|eine|einen|noch|un|une|des|all|every|each|these|those|both|alle"
    rf"|jede\w*|tous|toutes|tout{es.SEVERAL}) ",
    re.IGNORECASE,
)
