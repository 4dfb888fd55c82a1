"""What a person can touch in blocks: buttons, menus, pickers, input fields; and what touching them means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Filled = str | list[str] | int | None
"""What is typed or chosen: a text, a date, a time, option labels or values, Unix seconds."""

_PICKED = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
_TYPED = ("plain_text_input", "number_input")
_MANY = ("checkboxes", "multi_static_select")


class CannotTouch(Exception):
    """A Slack client would not let the person do this: no such button, a required field left empty, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An element and the block it stands in; `option` is the line that was meant, if it is a menu."""

    block: Json
    element: Json
    option: Json | None = None

    @property
    def names(self) -> set[str]:
        """By what a test may call the element."""
        label = self.block.get("label", {}).get("text", "")
        return {self.element.get("action_id", ""), self.block.get("block_id", ""), label} - {""}


def interactive(blocks: list[Json]) -> Iterator[Spot]:
    """Every element that a person can touch, from the top."""
    for block in blocks:
        held = [block.get("accessory"), block.get("element"), *_elements(block)]
        yield from (Spot(block=block, element=each) for each in held if each and each["type"] != "image")


def labels(blocks: list[Json]) -> list[str]:
    """The labels of all buttons."""
    return [spot.element["text"]["text"] for spot in interactive(blocks) if spot.element["type"] == "button"]


def labelled(blocks: list[Json], label: str) -> Spot:
    """The button, or the line of a menu, with this label; CannotTouch if there is none."""
    for spot in interactive(blocks):
        if spot.element["type"] == "button" and spot.element["text"]["text"] == label:
            return spot
    for spot in interactive(blocks):
        for option in options(spot.element):
            if option["text"]["text"] == label:
                return Spot(block=spot.block, element=spot.element, option=option)
    raise CannotTouch(f"there is no {label!r}, only {labels(blocks)}")


def named(blocks: list[Json], name: str) -> Spot:
    """The element with this action id, block id or label; CannotTouch if there is none."""
    for spot in interactive(blocks):
        if name in spot.names:
            return spot
    raise CannotTouch(f"there is no {name!r}, only {[sorted(spot.names) for spot in interactive(blocks)]}")


def options(element: Json) -> list[Json]:
    """The options of a menu, of all its groups."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def initial_options(element: Json) -> list[Json]:
    """The options of a menu that are preset."""
    single = [element["initial_option"]] if "initial_option" in element else []
    return [*single, *element.get("initial_options", [])]


def press(spot: Spot, *, value: str | None = None) -> Json:
    """The entry in `actions` for a tap on a button or a line of a menu; `value` forges another value."""
    action = {
        "type": spot.element["type"],
        "action_id": spot.element["action_id"],
        "block_id": spot.block["block_id"],
    }
    if spot.option is not None:
        return action | choose(spot.element, spot.option["value"])
    action |= {name: spot.element[name] for name in ("text", "value", "style") if name in spot.element}
    return action if value is None else action | {"value": value}


def change(spot: Spot, filled: Filled) -> Json:
    """The entry in `actions` for a new choice in a menu or picker."""
    action = {
        "type": spot.element["type"],
        "action_id": spot.element["action_id"],
        "block_id": spot.block["block_id"],
    }
    return action | choose(spot.element, filled)


def choose(element: Json, filled: Filled) -> Json:
    """What the element holds after `filled` was typed or chosen."""
    kind = element["type"]
    if kind in _TYPED:
        return {"value": filled}
    if kind in _PICKED:
        return {f"selected_{_PICKED[kind]}": filled}
    chosen = filled if isinstance(filled, list) else [filled] if filled is not None else []
    found = [_option(element, str(each)) for each in chosen]
    return {"selected_options": found} if kind in _MANY else {"selected_option": found[0] if found else None}


def state(blocks: list[Json], filled: Mapping[str, Filled] | None = None) -> Json:
    """`state.values`: what every stateful element holds, `filled` laid over what was preset."""
    spots = {name: named(blocks, name) for name in filled or {}}
    touched = {id(spot.element): (filled or {})[name] for name, spot in spots.items()}
    values: Json = {}
    for spot in interactive(blocks):
        element = spot.element
        if element["type"] in ("button", "overflow"):
            continue
        held = choose(element, touched[id(element)]) if id(element) in touched else _preset(element)
        values.setdefault(spot.block["block_id"], {})[element["action_id"]] = {
            "type": element["type"],
            **held,
        }
    return {"values": values}


def missing_inputs(blocks: list[Json], values: Json) -> list[str]:
    """What a Slack client says instead of submitting a form, one line per field."""
    said: list[str] = []
    for block in (block for block in blocks if block["type"] == "input"):
        held = values[block["block_id"]][block["element"]["action_id"]]
        content = next(value for name, value in held.items() if name != "type")
        said += _complaints(block, content)
    return said


def _elements(block: Json) -> list[Json]:
    return list(block.get("elements", [])) if block["type"] == "actions" else []


def _option(element: Json, name: str) -> Json:
    for option in options(element):
        if name in (option["value"], option["text"]["text"]):
            return option
    raise CannotTouch(f"there is no option {name!r}, only {[o['text']['text'] for o in options(element)]}")


def _preset(element: Json) -> Json:
    kind = element["type"]
    if kind in _TYPED:
        return {"value": element.get("initial_value")}
    if kind in _PICKED:
        return {f"selected_{_PICKED[kind]}": element.get(f"initial_{_PICKED[kind]}")}
    preset = initial_options(element)
    return (
        {"selected_options": preset} if kind in _MANY else {"selected_option": preset[0] if preset else None}
    )


def _complaints(block: Json, content: Any) -> Iterator[str]:
    label = block["label"]["text"]
    if content in (None, "", []):
        if not block.get("optional"):
            yield f"{label}: please complete this required field"
    elif isinstance(content, str):
        most, least = block["element"].get("max_length", 3000), block["element"].get("min_length", 0)
        if not least <= len(content) <= most:
            yield f"{label}: {len(content)} characters, not {least} to {most}"
