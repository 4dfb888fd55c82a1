"""What a person sees of blocks, as plain text for golden files and for the console.

*Bold*, ~strike~ and _italic_ stay as written, and are added to rich text; small lines start with a dot,
buttons stand in brackets, menus have an arrow. Links show their address: a golden file tells where they lead.
"""

import re
from collections.abc import Callable, Mapping

from tests.servers.slack.elements import Json, initial_options, options

_SPECIAL = re.compile(r"<([^<>]+)>")
_MARKS = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}
_PICKERS = {"datepicker": "initial_date", "timepicker": "initial_time", "datetimepicker": "initial_date_time"}


def mrkdwn(text: str) -> str:
    """Slack's own markup with mentions, links and dates resolved and `&lt;`, `&gt;`, `&amp;` as they look."""
    shown = _SPECIAL.sub(_special, text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def of_blocks(blocks: list[Json], errors: Mapping[str, str] | None = None) -> str:
    """Blocks from the top; `errors` stand under the block they belong to."""
    lines = []
    for block in blocks:
        lines.append(_BLOCKS[block["type"]](block))
        if complaint := (errors or {}).get(block.get("block_id", "")):
            lines.append(f"! {complaint}")
    return "\n".join(lines)


def of_view(view: Json, errors: Mapping[str, str], trouble: str | None) -> str:
    """A modal with its title and its two buttons, or an App Home."""
    lines = [of_blocks(view["blocks"], errors)]
    if trouble:
        lines.append(f"! {trouble}")
    if view["type"] == "modal":
        ends = [view[name]["text"] for name in ("close", "submit") if name in view]
        lines = [f"== {view['title']['text']} ==", *lines, " ".join(f"[{end}]" for end in ends)]
    return "\n".join(line for line in lines if line)


def _special(match: re.Match[str]) -> str:
    target, _, label = match.group(1).partition("|")
    if target.startswith(("!date", "!subteam")):
        return label or target
    if target.startswith("!"):
        return f"@{target[1:]}"
    if target.startswith(("@", "#")):
        return f"{target[0]}{label or target[1:]}"
    return f"{label} ({target})" if label else target


def _text(text: Json) -> str:
    return mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def _section(block: Json) -> str:
    lines = _text(block["text"]).split("\n") if "text" in block else []
    shown = [_text(field).replace("\n", " ") for field in block.get("fields", [])]
    lines += ["  |  ".join(shown[at : at + 2]) for at in range(0, len(shown), 2)]
    if "accessory" in block:
        lines[0] += f"  {_element(block['accessory'])}"
    return "\n".join(lines)


def _context(block: Json) -> str:
    return "· " + " ".join(
        f"({each['alt_text']})" if each["type"] == "image" else _text(each) for each in block["elements"]
    )


def _input(block: Json) -> str:
    optional = " (optional)" if block.get("optional") else ""
    line = f"{block['label']['text']}{optional}: {_element(block['element'])}"
    return f"{line}\n· {block['hint']['text']}" if "hint" in block else line


def _rich(block: Json) -> str:
    return "\n".join("".join(map(_styled, section["elements"])) for section in block["elements"])


def _styled(element: Json) -> str:
    marks = "".join(mark for style, mark in _MARKS.items() if element.get("style", {}).get(style))
    return f"{marks}{element['text']}{marks[::-1]}"


def _element(element: Json) -> str:
    kind = element["type"]
    if kind == "button":
        return f"[{element['text']['text']}]"
    if kind == "image":
        return f"({element['alt_text']})"
    if kind == "overflow":
        return f"[… {' | '.join(_names(element))}]"
    if kind in ("checkboxes", "radio_buttons"):
        return _ticks(element)
    if kind in ("static_select", "multi_static_select"):
        return f"[{_chosen(element)} ▾]"
    return f"[{element.get(_PICKERS.get(kind, 'initial_value')) or _placeholder(element)}]"


def _ticks(element: Json) -> str:
    on = [option["value"] for option in initial_options(element)]
    ends = "[]" if element["type"] == "checkboxes" else "()"
    marks = [f"{ends[0]}{'x' if option['value'] in on else ' '}{ends[1]}" for option in options(element)]
    return "  ".join(f"{mark} {name}" for mark, name in zip(marks, _names(element), strict=True))


def _chosen(element: Json) -> str:
    return ", ".join(_text(option["text"]) for option in initial_options(element)) or _placeholder(element)


def _names(element: Json) -> list[str]:
    return [_text(option["text"]) for option in options(element)]


def _placeholder(element: Json) -> str:
    return str(element["placeholder"]["text"]) if "placeholder" in element else "…"


_BLOCKS: dict[str, Callable[[Json], str]] = {
    "section": _section,
    "divider": lambda _block: "───",
    "header": lambda block: f"== {block['text']['text']} ==",
    "context": _context,
    "actions": lambda block: " ".join(map(_element, block["elements"])),
    "input": _input,
    "image": lambda block: f"({block['alt_text']})",
    "rich_text": _rich,
    "markdown": lambda block: block["text"],
}
