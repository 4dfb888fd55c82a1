"""What a Spanish tip claims is checked like an English one."""

from __future__ import annotations

import pytest
from babel import Locale

from core.tips.spanish_claims import SPANISH
from core.words.dates.vocabulary import MONTHS, WEEKDAYS
from tests.core.moments import parsed, tip


def dropped(content: str, *fact_ids: str) -> str | None:
    (candidate,) = parsed(tip(content, rationale="Es rápido.", fact_ids=list(fact_ids)))
    return candidate.dropped


@pytest.mark.parametrize(
    ("content", "fact_id"),
    [
        ("Paga el alquiler, vence mañana.", "t1"),
        ("Paga el alquiler, vence el martes 6 de octubre.", "t1"),
        ("Riega las plantas esta mañana.", "t2"),
        ("Riega las plantas por la mañana, sin prisa.", "t2"),
        ("Llama a Zoë, la tarea está vencida.", "t3"),
        ("Lee el libro, vence hoy.", "t4"),
    ],
)
def test_what_the_facts_say_may_be_said(content: str, fact_id: str) -> None:
    assert dropped(content, fact_id) is None


@pytest.mark.parametrize(
    ("content", "fact_id", "reason"),
    [
        ("Riega las plantas antes del viernes.", "t2", "ungrounded_date"),
        ("Paga el alquiler, vence en diciembre.", "t1", "ungrounded_date"),
        ("Riega las plantas, están atrasadas: atrasado.", "t2", "ungrounded_date"),
        ("Riega las plantas, el plazo es hoy.", "t2", "ungrounded_date"),
        ("Paga el alquiler, prioridad 3.", "t1", "ungrounded_number"),
        ("Llama a Zoë mañana.", "t3", "ungrounded_date"),
    ],
)
def test_what_they_do_not_say_is_dropped(content: str, fact_id: str, reason: str) -> None:
    assert dropped(content, fact_id) == reason


def test_the_names_are_those_of_cldr() -> None:
    spanish = Locale("es")
    for index, name in spanish.days["format"]["wide"].items():
        assert SPANISH[name] == WEEKDAYS[index]
    for number, name in spanish.months["format"]["wide"].items():
        assert SPANISH[name] == MONTHS[number - 1]
