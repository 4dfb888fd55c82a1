"""What people say in French about when oO may write; the English ``schedules.py`` explains all.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.fr.parts import TU

REWORDED = (
    (r"^(?:désormais|dorénavant|à partir de maintenant),? ", ""),
    (r"\bn'(écri(?:s|vez)|ecri(?:s|vez)|envoie|envoyez) ", r"ne m'\1 "),
)
_NEWS = r"(?:messages?|conseils?|notifications?|suggestions?|astuces?)"
_ME = r"(?:[- ]moi|[- ]m')"
_WRITE = (
    rf"(?:{TU})?(?:écris|écrivez)[- ]moi|(?:{TU})m'(?:écrire|envoyer (?:des|les) {_NEWS})"
    rf"|(?:envoie|envoyez)(?:[- ]moi)?(?: seulement)? (?:les|des|tes|mes) {_NEWS}"
    rf"|(?:envoie|envoyez)[- ]moi un {_NEWS}(?= (?:chaque|tous les|toutes les)\b)"
    rf"|(?:{TU})m'envoyer un {_NEWS}(?= (?:chaque|tous les)\b)"
)
WRITE_AT = loosely(
    rf"(?:{_WRITE}),? (.+)",
    (
        rf"(?:je (?:veux|voudrais|préfère|souhaite|préférerais)|j'aimerais)(?: recevoir)? (?:les|des"
        rf"|mes) {_NEWS} (.+)"
    ),
    r"(?:mets|règle|change|modifie) (?:mes|les) (?:heures|horaires) (?:à|sur|pour) (.+)",
    r"(?:mes|les) (?:heures|horaires) (?:sont|:) (.+)",
    rf"{_NEWS} (?:seulement )?((?:à|chaque|tous les) .+)",
)
_NO = (
    rf"(?:s'il te plaît )?(?:ne )?m'(?:écris|écrivez|envoie|envoyez) (?:pas|plus|rien|jamais)"
    rf"(?: (?:de|des) {_NEWS})?|(?:ne )?me (?:dérange|dérangez|contacte|contactez|préviens) (?:pas"
    rf"|plus|jamais)"
    rf"|(?:arrête|arrêtez) de (?:m'(?:écrire|envoyer des {_NEWS})|me (?:déranger|contacter))"
    r"|(?:laisse|laissez)[- ]moi tranquille|(?:ne )?pas (?:me )?déranger"
)
NOT_AT = loosely(
    rf"(?:{_NO}) (.+)",
    rf"(?:plus |pas )d(?:e|es) {_NEWS} (.+)|aucune? {_NEWS} ((?:avant|après|d[eu]|le|les|la|entre|en) .+)",
    rf"(d[eu] .+? (?:à|au) .+?),? (?:pas|plus) d(?:e|es) {_NEWS}",
    r"(?:silence|tranquille) (après .+|le .+|la nuit)",
)
NAMES_MESSAGES = "|".join(
    loosely(
        rf"{_NEWS}|écri\w+|m'\w+|envo\w+|dérang\w+|contact\w+|préven\w+|préviens|arrêt\w+|laiss\w+|silence",
        r"tranquille|calme|moi|me|je|j'\w+|tu|mes|mon|ma|travail\w*|bureau|dor\w+|boulot|stop",
    )
)
MESSAGES = "|".join(loosely(rf"{_NEWS}|heures|horaires"))
LEAVES_OUT = loosely(
    r"(?:mais )?(?:pas|jamais)(?: (?:de|en))? ((?:les? )?week-?ends?|(?:le|les|la) \w+)",
)
EXCEPT_DAYS = loosely(r"(?:mais )?(?:sauf|excepté|hors|hormis|sans)(?: les?)? (.+)")
ON_ONE_DAY = loosely(r"(?:seulement|uniquement) (?:le )?(.+)")
NOT_ALONE = loosely(
    r"(?:mais )?(?:pas|rien|jamais) ((?:avant|après|entre) .+)",
    r"(?:mais )?(?:pas|rien|jamais) ((?:le|la|les|en|au|pendant|quand|durant) .+)",
)
NEVER_ON = loosely(
    r"((?:le|les|la) .+?),? (?:jamais|rien|non|pas)",
)
STOP_AT = loosely(r"(?:arrête|arrêtez|stop)(?: de m'écrire)? (?:à|après) (.+)")
DAYS_NOT = loosely(r"((?:le|les|en) .+?),? (?:pas|rien|jamais) ((?:avant|après) .+)")
DAYS_ONLY = loosely(
    r"((?:le|les|en) .+?),? (?:(?:seulement|uniquement) (.+)|((?:après|à partir de|avant) .+))"
)
ONLY = loosely(
    rf"(?:(?:{_WRITE}) )?(?:seulement|uniquement|(?:plus )?que) (.+)",
    r"ne m'écris (?:plus )?que (.+)",
    r"(.+) (?:seulement|uniquement)",
    rf"(?:(?:{_WRITE}) )?(?:seulement |uniquement )?(à partir de .+)",
)
BEFORE = loosely("(?:avant|plus tôt que) (.+)")
AFTER = loosely("(?:après|plus tard que|à partir de) (.+)")
BETWEEN = "(?:entre|de) .+"
WORKING = loosely(
    r"(?:pendant|durant) (?:le travail|mon travail|mes heures de travail|les heures de (?:travail|bureau))"
    r"|(?:quand|pendant que|lorsque) je (?:travaille|suis au (?:travail|bureau|boulot))|pendant que je bosse"
)
_D_HABITUDE = r"(?: (?:toujours|normalement|généralement|d'habitude|en général))?"
SLEEP_HOURS = loosely(
    rf"je (?:dors|suis au lit){_D_HABITUDE} (.+)",
    r"mes heures de sommeil (?:sont|vont) (.+)",
)
WORK_HOURS = loosely(
    rf"je (?:travaille|bosse|suis au (?:travail|bureau|boulot)){_D_HABITUDE} (.+)",
    r"(?:mes (?:horaires|heures)(?: de (?:travail|bureau))? (?:sont|vont)|mes horaires c'est) (.+)",
)
LUNCH = loosely(r"(?:pendant|durant) (?:le déjeuner|ma pause|la pause)(?: déjeuner)?|(?:à|entre) midi")
EVERY_SECOND_DAY = loosely(
    (
        r"(?:un jour sur deux|tous les deux jours|tous les 2 jours),? (?:ça )?(?:me )?(?:suffit"
        r"|suffisent|c'est assez)"
    ),
    rf"(?:{_WRITE}) (?:un jour sur deux|tous les deux jours|tous les 2 jours)",
)
ONCE = r"ce (?:week|lun|mar|mer|jeu|ven|sam|dim)\w*|prochaine?"
HABIT = "le|les|chaque|jamais|tous|toujours"
HALF_PAST = (r"(\w+?)(?: ?h| heures?) et demie?",)
HALF_BEFORE = ()
WEEKS = "semaine"
ON_DAYS = "(?:le|la|les|en|pendant|au)(?: (?:le|la|les))? (.+)"
EVERY = r"(?:chaque|tous les|toutes les) "
NIGHTS = r"(?:(?:pendant|durant) )?la nuit|de nuit|les nuits|nuit"
MORNINGS = r"(?:le |chaque |tous les )?matins?|en matinée"
AFTERNOONS = r"(?:l'|chaque |tous les |les )?après[- ]midis?"
EVENINGS = r"(?:le |chaque |tous les )?soirs?|en soirée|après le travail"
COUNTED = r"(?:une|deux|trois|quatre|\d) fois(?: par jour)?,? (?=à )"
ROUGHLY = r"\b(?:vers|environ)\b"
BUT = "mais"
OR = "ou|et|ni"
AFTER_ALL = (
    "s'il te pla[iî]t|stp|svp|s'il vous plaît|merci|désormais|dorénavant|à partir de maintenant|plutôt"
)

_A_DAY = r"(?:par jour|chaque jour|quotidien(?:ne)?s?|/ ?jour|tous les jours)"
_MOST = r"(?:au plus|(?:au )?maximum|max\.?|pas plus de|jamais plus de|seulement|jusqu'à|au maximum)"
_ENOUGH = (
    r"(?:(?:suffi(?:t|sent)|(?:c'est|ça) suffit|c'est (?:assez|bien|parfait|suffisant|très bien)|maximum|max"
    r"|au plus|au maximum))"
)
LIMITS = loosely(
    (
        rf"(?:(?:{_WRITE}) |(?:envoie|envoyez)[- ]moi )?{_MOST} (?:de )?(\w+)(?: seuls?)?(?: (?:{_NEWS}"
        rf"|fois))? {_A_DAY}"
    ),
    rf"(?:(?:{_WRITE}) |(?:envoie|envoyez)[- ]moi )(\w+)(?: (?:{_NEWS}|fois)) {_A_DAY}",
    rf"(\w+)(?: seule?s?)?(?: (?:{_NEWS}|fois))? {_A_DAY},? (?:me |ça me |ça )?(?:{_ENOUGH})",
    rf"(\w+)(?: seule?s?)? {_NEWS} (?:{_MOST} )?{_A_DAY}",
    rf"(?:(?:au )?maximum|max\.?|au plus|pas plus de) (\w+) {_NEWS}",
    rf"(\w+) {_NEWS},? (?:(?:au )?maximum|max\.?|au plus)",
    rf"(?:mets|règle|limite|change)[rz]? (?:(?:les|mes|le nombre de) )*{_NEWS} à (\w+)",
    rf"(\w+) (?:{_MOST}) {_A_DAY}|(une?) seule?(?: fois)? {_A_DAY}",
)
TIMES_A_DAY = ""

_OF_DAY = r"(?:(?:du|de la|de ma) (?:jour|journée|matin)|quotidien)"
_BRIEF = (
    rf"(?:(?:le|la|mon|ma|un|une|l') ?)*(?:agenda(?: {_OF_DAY})?|(?:programme|plan|planning"
    rf"|résumé|aperçu) {_OF_DAY})"
)
_REVIEW = (
    r"(?:(?:le|la|mon|ma|un|une) )*(?:bilan|rétrospective)(?: (?:du|de la|de ma) (?:jour|journée"
    r"|soir))?(?: quotidien)?"
)
_TURN_ON = (
    rf"(?:(?:envoie|envoyez|montre|donne)[- ]moi|active|activer|(?:{TU})m'envoyer|je (?:veux|voudrais))"
)
_EACH = r"(?:chaque (?:jour|matin|soir)|tous les (?:jours|matins|soirs))"
EACH = _EACH
BRIEF_AT = loosely(
    rf"{_EACH} ((?:à|vers) .+?),? {_TURN_ON} {_BRIEF}",
    rf"{_TURN_ON} {_BRIEF}(?: (?:{_EACH}))? ?((?:à|vers) .+)",
    (
        rf"({_EACH} (?:à|vers) .+?),? (?:(?:le|mon|un) |l'){_BRIEF}|(?:(?:le|mon|un) "
        rf"|l'){_BRIEF} ({_EACH} (?:à|vers) .+)"
    ),
    rf"({_EACH} (?:à|vers) .+?),? un (?:aperçu|résumé)|un (?:aperçu|résumé) ({_EACH} (?:à|vers) .+)",
    rf"{_TURN_ON} {_BRIEF} ({_EACH})",
    rf"(?:active|activer|démarre) {_BRIEF}",
)
BRIEF_OFF = loosely(
    rf"(?:désactive|désactivez|arrête|arrêtez) {_BRIEF}",
    rf"(?:supprime|coupe) (?:l'agenda|le programme) {_OF_DAY}",
    r"(?:plus|pas) d'agenda(?: quotidien)?",
)
REVIEW_AT = loosely(
    rf"{_TURN_ON} {_REVIEW} ?((?:{_EACH} )?(?:à|vers) .+)",
    (
        rf"({_EACH} (?:à|vers) .+?),? (?:le|mon|un|une) {_REVIEW}|(?:le|mon|un"
        rf"|une) {_REVIEW} ({_EACH} (?:à|vers) .+)"
    ),
    rf"{_TURN_ON} {_REVIEW} ({_EACH})",
    rf"(?:active|activer|démarre) {_REVIEW}",
    r"bilan (?:du soir|de la journée|quotidien) (à .+)",
)
REVIEW_OFF = loosely(
    rf"(?:désactive|arrête|arrêter|supprime|coupe) {_REVIEW}",
    r"plus de bilan(?: (?:du|de la) .+)?",
)
