"""Words by which oO tells that a text is in Spanish (``core/words/languages.py``), and names of languages.

Tests: tests/core/words/test_languages.py.
"""

from __future__ import annotations

TELLING = """
    viene dejes pospónlo ponlo muévelo bórralo hazlo hice avísame añade apunta agrega crea marca pasado
    mañanas tardes noches quincena yo tú nosotros usted ustedes mí mis tengo tienes tenemos tiene soy
    eres somos estoy estás está están puedo puedes puede podrías debo debes quiero quieres quisiera voy
    hago hacer qué cuándo cómo cuál dónde hoy mañana ayer ahora luego siempre todavía aún ya quizás
    recuérdame recuerdame borra elimina quita mueve aplaza pospón pospon cambia escribe escríbeme
    muéstrame muestra cada todos todas días semana semanas mes meses próximo próxima próximos lunes
    martes miércoles jueves viernes sábado domingo hora horas tarde noche mediodía medianoche dura unos
    gracias porque cuando también nada nunca enero febrero marzo abril junio julio agosto septiembre
    octubre noviembre diciembre hecho listo necesito día año fin minutos
"""
"""Pronouns, verbs, adverbs and words of time: a title seldom has any."""

JOINING = """
    nueva nuevo tarea lista hacia mi su el los las un una unos unas y o del al en con sin para por hasta
    desde sobre entre antes después este esta estos estas ese esa a de llamar comprar pagar ir escribir
    enviar regar sacar recoger terminar leer limpiar llevar la reservar preparar hablar renovar que me te
    se lo eso hola demasiado menos más darme dame dime solo cuánto cuántos cuántas he
"""
"""Articles, prepositions, conjunctions and common verbs: titles and names have them too."""

ENDINGS = ""
LANGUAGE_NAMES = {
    "en": "inglés ingles",
    "de": "alemán aleman",
    "fr": "francés frances",
    "es": "español espanol castellano",
    "it": "italiano",
    "pt": "portugués portugues",
    "nl": "neerlandés holandés",
    "pl": "polaco",
    "tr": "turco",
    "ru": "ruso",
    "uk": "ucraniano",
    "ja": "japonés",
    "zh": "chino",
    "ar": "árabe",
    "sv": "sueco",
    "da": "danés",
    "cs": "checo",
}
"""By their IETF tags, in lower case."""
