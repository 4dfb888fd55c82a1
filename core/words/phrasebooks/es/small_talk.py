"""Small talk in Spanish; ``core/words/phrasebooks/en/small_talk.py`` explains the constants.

Tests: tests/core/words/test_small_talk.py.
"""

from __future__ import annotations

WORDS = """
    absolutamente aburrida aburrido adiós ah aja ajá algo anda asco ay bah basta bien boba bobo bot broma
    buenas bueno buf cancela cancelar cansada cansado canta caramba chao chau chiste cierto claro correcto
    cuidado cállate disculpa disculpe déjalo ejemplo ejemplos encantado enferma enfermo entendido error
    espera espere estresada estresado estrés estúpida estúpido exactamente exacto falso fatal feliz genial
    festivo gilipollas gracias guay hey hm hola holi horrible idea idiota igual imbécil imposible
    interesante inútil ja jaja
    jajaja joder jolín listo libre loco luego lárgate mal mala malo mentira menudo menú mierda momento nada
    ninguna ninguno no nop nose nunca obviamente oh ojalá ok okay olvídalo otra otro perdona perdón perfecto
    probando prueba pues puta quizá quizás qué raro robot rollo seguro si siguiente sorry stop sé sí súper
    tal test todo tonta tonto triste uf uff ups vale vamos vaya venga verdad vete wow ya
"""

BETWEEN = """
    1 123 2 3 a ahora al aquí como con cómo de del el en eres es eso estas esto estoy está estás fue ha he
    hoy la las le lo los me mi mundo muy más ni oo para pero por que qué se sin solo son soy sólo tan te
    todos tu tú un una vez y
"""

LAUGHTER = r"a?(?:ja|je|ji){2,}j?"
OPENINGS = "ah buf hm ja jaja jajaja nada oh pues uf uff"
OPENINGS_OF_A_TIME = ""

PHRASES = (
    r"\d+ (?:minutos?|min|horas?)",
    r"vivo en .+",
    r"ir bien|(?:hacer|haz) (?:otra cosa|nada)|dejar (?:de .+|en paz)|ver (?:luego|más tarde)",
    r"buscar otra cosa|vete(?: .*)?|lárgate|cállate(?: .*)?|que te (?:den|jodan|follen)",
    r"a la (?:mierda|porra)",
    r"c[oó]mo (?:est[aá]s?|va|vas|te va|andas)(?: .*)?|qu[eé] (?:tal|pasa|hay|onda|haces|más)(?: .*)?",
    r"todo (?:bien|ok|mal|perfecto|claro)(?: .*)?|(?:estoy|todo) bien(?: .*)?",
    (
        r"(?:cu[eé]ntame|dime|c[aá]ntame|canta|escribe|escr[ií]beme) (?:un|una|algún) (?:chiste"
        r"|historia|canci[oó]n|cuento|poema)"
    ),
    r"(?:un )?chiste|pon(?:er|me)? m[uú]sica|(?:enciende|apaga|encender|apagar) la luz",
    r"(?:el )?tiempo(?: (?:hoy|mañana))?|el clima|qu[eé] (?:hora|tiempo|d[ií]a)(?: .*)?",
    (
        r"(?:buen|mal|lindo|largo|duro|qu[eé] mal) (?:d[ií]a|fin de semana|finde|viaje|trabajo|bot"
        r"|chiste|provecho)(?: .*)?"
    ),
    r"buen[oa]s (?:d[ií]as|tardes|noches)(?: .*)?",
    r"feliz (?:navidad|cumpleaños|año(?: nuevo)?|d[ií]a|lunes|viernes)(?: .*)?|felices fiestas",
    (
        r"(?:de acuerdo|por supuesto|desde luego|claro que (?:s[ií]|no)|lo siento|ni idea|tal vez"
        r"|a lo mejor|otra vez|m[aá]s|nada (?:hoy|m[aá]s|especial|que hacer|por ahora)|un (?:momento"
        r"|minuto|segundo)|espera(?: un (?:momento|segundo|poco))?)"
    ),
    r"(?:es )?(?:s[oó]lo )?(?:una )?prueba|(?:bla ?)+|hola (?:mundo|a todos|oo|qu[eé] tal)",
    r"me llamo .+|(?:soy|aqu[ií]) \w+|eres (?:tonto|idiota|genial|in[uú]til|un robot)(?: .*)?",
    r"trabajo de (?:noche|d[ií]a|tarde)|vamos(?: all[aá])?|empecemos|mucha suerte",
    r"no (?:entiendo|s[eé]|me gusta|importa)(?: .*)?",
)

ANSWERS = (
    (
        r"(?:s[ií]|ok|okay|vale|bien|bueno|claro|de acuerdo|perfecto|genial|no|exacto|exactamente"
        r"|cierto|por supuesto|correcto|entendido|listo)(?:[ ,]+(?:s[ií]|ok|vale|gracias|bien|claro"
        r"|que s[ií]|que no|genial|entonces))*"
    ),
    r"adi[oó]s|chao|chau|hasta (?:luego|mañana|pronto|la vista|otra)|nos vemos|buenas noches",
    r"buen (?:d[ií]a|fin de semana|finde)|cu[ií]date",
    r"(?:(?:eso )?es todo|basta|suficiente|ya est[aá](?: bien)?|he terminado|termin[eé]) por hoy",
    r"lo siento|perd[oó]n|perdona|disculpa|ups|olv[ií]dalo|d[eé]jalo|cancelar?",
    r"no (?:importa|pasa nada)|de nada|da igual|no hay (?:problema|de qu[eé])",
    r"(?:yo )?no (?:lo )?s[eé](?: a[uú]n| todav[ií]a)?|ni idea|quiz[aá]s?|tal vez|a lo mejor",
    r"ya veremos|nada(?: (?:hoy|m[aá]s|especial|que hacer|por ahora))?",
    r"(?:espera(?: un (?:momento|segundo|poco))?|un (?:momento|minuto|segundo))",
)
