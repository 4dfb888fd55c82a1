"""The text of a task from a wish: "Milch zu kaufen" gives "Milch kaufen", "que je paie" gives "payer"."""

from __future__ import annotations

import re

from core.words.phrasebooks.es import wishes as es

_MARKS = " ,:;–-"
_PLEASE = re.compile(r"^(?:please|pls|bitte|s['’]il te plaît|por favor|porfa)\b", re.IGNORECASE)
_NESTED_WISH = re.compile(
    r"^[\s,:;–-]*(?:(?:please|pls|bitte|s['’]il te plaît)[\s,]+"
    r"|(?:that )?i (?:really |still |also )?(?:(?:need|have|have got|ought) to|must|should) "
    r"|i['’]ve got to |i(?: have|['’]ve got) (?=(?:an?|the|my|some) )"
    r"|to (?=\w)|(?:not to forget|remember) to "
    r"|j['’]ai (?=(?:un|une|le|la|mon|ma|rendez-vous)\b)|(?:que )?je (?:dois|devrais) "
    r"|(?:de |d['’])(?=\w+(?:er|ir|re)\b)|ne pas oublier (?:de |d['’])?|qu['’]il faut )"
    rf"{es.NESTED}",
    re.IGNORECASE,
)
_FILLER_WORDS = re.compile(r"^((?:heute|morgen|am \w+) |)(?:noch|unbedingt) (?=\w)", re.IGNORECASE)
_NOT_TO = re.compile(r"^not to (?=\w)", re.IGNORECASE)
_MODAL_AT_END = re.compile(r"(?:dass )?ich (.+) (?:muss|soll|sollte|will|wollte|möchte|darf)", re.IGNORECASE)
_PREFIX = (
    "ab|an|auf|aus|bei|durch|ein|fest|fort|frei|los|mit|nach|nieder|raus|rein|um|vor|vorbei|weg|weiter|wieder"
    "|zu|zurück|zusammen"
)
_CLAUSE_ENDS = r"(?=$|[,.;!]| (?:und|oder|bevor|damit|morgen|heute|übermorgen|am|um|bis|in|vor|jeden) )"
_ZU_INFINITIVES = (
    (re.compile(rf"\bzu ([a-zäöüß]+(?:en|ern|eln|tun|sein))\b{_CLAUSE_ENDS}"), r"\1"),
    (
        re.compile(rf"\b({_PREFIX})zu([a-zäöüß]{{2,}}(?:en|ern|eln|tun))\b{_CLAUSE_ENDS}", re.IGNORECASE),
        r"\1\2",
    ),
)
_INFINITIVES = {
    "aille": "aller", "fasse": "faire", "sois": "être", "aie": "avoir", "prenne": "prendre",
    "mette": "mettre", "vienne": "venir", "finisse": "finir", "écrive": "écrire", "lise": "lire",
    "achète": "acheter",
    "appelle": "appeler", "paie": "payer", "paye": "payer", "envoie": "envoyer", "passe": "passer",
    "réserve": "réserver", "rende": "rendre", "réponde": "répondre", "sorte": "sortir", "range": "ranger",
    "prépare": "préparer", "nettoie": "nettoyer", "rappelle": "rappeler", "commande": "commander",
    "trouve": "trouver", "répare": "réparer", "lave": "laver", "cherche": "chercher", "demande": "demander",
}  # fmt: skip


def without_please(text: str) -> str:
    """The text without a leading "please" and the punctuation around it."""
    return _PLEASE.sub("", text.strip(_MARKS)).strip(_MARKS)


def task_text(text: str) -> str:
    """The text of the task, without nested wishes; a German verb with *zu* becomes an infinitive."""
    what, before = text.strip(_MARKS), ""
    while what != before:
        before, what = what, _FILLER_WORDS.sub(r"\1", _NESTED_WISH.sub("", what))
    if modal := _MODAL_AT_END.fullmatch(what):
        what = modal[1]
    what = _NOT_TO.sub("don't ", what)
    for pattern, plain in _ZU_INFINITIVES:
        what = pattern.sub(plain, what)
    return what


def infinitive(text: str) -> str:
    """The French verb of "il faut que je …" as an infinitive; an unknown one is unchanged."""
    first, space, others = text.partition(" ")
    return _INFINITIVES.get(first.lower(), first) + space + others


def spanish_infinitive(text: str) -> str:
    """The Spanish verb after "recuérdame que …" as an infinitive: "me tome algo" is "tomarme algo"."""
    first, space, others = text.partition(" ")
    if first.lower() == "me" and others:
        verb, space, others = others.partition(" ")
        return f"{_spanish_verb(verb)}me{space}{others}" if _spanish_verb(verb) != verb else text
    return _spanish_verb(first) + space + others


def _spanish_verb(subjunctive: str) -> str:
    word = subjunctive.lower()
    if known := es.INFINITIVES.get(word):
        return known
    ending = next((one for one in es.ENDINGS if word.endswith(one[0]) and len(word) > len(one[0]) + 1), None)
    return word.removesuffix(ending[0]) + ending[1] if ending else subjunctive
