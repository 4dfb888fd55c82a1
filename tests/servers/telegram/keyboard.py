"""Inline keyboards: at most 100 buttons, 8 in a row, 1-64 bytes of callback data each."""

from typing import Any

from tests.servers.telegram.content import Button, Rows
from tests.servers.telegram.errors import bad_request
from tests.servers.telegram.html import is_link

MAX_BUTTONS = 100
MAX_PER_ROW = 8
MAX_DATA_BYTES = 64


def inline_keyboard(markup: Any) -> Rows:
    """The rows of `reply_markup`, () without one; ApiError 400 when a limit is broken."""
    if not markup:
        return ()
    match markup:
        case {"inline_keyboard": [*rows]} if all(isinstance(row, list) for row in rows):
            keyboard = tuple(tuple(_button(item) for item in row) for row in rows if row)
        case _:
            raise bad_request("inline keyboard expected")
    if sum(map(len, keyboard)) > MAX_BUTTONS or any(len(row) > MAX_PER_ROW for row in keyboard):
        raise bad_request("reply markup is too long")
    return keyboard


def _button(item: Any) -> Button:
    match item:
        case {"text": str(label), "callback_data": str(data)} if label.strip():
            if not 1 <= len(data.encode()) <= MAX_DATA_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
            return Button(label=label, data=data)
        case {"text": str(label), "url": str(url)} if label.strip():
            if not is_link(url):
                raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
            return Button(label=label, url=url)
        case _:
            raise bad_request(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            )
