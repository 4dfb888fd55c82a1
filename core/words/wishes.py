"""Wishes for a task: "remind me tomorrow to call Ann", "I need to …", "vergiss nicht …", "il faut que je …".

The task is what remains without the words of the wish. A question to oO ("remind me what I have today") and
conversation ("I have to admit …") are no wishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from core.words.dates.phrases import find_time_phrases, whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.details import read_details
from core.words.phrasebooks.es import wishes as es
from core.words.reminders import (
    NOT_A_TASK,
    QUESTION,
    REQUEST,
    read_reminder,
    reminder_opening,
    split_leading_time,
)
from core.words.sayings import lazy_phrase
from core.words.task_text import infinitive, task_text, without_please
from core.words.tasks import TaskDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish for a task, taken apart."""

    what: str
    """The words of the task; empty if the wish only begins ("remind me")."""

    when: str = ""
    """The words for a time that stood before the task."""

    kind: Literal["reminder", "to_do", "list", "have_to"] = "reminder"
    """How it was said: "remind me to …", "don't forget to …", "add …", "I have to …"."""


def wish_in(text: str) -> Wish | None:
    """The wish that the whole text is, polite words aside; None if it is none, or that is doubtful."""
    if _ALONE.fullmatch(text):
        return Wish(what="")
    if waking := _waking(text):
        return waking
    if begun := reminder_opening(text):
        reminder = read_reminder(begun)
        return Wish(what=reminder.what, when=reminder.when) if reminder else None
    if found := _TO_DO.fullmatch(text):
        return _to_do(found, "to_do")
    if found := _TO_LIST.fullmatch(text):
        return _to_do(found, "list")
    if found := _HAVE_TO.fullmatch(text):
        return _have_to(found)
    found = _WOULD_LIKE.fullmatch(text)
    return _would_like(found) if found else _after_a_time(text)


def due_apart(what: str, alone: TaskDraft | None, dated: TaskDraft) -> TaskDraft | None:
    """The task with a time that is not part of it: "remind me tomorrow about the meeting on friday".

    That is due tomorrow. ``alone`` is ``what`` parsed by itself, None if that is no task; ``dated`` has the
    time. None if there is no task.
    """
    if whole_time_phrase(sentence_of(tokens_of(what))):
        return replace(dated, title=what)  # the words name a time only: "remind me in an hour: Monday"
    title = _without_details(what, alone) if alone and alone.due else ""
    return alone and replace(with_time_of(alone, dated), title=title or alone.title)


def _without_details(what: str, alone: TaskDraft) -> str:
    """The words of the task with its own date, but without the details that the draft has."""
    marks = {f"{mark}{name}" for name in (*alone.labels, alone.project) if name for mark in "#@+"}
    return " ".join(word for word in read_details(what).text.split() if word.rstrip(".,;") not in marks)


def with_time_of(task: TaskDraft, dated: TaskDraft) -> TaskDraft:
    """``task`` at the time of ``dated``."""
    return replace(task, due=dated.due, repeats=dated.repeats, repeats_from_done=dated.repeats_from_done)


# --- "Add …", "don't forget to …" --------------------------------------------------------------------------

_LIST = r"(?:(?:to-?do|task|shopping|grocery)[ -]?)?(?:list|tasks|to-?dos|calendar|agenda|reminders)"
_LISTE = r"(?:meine|die|meiner|der)? ?(?:to-?do-?|aufgaben|einkaufs)?liste"
_PEUX_TU = (
    r"(?:(?:(?:peux|pourrais)[- ]tu|tu (?:peux|pourrais)|(?:pouvez|pourriez)[- ]vous|est-ce que tu peux) )?"
)
_TACHE = r"(?:(?:une|la) )?(?:nouvelle )?(?:tâche|tache)"
_ALONE = lazy_phrase(
    rf"{REQUEST}(?:remind ?me(?: to| about| of| that)?|add|new (?:task|reminder|to-?do))",
    rf"{REQUEST}(?:set|create|make|add) a (?:new )?(?:task|reminder|to-?do)",
    r"erinner(?:e|st du)? mich|neue (?:aufgabe|erinnerung)",
    r"rappelle[- ]moi|nouvelle tâche|ajoute(?:r|z)?",
    *es.ALONE,
)
_TO_DO = lazy_phrase(
    r"(?:(?:new )?task|to-?do|to do|note(?: to self)?|memo|remember|(?:neue )?aufgabe|notiz|zu erledigen"
    r"|noch zu tun"
    r"|(?:nouvelle )?t[âa]che|à faire|pense-bête) ?(?::|[-–](?= )) ?(?P<labelled>.+)",
    r"(?:todo|new (?:task|to-?do)|neue aufgabe|nouvelle tâche) (?P<todo>.+)",
    rf"{REQUEST}(?:add|create|make|save)(?: me)? (?:a |the |another )?(?:new )?(?:task|to-?do)(?: item)?"
    r"(?: to| for| called)?:? (?P<task>(?!\d+$).+)",
    r"(?:don't|do not|never)(?: let me)? forget[,:]? (?:to |about |that |and )?(?P<forget>.+)",
    r"i (?:mustn't|must not|can't|cannot|shouldn't|don't want to) forget (?:to |about )?(?P<mustnt>.+)",
    r"(?:help me )?(?:to )?remember to (?P<remember>.+)|make sure (?:that )?i "
    r"(?:(?:don't|do not|never) forget (?:to |about )?)?(?P<sure>.+)",
    r"make a note (?:to|of|that|about):? (?P<note>.+)",
    r"(?:nicht vergessen|verg(?:iss|esst) (?:bitte |bloß |ja )*nicht|denke? (?:bitte )?(?:daran|dran)"
    r"|ich (?:darf|will|möchte|sollte) (?:das )?(?:nicht|auf keinen fall) vergessen)[:,]? (?:daran,? "
    r"|dass (?=ich ))?(?P<vergiss>.+)",
    r"vergiss (?P<nicht>.+) nicht|merke? dir:? (?P<merk>.+)"
    r"|notiere?(?: dir| mir| mal| bitte)*:? (?P<notier>.+)"
    r"|schreibe?(?: dir| mir)?(?: bitte)? auf(?:, (?=dass ich )|:? )(?P<schreib>(?!die |meine |eine ).+)",
    r"(?:n'oublie[zs]? pas|ne pas oublier|oublie[zs]? pas|je ne dois pas oublier|il ne faut pas que j'oublie"
    r"|pense[zs]?(?= à \w+(?:er|ir|re)\b))(?: ?:)? (?:de |d['’]|à |que )?(?P<oublie>.+)",
    rf"(?:ajoute[rz]?|crée[rz]?) {_TACHE} ?(?::|de |pour |d['’])? ?(?P<tache>.+)",
    r"lege? (?:eine|die) (?:neue )?aufgabe an:? (?P<lege>.+)",
    *es.TO_DO,
)
_TO_LIST = lazy_phrase(
    rf"{REQUEST}add (?:to|on) (?:my|the) {_LIST}[:,]? (?P<list>.+)",
    rf"{REQUEST}add:? (?P<add>.+?)(?: (?:to|on) (?:(?:my|the) )?{_LIST}| as a (?:new )?(?:task|to-?do))?",
    rf"{REQUEST}(?:put|write|stick) (?P<put>.+?) (?:on|in|to|down on) (?:my|the) {_LIST}",
    r"(?:note|jot|write) down:? (?:to |that )?(?P<down>.+)",
    rf"füge? (?P<fuege>.+?)(?: (?:(?:zu|auf|in) |zur )?{_LISTE})? hinzu"
    rf"|trage? (?P<trag>.+?)(?: in {_LISTE})? ein",
    rf"(?:setze?|schreibe?|packe?|tu|nimm|stelle?) (?:bitte |mal )*(?P<setz>.+?) (?:auf|in) {_LISTE}",
    r"(?:(?:kannst|könntest|würdest) du )?(?:bitte |mal )*"
    rf"(?P<auf>.+?) auf {_LISTE}(?: setzen| schreiben| packen)?",
    rf"{_PEUX_TU}note[rz]?(?:[- ]moi)? (?:de |d['’])(?P<noted>\w+(?:er|ir|re)\b.*)",
    rf"{_PEUX_TU}ajoute[rz]? (?:à|sur) (?:ma|la) liste ?:? ?(?P<liste>.+)",
    rf"{_PEUX_TU}ajoute[rz]? (?P<ajoute>.+?)(?: (?:à|sur|dans) (?:ma|la) liste.*)?",
    rf"{_PEUX_TU}(?:mets|mettez|mettre|note[rz]?) (?P<mets>.+?) (?:à|sur|dans) (?:ma|la) liste.*",
    *es.TO_LIST,
)


def _to_do(found: re.Match[str], kind: Literal["to_do", "list"]) -> Wish | None:
    what = without_please(_first(found)) if kind == "list" else task_text(_first(found))
    if kind == "to_do" and reminder_opening(what):  # "don't forget to remind me to call Ann"
        return wish_in(what)
    is_asked = kind == "to_do" and not found["labelled"] and QUESTION.fullmatch(what)
    return None if not what or is_asked or NOT_A_TASK.fullmatch(what) else Wish(what=what, kind=kind)


# --- A time before the wish --------------------------------------------------------------------------------

_BETWEEN = re.compile(
    r"[\s,:;–-]*(?:(?:please|pls|bitte|s['’]il te plaît|por favor|porfa)[\s,]+)?", re.IGNORECASE
)
_INVERTED = re.compile(r"(?:muss|müsste|sollte|soll|darf) ich ", re.IGNORECASE)


def _after_a_time(text: str) -> Wish | None:
    """The wish of "tomorrow at 8 remind me to call Ann", "morgen muss ich zum Zahnarzt"."""
    led = split_leading_time(text, _BETWEEN)
    if led is None:
        return None
    said = _BETWEEN.sub("", led.rest, count=1)
    if turned := _INVERTED.match(said):  # "muss ich" is "ich muss" after a time
        said = f"ich {turned[0].split()[0]} {said[turned.end() :]}"
    wish = wish_in(said) if _begins_a_wish(said) else None
    return replace(wish, when=led.when.lower()) if wish and wish.what and not wish.when else None


def _begins_a_wish(text: str) -> bool:
    """Whether the text is a wish without a time before it, and not only by its end ("… to my list")."""
    return bool(reminder_opening(text) or _TO_DO.fullmatch(text) or _HAVE_TO.fullmatch(text))


# --- To be woken -------------------------------------------------------------------------------------------

_WAKE = lazy_phrase(
    rf"{REQUEST}wake (?:me|us)(?: up)? (?P<en>.+)",
    r"(?:(?:kannst|könntest|würdest) du mich |weck(?:e|st du)? (?:mich|uns) )(?:bitte )?"
    r"(?P<de>.+?)(?: auf| wecken)?",
    r"réveille[sz]?[- ](?:moi|nous) (?P<fr>.+)",
    rf"{REQUEST}set (?:me )?(?:an|the|my) alarm (?:clock )?(?:for )?(?P<alarm>.+)",
    r"stelle?(?: mir)? (?:einen|den|meinen) wecker (?:auf |für )?(?P<wecker>.+)",
    r"(?:mets|programme)(?:[- ]moi)? (?:une alarme|un réveil|le réveil) (?:pour )?(?P<alarme>.+)",
    *es.WAKE,
)
_WAKING = {
    "en": "wake up", "de": "aufwachen", "fr": "se réveiller",
    "alarm": "alarm", "wecker": "Wecker", "alarme": "alarme",
    **es.WAKING,
}  # fmt: skip


def _waking(text: str) -> Wish | None:
    """Waking up, or an alarm, if nothing but a time is said."""
    found = _WAKE.fullmatch(text)
    led = split_leading_time(found[str(found.lastgroup)], _BETWEEN) if found else None
    if found is None or led is None or led.rest.strip(" .!"):
        return None
    return Wish(what=_WAKING[str(found.lastgroup)], when=led.when.lower())


# --- "I have to" -------------------------------------------------------------------------------------------

_ADVERBS = (
    r"(?:(?:really|also|still|just|urgently|noch|auch|mal|unbedingt|wirklich|eigentlich|vraiment|aussi"
    r"|encore|absolument|vite) )*"
)
_HAVE_TO = lazy_phrase(
    rf"(?:i |we )?{_ADVERBS}(?:(?:need|have|have got|got|ought) to|gotta) (?P<need>.+)",
    rf"(?:i|we) {_ADVERBS}(?:must|should(?! have)|gotta|had better|am supposed to) {_ADVERBS}(?P<must>.+)",
    r"i'(?:ve got to|m supposed to|d better) (?P<got>.+)",
    rf"(?:ich )?(?:muss|müsste) {_ADVERBS}(?P<muss>.+)|ich (?:sollte|soll) {_ADVERBS}(?P<sollte>.+)"
    rf"|wir (?:müssen|sollten) {_ADVERBS}(?P<wir>.+)",
    rf"(?:je dois|je devrais|on doit|nous devons) {_ADVERBS}(?P<dois>.+)"
    r"|(?:il )?(?:faut|faudrait) (?:absolument )?que j(?:e |['’])(?P<que>.+)",
    r"j'ai besoin (?:de |d['’])(?P<besoin>\w+(?:er|ir|re)\b.*)",
    r"il faut (?P<faut>(?:\S+ )?\S+(?:er|ir|re|oir)\b.*)",
    *es.HAVE_TO,
)
_NOW = (
    r"(?: (?:now|soon|again|first|too|anyway|today|tonight|a bit|more|less|here|jetzt|gleich|bald|mal|erst"
    r"|maintenant|bientôt))*"
)
_TALK = lazy_phrase(
    r"(?:go|leave|sleep|rest|eat|run|stop|think|talk|work|wait|laugh|cry|relax|hurry|focus|move|pee"
    rf"|be|have|do){_NOW}",
    rf"go (?:home|out|back|to (?:bed|sleep|the (?:toilet|bathroom))){_NOW}",
    rf"get (?:going|up|out|some (?:sleep|rest)){_NOW}",
    r"(?:know|say|admit|confess|believe|agree|disagree|apologi[sz]e|understand)\b.*",
    r"(?:wonder|mention|feel|seem|like|love)\b.*",
    r"(?:tell|ask|thank|see|warn|talk to|think about|do|get used to|have|be with|stop) "
    r"(?:you|it|this|that|something|nothing|better|more|so)\b.*",
    r"be (?!at |in |on ).*|i .*",
    r"(?:los|weg|gehen|schlafen|essen|arbeiten|nachdenken|überlegen|warten|aufhören|mal|raus|heim|weiter)"
    rf"(?: gehen)?{_NOW}",
    rf"(?:jetzt|gleich|bald) (?:los|weg|gehen|schlafen|arbeiten|raus|heim){_NOW}",
    r"(?:nach hause|ins bett|aufs klo|dir|dich)\b.*",
    r"(?:(?:euch|ehrlich|schon) .*)?(?:sagen|zugeben|gestehen|wissen|verstehen|lachen)\b.*",
    rf"(?:partir|y aller|dormir|manger|réfléchir|travailler|arrêter|filer|me reposer){_NOW}",
    rf"aller (?:dormir|au lit|aux toilettes){_NOW}",
    r"(?:dire|avouer|admettre|savoir|être|te|vous|comprendre|reconnaître|croire)\b.*|t['’].*",
    *es.TALK,
)

# "I'd like to …" is a task only together with a time: "I'd like to call Ann tomorrow".
_WOULD_LIKE = lazy_phrase(
    r"(?:i|we)(?:'d like| would like| want|'d love| would love) to (?P<like>.+)",
    r"ich (?:will|möchte|würde gerne?) (?P<will>.+(?:en|ern|eln|tun))",
    r"(?:je (?:voudrais|veux)|j'aimerais) (?P<veux>\w+(?:er|ir|re|oir)\b.*)",
    *es.WOULD_LIKE,
)

# But not an order to oO ("I want to pause until monday"), and nothing negated.
_NO_DEED = re.compile(
    r"(?:not|pause|snooze|mute|stop|resume|unsubscribe|quit|sleep|rest|see you|hear|be|have|dormir"
    r"|partir|arrêter|ne pas)\b.*|.*\b(?:nicht|nie|keine?[nmrs]?|pausieren|aufhören|(?:aus)?schlafen)\b.*"
    rf"|{es.NO_DEED}",
    re.IGNORECASE,
)


def _would_like(found: re.Match[str]) -> Wish | None:
    wish = None if _NO_DEED.fullmatch(_first(found)) else _have_to(found)
    is_timed = any(one.dated or one.clock for one in find_time_phrases(sentence_of(tokens_of(_first(found)))))
    return wish if is_timed else None


def _have_to(found: re.Match[str]) -> Wish | None:
    what = infinitive(task_text(found["que"])) if found.groupdict().get("que") else task_text(_first(found))
    return Wish(what=what, kind="have_to") if what and not _TALK.fullmatch(what) else None


def _first(found: re.Match[str]) -> str:
    """The only group that matched."""
    return next(group for group in found.groups() if group)
