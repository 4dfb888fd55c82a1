import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.parse import parse_update, update_number
from core.chat import Said, Tapped

GOLDEN = Path(__file__).parents[2] / "golden" / "telegram" / "updates"
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
ANN = {"id": 42, "is_bot": False, "first_name": "Ann", "language_code": "de"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Ann"}

Json = dict[str, Any]


def message(**content: object) -> Json:
    return {"update_id": 7, "message": {"message_id": 3, "from": ANN, "chat": PRIVATE, "date": 1, **content}}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_a_recorded_update_means_what_was_agreed(path: Path) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))

    update = parse_update(recorded["update"], NOW)

    meaning = None if update is None else json.loads(json.dumps(asdict(update), default=str))
    assert meaning == recorded["meaning"]


KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
KEYS = (
    *KINDS,
    "update_id",
    "new_chat_member",
    "from",
    "chat",
    "id",
    "type",
    "is_bot",
    "text",
    "caption",
    "data",
)
keys = st.sampled_from((*KEYS, "message_id", "status", "language_code", "sticker", "location"))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None))
    | st.sampled_from(["private", "kicked", "member", 42, 2**63, 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=8),
    max_leaves=12,
)
people = st.fixed_dictionaries(
    {"id": st.just(42) | values}, optional={"is_bot": values, "language_code": values}
)
chats = st.fixed_dictionaries({"id": st.just(42) | values, "type": st.just("private") | values})
contents = st.fixed_dictionaries(
    {"from": people | values, "chat": chats | values},
    optional={"text": values, "id": values, "data": values, "message": values, "new_chat_member": values},
)
updates = st.fixed_dictionaries(
    {"update_id": st.just(7) | values}, optional=dict.fromkeys(KINDS, contents | values)
)


@given(values | updates)
def test_no_update_is_too_strange(raw: object) -> None:
    update = parse_update(raw, NOW)

    assert update is None or (update.received_at == NOW and int(update.update_id) == update_number(raw))


def test_a_text_of_a_hundred_kilobytes_arrives_whole() -> None:
    text = "ä👍\u202e\x00" * 25_000

    said = parse_update(message(text=text), NOW)

    assert isinstance(said, Said)
    assert said.text == text


@given(st.text(st.characters(codec=None)))
def test_whatever_was_said_can_be_stored(text: str) -> None:
    said = parse_update(message(text="x" + text), NOW)

    assert isinstance(said, Said)
    said.text.encode()


def test_half_a_character_is_replaced_and_a_pair_is_joined() -> None:
    said = parse_update(message(text="a\ud83d b\ud83d\udc4d"), NOW)

    assert isinstance(said, Said)
    assert said.text == "a\ufffd b👍"


@pytest.mark.parametrize("number", [None, True, 0, -1, 1.5, "7", 2**63, [7]])
def test_what_has_no_number_is_no_update(number: object) -> None:
    raw = {**message(text="hi"), "update_id": number}

    assert update_number(raw) is None
    assert parse_update(raw, NOW) is None


@pytest.mark.parametrize("code", ["", "d", "de_DE", "de\n", "x" * 40, 5, None, "<b>"])
def test_a_strange_language_is_no_language(code: object) -> None:
    said = parse_update(message(text="hi", **{"from": {**ANN, "language_code": code}}), NOW)

    assert said
    assert said.sender.language is None


def test_a_tap_in_someone_elses_chat_is_answered_in_ones_own() -> None:
    theirs = {"message_id": 3, "chat": {"id": 43, "type": "private"}, "date": 1}
    raw = {"update_id": 7, "callback_query": {"id": "9", "from": ANN, "message": theirs, "data": "t"}}

    tapped = parse_update(raw, NOW)

    assert isinstance(tapped, Tapped)
    assert (tapped.sender.address, tapped.message_id) == ("42", None)
