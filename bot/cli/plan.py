"""``oo plan``: slots for given zone, times, quiet hours and dates, and why each was moved.

Tests: tests/bot/test_command_line.py.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import typer

from adapters.clock import SystemClock
from adapters.gazetteer import PackedGazetteer
from bot.screens.dates import clock
from bot.screens.settings import slot_words
from core.errors import BadInput
from core.people.places import zone_of_place
from core.records import Preferences, Slot
from core.scheduling.quiet_hours import YEARS
from core.scheduling.slots import plan
from core.words.settings import parse_quiet, parse_times


def print_plan(
    *, timezone: str, times: str, quiet: str, start: date | None, days: int, guard: timedelta, as_json: bool
) -> None:
    """Print the plan. Raises ``BadInput``."""
    zone = zone_of_place(timezone, PackedGazetteer(), now=SystemClock().now())
    wanted = Preferences(times=parse_times(times), quiet=parse_quiet(quiet))
    first = start or SystemClock().now().astimezone(zone).date()
    if first.year not in YEARS:
        raise BadInput("far_date", first=str(YEARS[0]), last=str(YEARS[-1]))
    found = plan(wanted, zone, start=first, days=days, guard=guard)
    typer.echo(as_document(found, zone) if as_json else as_text(found))


def as_document(slots: list[Slot], zone: ZoneInfo) -> str:
    """JSON: one object for each slot."""
    return json.dumps(
        [
            {
                "slot": slot.key,
                "local": slot.at.astimezone(zone).isoformat(),
                "utc": slot.at.isoformat().replace("+00:00", "Z"),
                "moved": [reason.value for reason in slot.moved],
                "merged": list(slot.merged),
            }
            for slot in slots
        ],
        indent=2,
    )


def as_text(slots: list[Slot]) -> str:
    """A line for each slot."""
    return "\n".join(_line(slot) for slot in slots)


def _line(slot: Slot) -> str:
    day = f"{slot.local:%a} {slot.local.day:2} {slot.local:%b %Y}"
    return f"{day}  {slot_words(slot) if slot.moved else clock(slot.local)}"
