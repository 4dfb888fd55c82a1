"""What people say to oO in Spanish; ``core/words/phrasebooks/en/talk.py`` explains the constants.

Accents may be omitted (``loosely``).

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

_PLEASE = r"(?: por favor| porfa)?"
_THIS = r"(?: (?:esto|eso|este|esta|este consejo))?"

# --- Politeness around what is said ------------------------------------------------------------------------

PLEASE, THANKING = "por favor|porfa", "gracias"
HELLO, AFTER_HELLO, BEFORE_ALL = (
    "¡?hola|oye|oiga|perdon[ae]|disculp[ae]|perd[óo]n",
    r"recu\w+|qué|que|añade|tengo",
    "bueno|ok|vale|pues|entonces|en realidad|por cierto|ah",
)
HESITATIONS = r"eh+m?|este+,"
_BIEN = "(?:genial|bueno|bien|estupendo|ideal|fantástico)"
_SE_VA = r"(?:me voy|nos vamos|me marcho)"
FAVOURS = (
    (
        (
            rf"^{_SE_VA} de (vacaciones|viaje) ((?:el|este) .+?) (?:por |durante )?((?:una|dos|tres|\d+)"
            r" semanas?|\d+ días)$"
        ),
        r"estoy de \1 desde \2 durante \3",
    ),
    (rf"^{_SE_VA} de (vacaciones|viaje) (?=(?:el|este) )", r"estoy de \1 desde "),
    (r"^ens[eé][ñn]eme ", "enséñame "),
    (r"^mu[eé]streme ", "muéstrame "),
    (r"^d[ií]game ", "dime "),
    (r"^d[eé]jeme ", "déjame "),
    (r"^(borr|quit)e (?=(?:el|la|los|las|mi|lo) )", r"\1a "),
    (r"^(?:me )?(?:puedes|podrías)(?: por favor)? (?:hacerme|hacer) (?:el|un) favor (?:de|y) ", "puedes "),
    (r"^(?:me haces|me harías|hazme) (?:el|un) favor (?:de|y) ", "puedes "),
    (rf"^(?:sería|estaría) (?:muy )?{_BIEN} (?:si|que) (?:pudieras|me pudieras) ", "puedes "),
    (r"^(?:te importaría|te molestaría) ", "puedes "),
    (r"^(?:quisiera|me gustaría|quiero) que me recuerdes ", "recuérdame "),
    (r"^me preguntaba si (?:podrías|puedes|podías) ", "puedes "),
    (r"^(?:creo|pienso|me parece) que (?=(?:tengo|debo|debería|necesito)\b)", ""),
    (r"^(tengo que|debo|necesito|debería) (?:acordarme|recordar) de ", r"\1 "),
)

# --- Short phrases -----------------------------------------------------------------------------------------

GREETING = loosely(
    r"(?:hola+|holi|buenas|buenos días|buen día|buenas (?:tardes|noches)|qué tal|qué pasa|qué hay)"
    r"(?: (?:oo|a todos|mundo|qué tal))?",
)
THANKS = loosely(r"(?:ok,? |vale,? )?(?:muchas |muchísimas |mil )?gracias(?: por todo)?")
NOT_NOW = loosely(
    r"(?:ahora|hoy|todavía|aún) no|no (?:ahora|hoy)|(?:quizás? |tal vez |mejor )?(?:más tarde|luego|después)",
    r"(?:lo|la|los|las) (?:haré|hago) (?:más tarde|luego|después|otro día|hoy)",
    r"en otro momento|otro día|(?:ahora )?no tengo tiempo(?: ahora)?|no puedo(?: ahora)?",
    r"no quiero hacer(?:lo| eso| esto) (?:hoy|ahora)|hoy no quiero hacer(?:lo| eso| esto)|(?:eso|ese) hoy no",
    r"(?:estoy )?(?:muy )?ocupad[oa](?: ahora)?",
)
DISMISS = loosely(
    (
        rf"(?:descartar?|descártalo|ignorar?|ignóralo|saltar?|sáltalo|omitir|paso){_THIS}|(?:no,? )?(?:eso"
        r"|(?:ese|este)(?: consejo)?|esa|esta) no"
    ),
    r"no (?:ese|este|eso|esto)|no quiero(?: hacer)?(?:lo| eso| esto| ese| este)",
)
NEVER_AGAIN = loosely(
    r"no (?:me )?(?:muestres|enseñes|mandes|envíes|propongas|sugieras) (?:eso|esto|ese|este)(?: consejo)?"
    r" (?:nunca )?más|(?:eso|ese|este)(?: consejo)? nunca más|nunca más (?:eso|ese|este)(?: consejo)?",
    r"no (?:lo )?quiero ver(?:lo| eso| ese)? (?:nunca )?más",
)
SNOOZE = loosely(
    r"recuérdame(?:lo|la)? (?:más tarde|luego|después)|(?:aplázalo|pospónlo|aplazar|posponer)(?: esto| eso)?"
)
SNOOZE_UNTIL = loosely(
    r"(?:recuérdamel[oa]|recuérdame (?:esto|eso)|(?:pregúntame|dímelo|avísame)(?: otra vez| de nuevo)?)"
    r" (?P<recuerda>.+?)(?: otra vez| de nuevo)?",
    r"(?:quizás?|tal vez|a lo mejor) (?P<quizas>.+)|(?P<y_quizas>.+?),? (?:quizás?|tal vez)",
    r"recuérdame (?:otra vez |de nuevo )?(?P<otravez>.+?)|mejor (?P<mejor>.+)|(?P<en_vez>.+),? mejor",
)
UNDO = loosely(
    r"deshacer(?:lo)?(?: todo| ambas| las dos)?|deshaz(?:lo)?(?: esto| eso)?(?: todo)?|revertir"
    r"|revierte(?:lo)?|vuelve atrás|anular",
    r"(?:deshaz|deshacer|anula|revierte) (?:lo último|el último(?: cambio)?|la última(?: (?:acción|cosa))?)",
)
_UY = "(?:(?:uy|ups|ay|espera|perdón|no|me (?:equivoqué|he equivocado))[,.!]? )*"
NOT_DONE = loosely(
    rf"{_UY}(?:aún |todavía )?no he (?P<es_no_he>(?:hecho|escrito|\w+ado|\w+ido) .+?)(?: aún| todavía)?",
    rf"{_UY}(?:aún |todavía )?no (?P<es_no_hice>(?:hice|pagué|llamé|compré|envié|saqué|terminé|limpié) .+?)"
    r"(?: aún| todavía)?",
    rf"{_UY}(?:aún |todavía )?no lo (?:hice|he hecho|terminé)(?: aún| todavía)?",
    rf"{_UY}(?:aún |todavía )?no está (?:hech|terminad|list)[oa](?: aún| todavía)?",
    rf"{_UY}no (?:hech|terminad)[oa]",
    rf"{_UY}(?P<es_no>.+?) (?:aún |todavía )?no (?:está|están) (?:hech|terminad|list)[oa]s?",
    r"(?:desmarca|reabre)(?:l[oa]| eso)?|desmárcal[oa]|reábrel[oa]",
)
BRING_BACK = loosely(
    (
        rf"{_UY}(?:devuélve|pon|recupéra|restáura|vuélve)l[oa]s?(?: (?:de vuelta|otra vez|de nuevo))*"
        r"(?: (?:a|en)(?: la| mi)? lista)?"
    ),
    r"vuelve a (?:ponerl[oa]|añadirl[oa])(?: (?:a|en)(?: la| mi)? lista)?",
    r"(?:recupera|restaura|devuelve) (?P<es_recupera>.+?)(?: (?:a|en)(?: la| mi)? lista)?",
)
NOT_AFTER_ALL = loosely(
    rf"{_UY}(?:al final no|mejor no|fue (?:un error|sin querer)|me (?:he equivocado|equivoqué)|por error)",
)
HELP = loosely(
    r"(?:necesito )?ayuda|ayúdame|qué (?:puedes|sabes) hacer|cómo (?:funciona(?:s)?(?: esto)?|va esto)"
    r"|quién eres"
)
WHY = loosely(
    r"por ?qué(?: (?:justo |precisamente )?(?:esto|eso|ese|este|esta|ahora|este consejo|ese consejo|a mí))?"
    r"|por ?qué me (?:envías|enviaste|mandas|mandaste|dices) (?:esto|eso|este consejo)"
)
_NADA = (
    r"(?: (?:nada|ningún (?:mensaje|consejo)|mensajes|consejos))*"
    r"(?: (?:hoy|ayer|esta mañana|esta semana|desde .+))?"
)
WHY_NOT = loosely(
    rf"por ?qué no me (?:has |habéis )?(?:escrito|enviado|mandado|dicho){_NADA}",
    rf"por ?qué (?:ya )?no me (?:escribes|escribiste|envías|enviaste|mandas|mandaste|dices){_NADA}",
    rf"(?:hoy )?no me has (?:escrito|enviado|mandado){_NADA}",
    r"por ?qué no(?: me (?:escribes|escribiste|has escrito))?|por ?qué (?:tan callad[oa]|ningún consejo)",
)
HELPED = loosely(r"(?:me )?(?:ayudan|sirven) tus consejos|(?:me )?(?:ayudas|has ayudado)(?: en algo)?")
PLAN = loosely(
    r"cuándo (?:me )?(?:escribes|escribirás|vas a escribir(?:me)?)(?: otra vez)?|el plan|tu plan",
    r"cuándo (?:llega|viene|es|recibo|me toca|tengo) (?:el|mi) (?:próximo|siguiente) (?:consejo|mensaje)",
    r"(?:estás|estoy) en pausa|hasta cuándo (?:estás|estoy) en (?:pausa|silencio)|cuándo termina la pausa",
)
_MI_LISTA = (
    r"(?:(?:mi|la) lista(?: de (?:tareas|pendientes))?|(?:todas )?(?:mis|las) (?:tareas|cosas|pendientes)"
    r"|(?:todo )?lo que (?:tengo|he|hay|te he|te)(?: (?:apuntado|anotado|pendiente|por hacer|que hacer"
    r"|dicho))*)"
)
LIST_TASKS = loosely(
    r"(?:(?:me )?(?:enseñas|muestras|dices|lees|das|pasas)|(?:me )?(?:puedes|podrías|puede) (?:enseñar"
    r"|mostrar"
    rf"|leer|decir|dar)(?:me)?|(?:enséñame|muéstrame|dime|léeme|pásame)|quiero ver|a ver) {_MI_LISTA}",
    r"qué (?:me queda|queda)(?: por hacer| pendiente)?|qué tengo (?:apuntado|anotado|en (?:la|mi) lista)",
    r"(?:(?:muéstrame|muestra|enséñame|dime|ver|lista|dame) )?(?:todas )?(?:mis|las) (?:tareas|pendientes)"
    r"(?: pendientes)?",
    r"(?:(?:muéstrame|enséñame|ver|dame) )?(?:mi|la) lista(?: de (?:tareas|pendientes))?|tareas",
    r"qué (?:tengo|me queda|hay|debo|tareas tengo|tengo que)(?: por| que)? ?(?:hacer|pendientes?)(?: ahora)?",
    r"recuérdame (?:mis tareas|qué tengo que hacer|lo que tengo que hacer)|qué tareas (?:tengo|hay)",
)
RESUME = loosely(
    r"continúa|sigue|reanuda(?:r)?|(?:ya )?(?:he vuelto|volví|estoy de vuelta|estoy aquí)"
    r"|(?:ya )?puedes (?:escribir(?:me)?|hablar(?:me)?)(?: otra vez| de nuevo)?|vuelve a escribirme",
    r"(?:termina|acaba|quita|cancela|finaliza)r? la pausa|fin de (?:la )?pausa"
    r"|(?:la )?pausa (?:ha )?terminad[oa]"
    r"|se acabó la pausa",
)

_VACACIONES = r"(?:(?:las|mis|nuestras|el|mi) )?(?:vacaciones|viaje)"
_SE_CANCELA = r"se (?:cancelaron|canceló|han? cancelado|cancelan?|suspendieron|suspendió)"
NOT_AWAY = loosely(
    rf"(?:cancela|anula|olvida) {_VACACIONES}",
    rf"{_VACACIONES} (?:(?:están?|han? sido|quedan?) )?(?:cancelad|anulad|suspendid)[oa]s?",
    rf"{_VACACIONES} {_SE_CANCELA}|{_SE_CANCELA} {_VACACIONES}",
    (
        r"(?:(?:al final|finalmente),? )?(?:ya )?no (?:me voy|nos vamos|voy|vamos|estoy|estaré|estamos)"
        r" de (?:vacaciones|viaje)(?: al final)?"
    ),
    r"(?:al final|finalmente),? (?:no hay|sin) vacaciones|no hay vacaciones al final",
    r"(?:al final|finalmente),? me quedo en casa",
)

# --- Silence -----------------------------------------------------------------------------------------------

(BE_SILENT,) = loosely(
    r"pausa(?:r)?|(?:ponte )?en silencio|silencio|silencia todo|mudo|haz (?:una )?pausa|(?:sin"
    r"|no quiero(?: más)?|nada de)"
    r" (?:consejos|mensajes)|cállate|calla|para(?! (?:hoy|mañana|el|la|los|las|este|esta)\b)"
    r"|(?:deja|para) de (?:escribirme|molestarme|mandarme (?:mensajes|consejos))|no (?:me )?(?:molestes"
    r"|escribas"
    r"|mandes mensajes"
    r"|envíes mensajes|hables)(?: más)?|déjame (?:en paz|tranquil[oa])|no más (?:mensajes|consejos)"
    r"|(?:desactiva|desactivar|quita|quitar) (?:las |los |todas las )?(?:notificaciones|mensajes|consejos)"
)
_FUERA = (
    r"(?:de (?:vacaciones|viaje|baja|permiso|puente)|fuera(?: de la oficina)?|enferm[oa]|mal[oa]|ocupad[oa])"
)
(AWAY,) = loosely(rf"(?:estoy|me voy|estaré) {_FUERA}|de (?:vacaciones|viaje|baja)")
SILENCE_ENDS = "por ahora|hasta nuevo aviso|para siempre"
(SILENCE_LASTS,) = loosely(
    r"(?:una?|media|dos|tres|cuatro|\d+) (?:horas?|h|minutos?|min|días?|semanas?)"
    r"|(?:hasta|durante|por) .+|hoy|mañana|esta semana|este finde|(?:este|el) fin de semana"
    r"|la (?:semana que viene|próxima semana)|(?:el|este|desde|a partir de|en|del?) .+"
)
_DIA_LIBRE = (
    r"(?:hoy|mañana|pasado mañana|esta semana|la (?:semana que viene|próxima semana)"
    r"|(?:(?:el|este) )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
    r"(?: que viene| y (?:el )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo))?)"
)
_DIAS_LIBRES = rf"(?:{_DIA_LIBRE}|(?:desde|a partir de|hasta|del?) .+)"
SILENCE_UNTIL = loosely(
    (
        rf"(?:(?:estoy|estaré) )?(?:fuera(?: de la oficina)?|de (?:vacaciones|permiso))"
        rf" (?P<es_fuera>{_DIAS_LIBRES})"
    ),
    rf"(?:(?:tengo|cojo|mis|las) )?vacaciones (?P<es_vacaciones>{_DIAS_LIBRES})",
    rf"(?:tengo|tenemos|me (?:cojo|tomo|he cogido)) (?P<es_libre>{_DIA_LIBRE}) libre",
    rf"(?:tengo (?:el )?)?día libre (?P<es_dia_libre>{_DIA_LIBRE})|(?P<es_libre_dia>{_DIA_LIBRE}) libre",
    rf"no trabajo (?P<es_no_trabajo>{_DIAS_LIBRES})|(?P<es_sin_trabajo>{_DIA_LIBRE}) no trabajo",
    (
        rf"(?P<es_este_dia>{_DIA_LIBRE}),? (?:estoy|estaré) (?:fuera|de (?:vacaciones|permiso))"
        r"(?: de la oficina)?"
    ),
    r"pausa (?P<pausa>(?!hasta\b|durante\b|por\b).+)",
    r"déjame (?P<dejame>(?:hasta .+|hoy|esta semana)) (?:en paz|tranquil[oa])",
    # What lasts for some hours is no pause on a day: "estoy en una reunión el martes" may be a to-do.
    (
        r"estoy (?:reunid[oa]|liad[oa]|(?:en|con) (?:una |la |mi )?(?:reunión|cita|clase|llamada)) "
        r"(?P<reunido>hasta .+)"
    ),
    (
        r"(?P<es_hoy>hoy|mañana|esta semana|la semana que viene|a partir del? [^,]+|desde (?:el|mañana)[^,]*"
        rf"|del [^,]+),? (?:estoy|estaré) {_FUERA}"
    ),
    r"(?P<primero>hoy|mañana|esta semana|la semana que viene|este (?:finde|fin de semana)|hasta .+?),?"
    r" (?:sin|no quiero(?: más)?|no más|nada de|ningún) (?:consejos?|mensajes?)",
)
WEEKENDS = loosely("(?:(?:por|durante|en|para) )?(?:el |este )?(?:finde|fin de semana)")
PAUSE_FROM, PAUSE_TO, PAUSE_UNTIL = "(?:a partir )?del?|desde(?: el)?", "al?", "hasta(?: el)?"
QUIET_OFF = loosely(
    r"(?:desactiva|quita|elimina|borra|cancela|apaga)r? (?:(?:las|mis|todas) )*horas? (?:tranquilas?"
    r"|de silencio"
    r"|silenciosas?)",
    r"(?:sin|no más) horas? (?:tranquilas?|de silencio|silenciosas?)"
    r"|(?:(?:las|mis) )?horas? (?:tranquilas?|de silencio|silenciosas?) (?:fuera|desactivadas?)",
)
QUIET_NAMES = r"horas? (?:tranquilas?|de silencio|silenciosas?):?"
DAY_STARTS, ON_DAYS, DAYS_AND = "", "", ""
FROM_HOURS, TO_HOURS, HOUR_NAMES = "", "", ""
FOR_A_WHILE, UNTIL_AFTER = "por|durante", ""
UNTIL_TOMORROW = "hoy|por hoy|durante hoy|el resto del día"
UNTIL_NEXT_WEEK = (
    "esta semana|la semana|el resto de la semana|el fin de semana|este fin de semana|este finde|el finde"
)
THROUGH_NEXT_WEEK = "la semana que viene|la próxima semana|la proxima semana"
THROUGH_TOMORROW = ""
MUTE = loosely(
    r"(?:nada|nunca|no más(?: consejos| mensajes)?|nunca más|basta)(?: más)? (?:sobre|de|acerca de)"
    r" (?P<nada>.+)",
    r"no (?:me )?(?:escribas|hables|recuerdes|digas|mandes)(?: más)?(?: nada)? (?:sobre|de|acerca de)"
    r" (?P<no_mas>.+)",
    r"(?:deja de (?:preguntarme|molestarme|recordarme)|no me preguntes más)(?: por| con| sobre| de| lo de)*"
    r" (?P<deja_de>.+)|(?:no me sugieras|nunca me sugieras|deja de sugerirme)(?: más)? (?P<sugieras>.+)",
    r"(?:silencia(?! .+ a las? \d)|deja de (?:escribir(?:me)?|hablar(?:me)?) (?:sobre|de)) (?P<silencia>.+)",
    (
        r"(?:deja|para) de (?:darme|mandarme|enviarme) (?:consejos|mensajes) (?:sobre|de|acerca de) "
        r"(?P<es_dejar>.+)"
    ),
    r"no (?:me des|quiero)(?: más)? (?:consejos|mensajes) (?:sobre|de|acerca de) (?P<es_no_quiero>.+)",
)
MUTED_FOR_GOOD = "nunca más|más|por favor"
MUTING = "nada|no|nunca|sin|silencia|solo|sólo|solamente"
MUTE_ON_DAYS = loosely(
    r"(?:nada|basta) (?:de|del|sobre) (?P<es_nada_de>.+)|sin (?P<es_sin>.+)",
    (
        r"no me (?:mandes|env[ií]es|muestres|propongas|hables|recuerdes|escribas|des)(?: nada)?"
        r"(?: (?:de|del|sobre))? (?P<es_no_me>.+)"
    ),
    r"no quiero (?:saber )?(?:nada )?(?:(?:de|del|sobre) )?(?P<es_quiero>.+)",
)
MUTE_ON_OTHER_DAYS = loosely(
    r"(?P<es_solo_dias>(?:el|la|los|las|tareas|cosas|consejos) .+) (?:solo|sólo|solamente)",
    r"(?:solo|sólo|solamente) (?P<es_solo>(?:tareas|cosas|consejos) .+)",
)
MUTED_KINDS = (
    r"^(?:las |los )?(?:tareas|cosas|consejos|mensajes|recordatorios)"
    r" (?:del |de |sobre )(?:el |la |los |las )?"
)
UNMUTE = loosely(
    r"(?:deja de silenciar|desilencia|quita el silencio (?:de|a)) (?:el tema )?(?P<desilencia>.+)",
    r"(?:vuelve a|(?:ya )?puedes volver a) (?:escribir(?:me)?|hablar(?:me)?) (?:sobre|de) (?P<vuelve>.+)",
    r"permite (?P<permite>.+?) (?:otra vez|de nuevo)",
)

# --- Done --------------------------------------------------------------------------------------------------

DONE = loosely(
    r"(?:ya )?(?:está |lo he )?(?:hecho|list[oa]|terminad[oa]|acabad[oa])|ya está|ya lo (?:hice|he hecho)"
    r"|lo (?:hice|he hecho)|(?:ya )?(?:terminé|acabé)|he (?:terminado|acabado)"
)
_ABOUT = "lo de(?:l| la| los| las)? "
COMPLETED = loosely(
    r"(?:ya )?(?:he (?:hecho|terminado|acabado|completado)|terminé|acabé|completé)(?: con| de)? (?P<he>.+)",
    r"(?:ya )?hice (?P<hice>.+)|(?:hecho|list[oa]|terminad[oa]|completad[oa]): ?(?P<hecho>.+)",
    r"(?:terminad|completad)[oa] (?P<terminado>.+)",
    r"(?:ya )?(?:hech|terminad|acabad|completad|list)[oa]s? (?P<hecho_el>(?:el|la|l[oa]s|mis?) .+)",
    rf"(?:ya )?(?:(?:he )?(?:hecho|terminado|acabado)|está|hice|terminé|acabé)(?: ya)? {_ABOUT}(?P<lo_de>.+)",
    rf"{_ABOUT}(?P<lo_esta>.+?) (?:ya )?(?:(?:está|están|ya) )*(?:hech[oa]|terminad[oa]|acabad[oa]|list[oa])",
    rf"{_ABOUT}(?P<lo_ya>.+?) ya está",
    r"ya (?:está|están) (?P<ya_estan>(?:el|la|l[oa]s|mis?) (?!.*(?:aquí|ahí|allí)).+)",
    r"(?P<ya_esta>(?:el|la|l[oa]s|mis?) (?!.*(?:aquí|ahí|allí)).+?) ya (?:está|están)",
    (
        r"(?P<listo>(?!(?:todo|estoy|está|estar|estás|ya|no|tener|dejar|preparar)\b)\S+(?: \S+){0,2})"
        r"(?<!\bmi)(?<!\bla)(?<!\btu)(?<!\bsu)(?<!\buna)(?<!\besa)(?<!\besta) list[oa]s?"
    ),
    r"(?:ya )?está (?:hech[oa]|terminad[oa]|acabad[oa]|list[oa]) (?P<ya>.+)",
    r"(?:marca|da por) (?P<marca>.+?) (?:como )?(?:hech[oa]|terminad[oa]|completad[oa]|list[oa])",
    r"(?P<esta>.+?):?(?: ya)?(?: está| están)? (?:hech[oa]s?|terminad[oa]s?|acabad[oa]s?|completad[oa]s?)",
    r"(?P<lista>.+?)(?: ya)? (?:está|están) list[oa]s?",
)
NOT_COMPLETED = (
    "no|aún|aun|todavía|todavia|casi|nada|nunca|medio|bien|mal|está|esta|están|que|qué|he|has|ha|lo|dicho"
)
_ADVERBS = "(?:(?:ya|por fin|hoy|ayer|anoche|esta mañana) )*"
# "se lo di a Ana", "ya le mandé el paquete a Eva".
_TO_PLACE = "(?:(?:a|en)(?: (?:la|los|las|el|mi))? |al )?"
_PRONOUNS = "(?:(?:me|te|se|le|les|nos|l[oa]s?) )*"
_DICHO = (
    "(?:pagad|comprad|enviad|mandad|reservad|limpiad|regad|lavad|arreglad|renovad|entregad|sacad|pedid"
    "|recogid"
    "|devuelt|escrit|impres|leíd|firmad|preparad|vendid|reparad|planchad|fregad|barrid|tirad|llevad|ordenad"
    "|cocinad|rellenad|subid|instalad|empaquetad|doblad|tendid|cobrad|solicitad|llamad"
    "|transferid|abonad|ingresad|aspirad|revisad|presentad|depositad|corregid|escanead|cargad|descargad"
    "|contestad"
    "|respondid|colgad|guardad|archivad|confirmad|completad|renovad|tramitad)[oa]s?"
)
DEEDS = (
    *loosely(
        rf"{_ADVERBS}{_PRONOUNS}(?:he|hemos) {_ADVERBS}(?P<es_deed>ido|\w+(?:ado|ido|cho|to)) {_TO_PLACE}"
        r"(?P<es_done>.+)",
        rf"{_ADVERBS}{_PRONOUNS}(?P<es_deed5>fui|fuimos|estuve|hice|hicimos|traje|puse|di|vi) {_ADVERBS}"
        rf"{_TO_PLACE}(?P<es_done5>.+)",
        rf"ya {_PRONOUNS}(?P<es_deed2>\w{{2,}}(?:e|i)) {_ADVERBS}(?P<es_done2>.+)",
        rf"(?:ya )?(?:está|están) (?P<es_deed7>{_DICHO}) (?P<es_done7>(?:el|la|los|las|mi|mis|lo de) .+)",
        r"(?:acabo|acabamos) de (?P<es_deed6>\w+[aei]r)(?:l[eoa]s?)? (?P<es_done6>.+)",
        rf"(?P<es_done4>.+?) (?:ya )?(?:está|están|ha sido) {_ADVERBS}"
        r"(?P<es_deed4>\w+(?:(?:a|i|í)d[oa]s?|t[oa]s?)|impres[oa]s?)",
        (
            rf"(?P<es_done8>(?!(?:todo|eso|esto)\b)[^,]+?)"
            rf" (?:ya )?(?:está|están) {_ADVERBS}(?P<es_deed8>fuera|limpi[oa]s?|vací[oa]s?)"
        ),
    ),
    # Not without its accent: "pague" asks for it.
    (
        rf"{_ADVERBS}{_PRONOUNS}(?!(?:qué|aquí|ahí|allí|así|sí|mí)\b)(?P<es_deed3>\w{{2,}}[éí]) {_ADVERBS}"
        r"(?P<es_done3>.+)"
    ),
)
_ANULADO = "(?:cancelad|anulad|suspendid)[oa]s?"
REPORTS = loosely(rf"(?P<es_done>.+?) {_ADVERBS}(?P<es_deed>{_DICHO}|{_ANULADO})")
TO_DO_BEGINS = r"\w+(?:ar|er|ir)(?:l[oa]s?|me)? (?:el|la|los|las|un|una|mi|mis)"
OFF_DEEDS = _ANULADO
DEEDS_AFTER = "(?: (?:ya|hoy|ayer|esta mañana))+"
IRREGULAR_DEEDS = {
    "fuera": "sacar bajar tirar", "limpio": "limpiar fregar lavar", "vacío": "vaciar", "vacio": "vaciar",
    "ido": "ir visitar", "fui": "ir visitar", "fuimos": "ir visitar", "estuve": "ir visitar",
    "estado": "ir visitar", "hice": "hacer", "hicimos": "hacer", "di": "dar entregar",
    "dado": "dar entregar", "vi": "ver", "puse": "poner", "mandé": "enviar", "mande": "enviar",
    "mandado": "enviar", "envié": "mandar", "envie": "mandar", "enviado": "mandar",
    "hecho": "hacer", "escrito": "escribir", "puesto": "poner", "visto": "ver",
    "impreso": "imprimir", "transferido": "transferir pagar abonar", "pagado": "abonar transferir",
    "abonado": "pagar", "roto": "romper", "abierto": "abrir", "vuelto": "volver",
    "devuelto": "devolver", "leído": "leer", "saqué": "sacar", "saque": "sacar", "traje": "traer",
    "traído": "traer", "pagué": "abonar", "pague": "abonar",
}  # fmt: skip
PARTICIPLE_PART = ""
FULFILLING = """
    fuera limpio
    ido fui fuimos estuve
    pagué pague pagado pagada pagados compré compre comprado comprada llamé llame llamado envié envie enviado
    enviada mandé mande mandado reservé reserve reservado reservada limpié limpie limpiado limpia regué regado
    devolví devuelto devuelta escribí escrito recogí recogido lavé lavado arreglé arreglado renové renovado
    transferí transferido firmé firmado abonado presentado revisado recogida regada firmada
    leí leído entregué entregado imprimí
"""
BOOKING = "reservé reserve reservado reservada"
AROUND_A_LABEL = "eso sí por favor"
COMPLETED_ARTICLES = "el |los |las |mi |mis "

# --- Replies to a tip --------------------------------------------------------------------------------------

REPLY_DONE = loosely(
    r"(?:sí,? )?(?:ya )?(?:está |lo )?(?:he )?(?:hecho|list[oa]|terminad[oa]|completad[oa]|hice|terminé"
    r"|acabé)(?: ya)?",
    r"ya está|está hech[oa]|ya lo (?:hice|he hecho)|conseguido|logrado",
)
REPLY_NOT_NOW = loosely(
    r"(?:ahora|todavía|aún|hoy) no|(?:quizás? |tal vez |mejor )?(?:más tarde|luego|después)|en otro"
    r" momento|otro día"
)
REPLY_YES = loosely(
    r"(?:sí+|claro|vale|de acuerdo|adelante|hazlo|por supuesto|ok)(?:,? (?:sí|claro|hazlo|por favor|todas))*"
)
NEXT_PAGE = loosely(r"(?:página )?siguientes?|(?:ver )?más|sigue|continuar?")
PREVIOUS_PAGE = loosely(r"(?:página )?anterior(?:es)?|atrás|volver")
REPLY_NO = loosely(r"no,? gracias|no (?:quiero|me interesa|me apetece)|eso no|este no|paso|ni hablar")
REPLY_UNDO = loosely(r"deshacer|deshaz(?:lo)?|revertir|(?:aún|todavía) no está hech[oa]|no está hech[oa]")
REPLY_WHY = loosely(r"(?:y )?(?:por ?qué|para qué)(?: eso| esto| ahora)?")
REPLY_SNOOZE = loosely(
    r"recuérdame(?:lo)?(?: (?:más tarde|luego|otra vez|de nuevo))?|pospón(?:lo)?|posponer|aplázalo|aplazar"
)
REPLY_NEVER = loosely(r"nunca(?: más)?|jamás|no más de (?:esto|eso)|basta de (?:esto|eso)")
BEFORE_A_MOMENT = "mejor|mejor el|pero|quizás|quizá|entonces|recuérdame|recuérdamelo|hasta|lo hago|lo haré"
AFTER_A_MOMENT = r",? (?:mejor|por favor|porfa)$"
THAT = "eso|esto|lo"
NO_VALUE = loosely("cancelar|cancélalo|olvídalo|déjalo(?: así)?|da igual|nada|no importa")

# --- Tips --------------------------------------------------------------------------------------------------

TIP_QUESTION = loosely(
    r"qué (?:hago|puedo hacer|podría hacer)(?: ahora)? (?:en|con) (?P<cuanto>.+)",
    r"qué (?:hago|puedo hacer|podría hacer|debo hacer|debería hacer|me recomiendas|me sugieres)"
    r"(?: ahora| hoy| primero)?|por dónde empiezo",
    r"(?:y )?ahora qué|qué sigue|(?:dame |necesito |quiero |tienes )?(?:(?:un )?(?:otro )?consejo"
    r"(?: rápido| corto| breve)?(?: para mí)?"
    r"|una (?:idea|sugerencia)|otra idea|otr[oa]|otra cosa|uno diferente|algo (?:diferente|distinto)"
    r"|algo que hacer)|me aburro|estoy aburrid[oa]|no sé qué hacer",
)
I_HAVE = "(?:sólo |solo )?tengo(?: sólo| solo| unos| ahora)?|me quedan?"
TIME_BEFORE, TIME_ABOUT = "para|en|con", "unos|unas"
TIME_AFTER = "libres?|de tiempo|ahora|para mí"
LOW_ENERGY = loosely(
    r"(?:y )?(?:(?:estoy|me siento|ando) )?(?:muy |un poco |demasiado |tan )?(?:cansad[oa]|agotad[oa]"
    r"|rendid[oa])",
    r"(?:y )?(?:(?:tengo|con) )?(?:poca energía|mucho sueño|sueño)|(?:no tengo|sin) (?:energía|ganas"
    r"|fuerzas)",
)
HIGH_ENERGY = loosely(
    r"(?:y )?(?:(?:estoy|me siento) )?(?:muy )?(?:motivad[oa]|despiert[oa]|llen[oa] de energía|con energía)",
    r"(?:y )?(?:(?:tengo|con) )?mucha energía",
)

CLAUSES_AND, NO_CLAUSE_AFTER_AND = "y|pero", "media"

# --- What is asked -----------------------------------------------------------------------------------------

(TODAY,) = loosely("(?:hoy|esta mañana|esta tarde|esta noche|el día de hoy)")
(TOMORROW,) = loosely("(?:mañana|el día de mañana)")
(WEEK,) = loosely("(?:esta semana|la semana|los próximos días|los próximos 7 días)")
_TELL_ME = "(?:(?:me )?(?:puedes?|podrías?|sabrías) (?:decir|mostrar|enseñar)(?:me)? |dime )?"
AGENDA = loosely(
    rf"(?:y )?{_TELL_ME}qué (?:tengo|hay|toca|me toca|me espera|tareas (?:tengo|hay))"
    r"(?: que hacer| pendiente| previsto| planeado| programado| en (?:la|mi) agenda)*(?: para)? <day>"
    r"(?: que hacer| pendiente)?",
    rf"{_TELL_ME}qué (?:debo|tengo que|hay que) hacer <day>",
    r"qué (?:tienes|has|hay) (?:apuntado|anotado|previsto)(?: para)? <day>",
    r"(?:tengo|hay) algo(?: pendiente)?(?: para)? <day>",
    r"(?:(?:muéstrame|dime|enséñame|dame) )?(?:mi |la )?(?:agenda|plan|día)(?: de| para)? <day>",
    r"recuérdame (?:qué|lo que) tengo(?: que hacer)? <day>|(?:y )?<day> qué tengo(?: que hacer)?",
)
MY_DAY = loosely(r"mi (?:agenda|día)|cómo (?:está|viene|se ve) mi día")
_SPAN = "hoy|esta semana|este mes|ya|hasta ahora|la semana pasada|en total|ayer"
YESTERDAY = "ayer"
DONE_ON = loosely(
    r"(?:qué|(?:qué|cuántas) (?:tareas|cosas)) (?:he (?:hecho|terminado|completado|logrado|acabado)|hice"
    r"|terminé"
    r"|completé|logré|acabé) <day>",
    r"(?:muéstrame|dime|enséñame) (?:lo que|qué) (?:he (?:hecho|terminado|completado)|hice|terminé) <day>",
)
STATS = loosely(
    r"(?:cuánt[oa]s(?: tareas| cosas)?|cuánto) (?:he (?:hecho|terminado|completado|acabado)|hice|terminé"
    r"|completé"
    rf"|llevo(?: hech[oa]s?)?)(?: (?:{_SPAN}))*",
    rf"qué (?:he (?:hecho|terminado|logrado|conseguido|completado)|hice|terminé|logré)(?: (?:{_SPAN}))*",
    r"(?:(?:muéstrame|dame|ver) )?(?:mis |las )?(?:estadísticas|cifras|progresos?|números|mi progreso)"
    r"(?: de (?:la|esta) semana)?",
    rf"cómo (?:voy|me (?:va|fue|ha ido)|ha ido mi semana|fue mi semana|va mi semana"
    rf"|(?:va|fue) (?:la|esta) semana)(?: (?:{_SPAN}))*",
)
_NEWS = "(?:mensajes|consejos|notificaciones|avisos|sugerencias)"
_WRITE = (
    "(?:escribe|escríbeme|escríbame|escribirme|envía|envíame|manda|mándame|molesta|moléstame"
    "|(?:me )?(?:puedes|podrías|puede) (?:escribir|enviar|mandar)(?:me)?)"
)
LESS = loosely(
    rf"(?:puedes )?{_WRITE}(?: un poco)? (?:menos|con menos frecuencia)(?: a menudo| seguido| veces|"
    rf" {_NEWS})?",
    rf"(?:un poco )?menos {_NEWS}(?: (?:al|por) día)?|menos (?:a menudo|seguido|veces)|no tan(?:to)?"
    rf" (?:seguido|a menudo)",
    rf"(?:son |hay |me (?:envías|mandas|escribes) |recibo )?(?:demasiad[oa]s|tantos|muchos) {_NEWS}(?:"
    rf" (?:al|por) día)?",
    r"(?:me )?escribes (?:demasiado|mucho|muy (?:seguido|a menudo))|no (?:me )?escribas tanto(?: por favor)?",
)
MORE = loosely(
    rf"(?:puedes )?{_WRITE}(?: un poco)? (?:más|con más frecuencia)(?: a menudo| seguido| veces| {_NEWS})?",
    rf"(?:un poco )?más {_NEWS}|más (?:a menudo|seguido)|(?:muy )?poc[oa]s {_NEWS}|(?:me )?escribes (?:muy"
    rf" )?poco",
)
_SHOW = r"(?:(?:muéstrame|muestra|enséñame|dime|lista|ver|busca|dame) )"
_TASKS = r"(?:(?:todas )?(?:mis |las )?(?:tareas|pendientes))"
OVERDUE = loosely(
    rf"{_SHOW}?{_TASKS} (?:atrasad[oa]s|vencid[oa]s|retrasad[oa]s)|{_SHOW}?(?:lo )?(?:atrasado|vencido)",
    rf"cuántas(?: de mis)?(?: {_TASKS})? (?:(?:están|tengo|hay) )?(?:atrasadas|vencidas|retrasadas)(?:"
    rf" (?:tengo|hay))?",
    rf"(?:tengo|hay)(?: algunas?)? {_TASKS} (?:atrasad|vencid|retrasad)as?|(?:está|hay) algo (?:atrasad"
    rf"|vencid)o",
    r"qué (?:está|tengo|hay|tareas están) (?:atrasad[oa]s?|vencid[oa]s?|retrasad[oa]s?)",
)
DUE_TODAY = loosely(rf"{_SHOW}?{_TASKS} (?:de|para) hoy")
BY_LABEL = loosely(rf"{_SHOW}?{_TASKS} (?:con |de )?(?:la etiqueta )?(?P<etiqueta>[#@]\w[\w/-]*)")
ABOUT = loosely(
    rf"{_SHOW}{_TASKS} (?:sobre|de|del|con|para|acerca de) (?P<sobre>.+)",
    r"qué tareas (?:tengo|hay) (?:sobre|de|del|con|para) (?P<que_tareas>.+)",
)
EXPORT = loosely(
    r"(?:(?:puedes|podrías) )?(?:exporta(?:r|me)?|descarga(?:r|me)?|guarda(?:r|me)?)"
    rf" (?:{_TASKS}|(?:mi |la )?lista(?: de tareas)?)(?: (?:en|como|a)(?: un)? (?P<es_format>.+))?",
    rf"(?:dame|envíame|mándame) {_TASKS} (?:en|como)(?: un)? (?P<es_archivo>.+)",
)
MY_PAGE = loosely(
    r"(?:(?:puedes|podrías) )?(?:abre|abrir|abrirme|ábreme|muestra|muéstrame|mostrarme|enséñame|dame)"
    r" mi página(?: web| personal)?",
    r"(?:dónde está|cómo abro|cómo puedo abrir|quiero ver) mi página(?: web| personal)?",
    r"mi página(?: web| personal)?",
)
CONNECT = loosely(
    r"(?:(?:puedes|podrías|quiero|quisiera|cómo|puedo) )?"
    r"(?:conect(?:a|ar|arme|ame|o)|vincul(?:a|ar|o)|sincroniz(?:a|ar|o)|enlaz(?:a|ar|o))"
    r" (?:(?:mi|el|un|con) )*(?P<es_servicio>calendario|agenda|(?:cuenta de )?todoist|caldav)"
    r"(?: (?:de )?[\w-]+)?(?: (?:contigo|con oo))?",
)
DISCONNECT = loosely(
    r"(?:(?:puedes|podrías|quiero|quisiera|cómo|puedo) )?"
    r"(?:desconect(?:a|ar|o)|desvincul(?:a|ar|o)|desenlaz(?:a|ar|o)|quita(?:r)? la conexión (?:con|a|de)"
    r"|corta(?:r)? la conexión (?:con|a|de)|deja de (?:leer|sincronizar|usar))"
    r" (?:(?:mi|el|con|de|del) )*(?P<es_fuera>calendario|agenda|(?:cuenta de )?todoist|caldav)"
    r"(?: (?:de ti|de oo|ahora|ya))*",
)
HERE = "aqu[ií]"
BROWSER = r"(?:(?:el|mi) )?navegador"
_NOVEDADES = r"(?:consejos?|mensajes?|sugerencias?|notificaciones|avisos?|recordatorios?|todo)"
WRITE_ON = loosely(
    r"(?:(?:puedes|podrías) )?"
    r"(?:envía|enviar|envíame|enviarme|manda|mandar|mándame|mandarme|escríbeme|escribirme|pon)"
    rf"(?: (?:todos|mis|tus|los|las|me))*(?: {_NOVEDADES})? (?:(?:a|por|en|al|vía) )?<channel>"
    r"(?: (?:ahora|desde ahora|a partir de ahora|mejor))*",
    rf"usa <channel> para (?:(?:todos|mis|tus|los|las) )*{_NOVEDADES}",
)

_ENVIOS = (
    r"(?:(?:todos|todas|los|las|mis|tus|y|o) )*(?:consejos?|recordatorios?|mensajes?"
    r"|notificaciones|avisos?|todo)"
)
_POR_CORREO = r"(?:por|a través de|como) (?:correo(?: electrónico)?|e-?mail|mail)"
_MI_CORREO = r"(?:mi|el) (?:(?:dirección de )?correo(?: electrónico)?|e-?mail)"
_ENVIA = r"(?:(?:puedes|podrías) )?(?:(?:envía|manda)(?:me)?|mándame|(?:enviar|mandar)(?:me)?)"
MAIL_NAMES = ("correo", r"e-?mail")
MAIL_ME = loosely(
    rf"{_ENVIA}(?: {_ENVIOS})+"
    rf"(?: {_POR_CORREO})?(?: a)?(?: {_MI_CORREO}:?)? <address>(?: {_POR_CORREO})?",
    rf"{_ENVIA}(?: {_ENVIOS})+ {_POR_CORREO}",
    rf"(?:quiero|quisiera|puedo|cómo)(?: recibir| tener)?(?: {_ENVIOS})+ {_POR_CORREO}"
    r"(?: (?:a|en) <address>)?",
    rf"escríbeme(?: {_POR_CORREO})? a <address>",
    rf"escríbeme {_POR_CORREO}",
    rf"{_ENVIOS} {_POR_CORREO}(?: a <address>)?",
    rf"(?:conect(?:a|ar)|usa|utiliza) {_MI_CORREO}:?(?: <address>)?",
    rf"{_MI_CORREO} es <address>",
)
ABOUT_TOMORROW = "(?:para )?mañana"
SPEAK = loosely(
    r"(?:(?:puedes |quiero que )?(?:hablar|hables|hablarme|me hables|escribirme|escribas|me escribas)"
    r" )(?:en )?<name>",
    r"(?:habla|háblame|escribe|escríbeme|responde|respóndeme|contesta|contéstame)"
    r"(?: en)? <name>(?: (?:por favor|porfa|a partir de ahora|desde ahora|ahora))*",
    r"(?:cambia|cámbiate|pasa)(?: el idioma| la lengua| tu idioma)? (?:a|al) <name>|hablas <name>"
    r"|(?:prefiero|mejor)(?: en)? <name>",
    r"en <name>(?: (?:por favor|porfa))?",
)
SPEAK_ANY = loosely(
    r"(?:¿ ?)?(?:puedes |podrías )?(?:habla[rs]?|háblame|escribe|escríbeme|escribir(?:me)?|responde|contesta)"
    r"(?: en)? <name>"
)

# --- To-dos without words that ask for one -----------------------------------------------------------------

CHORES = """
    abonar abrir acabar acompañar actualizar adelantar afilar ahorrar alquilar anotar apuntar archivar
    arreglar asistir aspirar barnizar barrer bañar beber buscar cambiar cancelar cargar cavar cenar cepillar
    cerrar clasificar cobrar cocinar colgar colocar comer comparar completar compra comprar comprobar
    confirmar congelar conseguir contactar contestar contratar copiar correr cortar cosechar coser crear
    cuidar dar decorar dejar depositar descargar descongelar desinfectar devolver devuelve dibujar diseñar
    doblar donar echar editar elegir empaquetar empezar encargar encontrar ensayar enseñar entregar entrenar
    enviar envolver envía escanear escribir escuchar estudiar explicar felicitar firmar fregar freír ganar
    grabar guardar hablar hacer hornear imprimir ingresar inscribir instalar invitar ir jugar lava lavar
    leer limpia limpiar llama llamar llenar llevar manda mandar medir mejorar meter mezclar montar mover
    nadar ordenar organizar paga pagar pasar pasear pedir peinar pelar pintar planchar planear planificar
    plantar podar poner practicar preguntar preparar presentar probar programar publicar quedar quitar
    reciclar reclamar recoge recoger recortar redactar regalar regar registrar rellenar renovar renueva
    reparar repasar reponer reserva reservar responder restaurar revisar riega romper sacar secar segar
    sellar sembrar solicitar subir sustituir tender terminar tirar tocar tomar traducir traer tramitar
    transferir usar vaciar vacunar vender ver viajar visitar
"""
CHORES_AT_END = ""
ABOUT_CHAT = """
    tareas consejo consejos mensaje mensajes notificación notificaciones recordatorio recordatorios
    ajuste ajustes idioma zona bot oo menos
"""
NOT_ABOUT_CHAT = (
    (
        r"\bmensajes? (?:a|al|para) (?!m[ií]\b|slack|telegram|whatsapp|mi (?:correo|móvil))\w.*"
        r"|\bmensajes? de .*"
    ),
    r"^(?:aprender|estudiar|practicar) .*\bidioma\b.*",
)

DEEDS_OF_TALK = ""
CONVERSATION = """
    vuelvo regreso
    hace yo tú eres es soy estoy estás está fue fui era hola gracias sí vale bueno qué cuándo dónde quién cómo
    porque tengo tienes tiene quizás quizá tal adiós hasta luego nos vemos te he has hemos
    como bebo rezo duermo trabajo
"""
NOT_TALK_AFTER_CHORES, BEFORE_DATES, WITHIN_DATES = "", "", ""
RULE_WORDS = r"\w+ s[íi],? (?:y )?otr[oa] no"
