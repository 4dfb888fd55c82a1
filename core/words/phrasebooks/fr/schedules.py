"""What people say in French about when oO may write; the English ``schedules.py`` explains all.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.fr.parts import TU

_NEWS = r"(?:messages?|conseils?|notifications?|suggestions?|astuces?)"
_ME = r"(?:[- ]moi|[- ]m')"
_WRITE = (
    rf"(?:{TU})?(?:écris|ecris|écrivez)[- ]moi|(?:{TU})m'(?:écrire|envoyer (?:des|les) {_NEWS})"
    rf"|(?:envoie|envoyez)(?:[- ]moi)?(?: seulement)? (?:les|des|tes|mes) {_NEWS}"
    rf"|(?:envoie|envoyez)[- ]moi un {_NEWS}(?= (?:chaque|tous les|toutes les)\b)"
    rf"|(?:{TU})m'envoyer un {_NEWS}(?= (?:chaque|tous les)\b)"
)
WRITE_AT = (
    rf"(?:{_WRITE}),? (.+)",
    rf"(?:je (?:veux|voudrais|préfère|souhaite))(?: recevoir)? (?:les|des|mes) {_NEWS} (.+)",
    r"(?:mets|règle|change|modifie) (?:mes|les) (?:heures|horaires) (?:à|sur|pour) (.+)",
    r"(?:mes|les) (?:heures|horaires) (?:sont|:) (.+)",
    rf"{_NEWS} (?:seulement )?((?:à|chaque|tous les) .+)",
)
_NO = (
    rf"(?:s'il te plaît )?(?:ne )?m'(?:écris|ecris|écrivez|envoie|envoyez|envoie) (?:pas|plus|rien|jamais)"
    rf"(?: (?:de|des) {_NEWS})?|(?:ne )?me (?:dérange|contacte|préviens) (?:pas|plus|jamais)"
    rf"|(?:arrête|arrêtez) de m'(?:écrire|envoyer des {_NEWS})"
)
NOT_AT = (
    rf"(?:{_NO}) (.+)",
    rf"(?:plus |pas )d(?:e|es) {_NEWS} (.+)|aucune? {_NEWS} (.+)",
    r"(?:mais )?(?:pas|rien|jamais) ((?:avant|après) .+)",
    r"(?:mais )?(?:pas|rien|jamais) ((?:le|la|les|en|au|pendant) .+)",
)
ONLY = (
    rf"(?:(?:{_WRITE}) )?(?:seulement|uniquement|que) (.+)",
    r"(.+) (?:seulement|uniquement)",
)
BEFORE = "(?:avant|plus tôt que) (.+)"
AFTER = "(?:après|plus tard que) (.+)"
BETWEEN = "(?:entre|de) .+"
ON_DAYS = "(?:le|la|les|en|pendant|au)(?: (?:le|la|les))? (.+)"
EVERY = r"(?:chaque|tous les|toutes les) "
NIGHTS = r"(?:(?:pendant|durant) )?la nuit|de nuit|les nuits|nuit"
MORNINGS = r"(?:le |chaque |tous les )?matins?|en matinée"
AFTERNOONS = r"(?:l'|chaque |tous les |les )?après[- ]midis?"
EVENINGS = r"(?:le |chaque |tous les )?soirs?|en soirée|après le travail"
COUNTED = r"(?:une|deux|trois|quatre|\d) fois(?: par jour)?,? (?=à )"
ROUGHLY = r"\b(?:vers|environ)\b"
OR = "ou|et|ni"
AFTER_ALL = "s'il te plaît|stp|svp|s'il vous plaît|merci|désormais|dorénavant|à partir de maintenant|plutôt"

_A_DAY = r"(?:par jour|chaque jour|quotidien(?:ne)?s?|/ ?jour|tous les jours)"
_MOST = r"(?:au plus|(?:au )?maximum|max\.?|pas plus de|jamais plus de|seulement|jusqu'à|au maximum)"
_ENOUGH = r"(?:(?:suffi(?:t|sent)|(?:c'est|ça) suffit|c'est assez|maximum|max|au plus|au maximum))"
LIMITS = (
    (
        rf"(?:(?:{_WRITE}) |(?:envoie|envoyez)[- ]moi )?{_MOST} (?:de )?(\w+)(?: seuls?)?(?: (?:{_NEWS}"
        rf"|fois))? {_A_DAY}"
    ),
    rf"(?:(?:{_WRITE}) |(?:envoie|envoyez)[- ]moi )(\w+)(?: (?:{_NEWS}|fois)) {_A_DAY}",
    rf"(\w+)(?: (?:{_NEWS}|fois))? {_A_DAY},? (?:{_ENOUGH})",
    rf"(\w+)(?: seule?s?)? {_NEWS} (?:{_MOST} )?{_A_DAY}",
)
TIMES_A_DAY = ""

_BRIEF = (
    r"(?:(?:le|la|mon|ma|un|une|l') ?)*(?:agenda|programme|plan|planning|résumé)"
    r"(?: (?:du|de la|de ma) (?:jour|journée|matin))?(?: quotidien)?"
)
_REVIEW = (
    r"(?:(?:le|la|mon|ma|un|une) )*(?:bilan|rétrospective)(?: (?:du|de la|de ma) (?:jour|journée"
    r"|soir))?(?: quotidien)?"
)
_TURN_ON = rf"(?:(?:envoie|montre|donne)[- ]moi|active|activer|(?:{TU})m'envoyer|je (?:veux|voudrais))"
_EACH = r"(?:chaque (?:jour|matin|soir)|tous les (?:jours|matins|soirs))"
BRIEF_AT = (
    rf"{_TURN_ON} {_BRIEF}(?: (?:{_EACH}))? ?((?:à|vers) .+)",
    rf"{_TURN_ON} {_BRIEF} ({_EACH})",
    rf"(?:active|activer|démarre) {_BRIEF}",
)
BRIEF_OFF = (
    (
        rf"(?:désactive|arrête|arrêter|supprime|coupe) {_BRIEF} (?:du|de la|de ma|quotidien).*"
        rf"|(?:désactive|arrête) {_BRIEF}"
    ),
    r"plus d'agenda(?: quotidien)?",
)
REVIEW_AT = (
    rf"{_TURN_ON} {_REVIEW}(?: (?:{_EACH}))? ?((?:à|vers) .+)",
    rf"{_TURN_ON} {_REVIEW} ({_EACH})",
    rf"(?:active|activer|démarre) {_REVIEW}",
    r"bilan (?:du soir|de la journée|quotidien) (à .+)",
)
REVIEW_OFF = (
    rf"(?:désactive|arrête|arrêter|supprime|coupe) {_REVIEW}",
    r"plus de bilan(?: (?:du|de la) .+)?",
)
