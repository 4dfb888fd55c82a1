"""How people ask in French for a change of a task; ``change_phrase`` has the frame.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.change_phrase import ChangePhrase, Kind, phrases
from core.words.phrasebooks.fr.parts import OF, TU
from core.words.phrasebooks.tags import tags


def _phrases(kind: Kind, *patterns: str, sure: bool = True, joints: str = "") -> tuple[ChangePhrase, ...]:
    """As ``phrases``, with every accent optional."""
    (joint,) = loosely(joints)
    return phrases(kind, *loosely(*patterns), sure=sure, joints=joint)


# --- Dates -------------------------------------------------------------------------------------------------

_JOINTS = r" (?:à|au|pour|jusqu'à|jusqu'au|en)(?= )|(?= (?:d'|de |le |dans |la semaine))"
DATES = (
    *_phrases("patch", r"(?:modifie[rz]?|change[rz]?) (?P<title>[^:]+) ?: (?P<value>.+)"),
    *_phrases(
        "when",
        r"(?:reporte|reportez|décale|décalez|déplace|déplacez|repousse|repoussez|remets|remettez"
        r"|snooze)"
        r" (?P<rest>.+)",
        rf"{TU}(?:reporter|décaler|déplacer|repousser|remettre) (?P<rest>.+)",
        r"(?:reporte|décale|déplace|repousse|remets|mets)-(?P<title>l[ea]|ça) (?:à|au|pour) (?P<value>.+)",
        r"(?:mets|mettez|note|planifie|ajoute|fixe|programme)[- ](?P<title>l[ea]|ça|cela)"
        r" (?:(?:à|au|pour|sur) )?(?P<value>.+)",
        r"change(?:r)? (?:la date|l'heure|l'horaire) (?:de la|de l'|du|des|de|d') ?(?P<rest>.+)",
        joints=_JOINTS,
    ),
    *_phrases(
        "when",
        r"(?:reporter|décaler|déplacer|repousser|remettre) (?P<rest>.+)",
        r"(?:mets|passe|change|fixe) (?P<rest>.+)",
        sure=False,
        joints=_JOINTS,
    ),
    *_phrases(
        "when",
        r"(?:laisse|garde|laisser|garder|laissons|gardons|on (?:laisse|garde)) (?P<rest>.+)",
        sure=False,
        joints=r" pour(?: le)?(?= )",
    ),
    *_phrases(
        "advance",
        r"(?:avance|avancez|avancer|avançons) (?P<rest>.+)",
        rf"{TU}avancer (?P<rest>.+)",
        joints=r" (?:de |d')(?=\S+(?: \S+)?$)",
    ),
    *_phrases(
        "when",
        r"(?:avance|avancez|avancer) (?P<rest>.+)",
        r"(?:(?:on|il|elle) (?:m'|nous )?a|(?:ils|elles) (?:m'|nous )?ont|j'ai|nous avons)"
        r" (?:déplacé|décalé|reporté|repoussé|avancé|changé) (?P<rest>.+)",
        r"(?:on (?:déplace|décale|reporte|repousse|avance|met|passe)|déplaçons|décalons|reportons|repoussons)"
        r" (?P<rest>.+)",
        rf"{TU}(?:mettre|passer|avancer) (?P<rest>.+)",
        sure=False,
        joints=r" (?:à|a|au|pour)(?= )",
    ),
    *_phrases(
        "when",
        r"(?P<title>.+?)(?: est| c'est| sera)? (?:finalement|plutôt|maintenant|désormais) (?P<value>.+)",
        r"(?P<title>.+?),?(?: est| c'est| sera) (?P<value>.+?),? (?:finalement|plutôt|en fait|du coup)",
        r"(?P<title>.+?) (?:est|a été) (?:reportée?|décalée?|déplacée?|repoussée?|avancée?) (?:à|au|pour)"
        r" (?P<value>.+)",
        r"(?P<title>.+?) (?:passe|est passée?) (?:à|au) (?P<value>.+)",
        sure=False,
    ),
    *_phrases(
        "delay",
        r"(?P<title>.+?) (?:est|a été) (?:reportée?|décalée?|repoussée?) (?:de |d')(?P<value>.+)",
        sure=False,
    ),
    *_phrases("rule", r"répète (?P<rest>.+)", joints=r" (?=(?:chaque|tous|toutes))"),
    *_phrases("rule", r"(?P<title>.+?) se répète (?P<value>.+)", sure=False),
    *_phrases(
        "when",
        r"(?P<title>.+?) (?:peut|peuvent|doit) attendre (?:jusqu['’](?:à|au) |à )?(?P<value>.+)",
        r"(?P<title>.+?) (?:doit|devrait) être (?:à (?=demain))?(?P<value>.+)",
        sure=False,
    ),
    *_phrases(
        "when",
        r"(?:(?:déplace|décale|repousse|avance|reporte)[rz]? )?(?P<rest>.+? (?:plutôt|plus tard|plus tôt))",
        sure=False,
        joints=r" (?=\S)",
    ),
)
_LIMITS = "(?:la date (?:de )?limite|l['’]échéance|le délai|la deadline)"
DEADLINES = (
    *_phrases(
        "deadline",
        rf"(?:change|changez|fixe|fixez|mets|mettez|repousse|repoussez|déplace|déplacez) {_LIMITS}"
        r" (?:de la |de l'|du |des |de |d'|pour )(?P<rest>.+)",
        joints=r" (?:au|à|jusqu'au|pour le)(?= )",
    ),
    *_phrases(
        "deadline",
        rf"{_LIMITS} (?:de la |de l'|du |des |de |d'|pour )(?P<title>.+?) est (?:maintenant )?(?P<value>.+)",
    ),
)
NO_DATES = (
    *_phrases(
        "no_date",
        r"(?:enlève|enlevez|supprime|supprimez|retire|retirez|efface) (?:la date|l'échéance)"
        r" (?:de la |de l'|du |des |de |d'|pour )(?P<title>.+)",
        r"(?:enlève|enlevez|supprime|supprimez|retire|retirez|efface) (?:la date limite|l'échéance)",
        r"(?:pas de|plus de|aucune) (?:date|échéance) pour (?P<title>.+)",
        rf"{TU}(?:enlever|supprimer|retirer) la date (?:de la |de l'|du |des |de |d')(?P<title>.+)",
        r"(?P<title>.+?) n'a (?:pas|plus) de date",
    ),
    *_phrases(
        "no_repeat",
        r"(?:ne répète (?:plus|pas)|arrête(?:z)? de répéter) (?P<title>.+)",
        r"(?P<title>.+?) ne se répète (?:plus|pas)",
    ),
)

# --- Labels, project and notes -----------------------------------------------------------------------------

_TAGS = tags(" et")
LABELS = (
    *_phrases(
        "unlabel",
        rf"(?:enlève|retire|supprime)[rz]? (?:l'étiquette |le label |le tag )?(?P<value>{_TAGS})"
        rf" {OF}(?P<title>.+)",
        rf"(?:enlève|retire|supprime)[rz]? (?:l'étiquette|le label|le tag) (?P<value>\S+)"
        rf" {OF}(?P<title>.+)",
    ),
    *_phrases(
        "label",
        rf"(?:ajoute|mets|colle)[rz]? (?:l'étiquette |le label |le tag )?(?P<value>{_TAGS}) (?:à la |à"
        rf" l'|au |aux |à |sur )(?P<title>.+)",
        r"(?:ajoute|mets|colle)[rz]? (?:l'étiquette|le label|le tag) (?P<value>\S+) (?:à la |à l'|au "
        r"|aux |à |sur )(?P<title>.+)",
        rf"(?:étiquette|tague|marque)[rz]? (?P<title>.+?) (?:avec |comme )?(?P<value>{_TAGS})",
        r"(?:étiquette|tague)-l[ea] (?:avec |comme )?(?P<value>[^\W\d_][\w-]*)",
    ),
)
PROJECTS = (
    *_phrases(
        "no_project",
        r"(?:sors|retire|enlève) (?P<title>.+?) du projet(?: \S+)?",
    ),
    *_phrases(
        "project",
        r"(?:mets|déplace|range|ajoute|classe|place)[rz]? (?P<title>.+?) (?:dans le|au|dans) projet"
        r" (?P<value>.+)",
        r"(?P<title>.+?) (?:fait partie|est) du projet (?P<value>.+)",
    ),
)
NOTES = (
    *_phrases(
        "no_notes",
        rf"(?:enlève|supprime|efface)[rz]? (?:la note|les notes) {OF}(?P<title>.+)",
    ),
    *_phrases(
        "notes",
        r"ajoute[rz]? (?:une|la|cette) note (?:à la |à l'|au |aux |à |pour |sur )(?P<title>.+?) ?:"
        r" ?(?P<value>.+)",
    ),
    *_phrases(
        "notes",
        r"note (?:pour|sur) (?P<title>(?!moi\b|moi-même\b).+?) ?: (?P<value>.+)",
        sure=False,
    ),
)

# --- Title, priority and estimate --------------------------------------------------------------------------

TITLES = (
    *_phrases(
        "call",
        r"(?:appelle|nomme)-(?P<title>l[ea]) plutôt (?P<value>.+)"
        r"|renomme-(?P<title2>l[ea])(?: en)? (?P<value2>.+)",
    ),
    *_phrases(
        "rename",
        r"renomme (?P<title>.+?) (?P<value>[\"“„«].+[\"”“»])",
        r"renomme[rz]? (?P<title>.+?) (?:en|par) (?P<value>.+)",
        rf"{TU}renommer (?P<title>.+?) en (?P<value>.+)",
        rf"change(?:r)? le (?:nom|titre) {OF}(?P<title>.+?) (?:en|par|pour) (?P<value>.+)",
    ),
    *_phrases(
        "rename",
        r"(?:change|changez|remplace|remplacez) (?P<title>.+?) (?:en|par) (?P<value>(?!p[1-4]\b).+)",
        sure=False,
    ),
)
_FORT = (
    r"(?:p ?[1-4]|(?:très |l[ea] plus )?(?:urgente?|importante?|prioritaire)|(?:priorité )(?:haute|basse"
    r"|moyenne"
    r"|normale|maximale|p?[1-4])"
    r"|(?:haute|basse) priorité|pas (?:si |très )?(?:urgente?|importante?)|(?:plus|moins) (?:urgente?"
    r"|importante?))"
)
_NIVEAU = r"(?:p?[1-4]|haute|basse|moyenne|normale|urgente?|maximale)"
PRIORITIES = (
    *_phrases(
        "priority",
        r"(?P<title>.+?) (?:est|devient|c'est|passe|a)(?: (?:maintenant|désormais))?(?: en| à)?"
        r" (?P<value>p ?[1-4])(?: maintenant)?",
        r"(?:change|monte|baisse|fixe)[rz]? (?P<title>.+?) (?:en|à|sur) (?P<value>p ?[1-4])",
    ),
    *_phrases(
        "priority",
        rf"(?:mets|passe|marque|rends|mettre|passer|marquer|rendre) (?P<title>.+?) (?:(?:en|comme|à)"
        rf" )?(?P<value>{_FORT})",
        rf"(?:mets|passe|change) la priorité {OF}(?P<title>.+?) (?:à|en|sur) (?P<value>{_NIVEAU})",
        rf"(?P<value>{_FORT}) pour (?P<title>.+)",
    ),
    *_phrases(
        "priority",
        rf"c'est (?:vraiment |très |hyper |super )?(?P<value>{_FORT})",
        sure=False,
    ),
    *_phrases(
        "priority",
        rf"(?P<title>.+?) (?:est|devient|c'est)(?: maintenant| vraiment)? (?P<value>{_FORT})",
        sure=False,
    ),
    *_phrases(
        "not_urgent",
        (
            r"(?P<title>.+?),? (?:n'est|c'est|ce n'est) (?:pas|plus) (?:si |très"
            r" )?(?:urgente?|importante?|prioritaire)"
        ),
        r"c'est (?:pas|plus) (?:si |très )?(?:urgent|important|prioritaire)",
        r"(?P<title>.+?),? (?:ça )?(?:ne )?presse pas|(?P<title2>.+?) peut attendre un peu",
        sure=False,
    ),
    *_phrases(
        "higher",
        rf"(?:augmente|monte|élève)[rz]? la priorité {OF}(?P<title>.+)",
    ),
    *_phrases(
        "lower",
        rf"(?:baisse|diminue|réduis)[rz]? la priorité {OF}(?P<title>.+)",
    ),
)
BARE_PRIORITIES = _phrases("priority", r"(?P<title>.+?) (?:en|->|→) (?P<value>p ?[1-4])", sure=False)
ESTIMATES = (
    *_phrases(
        "minutes",
        r"(?P<title>.+?)(?: ça| ca)?(?: me)? (?:prend|prendra|dure|durera|va (?:me )?prendre|demande"
        r"|nécessite)"
        r" (?P<value>.+)",
        r"(?:il (?:me )?faut|j'ai besoin de|compte) (?P<value>.+) pour (?P<title>.+)",
        r"j'en (?:ai|aurai) pour (?P<value>.+)",
        sure=False,
        joints=r" (?=\S)",
    ),
    *_phrases(
        "minutes",
        rf"(?:estime|évalue)[rz]? (?P<title>.+?) à (?P<value>.+)|durée {OF}(?P<title2>.+?) ?:"
        rf" ?(?P<value2>.+)",
        rf"(?:mets|fixe) la durée {OF}(?P<title>.+?) à (?P<value>.+)",
    ),
    *_phrases(
        "no_minutes",
        rf"(?:enlève|supprime|efface)[rz]? (?:la durée|l'estimation) {OF}(?P<title>.+)",
    ),
)
