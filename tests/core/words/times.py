"""The moment and place in which the tests of words play."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 3, 16, 10, 20, tzinfo=UTC)  # Tuesday, 11:20 in Berlin


def berlin(local: str) -> datetime:
    """An instant by Berlin's wall clock: ``2027-03-16 11:20``."""
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN).astimezone(UTC)


def instants() -> st.SearchStrategy[datetime]:
    """Any second from 2024 to 2033."""
    return st.integers(1_704_067_200, 2_019_686_399).map(lambda second: datetime.fromtimestamp(second, UTC))
