import pytest

from adapters.telegram import Telegram
from core.chat import Said
from core.errors import FileUnusable
from tests.adapters.inbox import Inbox
from tests.servers.telegram import Fault, Person, TelegramServer


async def sent(ann: Person, inbox: Inbox, content: bytes) -> str:
    """The reference of a file that Ann sent."""
    await ann.send_file("todo.txt", content)
    [said] = await inbox.expect_updates()
    assert isinstance(said, Said)
    assert (said.files[0].name, said.files[0].size) == ("todo.txt", len(content))
    return said.files[0].reference


async def test_a_file_that_was_sent_is_fetched(telegram: Telegram, ann: Person, inbox: Inbox) -> None:
    reference = await sent(ann, inbox, b"Call Ann\n")

    assert await telegram.fetch(reference, max_bytes=9) == b"Call Ann\n"


async def test_a_file_that_is_too_large_is_not_downloaded(
    telegram: Telegram, ann: Person, inbox: Inbox
) -> None:
    reference = await sent(ann, inbox, b"x" * 1000)

    with pytest.raises(FileUnusable, match="too_big"):
        await telegram.fetch(reference, max_bytes=999)


async def test_telegrams_own_limit_is_said_as_such(telegram: Telegram, ann: Person, inbox: Inbox) -> None:
    reference = await sent(ann, inbox, b"x" * (21 << 20))

    with pytest.raises(FileUnusable, match="too_big"):
        await telegram.fetch(reference, max_bytes=100 << 20)


async def test_a_file_that_nobody_sent_is_gone(telegram: Telegram) -> None:
    with pytest.raises(FileUnusable, match="gone"):
        await telegram.fetch("forged/../../etc", max_bytes=100)


async def test_a_download_that_fails_says_so_without_the_token(
    telegram: Telegram, server: TelegramServer, ann: Person, inbox: Inbox
) -> None:
    reference = await sent(ann, inbox, b"Call Ann\n")

    for fault in (Fault.SERVER_502, Fault.CLOSE_BEFORE_REQUEST, Fault.HALF_BODY):
        server.faults.next("download", fault)
        with pytest.raises(FileUnusable, match="unreachable") as raised:
            await telegram.fetch(reference, max_bytes=100)
        assert server.token not in f"{raised.value!r} {raised.value.__cause__!r}"


async def test_a_content_that_is_larger_than_told_is_cut_off(
    telegram: Telegram, server: TelegramServer, ann: Person, inbox: Inbox
) -> None:
    reference = await sent(ann, inbox, b"Call Ann\n")
    server.grow_file(reference, b"x" * 5000)

    with pytest.raises(FileUnusable, match="too_big"):
        await telegram.fetch(reference, max_bytes=1000)
