"""What people ask in Spanish; ``core/words/phrasebooks/en/questions.py`` explains the constants.

Tests: tests/core/words/test_questions.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

_SHOW = r"(?:(?:muéstrame|enséñame|dime|dame|ver) )"
_ALGO = r"(?:algo|alguna (?:cosa|cita|tarea)|otra cosa|planes)"
_PLANNED = (
    r"(?: (?:más|pendientes?|previst[oa]s?|planead[oa]s?|que hacer|por hacer|hacer|para"
    r"|en (?:el|mi|la) (?:calendario|agenda|lista)))*"
)
DAYS = loosely(
    rf"(?:tengo|hay) {_ALGO}{_PLANNED} <when>|{_ALGO}{_PLANNED} <when>",
    r"estoy (?:libre|ocupad[oa]|disponible) <when>|tengo (?:tiempo )?libre <when>",
    rf"{_SHOW}lo que (?:está previsto|viene|me espera) <when>",
    rf"{_SHOW}?(?:lo que|qué) (?:tengo|hay|me queda|me toca|debo|tengo que|cosas tengo){_PLANNED} <when>",
    r"(?:y|qué tal|qué hay de) (?:para )?<when>|cómo (?:está|viene|se ve|tengo) (?:mi )?<when>",
    r"(?:cuál es|dime) (?:el|mi) (?:plan|programa) (?:de |del |para )?<when>",
    rf"{_SHOW}?(?:mi |el |la |mis |las )?(?:agenda|calendario|tareas|citas) (?:de |del |para )?<when>",
)
DONE_QUESTIONS = (
    (r"(?:ya )?he (?:ya )?(?P<what>.+)", "he {}"),
    (r"(?:ya )?está(?:n)? (?:ya )?(?P<what>.+)", "ya está {}"),
)
SPANS = "(?:este |el )?(?:finde|fin de semana)|(?:la )?pr[óo]xima semana|la semana que viene|este mes"
BEFORE_SPANS = "para|en|durante"
_CUANTAS = r"cuántas (?:tareas|cosas)(?: (?:tengo|me quedan|quedan|hay|faltan|me faltan))?"
HOW_MANY = loosely(
    rf"{_CUANTAS}(?: (?:por hacer|pendientes|todavía|aún|abiertas|que hacer|en (?:la|mi) lista))*"
)
HOW_MANY_ON = loosely(rf"{_CUANTAS}(?: (?:por hacer|pendientes|que hacer|para))* <when>")
_EL = r"(?:el|la|los|las|mi|mis|nuestr[oa]|lo del?(?: (?:la|los|las|mi))?)"
WHEN_IS = loosely(
    r"cuándo (?:tengo que|debo|hay que|me toca) <task>",
    r"(?:a qué hora|qué día|cuándo) tengo (?!que\b|tiempo\b|libre\b|algo\b)"
    r"(?:(?:el|la|los|las|mis?) )?<task>",
    rf"cuándo (?:es|son|era|tengo) {_EL} <task>|(?:a qué hora|qué día) (?:es|tengo) {_EL} <task>",
    (
        rf"{_EL} <task>,? (?:es|era) (?:para )?(?:cuándo|a qué hora|qué día)"
        rf"|(?:para )?cuándo (?:era|tenía) {_EL} <task>"
    ),
    rf"{_EL} <task>,? (?:(?:para )?cuándo|a qué hora|qué día) (?:es|era)",
)
NEXT = "pr[óo]xim[oa]s?|siguientes?"
REMINDERS = loosely(
    r"qué recordatorios (?:tengo|hay)(?: (?:puestos|pendientes|activos))?|tengo recordatorios",
    rf"{_SHOW}?(?:todos )?(?:mis|los) recordatorios|cuándo me (?:recuerdas|avisas)",
)
NOT_REMINDED = loosely(
    r"por ?qué no me (?:(?:lo )?recordaste|(?:lo )?has recordado|avisaste|has avisado)(?: .+)?",
    r"no me (?:lo )?(?:recordaste|has recordado|avisaste|has avisado)(?: .+)?"
    r"|dónde está mi recordatorio(?: .+)?",
)
_QUIET = r"horas? (?:tranquilas?|de silencio|silenciosas?)"
QUIET = loosely(rf"(?:cuándo|cuáles) son (?:mis|las|tus) {_QUIET}|{_SHOW}?mis {_QUIET}|tengo {_QUIET}")
CAP = loosely(
    r"cuántos (?:consejos|mensajes) (?:recibo|me (?:envías|mandas))(?: (?:al|por) día)?",
    r"cuántas veces (?:al día )?(?:me )?escribes(?: (?:al|por) día)?",
)
TIMES = loosely(r"a qué horas? me escribes")
MUTED = loosely(
    r"qué (?:temas )?(?:he silenciado|tengo silenciados?|está silenciado)",
    rf"{_SHOW}?(?:mis |los )?temas silenciados",
)
