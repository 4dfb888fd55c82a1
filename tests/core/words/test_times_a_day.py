"""Several times a day, without the times."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.words.intents import TimesADay
from core.words.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)

WANTED = {
    "drink water 3 times a day": TimesADay(title="drink water", count=3),
    "brush teeth twice a day": TimesADay(title="brush teeth", count=2),
    "i need to take my pills twice daily": TimesADay(title="take my pills", count=2),
    "don't forget to drink water 4x per day": TimesADay(title="drink water", count=4),
    "every 2 hours drink water": TimesADay(title="drink water", count=12),
    "remind me to drink water every 8 hours": TimesADay(title="drink water", count=3, reminds=True),
    "remind me every 2 hours to drink": TimesADay(title="drink", count=12, reminds=True),
    "remind me every hour to stretch": TimesADay(title="stretch", count=24, reminds=True),
    "dreimal täglich tabletten nehmen": TimesADay(title="tabletten nehmen", count=3),
    "3x am tag wasser trinken": TimesADay(title="wasser trinken", count=3),
    "alle 2 stunden wasser trinken": TimesADay(title="wasser trinken", count=12),
    "erinnere mich alle 8 stunden daran tabletten zu nehmen": TimesADay(
        title="tabletten nehmen", count=3, reminds=True
    ),
    "prendre les cachets 3 fois par jour": TimesADay(title="prendre les cachets", count=3),
    "rappelle-moi de boire de l'eau toutes les 2 heures": TimesADay(
        title="boire de l'eau", count=12, reminds=True
    ),
    "tomar las pastillas tres veces al día": TimesADay(title="tomar las pastillas", count=3),
    "recuérdame beber agua cada 2 horas": TimesADay(title="beber agua", count=12, reminds=True),
}


@pytest.mark.parametrize("typed", WANTED)
def test_a_task_is_wanted_several_times_a_day(typed: str) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == WANTED[typed]


@pytest.mark.parametrize(
    "typed",
    [
        "two tips a day", "write me 3 times a day", "3 times a day", "i eat 3 times a day",
        "drink water every day", "call mom every 2 weeks", "read 3 times a week",
        "take pills every day at 9:00 and 18:00",
        "zweimal am tag", "höchstens zweimal am tag", "ich esse dreimal am tag", "je mange 3 fois par jour",
        "como 3 veces al día", "fix the job that runs every 2 hours tomorrow",
    ],
)  # fmt: skip
def test_a_time_a_limit_of_messages_and_talk_are_something_else(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), TimesADay)
