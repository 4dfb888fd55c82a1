"""Requests to take a task off the list: "delete the dentist task", "streich Milch von der Liste".

"Cancel my gym membership" may be a to-do as well. It is a request only if it fits an open task
(``only_if_it_fits`` in ``RemoveTask``), which the words alone can't tell.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from core.words.intents import RemoveTask, Undo
from core.words.named_task import listed_task
from core.words.phrasebooks.es import requests as es
from core.words.reminders import REQUEST
from core.words.sayings import LazyPhrase, lazy_phrase


def read_removal(text: str) -> RemoveTask | None:
    """The request that the text is; None for other texts, and for what names no single task."""
    for phrase in _REMOVALS:
        if found := phrase.fullmatch(text):
            return _removal(phrase, next(group for group in found.groups() if group), text)
    return None


def _removal(phrase: LazyPhrase, words: str, text: str) -> RemoveTask | None:
    task = listed_task(words)
    if task is None:
        return None
    if phrase is _FROM_LIST:
        return RemoveTask(title=task.title)
    if not task.title:
        return _of_it(phrase)
    is_sure = task.is_surely_a_task and phrase is not _FOR_IT
    return RemoveTask(title=task.title, only_if_it_fits=not is_sure, typed="" if is_sure else text)


def _of_it(phrase: LazyPhrase) -> RemoveTask | None:
    """ "Delete it" means the task; "cancel that" may mean what was done last; "forget it" means nothing."""
    if phrase is _DELETE:
        return RemoveTask(title="")
    return RemoveTask(title="", only_if_it_fits=True, otherwise=Undo()) if phrase is _CANCEL else None


_TU = r"(?:(?:(?:peux|pourrais)[- ]tu|tu (?:peux|pourrais)|(?:pouvez|pourriez)[- ]vous|est-ce que tu peux) )?"
_DU = r"(?:(?:kannst|könntest|würdest) du )?(?:bitte |mal )*"
_LIST_EN = (
    r"(?:from|off|out of) (?:my|the) (?:(?:to-?do|task|shopping|grocery)[ -]?)?(?:list|tasks|to-?dos|agenda)"
)
_LIST_DE = r"(?:von|aus) (?:meiner|der|den|meinen) (?:to-?do-?|aufgaben|einkaufs)?(?:liste|aufgaben)"
_LIST_FR = r"de (?:ma|la|mes) (?:liste|tâches)(?: de (?:tâches|courses))?"
_FROM_LIST = lazy_phrase(
    rf"{REQUEST}(?:delete|remove|take|drop|cross|strike|scratch|get|cut|kick) (.+?) {_LIST_EN}",
    rf"{REQUEST}(?:take|cross|scratch) off (.+?) {_LIST_EN}",
    rf"{_DU}(?:lösche?|streiche?|entferne?|nimm|wirf|schmeiß) (?:bitte |mal )*(.+?) {_LIST_DE}(?: weg|"
    rf" runter| raus)?",
    rf"{_DU}(.+?) {_LIST_DE} (?:löschen|streichen|entfernen|nehmen|werfen|schmeißen)",
    rf"{_TU}(?:supprime[rz]?|enlève[rz]?|enlever|retire[rz]?|efface[rz]?|raye[rz]?|ôte[rz]?|barre[rz]?)"
    rf" (.+?) {_LIST_FR}",
    *es.FROM_LIST,
)
_DELETE = lazy_phrase(
    rf"{REQUEST}(?:delete|remove|erase|scratch|scrap|trash|bin|kill) (?!off\b|up\b)(.+)",
    rf"{REQUEST}(?:get rid of) (.+)",
    rf"{_DU}(?:lösche?|streiche?|entferne?) (?:bitte |mal )*(.+)",
    rf"{_DU}(.+) (?:löschen|streichen|entfernen)",
    rf"{_TU}(?:supprime[rz]?|enlève[rz]?|enlever|retire[rz]?|efface[rz]?|raye[rz]?) (.+)",
    r"(?:supprime|enlève|retire|efface|raye)[rz]?-(l[ea])",
    *es.DELETE,
)
_CANCEL = lazy_phrase(
    rf"{REQUEST}(?:cancel|drop|call off|ditch|discard|dismiss) (?!off\b|by\b|in\b|out\b|back\b)(.+)",
    rf"{_DU}(?:storniere?|cancele?|verwirf) (?:bitte |mal )*(.+)|{_DU}sage? (?:bitte |mal )*(.+) ab"
    rf"|{_DU}(.+) (?:stornieren"
    rf"|canceln|absagen|verwerfen)",
    rf"{_TU}(?:annule[rz]?|abandonne[rz]?) (?!pas\b|de\b|d['’])(.+)",
    *es.CANCEL,
)
_FOR_IT = lazy_phrase(
    r"(?:i (?:don't|do not|no longer) (?:need|want|have) to (?:do )?)(.+?)(?: any ?more| any longer)?",
    r"(.+?) (?:is|are|was) (?:no longer|not) (?:needed|necessary|relevant)(?: any ?more)?",
    r"(.+?) (?:can (?:go|be (?:deleted|removed))|kann weg|kann gelöscht werden|peut être supprimée?)",
    r"(.+?) (?:is |was |has been |got )(?:cancel[l]?ed|called off|obsolete)",
    r"(.+?) (?:fällt (?:leider )?aus|hat sich erledigt|ist (?:nicht mehr (?:nötig|relevant)|hinfällig"
    r"|abgesagt|gestrichen))",
    r"ich (?:muss|brauche) (.+?) (?:nicht mehr|doch nicht)(?: machen| tun| [a-zäöüß]+e?n)?",
    r"(.+?) (?:brauche ich|muss ich) (?:nicht mehr|doch nicht)(?: machen| tun)?",
    r"(.+?),? (?:c'est (?:annulée?)|est (?:annulée?|tombée? à l'eau)|n'est plus (?:nécessaire|utile"
    r"|d'actualité)|ne sert plus)",
    r"je n'ai plus besoin (?:de |d['’])(.+)",
    *es.FOR_IT,
)
_FORGET = lazy_phrase(
    rf"{REQUEST}(?:forget about|never ?mind) (.+)|forget (?=.* (?:task|to-?do)$)(.+)",
    r"vergiss (?=.*aufgabe\b)(.+)(?<!nicht)",
    rf"{_TU}(?:oublie[rz]? (?=la tâche )|laisse tomber )(.+)",
    *es.FORGET,
)
_REMOVALS = (_FROM_LIST, _DELETE, _CANCEL, _FORGET, _FOR_IT)
