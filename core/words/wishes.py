"""Wishes for a to-do: "remind me tomorrow to call Ann", "I need to …", "vergiss nicht …", "il faut que je …".

What is to be done is what remains without the words of the wish. A question to oO ("remind me what I have
today") and talk ("I have to admit …") are no wishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from core.words.deeds import deed, infinitive
from core.words.phrases import When, whens
from core.words.sayings import saying
from core.words.sentence import sentence_of, tokens_of
from core.words.several import MORE
from core.words.tasks import TaskDraft, parse_task
from core.words.vocabulary import DEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``what`` is to be done; ``when`` holds the words for a time that stood before it.

    ``kind`` tells how it was said: "remind me to …", "don't forget to …", "add …", "I have to …".
    """

    what: str
    when: str = ""
    kind: Literal["reminder", "to_do", "list", "have_to"] = "reminder"


def wish_in(text: str) -> Wish | None:
    """The wish that the whole text is, without its politeness; None if it is none or doubtful.

    ``what`` is empty when the wish does not go on: "remind me", "add a task".
    """
    if _ALONE.fullmatch(text):
        return Wish(what="")
    for opening, connector in _REMINDERS:
        if found := opening.match(text):
            return _reminder(_clause(found, text), connector)
    if found := _TO_DO.fullmatch(text):
        return _to_do(found, "to_do")
    if found := _TO_LIST.fullmatch(text):
        return _to_do(found, "list")
    found = _HAVE_TO.fullmatch(text)
    return _have_to(found) if found else None


def task_at(what: str, when: str, *, now: datetime, zone: ZoneInfo) -> TaskDraft:
    """A task whose time stands apart: "remind me tomorrow about the meeting on friday" is due tomorrow.

    Raises ``BadInput`` as ``parse_task`` does.
    """
    alone, dated = parse_task(what, now=now, zone=zone), parse_task(f"x {when}", now=now, zone=zone)
    return replace(dated, title=what if alone.due else alone.title, priority=alone.priority)


# --- Reminders: the time may come first --------------------------------------------------------------------

_MARKS = r"[\s,:;–-]*"
ASKED_FOR = re.compile(r"(?:can|could|will|would|kannst|könntest|würdest|peux|pourrais|tu) ", re.IGNORECASE)
_PLEASE = r"(?:please |pls |kindly )?"
_REQUEST = (
    rf"(?:(?:can|could|will|would) (?:you|u) {_PLEASE}|i(?: want|'d like| would like"
    rf"| need) you to {_PLEASE})?"
)
_A_REMINDER = r"(?:a |an |another |one |new |quick )*(?:reminder|alarm)s?(?: for me)?"


def _opening(*patterns: str) -> re.Pattern[str]:
    """What a text begins with: one of the patterns and the end of a word."""
    return re.compile(rf"(?:{saying(*patterns).pattern})(?!\w|['’]\w)", re.IGNORECASE)


def _connector(*words: str) -> re.Pattern[str]:
    """One of the words, or a mark, between the wish and what is to be done."""
    return re.compile(rf"{_MARKS}(?:(?:{'|'.join(words)})|(?<=[:,;–-])\s*)", re.IGNORECASE)


_REMINDERS = (
    (
        _opening(
            rf"{_REQUEST}(?:remind ?me|ping me|nudge me)(?: again| please| also)?",
            rf"{_REQUEST}(?:set|create|make|add|schedule|put|give)(?: me)?(?: up| in)? {_A_REMINDER}",
            r"i (?:want|need|would like) (?:to be reminded|a reminder)|(?:new |another )?reminder",
        ),
        _connector(r"(?:to|about|of|that|for(?: me)?(?: to)?)[\s,:]+"),
    ),
    (
        _opening(
            r"erinner(?:e|t|st du|n sie)? mich(?: bitte)?(?: noch ?mal)?",
            r"(?:kannst|könntest|würdest|willst|magst) du mich (?:bitte )?(?P<verb_last>.+?) erinnern",
            r"(?:erstelle?|stelle?|mache?|setze?"
            r"|lege?)(?: mir)? (?:eine )?(?:neue )?erinnerung(?: an)?(?: für)?"
            r"|(?:neue )?erinnerung",
        ),
        _connector(r"(?:daran|dran|ans?|für|dass(?= ich)|zu[rm]?)[\s,:]+"),
    ),
    (
        _opening(
            r"rappel(?:le|les|lez|er)[- ]moi|fai(?:s|tes)[- ]moi penser",
            r"(?:peux[- ]tu|tu peux|pourrais[- ]tu|tu pourrais|pouvez[- ]vous|est-ce que tu peux)"
            r" me (?:rappeler|faire penser)",
            r"(?:mets|crée|ajoute|programme|mettre|créer)(?:[- ]moi)? (?:un )?(?:nouveau )?rappel(?: pour)?"
            r"|(?:nouveau )?rappel",
        ),
        _connector(r"(?:de|du|à|au|que|pour)[\s,:]+", "(?:d|qu)['’]"),
    ),
)
_FOR = re.compile(r"^(?:for|für|pour) ", re.IGNORECASE)
_REWRITES = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\b((?:an?|one|two|three|four|five|six|\d{1,4}) \w+?) from (?:now|today)\b", r"in \1"),
        (r"^(?:around|gegen|vers) (?=\d)", "at "),
        (r"^dans ", "in "),
        (r"^(?:some ?time|later|später|plus tard) (?=\w)", ""),
    )
)
_BARE_HOUR = re.compile(r"^(\d{1,2}),? (?=(?:to|about|that|daran|an|de|à) |d['’])", re.IGNORECASE)
# A question to oO, or nothing that could be done.
_ASKS = re.compile(
    r"(?:what|when|where|who|whom|whose|why|how|which|whether|if"
    r"|was|wann|wo|wer|wen|warum|wieso|wie|welche[rsnm]?|ob|wenn"
    r"|que|qui|quoi|quand|où|pourquoi|comment|quel(?:le)?s?|ce qu['’e]|si)\b.*",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"(?:(?:about|of|to|for|an|à|de) )?(?:it|this|that|them|me|you|us|him|her|myself|yourself|something"
    r"|anything"
    r"|everything|nothing|later|again|es|das|dies|mich|dich|uns|etwas|was|alles|später"
    r"|daran|dran|ça|cela|moi|toi|nous|quelque chose|tout|plus tard)(?: (?:one|tip|again|later|please"
    r"|wieder|encore))?",
    re.IGNORECASE,
)


def _clause(opened: re.Match[str], text: str) -> str:
    """What follows the opening; a German verb at the end of its clause is left out."""
    inside = opened.groupdict().get("verb_last")
    rest = text[opened.end() :]
    return f"{inside}, {rest}" if inside else rest


def _reminder(rest: str, connector: re.Pattern[str]) -> Wish | None:
    begun = rest.lstrip(" ,:;–-")
    when, after = _led_by_time(begun)
    if not when:
        when, after = _led_by_time(_FOR.sub("", begun))
    left = after if when else rest
    joint = connector.match(left)
    what = deed(left[joint.end() if joint else 0 :])
    if not what or NOTHING.fullmatch(what) or _ASKS.fullmatch(what):
        return None
    return Wish(what=what, when=when.lower()) if joint or when or _is_to_do(what) else None


def _is_to_do(what: str) -> bool:
    """Whether the words say by themselves that something is to be done, and when or what."""
    tokens = tokens_of(what)
    dated = any(when.dated or when.clock for when in whens(sentence_of(tokens)))
    return len(tokens) > 1 and (dated or tokens[0].word in DEEDS)


def _led_by_time(text: str) -> tuple[str, str]:
    """The words for a time at the beginning, and the rest; a mark between them belongs to the rest."""
    for pattern, words in _REWRITES:
        text = pattern.sub(words, text)
    tokens = tokens_of(text)
    run = next(whens(sentence_of(tokens)), None)
    if run is None or run.first:
        return "", text
    typed = " ".join(token.typed for token in tokens[: run.end])
    when = typed.rstrip(" ,:;–-")
    rest = " ".join((typed[len(when) :], *(token.typed for token in tokens[run.end :])))
    return _with_more(when, rest, run)


def _with_more(when: str, rest: str, run: When) -> tuple[str, str]:
    """… with what is listed after it: "at 9 and 21"; and a bare hour: "tomorrow 8"."""
    if more := MORE.match(rest):
        return when + more[0], rest[more.end() :]
    if run.dated and not run.timed and (hour := _BARE_HOUR.match(rest.lstrip())):
        return f"{when} at {hour[1]}", rest.lstrip()[hour.end() :]
    return when, rest


# --- To-dos, added or not to be forgotten ------------------------------------------------------------------

_LIST = r"(?:(?:to-?do|task|shopping|grocery)[ -]?)?(?:list|tasks|to-?dos)"
_LISTE = r"(?:meine|die|meiner|der)? ?(?:to-?do-?|aufgaben|einkaufs)?liste"
_TACHE = r"(?:(?:une|la) )?(?:nouvelle )?(?:tâche|tache)"
_ALONE = saying(
    rf"{_REQUEST}(?:remind ?me|add|new (?:task|reminder|to-?do)|(?:set|create|make|add) a (?:new )?(?:task"
    r"|reminder|to-?do))",
    r"erinner(?:e|st du)? mich|neue (?:aufgabe|erinnerung)|rappelle[- ]moi|nouvelle tâche|ajoute(?:r|z)?",
)
_TO_DO = saying(
    r"(?:(?:new )?task|to-?do|to do|note(?: to self)?|memo|(?:neue )?aufgabe|notiz|zu erledigen|noch zu tun"
    r"|(?:nouvelle )?t[âa]che|à faire|pense-bête) ?(?::|[-–](?= )) ?(?P<labelled>.+)",
    r"(?:todo|new (?:task|to-?do)|neue aufgabe|nouvelle tâche) (?P<todo>.+)",
    rf"{_REQUEST}(?:add|create|make|save)(?: me)? (?:a |the |another )?(?:new )?(?:task|to-?do)(?: item)?"
    r"(?: to| for| called)?:? (?P<task>.+)",
    r"(?:don't|do not|never)(?: let me)? forget[,:]? (?:to |about |that |and )?(?P<forget>.+)",
    r"i (?:mustn't|must not|can't|cannot|shouldn't|don't want to) forget (?:to |about )?(?P<mustnt>.+)",
    r"(?:help me )?(?:to )?remember to (?P<remember>.+)|make sure (?:that )?i (?P<sure>.+)",
    r"make a note (?:to|of|that|about):? (?P<note>.+)",
    r"(?:nicht vergessen|vergiss nicht|vergesst nicht|denke? (?:bitte )?(?:daran|dran)"
    r"|ich (?:darf|will|möchte|sollte) nicht vergessen)[:,]? (?:daran,? |dass (?=ich ))?(?P<vergiss>.+)",
    r"vergiss (?P<nicht>.+) nicht|merke? dir:? (?P<merk>.+)|notiere?(?: dir| mir)?:? (?P<notier>.+)",
    r"(?:n'oublie[zs]? pas|ne pas oublier|oublie[zs]? pas|je ne dois pas oublier"
    r"|pense[zs]?(?= à \w+(?:er|ir|re)\b))(?: ?:)? (?:de |d['’]|à |que )?(?P<oublie>.+)",
    rf"(?:ajoute[rz]?|crée[rz]?) {_TACHE} ?(?::|de |pour |d['’])? ?(?P<tache>.+)",
    r"lege? (?:eine|die) (?:neue )?aufgabe an:? (?P<lege>.+)",
)
_TO_LIST = saying(
    rf"{_REQUEST}add (?:to|on) (?:my|the) {_LIST}[:,]? (?P<list>.+)",
    rf"{_REQUEST}add (?P<add>.+?)(?: (?:to|on) (?:(?:my|the) )?{_LIST}| as a (?:new )?(?:task|to-?do))?",
    rf"{_REQUEST}(?:put|write|stick) (?P<put>.+?) (?:on|in|to|down on) (?:my|the) {_LIST}",
    r"(?:note|jot|write) down:? (?:to |that )?(?P<down>.+)",
    rf"füge? (?P<fuege>.+?)(?: (?:(?:zu|auf|in) |zur )?{_LISTE})? hinzu"
    rf"|trage? (?P<trag>.+?)(?: in {_LISTE})? ein",
    rf"(?:setze?|schreibe?|packe?|tu|nimm|stelle?) (?P<setz>.+?) (?:auf|in) {_LISTE}"
    rf"|(?P<auf>.+?) auf {_LISTE}",
    r"(?:ajoute[rz]?|mets|mettez|note[rz]?) (?P<ajoute>.+?)(?: (?:à|sur|dans) (?:ma|la) liste.*)?",
)


def _to_do(found: re.Match[str], kind: Literal["to_do", "list"]) -> Wish | None:
    what = _first(found).strip(" ,:;–-") if kind == "list" else deed(_first(found))
    is_asked = kind == "to_do" and not found["labelled"] and _ASKS.fullmatch(what)
    return None if not what or is_asked or NOTHING.fullmatch(what) else Wish(what=what, kind=kind)


# --- "I have to" -------------------------------------------------------------------------------------------

_ADVERBS = (
    r"(?:(?:really|also|still|just|urgently|noch|auch|mal|unbedingt|wirklich|eigentlich|vraiment|aussi"
    r"|encore) )*"
)
_HAVE_TO = saying(
    rf"(?:i )?{_ADVERBS}(?:(?:need|have|have got|got|ought) to|gotta) (?P<need>.+)",
    rf"i {_ADVERBS}(?:must|should(?! have)|gotta|had better|am supposed to) {_ADVERBS}(?P<must>.+)",
    r"i'(?:ve got to|m supposed to|d better) (?P<got>.+)",
    rf"(?:ich )?(?:muss|müsste) {_ADVERBS}(?P<muss>.+)|ich (?:sollte|soll) {_ADVERBS}(?P<sollte>.+)",
    rf"(?:je dois|je devrais) {_ADVERBS}(?P<dois>.+)|(?:il )?faut que j(?:e |['’])(?P<que>.+)",
    r"il faut (?P<faut>(?:\S+ )?\S+(?:er|ir|re|oir)\b.*)",
)
_NOW = (
    r"(?: (?:now|soon|again|first|too|anyway|today|tonight|a bit|more|less|here|jetzt|gleich|bald|mal|erst"
    r"|maintenant|bientôt))*"
)
_TALK = saying(
    r"(?:go|leave|sleep|rest|eat|run|stop|think|talk|work|wait|laugh|cry|relax|hurry|focus|move|pee|be"
    rf"|have|do){_NOW}",
    r"(?:go (?:home|out|back|to (?:bed|sleep|the (?:toilet|bathroom)))|get (?:going|up|out|some (?:sleep"
    rf"|rest))){_NOW}",
    r"(?:know|say|admit|confess|believe|agree|disagree|apologi[sz]e|understand|wonder|mention|feel|seem"
    r"|like|love)\b.*",
    r"(?:tell|ask|thank|see|warn|talk to|think about|do|get used to|have|be with|stop) "
    r"(?:you|it|this|that|something|nothing|better|more|so)\b.*",
    r"be (?!at |in |on ).*|i .*",
    r"(?:los|weg|gehen|schlafen|essen|arbeiten|nachdenken|überlegen|warten|aufhören|mal|raus|heim"
    rf"|weiter)(?: gehen)?{_NOW}",
    rf"(?:jetzt|gleich|bald) (?:los|weg|gehen|schlafen|arbeiten|raus|heim){_NOW}|(?:nach hause|ins bett"
    r"|aufs klo).*",
    r"(?:(?:dir|dich|euch|ehrlich|schon) .*)?(?:sagen|zugeben|gestehen|wissen|verstehen|lachen)\b.*|(?:dir"
    r"|dich) .*",
    r"(?:partir|y aller|aller (?:dormir|au lit)|dormir|manger|réfléchir|travailler|arrêter|filer"
    rf"|me reposer){_NOW}",
    r"(?:dire|avouer|admettre|savoir|être|te|vous|comprendre|reconnaître|croire)\b.*|t['’].*",
)


def _have_to(found: re.Match[str]) -> Wish | None:
    what = infinitive(deed(found["que"])) if found["que"] else deed(_first(found))
    return Wish(what=what, kind="have_to") if what and not _TALK.fullmatch(what) else None


def _first(found: re.Match[str]) -> str:
    """The one group that took part in a match."""
    return next(group for group in found.groups() if group)
