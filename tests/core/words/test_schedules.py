"""What people say about when oO may write sets it; what only looks like that does not."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.words.intents import (
    AddQuiet,
    AskTip,
    Complete,
    Intent,
    Pause,
    SetBrief,
    SetCap,
    SetQuiet,
    SetReview,
    SetTimes,
    SetTimezone,
    TellWorkHours,
    Why,
    WhyNot,
)
from core.words.settings import format_quiet, joined_quiet, parse_quiet
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

ASKED: dict[Intent, tuple[str, ...]] = {
    SetQuiet(text="23:00-7:00"): (
        "I sleep from 11 to 7", "i usually sleep 11 to 7", "I'm asleep from 23:00 to 7:00",
        "my sleeping hours are 11pm to 7am", "ich schlafe von 23 bis 7", "ich bin von 23 bis 7 Uhr im Bett",
        "je dors de 23h à 7h", "duermo de 23 a 7",
    ),
    SetQuiet(text="21:00-5:30"): ("I sleep 9pm to 5:30am", "ich schlafe meistens von 21:00 bis 5:30"),
    SetQuiet(text="22:30-6:30"): ("I sleep from 10:30 to 6:30", "ich schlafe von 10:30 bis 6:30"),
    SetQuiet(text="0:00-8:00"): ("I sleep from 12 to 8", "ich schlafe von 12 bis 8", "duermo de 12 a 8"),
    AddQuiet(text="13:00-15:00"): ("I sleep from 1 to 3",),  # a nap
    SetQuiet(text="1:00-9:00"): ("i'm asleep from 1 to 9", "ich schlafe von 1 bis 9"),
    AddQuiet(text="14:00-22:00"): ("I sleep from 14 to 22",),  # between two night shifts
    TellWorkHours(text="monday tuesday wednesday thursday friday 9:00-17:00"): (
        "I work 9 to 5", "i work from 9 to 5", "my working hours are 9 to 5", "I work mon-fri 9 to 5",
        "I'm at work from 9 to 17", "I'm at work 9am to 5", "ich arbeite von 9 bis 17 Uhr",
        "meine Arbeitszeit ist 9 bis 17 Uhr", "ich bin von 9 bis 17 Uhr auf der Arbeit",
        "je travaille de 9h à 17h", "mes horaires sont 9h-17h", "trabajo de 9 a 17",
        "mi horario de trabajo es de 9 a 5",
    ),
    TellWorkHours(text="monday tuesday wednesday thursday friday 9:00-17:30"): ("I work 9 to 5:30",),
    TellWorkHours(text="monday tuesday wednesday thursday friday 10:00-18:00"): (
        "I work 10 to 6", "ich arbeite von 10 bis 6", "je travaille de 10h à 6h",
    ),
    TellWorkHours(text="monday tuesday wednesday thursday friday 14:00-22:00"): ("I work from 2 to 10",),
    TellWorkHours(text="saturday 9:00-13:00"): ("i work saturdays 9 to 13",),
    TellWorkHours(text="monday tuesday wednesday thursday friday 22:00-6:00"): ("I work 22 to 6",),
    SetTimes(text="8:00"): (
        "write me at 8am", "Write to me at 8", "message me at 8:00 every day", "text me at 8 o'clock please",
        "send me a tip every morning at 8", "could you ping me at 8 from now on?", "tips at 8",
        "I'd like my tips at 8", "set my times to 8:00", "schreib mir um 8", "schreibe mir bitte um 8 Uhr",
        "schreib mir jeden Morgen um 8 Uhr", "melde dich um 8", "écris-moi à 8h",
        "envoie-moi un conseil chaque matin à 8h", "peux-tu m'écrire à 8h", "escríbeme a las 8",
        "escribeme a las 8 por favor",
    ),
    SetTimes(text="8:00, 18:00"): (
        "write to me at 8 and 18", "send tips at 8am and 6pm", "send me tips at 8 am and 6 pm",
        "schick mir Tipps um 8 und 18 Uhr", "envoie-moi des conseils à 8h et à 18h",
        "mándame consejos a las 8 y a las 18",
    ),
    SetTimes(text="9:00, 17:00"): ("write me twice a day, at 9 and 5", "text me at 9 and 5"),
    SetTimes(text="mon–fri 9:00"): (
        "message me at 9 on weekdays", "write me weekdays at 9", "only message me weekdays at 9",
        "schreib mir werktags um 9",
    ),
    SetTimes(text="12:00"): ("text me at noon", "schreib mir um 12 Uhr", "écris-moi à midi"),
    SetTimes(text="20:00"): (
        "write me in the evening at 8", "schreib mir abends um 8", "écris-moi le soir à 8h",
        "message me around 8 in the evening",
    ),
    SetTimes(text="9:00"): (
        "only in the morning", "only message me in the morning", "nur morgens bitte",
        "escríbeme por las mañanas",
    ),
    AddQuiet(text="sunday all day"): (
        "no tips on sundays", "don't write me on sundays", "never message me on sundays",
        "nothing on sundays",
        "keine Tipps am Sonntag", "schreib mir sonntags nicht", "pas de messages le dimanche",
        "no me escribas los domingos",
    ),
    AddQuiet(text="saturday sunday all day"): (
        "don't message me on weekends", "stop texting me on the weekend", "write to me only on weekdays",
        "only on weekdays please", "schreib mir nicht am Wochenende", "am Wochenende bitte keine Tipps",
        "ne m'écris pas le week-end", "seulement en semaine", "solo entre semana",
    ),
    AddQuiet(text="0:00-10:00"): (
        "don't write before 10", "not before 10am please", "no messages before 10", "nicht vor 10 Uhr",
        "keine Nachrichten vor 10", "pas avant 10h", "ne m'écris pas avant 10h", "no antes de las 10",
    ),
    AddQuiet(text="21:00-24:00"): (
        "don't message me after 9pm", "no notifications after 21:00", "bitte nicht nach 21 Uhr schreiben",
        "pas de notifications après 21h", "nada después de las 21",
    ),
    AddQuiet(text="0:00-9:00, 21:00-24:00"): ("no messages before 9am or after 9pm",),
    AddQuiet(text="22:00-7:00"): (
        "stop messaging me at night", "no tips at night", "don't write during the night", "nicht nachts",
        "nachts nicht schreiben", "ne m'écris pas la nuit", "no me escribas por la noche",
    ),
    AddQuiet(text="0:00-12:00"): ("don't write me in the morning", "no tips in the mornings"),
    SetQuiet(text="17:00-9:00"): (
        "only between 9 and 17", "write me between 9 and 17", "only text me between 9 and 17",
        "schreib mir nur zwischen 9 und 17 Uhr", "uniquement entre 9h et 17h",
    ),
    SetCap(text="1"): (
        "once a day is enough", "at most one message per day", "just one tip a day please",
        "send me only one message a day", "bitte nur einmal am Tag", "höchstens ein Tipp am Tag",
        "un seul conseil par jour",
    ),
    SetCap(text="2"): (
        "max 2 tips a day", "no more than two messages a day", "limit to 2 tips a day",
        "write me twice a day",
        "two tips a day is enough", "höchstens zwei am Tag", "maximal zweimal täglich",
        "zwei Nachrichten am Tag reichen", "pas plus de 2 messages par jour", "maximum deux par jour",
        "como máximo dos consejos al día",
    ),
    SetCap(text="99"): (  # which the answer refuses, and says how many may be
        "at most 99 tips a day", "höchstens 99 Nachrichten am Tag", "maximum 99 messages par jour",
        "máximo 99 mensajes al día",
    ),
    SetBrief(text="7:00"): (
        "turn on the daily brief at 7", "send me an agenda each morning at 7", "daily brief at 7am",
        "brief me every morning at 7", "schick mir jeden Morgen um 7 die Agenda",
        "envoie-moi l'agenda chaque matin à 7h",
    ),
    SetBrief(text="8:00"): ("enable the daily brief", "activa el resumen diario"),
    SetBrief(text="off"): ("turn off the daily brief", "stop the brief", "schalte die Agenda ab"),
    SetReview(text="21:30"): ("daily review at 21:30", "start the evening review at 9:30pm"),
    SetReview(text="20:00"): ("turn on the evening review", "schalte den Rückblick ein",
    "active le bilan du soir"),
    SetReview(text="off"): ("turn off the evening review", "no more reviews"),
    Why(): ("why are you writing to me now?", "why did you message me?"),
    WhyNot(): ("why didn't you write today?", "warum hast du heute nicht geschrieben?"),
    SetTimezone(place="New York"): ("I'm travelling to New York",),
    SetTimezone(place="Lyon", only_if_known=True): ("I live in Lyon", "j'habite à Lyon maintenant"),
    SetTimezone(
        place="Lyon", only_if_known=True, otherwise=Complete(title="to Lyon", deed="moved")
    ): ("I moved to Lyon",),
}  # fmt: skip


@each_of([(typed, intent) for intent, texts in ASKED.items() for typed in texts])
def test_a_wish_about_the_schedule_is_understood(typed: str, intent: Intent) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == intent


SETTINGS = (AddQuiet, SetBrief, SetCap, SetQuiet, SetReview, SetTimes)


@each_of(
    [
        "write me tomorrow at 8", "text me at noon to take my pills", "send me the report at 9",
        "write to me at the office", "message mom at 9", "don't write that down", "remind me at 8",
        "don't send the invoice before friday", "only milk", "only eggs and bread", "just kidding",
        "no sugar",
        "nothing before coffee", "max 2 coffees a day", "drink two glasses of water a day",
        "write two pages a day", "take one pill a day", "read twice a day", "only on the desk",
        "not before friday", "times are tough", "tips at the bar", "contact me at work", "review at 9pm",
        "notify me at 5 about the meeting", "write the daily report at 9", "not on friday",
        "no meeting on monday",
        "schreib mir morgen um 8", "schreib Oma um 8", "nur Milch", "keine Milch am Sonntag",
        "nicht vor Freitag",
        "maximal zwei Kaffee am Tag", "écris à maman à 8h", "pas de lait", "solo leche",
        "escribe a mamá a las 8",
        "no tips about the tax before 9", "write me a poem at 9", "only write me about work",
    ]
)  # fmt: skip
def test_other_words_set_nothing(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), SETTINGS)


def test_a_day_and_a_tip_keep_their_meaning() -> None:
    assert isinstance(understand("no tips today", now=NOW, zone=BERLIN), Pause)
    assert isinstance(understand("send me a tip", now=NOW, zone=BERLIN), AskTip)


@each_of(
    [
        ("22-7", "0-10", "22:00–10:00"),
        ("22-7", "21-24", "21:00–7:00"),
        ("22-7", "0-9, 20-24", "20:00–9:00"),
        ("22-7", "sun all day", "22:00–7:00, sun all day"),
        ("22-7", "12-14", "22:00–7:00, 12:00–14:00"),
        ("mon-fri 22-7", "0-10", "mon–fri 22:00–7:00, 0:00–10:00"),
        ("22-7", "23-5", "22:00–7:00"),
        ("off", "0-9", "0:00–9:00"),
        ("8-12", "12-15", "8:00–15:00"),
        ("22-7, sun all day", "sat sun all day", "22:00–7:00, sat, sun all day"),
        ("mon-fri 22-7", "sat 22-7", "mon–sat 22:00–7:00"),
    ]
)
def test_quiet_hours_are_added_to_those_there_are(before: str, more: str, shown: str) -> None:
    assert format_quiet(joined_quiet(parse_quiet(before), parse_quiet(more))) == shown


@each_of([("12-0", "0-12"), ("22-10", "9-23"), ("mon-sat all day", "sun all day")])
def test_a_week_without_a_gap_is_refused(before: str, more: str) -> None:
    with pytest.raises(BadInput, match="quiet_always"):
        joined_quiet(parse_quiet(before), parse_quiet(more))
