from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.form import parse_form
from adapters.slack.notices import Uninstalled
from adapters.slack.parse import Parsed, parse_payload
from adapters.slack.wording import escaped, plain
from core.chat import Said, Tapped
from tests.adapters.inbox import NOW

COMMANDS = frozenset({"tip", "add", "help"})
MESSAGE = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "hi", "ts": "1.2"}
TAP = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T1"},
    "team": {"id": "T1"},
    "actions": [{"value": "token", "action_ts": "5.6"}],
    "container": {"type": "message", "channel_id": "D1", "message_ts": "3.4"},
    "trigger_id": "7.8",
}
SLASH = {"command": "/oo", "team_id": "T1", "user_id": "U1", "text": "tip", "trigger_id": "9.0"}


def event(event: dict[str, Any]) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}


def parsed(payload: dict[str, Any]) -> Parsed | None:
    return parse_payload(payload, NOW, COMMANDS)


def text_of(payload: dict[str, Any]) -> str:
    said = parsed(payload)
    assert isinstance(said, Said)
    return said.text


@pytest.mark.parametrize(
    ("slack", "shown"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("see <https://a.example/x?y=1&amp;z>", "see https://a.example/x?y=1&z"),
        ("see <http://a.example|a.example>", "see a.example"),
        ("<https://example.org/a?b=1|…>", "https://example.org/a?b=1"),
        ("<https://example.org/a?b=1|example.org/a>", "https://example.org/a?b=1"),
        ("<https://example.org/a?b=1|https://example.org/a>", "https://example.org/a?b=1"),
        ("<https://example.org/a?b=1&amp;c=2|example.org/a…>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org/a#part|example.org/a>", "https://example.org/a#part"),
        ("<https://example.org/?q=a|search>", "search (https://example.org/?q=a)"),
        ("<https://example.org/|example.org>", "example.org"),
        ("<mailto:ann@a.example?subject=hi|ann@a.example>", "ann@a.example"),
        ("<mailto:ann@a.example|write to Ann>", "write to Ann (ann@a.example)"),
        ("<tel:+49301234|+49 30 1234>", "+49 30 1234"),
        ("<#C1|>", "#C1"),
        ("<!everyone> <!date^1392734382^{date}^https://a.example/|18 Feb &amp; on>", "@everyone 18 Feb & on"),
        ("see <https://a.example/doc|the doc>", "see the doc (https://a.example/doc)"),
        ("<mailto:ann@a.example|ann@a.example> <tel:+491234>", "ann@a.example +491234"),
        ("ask <@U123> and <@U123|ann> in <#C1|general> or <#C1>", "ask @U123 and @ann in #general or #C1"),
        ("<!channel> <!here|here> <!subteam^S1|@eng>", "@channel @here @eng"),
        ("due <!date^1392734382^{date}|18 Feb>", "due 18 Feb"),
        ("<script> a < b > c <>", "<script> a < b > c <>"),
        ("\ud83d half", "\ufffd half"),
    ],
)
def test_the_text_is_what_the_person_saw(slack: str, shown: str) -> None:
    assert plain(slack) == shown


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert plain(escaped(text)) == text
    assert not {"<", ">"} & set(escaped(text))


def test_a_hundred_kilobytes_of_brackets_are_read_at_once() -> None:
    for piece in ("<", "<http://", "<@", "<!x|", "&lt;"):
        assert plain(piece * (100_000 // len(piece)))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tip", "/tip"),
        ("  TIP\n", "/tip"),
        ("tip me", "tip me"),
        ("tips", "tips"),
        ("/tip", "/tip"),
        ("plan", "plan"),
    ],
)
def test_a_bare_word_is_a_command_only_alone_and_known(typed: str, text: str) -> None:
    assert text_of(event(MESSAGE | {"text": typed})) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tip", "/tip"),
        ("", "/help"),
        ("  ", "/help"),
        ("Add  Pay rent &amp; gas", "/Add  Pay rent & gas"),
        ("//add x", "/add x"),
        ("add\nPay rent", "/add\nPay rent"),
        ("/", "/"),
        ("additional tasks?", "additional tasks?"),
        ("/unknown", "/unknown"),
    ],
)
def test_after_the_slash_command_comes_a_command_or_free_text(typed: str, text: str) -> None:
    assert text_of(SLASH | {"text": typed}) == text


def test_in_a_channel_only_the_person_counts() -> None:
    elsewhere = parsed(TAP | {"container": {"type": "message", "channel_id": "C1", "message_ts": "3.4"}})

    assert isinstance(elsewhere, Tapped)
    assert (elsewhere.sender.address, elsewhere.message_id) == ("", None)


def test_an_organisation_wide_installation_names_the_workspace_beside_the_person() -> None:
    tap = parsed(TAP | {"team": None})

    assert isinstance(tap, Tapped)
    assert tap.sender.external_id == "T1/U1"


def test_every_tap_has_an_id_of_its_own_and_keeps_it() -> None:
    again = TAP | {"actions": [{"value": "token", "action_ts": "5.7"}]}
    other = TAP | {"user": {"id": "U2", "team_id": "T1"}}
    taps = [parsed(payload) for payload in (TAP, dict(TAP), again, other)]

    first, repeated, later, by_another = (tap.update_id for tap in taps if isinstance(tap, Tapped))
    assert first == repeated
    assert len({first, later, by_another}) == 3
    assert "U1" not in first
    assert "token" not in first


def test_a_workspace_that_removes_the_bot_is_told_from_a_person_who_revokes_a_token() -> None:
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["UB"]}}

    removed = Uninstalled(workspace_id="T1", happened_at=NOW)
    assert parsed(event(revoked)) == replace(removed, is_claim=True)
    assert parsed(event({"type": "app_uninstalled"})) == removed
    assert parsed(event(revoked | {"tokens": {"oauth": ["U1"], "bot": []}})) is None
    assert parsed(event(revoked | {"tokens": {"oauth": ["U1"]}})) is None


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "shortcut", "user": {"id": "U1"}},
        event(MESSAGE | {"user": None}),
        event(MESSAGE | {"user": "U1/../U2"}),
        event(MESSAGE | {"user": "u1"}),
        event(MESSAGE | {"bot_id": "B1"}),
        event(MESSAGE | {"subtype": ["a"]}),
        event(MESSAGE | {"text": ""}),
        event(MESSAGE | {"text": {"a": "b"}}),
        event(MESSAGE | {"channel_type": "mpim"}),
        event(MESSAGE) | {"team_id": 5},
        event({"type": "app_home_opened", "tab": "home"}),
        event({"type": "app_home_opened", "tab": "messages", "user": "U1", "channel": "D1"}),
        SLASH | {"user_id": 7},
        TAP | {"actions": []},
        TAP | {"actions": [{"action_ts": "5.6"}]},
        TAP | {"user": {}},
        {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"}, "view": {"id": "V1"}},
        event(MESSAGE) | {"event_id": ""},
        SLASH | {"trigger_id": ""},
    ],
)
def test_what_is_not_for_oo_is_nothing(payload: dict[str, Any]) -> None:
    assert parsed(payload) is None


@pytest.mark.parametrize("private", ["", "[", "[]", '{"token": 5, "message_id": null}', "[" * 100_000])
def test_a_form_of_somebody_else_is_no_answer(private: str) -> None:
    state = {"values": {"answer": {"answer": {"value": "9am"}}}}

    assert parse_form({"callback_id": "form", "private_metadata": private, "state": state}) is None


CHANGED = MESSAGE | {
    "subtype": "message_changed",
    "message": {"user": "U1", "text": "b", "files": [{}]},
    "previous_message": {"user": "U1", "text": "a"},
}
SUBMITTED = TAP | {
    "type": "view_submission",
    "view": {
        "id": "V1",
        "hash": "h",
        "callback_id": "form",
        "private_metadata": '{"token": "t", "message_id": null}',
        "state": {"values": {"answer": {"answer": {"value": "9am"}}}},
    },
}


@pytest.mark.parametrize("name", ["id", "hash"])
@pytest.mark.parametrize("value", [None, 5, "", [], {}])
def test_a_form_whose_repeats_can_not_be_told_is_no_update(name: str, value: object) -> None:
    assert parsed(SUBMITTED | {"view": SUBMITTED["view"] | {name: value}}) is None  # type: ignore[operator]


def test_no_text_of_a_form_is_one_that_a_database_refuses() -> None:
    private = '{"token": "a\\ud800", "message_id": "\\udfff"}'
    state = {"values": {"\ud800": {"\ud800": {"value": "\udfff"}}}}
    tap = parsed(SUBMITTED | {"view": SUBMITTED["view"] | {"private_metadata": private, "state": state}})  # type: ignore[operator]
    assert isinstance(tap, Tapped)
    for text in (tap.token, tap.message_id or "", *(tap.filled or {}), *(tap.filled or {}).values()):
        assert text.encode()


HOME = {"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"}
REVOKED = {"type": "tokens_revoked", "tokens": {"bot": ["UB"]}}
SILENCED = {
    "type": "dnd_updated_user",
    "user": "U1",
    "dnd_status": {"dnd_enabled": True, "next_dnd_start_ts": 1_900_000_000, "next_dnd_end_ts": 1_900_003_600},
}
TEAMS = {"type": "team_access_revoked", "team_ids": ["T2", "T3"]}
WHOLE: list[dict[str, Any]] = [
    *(event(each) for each in (MESSAGE, CHANGED, HOME, REVOKED, SILENCED, TEAMS)),
    TAP,
    SUBMITTED,
    SLASH,
]
JUNK: list[Any] = [None, True, 5, -1.5, "", "\ud800", "x", [], [None], [[]], [{}], {}, {"a": 1}, {"id": {}}]


def spoilt(node: Any) -> Iterator[Any]:
    """``node`` with one of its parts, or itself, replaced by junk or missing, in every way there is."""
    yield from JUNK
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in list(parts):
        if isinstance(node, dict):
            yield {name: value for name, value in node.items() if name != key}
        for junk in spoilt(part):
            changed = node.copy()
            changed[key] = junk
            yield changed


@pytest.mark.parametrize("whole", WHOLE, ids=lambda whole: whole.get("type", "command"))
def test_whatever_comes_it_never_fails(whole: dict[str, Any]) -> None:
    assert parsed(whole) is not None
    for payload in spoilt(whole):
        if isinstance(payload, dict):
            update = parsed(payload)
            assert update is None or repr(update).encode()
