"""What people say in Spanish about when oO may write; the English ``schedules.py`` explains all.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.es.parts import CAN_YOU

_NEWS = r"(?:mensajes?|consejos?|notificaci(?:ón|ones)|avisos?|sugerencias?)"
_WRITE = (
    rf"(?:{CAN_YOU})?(?:escríbeme|escribirme|avísame|avisarme)(?: solo| sólo)?"
    rf"|(?:{CAN_YOU})?(?:mándame|envíame|mandarme|enviarme)(?: solo| sólo)?(?: los| mis| tus)? {_NEWS}"
    rf"|(?:{CAN_YOU})?(?:mándame|envíame|mandarme|enviarme) un {_NEWS}(?= (?:cada|todos|todas)\b)"
)
WRITE_AT = loosely(
    rf"(?:{_WRITE}),? (.+)",
    rf"(?:quiero|quisiera|prefiero)(?: recibir)?(?: los| mis)? {_NEWS} (.+)",
    r"(?:pon|cambia|ajusta) (?:mis|las|los) (?:horas|horarios) (?:a|en|para) (.+)",
    r"(?:mis|las|los) (?:horas|horarios) son (.+)",
    rf"{_NEWS} (?:solo |sólo )?((?:a las|a la|cada|todos|todas) .+)",
)
_NO = (
    rf"no (?:me )?(?:escribas|mandes|envíes|molestes|avises)(?: más)?(?: (?:nada|{_NEWS}))?"
    rf"|(?:deja|para) de (?:escribirme|mandarme {_NEWS}|molestarme)"
)
NOT_AT = loosely(
    rf"(?:{_NO}) (.+)",
    rf"(?:nada de|sin|no más|ningún) {_NEWS} (.+)",
    r"(?:pero )?(?:no|nada|nunca) ((?:antes|después) .+)",
    r"(?:pero )?(?:no|nada|nunca) ((?:los|las|el|la|en|por|durante|de) .+)",
)
ONLY = loosely(rf"(?:(?:{_WRITE}) )?(?:solo|solamente|únicamente) (.+)", r"(?:sólo) (.+)")
BEFORE = "(?:antes)(?: de)? (.+)"
AFTER = "(?:desp(?:u|ú|ué)s)(?: de)? (.+)"
BETWEEN = "(?:entre|de) .+"
ON_DAYS = "(?:los|las|el|la|en|durante)(?: (?:los|las|el|la))? (.+)"
EVERY = r"(?:cada|todos los|todas las) "
NIGHTS = r"(?:por|en|durante|de) la noche|de noche|por las noches|las noches"
MORNINGS = r"(?:por|en) las? mañanas?|cada mañana|todas las mañanas|de mañana"
AFTERNOONS = r"(?:por|en) las? tardes?|cada tarde|todas las tardes"
EVENINGS = r"cada noche|todas las noches|después del trabajo"
COUNTED = r"(?:una|dos|tres|cuatro|\d) (?:vez|veces)(?: al día| por día)?,? (?=a las? )"
ROUGHLY = r"\b(?:sobre|alrededor de|hacia)\b"
OR = "o|y|ni|u"
AFTER_ALL = "por favor|gracias|a partir de ahora|desde ahora|mejor"

_A_DAY = r"(?:al día|por día|cada día|diari[oa]s?|/ ?día|todos los días)"
_MOST = r"(?:como máximo|máximo|max\.?|no más de|nunca más de|solo|solamente|hasta)"
_ENOUGH = r"(?:(?:es|son|sería) suficientes?|basta(?:n)?|como máximo|máximo|está bien)"
LIMITS = loosely(
    rf"(?:(?:{_WRITE}) |(?:mándame|envíame) )?{_MOST} (\w+)(?: (?:{_NEWS}|vez|veces))? {_A_DAY}",
    rf"(?:(?:{_WRITE}) |(?:mándame|envíame) )(\w+)(?: (?:{_NEWS}|vez|veces)) {_A_DAY}",
    rf"(?:con )?(\w+)(?: (?:{_NEWS}|vez|veces))? {_A_DAY},? (?:{_ENOUGH})",
    rf"(\w+) {_NEWS} (?:{_MOST} )?{_A_DAY}",
)
TIMES_A_DAY = ""

_BRIEF = (
    r"(?:(?:el|la|mi|un|una) )*(?:agenda|plan|programa|resumen)(?: (?:del|de mi) día| de la mañana)?"
    r"(?: diari[oa])?"
)
_REVIEW = (
    r"(?:(?:el|la|mi|un|una) )*(?:repaso|balance|revisión)(?: (?:del|de mi) día| de la noche)?(?: diari[oa])?"
)
_TURN_ON = rf"(?:{CAN_YOU})?(?:mándame|envíame|muéstrame|dame|activa|activar|quiero|mandarme|enviarme)"
_EACH = r"(?:cada (?:día|mañana|noche)|todos los días|todas las (?:mañanas|noches))"
BRIEF_AT = loosely(
    rf"{_TURN_ON} {_BRIEF}(?: (?:{_EACH}))? ?((?:a las?|sobre las) .+)",
    rf"{_TURN_ON} {_BRIEF} ({_EACH})",
    rf"(?:activa|activar|enciende) {_BRIEF}",
)
BRIEF_OFF = loosely(
    rf"(?:desactiva|quita|para|apaga|detén) {_BRIEF}",
    r"no más (?:agenda|resumen)(?: diari[oa])?",
)
REVIEW_AT = loosely(
    rf"{_TURN_ON} {_REVIEW}(?: (?:{_EACH}))? ?((?:a las?|sobre las) .+)",
    rf"{_TURN_ON} {_REVIEW} ({_EACH})",
    rf"(?:activa|activar|enciende) {_REVIEW}",
)
REVIEW_OFF = loosely(rf"(?:desactiva|quita|para|apaga|detén) {_REVIEW}", r"no más repaso(?: diario)?")
