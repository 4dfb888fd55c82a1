"""Telegram's JSON -> an ``Update``. Pure; never raises, as the JSON may come from anybody.

It reads plain JSON instead of ``telegram.Update``: that fails on a whole batch when one update is malformed,
and logs the batch with everything people wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.chat import AttachedFile, Channel, Left, Returned, Said, Sender, Tapped, Update
from core.text import language_tag, well_formed

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

# More specific kinds first: an animation is also a document, a venue is also a location.
ATTACHMENTS = {
    "sticker": "sticker",
    "photo": "photo",
    "voice": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "animation",
    "audio": "audio",
    "document": "file",
    "contact": "contact",
    "venue": "location",
    "location": "location",
    "poll": "poll",
    "dice": "dice",
    "story": "story",
    "checklist": "checklist",
    "game": "game",
    "paid_media": "photo",
}

ELSEWHERE = "elsewhere"
"""``Said.reply_to`` of a reply to something outside of the chat."""


def update_number(raw: object) -> int | None:
    """The number that confirms ``raw``; None when it is no update."""
    match raw:
        case {"update_id": number} if _is_id(number):
            return int(number)
    return None


def parse_update(raw: object, received_at: datetime) -> Update | None:
    """The parsed update; None when it is malformed, or from a group, channel or bot, or has no sender."""
    number = update_number(raw)
    if number is None:
        return None
    update_id = str(number)
    match raw:
        case {"message": {} as message}:
            return _said(message, update_id, received_at, edited=False)
        case {"edited_message": {} as message}:
            return _said(message, update_id, received_at, edited=True)
        case {"callback_query": {} as query}:
            return _tapped(query, update_id, received_at)
        case {"my_chat_member": {} as change}:
            return _membership(change, update_id, received_at)
    return None


def _said(
    message: Mapping[str, object], update_id: str, received_at: datetime, *, edited: bool
) -> Said | None:
    sender = _sender(message.get("from"), message.get("chat"))
    text = _text(message.get("text")) or _text(message.get("caption"))
    attachment = next((word for key, word in ATTACHMENTS.items() if key in message), None)
    # An edit without text is a live location; neither text nor attachment: a service message.
    if sender is None or not (text or (attachment and not edited)):
        return None
    return Said(
        update_id=update_id,
        sender=sender,
        received_at=received_at,
        text=text,
        edited=edited,
        attachment=attachment,
        files=_files(message),
        message_id=_message_id(message),
        reply_to=_reply_to(message),
    )


def _files(message: Mapping[str, object]) -> tuple[AttachedFile, ...]:
    """The document of a message. A video without sound is a document too, but no file to read."""
    match message:
        case {"animation": _}:
            return ()
        case {"document": {"file_id": str(file_id), **about}}:
            name, size = about.get("file_name"), _size(about.get("file_size"))
            return (AttachedFile(reference=well_formed(file_id), name=_text(name), size=size),)
    return ()


def _size(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _message_id(message: object) -> str | None:
    match message:
        case {"message_id": number} if _is_id(number):
            return str(number)
    return None


def _reply_to(message: Mapping[str, object]) -> str | None:
    """The id of the message that was replied to; ``ELSEWHERE`` for a message of another chat or a story,
    whose id means nothing in this chat. None when it is no reply.
    """
    match message:
        case {"reply_to_message": {"chat": {"id": chat_id}} as replied, "chat": {"id": here}}:
            return (_message_id(replied) if chat_id == here else None) or ELSEWHERE
        case {"reply_to_message": _} | {"external_reply": _} | {"reply_to_story": _}:
            return ELSEWHERE
    return None


def _tapped(query: Mapping[str, object], update_id: str, received_at: datetime) -> Tapped | None:
    match query:
        case {"id": str(callback_id), "data": str(token), "message": {} as message}:
            pass
        case _:
            return None
    sender = _sender(query.get("from"), message.get("chat"))
    if sender is None:
        return None
    return Tapped(
        update_id=update_id,
        sender=sender,
        received_at=received_at,
        token=well_formed(token),
        message_id=_own_message(message, sender),
        callback_id=well_formed(callback_id),
    )


def _membership(
    change: Mapping[str, object], update_id: str, received_at: datetime
) -> Left | Returned | None:
    sender = _sender(change.get("from"), change.get("chat"))
    match change:
        case {"new_chat_member": {"status": "kicked"}} if sender:
            return Left(update_id=update_id, sender=sender, received_at=received_at)
        case {"new_chat_member": {"status": "member"}} if sender:
            return Returned(update_id=update_id, sender=sender, received_at=received_at)
    return None


def _sender(person: object, chat: object) -> Sender | None:
    """The person; None for a bot and outside of a private chat. A private chat has the id of its person."""
    match person, chat:
        case {"id": number, **about}, {"type": "private"} if _is_id(number) and not about.get("is_bot"):
            return Sender(
                channel=Channel.TELEGRAM,
                external_id=str(number),
                address=str(number),
                language=language_tag(about.get("language_code")),
            )
    return None


def _own_message(message: Mapping[str, object], sender: Sender) -> str | None:
    """The id of the tapped message; None in another chat, whose ids mean nothing in the person's own."""
    match message:
        case {"message_id": number, "chat": {"id": chat_id}} if _is_id(number):
            return str(number) if chat_id == int(sender.address) else None
    return None


def _text(value: object) -> str:
    return well_formed(value) if isinstance(value, str) else ""


def _is_id(value: object) -> bool:
    return type(value) is int and 0 < value < 1 << 63
