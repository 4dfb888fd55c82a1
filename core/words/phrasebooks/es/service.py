"""What people ask oO about itself in Spanish; ``core/words/phrasebooks/en/service.py`` explains all.

Tests: tests/core/words/test_service.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

_SHOW = r"(?:(?:muestra|muéstrame|abre|abrir|ver|cambia|cambiar) )?(?:(?:todos|los|las|mis|la|mi|tus) )*"
SETTINGS = loosely(
    rf"{_SHOW}(?:ajustes?|configuración|preferencias|opciones)",
    r"dónde (?:están|encuentro) (?:los |mis |las )?(?:ajustes|opciones|preferencias)",
)
PRIVACY = loosely(
    rf"{_SHOW}(?:privacidad|protección de datos)|rgpd|mi cuenta|mis datos",
    r"(?:dónde|cómo) (?:están|se guardan|guardas|almacenas) (?:guardados )?mis datos",
    r"(?:están )?(?:mis datos )?(?:están )?(?:seguros|a salvo)|es (?:seguro|privado|anónimo)",
    r"qué (?:sabes|guardas|datos tienes)(?: (?:de|sobre) mí)?|(?:lees|puedes leer) mis mensajes",
)
_DATA = r"(?:(?:todos|mis|mi|los|la|el) )*(?:cuenta|datos|perfil|historial)|todo sobre mí"
DELETE_DATA = loosely(
    rf"(?:borra|borrar|elimina|eliminar|cierra|cerrar|olvida|suprime) (?:{_DATA})",
    rf"(?:cómo (?:puedo )?|quiero |puedes )(?:borrar|borro|eliminar|elimino|cerrar) (?:{_DATA})",
)
EXPORT_ALL = loosely(
    r"(?:cómo |puedo |puedes |quiero )?(?:exporta(?:r|me)?|descarga(?:r|me)?|guarda(?:r|me)?)"
    r" (?:(?:todos|mis|los) )*datos"
)
_AMIGO = (
    r"(?:(?:mi|una?) (?:mujer|esposa|esposo|marido|pareja|novia|novio|amig[oa]|colega|hermano|hermana)"
    r"|alguien)"
)
INVITE = loosely(
    rf"(?:cómo |puedo |quiero )?(?:invita(?:r)?|invito) a {_AMIGO}(?: a (?:oo|usarte|ti))?",
    rf"puede {_AMIGO} (?:también )?usarte",
)
_LISTA = r"(?:(?:mi|mis|la|las|todas) )*(?:lista(?: de tareas)?|tareas)"
PRINT = loosely(rf"(?:puedo |puedes )?imprim(?:e|ir|irme|o|eme) {_LISTA}")
SHARE = loosely(
    rf"(?:puedo |puedes |cómo )?compart(?:e|ir|o) {_LISTA}(?: con .+)?"
    r"|(?:envía|manda) (?:mi lista|mis tareas) a (?!slack|telegram).+",
)
SORT = loosely(
    rf"(?:ordena(?:r)?|clasifica(?:r)?)(?: {_LISTA}|las|la)? por (?:la )?(?:fecha|día|hora|prioridad|urgencia"
    r"|nombre|título|vencimiento|importancia)",
    rf"ordena(?:r)? {_LISTA}",
)
SWAP = loosely(r"(?:intercambia|permuta)(?:r)? (?P<cambio>.+?) (?:y|con|por) (?P<cambio_con>.+)")
TIMEZONE = loosely(
    r"(?:(?:cambia|cambiar|pon) )?(?:mi |la )?zona horaria(?: (?:es|a|en))?"
    r" (?P<es_place>(?!mal|está|incorrecta|equivocada|no).+)",
    r"(?:ahora )?(?:vivo|estoy viviendo|me he mudado|estoy)(?: ahora)? (?:en|a) (?P<es_city>.+)",
)
ASK_TIMEZONE = loosely(
    r"(?:cambia|cambiar|corrige) (?:mi |la )?zona horaria|(?:mi |la )?zona horaria(?: (?:está mal"
    r"|es incorrecta"
    r"|no es correcta|equivocada))?|la hora está mal|cuál es mi zona horaria",
)
_A_TASK = r"(?:(?:una|un|unas|mis|la|las|el|los|nueva) )*(?:tareas?|recordatorios?|consejos?|fechas?)"
HOW_TO = loosely(
    r"cómo (?:puedo |se )?(?:añado|añadir|añade|borro|borrar|creo|crear|elimino|eliminar|cambio|cambiar|muevo"
    rf"|mover|termino|terminar|edito|editar) {_A_TASK}",
    r"cómo funcionan (?:los |las )?(?:recordatorios|consejos|tareas)|qué (?:es un consejo|son los consejos)",
    r"qué (?:puedo|debo|tengo que) (?:escribir|decir|preguntar|poner)(?:te)?(?: aquí)?",
    r"(?:para qué sirve(?:s)?|qué (?:haces|eres|es esto))",
    r"(?:me )?(?:puedes|podrías) (?:ayudarme|recordarme (?:cosas|algo|mis tareas|todo)|ayudar)",
    r"no (?:te |lo )?(?:entiendo|comprendo)(?: nada)?|no he entendido|explícame(?: .+)?|explica(?: .+)?",
    r"instrucciones|comandos",
    (
        r"(?:esto )?es (?:gratis|gratuito|de pago)|cuánto cuesta(?: esto)?|quién te (?:hizo|creó"
        r"|ha creado|programó)"
    ),
    r"eres (?:un |una )?(?:robot|bot|humano|humana|ia|máquina|persona)(?: o .+)?",
)
