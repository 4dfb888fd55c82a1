"""What is to be done, in a wish: "Milch zu kaufen" is "Milch kaufen", "que je paie" is "payer"."""

from __future__ import annotations

import re

_MARKS = " ,:;–-"
_PLEASE = re.compile(r"^(?:please|pls|bitte|s['’]il te plaît)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"^[\s,:;–-]*(?:(?:please|pls|bitte|s['’]il te plaît)[\s,]+"
    r"|(?:that )?i (?:really |still |also )?(?:(?:need|have|have got|ought) to|must|should) "
    r"|i['’]ve got to |i(?: have|['’]ve got) (?=(?:an?|the|my|some) )"
    r"|to (?=\w)|(?:not to forget|remember) to "
    r"|j['’]ai (?=(?:un|une|le|la|mon|ma|rendez-vous)\b)|(?:que )?je (?:dois|devrais) "
    r"|(?:de |d['’])(?=\w+(?:er|ir|re)\b)|ne pas oublier (?:de |d['’])?|qu['’]il faut )",
    re.IGNORECASE,
)
_STILL = re.compile(r"^((?:heute|morgen|am \w+) |)(?:noch|unbedingt) (?=\w)", re.IGNORECASE)
_NOT_TO = re.compile(r"^not to (?=\w)", re.IGNORECASE)
_MODAL_LAST = re.compile(r"(?:dass )?ich (.+) (?:muss|soll|sollte|will|wollte|möchte|darf)", re.IGNORECASE)
_PREFIX = (
    "ab|an|auf|aus|bei|durch|ein|fest|fort|frei|los|mit|nach|nieder|raus|rein|um|vor|vorbei|weg|weiter|wieder"
    "|zu|zurück|zusammen"
)
_CLAUSE_ENDS = r"(?=$|[,.;!]| (?:und|oder|bevor|damit|morgen|heute|übermorgen|am|um|bis|in|vor|jeden) )"
_ZU = (
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
    """The text without a "please" before it and the marks around it."""
    return _PLEASE.sub("", text.strip(_MARKS)).strip(_MARKS)


def deed(text: str) -> str:
    """What is to be done: without a second wish inside; a German verb with *zu* as an infinitive."""
    what, before = text.strip(_MARKS), ""
    while what != before:
        before, what = what, _STILL.sub(r"\1", _AGAIN.sub("", what))
    if modal := _MODAL_LAST.fullmatch(what):
        what = modal[1]
    what = _NOT_TO.sub("don't ", what)
    for pattern, plain in _ZU:
        what = pattern.sub(plain, what)
    return what


def infinitive(text: str) -> str:
    """The French verb of "il faut que je …" as an infinitive; one not known here stays."""
    first, space, others = text.partition(" ")
    return _INFINITIVES.get(first.lower(), first) + space + others
