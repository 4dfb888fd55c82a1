from __future__ import annotations

from zoneinfo import ZoneInfo

from core.words.tasks import parse_task
from tests.core.words.reported import NOW, Reported, agrees, rows
from tests.rows import each_of

BERLIN = ZoneInfo("Europe/Berlin")


@each_of(rows("reported"), ids=lambda row: row.typed)
def test_a_to_do_that_people_reported_is_understood(row: Reported) -> None:
    assert _is_as_wanted(row)


@each_of(rows("relatives"), ids=lambda row: row.typed)
def test_so_are_their_relatives(row: Reported) -> None:
    assert _is_as_wanted(row)


def _is_as_wanted(row: Reported) -> bool:
    draft = parse_task(row.typed, now=NOW, zone=BERLIN)
    on, at = (draft.due.on, draft.due.at) if draft.due else (None, None)
    found = (
        draft.title,
        on.isoformat() if on else "",
        at.isoformat("minutes") if at else "",
        draft.repeats or "",
    )
    wanted = (row.title, row.day, row.at, row.rule)
    assert all(map(agrees, wanted, found)), found
    return True
