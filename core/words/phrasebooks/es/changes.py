"""How people ask in Spanish for a change of a task; ``change_phrase`` has the frame.

Accents may be omitted (``loosely``).

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.change_phrase import phrases
from core.words.phrasebooks.es.parts import CAN_YOU, OF
from core.words.phrasebooks.tags import tags

# --- Dates -------------------------------------------------------------------------------------------------

# Kept before what is a day only after it: "domingo" alone may be Italian as well.
_AL_DAY = r"(?= al (?:\d|domingo|finde))"
(_JOINTS,) = loosely(
    rf"{_AL_DAY}| (?:al|a|para(?: el| la)?|hasta(?: el| la)?)(?= )"
    r"|(?= (?:una?|media|\d+|dos|tres|cuatro|unos|unas|el|mañana|hoy|pasado mañana|la semana|este|esta) )"
    r"|(?= (?:mañana|hoy)$)"
)
_MOVE_JOINTS = rf"{_AL_DAY}| (?:al|a|para(?: el| la)?|hasta(?: el| la)?)(?= )"
_TO = r"(?:(?=al (?:\d|domingo|finde))|al |a (?!las? \d)|(?=a las? \d)|(?:para|hasta) (?:el |la )?)"
_MOVED = r"(?:cambiad|movid|pasad|aplazad|pospuest|retrasad|atrasad|adelantad|trasladad|reprogramad)"
(_THEY_MOVED,) = loosely(
    r"(?:han|he|hemos) (?:cambiado|movido|pasado|aplazado|pospuesto|retrasado|adelantado|trasladado)"
    r"|(?:cambi|pas|aplaz|retras|adelant|traslad)aron|movieron|pospusieron"
    r"|cambié|moví|pasé|aplacé|retrasé|adelanté|pospuse"
)
_AMOUNT = r"(?:una?|media|dos|tres|cuatro|\d+) (?:hora|día|semana|mes)\w*(?: y media)?"
_RULE_JOINTS = r" (?=(?:cada|todos|todas)\b)"
DATES = (
    *phrases(
        "when",
        *loosely(rf"(?:cambia|pon)(?:le)? (?:la fecha|la hora|el día) {OF}(?P<rest>.+)"),
        joints=_MOVE_JOINTS,
    ),
    *phrases(
        "when",
        *loosely(r"(?:mueve|cambia|traslada) (?P<rest>.+)"),
        joints=_MOVE_JOINTS,
    ),
    *phrases(
        "when",
        *loosely(
            r"(?:aplaza|pospón|posterga|atrasa|retrasa|reprograma|snooze) (?P<rest>.+)",
            rf"{CAN_YOU}(?:mover|pasar|cambiar|aplazar|posponer|retrasar|reprogramar)(?:me)? (?P<rest>.+)",
        ),
        joints=_JOINTS,
    ),
    *phrases(
        "advance",
        *loosely(
            rf"adelanta (?P<title>.+?) (?P<value>{_AMOUNT})",
            rf"{CAN_YOU}adelantar (?P<title>.+?) (?P<value>{_AMOUNT})",
        ),
    ),
    *phrases(
        "when",
        *loosely(r"adelanta (?P<rest>.+)", rf"{CAN_YOU}adelantar (?P<rest>.+)"),
        joints=_MOVE_JOINTS,
    ),
    *phrases(
        "delay",
        *loosely(
            r"(?:pospón|apláza|retrása|atrása|postérga|muéve|pása|cámbia)l[oa] (?:en )?"
            r"(?P<value>(?:una?|dos|tres|\d+|media) .+)"
        ),
    ),
    *phrases(
        "when",
        *loosely(
            r"(?:muéve|pása|cámbia|apláza|pospón|postérga|retrása|adelánta|reprográma|pón|déja)l[oa] "
            rf"(?:{_TO}|el (?=\w))?(?P<value>.+)",
            r"(?:añáde|agréga|apúnta|anóta|planifíca|prográma)l[oa] (?:para |en )?(?:el |al )?(?P<value>.+)",
            (
                r"(?:pon|añade|agrega|apunta|anota|planifica|programa) (?P<title>eso|esto) (?:para |en )?"
                r"(?:el |al )?(?P<value>.+)"
            ),
        ),
    ),
    *phrases(
        "when",
        *loosely(r"(?:pon|mueve|pasa|cambia) (?P<rest>.+)"),
        sure=False,
        joints=_JOINTS,
    ),
    *phrases(
        "when",
        *loosely(r"(?:deja(?:r|mos)?|dejemos) (?P<rest>.+)"),
        sure=False,
        joints=r" para(?: el| la)?(?= )",
    ),
    *phrases(
        "when",
        rf"(?:ya )?(?:(?:me|nos) )?(?:{_THEY_MOVED}) (?P<rest>.+)",
        r"(?:pasamos|movemos|cambiamos|aplazamos|retrasamos|pasemos|movamos|cambiemos|aplacemos|retrasemos)"
        r" (?P<rest>.+)",
        sure=False,
        joints=_MOVE_JOINTS,
    ),
    *phrases(
        "delay",
        *loosely(
            r"(?P<title>.+?) se (?:retrasa|aplaza|pospone|retrasó|aplazó|ha (?:retrasado|aplazado))"
            rf" (?P<value>{_AMOUNT})",
            rf"(?:(?:me|nos) )?han (?:retrasado|aplazado) (?P<title>.+?) (?P<value>{_AMOUNT})",
        ),
        sure=False,
    ),
    *phrases(
        "when",
        *loosely(
            r"(?P<title>.+?) (?:es|será|está|queda) (?:ahora|finalmente|mejor|al final) (?P<value>.+)",
            r"(?P<title>.+?) (?:ahora|finalmente|al final) (?:es|será|está|queda) (?P<value>.+)",
            r"(?P<title>.+?) (?:es|será|queda) (?P<value>.+?),? (?:al final|finalmente|en realidad)",
            r"(?:ahora|al final) (?P<title>.+?) (?:es|será|está|queda) (?P<value>.+)",
            r"(?P<title>.+?) (?:ya )?no es (?:el|la|al?) [^,]+?,? (?:sino|es) (?P<value>.+)",
            rf"(?P<title>.+?) (?:se (?:ha|han)|(?:ha|han) sido|(?:(?:me|nos) )?l[oa]s? han|queda|está)"
            rf" {_MOVED}[oa]s? {_TO}?(?P<value>.+)",
            rf"(?P<title>.+?) (?:se )?(?:cambia|mueve|pasa|aplaza|pospone|retrasa|adelanta|traslada)n?"
            rf" {_TO}(?P<value>.+)",
            rf"(?P<title>.+?) se (?:cambió|movió|pasó|aplazó|pospuso|retrasó|adelantó|trasladó)"
            rf" {_TO}?(?P<value>.+)",
        ),
        sure=False,
    ),
    *phrases(
        "patch",
        *loosely(r"(?:edita|cambia|modifica) (?P<title>[^:]+) ?: (?P<value>.+)"),
    ),
    *phrases(
        "rule",
        *loosely(r"repite (?P<rest>.+)", r"haz que (?P<title>.+?) se repita (?P<value>.+)"),
        joints=_RULE_JOINTS,
    ),
    *phrases(
        "rule",
        *loosely(r"(?P<title>.+?) se repite (?P<value>.+)"),
        sure=False,
    ),
    *phrases(
        "when",
        *loosely(
            r"(?P<title>.+?) (?:puede|pueden|tiene que) esperar (?:hasta |al? )?(?:el |la )?(?P<value>.+)",
            r"(?P<title>.+?) (?:debe|debería|tiene que) ser (?P<value>.+)",
        ),
        sure=False,
    ),
)
_LIMITS = "(?:la fecha (?:límite|tope|de entrega)|el plazo|la deadline)"
DEADLINES = (
    *phrases(
        "deadline",
        *loosely(rf"(?:cambia|pon|fija|mueve|amplía|aplaza|retrasa) {_LIMITS} {OF}(?P<rest>.+)"),
        joints=r" (?:al?|para(?: el)?|hasta(?: el)?)(?= )",
    ),
    *phrases(
        "deadline",
        *loosely(rf"{_LIMITS} {OF}(?P<title>.+?) es (?:ahora )?(?P<value>.+)"),
    ),
)
NO_DATES = (
    *phrases(
        "no_date",
        *loosely(
            rf"(?:quita|borra|elimina|quítale|bórrale)(?:le)? la fecha (?:límite )?{OF}(?P<title>.+)",
            r"(?:quita|borra|elimina|quítale|bórrale) la fecha límite",
            r"sin fecha para (?P<title>.+)|(?P<title2>.+?) (?:no tiene|ya no tiene) fecha",
        ),
    ),
    *phrases(
        "no_repeat",
        *loosely(
            r"(?:no repitas(?: más)?|deja de repetir) (?P<title>.+)"
            r"|(?P<title2>.+?) (?:ya )?no se repite(?: más)?"
        ),
    ),
)

# --- Labels, project and notes -----------------------------------------------------------------------------

_TAGS = tags(" y")
LABELS = (
    *phrases(
        "unlabel",
        *loosely(
            rf"(?:quita|elimina|borra)(?:le)? (?:la etiqueta "
            rf"|las etiquetas )?(?P<value>{_TAGS}) {OF}(?P<title>.+)"
        ),
    ),
    *phrases(
        "label",
        *loosely(
            rf"(?:añade|pon|agrega|ponle|añádele)(?:le)? (?:la etiqueta |las etiquetas )?(?P<value>{_TAGS})"
            rf" {OF}(?P<title>.+)",
            rf"(?:etiqueta|marca) (?P<title>.+?) (?:con |como )?(?P<value>{_TAGS})",
            r"etiquétal[oa] (?:con |como )?(?P<value>[^\W\d_][\w-]*)",
        ),
    ),
)
PROJECTS = (
    *phrases(
        "no_project",
        *loosely(r"(?:saca|quita) (?P<title>.+?) del proyecto(?: \S+)?"),
    ),
    *phrases(
        "project",
        *loosely(
            r"(?:pon|mueve|mete|añade|pasa) (?P<title>.+?) (?:en el|al|en) proyecto (?P<value>.+)",
            r"(?P<title>.+?) (?:es|forma parte) del proyecto (?P<value>.+)",
        ),
    ),
)
NOTES = (
    *phrases(
        "no_notes",
        *loosely(rf"(?:quita|borra|elimina)(?:le)? (?:la nota|las notas) {OF}(?P<title>.+)"),
    ),
    *phrases(
        "notes",
        *loosely(
            r"(?:añade|agrega|pon)(?:le)? (?:una |la |esta )?nota (?:a la |al |a |en el |en la "
            r"|en )(?P<title>.+?)"
            r" ?: ?(?P<value>.+)"
        ),
    ),
)

# --- Title, priority and estimate --------------------------------------------------------------------------

TITLES = (
    *phrases(
        "rename",
        *loosely(
            r"renombra (?P<title>.+?) (?:a|como|por|en) (?P<value>.+)",
            r"renombra (?P<title>.+?) (?P<value>[\"“„«].+[\"”“»])",
            rf"(?:cambia|cámbiale)(?:le)? el (?:nombre|título) {OF}(?P<title>.+?) (?:a|por|en) (?P<value>.+)",
            rf"{CAN_YOU}(?:renombrar|cambiar el nombre {OF}) ?(?P<title>.+?) (?:a|por|en) (?P<value>.+)",
        ),
    ),
    *phrases(
        "rename",
        *loosely(r"(?:cambia|reemplaza|sustituye) (?P<title>.+?) por (?P<value>.+)"),
        sure=False,
    ),
    *phrases(
        "call",
        *loosely(
            r"(?:llámal[oa]|nómbral[oa]|renómbral[oa]) (?:mejor )?(?:a |como )?(?!mañana|hoy|luego|el |a"
            r" las)(?P<value>.+)"
        ),
    ),
)
_STRONG = (
    r"(?:p ?[1-4]|(?:muy |lo más )?(?:urgente|importante|prioritari[oa])|(?:de |con )?prioridad (?:alta"
    r"|baja|media"
    r"|normal"
    r"|máxima|p?[1-4])|(?:alta|baja|máxima) prioridad|no (?:tan |muy )?(?:urgente|importante)|(?:más|menos)"
    r" (?:urgente|importante))"
)
_LEVEL = r"(?:p?[1-4]|alta|baja|media|normal|máxima|mínima|urgente)"
PRIORITIES = (
    *phrases(
        "priority",
        *loosely(
            r"(?P<title>.+?) (?:es|tiene|pasa a ser|pasa a|será)(?: ahora)? (?P<value>p ?[1-4])(?: ahora)?",
            r"(?:cambia|pasa|sube|baja|mueve) (?P<title>.+?) (?:a|en) (?P<value>p ?[1-4])",
        ),
    ),
    *phrases(
        "priority",
        *loosely(
            rf"(?:marca|pon|ponle|haz|convierte) (?P<title>.+?) (?:(?:como|en|a|con) )?(?P<value>{_STRONG})",
            rf"(?:pon|márca|marca|haz)l[oa] (?:(?:como|en|a|con) )?(?P<value>{_STRONG})",
            rf"(?:pon(?:le)?|dale) (?P<value>{_STRONG}) {OF}(?P<title>.+)",
            rf"(?:cambia|pon|sube|baja) la prioridad {OF}(?P<title>.+?) (?:a|en) (?P<value>{_LEVEL})",
        ),
    ),
    *phrases(
        "not_urgent",
        *loosely(
            r"(?P<title>(?!(?:ya )?no es\b).+?) (?:ya )?no es (?:tan |muy )?(?:urgente|importante"
            r"|prioritari[oa])"
            r"|(?:ya )?no es (?:tan |muy )?(?:urgente|importante|prioritari[oa])",
            (
                r"(?P<title>.+?) (?:ya )?no (?:corre (?:tanta )?prisa|urge)|(?:ya )?no (?:corre (?:tanta"
                r" )?prisa|urge)"
            ),
        ),
        sure=False,
    ),
    *phrases(
        "priority",
        *loosely(
            (
                rf"(?:eso )?es (?:muy |súper |súper )?(?P<value>{_STRONG})|(?P<title2>.+?) "
                r"(?P<value2>corre prisa|urge)"
            ),
            rf"(?P<title>.+?) (?:es|tiene|pasa a ser)(?: ahora)? (?P<value>{_STRONG})",
        ),
        sure=False,
    ),
    *phrases(
        "higher",
        *loosely(rf"(?:sube|aumenta)(?:le)? la prioridad {OF}(?P<title>.+)"),
    ),
    *phrases(
        "lower",
        *loosely(rf"(?:baja|reduce)(?:le)? la prioridad {OF}(?P<title>.+)"),
    ),
)
BARE_PRIORITIES = phrases("priority", r"(?P<title>.+?) (?:a|en|->|→) (?P<value>p ?[1-4])", sure=False)
ESTIMATES = (
    *phrases(
        "minutes",
        *loosely(rf"(?:pon|cambia) la duración {OF}(?P<title>.+?) (?:a|en) (?P<value>.+)"),
    ),
    *phrases(
        "minutes",
        *loosely(
            r"(?P<title>.+?) (?:me )?(?:dura|durará|tarda|tardará|lleva|llevará|toma|tomará|necesita"
            r"|requiere)"
            r" (?P<value>.+)",
            r"necesito (?P<value>.+?) para (?P<title>.+)",
            r"(?:tardaré|tardo) (?P<value>.+?) (?:en|con) (?P<title>.+)",
            r"(?:son|serán) (?P<value>.+)",
            r"(?:dura|durará|tarda|tardará|lleva|llevará) (?P<value>.+)",
        ),
        sure=False,
    ),
)
