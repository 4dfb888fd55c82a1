"""What is to be done tells whether its time is in the morning or in the evening; else nothing changes."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.words.intents import AddTask
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)  # a Monday, 9:30
BERLIN = ZoneInfo("Europe/Berlin")

OCCASIONS = {
    "wake me at 6 tomorrow": "2026-12-01 06:00",
    "wake me up at 7": "2026-12-01 07:00",
    "remind me to wake up at 6 tomorrow": "2026-12-01 06:00",
    "set an alarm for 6 tomorrow": "2026-12-01 06:00",
    "get up at half past 5 on friday": "2026-12-04 05:30",
    "breakfast with ann saturday at 6": "2026-12-05 06:00",
    "leave for airport at 5 on friday": "2026-12-04 05:00",
    "be at the airport friday at 6": "2026-12-04 06:00",
    "flight to rome friday at 6": "2026-12-04 06:00",
    "dinner with sue fri 7": "2026-12-04 19:00",
    "dinner friday 8:30": "2026-12-04 20:30",
    "drinks with joe saturday at 8": "2026-12-05 20:00",
    "concert thursday at 9": "2026-12-03 21:00",
    "remind me tomorrow at 8 to go to the cinema": "2026-12-01 20:00",
    "lunch with bob friday 1:30": "2026-12-04 13:30",
    "every sunday breakfast at 7": "2026-12-06 07:00",
    "weck mich morgen um 6": "2026-12-01 06:00",
    "morgen um 6 aufstehen": "2026-12-01 06:00",
    "aufstehen um halb 7": "2026-12-01 06:30",
    "ich muss samstag um 6 am flughafen sein": "2026-12-05 06:00",
    "frühstück mit jana samstag um 6": "2026-12-05 06:00",
    "abendessen mit sue freitag um 7": "2026-12-04 19:00",
    "abendessen freitag 7 uhr": "2026-12-04 19:00",
    "freitag um 8 ins kino": "2026-12-04 20:00",
    "party samstag um 9": "2026-12-05 21:00",
    "mittagessen freitag um 1": "2026-12-04 13:00",
    "réveille-moi demain à 6h": "2026-12-01 06:00",
    "petit déjeuner avec ann samedi à 6h": "2026-12-05 06:00",
    "dîner avec sue vendredi à 7h": "2026-12-04 19:00",
    "cinéma samedi à 8h": "2026-12-05 20:00",
    "vol pour rome vendredi à 6h": "2026-12-04 06:00",
    "despiértame mañana a las 6": "2026-12-01 06:00",
    "desayuno con ana el sábado a las 6": "2026-12-05 06:00",
    "cena con sue el viernes a las 9": "2026-12-04 21:00",
    "cine el sábado a las 8": "2026-12-05 20:00",
    "vuelo a madrid el viernes a las 6": "2026-12-04 06:00",
    "beers with Bob friday at 8": "2026-12-04 20:00",
    "grab a beer with Bob friday at 8": "2026-12-04 20:00",
    "date with Sam saturday at 7": "2026-12-05 19:00",
    "wine with Ann friday at 9": "2026-12-04 21:00",
    "date night friday at 8": "2026-12-04 20:00",
    "order pizza on friday at 7": "2026-12-04 19:00",
    "order sushi friday at 8": "2026-12-04 20:00",
    "pizza with Ann friday at 7": "2026-12-04 19:00",
    "cook for Ann on saturday at 7": "2026-12-05 19:00",
    "bar with Joe on friday at 10": "2026-12-04 22:00",
    "watch the game friday at 8": "2026-12-04 20:00",
    "bier mit Bob freitag um 8": "2026-12-04 20:00",
    "date mit Sam samstag um 7": "2026-12-05 19:00",
    "pizza bestellen freitag um 7": "2026-12-04 19:00",
    "für Anna kochen samstag um 7": "2026-12-05 19:00",
    "bières avec Bob vendredi à 8h": "2026-12-04 20:00",
    "commander une pizza vendredi à 7h": "2026-12-04 19:00",
    "cuisiner pour Ann samedi à 7h": "2026-12-05 19:00",
}
NEIGHBOURS = {
    "buy beers friday at 9": "2026-12-04 09:00",
    "coffee date with Sam saturday at 10": "2026-12-05 10:00",
    "lunch date with Sam friday at 1": "2026-12-04 13:00",
    "play date with Tom saturday at 10": "2026-12-05 10:00",
    "cook for the week sunday at 10": "2026-12-06 10:00",
    "order printer paper friday at 8": "2026-12-04 08:00",
    "order pizza on friday at 12": "2026-12-04 12:00",
    "für die Woche kochen sonntag um 10": "2026-12-06 10:00",
    "gym tomorrow at 6": "2026-12-01 18:00",
    "call mum tomorrow at 8": "2026-12-01 08:00",
    "dinner friday at 8am": "2026-12-04 08:00",
    "dinner friday 18:00": "2026-12-04 18:00",
    "breakfast friday at 6pm": "2026-12-04 18:00",
    "kids party saturday at 3": "2026-12-05 15:00",
    "book dinner at 9 tomorrow": "2026-12-01 09:00",
    "call the cinema at 9 tomorrow": "2026-12-01 09:00",
    "pick up mum from the airport saturday at 5": "2026-12-05 17:00",
    "remind me at 5 to leave for the airport": "2026-11-30 17:00",
    "awake the sourdough tomorrow at 6": "2026-12-01 18:00",
    "train with ben saturday at 6": "2026-12-05 18:00",
    "zahnarzt freitag um 3": "2026-12-04 15:00",
    "tickets fürs kino kaufen morgen um 10": "2026-12-01 10:00",
    "abendessen freitag um 18 uhr": "2026-12-04 18:00",
    "réserver le dîner demain à 9h": "2026-12-01 09:00",
    "comprar la cena mañana a las 10": "2026-12-01 10:00",
}


HALVES = {
    "call mom tomorrow at 6pm and dad on friday at 7": "call mom 18:00, call dad 19:00",
    "call Ann tomorrow at 5pm and Bob on friday at 8": "call Ann 17:00, call Bob 20:00",
    "call mom tomorrow at 9am and dad on friday at 7": "call mom 09:00, call dad 07:00",
    "gym tomorrow at 6pm and breakfast on friday at 8": "gym 18:00, breakfast 08:00",
    "gym tomorrow at 6pm and flight on friday at 6": "gym 18:00, flight 06:00",
    "gym tomorrow at 6pm and call dad on friday at 11": "gym 18:00, call dad 11:00",
    "gym tomorrow at 6pm and call dad on friday at 7am": "gym 18:00, call dad 07:00",
}


@each_of(list(HALVES.items()))
def test_pm_holds_for_the_hours_after_it(typed: str, tasks: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(found, AddTask)
    said = [f"{one.title} {one.due.at:%H:%M}" for one in found.drafts if one.due and one.due.at]
    assert ", ".join(said) == tasks


@each_of((*OCCASIONS.items(), *NEIGHBOURS.items()))
def test_the_occasion_tells_the_half_of_the_day(typed: str, due: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    draft = found.draft if isinstance(found, AddTask) else None
    assert draft, found
    assert draft.due
    assert f"{draft.due.on} {draft.due.at:%H:%M}" == due
