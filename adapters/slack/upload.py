"""Files that oO sends: uploaded first, where nobody sees them, and shown below their message.

Tests: tests/adapters/slack/test_sending.py.
"""

from __future__ import annotations

import json

from adapters.slack.api import Api
from core.chat import Document
from core.errors import NotSent, SendUnknown


async def upload(api: Api, file: Document) -> str:
    """Upload ``file`` without showing it; returns its id.

    Every failure is a ``NotSent``: nothing was shown, so it may be repeated.
    """
    try:
        place = await api.read("files.getUploadURLExternal", filename=file.name, length=len(file.content))
        await api.upload(required_text(place.get("upload_url")), file.content)
        return required_text(place.get("file_id"))
    except SendUnknown as fault:
        raise NotSent(str(fault)) from fault


async def share(api: Api, channel: str, file_id: str) -> None:
    """Show an uploaded file below its message."""
    try:
        await api.read(
            "files.completeUploadExternal", files=json.dumps([{"id": file_id}]), channel_id=channel
        )
    except NotSent as fault:
        raise SendUnknown("its file was not sent") from fault


def required_text(value: object) -> str:
    """A string that Slack's response must have. Raises ``SendUnknown``."""
    if not isinstance(value, str):
        raise SendUnknown("no answer of Slack's")
    return value
