"""Requests about a task on the list in Spanish: "mueve el dentista al viernes", "borra la tarea del banco".

Patterns for ``core/words/change_phrases.py``, ``field_phrases.py`` and ``removals.py``, by what they change.
Those with IF_IT_FITS in their names may be a to-do or talk as well. Accents may be omitted (``loosely``).

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

_CAN_YOU = r"(?:puedes|podrías|puede|podría) "
_OF = r"(?:de la |de los |del |de |a la |al |a )"
_TAG = r"[#@][^\W\d_][\w/-]*"
_TAGS = rf"{_TAG}(?:(?:,| y)? {_TAG})*"
_STRONG = (
    r"(?:p ?[1-4]|(?:muy )?(?:urgente|importante|prioritari[oa])|(?:de |con )?prioridad (?:alta|baja|media"
    r"|normal"
    r"|máxima|p?[1-4])|(?:alta|baja|máxima) prioridad|no (?:tan |muy )?(?:urgente|importante)|(?:más|menos)"
    r" (?:urgente|importante))"
)
_LEVEL = r"(?:p?[1-4]|alta|baja|media|normal|máxima|mínima|urgente)"

(DATE_JOINTS,) = loosely(
    r"(?= al \d)| (?:al|a|para(?: el| la)?|hasta(?: el| la)?)(?= )"
    r"|(?= (?:una?|media|\d+|dos|tres|cuatro|unos|unas|el|mañana|hoy|pasado mañana|la semana|este|esta) )"
    r"|(?= (?:mañana|hoy)$)"
)
MOVE_JOINTS = r"(?= al \d)| (?:al|a|para(?: el| la)?|hasta(?: el| la)?)(?= )"
MOVES_OF_DATES = loosely(rf"(?:cambia|pon)(?:le)? (?:la fecha|la hora|el día) {_OF}(?P<rest>.+)")
MOVES = loosely(r"(?:mueve|cambia|traslada) (?P<rest>.+)")
DATES = loosely(
    r"(?:aplaza|pospón|posterga|atrasa|retrasa|adelanta|reprograma) (?P<rest>.+)",
    rf"{_CAN_YOU}(?:mover|pasar|cambiar|aplazar|posponer|retrasar|adelantar|reprogramar) (?P<rest>.+)",
)
DELAYS_OF_IT = loosely(r"(?:pospón|apláza|retrása|atrása|postérga)l[oa] (?P<value>.+)")
DATES_OF_IT = loosely(
    r"(?:muéve|pása|cámbia|apláza|pospón|postérga|retrása|reprográma|pón)l[oa] (?:para |hasta )?"
    r"(?:el (?=\w)|al? (?!las? )|(?=a las? ))?(?P<value>.+)"
)
DATES_SET = loosely(r"(?:pon|mueve|pasa|cambia) (?P<rest>.+)")
DATES_IF_IT_FITS = loosely(
    r"(?P<title>.+?) (?:es|será|está|queda) (?:ahora|finalmente|mejor|al final) (?P<value>.+)",
    r"(?P<title>.+?) (?:se (?:ha )?(?:aplazado|aplaza|movió|pospuso|pospone|retrasa)) (?:al? |para (?:el"
    r" )?)?(?P<value>.+)",
)
PATCHES = loosely(r"(?:edita|cambia|modifica) (?P<title>[^:]+) ?: (?P<value>.+)")
RULE_JOINTS = r" (?=(?:cada|todos|todas)\b)"
RULES = loosely(r"repite (?P<rest>.+)", r"haz que (?P<title>.+?) se repita (?P<value>.+)")
RULES_IF_THEY_FIT = loosely(r"(?P<title>.+?) se repite (?P<value>.+)")
NO_DATES = loosely(
    rf"(?:quita|borra|elimina|quítale|bórrale)(?:le)? la fecha (?:límite )?{_OF}(?P<title>.+)",
    r"sin fecha para (?P<title>.+)|(?P<title2>.+?) (?:no tiene|ya no tiene) fecha",
)
NO_REPEATS = loosely(
    r"(?:no repitas(?: más)?|deja de repetir) (?P<title>.+)|(?P<title2>.+?) (?:ya )?no se repite(?: más)?"
)
TITLES = loosely(
    r"renombra (?P<title>.+?) (?:a|como|por|en) (?P<value>.+)",
    r"renombra (?P<title>.+?) (?P<value>[\"“„«].+[\"”“»])",
    rf"(?:cambia|cámbiale)(?:le)? el (?:nombre|título) {_OF}(?P<title>.+?) (?:a|por|en) (?P<value>.+)",
    rf"{_CAN_YOU}(?:renombrar|cambiar el nombre {_OF}) ?(?P<title>.+?) (?:a|por|en) (?P<value>.+)",
)
CALLED = loosely(
    r"(?:llámal[oa]|nómbral[oa]|renómbral[oa]) (?:mejor )?(?:a |como )?(?!mañana|hoy|luego|el |a"
    r" las)(?P<value>.+)"
)
PRIORITIES = loosely(
    rf"(?:marca|pon|ponle|haz|convierte) (?P<title>.+?) (?:(?:como|en|a|con) )?(?P<value>{_STRONG})",
    rf"(?:pon|márca|marca|haz)l[oa] (?:(?:como|en|a|con) )?(?P<value>{_STRONG})",
    rf"(?:pon(?:le)?|dale) (?P<value>{_STRONG}) {_OF}(?P<title>.+)",
    rf"(?:cambia|pon|sube|baja) la prioridad {_OF}(?P<title>.+?) (?:a|en) (?P<value>{_LEVEL})",
)
PRIORITIES_IF_THEY_FIT = loosely(rf"(?P<title>.+?) (?:es|tiene|pasa a ser)(?: ahora)? (?P<value>{_STRONG})")
NOT_URGENT = loosely(
    r"(?P<title>(?!(?:ya )?no es\b).+?) (?:ya )?no es (?:tan |muy )?(?:urgente|importante|prioritari[oa])"
    r"|(?:ya )?no es (?:tan |muy )?(?:urgente|importante|prioritari[oa])"
)
HIGHER = loosely(rf"(?:sube|aumenta)(?:le)? la prioridad {_OF}(?P<title>.+)")
LOWER = loosely(rf"(?:baja|reduce)(?:le)? la prioridad {_OF}(?P<title>.+)")
ESTIMATES = loosely(rf"(?:pon|cambia) la duración {_OF}(?P<title>.+?) (?:a|en) (?P<value>.+)")
ESTIMATES_IF_THEY_FIT = loosely(
    r"(?P<title>.+?) (?:me )?(?:dura|durará|tarda|tardará|lleva|llevará|toma|tomará|necesita|requiere)"
    r" (?P<value>.+)",
    r"necesito (?P<value>.+?) para (?P<title>.+)",
    r"(?:dura|durará|tarda|tardará|lleva|llevará) (?P<value>.+)",
)
UNLABELS = loosely(
    rf"(?:quita|elimina|borra)(?:le)? (?:la etiqueta |las etiquetas )?(?P<value>{_TAGS}) {_OF}(?P<title>.+)"
)
LABELS = loosely(
    rf"(?:añade|pon|agrega|ponle|añádele)(?:le)? (?:la etiqueta |las etiquetas )?(?P<value>{_TAGS})"
    rf" {_OF}(?P<title>.+)",
    rf"(?:etiqueta|marca) (?P<title>.+?) (?:con |como )?(?P<value>{_TAGS})",
)
NO_PROJECTS = loosely(r"(?:saca|quita) (?P<title>.+?) del proyecto(?: \S+)?")
PROJECTS = loosely(
    r"(?:pon|mueve|mete|añade|pasa) (?P<title>.+?) (?:en el|al|en) proyecto (?P<value>.+)",
    r"(?P<title>.+?) (?:es|forma parte) del proyecto (?P<value>.+)",
)
NO_NOTES = loosely(rf"(?:quita|borra|elimina)(?:le)? (?:la nota|las notas) {_OF}(?P<title>.+)")
NOTES = loosely(
    r"(?:añade|agrega|pon)(?:le)? (?:una |la |esta )?nota (?:a la |al |a |en el |en la |en )(?P<title>.+?)"
    r" ?: ?(?P<value>.+)"
)

# --- Removals: the only group of a pattern is the task -----------------------------------------------------

_REMOVE = r"(?:borra|elimina|quita|tacha|suprime)"
_TO_REMOVE = rf"{_CAN_YOU}(?:borrar|eliminar|quitar|tachar|suprimir)"
FROM_LIST = loosely(
    rf"(?:{_REMOVE}|saca|{_TO_REMOVE}) (.+?) de (?:la|mi|tu|mis) (?:lista|tareas)(?: de (?:tareas|la"
    rf" compra|compras))?"
)
DELETE = loosely(rf"(?:{_REMOVE}|{_TO_REMOVE}) (.+)", r"(?:bórra|elimína|quíta|táchá?)(l[oa])")
CANCEL = loosely(rf"(?:cancela|anula|descarta|{_CAN_YOU}cancelar) (.+)", r"(?:cancéla|anúla|descárta)(l[oa])")
FOR_IT = loosely(
    r"ya no (?:tengo que|necesito|hace falta|quiero) (.+)|(.+?) ya no (?:es necesari[oa]|hace falta|importa)",
    r"(.+?) (?:está|queda|fue|se ha|ha sido) (?:cancelad[oa]|anulad[oa])|(.+?) se canceló",
)
FORGET = loosely(r"olvídate de (.+)|olvida (?=.*tarea)(.+)")

# --- How people name a task, and values ---------------------------------------------------------------------

IT = loosely(r"lo|eso|esto|(?:esta|esa|la)(?: última)? tarea|ese recordatorio")
TASK_NAMED = loosely(
    r"(?:la |mi |el )?(?:tarea|recordatorio)(?: llamad[oa])?(?: ?:| del?(?: la)?(?= ))? ?(.+)"
)
ARTICLES = "|el |los |las |mi |mis |esta |este |ese |esa |lo de(?:l| la)? "
SEVERAL = (
    "|algún|alguna|algunos|algunas|cada|todo|todos|toda|todas|otro|otra|unos|unas|nada|yo|él|ella|ellos|te|tú"
)
ALL_OF = (
    r"|(?:(?:mi|mis|el|los|la|las|tu|tus|todos|todas|toda|todo) )*(?:cuenta|datos|perfil|historial|tareas"
    r"|lista"
    r"|recordatorios|mensajes|todo)"
)
NO_DATE = loosely(r"sin fecha|ninguna(?: fecha)?|algún día|(?:quita|borra) la fecha")
NO_REPEAT = loosely(r"(?:ya )?no (?:se )?repet?ir|sin repetición|(?:sólo |solo )?una (?:sola )?vez")
DELAYS = loosely(r"(?P<mas_tarde>.+) (?:más tarde|después)")
INSTEAD = loosely(r"mejor (?P<mejor>.+)|(?P<lugar>.+?) (?:en (?:lugar|vez) de .+|mejor)")
HIGH = loosely(
    r"(?:muy )?(?:urgente|importante)|(?:de |con )?(?:prioridad )?(?:alta|máxima)|alta prioridad"
    r"|prioritari[oa]"
)
MEDIUM = loosely(r"media")
LOW = loosely(r"(?:prioridad )?(?:baja|normal|mínima)|ninguna|no (?:tan |muy )?(?:urgente|importante)")
RAISED, LOWERED = loosely(r"más (?:urgente|importante)"), loosely(r"menos (?:urgente|importante)")
STOP_WORDS = "el los un una unos unas del al y con mi mis tu en por para lo"

# --- Clauses of a change ("viernes, prioridad alta"), and what is counted from the completion ---------------

NO = "sin"
RANKS = r"urgente|prioridad (?:alta|baja|media|normal|m[áa]xima|p?[1-4])|(?:alta|baja|m[áa]xima) prioridad"
TAKES = r"durar?[áa]?|tardar?[áa]?|llevar?[áa]?|duraci[óo]n:?"
AFTER_DONE = loosely(
    r"(?:después de|tras) (?:(?:haber)?l[oa] (?:hecho|terminado|completado)"
    r"|(?:hacer|terminar|completar|acabar|haber)l[oa](?: (?:hecho|terminado|completado))?)"
    r"|(?:desde|después de) (?:que )?(?:la última vez|lo haga|lo hice|esté hech[oa])"
)
