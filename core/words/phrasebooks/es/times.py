"""Spanish words for dates and times; ``core/words/phrasebooks/en/times.py`` explains the constants.

Those of ``TIMES`` are without accents.

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

from core.words.phrasebooks.time_words import Beside, TimeWords

_WEEKDAYS = {
    "lunes": "monday", "martes": "tuesday", "miercoles": "wednesday", "jueves": "thursday",
    "viernes": "friday", "sabado": "saturday", "sabados": "saturday", "domingo": "sunday",
    "domingos": "sunday",
}  # fmt: skip
_SHORT_WEEKDAYS = {
    "lun": "monday", "mar": "tuesday", "mie": "wednesday", "jue": "thursday", "vie": "friday",
    "sab": "saturday", "dom": "sunday",
}  # fmt: skip
_MONTHS = {
    "enero": "january", "febrero": "february", "marzo": "march", "abril": "april", "mayo": "may",
    "junio": "june", "julio": "july", "agosto": "august", "septiembre": "september",
    "setiembre": "september", "octubre": "october", "noviembre": "november", "diciembre": "december",
    "ene": "january", "feb": "february", "abr": "april", "ago": "august", "dic": "december",
}  # fmt: skip
_NUMBERS = {
    "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6",
    "siete": "7", "ocho": "8", "nueve": "9", "diez": "10", "once": "11", "doce": "12", "trece": "13",
    "catorce": "14", "quince": "15", "dieciseis": "16", "diecisiete": "17", "dieciocho": "18",
    "diecinueve": "19", "veinte": "20", "veintiuno": "21", "veintiun": "21", "veintiuna": "21",
    "veintidos": "22", "veintitres": "23", "veinticuatro": "24", "veinticinco": "25", "treinta": "30",
    "cuarenta": "40", "cuarenta y cinco": "45", "cincuenta": "50", "sesenta": "60", "noventa": "90",
}  # fmt: skip
_WORDS = {
    **_WEEKDAYS, **_MONTHS, **_NUMBERS,
    "hoy": "today", "ayer": "yesterday", "anteayer": "day before yesterday", "manana": "tomorrow",
    "mediodia": "noon", "medianoche": "midnight",
    "minuto": "minute", "minutos": "minutes", "hora": "hour", "horas": "hours", "segundos": "seconds",
    "dia": "day", "dias": "days", "semana": "week", "semanas": "weeks", "mes": "month", "meses": "months",
    "ano": "year", "anos": "years", "trimestre": "quarter year", "trimestres": "quarters",
    "cada": "every", "diariamente": "daily", "semanalmente": "weekly", "mensualmente": "monthly",
    "quincenalmente": "biweekly", "trimestralmente": "quarterly", "anualmente": "yearly",
    "este": "this", "esta": "this", "proximo": "coming", "proxima": "coming",
    "pasado": "last", "pasada": "last", "ultimo": "last", "ultima": "last",
    "primer": "first", "primero": "first", "primera": "first", "segundo": "second", "tercer": "third",
    "tercero": "third",
    "el": "le", "la": "the", "un": "a", "una": "a", "de": "of", "del": "of the", "y": "and", "o": "or",
    "hasta": "until", "desde": "from", "durante": "for", "antes": "before", "despues": "after",
    "navidad": "christmas", "nochebuena": "christmas eve", "nochevieja": "new year's eve",
}  # fmt: skip
_PHRASES = {
    # Days.
    "pasado manana": "overmorrow", "antes de ayer": "day before yesterday", "que viene": "coming",
    "fin de semana": "weekend", "finde": "weekend", "fines de semana": "weekends",
    "este finde": "this weekend", "el finde": "le weekend", "el dia #": "le {}th", "dia #": "{}th",
    "el dia # de %": "le {} of {}", "el # de %": "le {} of {}", "# de %": "{} of {}",
    "# de % de #": "{} of {} {}", "# de % del #": "{} of {} {}", "el # de % de #": "le {} of {} {}",
    "el # de % del #": "le {} of {} {}", "al #": "le {}", "al dia #": "le {}th", "al # de %": "le {} of {}",
    "al @": "le {}", "a fin de mes": "end of month", "el primero de %": "le 1 of {}",
    "el # de % de cada ano": "every {} of {}", "# de % de cada ano": "every {} of {}",

    "a finales de": "end of", "a fines de": "end of", "a fin de": "end of", "fin de mes": "end of month",
    "fin de ano": "end of year", "final de mes": "end of month", "finales de": "end of",
    "el fin de mes": "end of month", "a final de": "end of", "al final de": "end of",
    "a final del": "end of the", "al final del": "end of the", "fin del": "end of the",
    "a principios de": "start of", "a comienzos de": "start of", "a inicios de": "start of",
    "a mediados de": "mid", "ano nuevo": "new year", "ano que viene": "year coming",
    "viernes santo": "holy-friday", "jueves santo": "holy-thursday",
    "domingo de ramos": "palm-sunday", "de esta semana": "of the this week",
    # Times of day.
    "a las #": "at {}", "las #": "at {}", "a la una": "at 1", "a la 1": "at 1", "a las # h": "at {} hours",
    "a las # horas": "at {} hours", "las # horas": "at {} hours", "a las # hs": "at {} hours",
    "a las # y media": "at half past {}", "a las # y cuarto": "at quarter past {}",
    "a las # menos cuarto": "at quarter to {}", "a las # menos #": "at {1} to {0}",
    "a las # y #": "at {} {}", "las # y media": "at half past {}", "las # y cuarto": "at quarter past {}",
    "las # menos cuarto": "at quarter to {}", "a la una y media": "at half past 1",
    "a la una y cuarto": "at quarter past 1", "a las # y pico": "at {}", "las # y pico": "at {}",
    "a la una y pico": "at 1", "a la 1 y pico": "at 1", "a la una y #": "at 1 {}",
    "a la una menos #": "at {} to 1", "a la 1 y media": "at half past 1",
    "a la 1 y cuarto": "at quarter past 1", "a la 1 menos cuarto": "at quarter to 1",
    "a la una menos cuarto": "at quarter to 1",
    "a las # en punto": "at {} sharp", "en punto": "sharp", "a las 12 de la noche": "at midnight",
    "a las doce de la noche": "at midnight", "a las 12 del mediodia": "at noon",
    "a las doce del mediodia": "at noon", "de la manana": "morning", "de la tarde": "afternoon",
    "de la noche": "night", "de la madrugada": "morning", "del mediodia": "afternoon",
    "por la manana": "in the morning", "por la tarde": "in the afternoon", "por la noche": "in the night",
    "en la manana": "in the morning", "en la tarde": "in the afternoon", "en la noche": "in the night",
    "a la manana": "in the morning", "a la tarde": "in the afternoon", "a la noche": "in the night",
    "esta manana": "this morning", "esta tarde": "this afternoon", "esta noche": "today night",
    "esta tarde-noche": "this evening",
    "la manana": "the morning", "manana temprano": "tomorrow in the morning",
    "manana tarde": "tomorrow in the afternoon", "manana noche": "tomorrow in the night",
    "a mediodia": "at noon", "al mediodia": "at noon", "a medianoche": "at midnight",
    "a la medianoche": "at midnight",
    "a primera hora": "in the morning", "a primera hora de la manana": "in the morning",
    "a primera hora de la tarde": "in the afternoon", "a ultima hora de la tarde": "in the evening",
    "a ultima hora": "in the evening", "a ultima hora del dia": "in the evening",
    "al final del dia": "in the evening", "a ultima hora de la manana": "at noon",
    "sobre las #": "around {}",
    "hacia las #": "around {}", "como a las #": "around {}",
    "a eso de las #": "around {}", "alrededor de las #": "around {}",
    "hasta las #": "until {}", "para las #": "by {}", "antes de las #": "before {}",
    "desde las # hasta las #": "from {} to {}", "de las # a las #": "from {} to {}",
    "de # a #": "from {} to {}", "entre las # y las #": "between {} and {}",
    "de # a # de la tarde": "from {} to {} pm",
    # Amounts.
    "en #": "in {}", "en un": "in a", "en una": "in a", "en media": "in half", "dentro de": "in",
    "de aqui a": "in", "en unos": "in a few", "en unas": "in a few", "en un par de": "in a couple of",
    "un par de": "a couple of", "media hora": "half hour", "hora y media": "hour and half",
    "horas y media": "hours and half", "un cuarto de hora": "quarter hour",
    "cuarto de hora": "quarter hour", "tres cuartos de hora": "3 quarter hour",
    "en tres cuartos de hora": "in 3 quarter hour", "dentro de tres cuartos de hora": "in 3 quarter hour",
    "en un cuarto de hora": "in quarter hour", "dentro de un cuarto de hora": "in quarter hour",
    "en hora y media": "in a hour and half", "en navidad": "on christmas",
    "en nochebuena": "on christmas eve", "en nochevieja": "on new year's eve",
    "a primera hora de manana": "tomorrow in the morning", "una hora y cuarto": "a hour and quarter",
    "dentro de media": "in half", "dentro de hora y media": "in a hour and half",
    "dentro de unos": "in a few", "dentro de unas": "in a few", "hace #": "vor {}", "hace un": "vor a",
    "hace una": "vor a",
    # Recurrences.
    "todos los": "every", "todas las": "every", "todo los": "every", "a diario": "daily",
    "todas las mananas": "every morning", "todas las tardes": "every afternoon",
    "todas las noches": "every night", "cada manana": "every morning", "cada tarde": "every afternoon",
    "cada noche": "every night", "entre semana": "every workday", "dias laborables": "workdays",
    "los dias laborables": "every workday", "dia laborable": "workday", "dias habiles": "workdays",
    "los dias habiles": "every workday", "dia habil": "workday", "todos los fines de semana": "every weekend",
    "cada @ alternativo": "every other {}", "cada @ alterno": "every other {}",
    "cada dos @": "every other {}",
    "cada 2 @": "every other {}", "un @ si y otro no": "every other {}", "un @ de cada dos": "every other {}",
    "los @ alternos": "every other {}", "@ alternos": "every other {}", "@ alterno": "every other {}",
    "en semanas alternas": "every 2 weeks", "semanas alternas": "every 2 weeks",
    "en dias alternos": "every 2 days", "dias alternos": "every 2 days", "un dia si otro no": "every 2 days",
    "una semana si y otra no": "every 2 weeks", "de hoy en ocho": "today in 8 days",
    "de hoy en ocho dias": "today in 8 days", "de hoy en quince": "today in 2 weeks",
    "de hoy en una semana": "today in 1 week", "@ en ocho": "{} in 1 week",
    "los fines de semana": "every weekend", "un dia si y otro no": "every 2 days",
    "un dia si un dia no": "every 2 days", "una vez al": "once a", "una vez a la": "once a",
    "una vez por": "once a", "una vez cada": "once every", "cada quincena": "every 2 weeks",
    "los @": "every {}",
    "los @ y @": "{}s and {}s", "los @ y los @": "{}s and {}s", "los @ @ y @": "{}s and {}s and {}s",
    "los @ y @ y @": "{}s and {}s and {}s",
    "excepto los @": "excepto {}s", "salvo los @": "salvo {}s", "menos los @": "excepto {}s",
    "excepto el @": "excepto {}s", "salvo el @": "salvo {}s", "menos el @": "excepto {}s",
    "menos los fines de semana": "excepto weekends", "menos el fin de semana": "excepto weekends",
    "excepto los fines de semana": "excepto weekends",
    "salvo los fines de semana": "salvo weekends", "de @ a @": "from {} to {}", "@ a @": "{} to {}",
    "lun #": "monday {}", "mie #": "wednesday {}", "jue #": "thursday {}", "vie #": "friday {}",
    "sab #": "saturday {}", "dom #": "sunday {}", "hasta fin de": "until end of",
    # Words that introduce a date.
    "antes del": "before le", "antes de": "before", "para el": "by le", "para la": "by the",
    "para hoy": "by today", "para manana": "by tomorrow", "para pasado manana": "by overmorrow",
    "para fin de": "by end of", "para finales de": "by end of", "para el final de": "by end of",
    "a partir del": "starting le", "a partir de": "starting", "desde el": "starting le",
    "desde manana": "starting tomorrow", "desde hoy": "starting today", "hasta el": "until le",
    "a mas tardar": "latest", "como muy tarde": "latest", "vence el": "due le", "vence": "due",
    "despues del": "after le",
}  # fmt: skip
_HOLIDAYS = {
    "navidad": "25 of december", "navidades": "25 of december", "el dia de navidad": "25 of december",
    "nochebuena": "24 of december", "nochevieja": "31 of december", "fin de ano": "31 of december",
    "ano nuevo": "1 of january", "reyes": "6 of january", "los reyes": "6 of january",
    "el dia de reyes": "6 of january", "la noche de reyes": "5 of january", "san valentin": "14 of february",
    "san jose": "19 of march", "sant jordi": "23 of april", "san juan": "24 of june",
    "la hispanidad": "12 of october", "el pilar": "12 of october", "halloween": "31 of october",
    "todos los santos": "1 of november", "la constitucion": "6 of december",
    "la inmaculada": "8 of december", "pascua": "easter", "semana santa": "easter",
}  # fmt: skip
_BEFORE_HOLIDAYS = {"para": "by", "por": "on", "en": "on", "antes de": "before", "hasta": "until"}
_PHRASES |= {
    f"{word} {name}": f"{lead} {day}"
    for word, lead in _BEFORE_HOLIDAYS.items()
    for name, day in _HOLIDAYS.items()
}
_PHRASES |= {f"para {name}": f"by {month}" for name, month in _MONTHS.items()}
_PHRASES |= {name: f"le {day}" for name, day in _HOLIDAYS.items() if name.startswith(("el dia", "la noche"))}
_PHRASES |= {
    f"{short}{words.removeprefix('para')}": meaning
    for words, meaning in _PHRASES.items()
    if words.startswith("para ")
    for short in ("pa", "xa")
}
_SURE = """
    manana hoy ayer anteayer lunes miercoles jueves viernes sabado sabados martes enero febrero septiembre
    setiembre octubre noviembre diciembre dia dias semana semanas meses minutos horas mediodia medianoche
    madrugada navidad nochebuena nochevieja proximo proxima cada todos todas diariamente semanalmente
    mensualmente anualmente quincenalmente recuerdame recuerda recordarme recuerdeme avisame olvides
    olvidar tengo debo necesito anade anota apunta llamar comprar pagar hacer enviar llevar recoger
    limpiar sacar regar cita tarea tareas dentista hecho muevelo mueve pospon aplaza borra elimina quita
    cambia
"""
_HINTS = """
    reunion el los las del una por para y hora domingo domingos marzo abril mayo junio julio agosto tarde
    noche esta este hasta desde dentro antes despues con sin dos tres cuatro cinco seis siete ocho nueve
    diez once minuto ano anos primer ultimo ultima que tus tu su al finde hermano hermana madre padre
    casa
"""
_OTHERS = """
    may the to and at on my your for with from of is are in it this that about call buy pay meet watch
    read send book check next every day week month year hour hours minutes today tomorrow tonight monday
    tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december der die das den dem und mit für von zum zur ist ich mir nicht
    morgen heute montag dienstag mittwoch donnerstag freitag samstag sonntag jeden jede le les des du et à
    au aux avec pour dans chez je j'ai ne pas demain aujourd'hui lundi mardi mercredi jeudi vendredi
    samedi dimanche chaque
"""
_SHORT = "|".join(_SHORT_WEEKDAYS)
TIMES = TimeWords(
    words=_WORDS,
    phrases=_PHRASES,
    numbers={name: number for name, number in _NUMBERS.items() if " " not in name},
    weekdays={**_WEEKDAYS, **_SHORT_WEEKDAYS},
    months=_MONTHS,
    sure=frozenset(_SURE.split()),
    hints=frozenset(_HINTS.split()),
    shown_by=(
        rf"(?:a |de |sobre |hacia )?las (?:\d|{'|'.join(_NUMBERS)})|a la una\b|(?:un|este|al|del|cada|\d+)"
        rf" mes\b"
        rf"|\d{{1,2}} de (?:{'|'.join(_MONTHS)})\b|al \d|(?:{_SHORT})(?:[-/]| a | y | )(?:vie|sab|dom|mie"
        rf"|jue)\b"
        r"|(?:media|una|cuarto de) hora\b|(?:por|de|esta) (?:la )?(?:tarde|noche)\b|fin de (?:mes|semana"
        r"|ano)\b"
        r"|el \d{1,2}[/-]\d{1,2}\b|a (?:finales|fines|principios|mediados|comienzos) de(?:l| )\b"
        r"|el \d{1,2}(?=$| (?:al?|de|por|en|con)\b)|(?:el|los) (?:finde|domingos?)\b"
        r"|^en \d+ min$"
        r"|en (?:una?|unos|unas) (?:horas?|mes|ano)\b|\d+ (?:anos?|hora)\b"
    ),
    shown_words=frozenset(
        ("mes", "al", "el", "las", "hora", "min", "finales", "fines", "principios", "mediados", "comienzos")
    ),
    others=frozenset(_OTHERS.split()),
)
# --- Words that are read in every sentence: none, as they mean something else in others --

SPELLINGS: dict[str, str] = {}
AMBIGUOUS_WEEKDAYS: dict[str, str] = {}
LOWER_CASE_WEEKDAYS = ""
WEEKDAYS_IN_A_ROW: dict[str, str] = _SHORT_WEEKDAYS | {"mié": "wednesday", "sáb": "saturday"}

# --- Words that decide whether a date belongs to the title -------------------------------------------------

BEFORE_NO_DATE = """
    con sin mi mis tu tus su sus nuestro nuestra según como contra feliz buen buena buenos buenas cuyo señor
"""
TASK_VERBS = """
    llama compra paga envía manda recoge limpia lava saca riega reserva renueva devuelve prepara llamar
    comprar pagar hacer enviar mandar llevar traer recoger limpiar lavar sacar regar reservar renovar pedir
    ir visitar escribir leer revisar preparar buscar devolver cancelar confirmar terminar acabar entregar
    estudiar imprimir arreglar reparar cambiar preguntar responder contestar tomar tirar ordenar planchar
    cocinar organizar vender comer beber ver hablar quedar pasar poner mirar practicar
"""
TITLED_WORKS, PLANNING = "ver leer escuchar mirar", "planear planificar organizar preparar celebrar disfrutar"
SELDOM_TITLED_WORKS, BEFORE_A_PERSON = "ver", "para con"
BUYING, BUYING_SOME = "comprar vender", "pedir coger"
OR_SO = "asi así"
DECIDING = "preguntar decidir elegir confirmar comprobar si"
PRICE_AFTER, PRICE_UNITS = "a", "euro euros eur pesos € cada"
CHANGE_VERBS, HEATING_VERBS, PARTICLE_VERBS = "", "", ""
PERSON_TITLES = "sr sra señor señora don doña"
TITLES_IN_LOWER_CASE, NUMBER_LABELS = PERSON_TITLES, "capítulo sección página artículo habitación sala"
VERBS_AFTER_TIME, AFTER_ORDINAL = "es será sería queda está negro santo", "con para sobre en a al"
PARTICIPLES, VERBS_AT_END, DAYS_BEFORE_VERBS = "", "", ""
COUNTED, WEEKDAY_IS_A_WORD, EXCEPT, COUNT_WORDS, LOCAL_TIME = "", "", "excepto salvo", "", ""
AFTER_AN_HOUR, AFTER_A_DAY, VERBS_BY_AN_AMOUNT = "en con a al del", "con en", ""

# --- Words of dates that have no normal form ---------------------------------------------------------------

ISH = ""
LEADS = "by le, until le, before le, due le, starting le"
APPROXIMATELY, AGO = "", ""
TIMES_IN_ALL, IN_ALL, SHARP, NOUNS_OF_DAY = "", "", "", ""
HOURS_AFTER, CLOCK_WORDS, DATE_AFTER = "", "", ""
AND_DAYS, DAY_JOINTS, AT_CLOCK, PART_AFTER_DAY = "", "", "", ""
ON_AFTER, ON_BEFORE = "", ""
HOLIDAYS: dict[str, str] = {}
BESIDE: tuple[Beside, ...] = ()
STARTING = ""
WORKING_WEEK = ""
OF_TWO = ""
FIRST_ALONE = ""
DAYS_BEFORE_NOUNS = ""
DAYS_FIRST = """
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo mañana manana viene
    próximo proximo próxima proxima
"""
INFINITIVE = ""
ORDINAL_ENDINGS, DAY_WITH_PART = "", ""
DAY_PARTS: dict[str, str] = {}
PREFIXES: dict[str, str] = {}
WORDS_AFTER_PREFIX: dict[str, str] = {}

# --- Settings: times, quiet hours, limits ------------------------------------------------------------------

TWELVE_HOURS = ""
NOON, MIDNIGHT, O_CLOCK = "", "", ""
SETTING_DAYS = {
    **_WEEKDAYS, "mié": "wednesday", "miércoles": "wednesday", "sábado": "saturday", "sábados": "saturday",
    "jue": "thursday", "vie": "friday", "sáb": "saturday", "dom": "sunday",
}  # fmt: skip
WORKDAYS, WEEKENDS, OFF = "", "", "nunca"
AT_MOST, TIPS_A_DAY, A_DAY = "máximo|como mucho", "veces|consejos?", "(?:al|por|/) ?día"
MORNING_HOURS, EVENING_HOURS, HOUR_UNITS = "de la mañana", "de la (?:tarde|noche)", "horas?"
DAILY, ON_WORKDAYS = "todos los d[íi]as|cada d[íi]a|a diario", "entre semana|d[íi]as laborables"
ALL_DAY = "todo el día"
REWRITES = (
    (r"\b(?:(?:los )?fines de semana|(?:el )?fin de semana)\b", "weekends"),
    (r"\bhasta las ", "hasta "),
    (r"\b(?:a |de |desde )?las (?=\d)", "a "),
    (r"\b(?:los|el) (?=[a-z])", ""),
    (r"\bentre\s+a (?=\S+\s+y\s)", "entre "),
    (r"(?<=[a-záé])\s+a\s+(?=(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom))", "-"),
)
BETWEEN, AND, TO, FROM = "entre", "y(?: a)?", "hasta", "de|desde|a|cada|todos"
