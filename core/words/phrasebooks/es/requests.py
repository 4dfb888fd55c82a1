"""What people ask oO in Spanish to do with a task; ``core/words/phrasebooks/en/requests.py`` explains.

Accents may be omitted (``loosely``).

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.es.parts import CAN_YOU

# --- Removals: the only group of a pattern is the task -----------------------------------------------------

_REMOVE = r"(?:borra|elimina|quita|tacha|suprime)"
_TO_REMOVE = rf"{CAN_YOU}(?:borrar|eliminar|quitar|tachar|suprimir)"
FROM_LIST = loosely(
    rf"(?:{_REMOVE}|saca|{_TO_REMOVE}) (.+?) de (?:la|mi|tu|mis) (?:lista|tareas)(?: de (?:tareas|la"
    rf" compra|compras))?"
)
DELETE = loosely(rf"(?:{_REMOVE}|{_TO_REMOVE}) (.+)", r"(?:bórra|elimína|quíta|táchá?)(l[oa])")
CANCEL = loosely(rf"(?:cancela|anula|descarta|{CAN_YOU}cancelar) (.+)", r"(?:cancéla|anúla|descárta)(l[oa])")
_SE_CANCELA = (
    r"(?:se (?:canceló|anuló|suspendió|ha (?:cancelado|anulado|suspendido))"
    r"|(?:me |nos )?(?:han|ha) (?:cancelado|anulado|suspendido)|(?:me |nos )?(?:cancel|anul)aron)"
)
FOR_IT = loosely(
    r"ya no (?:tengo que|necesito|hace falta|quiero) (.+)|(.+?) ya no (?:es necesari[oa]|hace falta|importa)",
    r"(.+?) (?:está|queda|fue|se ha|ha sido) (?:cancelad[oa]|anulad[oa])|(.+?) se canceló",
    rf"{_SE_CANCELA} (.+)",
)
FORGET = loosely(r"olvídate de (.+)|olvida (?=.*tarea)(.+)")

_AVISO = r"(?:(?:el|ese|este|mi|su|último) )*(?:recordatorio|aviso)"
_DE = "(?:del|de la|de los|de las|de|para|sobre)"
_PARA = "(?:borra|elimina|quita|cancela|anula|suprime|desactiva|para|detén|apaga)"
_PARAR = "(?:borrar|eliminar|quitar|cancelar|anular|suprimir|desactivar|parar|apagar)"
END_REMINDER = loosely(
    rf"(?:{_PARA}|{CAN_YOU}{_PARAR}) {_AVISO}",
    rf"(?:{_PARA}|{CAN_YOU}{_PARAR}) {_AVISO} {_DE} (.+)",
    rf"(?:sin|ningún) (?:recordatorio|aviso)(?: {_DE} (.+))?",
    rf"(?:ya )?no (?:necesito|quiero|hace falta) {_AVISO}(?: {_DE} (.+))?",
)
END_REMINDERS = loosely(
    rf"(?:{_PARA}|{CAN_YOU}{_PARAR}) (?:(?:todos|mis|los|esos) )*(?:recordatorios|avisos)"
)
NO_REMINDER = loosely(
    r"(?:ya )?no me (?:recuerdes|avises)(?: más)? (?:de lo |lo |de |del |sobre )?(.+)",
    r"(?:deja de|no hace falta) (?:recordarme|avisarme)(?: de| del| sobre)? (.+)",
    r"(?:ya )?no me (?:lo )?(?:recuerdes|avises)(?: más)?|deja de recordármelo|no me recuerdes más eso",
)

I_WANT_TO = r"quiero|quisiera|me gustaría"
NO_LONGER = "ya no"

# --- Moves that name no usable date, and a time that is left out -------------------------------------------

_MOVE = "(?:aplaza|pospón|posterga|atrasa|retrasa|reprograma|adelanta)"
MOVE = loosely(
    r"recuérdame (?:otra vez )?(?:más tarde|luego|después|en otro momento)"
    r" (?:lo de |de |lo del |lo de la )?(.+)",
    r"recuérdame (?:lo de |lo del )?(.+?) (?:más tarde|luego|después|en otro momento)",
    rf"{_MOVE} (.+)",
    rf"{CAN_YOU}(?:aplazar|posponer|retrasar|reprogramar) (.+)",
)
CAN_WAIT = loosely(r"(.+?) (?:puede|pueden|tiene que|tendrá que) esperar")
_UNA_VEZ = r"(?: (?:hoy|mañana|esta (?:vez|semana)|la próxima vez))?"
SKIP = loosely(
    rf"(?:salta(?:r|te)?|sáltate|omite|saltarme|omitir) (?:el próximo |la próxima )?(.+?){_UNA_VEZ}",
    r"sin (.+?) (?:hoy|mañana|esta semana)",
)
OFF_ONCE = loosely(
    r"(?:hoy|mañana) no hay (.+)|no hay (.+?) (?:hoy|mañana)",
    (
        r"(.+?) (?:está|queda|fue|se ha|ha sido) (?:cancelad[oa]|anulad[oa])(?: (?:hoy|mañana))?"
        r"|(.+?) se canceló"
    ),
    rf"{_SE_CANCELA} (.+?)(?: (?:hoy|mañana))?",
)
SAYS_TODAY, SAYS_TOMORROW = "hoy", "mañana"
BEFORE_A_DATE = r"(?:al|a(?= las? )|para(?: el| la)?|hasta(?: el| la)?)(?: |$)"
LIKE_A_DATE = "ayer|pasad[oa]|nunca|luego|pronto|febrero|mediodía|tarde|noche|madrugada"
EVERYTHING = "todo|(?:tod[oa]s )?(?:(?:las|los|mis) )*(?:tareas|pendientes)"

# --- The whole list ----------------------------------------------------------------------------------------

BARE_ALL = "todo"
_DE_LISTA = "(?: (?:de|en) (?:la|mi) lista)?"
(_ATRASADO,) = loosely(
    r"(?:todo )?lo (?:que (?:está|hay) )?(?P<late>atrasado|vencido|retrasado)"
    r"|(?:tod[oa]s )?(?:(?:las|los|mis) )+(?:que están )?(?P<late2>(?:atrasad|vencid|retrasad)[oa]s)"
)
ALL_TASKS = (
    rf"(?:(?:{_ATRASADO})|(?P<all>(?:{BARE_ALL})(?: lo que hay)?{_DE_LISTA})"
    r"|(?:todas )?(?:(?:las|mis) )*tareas(?: pendientes)?"
    r"(?: (?:que est[áa]n )?(?P<late3>atrasadas|vencidas|retrasadas))?"
    rf"{_DE_LISTA}|(?:toda )?(?:la|mi) lista(?: entera| completa| de tareas)?)"
    r"(?: (?:lo )?(?:de|del|para)(?: el| la)? (?P<scope>(?!mí\b).+?))?"
)
ALL_NAMED = r"tod[oa]s (?:(?:los|las|mis|nuestr[oa]s|es[oa]s|est[oa]s) )+(?P<title>.+?)"
BEFORE_A_SCOPE = "de|del|para|que est[áa]n"
REMOVE_ALL = loosely(
    r"(?:borra|elimina|quita|vacía|limpia|suprime)r? <all>",
    rf"{CAN_YOU}(?:borrar|eliminar|quitar|vaciar|limpiar|suprimir) <all>",
    r"vaciar <all>",
    r"(?:bórra|elimína|quíta)l[oa]s? <all>",
)
COMPLETE_ALL = loosely(
    r"(?:marca|da por|pon)(?:r)? <all> (?:como )?(?:hech[oa]s?|terminad[oa]s?|completad[oa]s?)",
    r"(?:completa|termina)r? (?!(?:la|mi) lista)<all>",
    r"(?:ya )?(?:hice|he hecho|terminé|he terminado) <all>",
    r"(?:ya )?está <all> (?:hecho|terminado|listo)",
    r"<all> (?:ya )?(?:está|están) (?:hech[oa]s?|terminad[oa]s?|list[oa]s?)",
)
_HASTA = "(?:a la|al|a|(?:para|hasta)(?: el)?)"
MOVE_ALL = loosely(
    rf"(?:aplaza|pospón|mueve|pasa|cambia|posterga|retrasa) <all> {_HASTA} (?P<to>.+)",
    rf"{CAN_YOU}(?:aplazar|posponer|mover|pasar|cambiar) <all> {_HASTA} (?P<to>.+)",
    r"(?:aplaza|pospón|retrasa) <all> (?P<by>(?:un|una|dos|tres|\d+) .+)",
)
BOTH_TASKS = "(?:las|los) dos(?: tareas)?|amb[oa]s(?: tareas)?"

# --- How people name a task, and values --------------------------------------------------------------------

IT = loosely(r"lo|eso|esto|(?:esta|esa|la)(?: última)? tarea|ese recordatorio")
TASK_NAMED = loosely(
    r"(?:la |mi |el )?(?:tarea|recordatorio)(?: llamad[oa])?(?: ?:| del?(?: la)?(?= ))? ?(.+)"
)
NAMES_IT = r"\w{3,}l[oa]\b"
FILLERS = ""
TO_A_DATE = "(?:al?|para)(?: (?:el|la))*"
FROM_A_DATE = "del?"
ARTICLES = (
    "(?:la |mi )?cita (?:del |con (?:el |la |mi )?|en el |de (?:la )?)"
    "|el |los |las |mi |mis |esta |este |ese |esa |lo de(?:l| la)? "
)
SOME = (
    "algún|alguna|algunos|algunas|cada|todo|todos|toda|todas|otro|otra|unos|unas|nada|yo|él|ella|ellos|te|tú"
)
NO_TASK = (
    "(?:(?:mi|mis|el|los|la|las|tu|tus|todos|todas|toda|todo) )*(?:cuenta|datos|perfil|historial|tareas|lista"
    "|recordatorios|mensajes|todo)"
)
STOP_WORDS = "el los un una unos unas del al y con mi mis tu en por para lo"

# --- Dates and recurrences as values -----------------------------------------------------------------------

NO_DATE = loosely(r"sin fecha|ninguna(?: fecha)?|algún día|(?:quita|borra) la fecha")
NO_REPEAT = loosely(r"(?:ya )?no (?:se )?repet?ir|sin repetición|(?:sólo |solo )?una (?:sola )?vez")
DELAYS = loosely(r"(?P<mas_tarde>.+) (?:más tarde|después)")
EARLIER = loosely(r"(?P<antes>.+) (?:antes|más temprano)")
INSTEAD = loosely(r"mejor (?P<mejor>.+)|(?P<lugar>.+?) (?:en (?:lugar|vez) de .+|mejor)")
HOURS_AT = "a las "
HOURS_OF_DAY = ""
MOVED_TO = r"al?|para(?: el| la)?|hasta(?: el| la)?"
TO_A_VALUE, UNTIL_A_VALUE = "al", r"a(?= las? )|para(?: el)?|hasta(?: el)?"
AFTER_DONE = loosely(
    r"(?:después de|tras) (?:(?:haber)?l[oa] (?:hecho|terminado|completado)"
    r"|(?:hacer|terminar|completar|acabar|haber)l[oa](?: (?:hecho|terminado|completado))?)"
    r"|(?:desde|después de) (?:que )?(?:la última vez|lo haga|lo hice|esté hech[oa])"
)
EVERY = "cada"
BEFORE_AMOUNTS = "cada los las"
COUNTS = "una|dos|tres|cuatro|cinco|seis|diez"
UNITS = "d[íi]as?|semanas?|mes(?:es)?|años?"

# --- Priorities --------------------------------------------------------------------------------------------

HIGH = loosely(
    r"(?:muy |lo más )?(?:urgente|importante)|(?:de |con )?(?:prioridad )?(?:alta|máxima)|alta prioridad"
    r"|prioritari[oa]|corre prisa|urge"
)
MEDIUM = loosely(r"media")
LOW = loosely(r"(?:prioridad )?(?:baja|normal|mínima)|ninguna|no (?:tan |muy )?(?:urgente|importante)")
RAISED, LOWERED = loosely(r"más (?:urgente|importante)"), loosely(r"menos (?:urgente|importante)")
PRIORITY_NAMES, OF_PRIORITY = "prioridad", "a "

# --- Clauses of a change -----------------------------------------------------------------------------------

BOTH = r"^tanto (?=.+ como )"
AND, THEN = "y", "luego|después"
NO = "sin"
LABEL_NAMES, PROJECT_NAMES, ESTIMATE_NAMES = "etiquetas?", "proyecto", "duración"
RANKS = r"urgente|prioridad (?:alta|baja|media|normal|m[áa]xima|p?[1-4])|(?:alta|baja|m[áa]xima) prioridad"
TAKES = r"durar?[áa]?|tardar?[áa]?|llevar?[áa]?|duraci[óo]n:?"
HOURS_AFTER_NUMBER = "minutos?"
NEW_TITLE = (
    (
        r"(?:renombra(?:r|rl[ao]|l[ao])?(?: (?:a|como|en))?|(?:nuevo )?(?:t[ií]tulo|nombre) ?:?"
        r"|ll[aá]mal[ao])"
        r"[ :]+(?P<es>.+)"
    ),
)
NOTE, NOTE_ADDED = "notas?", ""
NOTE_ARTICLES = "una|la"
NO_NOTES = (r"(?:sin|ninguna) notas?",)

# --- Places in a list, and several tasks or requests -------------------------------------------------------

ORDINALS = (
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "primer segundo tercer cuarto quinto sexto septimo octavo noveno decimo",
    "primera segunda tercera cuarta quinta sexta septima octava novena decima",
)
ORDINAL_ENDINGS = ""
LAST_ONE = "último última ultimo ultima"
BEFORE_PLACES, NUMBERED = "el|la|los|las", "tareas?|n[úu]meros?|n[°º]"
NUMBER_NAMES = ("uno dos tres cuatro cinco seis siete ocho nueve diez", "una")
FIRST_PLACES, LAST_PLACES = "<n> primer[oa]s|primer[oa]s <n>", "<n> [úu]ltim[oa]s|[úu]ltim[oa]s <n>"
NUMBER_ENDINGS = "[ºª]"
AFTER_PLACES = "tareas?|entradas?"
PLACES_DONE = (
    r"(?:completa|termina|acaba|tacha)(?:r)?|marca(?:r)? como (?:hech[oa]s?|completad[oa]s?|list[oa]s?)",
    r"(?:(?:es|está|esta|están|estan|ya) )*(?:hech[oa]s?|list[oa]s?)",
    r"(?:ya )?(?:hice|he hecho|termin[ée]|he terminado)",
)
BEFORE_NEW_DATES = "a al el para hasta"
AND_TASKS = "y|e|como|así como"
ALSO = "también|tambien|luego|después|despues|además|ademas"

# --- Splitting a task into steps ---------------------------------------------------------------------------

PIECES = "pasos?|partes?|trozos?|subtareas?"
SPLIT = (
    r"(?:divid(?:e|ir)|separar?|desglosar?|descomp[oó]n(?:er)?|part(?:e|ir)) (?P<title>.+?) en <pieces>",
    r"(?:desglosar?|dividir?|divide) (?P<title>.+)",
)
MAY_SPLIT = "divid|desglos|descomp|paso"
SPLIT_ASKED = "(?:puedes|podr[íi]as) |ay[úu]dame a |quiero "
SPLIT_IT = "esto|eso|lo"
SPLIT_ARTICLES = "(?:el|la|mi|tarea|del) "
SPLIT_TASK_AT_END, NEVER_SPLIT = "", ""
NO_STEPS = r"no,? gracias|cancelar?|nada|déjal[oa]|olv[íi]dal[oa]|ahora no"
STEP_THEN, STEP_AND, STEP_FIRST = "luego|después|más tarde", "y ", "primero"

# --- What `/token` is told ---------------------------------------------------------------------------------

NEW_ACCESS = "nuevo nueva crear"
REVOKE_ACCESS = "revocar borrar eliminar quitar"
ACCESS_TO_READ, ACCESS_TO_WRITE, ACCESS_TO_ALL = "leer", "escribir cambiar", "todo"
