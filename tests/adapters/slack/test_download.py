import pytest

from adapters.slack import Slack
from adapters.slack.download import download
from core.chat import Said
from core.errors import FileUnusable
from tests.adapters.inbox import Inbox
from tests.servers.local import status
from tests.servers.slack import Person, SlackServer

pytestmark = pytest.mark.parametrize("slack", ["socket"], indirect=True)


async def sent(ann: Person, inbox: Inbox, content: bytes) -> str:
    """The reference of a file that Ann sent."""
    await ann.share_file("todo.txt", content=content)
    [said] = await inbox.expect_updates()
    assert isinstance(said, Said)
    assert (said.files[0].name, said.files[0].size) == ("todo.txt", len(content))
    return said.files[0].reference


async def test_a_file_that_was_sent_is_fetched(slack: Slack, ann: Person, inbox: Inbox) -> None:
    reference = await sent(ann, inbox, b"Call Ann\n")

    assert await slack.fetch(reference, max_bytes=9) == b"Call Ann\n"


async def test_a_file_that_is_too_large_is_not_downloaded(slack: Slack, ann: Person, inbox: Inbox) -> None:
    reference = await sent(ann, inbox, b"x" * 1000)

    with pytest.raises(FileUnusable, match="too_big"):
        await slack.fetch(reference, max_bytes=999)


async def test_a_file_that_nobody_sent_is_gone(slack: Slack) -> None:
    with pytest.raises(FileUnusable, match="gone"):
        await slack.fetch("F99", max_bytes=100)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ('{"ok": false, "error": "missing_scope"}', "not_allowed"),
        ('{"ok": false, "error": "file_deleted"}', "gone"),
        ('{"ok": false, "error": "something_else"}', "unreachable"),
        ('{"ok": true}', "unreachable"),
        ('{"ok": true, "file": {"url_private": "https://evil.example/x"}}', "unreachable"),
        ('{"ok": true, "file": {"url_private": "http://files.slack.com/x"}}', "unreachable"),
        ('{"ok": true, "file": {"url_private": "https://files.slack.com.evil.example/x"}}', "unreachable"),
        ('{"ok": true, "file": {"url_private": ["x"], "size": "huge"}}', "unreachable"),
        ("no JSON", "unreachable"),
    ],
)
async def test_an_odd_answer_is_said_in_words_and_the_token_goes_nowhere_else(
    slack: Slack, server: SlackServer, answer: str, reason: str
) -> None:
    server.faults.plan(status(200, body=answer, content_type="application/json"), on="files.info")

    with pytest.raises(FileUnusable, match=reason):
        await slack.fetch("F1", max_bytes=100)


async def test_a_download_is_what_the_channel_calls(slack: Slack, ann: Person, inbox: Inbox) -> None:
    reference = await sent(ann, inbox, b"Call Ann\n")

    assert await download(slack._api, reference, max_bytes=100) == b"Call Ann\n"
