"""A file of the app's in three steps: a place for it, its content, and the conversation where it is shown."""

from typing import Any

from tests.servers.slack import payloads
from tests.servers.slack.arguments import Arguments
from tests.servers.slack.chat import by_bot, reachable
from tests.servers.slack.elements import Json
from tests.servers.slack.records import Refused, Upload
from tests.servers.slack.workspace import Workspace

MOST_FILES = 10


def get_upload_url(slack: Workspace, args: Arguments) -> Json:
    """files.getUploadURLExternal: where to post the content of one file."""
    name, length = args.required("filename"), args.whole("length", 0)
    if length < 1:
        raise Refused("invalid_arguments", ["length must be more than 0 [json-pointer:/length]"])
    upload = Upload(id=slack.new_id("F"), name=name, length=length)
    slack.uploads[upload.id] = upload
    url = f"{slack.root_url}/upload/v1/{upload.id}"
    return {"ok": True, "upload_url": url, "file_id": upload.id}


def receive(slack: Workspace, file_id: str, content: bytes) -> None:
    """Take the content that was posted; Refused if it is not as long as was said, or was posted before."""
    upload = slack.uploads.get(file_id)
    if upload is None or upload.content or len(content) != upload.length:
        raise Refused("file_upload_failed")
    upload.content = content


def info(slack: Workspace, args: Arguments) -> Json:
    """files.info: what a file of somebody's is, and where its content lies."""
    return {"ok": True, "file": about(slack, _shared(slack, args.required("file"))), "comments": []}


def about(slack: Workspace, file: Upload) -> Json:
    """A file as Slack describes it."""
    place = f"{slack.root_url}/files-pri/{file.id}"
    names = {"id": file.id, "name": file.name, "title": file.name, "mode": "hosted"}
    sizes = {"mimetype": "application/octet-stream", "size": len(file.content)}
    return {**names, **sizes, "url_private": place, "url_private_download": f"{place}/download"}


def content(slack: Workspace, file_id: str) -> bytes:
    """The content of a file of somebody's."""
    return _shared(slack, file_id).content


def _shared(slack: Workspace, file_id: str) -> Upload:
    file = slack.shared.get(file_id)
    if file is None:
        raise Refused("file_not_found")
    return file


def complete_upload(slack: Workspace, args: Arguments) -> Json:
    """files.completeUploadExternal: show uploaded files in one conversation, or in none."""
    uploads = [_finished(slack, entry) for entry in args.structure("files", "invalid_arguments") or ()]
    if not 1 <= len(uploads) <= MOST_FILES:
        raise Refused("invalid_arguments", ["1 to 10 files [json-pointer:/files]"])
    if name := args.optional("channel_id"):
        version = slack.version(args.optional("initial_comment") or "", [])
        message = by_bot(slack, reachable(slack, name), version)
        message.files = uploads
        slack.announce(payloads.message(slack.post(message)))
    return {"ok": True, "files": [{"id": upload.id, "title": upload.name} for upload in uploads]}


def _finished(slack: Workspace, entry: Any) -> Upload:
    upload = slack.uploads.pop(entry["id"], None) if isinstance(entry, dict) and "id" in entry else None
    if upload is None or not upload.content:
        raise Refused("file_not_found")
    return upload
