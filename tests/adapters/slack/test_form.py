"""Forms of one and of several fields, as Slack's modals, and what is submitted."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.form import MAX_ANSWER_CHARACTERS, MAX_LONG_ANSWER_CHARACTERS, parse_form, render_form
from core.chat import Form, FormField, one_field
from tests.servers.slack.block_kit import view_problems

FORM = Form(
    title="Change a task",
    fields=(
        FormField(name="title", label="Title", value="Dentist"),
        FormField(name="due", label="Date", optional=True),
        FormField(name="priority", label="Priority", value="p2", optional=True, choices=("p1", "p2", "p3")),
        FormField(name="notes", label="Notes", value="<b> & *x*", optional=True, multiline=True),
    ),
)


def rendered(form: Form) -> Any:
    return render_form(form, token="t.1", message_id="5.6")


def submitted(**values: object) -> dict[str, object]:
    """A view as Slack sends it, with these values by the names of the fields."""
    held = {name: {name: value} for name, value in values.items()}
    return {
        "callback_id": "form",
        "private_metadata": '{"token": "t.1", "message_id": "5.6"}',
        "state": {"values": held},
    }


def test_slack_takes_the_forms() -> None:
    for form in (FORM, one_field("When?", "Your answer"), one_field("?" * 5000, "x" * 5000)):
        assert view_problems(rendered(form), "modal") == []


def test_fields_hold_at_first_what_they_are_given() -> None:
    title, due, priority, notes = (block["element"] for block in rendered(FORM)["blocks"])

    assert title["initial_value"] == "Dentist"
    assert "initial_value" not in due
    assert priority["initial_option"]["value"] == "p2"
    assert (notes["multiline"], notes["initial_value"]) == (True, "<b> & *x*")


def test_long_values_are_cut_to_what_slack_takes() -> None:
    fields = (
        FormField(name="a", label="A", value="x" * 9000),
        FormField(name="b", label="B", value="👍" * 9000, multiline=True),
        FormField(name="c", label="C", value="p9", choices=("p1",)),
    )
    form = rendered(Form(title="T", fields=fields))

    assert view_problems(form, "modal") == []
    short, long, choice = (block["element"] for block in form["blocks"])
    assert len(short["initial_value"]) <= MAX_ANSWER_CHARACTERS
    assert len(long["initial_value"]) <= MAX_LONG_ANSWER_CHARACTERS
    assert "initial_option" not in choice


def test_several_fields_arrive_by_name() -> None:
    answer = parse_form(
        submitted(
            title={"type": "plain_text_input", "value": "Dentist \ud800"},
            due={"type": "plain_text_input", "value": None},
            priority={"type": "static_select", "selected_option": {"value": "p1", "text": {}}},
        )
    )

    assert answer is not None
    assert (answer.token, answer.message_id, answer.typed) == ("t.1", "5.6", None)
    assert answer.filled == {"title": "Dentist \ufffd", "due": "", "priority": "p1"}


def test_a_field_that_is_as_the_form_showed_it_is_left_out() -> None:
    view = submitted(
        title={"value": "Dentist"},
        due={"value": "friday"},
        priority={"selected_option": {"value": "p2"}},
        notes={"value": None},
    )
    answer = parse_form(view | {"blocks": rendered(FORM)["blocks"]})

    assert answer is not None
    assert answer.filled == {"due": "friday", "notes": ""}
    odd_blocks: list[object] = [None, [], {}, [None, 5, {}, {"block_id": 5}]]
    for blocks in odd_blocks:
        odd = parse_form(view | {"blocks": blocks})
        assert odd is not None
        assert odd.filled is not None
        assert odd.filled["title"] == "Dentist"


def test_a_form_sent_as_it_was_is_an_answer() -> None:
    view = submitted(title={"value": "Dentist"}) | {"blocks": rendered(FORM)["blocks"]}

    answer = parse_form(view)

    assert answer is not None
    assert answer.filled == {}


def test_one_field_arrives_as_typed() -> None:
    answer = parse_form(submitted(answer={"type": "plain_text_input", "value": "9am"}))

    assert answer is not None
    assert (answer.typed, answer.filled) == ("9am", None)


@pytest.mark.parametrize(
    "held", [None, 5, [], {}, {"value": 5}, {"selected_option": None}, {"selected_option": {}}]
)
def test_an_odd_field_is_left_out(held: object) -> None:
    answer = parse_form(submitted(title={"value": "x"}, odd=held))

    assert answer is not None
    assert answer.filled == {"title": "x"}
    assert parse_form(submitted(odd=held)) is None
