"""How people wish in Spanish for a task; ``core/words/phrasebooks/en/wishes.py`` explains the constants.

Accents may be omitted (``loosely``).

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

_CAN_YOU = r"(?:(?:(?:me )?(?:puedes?|podrías?)|quiero que|necesito que) )?"
ASKED_FOR = r"(?:me )?(?:puedes?|podr[íi]as?)|me (?:apuntas|anotas|a[ñn]ades)"
_INFINITIVE = r"\w*(?:(?:a|e|i|í)r)(?:me|te|se|l[aeo]s?|nos)?"
_LIST = r"(?:a|en) (?:la|mi|tu) lista(?: de (?:tareas|la compra|compras|pendientes))?"

REMINDERS = loosely(
    rf"{_CAN_YOU}(?:recuérda(?:me(?:l[oa])?|nos)|recuérdeme|recordar(?:me|nos)|recordar|me recuerd[ae]s"
    r"|avísa(?:me|nos)|avisarme|hazme acordar)(?: por favor| porfa| otra vez| también)?",
    rf"{_CAN_YOU}(?:crea|pon|ponme|añade|agrega|programa|haz|crear|poner|añadir|programar)(?:me)?"
    r" (?:un |una )?(?:nuevo |nueva )?(?:recordatorio|alarma|aviso)",
    r"(?:no (?:te )?olvides(?: de)?) recordarme|(?:nuevo )?recordatorio(?=\s*[:,–-]|\s+(?:de|para|a|el"
    r"|mañana|hoy)\b)",
)
CONNECTORS = (
    *loosely(r"(?:(?:de )?que|de|del?|para(?: que)?|sobre|lo de|acerca de|con)[\s,:]+"),
    rf"(?={_INFINITIVE}\b)",
)
CLAUSE_CONNECTOR = r"que[\s,:]*$"
INFINITIVE_CLAUSE = ""
CLAUSE_JOINTS, NO_CLAUSE_FIRST = "", ""
AFTER_BARE_HOUR, LIST_JOINTS = "", "y"
LISTED_AND = r"y(?! (?:media|cuarto|pico|cinco|diez|veinte|veinticinco|5|10|20|25)\b)"
"""Not within a time of day: "a las nueve y media el viernes"."""
FOR_A_TIME, AROUND, SOME_TIME = "", "", ""

# --- Reminders at a time that cannot be --------------------------------------------------------------------

PAST_DAYS = "(?:ante)?ayer|anoche|la semana pasada"
IN_AN_AMOUNT, MINUS, ZERO = "en|dentro de", "menos", "cero"
UNITS_OF_TIME = r"segundos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?"
AT_A_CLOCK_TIME = ""
SURELY_AT = "(?:sobre |a )las?"
OF_A_MONTH = "de|del"

# --- Wishes without a reminder -----------------------------------------------------------------------------

_SIN_NOMBRE = r"(?:(?:una?|otr[oa]|nuev[oa]) )*(?:tareas?|recordatorios?|algo|cosa)(?: (?:más|nuevo))?"
ALONE = loosely(
    rf"(?:recuérdame|{_CAN_YOU}(?:recuérdame|recordarme))(?: (?:de|que|algo))?",
    (
        rf"(?:(?:quiero|quisiera|me gustaría|necesito|tengo que) |{_CAN_YOU})"
        r"(?:añade|agrega|crea|pon|apunta|anota|añadir|agregar|crear|poner|apuntar|anotar)(?:me)?"
        rf"(?: {_SIN_NOMBRE})?(?: {_LIST})?(?: (?:para )?(.+))?"
    ),
    r"(?:nueva|otra) tarea(?: (?:para )?(.+))?|(?:nuevo|otro) recordatorio(?: (?:para )?(.+))?",
)
"""The group is a time."""
TASK_LABELS, NEW_TASKS = "(?:nueva )?tarea|pendiente|por hacer|nota", "nueva tarea"
TO_DO = loosely(
    rf"{_CAN_YOU}(?:crea|añade|agrega|haz|apunta|anota|crear|añadir)(?:me)? (?:una |la |otra )?"
    r"(?:nueva )?tarea(?: de| para| que diga)?:? (?P<crea>.+)",
    r"(?:no (?:te )?olvid(?:es|e)|no olvidar(?:me)?|que no se me olvide|no (?:me )?dejes olvidar"
    r"|no (?:puedo|debo|quiero) olvidar(?:me)?|acuérdate|acordarme)(?: ?:)?(?: del?)?(?: que)? "
    r"(?P<olvides>.+)",
    rf"recuerda (?P<recuerda>{_INFINITIVE}\b.*)|asegúrate de (?:que )?(?P<asegura>.+)",
)
ALSO = "también|tambien"
TO_LIST = loosely(
    rf"{_CAN_YOU}(?:añade|agrega|apunta|anota|pon) {_LIST}:? (?P<a_lista>.+)",
    rf"(?:apúntame|anótame|agéndame|añádeme|me (?:apuntas|anotas|añades)):? (?P<apuntame>.+?)(?: {_LIST})?",
    rf"{_CAN_YOU}(?:añade|agrega|apunta|anota|incluye|añadir|agregar|apuntar|anotar)(?:me)?:? (?P<anade>.+?)"
    rf"(?: {_LIST})?",
    rf"{_CAN_YOU}(?:pon|mete|poner|meter|ponme) (?P<pon>.+?) {_LIST}",
)
_ADVERBS = r"(?:(?:también|todavía|aún|sólo|solo|urgentemente|sin falta) )*"
NEEDS = (
    (
        r"(?:necesito|necesitamos|(?:me|nos) faltan?|(?:nos )?hacen? falta) (?:más )?"
        r"(?P<necesito>(?!ayuda|tiempo|descansar|que"
        r"|dormir|consejos?|una? (?:descanso|consejo|idea|momento|minuto)|algo|nada"
        r"|\w+[aei]r\b)(?:\S+ ?){1,4})"
    ),
)
NO_THINGS = (
    r"café|té|cerveza|vino|sueño|descanso|calma|silencio|vacaciones|amor|amig[oa]s?|trabajo|apoyo|atención"
    r"|respuestas?|información|terapia|aire|energía|fuerzas?|suerte|ánimo|paciencia|dinero|días?|semana"
    r"|horas?"
    r"|minutos?|abrazos?|nada|no|mi|mis|tu|tus|saber|comida|un beso"
)
ALSO_ADD = r"(?:y )?(?:también|tambien|además|ademas)"
GIVING, A_THING = "", ""
FAMILY = "a mamá|a papá|al abuelo|a la abuela"
TIMES_A_DAY = (
    r"(?P<count>\d|tres|cuatro|cinco|seis) veces (?:al|por) d[íi]a|(?P<twice>dos veces) (?:al|por) d[íi]a"
)
EVERY_HOURS = r"cada (?P<hours>(?:\d{1,2}|dos|tres|cuatro|seis|ocho|doce) (?:horas|h))|cada (?P<one>hora)"
TO_A_DAY = "al?|para(?: el)?"
HAVE_TO = loosely(
    rf"{_ADVERBS}(?:tengo|tenemos|tendría|tendré|hay|habría) (?:que|q|k) {_ADVERBS}(?P<tengo>.+)",
    rf"(?:debo|debería|debemos|necesito|necesitamos|me toca|hace falta|me hace falta)(?: de)? {_ADVERBS}"
    rf"(?P<debo>{_INFINITIVE}\b.*)",
)
TALK = loosely(
    r"(?:irme|dormir|descansar|trabajar|pensar(?:lo)?|comer|parar|seguir|salir)(?: ya| ahora| pronto| un"
    r" poco| más)*",
    r"(?:decir|admitir|reconocer|saber|ser|estar|confesar|entender|ver(?:te|lo)|decir(?:te|le|lo)|ir al baño"
    r"|ir a (?:dormir|la cama))\b.*",
)
WOULD_LIKE = loosely(
    rf"(?:quiero|quisiera|querría|me gustaría) (?P<quiero>{_INFINITIVE}\b.*)",
)
NEXT_DAYS = "hoy mañana manana"
VISITS = (
    r"dentista|m[eé]dico|doctora?|veterinario|peluquer[oa]|peluquer[ií]a|fisio|masaje|cita|reuni[oó]n"
    r"|entrevista"
    r"|almuerzo|cena|comida"
)
_NADIE = (
    r"(?:yo|tú|ella|ellos|ellas|nadie|que|quién|quien|cuándo|cuando|qué|si|no|se|la (?:semana|próxima)|hoy"
    r"|(?:pasado )?mañana|(?:el )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|\d+|mes|año))\b"
)
APPOINTMENT = loosely(
    r"(?:tengo|tenemos|hay|pon(?:me)?) (?:una? |el |la |mi )?(?P<cita>(?:cita|reunión|entrevista|clase|examen"
    r"|dentista|médico|cena"
    r"|comida|vuelo"
    r"|llamada|consulta|partido|fiesta|boda|ensayo|turno|hora)\b.*)",
    r"(?:el |la |mi )?(?P<es_evento>(?:cita|reunión|entrevista|clase|examen|cena|comida|vuelo|partido|fiesta"
    r"|boda|ensayo|turno|cumpleaños|concierto)(?: \w+){0,4}?) (?:es|empieza)(?P<es_cuando> .+)",
    r"es (?:el )?(?P<es_es_cumple>(?:cumpleaños|cumple|santo|aniversario) de .+)",
    rf"(?P<es_viene>(?!{_NADIE})(?:\S+ ){{1,4}}(?:viene|vienen)\b.*)",
)
NO_DEED = r"(?:no|parar|pausar|dormir|descansar|estar|ser|tener|dejar de|saber|ver mis)\b.*"
WAKE = loosely(
    r"despiérta(?:me|nos) (?P<es>.+)",
    r"pon(?:me)? (?:una |la )?alarma (?:para )?(?P<despertador>.+)",
    r"(?:pon(?:me)? )?(?:un |el )?temporizador (?:de |para )?(?P<temporizador>.+)",
)
WAKING = {"es": "despertarse", "despertador": "alarma", "temporizador": "temporizador"}
TIMERS = {"temporizador": "dentro de "}

BEFORE, AFTER_BEFORE = "antes", r"(?:de (?:la |los |mi )?|del )"
_REMIND_ME = r"(?:(?:recuérda|avísa)me(?:l[oa])?|(?:recordár|avisár)me(?:l[oa])?)"
_PLAZO = (
    r"(?:(?:una?|dos|tres|cuatro|cinco|diez|quince|veinte|treinta|\d+) ?(?:minutos?|min|horas?|h|días?"
    r"|semanas?)|media hora|un cuarto de hora)"
)
_DEL = r"(?:el |la |los |las |mi |del |de la |lo del? (?:la )?)"
_EL_DIA_ANTES = r"(?:la víspera|(?:el|un) día (?:anterior|de antes|antes))"
BEFORE_A_TASK = loosely(
    (
        rf"{_CAN_YOU}{_REMIND_ME} {_DEL}(?P<es_luego_task>.+?)(?: con)? (?P<es_luego>{_PLAZO})"
        r" (?:antes|de antelación)"
    ),
    (
        rf"{_CAN_YOU}{_REMIND_ME} {_DEL}(?P<es_vispera2_task>(?!día|víspera).+?)"
        rf" (?P<es_vispera2>{_EL_DIA_ANTES})"
    ),
    rf"{_CAN_YOU}{_REMIND_ME}(?: otra vez)?(?: con)? (?P<es>.+?) (?:antes|de antelación)"
    r"(?: (?:de (?:la |mi )?|del )(?P<es_task>.+))?",
    rf"{_CAN_YOU}{_REMIND_ME}(?: otra vez)? (?P<es_vispera>la víspera|(?:el|un) día (?:anterior|de antes))"
    r"(?: (?:de (?:la |mi )?|del |al? )(?P<es_vispera_task>.+))?",
)

INVERTED = (
    (
        (
            r"(viene|vienen) ((?:el|la|los|las|un|una|mi|mis) .+?|[^\W\d_]+)"
            r"(?= (?:a|para|por|con|sobre|desde|entre|de)\b|$)"
        ),
        r"\2 \1",
    ),
)

QUESTION = r"qu[ée] |cu[áa]ndo|d[óo]nde|qui[ée]n|por qu[ée]|c[óo]mo|cu[áa]l(?:es)?|cu[áa]nt[oa]s?"
ABOUT_IT, AFTER_IT = "de|a", ""
NOT_A_TASK = "eso|esto|lo|algo|nada|todo|más tarde|mas tarde|luego|mí|otra vez"
NESTED = (
    r"(?:que )?(?:tengo que|debo|debería|necesito|hay que) (?=\w+(?:a|e|i|í)r)|(?:de |que )(?=\w+(?:ar|er"
    r"|ir)\b)"
    r"|no olvidar (?=\w)|que (?=no olvide\b)"
)

PLAINER: tuple[tuple[str, str], ...] = ()
AS_A_TASK: tuple[tuple[str, str], ...] = ()
INFINITIVES = {
    "beba": "beber", "haga": "hacer", "vaya": "ir", "ponga": "poner", "traiga": "traer", "lea": "leer",
    "escriba": "escribir", "vea": "ver", "venga": "venir", "salga": "salir", "recoja": "recoger",
    "coma": "comer", "corra": "correr", "venda": "vender", "responda": "responder", "pida": "pedir",
    "suba": "subir", "abra": "abrir", "devuelva": "devolver", "mueva": "mover", "consiga": "conseguir",
    "coja": "coger", "barra": "barrer", "lleve": "llevar", "riegue": "regar", "cierre": "cerrar",
    "encienda": "encender", "meta": "meter", "imprima": "imprimir", "decida": "decidir", "prenda": "prender",
    "compruebe": "comprobar", "pruebe": "probar", "cuelgue": "colgar", "friegue": "fregar", "dé": "dar",
    "empiece": "empezar", "almuerce": "almorzar", "tienda": "tender", "duerma": "dormir",
    "asista": "asistir", "comience": "comenzar", "aprenda": "aprender", "ofrezca": "ofrecer",
}  # fmt: skip
"""Subjunctives whose infinitive does not follow from their ending, by the next constant."""

INFINITIVE_ENDINGS = (("gue", "gar"), ("que", "car"), ("ce", "zar"), ("e", "ar"))
"""Of *pague*, *saque*, *organice*, *llame*."""
PRONOUNS = "me"

# --- Leads -------------------------------------------------------------------------------------------------

ONE_UNIT = r"(?:el|la) (?=d[íi]a|semana|hora)"
NAMED_LEADS = {"es_vispera": "1 day", "es_vispera2": "1 day"}
LEAD_BEFORE = "antes|con antelación"
TIME_BEFORE = {
    "evening": "la (?:noche|tarde) (?:anterior|de antes|antes)",
    "day": "(?:el|un) d[íi]a (?:anterior|de antes|antes)|la v[íi]spera",
    "morning": "(?:esa misma|la misma) ma[ñn]ana",
}
SO = "as[íi] que|por eso|entonces|pero|por favor"
NO_SECOND_WISH_AFTER = "de a que quien él ella no para dijo"
LEAD_OF_EACH, LEAD_TASKS = "de cada|de todas las", "tareas?"
LEAD_FOR_ME, LEAD_ALWAYS = "", "siempre"
_TAREAS = "(?:tareas?|citas?|cosas?|reuniones|reunión)"
_TODO = rf"(?:todo|cada {_TAREAS}|tod[ao]s (?:las|los|mis) {_TAREAS})"
_SIEMPRE = "(?:(?:recuérda|avísa)me siempre|siempre (?:recuérda|avísa)me)"
LEAD_OF_ALL = loosely(
    rf"{_CAN_YOU}(?:recuérda|avísa)me(?: siempre)?(?: con)? (.+?) antes de {_TODO}",
    rf"{_CAN_YOU}(?:recuérda|avísa)me(?: siempre)? (?:de )?{_TODO}(?: con)? (.+? (?:antes|de antelación))",
    rf"{_CAN_YOU}(?:recuérda|avísa)me(?: siempre)? {_TODO} (a la hora)",
    rf"{_CAN_YOU}{_SIEMPRE}(?: con)? (.+? (?:antes|de antelación))|{_CAN_YOU}(?:recuérda|avísa)me {_TODO}",
)
NO_LEAD_OF_ALL = loosely(
    rf"(?:no me (?:recuerdes|avises)(?: más| siempre)?|(?:sin|no más) recordatorios)(?: (?:de )?{_TODO})?"
    rf"(?: (.+))? (?:antes(?: de {_TODO})?|de antelación)",
)
AT_THE_TIME = "a la hora|puntual"

# --- Lists of tasks ----------------------------------------------------------------------------------------

TASKS_FOLLOW = loosely(
    r"(?:(?:mis|nuevas|las) )?(?:tareas|pendientes|recordatorios)|mi lista|por hacer|añade|agrega|apunta"
    r"|recuérdame|tengo que"
)
LETTER_BEGINS = r"hola|querid[oa]s?|estimad[oa]s?|gracias|saludos"
LETTER_LINES = (r"un saludo.*|atentamente.*|s[íi]|no|vale",)
SHOPPING_LISTS = "(?:(?:lista de (?:la )?|hacer la )?compras?|supermercado|(?:para )?comprar|súper)"
AGAIN = "otra vez "
AT_AN_HOUR = ""

# --- Details of a task -------------------------------------------------------------------------------------

THAT, THAT_ALONE = "eso|esto", "eso|esto"
TAKES = (
    r"tardar?[áa]?|dura(?:r[áa])?|(?:me\s+)?lleva(?:r[áa])?|va\s+a\s+(?:durar|llevar(?:me)?|tardar)"
    r"|duraci[óo]n:"
)
CIRCA, ROUGHLY = r"aprox\.?", ""
NO_ESTIMATE_AFTER = "que|para|durante|a|en"
AMOUNT_PARTS = "hora|cuarto"
ABOUT_AN_AMOUNT = "unos|unas|aproximadamente|casi|solo|sólo"
ACTIVITIES = "leer caminar correr meditar practicar nadar entrenar estudiar"
LASTING, LONG = "durante", ""
CONTEXTS = "casa trabajo oficina recados teléfono ordenador ciudad compras"
COLOUR_WORDS = "colore?s?|pintar|fondo"
WORDS_BEFORE_A_NAME = "sobre en con para de y o el la a"
SHOPPING = "comprar compra traer trae pedir pide"
URGENT = ""

# --- An estimate without any word for it -------------------------------------------------------------------

ESTIMATE_UNITS = "horas?|minutos?"
ESTIMATE_MINUTES = "minutos"
ESTIMATES_IN_WORDS = "media hora|una hora"
UNITS_OF_NO_CLOCK = ""
NO_ESTIMATE_BESIDE_BEFORE = "para en durante cada tras antes las los el o y"
NO_ESTIMATE_BESIDE_AFTER = "antes después por más y o"
BEFORE_DATES = "el y"

# --- Deadlines ---------------------------------------------------------------------------------------------

DEADLINE = (
    r"(?:fecha (?:l[íi]mite|tope|de entrega)|plazo(?: m[áa]ximo)?|deadline)"
    r"(?: es| el| del| hasta| al| para)*"
)
WITH_A_DEADLINE = "(?:con|y|tiene)(?: una?| la| el)?|la|el"
NO_LATER_THAN = (
    "a m[áa]s tardar(?: el)?|como (?:muy tarde|m[áa]ximo)(?: el)?|no m[áa]s tarde (?:del?|que)(?: el)?"
)
NO_DEADLINE_AFTER = (
    "de|del|sobre|para|por|antes|después|ampliar|revisar|preguntar|mi|nuestro|este|esta|nuevo|nueva|cada|una?"
)
