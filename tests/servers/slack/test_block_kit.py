"""Block Kit's limits, each just kept and just broken, and what blocks look like."""

from typing import Any

import pytest

from tests.servers.slack import screen
from tests.servers.slack.block_kit import message_problems, view_problems
from tests.servers.slack.elements import CannotTouch, choose, labelled, missing_inputs, state


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def rich(text: str, **more: Any) -> dict[str, Any]:
    element = {"type": "text", "text": text, **more}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}


def options(count: int, size: int = 1) -> list[dict[str, Any]]:
    return [{"text": plain(f"option {n}"), "value": f"{n:0{size}}"} for n in range(count)]


def select(**more: Any) -> dict[str, Any]:
    return actions({"type": "static_select", "action_id": "s", "options": options(2), **more})


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("T"), "blocks": list(blocks) or [{"type": "divider"}], **more}


FIELD: dict[str, Any] = {
    "type": "input",
    "block_id": "f",
    "label": plain("Name"),
    "element": {"type": "plain_text_input", "action_id": "t", "max_length": 5},
}

KEPT_AND_BROKEN = [
    ({"type": "section", "text": marked("a" * 3000)}, {"type": "section", "text": marked("a" * 3001)}),
    ({"type": "section", "text": plain("a")}, {"type": "section", "text": plain("")}),
    ({"type": "section", "fields": [marked("a")] * 10}, {"type": "section", "fields": [marked("a")] * 11}),
    (
        {"type": "section", "fields": [marked("a" * 2000)]},
        {"type": "section", "fields": [marked("a" * 2001)]},
    ),
    ({"type": "section", "text": marked("a")}, {"type": "section"}),
    ({"type": "header", "text": plain("a" * 150)}, {"type": "header", "text": plain("a" * 151)}),
    ({"type": "header", "text": plain("a")}, {"type": "header", "text": marked("a")}),
    (
        {"type": "context", "elements": [marked("a")] * 10},
        {"type": "context", "elements": [marked("a")] * 11},
    ),
    (actions(*[button()] * 25), actions(*[button()] * 26)),
    (actions(button(text=plain("a" * 75))), actions(button(text=plain("a" * 76)))),
    (actions(button(text=plain("a"))), actions(button(text=marked("a")))),
    (actions(button(value="a" * 2000)), actions(button(value="a" * 2001))),
    (actions(button(action_id="a" * 255)), actions(button(action_id="a" * 256))),
    (
        actions(button(action_id="a"), button(action_id="b")),
        actions(button(action_id="a"), button(action_id="a")),
    ),
    (actions(button(style="danger")), actions(button(style="loud"))),
    (actions(button(), block_id="a" * 255), actions(button(), block_id="a" * 256)),
    (actions(button()), actions(button(disabled=True))),
    (select(options=options(100)), select(options=options(101))),
    (select(options=options(1, 150)), select(options=options(1, 151))),
    (select(initial_option=options(2)[1]), select(initial_option=options(3)[2])),
    (
        actions({"type": "overflow", "options": options(5)}),
        actions({"type": "overflow", "options": options(6)}),
    ),
    ({"type": "markdown", "text": "a" * 12_000}, {"type": "markdown", "text": "a" * 12_001}),
    (rich("a"), rich("")),
    (rich("a", style={"strike": True}), rich("a", style={"blink": True})),
    (rich("a"), {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}),
    ({"type": "divider"}, {"type": "marquee"}),
    ({"type": "divider"}, "divider"),
]


@pytest.mark.parametrize(("kept", "broken"), KEPT_AND_BROKEN)
def test_a_limit_is_kept_or_broken(kept: Any, broken: Any) -> None:
    assert message_problems([kept]) == []
    assert len(message_problems([broken])) == 1


def test_a_message_has_fifty_blocks_with_ids_of_their_own() -> None:
    assert message_problems([{"type": "divider"}] * 50) == []
    assert message_problems([{"type": "divider"}] * 51) == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert message_problems([{"type": "divider", "block_id": "a"}] * 2) == [
        "`block_id` 'a' must be unique [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize(
    ("kept", "broken"),
    [
        (modal(title=plain("a" * 24)), modal(title=plain("a" * 25))),
        (modal(close=plain("a" * 24)), modal(close=plain("a" * 25))),
        (modal(submit=plain("a" * 24)), modal(submit=plain("a" * 25))),
        (modal(private_metadata="a" * 3000), modal(private_metadata="a" * 3001)),
        (modal(*[{"type": "divider"}] * 100), modal(*[{"type": "divider"}] * 101)),
        (modal(FIELD, submit=plain("Save")), modal(FIELD)),
    ],
)
def test_a_modals_limit_is_kept_or_broken(kept: Any, broken: Any) -> None:
    assert view_problems(kept, "modal") == []
    assert len(view_problems(broken, "modal")) == 1


def test_a_home_is_no_modal() -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    assert view_problems(home, "home") == []
    assert view_problems(home | {"submit": plain("Save")}, "home")
    assert view_problems(home, "modal")


def test_blocks_look_as_they_do_to_a_person() -> None:
    ticked = {"type": "checkboxes", "action_id": "c", "options": options(2), "initial_options": options(1)}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain("Tips")},
        {
            "type": "section",
            "text": marked("*Pay* <https://a.b|here> &amp; <@U1>\nnow"),
            "accessory": button(),
        },
        {"type": "section", "fields": [marked("*Cap*"), plain("3"), plain("last")]},
        rich("*literal* <!here>", style={"bold": True, "strike": True}),
        {"type": "divider"},
        {"type": "context", "elements": [marked("_from the model_"), plain("<!channel>"), marked("<!here>")]},
        actions(button(), {"type": "overflow", "options": options(2)}, ticked),
        select(placeholder=plain("Choose")),
        select(initial_option=options(2)[1]),
        actions({"type": "timepicker", "initial_time": "09:00"}),
        FIELD | {"hint": plain("yours"), "optional": True},
    ]
    assert screen.of_blocks(blocks).splitlines() == [
        "== Tips ==",
        "*Pay* here (https://a.b) & @U1  [Go]",
        "now",
        "*Cap*  |  3",
        "last",
        "*~*literal* <!here>~*",
        "───",
        "· _from the model_ <!channel> @here",
        "[Go] [… option 0 | option 1] [x] option 0  [ ] option 1",
        "[Choose ▾]",
        "[option 1 ▾]",
        "[09:00]",
        "Name (optional): […]",
        "· yours",
    ]


def test_only_what_is_there_can_be_touched() -> None:
    blocks = [select() | {"block_id": "b"}, FIELD]
    spot = labelled(blocks, "option 1")
    assert choose(spot.element, "option 1") == {"selected_option": options(2)[1]}
    with pytest.raises(CannotTouch, match="no 'Done'"):
        labelled(blocks, "Done")
    with pytest.raises(CannotTouch, match="no option"):
        choose(spot.element, "option 9")


def test_a_form_holds_what_was_typed_over_what_was_preset() -> None:
    blocks = [select(initial_option=options(1)[0]) | {"block_id": "b"}, FIELD]
    held = state(blocks, {"Name": "Annabel"})["values"]
    assert held["b"]["s"]["selected_option"]["value"] == "0"
    assert held["f"]["t"] == {"type": "plain_text_input", "value": "Annabel"}
    assert missing_inputs(blocks, held) == ["Name: 7 characters, not 0 to 5"]
    assert missing_inputs(blocks, state(blocks)["values"]) == ["Name: please complete this required field"]
