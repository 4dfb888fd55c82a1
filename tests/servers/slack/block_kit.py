"""Block Kit's limits, as tables (sizes: slack_sdk.models and the Block Kit reference).

Blocks and elements that oO has no use for (video, table, users_select, …) are unknown here and refused.
Slack wants action ids to be unique within a block; here, within the whole message or view.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tests.servers.slack.elements import Json, initial_options, interactive, options
from tests.servers.slack.schema import (
    Check,
    anything,
    array,
    boolean,
    one_of,
    record,
    string,
    tagged,
    then,
    whole,
)

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MESSAGE_BLOCKS_TEXT = 13_200
"""Characters of text in all blocks of a message together: undocumented, measured by users of bolt-js."""


def _plain(most: int) -> Check:
    return tagged({"plain_text": record(required={"text": string(most=most)}, optional={"emoji": boolean})})


def _text(most: int) -> Check:
    mrkdwn = record(required={"text": string(most=most)}, optional={"verbatim": boolean})
    return tagged({"plain_text": _plain(most), "mrkdwn": mrkdwn})


_ID = string(most=255)
_CONFIRM = record(
    required={"title": _plain(100), "text": _text(300), "confirm": _plain(30), "deny": _plain(30)},
    optional={"style": one_of("primary", "danger")},
)
_OPTION = record(
    required={"text": _plain(75), "value": string(most=150)},
    optional={"description": _plain(75), "url": string(most=3000)},
)
_MARKED_OPTION = record(
    required={"text": _text(75), "value": string(most=150)}, optional={"description": _text(75)}
)
_GROUP = record(required={"label": _plain(75), "options": array(_OPTION, most=100)})
_COMMON = {"action_id": _ID, "confirm": _CONFIRM, "focus_on_load": boolean}
_FILLED = {**_COMMON, "placeholder": _plain(150)}


def _initial_is_offered(element: Any, at: str) -> Iterator[str]:
    if any(option not in options(element) for option in initial_options(element)):
        yield f"initial option must exactly match one of the options [json-pointer:{at}]"


def _select(**more: Check) -> Check:
    choices = {"options": array(_OPTION, most=100), "option_groups": array(_GROUP, most=100)}
    fields = record(optional={**_FILLED, **choices, **more}, any_of=("options", "option_groups"))
    return then(fields, _initial_is_offered)


def _boxes(**more: Check) -> Check:
    options = array(_MARKED_OPTION, most=10)
    return then(record(required={"options": options}, optional={**_COMMON, **more}), _initial_is_offered)


_BUTTON = record(
    required={"text": _plain(75)},
    optional={
        "action_id": _ID,
        "url": string(most=3000),
        "value": string(most=2000),
        "style": one_of("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(most=75),
    },
)
_OVERFLOW = record(
    required={"options": array(_OPTION, most=5)}, optional={"action_id": _ID, "confirm": _CONFIRM}
)
_IMAGE = record(
    required={"alt_text": string(most=2000)},
    optional={"image_url": string(most=3000), "slack_file": anything},
    any_of=("image_url", "slack_file"),
)
_DATE = string(least=10, most=10)
_TIME = string(least=5, most=5)
_CHOOSERS = {
    "static_select": _select(initial_option=_OPTION),
    "multi_static_select": _select(initial_options=array(_OPTION, most=100), max_selected_items=whole),
    "radio_buttons": _boxes(initial_option=_MARKED_OPTION),
    "checkboxes": _boxes(initial_options=array(_MARKED_OPTION, most=10)),
    "datepicker": record(optional={**_FILLED, "initial_date": _DATE}),
    "timepicker": record(optional={**_FILLED, "initial_time": _TIME, "timezone": string(most=100)}),
    "datetimepicker": record(optional={**_COMMON, "initial_date_time": whole}),
}
_WRITTEN = {
    "plain_text_input": record(
        optional={
            **_FILLED,
            "initial_value": string(most=3000, least=0),
            "multiline": boolean,
            "min_length": whole,
            "max_length": whole,
            "dispatch_action_config": anything,
        }
    ),
    "number_input": record(
        required={"is_decimal_allowed": boolean},
        optional={
            **_FILLED,
            "initial_value": string(most=100),
            "min_value": string(most=100),
            "max_value": string(most=100),
        },
    ),
}
_TAPPED = {"button": _BUTTON, "overflow": _OVERFLOW}
_ACTIONS = {kind: check for kind, check in _CHOOSERS.items() if kind != "multi_static_select"}


def _block(required: dict[str, Check] | None = None, **optional: Check) -> Check:
    return record(required=required, optional={"block_id": _ID, **optional})


_SECTION = record(
    optional={
        "block_id": _ID,
        "text": _text(3000),
        "fields": array(_text(2000), most=10),
        "accessory": tagged({**_TAPPED, **_CHOOSERS, "image": _IMAGE}),
        "expand": boolean,
    },
    any_of=("text", "fields"),
)
_SMALL = tagged({"plain_text": _plain(3000), "mrkdwn": _text(3000), "image": _IMAGE})
_STYLED = record(
    required={"text": string(most=MESSAGE_BLOCKS_TEXT)},
    optional={"style": record(optional=dict.fromkeys(("bold", "italic", "strike", "code"), boolean))},
)
_RICH = tagged(
    {"rich_text_section": record(required={"elements": array(tagged({"text": _STYLED}), most=1000)})}
)
_BLOCK = tagged(
    {
        "section": _SECTION,
        "divider": _block(),
        "header": _block({"text": _plain(150)}),
        "context": _block({"elements": array(_SMALL, most=10)}),
        "actions": _block({"elements": array(tagged({**_TAPPED, **_ACTIONS}), most=25)}),
        "input": _block(
            {"label": _plain(2000), "element": tagged({**_WRITTEN, **_CHOOSERS})},
            hint=_plain(2000),
            optional=boolean,
            dispatch_action=boolean,
        ),
        "image": record(
            required={"alt_text": string(most=2000)},
            optional={"block_id": _ID, "image_url": string(most=3000), "title": _plain(2000)},
        ),
        "rich_text": _block({"elements": array(_RICH, most=1000)}),
        "markdown": _block({"text": string(most=12_000)}),
    }
)
_VIEW = {
    "private_metadata": string(most=3000, least=0),
    "callback_id": string(most=255, least=0),
    "external_id": string(most=255, least=0),
}
_MODAL = record(
    required={"title": _plain(24), "blocks": array(_BLOCK, most=VIEW_BLOCKS)},
    optional={
        **_VIEW,
        "submit": _plain(24),
        "close": _plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = record(required={"blocks": array(_BLOCK, most=VIEW_BLOCKS)}, optional=_VIEW)


def message_problems(blocks: Any) -> list[str]:
    """What Slack would complain of in a message's blocks."""
    problems = list(array(_BLOCK, most=MESSAGE_BLOCKS, least=0)(blocks, "/blocks"))
    return problems or list(_repeated_ids(blocks, "/blocks"))


def view_problems(view: Any, kind: str) -> list[str]:
    """What Slack would complain of in a view that has to be a `home` or a `modal`."""
    problems = list(tagged({kind: _MODAL if kind == "modal" else _HOME})(view, "/view"))
    return problems or [*_repeated_ids(view["blocks"], "/view/blocks"), *_missing_submit(view)]


def view_is_too_large(view: Any) -> bool:
    """Whether Slack would answer `view_too_large`."""
    return len(json.dumps(view)) > VIEW_BYTES


def text_length(node: Any) -> int:
    """Characters in all texts of a tree of blocks."""
    if isinstance(node, list):
        return sum(map(text_length, node))
    if not isinstance(node, dict):
        return 0
    return sum(
        len(value) if name == "text" and isinstance(value, str) else text_length(value)
        for name, value in node.items()
    )


def with_ids(blocks: list[Json], ids: Iterable[str]) -> list[Json]:
    """A copy of the blocks in which missing block and action ids are filled in, as Slack does."""
    filled: list[Json] = json.loads(json.dumps(blocks))
    fresh = iter(ids)
    for block in filled:
        block.setdefault("block_id", next(fresh))
    for spot in interactive(filled):
        spot.element.setdefault("action_id", next(fresh))
    return filled


def _repeated_ids(blocks: list[Json], at: str) -> Iterator[str]:
    block_ids = [block["block_id"] for block in blocks if "block_id" in block]
    action_ids = [spot.element["action_id"] for spot in interactive(blocks) if "action_id" in spot.element]
    for name, ids in (("block_id", block_ids), ("action_id", action_ids)):
        for repeated in sorted({each for each in ids if ids.count(each) > 1}):
            yield f"`{name}` {repeated!r} must be unique [json-pointer:{at}]"


def _missing_submit(view: Json) -> Iterator[str]:
    if view["type"] == "modal" and "submit" not in view and any(b["type"] == "input" for b in view["blocks"]):
        yield "missing required field: submit, as there is an input block [json-pointer:/view]"
