"""A form for typed input: the modal, and its submission parsed. Pure.

Tests: tests/adapters/slack/test_form.py, tests/adapters/slack/test_parse.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from adapters.slack.wording import cut
from core.chat import TYPED, Form, FormField
from core.text import well_formed

NAME = "oO"
SUBMIT = "OK"
MAX_TITLE_CHARACTERS = 24
MAX_LABEL_CHARACTERS = 2000
MAX_CHOICE_CHARACTERS = 75
MAX_TEXT_CHARACTERS = 3000
MAX_ANSWER_CHARACTERS = 500
MAX_LONG_ANSWER_CHARACTERS = 3000


class _Id(StrEnum):
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswer:
    """What a person filled into a form."""

    token: str
    """Of the button that opened the form."""
    typed: str | None
    """Of a form with one field."""
    filled: Mapping[str, str] | None
    """Of a form with several fields, by their names: what is not as the form showed it at first."""
    message_id: str | None
    """Of the message with that button."""


def render_form(form: Form, *, token: str, message_id: str | None) -> dict[str, object]:
    """The modal. A title that is too long for its bar is shown above the fields."""
    fits = len(form.title) <= MAX_TITLE_CHARACTERS
    above = [] if fits else [{"type": "section", "text": _plain(form.title, MAX_TEXT_CHARACTERS)}]
    return {
        "type": "modal",
        "callback_id": _Id.FORM,
        "private_metadata": json.dumps({"token": token, "message_id": message_id}),
        "title": _plain(form.title if fits else NAME, MAX_TITLE_CHARACTERS),
        "submit": _plain(SUBMIT, MAX_TITLE_CHARACTERS),
        "blocks": [*above, *(_input(field, is_first=not place) for place, field in enumerate(form.fields))],
    }


def _input(field: FormField, *, is_first: bool) -> dict[str, object]:
    optional = {"optional": True} if field.optional else {}
    return {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.label, MAX_LABEL_CHARACTERS),
        "element": _choice(field) if field.choices else _text(field, is_first=is_first),
        **optional,
    }


def _text(field: FormField, *, is_first: bool) -> dict[str, object]:
    limit = MAX_LONG_ANSWER_CHARACTERS if field.multiline else MAX_ANSWER_CHARACTERS
    element: dict[str, object] = {
        "type": "plain_text_input",
        "action_id": field.name,
        "max_length": limit,
    }
    if is_first:
        element["focus_on_load"] = True
    if field.multiline:
        element["multiline"] = True
    return element | ({"initial_value": cut(well_formed(field.value), limit)} if field.value else {})


def _choice(field: FormField) -> dict[str, object]:
    options = {one: {"text": _plain(one, MAX_CHOICE_CHARACTERS), "value": one} for one in field.choices}
    element = {"type": "static_select", "action_id": field.name, "options": [*options.values()]}
    return element | ({"initial_option": options[field.value]} if field.value in options else {})


def parse_form(view: Mapping[str, object]) -> FormAnswer | None:
    """The answer in a submitted ``view``; None when the view is not a form of oO's."""
    match view:
        case {
            "callback_id": _Id.FORM,
            "private_metadata": str(private),
            "state": {"values": {} as values},
        }:
            return _answer(private, values, _shown_at_first(view.get("blocks")))
    return None


def _shown_at_first(blocks: object) -> dict[str, str]:
    """What the fields of a view held when it was opened, by their names."""
    shown = {}
    for block in blocks if isinstance(blocks, list) else ():
        match block:
            case {"block_id": str(name), "element": {"initial_value": str(text)}}:
                shown[name] = well_formed(text)
            case {"block_id": str(name), "element": {"initial_option": {"value": str(choice)}}}:
                shown[name] = well_formed(choice)
            case {"block_id": str(name), "type": "input"}:
                shown[name] = ""
    return shown


def _answer(private: str, values: Mapping[str, object], shown: Mapping[str, str]) -> FormAnswer | None:
    filled = {
        well_formed(str(name)): text
        for name, held in values.items()
        if (text := _held(held, name)) is not None
    }
    typed = filled.get(TYPED)
    try:
        about = json.loads(private)
    except (ValueError, RecursionError):
        return None
    match about:
        case {"token": str(token), "message_id": str() | None as message_id} if filled:
            changed = {name: text for name, text in filled.items() if shown.get(name) != text}
            fields = None if typed is not None else changed
            replied = well_formed(message_id) if message_id else None
            return FormAnswer(token=well_formed(token), typed=typed, filled=fields, message_id=replied)
    return None


def _held(block: object, name: object) -> str | None:
    """What a field holds; empty if nothing was typed or chosen, None if it is no field of oO's."""
    if not isinstance(block, Mapping):
        return None
    match block.get(name):
        case {"value": str(text)} | {"selected_option": {"value": str(text)}}:
            return well_formed(text)
        case {"value": None} if name != TYPED:
            return ""
    return None


def _plain(text: str, limit: int) -> dict[str, object]:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}
