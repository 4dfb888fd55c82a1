"""A message on several pages: what its sender learns when only some of them were sent."""

from __future__ import annotations

import pytest

from adapters.paging import send_pages
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown


async def test_the_id_is_that_of_the_last_page() -> None:
    sent: list[str] = []

    async def send(page: str) -> str:
        sent.append(page)
        return f"id of {page}"

    assert await send_pages(["one", "two", "three"], send) == "id of three"
    assert sent == ["one", "two", "three"]


async def test_no_page_has_no_id() -> None:
    async def send(page: str) -> str:
        raise AssertionError("there is nothing to send")

    assert await send_pages([], send) == ""


@pytest.mark.parametrize(
    ("failing", "fault", "seen"),
    [
        ("one", NotSent("busy", retry_after=3.0), NotSent),
        ("two", NotSent("busy", retry_after=3.0), SendUnknown),
        ("three", NotSent("busy"), SendUnknown),
        ("one", SendUnknown("lost"), SendUnknown),
        ("two", SendRejected("too long"), SendRejected),
    ],
)
async def test_after_the_first_page_not_sent_becomes_unknown(
    failing: str, fault: SendFailed, seen: type[SendFailed]
) -> None:
    tried: list[str] = []

    async def send(page: str) -> str:
        tried.append(page)
        if page == failing:
            raise fault
        return page

    with pytest.raises(SendFailed) as raised:
        await send_pages(["one", "two", "three"], send)

    assert type(raised.value) is seen
    assert tried[-1] == failing  # nothing is sent after a failure
