"""What people say in Spanish about when oO may write; the English ``schedules.py`` explains all.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.es.parts import CAN_YOU

REWORDED = (
    (r"\bescr[ií]bame\b", "escríbeme"),
    (r"^(?:quiero|quisiera|prefiero|me gustar[ií]a|preferir[ií]a) que me escrib(?:as|ieras)\b", "escríbeme"),
    (r"^(?:quiero|quisiera|prefiero|me gustar[ií]a) que me (?:mandes|env[ií]es)\b", "mándame"),
    (r"^(?:quiero|quisiera|prefiero|me gustar[ií]a) que no me\b", "no me"),
    (r"\bm[aá]ndeme\b", "mándame"),
    (r"\benv[ií]eme\b", "envíame"),
    (r"\bav[ií]seme\b", "avísame"),
    (r"\bno me (escriba|moleste|mande|env[ií]e|avise)\b", r"no me \1s"),
    (r"\bdeje de\b", "deja de"),
    (r"^(?:a partir de ahora|desde ahora),? ", ""),
)
_NEWS = r"(?:mensajes?|consejos?|notificaci(?:ón|ones)|avisos?|sugerencias?)"
_WRITE = (
    rf"(?:{CAN_YOU})?(?:escríbeme|escribirme)(?: solo| sólo)?"
    r"|(?:avísame|avisarme) (?:solo|siempre)|(?:avísame|avisarme)(?= (?:cada|todos|todas)\b)"
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
    rf"no (?:me )?(?:des|escribas|mandes|envíes|molestes|avises)(?: más)?(?: (?:nada|{_NEWS}))?"
    rf"|(?:deja|para) de (?:escribirme|mandarme {_NEWS}|molestarme)|no (?:me )?molestar|déjame"
    rf" (?:en paz|tranquilo|tranquila)"
    rf"|(?:nada de|sin|no más|ningún|no quiero(?: más)?(?: recibir)?) {_NEWS}"
    rf"|{CAN_YOU}no (?:escribirme|molestarme|(?:mand|envi)arme(?: (?:nada|{_NEWS}))?)"
)
NOT_AT = loosely(
    rf"(?:{_NO}) (.+)",
    rf"(.+?),? (?:{_NO})",
    r"silencio (después de .+|los .+)",
)
NAMES_MESSAGES = "|".join(
    loosely(
        rf"{_NEWS}|\w+me|me|mí|mis?|yo|tú|escrib\w+|mand[ae]\w*|envi\w+|molest\w+|avis\w+|silenci\w+|paz",
        r"tranquil\w+|trabaj\w+|oficina|du[eo]rm\w+|horario|para",
    )
)
MESSAGES = "|".join(loosely(rf"{_NEWS}|horas|horarios"))
LEAVES_OUT = loosely(r"(?:pero )?(?:no|nunca)(?: en)? ((?:los|las) .+)")
EXCEPT_DAYS = loosely(r"(?:pero )?(?:excepto|salvo|menos|sin)(?: (?:los|las|el|en))*+ (.+)")
ON_ONE_DAY = loosely(r"(?:solo|solamente|únicamente) el (.+)")
NOT_ALONE = loosely(
    r"(?:pero )?(?:no|nada|nunca) ((?:antes|después|entre) .+)",
    r"(?:pero )?(?:no|nada|nunca) ((?:los|las|en|por|durante|de) .+)",
    r"(?:pero )?(?:no|nada|nunca) ((?:mientras|cuando) .+|en (?:el trabajo|horario|horas) .+)",
)
NEVER_ON = loosely(
    r"((?:antes|después) de (?:las? )?\d.*?),? (?:no|nunca|nada)",
    r"((?:los|las|por las) .+?),? (?:no|nunca|nada|jamás)",
)
STOP_AT = loosely(r"(?:deja de escribirme|para de escribirme) (a las .+|después .+)", r"para (a las .+)")
DAYS_NOT = loosely(r"((?:los|las|en) .+?),? (?:no|nada|nunca) ((?:antes|después) .+)")
DAYS_ONLY = loosely(r"((?:los|las|en) .+?),? (?:solo (.+)|((?:a partir|después|antes) de .+))")
ONLY = loosely(
    rf"(?:(?:{_WRITE}) )?(?:ya )?(?:solo|solamente|únicamente) (.+)",
    r"(?:sólo) (.+)",
    r"(.+?),? (?:solo|solamente|únicamente)",
    rf"(?:(?:{_WRITE}) )?(?:solo )?(a partir de .+)",
)
BEFORE = "(?:antes)(?: de)? (.+)"
AFTER = "(?:desp(?:u|ú|ue|ué)s|a partir)(?: de)? (.+)"
BETWEEN = "(?:entre|de) .+"
WORKING = loosely(
    r"(?:en|durante) (?:el |mi |las horas de |mis horas de )?(?:horario de trabajo|trabajo|horario laboral)"
    r"|(?:mientras|cuando) (?:trabajo|estoy (?:trabajando|en el trabajo|en la oficina))"
)
_NORMALMENTE = r"(?:(?:siempre|normalmente|generalmente) )?"
SLEEP_HOURS = loosely(
    rf"{_NORMALMENTE}(?:duermo|estoy durmiendo|estoy en la cama) (.+)",
    r"mis horas de sueño son (.+)",
)
WORK_HOURS = loosely(
    rf"{_NORMALMENTE}(?:trabajo|estoy en (?:el trabajo|la oficina)) (.+)",
    r"(?:mi horario(?: de trabajo| laboral)? es|mis horas de trabajo son) (.+)",
)
LUNCH = loosely(r"(?:durante|en) (?:el almuerzo|la comida)|a la hora de (?:comer|la comida)")
_SECOND = r"(?:cada dos días|cada 2 días|un día sí y otro no|un día sí,? un día no)"
EVERY_SECOND_DAY = loosely(
    rf"(?:con )?{_SECOND},? (?:es suficiente|basta|me basta|está bien)", rf"(?:{_WRITE}) {_SECOND}"
)
ONCE = r"(?:el|este) (?:próximo )?(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)|este fin"
HABIT = "los|las|cada|nunca|todos|todas|siempre"
HALF_PAST = (r"(\w+) y media",)
HALF_BEFORE = ()
WEEKS = "semana finde"
ON_DAYS = "(?:los|las|el|la|en|durante)(?: (?:los|las|el|la))? (.+)"
EVERY = r"(?:cada|todos los|todas las) "
NIGHTS = r"(?:por|en|durante|de) la noche|de noche|por las noches|las noches"
MORNINGS = r"(?:por|en) las? ma[ñn]anas?|cada mañana|todas las mañanas|de mañana"
AFTERNOONS = r"(?:por|en) las? tardes?|cada tarde|todas las tardes"
EVENINGS = r"por las? noches?|cada noche|todas las noches|después del trabajo"
COUNTED = (
    r"(?:una|dos|tres|cuatro|\d) (?:vez|veces)(?: (?:al|por) d[íi]a)?,? "
    r"(?=a las? |por la|en la|de (?:ma[ñn]ana|noche))"
)
ROUGHLY = r"\b(?:sobre|alrededor de|hacia)\b"
BUT = "pero"
OR = "o|y|ni|u"
AFTER_ALL = "por favor|gracias|a partir de ahora|desde ahora|mejor"

_A_DAY = r"(?:al día|por día|cada día|diari[oa]s?|/ ?día|todos los días)"
_MOST = r"(?:como máximo|máximo|max\.?|como mucho|a lo sumo|no más de|nunca más de|solo|solamente|hasta)"
_ENOUGH = (
    r"(?:(?:es|son|sería) suficientes?"
    r"|basta(?:n)?|(?:me )?(?:va|van|vale|valen|está) bien|como (?:máximo|mucho)|máximo|a lo sumo|está bien)"
)
LIMITS = loosely(
    rf"(?:(?:{_WRITE}) |(?:mándame|envíame) )?{_MOST} (\w+)(?: (?:{_NEWS}|vez|veces))? {_A_DAY}",
    rf"(?:(?:{_WRITE}) |(?:mándame|envíame) )(\w+)(?: (?:{_NEWS}|vez|veces)) {_A_DAY}",
    rf"(?:con )?(\w+)(?: (?:{_NEWS}|vez|veces))? {_A_DAY},? (?:{_ENOUGH})",
    rf"(\w+)(?: solo)? {_NEWS} (?:{_MOST} )?{_A_DAY}",
    (
        rf"(?:como máximo|máximo|max\.?|no más de|hasta) (\w+) {_NEWS}|(\w+) {_NEWS},? (?:como máximo"
        r"|máximo|max\.?)"
    ),
    rf"(?:pon|cambia|ajusta|limita) (?:(?:los|mis|el número de) )*{_NEWS} a (\w+)",
)
TIMES_A_DAY = ""

_BRIEF = (
    r"(?:(?:el|la|mi|un|una) )*(?:agenda(?: diaria)?|(?:agenda|plan|programa|resumen) (?:(?:del|de mi) día"
    r"|de la mañana|diari[oa]))"
)
_REVIEW = (
    r"(?:(?:el|la|mi|un|una) )*(?:repaso|balance|revisión)(?: (?:del|de mi) día| de la noche)?(?: diari[oa])?"
)
_TURN_ON = rf"(?:{CAN_YOU})?(?:mándame|envíame|muéstrame|dame|activa|activar|quiero|mandarme|enviarme)"
_EACH = r"(?:cada (?:día|mañana|noche)|todos los días|todas las (?:mañanas|noches))"
EACH = loosely(_EACH)
BRIEF_AT = loosely(
    rf"{_EACH} ((?:a las?|sobre las) .+?),? {_TURN_ON} {_BRIEF}",
    rf"{_TURN_ON} {_BRIEF}(?: (?:{_EACH}))? ?((?:a las?|sobre las) .+)",
    rf"({_EACH} a las? .+?),? (?:el|la|mi|un|una) {_BRIEF}|(?:el|la|mi|un|una) {_BRIEF} ({_EACH} a las? .+)",
    rf"({_EACH} a las? .+?),? un resumen|un resumen ({_EACH} a las? .+)",
    rf"{_TURN_ON} {_BRIEF} ({_EACH})",
    rf"(?:activa|activar|enciende) {_BRIEF}",
)
BRIEF_OFF = loosely(
    rf"(?:desactiva|quita|para|apaga|detén) {_BRIEF}",
    r"(?:no más|no quiero|sin) (?:la |el )?(?:agenda|resumen diario)(?: diaria)?",
)
REVIEW_AT = loosely(
    rf"{_TURN_ON} {_REVIEW} ?((?:{_EACH} )?(?:a las?|sobre las) .+)",
    (
        rf"({_EACH} a las? .+?),? (?:el|la|mi|un|una) {_REVIEW}|(?:el|la|mi|un"
        rf"|una) {_REVIEW} ({_EACH} a las? .+)"
    ),
    rf"{_TURN_ON} {_REVIEW} ({_EACH})",
    rf"(?:activa|activar|enciende) {_REVIEW}",
)
REVIEW_OFF = loosely(rf"(?:desactiva|quita|para|apaga|detén) {_REVIEW}", r"no más repaso(?: diario)?")
