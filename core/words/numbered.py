"""Places in a list that words name: "3", "number 3", "the second one", "2 and 5", "1-3".

Which list is meant, only the conversation knows. Tests: tests/core/words/test_numbered.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.words.phrasebooks.patterns import lazy_phrase
from core.words.sayings import DONE

LAST = -1
"""The place of "the last one"."""

MAX_PLACES = 20
"""Places that one text may name."""

_MAX_TEXT = 100  # code points
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "première",
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "primer septimo tercer",
)
_PLACES = {word: place for words in _ORDINALS for place, word in enumerate(words.split(), start=1)} | {
    "septimo": 7,
    "septima": 7,
    "decimo": 10,
    "decima": 10,
    **dict.fromkeys(("last", "letzte", "dernier", "dernière", "último", "última", "ultimo", "ultima"), LAST),
}
_BEFORE = (
    r"(?:(?:the|both|task|tasks|number|numbers|no\.?|item|items|die|der|das|den|dem|aufgaben?|nummern?|nr\.?"
    r"|punkte?|le|la|les|el|los|las|tâches?|numéros?|tareas?|números?|n[°º]|#) ?)*"
)
_ORDINAL = rf"(?:{'|'.join(sorted(_PLACES, key=len, reverse=True))})(?:(?<=[dehimstz]te)[nrsm])?"
_ONE = rf"(?:\d{{1,3}}(?:(?:st|nd|rd|th|[eè]?me|ère|er|ère|e|[ºª.)])(?!\w))?|{_ORDINAL})(?![\w:%€$]|[.,]\d)"
_AFTER = r"(?: (?:one|ones|task|aufgabe|tâche|tarea|item|punkt))?"
_JOINT = r"(?:\s*[,&+/]\s*(?:and |und |et |y )?| (?:and|und|et|y|e) )"
_RANGE = r"(?P<first>\d{1,3}) ?[-–] ?(?P<last>\d{1,3})"
_ITEM = rf"{_BEFORE}(?:\d{{1,3}} ?[-–] ?\d{{1,3}}(?![\w:.,])|{_ONE}){_AFTER}"
_ITEMS = re.compile(rf"(?<![\w:.,/-]){_ITEM}(?:{_JOINT}{_ITEM})*", re.IGNORECASE)
_WORD = re.compile(rf"{_RANGE}|(?P<number>\d{{1,3}})|(?P<ordinal>{_ORDINAL})(?!\w)", re.IGNORECASE)
_DONE = lazy_phrase(
    r"(?:please )?(?:finish|complete|close|tick|check|mark)(?: off)?(?: as)?(?: done| finished| completed?)?",
    r"(?:i )?(?:did|finished|completed)|[✅✔☑👍]\ufe0f?",
    r"(?:bitte )?(?:hake? ab|abhaken|abgehakt|erledige?|beende?)",
    r"(?:coche|termine|finis)[rz]?|marque[rz]? comme (?:faite?s?|terminée?s?)",
    r"(?:completa|termina|acaba|tacha)(?:r)?|marca(?:r)? como (?:hech[oa]s?|completad[oa]s?|list[oa]s?)",
    r"(?:(?:is|are|ist|sind|est|sont|es|está|esta|están|estan|ya) )*(?:done|finished|erledigt|fertig|faite?s?"
    r"|terminée?s?|hech[oa]s?|list[oa]s?)",
)


def places_in(words: str) -> tuple[int, ...]:
    """The places that the words name and nothing else, in their order; empty for other words."""
    said = words.strip(" ,;.:")
    if len(said) > _MAX_TEXT or _ITEMS.fullmatch(said) is None:
        return ()
    return tuple(dict.fromkeys(_places(said)))[:MAX_PLACES]


def done_places(text: str) -> str:
    """The words that name places in "done 2", "erledigt: 2 und 3", "la 2 hecha"; empty for other texts."""
    if len(text) > _MAX_TEXT or (found := _ITEMS.search(text)) is None:
        return ""
    around = " ".join(f"{text[: found.start()]} {text[found.end() :]}".replace(":", " ").split())
    is_done = _DONE.fullmatch(around) or DONE.fullmatch(around)
    return found[0].strip() if around and is_done else ""


def _places(words: str) -> Iterator[int]:
    for found in _WORD.finditer(words):
        if found["first"]:
            first, last = int(found["first"]), int(found["last"])
            yield from range(first, min(last, first + MAX_PLACES - 1) + 1)
        elif found["number"]:
            yield int(found["number"])
        else:
            yield _place_of(found["ordinal"].casefold())


def _place_of(word: str) -> int:
    return _PLACES[word] if word in _PLACES else _PLACES[word[:-1]]  # "zweiten" is "zweite"
