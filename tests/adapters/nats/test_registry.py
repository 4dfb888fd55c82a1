"""The registry refuses schemas that do not fit, and a second database."""

from __future__ import annotations

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from adapters.nats import Connection, NatsStream
from adapters.nats.registry import BUCKET, SUBJECT, Registry
from adapters.nats.schema import descriptor_set
from core.errors import StreamRefused


def changed(*, without: str = "", more: str = "") -> bytes:
    """The schemas with a field less, or one more, in TipIgnored."""
    files = FileDescriptorSet.FromString(descriptor_set())
    (tip,) = (one for file in files.file for one in file.message_type if one.name == "TipIgnored")
    if without:
        del tip.field[:]
    if more:
        field = tip.field.add()
        field.CopyFrom(tip.field[0])
        field.name, field.number = more, 9
    return files.SerializeToString()


async def test_the_first_writer_registers_its_schemas_and_a_later_version_follows(
    connection: Connection,
) -> None:
    await NatsStream(connection).open("w")
    await NatsStream(connection).open("w")
    bucket = await (await connection.jetstream()).key_value(BUCKET)
    assert (await bucket.get(f"{SUBJECT}.1")).value == descriptor_set()
    newer = changed(more="loudness")
    await NatsStream(connection, newer).open("w")
    assert (await bucket.get(f"{SUBJECT}.2")).value == newer
    await NatsStream(connection).open("w")  # an older process beside it goes on
    assert sorted(await bucket.keys()) == [SUBJECT, f"{SUBJECT}.1", f"{SUBJECT}.2"]
    await Registry(await connection.jetstream()).admit_reader()


async def test_schemas_that_do_not_fit_are_refused_with_what_is_wrong(connection: Connection) -> None:
    await NatsStream(connection, changed(more="loudness")).open("w")
    broken = changed(without="decision_id")
    older = FileDescriptorSet.FromString(broken)
    older.file[-1].message_type.add(name="Another")
    incompatible = older.SerializeToString()
    with pytest.raises(StreamRefused, match=r"do not fit version 1 of oo\.events\.v1: .*TipIgnored"):
        await NatsStream(connection, incompatible).open("w")
    with pytest.raises(StreamRefused, match="do not fit"):
        await Registry(await connection.jetstream(), incompatible).admit_reader()


async def test_a_second_database_may_not_write(connection: Connection) -> None:
    await NatsStream(connection).open("w")
    with pytest.raises(StreamRefused, match="another database publishes"):
        await NatsStream(connection).open("another")


async def test_who_reads_before_anybody_wrote_is_told(connection: Connection) -> None:
    with pytest.raises(StreamRefused, match="no schemas are registered"):
        await Registry(await connection.jetstream()).admit_reader()


async def test_a_damaged_registry_is_refused(connection: Connection) -> None:
    await NatsStream(connection).open("w")
    bucket = await (await connection.jetstream()).key_value(BUCKET)
    for raw in (b"", b"{", b"[]", b"{}", b'{"rule": 1}'):
        await bucket.put(SUBJECT, raw)
        with pytest.raises(StreamRefused, match="can't be read"):
            await NatsStream(connection).open("w")
