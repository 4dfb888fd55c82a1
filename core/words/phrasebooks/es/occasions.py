"""Which Spanish words of a task say that it is in the morning or in the evening.

Tests: tests/core/words/dates/test_occasions.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

(MORNINGS,) = loosely(r"despert\w+|levantar(?:me|se|nos)|desayun\w+|amanecer")
(EVENINGS,) = loosely(
    r"cena[r]?|cenar|copas|cine|concierto|fiesta|discoteca|teatro|ópera|cervezas|cañas|tomar algo|pub"
)
(EVENING_ORDERS,) = loosely(r"pedir (?:una |unas |el )?(?:pizzas?|sushi)")
(MIDDAYS,) = loosely(r"almuerzo|almorzar|comida con|comer con")
(EARLY_ON_A_DAY,) = loosely(
    r"(?:al|en el|para el|hacia el) aeropuerto|^(?:el )?aeropuerto|^(?:mi |el |nuestro )?(?:vuelo|avión)"
    r"|^(?:mi |el |nuestro )?tren(?: a .*)?$|(?:coger|tomar) (?:el |mi |un )(?:vuelo|tren|avión)"
    r"|^(?:la |mi |una )?alarma$"
)
(OTHER_ERRANDS,) = loosely(
    r"comprar|reservar|pedir|llamar|escribir|pagar|recoger|buscar|organizar|invitar|cancelar|entradas"
    r"|billetes?"
    r"|mesa|reserva"
)
