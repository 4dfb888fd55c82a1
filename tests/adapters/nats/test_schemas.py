"""Every kind of event has a schema, and no schema breaks what was released."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from adapters.nats.compatibility import missing
from adapters.nats.schema import NotAnEvent, decoded, descriptor_set, encoded
from core.events import record_event
from core.learning.public_events import code, public_data
from core.records import (
    EVENT_FIELDS,
    LISTS,
    MOMENTS,
    UNPUBLISHED,
    WITH_FEATURES,
    Event,
    Features,
    PublicEvent,
    PublicValue,
)
from tests.adapters.nats.conftest import Relay

PROTO = Path(__file__).parents[3] / "proto"
BUF = Path(sys.executable).with_name("buf")
AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


def buf(*arguments: str, folder: Path = PROTO) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BUF, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def planted(tmp_path: Path, file: str, before: str, after: str) -> Path:
    """A copy of the schemas with one change."""
    for one in PROTO.rglob("*"):
        if one.suffix in (".proto", ".yaml"):
            copy = tmp_path / one.relative_to(PROTO)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(one.read_text())
    changed = tmp_path / "oo/events/v1" / file
    text = changed.read_text()
    assert before in text
    changed.write_text(text.replace(before, after, 1))
    return tmp_path


OF_ALL: dict[str, frozenset[str]] = {
    "record_event": frozenset(),
    "record_task_event": frozenset({"task_id", "source"}),
}
"""The functions that record an event, and the fields that each of them adds."""


def recorded() -> dict[str, set[str]]:
    """The kinds that the source names in calls that record an event, with the fields that they get there."""
    found: dict[str, set[str]] = {}
    for folder in ("core", "bot", "jobs", "adapters"):
        for file in (PROTO.parent / folder).rglob("*.py"):
            if "_event(" not in (text := file.read_text(encoding="utf-8")):
                continue
            for call in ast.walk(ast.parse(text)):
                match call:
                    case ast.Call(func=ast.Name(name), args=[_, _, ast.Constant(str(kind)), *_]) if (
                        name in OF_ALL
                    ):
                        given = {one.arg for one in call.keywords if one.arg}
                        found.setdefault(kind, set()).update(given | OF_ALL[name])
    return found


def test_whatever_is_recorded_has_a_schema() -> None:
    assert len(recorded()) > 20
    assert recorded().keys() - EVENT_FIELDS.keys() == set()
    fields = {kind: given - EVENT_FIELDS[kind] - UNPUBLISHED for kind, given in recorded().items()}
    assert {kind: given for kind, given in fields.items() if given} == {}


def messages() -> dict[str, frozenset[str]]:
    files = FileDescriptorSet.FromString(descriptor_set()).file
    found = {one.name: one for file in files for one in file.message_type}
    kinds = {
        field.name: field.type_name.rsplit(".", 1)[1] for field in found["Event"].field if field.number >= 10
    }
    return {
        kind.replace("_", ".", 1): frozenset(field.name for field in found[name].field)
        for kind, name in kinds.items()
    }


def test_the_schemas_hold_exactly_what_events_hold() -> None:
    expected = {
        kind: fields | ({"features"} if kind in WITH_FEATURES else set())
        for kind, fields in EVENT_FIELDS.items()
    }
    assert messages() == expected


def test_the_schemas_are_in_order_and_what_is_packaged_is_made_of_them(tmp_path: Path) -> None:
    assert buf("lint").stdout == ""
    built = tmp_path / "events.binpb"
    assert buf("build", "-o", str(built), "--as-file-descriptor-set").returncode == 0
    assert built.read_bytes() == descriptor_set()


def test_nothing_that_was_released_is_broken() -> None:
    found = buf("breaking", "--against", "released.binpb")
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("tasks.proto", "optional string task_id = 1;", "optional int64 task_id = 1;"),
        ("tips.proto", "optional double value = 3;", ""),
        ("people.proto", "optional string channel = 1;", "optional string channel = 7;"),
        ("tips.proto", "repeated double values = 3;", "double values = 3;"),
        ("event.proto", "    TipIgnored tip_ignored = ", "    TipFollowed tip_ignored = "),
    ],
)
def test_a_breaking_change_is_refused_by_buf_and_by_the_registry(
    tmp_path: Path, file: str, before: str, after: str
) -> None:
    folder = planted(tmp_path, file, before, after)
    assert buf("breaking", "--against", str(PROTO / "released.binpb"), folder=folder).returncode != 0
    assert buf("build", "-o", "changed.binpb", "--as-file-descriptor-set", folder=folder).returncode == 0
    assert missing(descriptor_set(), (folder / "changed.binpb").read_bytes())


def test_what_is_added_breaks_nothing(tmp_path: Path) -> None:
    folder = planted(
        tmp_path, "tips.proto", "message TipIgnored {", "message TipIgnored {\n  int64 more = 9;"
    )
    assert buf("build", "-o", "changed.binpb", "--as-file-descriptor-set", folder=folder).returncode == 0
    changed = (folder / "changed.binpb").read_bytes()
    assert missing(descriptor_set(), changed) == ()
    assert missing(changed, descriptor_set()) == ("oo.events.v1.TipIgnored.more is gone",)


def sample(name: str) -> PublicValue:
    """A value of the field's type."""
    if name in LISTS:
        return ("a", "b")
    if name in MOMENTS:
        return AT
    for value in ("text", 3, 0.1, False):
        try:
            if any(name in fields for fields in EVENT_FIELDS.values()) and _fits(name, value):
                return value
        except (TypeError, ValueError):
            continue
    raise AssertionError(name)


def _fits(name: str, value: PublicValue) -> bool:
    kind = next(kind for kind, fields in EVENT_FIELDS.items() if name in fields)
    event = PublicEvent(position=1, event_id="e", kind=kind, happened_at=AT, data={name: value})
    return decoded(encoded(event)) == event


def test_every_kind_comes_back_as_it_was_sent_to_the_last_bit() -> None:
    features = Features(version="v7", space="hash", values=(0.1, -0.0, 1e-300, 1 / 3))
    for kind, fields in EVENT_FIELDS.items():
        event = PublicEvent(
            position=2**40,
            event_id="e1",
            kind=kind,
            happened_at=AT,
            person_id="ada",
            data={name: sample(name) for name in fields},
            features=features if kind in WITH_FEATURES else None,
        )
        assert decoded(encoded(event)) == event
        assert repr(decoded(encoded(event)).features) == repr(event.features)


def test_what_is_no_event_is_refused() -> None:
    for raw in (b"", b"\xff\xff", b"{}", b"\x00" * 50, encoded_without_id()):
        with pytest.raises(NotAnEvent):
            decoded(raw)


def test_data_of_another_kind_is_refused() -> None:
    """Else what it says would be lost or taken for something else, once it is encoded again."""
    for kind in ("task.changed", "tip.sent", "tip.sung", "xask.removed"):
        raw = encoded(PublicEvent(position=1, event_id="e", kind="task.removed", happened_at=AT))
        forged = raw.replace(b"task.removed", kind.encode())
        forged = forged.replace(
            bytes([len("task.removed")]) + kind.encode(), bytes([len(kind)]) + kind.encode()
        )
        with pytest.raises(NotAnEvent):
            decoded(forged)


def encoded_without_id() -> bytes:
    return encoded(PublicEvent(position=1, event_id="", kind="tip.ignored", happened_at=AT))


def test_a_kind_of_another_version_goes_without_its_data() -> None:
    event = PublicEvent(position=1, event_id="e", kind="tip.sung", happened_at=AT)
    assert decoded(encoded(event)) == event


def test_a_text_that_is_no_code_leaves_as_a_digest() -> None:
    ids = {"task_id": "caldav-call mum about Zürich", "source": "caldav"}
    data: dict[str, str | int | float | bool | None] = {**ids, "origin": "telegram-7", "title": "secret"}
    found = public_data(Event(event_id="e", kind="task.added", happened_at=AT, data=data))
    assert found == {"task_id": code("caldav-call mum about Zürich"), "source": "caldav"}
    assert re.fullmatch(r"sha256:[0-9a-f]{32}", str(found["task_id"]))


async def test_an_event_without_a_schema_is_a_fault_of_the_program(relay: Relay) -> None:
    async with relay.here.deps.store.begin() as unit:
        with pytest.raises(ValueError, match=r"tip\.sung is no kind of event"):
            await record_event(unit, relay.here.deps, "tip.sung", "ada")
        with pytest.raises(ValueError, match=r"tip\.ignored has no title"):
            await record_event(unit, relay.here.deps, "tip.ignored", "ada", title="call mum")
