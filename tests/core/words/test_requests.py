"""The argument of ``/tip``: how much time and energy there is."""

from __future__ import annotations

import pytest
from hypothesis import given

from core.records import Request
from core.words.intents import AskTip
from core.words.requests import MAX_MINUTES, read_request, tip_argument
from core.words.understand import understand
from tests.core.words.hostile import hostile_text
from tests.core.words.times import BERLIN, NOW


def typed(argument: str) -> Request:
    return tip_argument(argument, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    ("argument", "request_"),
    [
        ("", Request()),
        ("20 min", Request(minutes=20)),
        ("20 minutes, low energy", Request(minutes=20, energy="low")),
        ("tired", Request(energy="low")),
        ("an hour and a half", Request(minutes=90)),
        ("half an hour, I'm tired", Request(minutes=30, energy="low")),
        ("20 min please", Request(minutes=20)),
        ("20 min?", Request(minutes=20)),
        ("what now? 20 min", Request(minutes=20)),
        ("30 Minuten und müde", Request(minutes=30, energy="low")),
        ("j'ai 20 minutes", Request(minutes=20)),
    ],
)
def test_time_and_energy_are_read_in_three_languages(argument: str, request_: Request) -> None:
    assert typed(argument) == request_


@pytest.mark.parametrize(
    "argument",
    [
        "0 min",
        "10000 minutes",
        "20 min and the moon",
        "milk auf meine Liste",
        "rent is done",
        "?",
        "until 2020",
    ],
)
def test_an_argument_that_is_not_understood_says_nothing(argument: str) -> None:
    assert typed(argument) == Request()


@pytest.mark.parametrize("argument", ["20 min", "an hour, tired", "j'ai 20 minutes", "15 minutes et fatigué"])
def test_the_argument_means_what_it_means_after_the_question(argument: str) -> None:
    asked = understand(f"What should I do now? {argument}", now=NOW, zone=BERLIN)
    assert asked == AskTip(request=typed(argument))


def test_minutes_alone_are_no_request_without_the_command() -> None:
    assert read_request("20 min", now=NOW, zone=BERLIN) is None
    assert typed("20 min") == Request(minutes=20)


@given(hostile_text)
def test_any_argument_is_answered(argument: str) -> None:
    found = typed(argument)
    assert found.minutes is None or 0 < found.minutes <= MAX_MINUTES


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("hast du einen kurzen tipp für 10 minuten?", 10),
        ("anderen tipp bitte", None),
        ("einen anderen tipp bitte", None),
        ("hast du einen tipp für mich?", None),
        ("gib mir einen tipp für 15 minuten", 15),
        ("noch ein tipp", None),
        ("tu as un conseil rapide pour 10 minutes ?", 10),
        ("un autre conseil s'il te plaît", None),
        ("donne-moi un conseil pour 15 minutes", 15),
        ("as-tu une idée pour moi ?", None),
        ("tienes un consejo corto para 10 minutos?", 10),
        ("otro consejo por favor", None),
        ("dame un consejo para 15 minutos", 15),
        ("do you have a quick tip for 10 minutes?", 10),
        ("another tip please", None),
        ("give me a tip for 15 minutes", 15),
    ],
)
def test_a_tip_is_asked_for_in_passing(text: str, minutes: int | None) -> None:
    assert understand(text, now=NOW, zone=BERLIN) == AskTip(request=Request(minutes=minutes))


@pytest.mark.parametrize(
    "text",
    [
        "Idee aufschreiben", "Tipp für Oma aufschreiben", "neuen Vorschlag schreiben",
        "Anna einen Tipp geben",
        "donner un conseil à Anne", "dar un consejo a Ana", "give Ann a tip", "tip the waiter 10 euros",
    ],
)  # fmt: skip
def test_a_to_do_with_a_tip_in_it_asks_for_none(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), AskTip)
