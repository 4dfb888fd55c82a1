"""A form for one line of typed input: the modal, and its submission parsed. Pure.

Tests: tests/adapters/slack/test_parse.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from adapters.slack.wording import cut
from core.text import well_formed

NAME = "oO"
SUBMIT = "OK"
MAX_TITLE_CHARACTERS = 24
MAX_LABEL_CHARACTERS = 2000
MAX_TEXT_CHARACTERS = 3000
MAX_ANSWER_CHARACTERS = 500


class _Id(StrEnum):
    FORM = "form"
    FIELD = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswer:
    """What a person typed into a form."""

    token: str
    """Of the button that opened the form."""
    typed: str
    message_id: str | None
    """Of the message with that button."""


def render_form(title: str, label: str, *, token: str, message_id: str | None) -> dict[str, object]:
    """The modal. A title that is too long for its bar is shown above the field."""
    fits = len(title) <= MAX_TITLE_CHARACTERS
    field = {
        "type": "plain_text_input",
        "action_id": _Id.FIELD,
        "max_length": MAX_ANSWER_CHARACTERS,
        "focus_on_load": True,
    }
    above = [] if fits else [{"type": "section", "text": _plain(title, MAX_TEXT_CHARACTERS)}]
    inside = {
        "type": "input",
        "block_id": _Id.FIELD,
        "label": _plain(label, MAX_LABEL_CHARACTERS),
        "element": field,
    }
    return {
        "type": "modal",
        "callback_id": _Id.FORM,
        "private_metadata": json.dumps({"token": token, "message_id": message_id}),
        "title": _plain(title if fits else NAME, MAX_TITLE_CHARACTERS),
        "submit": _plain(SUBMIT, MAX_TITLE_CHARACTERS),
        "blocks": [*above, inside],
    }


def parse_form(view: Mapping[str, object]) -> FormAnswer | None:
    """The answer in a submitted ``view``; None when the view is not a form of oO's."""
    match view:
        case {
            "callback_id": _Id.FORM,
            "private_metadata": str(private),
            "state": {"values": {_Id.FIELD: {_Id.FIELD: {"value": str(typed)}}}},
        }:
            return _answer(private, typed)
    return None


def _answer(private: str, typed: str) -> FormAnswer | None:
    try:
        about = json.loads(private)
    except (ValueError, RecursionError):
        return None
    match about:
        case {"token": str(token), "message_id": str() | None as message_id}:
            return FormAnswer(token=token, typed=well_formed(typed), message_id=message_id)
    return None


def _plain(text: str, limit: int) -> dict[str, object]:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}
